//! An editor that knows none of our methods: everything works there too, by edits and by scratch documents.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::actions::{offered, offered_at, titled};
use crate::capabilities::plain;
use crate::client::Client;
use crate::samples::{CODE, PROSE};

/// Carries out an action of that title for a selection; answers what the server answered.
async fn carry_out(client: &Client, uri: &str, part: &str, title: &str) -> Value {
    let actions = offered(client, uri, part).await;
    client.ok("workspace/executeCommand", titled(&actions, title)["command"].clone()).await
}

/// The document that the editor was told to show, and its text.
async fn shown(client: &Client) -> (PathBuf, String) {
    let params = client.said("window/showDocument").await;
    let path = PathBuf::from(params["uri"].as_str().unwrap().strip_prefix("file://").unwrap().replace("%20", " "));
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

/// How the action begins that makes a block for a chat.
const FOR_A_CHAT: &str = "Compress selection into a scratch document, for a chat";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_copied_is_opened_in_a_scratch_document() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let result = carry_out(&client, &uri, PROSE.trim(), "Compress selection into a scratch document (balanced)").await;
    let (path, text) = shown(&client).await;
    assert_eq!(json!(text), result["text"]);
    assert!(text.len() < PROSE.len());
    assert!(path.starts_with(client.cache()) && path.to_str().unwrap().ends_with("notes.md"), "{}", path.display());
    client.finish().await;
    assert!(!path.exists(), "it goes with the session");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_for_a_chat_says_path_and_lines() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("src/orders.py", "python", CODE);
    carry_out(&client, &uri, CODE.split_at(CODE.find("def refund").unwrap()).1.trim(), FOR_A_CHAT).await;
    let (_, text) = shown(&client).await;
    let first = CODE[..CODE.find("def refund").unwrap()].lines().count() + 1;
    let last = CODE.trim_end().lines().count();
    let header = format!("`src/orders.py:{first}-{last}` (compressed: ");
    assert!(text.starts_with(&header) && text.contains("\n```python\ndef refund"), "{text}");
    assert!(text.ends_with("\n```\n"), "{text}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_header_of_a_block_can_be_left_out() {
    let client = Client::start(plain(), json!({ "chat": { "header": false } })).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    carry_out(&client, &uri, PROSE.trim(), FOR_A_CHAT).await;
    let (_, text) = shown(&client).await;
    assert!(text.starts_with("(compressed: ") && !text.contains("notes.md"), "{text}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn open_beside_makes_a_new_document_by_an_edit() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    std::fs::write(client.path("notes.compressed.md"), "mine").unwrap();
    let result = carry_out(&client, &uri, PROSE.trim(), "Compress selection into a new document beside").await;
    let edit = client.said("workspace/applyEdit").await;
    let beside = client.uri("notes.compressed-2.md");
    let create = &edit["edit"]["documentChanges"][0];
    assert_eq!((&create["kind"], &create["uri"]), (&json!("create"), &json!(beside)), "a name that is free");
    assert_eq!(create["options"]["overwrite"], false);
    assert_eq!(client.said("window/showDocument").await["uri"], json!(beside));
    assert_eq!(json!(client.text(&beside)), result["text"]);
    assert_eq!(client.text(&uri), PROSE, "the original stays");
    assert!(!client.path("notes.compressed-2.md").exists(), "the editor writes files, not the server");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untitled_document_is_opened_beside_as_a_scratch_document() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("untitled:Untitled-1", "markdown", PROSE);
    carry_out(&client, &uri, PROSE.trim(), "Compress selection into a new document beside").await;
    let (path, text) = shown(&client).await;
    assert!(path.starts_with(client.cache()) && text.len() < PROSE.len());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_a_diff_with_the_receipt() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("orders.py", "python", CODE);
    let actions = offered_at(&client, &uri, "order.paid - amount").await;
    let command = titled(&actions, "Preview compressed `refund`")["command"].clone();
    let result = client.ok("workspace/executeCommand", command).await;
    let (_, text) = shown(&client).await;
    assert!(text.starts_with("# orders.py:") && text.contains(result["summary"].as_str().unwrap()), "{text}");
    assert!(text.contains("\n```diff\n") && text.contains("\n-    # First of all"), "{text}");
    assert_eq!(client.text(&uri), CODE);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_an_answer_of_the_person_is_not_offered() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    assert!(actions.iter().all(|action| !action["title"].as_str().unwrap().contains('…')), "{actions:#?}");
    let run = json!({ "act": "replace", "what": "file", "document": { "uri": uri }, "ask": "query" });
    let error = client.request("compressionLayer/run", run).await.unwrap_err();
    assert_eq!((&error["code"], &error["data"]["kind"]), (&json!(-32803), &json!("unsupported")));
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_of_the_user_is_written() {
    let client = Client::start(plain(), Value::Null).await;
    std::fs::write(client.path("notes.md"), PROSE).unwrap();
    let uri = client.open("notes.md", "markdown", PROSE);
    for action in offered(&client, &uri, PROSE.trim()).await {
        if action["command"].is_object() {
            client.ok("workspace/executeCommand", action["command"].clone()).await;
        } else {
            client.ok("codeAction/resolve", action).await;
        }
    }
    client.heard("window/showDocument");
    client.heard("workspace/applyEdit");
    let names: Vec<_> = std::fs::read_dir(client.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["notes.md"]);
    assert_eq!(std::fs::read_to_string(client.path("notes.md")).unwrap(), PROSE);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_refuses_an_edit_is_told_so() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    client.editor().refuses.insert("workspace/applyEdit");
    let run = json!({ "act": "replace", "what": "file", "document": { "uri": uri } });
    let error = client.request("compressionLayer/run", run).await.unwrap_err();
    assert_eq!((&error["code"], &error["data"]["kind"]), (&json!(-32803), &json!("client")));
    assert!(error["message"].as_str().unwrap().contains("not in the mood"), "{error}");
    client.said("workspace/applyEdit").await;
    client.finish().await;
}
