//! Partial results: the parts of a text, in order, are the text.

use serde_json::{Value, json};

use crate::capabilities::{bare, with};
use crate::client::{Client, Setup};
use crate::samples::long;

/// The text of the parts that came, which are all there when the answer is.
fn parts(client: &Client, token: &Value) -> Vec<String> {
    let heard = client.heard("$/progress");
    assert!(heard.iter().all(|params| &params["token"] == token), "{heard:?}");
    heard.iter().map(|params| params["value"]["text"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_parts_of_a_long_text_are_the_text() {
    let client = Client::start(bare(), Value::Null).await;
    let text = long(60_000);
    let whole = client.ok("compressionLayer/compress", json!({ "text": text })).await;
    for token in [json!("mine"), json!(7)] {
        let result = client.ok("compressionLayer/compress", json!({ "text": text, "partialResultToken": token })).await;
        let parts = parts(&client, &token);
        assert!(parts.len() > 2, "a long text comes in several parts");
        assert_eq!(parts.concat(), whole["text"].as_str().unwrap());
        assert_eq!(result["text"], "");
        assert_eq!((&result["receipt"], &result["handle"]), (&whole["receipt"], &whole["handle"]));
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_part_is_there_while_the_rest_is_worked_on() {
    let client = Setup::gated(bare()).start().await;
    let text = long(120_000);
    let asked = client.ask("compressionLayer/compress", json!({ "text": text, "partialResultToken": "mine" }));
    let mut windows = 0;
    let mut early = Vec::new();
    while early.is_empty() {
        windows += 1;
        client.gate().arrived(windows).await;
        early = parts(&client, &json!("mine"));
        client.gate().let_one_through();
    }
    client.gate().open();
    let result = asked.answer().await.unwrap();
    assert!(windows < client.gate().windows(), "the rest was still to come");
    let whole = client.ok("compressionLayer/compress", json!({ "text": text })).await;
    early.extend(parts(&client, &json!("mine")));
    assert_eq!(early.concat(), whole["text"].as_str().unwrap());
    assert_eq!(result["receipt"], whole["receipt"]);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_budget_chooses_comes_in_parts_when_it_is_done() {
    let client = Client::start(bare(), Value::Null).await;
    let request = json!({ "text": long(60_000), "level": "tight", "budget": { "ratio": 0.5 } });
    let whole = client.ok("compressionLayer/compress", request.clone()).await;
    client.ok("compressionLayer/compress", with(request, "/partialResultToken", json!(3))).await;
    assert_eq!(parts(&client, &json!(3)).concat(), whole["text"].as_str().unwrap());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_overtakes_the_last_part() {
    let client = Client::start(bare(), Value::Null).await;
    for _ in 0..50 {
        client
            .ok(
                "compressionLayer/compress",
                json!({ "text": "a short text", "level": "safe", "partialResultToken": 1 }),
            )
            .await;
        assert_eq!(parts(&client, &json!(1)), ["a short text"]);
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_basket_comes_in_parts_too() {
    let client = Client::start(bare(), Value::Null).await;
    for name in ["a.md", "b.md"] {
        let uri = client.open(name, "markdown", &long(20_000).replace("paragraph", name));
        client.ok("compressionLayer/basket/add", json!({ "document": { "uri": uri } })).await;
    }
    let whole = client.ok("compressionLayer/basket/compress", json!({})).await;
    let result = client.ok("compressionLayer/basket/compress", json!({ "partialResultToken": "b" })).await;
    assert_eq!(parts(&client, &json!("b")).concat(), whole["text"].as_str().unwrap());
    assert_eq!(result["text"], "");
    client.finish().await;
}
