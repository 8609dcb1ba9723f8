//! Settings: from all four places, at once, and with a word on what is wrong.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use server::lsp::Host;

use crate::capabilities::{bare, plain, with};
use crate::client::{Client, Setup, soon};
use crate::host;
use crate::samples::PROSE;

/// What counts a document of the workspace.
async fn tokenizer(client: &Client) -> String {
    let counted = client.ok("compressionLayer/count", json!({ "text": "one two" })).await;
    counted["tokenizer"].as_str().unwrap().to_owned()
}

/// Waits until a setting has taken effect.
async fn becomes(client: &Client, expected: &str) {
    soon(expected, async { while tokenizer(client).await != expected {} }).await;
}

fn push(client: &Client, section: &Value) {
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "compressionLayer": section } }));
}

fn pulls() -> Value {
    with(plain(), "/workspace/configuration", json!(true))
}

#[tokio::test(flavor = "multi_thread")]
async fn options_of_the_start_count_from_the_first_request_on() {
    let client = Client::start(bare(), json!({ "tokenizer": "claude" })).await;
    assert_eq!(tokenizer(&client).await, "claude");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pushed_counts_at_once_and_over_the_options_of_the_start() {
    let client = Client::start(bare(), json!({ "tokenizer": "claude" })).await;
    push(&client, &json!({ "tokenizer": "gemini" }));
    assert_eq!(tokenizer(&client).await, "gemini");
    push(&client, &json!({}));
    assert_eq!(tokenizer(&client).await, "claude", "what is not set any more does not count");
    for settings in [Value::Null, json!({}), json!({ "another": { "tokenizer": "gemini" } }), json!(7)] {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    }
    assert_eq!(tokenizer(&client).await, "claude");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_editor_is_asked_at_the_start_and_when_something_changed() {
    let mut setup = Setup::new(pulls());
    setup.editor.settings = json!({ "tokenizer": "claude" });
    let client = setup.start().await;
    let asked = client.routine("workspace/configuration").await;
    let items =
        json!([{ "section": "compressionLayer" }, { "section": "compressionLayer", "scopeUri": client.uri("") }]);
    assert_eq!(asked["items"], items);
    becomes(&client, "claude").await;
    let folder = client.uri("");
    client.editor().folder_settings.insert(folder, json!({ "tokenizer": "gemini" }));
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    becomes(&client, "gemini").await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_editor_is_asked_to_say_what_changes() {
    let capabilities = with(pulls(), "/workspace/didChangeConfiguration", json!({ "dynamicRegistration": true }));
    let capabilities = with(capabilities, "/workspace/didChangeWatchedFiles", json!({ "dynamicRegistration": true }));
    let client = Client::start(capabilities, Value::Null).await;
    let wanted = client.routine("client/registerCapability").await;
    let methods: Vec<_> = wanted["registrations"].as_array().unwrap().iter().map(|it| it["method"].clone()).collect();
    assert_eq!(methods, ["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_does_not_answer_holds_up_nothing() {
    let mut setup = Setup::new(pulls());
    setup.editor.leaves_open.insert("workspace/configuration");
    let client = setup.start().await;
    client.routine("workspace/configuration").await;
    client.ok("compressionLayer/compress", json!({ "text": PROSE })).await;
    push(&client, &json!({ "tokenizer": "gemini" }));
    assert_eq!(tokenizer(&client).await, "gemini");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_file_wins_and_its_changes_count() {
    let files = vec![(".compression-layer.toml", "tokenizer = \"claude\"\n".to_owned())];
    let client = Setup { files, options: json!({ "tokenizer": "gemini" }), ..Setup::new(plain()) }.start().await;
    becomes(&client, "claude").await;
    let path = client.path(".compression-layer.toml");
    std::fs::write(&path, "tokenizer = \"cl100k_base\"\n").unwrap();
    let change = json!({ "changes": [{ "uri": client.uri(".compression-layer.toml"), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", change.clone());
    becomes(&client, "cl100k_base").await;
    std::fs::remove_file(&path).unwrap();
    client.notify("workspace/didChangeWatchedFiles", change);
    becomes(&client, "gemini").await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_file_is_looked_after_where_the_editor_does_not() {
    let quick = |cache: &Path| Host { housekeeping: Duration::from_millis(5), ..host::host(cache) };
    let client = Setup { host: quick, ..Setup::new(plain()) }.start().await;
    assert_eq!(tokenizer(&client).await, "o200k_base");
    std::fs::write(client.path(".compression-layer.toml"), "tokenizer = \"claude\"\n").unwrap();
    becomes(&client, "claude").await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_value_keeps_the_last_good_one_and_is_told_once() {
    let client = Client::start(bare(), Value::Null).await;
    push(&client, &json!({ "tokenizer": "claude", "budgets": [100] }));
    for _ in 0..3 {
        push(&client, &json!({ "tokenizer": "abacus" }));
        assert_eq!(tokenizer(&client).await, "claude");
    }
    let message = client.said("window/showMessage").await;
    assert_eq!(message["type"], 2, "a warning");
    let text = message["message"].as_str().unwrap();
    assert!(text.contains("`tokenizer` is") && text.contains("abacus") && text.contains("o200k_base"), "{text}");
    push(&client, &json!({ "tokenizer": "gemini", "tokenicer": "claude" }));
    let message = client.said("window/showMessage").await;
    assert!(message["message"].as_str().unwrap().contains("did you mean `tokenizer`?"), "it was told once: {message}");
    assert_eq!(tokenizer(&client).await, "gemini", "one bad key spoils no other");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_file_that_is_none_is_told_of_with_its_line() {
    let files = vec![(".compression-layer.toml", "level = \"tight\"\ntokenizer = claude\n".to_owned())];
    let client = Setup { files, ..Setup::new(bare()) }.start().await;
    let message = client.said("window/showMessage").await;
    let text = message["message"].as_str().unwrap();
    assert!(text.contains(".compression-layer.toml") && text.contains("line 2"), "{text}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_options_of_the_start_are_told_after_the_answer() {
    let client = Client::start(bare(), json!({ "level": 7, "tokenizer": "claude" })).await;
    let message = client.said("window/showMessage").await;
    assert!(message["message"].as_str().unwrap().contains("initializationOptions: `level` is"), "{message}");
    assert_eq!(tokenizer(&client).await, "claude");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_trusted_workspace_chooses_a_model() {
    for trusted in [false, true] {
        let setup = Setup { options: json!({ "trustedWorkspace": trusted }), ..Setup::new(bare()) };
        let client = setup.start().await;
        host::another_model(&client.path("tools/model"), "team-model");
        std::fs::write(client.path(".compression-layer.toml"), "[model]\npath = \"tools/model\"\n").unwrap();
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
        if trusted {
            soon("the model of the team", async {
                while client.ok("compressionLayer/status", json!({})).await["model"] != "team-model" {}
            })
            .await;
        } else {
            let message = client.said("window/showMessage").await;
            assert!(message["message"].as_str().unwrap().contains("the workspace is not trusted"), "{message}");
            assert_ne!(client.ok("compressionLayer/status", json!({})).await["model"], "team-model");
        }
        client.finish().await;
    }
}
