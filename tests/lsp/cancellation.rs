//! Cancellation: what is given up stops, or never begins, and the next request is served.

use serde_json::{Value, json};

use crate::actions::{offered, titled};
use crate::capabilities::{bare, plain, with};
use crate::client::{Client, Setup};
use crate::samples::PROSE;

async fn is_served(client: &Client) {
    client.gate().open();
    client.ok("compressionLayer/compress", json!({ "text": PROSE })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_request_stops_its_work() {
    let client = Setup::gated(bare()).start().await;
    let compressing = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    client.gate().arrived(1).await;
    client.notify("$/cancelRequest", json!({ "id": compressing.id }));
    assert_eq!(compressing.answer().await.unwrap_err()["code"], -32800);
    client.gate().given_up(1).await;
    is_served(&client).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_waits_never_begins_if_it_is_cancelled() {
    let client = Setup::gated(bare()).start().await;
    let first = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    client.gate().arrived(1).await;
    let waiting: Vec<_> = (0..5).map(|_| client.ask("compressionLayer/compress", json!({ "text": PROSE }))).collect();
    for request in waiting {
        client.notify("$/cancelRequest", json!({ "id": request.id }));
        assert_eq!(request.answer().await.unwrap_err()["code"], -32800);
    }
    client.gate().open();
    assert!(first.answer().await.is_ok());
    let before = client.gate().windows();
    is_served(&client).await;
    assert_eq!(client.gate().windows(), before + before, "one text after the other, and none of those between");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_under_way_can_be_cancelled() {
    let client = Setup::gated(plain()).start().await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    let resolving = client.ask("codeAction/resolve", titled(&actions, "Compress selection (balanced)").clone());
    client.gate().arrived(1).await;
    client.notify("$/cancelRequest", json!({ "id": resolving.id }));
    assert_eq!(resolving.answer().await.unwrap_err()["code"], -32800);
    client.gate().given_up(1).await;
    assert_eq!(client.text(&uri), PROSE);
    is_served(&client).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_has_a_button_that_cancels() {
    let client = Setup::gated(with(bare(), "/window/workDoneProgress", json!(true))).start().await;
    let compressing = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    let begin = client.said_that("$/progress", |params| params["value"]["kind"] == "begin").await;
    client.notify("window/workDoneProgress/cancel", json!({ "token": begin["token"] }));
    assert_eq!(compressing.answer().await.unwrap_err()["code"], -32800);
    client.gate().given_up(1).await;
    client.said_that("$/progress", |params| params["value"]["kind"] == "end").await;
    client.heard("$/progress");
    is_served(&client).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_waits_can_be_cancelled_by_its_token() {
    let client = Setup::gated(bare()).start().await;
    let first = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    client.gate().arrived(1).await;
    let second = client.ask("compressionLayer/compress", json!({ "text": PROSE, "workDoneToken": 7 }));
    // The answer to a later question says that the request was read.
    client.ok("compressionLayer/status", json!({})).await;
    client.notify("window/workDoneProgress/cancel", json!({ "token": 7 }));
    // The same for the cancellation.
    client.ok("compressionLayer/status", json!({})).await;
    client.gate().open();
    assert_eq!(second.answer().await.unwrap_err()["code"], -32800);
    assert!(first.answer().await.is_ok());
    client.heard("$/progress");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_what_is_not_there_changes_nothing() {
    let client = Client::start(bare(), Value::Null).await;
    client.notify("$/cancelRequest", json!({ "id": 4_711 }));
    client.notify("$/cancelRequest", json!({ "id": "none" }));
    client.notify("window/workDoneProgress/cancel", json!({ "token": "none" }));
    is_served(&client).await;
    client.finish().await;
}
