//! Secrets: told of when they are copied, masked on request, and never repeated.

use serde_json::{Value, json};

use crate::actions::{choose, list, offered, titled, titles};
use crate::capabilities::shim;
use crate::client::Client;
use crate::samples::PROSE;

/// Looks like a token of GitHub; put together here, so that nobody takes this file for a leak.
fn secret() -> String {
    ["gh", "p_", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].concat()
}

fn text() -> String {
    format!("{PROSE}\nThe robot signs in with {} and nothing else.\n", secret())
}

async fn copy(client: &Client, uri: &str) {
    client.ok("compressionLayer/run", json!({ "act": "copy", "what": "file", "document": { "uri": uri } })).await;
    client.said("compressionLayer/copy").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_secret_is_told_of_until_the_text_changes() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", &text());
    copy(&client, &uri).await;
    let told = client.said("textDocument/publishDiagnostics").await;
    let diagnostic = &told["diagnostics"][0];
    assert_eq!((&told["uri"], &told["version"]), (&json!(uri), &json!(1)));
    assert_eq!(diagnostic["range"], client.range(&uri, &secret()));
    assert_eq!((&diagnostic["code"], &diagnostic["source"]), (&json!("secret"), &json!("compression-layer")));
    let message = client.said("window/showMessage").await;
    assert!(message["message"].as_str().unwrap().contains("a secret went along"), "{message}");
    for words in [&told, &message] {
        assert!(!words.to_string().contains(&secret()), "{words}");
    }
    client.edit(&uri, "Tuesday", "Monday");
    assert_eq!(client.said("textDocument/publishDiagnostics").await["diagnostics"], json!([]));
    copy(&client, &uri).await;
    client.said("textDocument/publishDiagnostics").await;
    client.said("window/showMessage").await;
    client.close(&uri);
    assert_eq!(client.said("textDocument/publishDiagnostics").await["diagnostics"], json!([]));
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_masked_by_an_edit() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", &text());
    copy(&client, &uri).await;
    let told = client.said("textDocument/publishDiagnostics").await;
    client.said("window/showMessage").await;
    let range = client.range(&uri, text().trim());
    let others = json!({ "range": told["diagnostics"][0]["range"], "message": "of another" });
    let context = json!({ "diagnostics": [told["diagnostics"][0], others], "only": ["quickfix"] });
    let actions = list(&client, &uri, &range, context).await;
    assert_eq!(titles(&actions), ["Mask 1 secret in selection"]);
    assert_eq!(actions[0]["diagnostics"], told["diagnostics"], "it mends this, and nothing of others");
    choose(&client, &actions[0]).await;
    assert_eq!(client.text(&uri), text().replace(&secret(), "<masked:github-token>"));
    client.said("textDocument/publishDiagnostics").await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_masked_copy_has_no_secret() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", &text());
    let actions = offered(&client, &uri, text().trim()).await;
    let command = titled(&actions, "Compress selection and copy it, with 1 secret masked")["command"].clone();
    let result = client.ok("workspace/executeCommand", command).await;
    let copied = client.said("compressionLayer/copy").await;
    assert!(copied["text"].as_str().unwrap().contains("<masked:github-token>"), "{copied}");
    for words in [&result, &copied] {
        assert!(!words.to_string().contains(&secret()), "{words}");
    }
    assert_eq!(client.text(&uri), text(), "the document stays as it is");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_in_the_basket_is_told_of() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", &text());
    let told = async || {
        assert_eq!(client.said("textDocument/publishDiagnostics").await["diagnostics"].as_array().unwrap().len(), 1);
        client.said("window/showMessage").await["message"].as_str().unwrap().to_owned()
    };
    client.ok("compressionLayer/basket/add", json!({ "document": { "uri": uri } })).await;
    assert!(told().await.contains("put into the basket"));
    client.ok("compressionLayer/run", json!({ "act": "basketCopy", "what": "basket" })).await;
    client.said("compressionLayer/copy").await;
    assert!(told().await.contains("copied"));
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_want_to_be_warned_is_not() {
    let client = Client::start(shim(), json!({ "secrets": false })).await;
    let uri = client.open("notes.md", "markdown", &text());
    copy(&client, &uri).await;
    let actions = offered(&client, &uri, text().trim()).await;
    assert!(titles(&actions).iter().all(|title| !title.to_lowercase().contains("mask")), "{actions:#?}");
    client.finish().await;
}
