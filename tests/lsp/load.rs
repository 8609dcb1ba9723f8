//! Load: more at once than there is room for.

use serde_json::{Value, json};

use crate::capabilities::bare;
use crate::client::{Asked, Client, Setup};
use crate::samples::PROSE;

fn numbered(number: usize) -> String {
    format!("Note {number} of many. {PROSE}")
}

fn ask(client: &Client, number: usize) -> Asked {
    client.ask("compressionLayer/compress", json!({ "text": numbered(number) }))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_hundred_at_once_none_is_lost_and_order_is_kept() {
    let client = Setup::gated(bare()).start().await;
    let first = ask(&client, 1);
    client.gate().arrived(1).await;
    // One is at work; 64 may wait.
    let mut others: Vec<_> = (2..=100).map(|number| (number, ask(&client, number))).collect();
    let refused = others.split_off(64);
    for (number, request) in refused {
        let error = request.answer().await.unwrap_err();
        assert_eq!((&error["code"], &error["data"]["kind"]), (&json!(-32803), &json!("busy")), "{number}");
    }
    assert_eq!(client.ok("compressionLayer/status", json!({})).await["queue"], 65);
    let mut at_work = vec![(1, first)];
    at_work.append(&mut others);
    let mut waiting = at_work.into_iter();
    while let Some((number, request)) = waiting.next() {
        client.gate().let_one_through();
        let result = request.answer().await.unwrap();
        assert!(result["text"].as_str().unwrap().contains(&format!("Note {number} of")), "{result}");
        for (later, other) in waiting.as_mut_slice() {
            assert_eq!(other.now(), None, "{later} was answered before its turn");
        }
    }
    assert_eq!(client.ok("compressionLayer/status", json!({})).await["queue"], 0);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quick_questions_are_answered_while_the_queue_is_full() {
    let client = Setup::gated(bare()).start().await;
    let waiting: Vec<_> = (0..80).map(|number| ask(&client, number)).collect();
    client.gate().arrived(1).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    assert_eq!(client.ok("compressionLayer/viewText", json!({ "uri": uri })).await["text"], PROSE);
    assert!(client.ok("compressionLayer/count", json!({ "text": PROSE })).await["tokens"].as_u64() > Some(100));
    client.gate().open();
    let mut served = 0;
    for request in waiting {
        match request.answer().await {
            Ok(_) => served += 1,
            Err(error) => assert_eq!(error["data"]["kind"], "busy"),
        }
    }
    assert!((64..=65).contains(&served), "{served}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_in_use_is_refused() {
    let client = Setup::gated(bare()).start().await;
    let first = ask(&client, 1);
    client.gate().arrived(1).await;
    client.send(&json!({ "jsonrpc": "2.0", "id": first.id, "method": "compressionLayer/status", "params": {} }));
    // The only answer with that id until the gate opens.
    assert_eq!(first.answer().await.unwrap_err()["code"], -32600);
    client.gate().open();
    let late = client.stray().await;
    assert_eq!(late.get("error"), None::<&Value>, "{late}");
    client.finish().await;
}
