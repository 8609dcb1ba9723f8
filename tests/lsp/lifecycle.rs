//! From the first word to the last: `initialize`, `shutdown`, `exit`, and what comes in between that should not.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use server::lsp::{Ended, Host};

use crate::capabilities::{bare, plain, with};
use crate::client::{Client, Setup};
use crate::host;
use crate::samples::PROSE;

#[tokio::test(flavor = "multi_thread")]
async fn initialize_answers_before_any_model_is_loaded() {
    let setup = Setup {
        host: |cache| Host {
            build: |source, runtime| Ok(compressor::pipeline::Compressor::new(source, runtime)),
            ..host::host(cache)
        },
        ..Setup::new(plain())
    };
    let client = setup.start().await;
    let status = client.ok("compressionLayer/status", Value::Null).await;
    assert_eq!((&status["modelState"], &status["model"]), (&json!("unloaded"), &Value::Null));
    assert!(!client.cache().exists(), "nothing is unpacked");
    assert_eq!(client.agreed["serverInfo"]["name"], "compression-layer");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_before_initialized() {
    let capabilities = with(plain(), "/workspace/configuration", json!(true));
    let mut client = Setup::new(capabilities.clone()).connect();
    client.ok("initialize", json!({ "capabilities": capabilities })).await;
    client.ok("compressionLayer/status", Value::Null).await;
    assert!(client.never("workspace/configuration"), "the editor was asked too early");
    client.notify("initialized", json!({}));
    client.routine("workspace/configuration").await;
    assert_eq!(client.request("shutdown", Value::Null).await, Ok(Value::Null));
    assert_eq!(client.leave().await, Ended::Properly);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cheapest_encoding_that_the_editor_offers_is_taken() {
    for (offered, agreed) in [
        (Value::Null, "utf-16"),
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-16", "utf-32"]), "utf-32"),
        (json!(["utf-16", "utf-32", "utf-8"]), "utf-8"),
    ] {
        let client = Client::start(with(plain(), "/general/positionEncodings", offered), Value::Null).await;
        assert_eq!(client.agreed["capabilities"]["positionEncoding"], agreed);
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_without_shutdown_is_no_proper_end() {
    let mut client = Client::start(plain(), Value::Null).await;
    assert_eq!(client.leave().await, Ended::Abruptly);
    let mut client = Setup::new(plain()).connect();
    assert_eq!(client.leave().await, Ended::Abruptly, "also before initialize");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_stream_ends_the_server() {
    let mut client = Client::start(plain(), Value::Null).await;
    client.hang_up();
    assert_eq!(client.ended().await, Ended::Abruptly);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_shutdown_only_exit_is_served() {
    let mut client = Client::start(plain(), Value::Null).await;
    client.ok("shutdown", Value::Null).await;
    client.refused("compressionLayer/status", json!({}), -32600).await;
    client.refused("shutdown", Value::Null, -32600).await;
    assert_eq!(client.leave().await, Ended::Properly);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_before_initialize_is_refused() {
    let mut client = Setup::new(plain()).connect();
    for method in ["compressionLayer/status", "textDocument/hover", "shutdown", "no/suchMethod", "$/noSuchMethod"] {
        client.refused(method, json!({}), -32002).await;
    }
    client.notify("textDocument/didOpen", json!({}));
    client.ok("initialize", json!({ "capabilities": {} })).await;
    client.ok("compressionLayer/status", json!({})).await;
    client.ok("shutdown", Value::Null).await;
    assert_eq!(client.leave().await, Ended::Properly);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_initialize_is_refused_and_changes_nothing() {
    let client = Client::start(plain(), Value::Null).await;
    client.refused("initialize", json!({ "capabilities": {} }), -32600).await;
    let uri = client.open("a.md", "markdown", "a😀b");
    client.edit(&uri, "b", "c");
    assert_eq!(client.ok("compressionLayer/viewText", json!({ "uri": uri })).await["text"], "a😀c");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn params_may_be_null_or_left_out() {
    let client = Client::start(bare(), Value::Null).await;
    let whole = client.ok("compressionLayer/status", json!({})).await;
    assert_eq!(client.ok("compressionLayer/status", Value::Null).await, whole);
    let asked = client.expect_answer();
    client.send(&json!({ "jsonrpc": "2.0", "id": asked.id, "method": "compressionLayer/status" }));
    assert_eq!(asked.answer().await, Ok(whole));
    let message = client.refused("compressionLayer/compress", Value::Null, -32602).await;
    assert!(message.contains("give `text` or `document`"), "{message}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unknown_is_refused_or_passed_over() {
    let client = Client::start(plain(), Value::Null).await;
    client.refused("no/suchMethod", json!({}), -32601).await;
    client.refused("$/noSuchMethod", json!({}), -32601).await;
    client.refused("compressionLayer/noSuch", Value::Null, -32601).await;
    client.notify("no/suchNotification", json!({}));
    client.notify("$/setTrace", json!({ "value": "verbose" }));
    client.refused("compressionLayer/expand", json!({ "handel": "x" }), -32602).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
#[cfg(unix)]
async fn the_server_ends_with_the_process_that_started_it() {
    let mut child = std::process::Command::new("cat").stdin(std::process::Stdio::piped()).spawn().unwrap();
    let quick = |cache: &Path| Host { housekeeping: Duration::from_millis(5), ..host::host(cache) };
    let mut client = Setup { process: Some(child.id()), host: quick, ..Setup::new(plain()) }.start().await;
    client.ok("compressionLayer/status", json!({})).await;
    drop(child.stdin.take());
    child.wait().unwrap();
    assert_eq!(client.ended().await, Ended::Abruptly);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_leaves_at_once_while_it_works() {
    let client = Setup::gated(plain()).start().await;
    let _waits = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    client.gate().arrived(1).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_model_is_loaded_by_the_first_text() {
    let real = |cache: &Path| Host { build: host::real, ..host::host(cache) };
    let client = Setup { host: real, ..Setup::new(bare()) }.start().await;
    assert_eq!(client.ok("compressionLayer/status", json!({})).await["modelState"], "unloaded");
    let result = client.ok("compressionLayer/compress", json!({ "text": PROSE })).await;
    assert!(result["text"].as_str().unwrap().len() < PROSE.len(), "{result}");
    let status = client.ok("compressionLayer/status", json!({})).await;
    assert_eq!((&status["modelState"], &status["lastReceipt"]), (&json!("loaded"), &result["summary"]));
    client.finish().await;
}
