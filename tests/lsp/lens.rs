//! Code lenses: token counts above definitions, for those who want them.

use serde_json::{Value, json};

use crate::capabilities::{shim, with};
use crate::client::Client;
use crate::samples::CODE;

async fn lenses(client: &Client, uri: &str) -> Value {
    client.ok("textDocument/codeLens", json!({ "textDocument": { "uri": uri } })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_none_unless_the_settings_ask_for_them() {
    let client = Client::start(with(shim(), "/workspace/codeLens/refreshSupport", json!(true)), Value::Null).await;
    let uri = client.open("orders.py", "python", CODE);
    assert_eq!(lenses(&client, &uri).await, Value::Null);
    client.routine("workspace/codeLens/refresh").await;
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "compressionLayer": { "codeLens": true } } }),
    );
    client.routine("workspace/codeLens/refresh").await;
    assert_eq!(lenses(&client, &uri).await.as_array().unwrap().len(), 2);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lens_counts_a_definition_and_previews_it() {
    let client = Client::start(shim(), json!({ "codeLens": true })).await;
    let uri = client.open("orders.py", "python", CODE);
    let lenses = lenses(&client, &uri).await;
    let first = &lenses[0];
    assert_eq!(first["range"], client.range(&uri, "refund"));
    let place = &first["command"]["arguments"][0]["document"];
    let counted = client.ok("compressionLayer/count", json!({ "document": place })).await;
    assert_eq!(first["command"]["title"], format!("{} tokens", counted["tokens"]));
    client.ok("workspace/executeCommand", first["command"].clone()).await;
    let shown = client.said("compressionLayer/show").await;
    assert!(shown["original"].as_str().unwrap().starts_with("def refund"), "{shown}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_definitions_has_no_lenses() {
    let client = Client::start(shim(), json!({ "codeLens": true })).await;
    let uri = client.open("notes.txt", "plaintext", "def is only a word here\n");
    assert_eq!(lenses(&client, &uri).await, json!([]));
    assert_eq!(lenses(&client, "file:///not/open.py").await, Value::Null);
    client.finish().await;
}
