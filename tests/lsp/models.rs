//! Models: listed, exchanged beside the one in use, unloaded when idle, taken up when they change.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use server::lsp::Host;

use crate::capabilities::{bare, with};
use crate::client::{Client, Setup, soon};
use crate::host::{self, Gate};
use crate::samples::PROSE;

const OURS: &str = "minilm-tagger-r16";

/// A session with one more model on the shelf; its folder.
async fn with_another(setup: Setup) -> (Client, PathBuf) {
    let client = setup.start().await;
    let folder = client.folder.path().join("models/other");
    host::another_model(&folder, "other");
    (client, folder)
}

fn shelf(cache: &Path) -> Host {
    Host { models: Some(cache.with_file_name("models")), ..host::host(cache) }
}

fn quick(cache: &Path) -> Host {
    Host { housekeeping: Duration::from_millis(5), ..shelf(cache) }
}

/// The model that compressed a text.
async fn at_work(client: &Client) -> Value {
    let result = client.ok("compressionLayer/compress", json!({ "text": PROSE })).await;
    result["receipt"]["model"]["name"].clone()
}

async fn status(client: &Client) -> Value {
    client.ok("compressionLayer/status", json!({})).await
}

fn selected(models: &Value) -> Vec<&str> {
    let models = models["models"].as_array().unwrap();
    models.iter().filter(|it| it["selected"] == true).map(|it| it["name"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn models_are_listed_and_selected() {
    let (client, folder) = with_another(Setup { host: shelf, ..Setup::new(bare()) }).await;
    let listed = client.ok("compressionLayer/models/list", json!({})).await;
    assert_eq!(
        listed,
        json!({ "models": [{ "name": OURS, "selected": true }, { "name": "other", "path": folder, "selected": false }] })
    );
    assert_eq!(at_work(&client).await, OURS);
    let listed = client.ok("compressionLayer/models/select", json!({ "path": folder })).await;
    assert_eq!(selected(&listed), ["other"]);
    assert_eq!(at_work(&client).await, "other");
    let listed = client.ok("compressionLayer/models/reload", json!({})).await;
    assert_eq!(selected(&listed), ["other"]);
    let listed = client.ok("compressionLayer/models/select", json!({})).await;
    assert_eq!(selected(&listed), [OURS]);
    assert_eq!(at_work(&client).await, OURS);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_model_leaves_the_old_one_in_place() {
    let (client, folder) = with_another(Setup { host: shelf, ..Setup::new(bare()) }).await;
    std::fs::remove_file(folder.join("heads.safetensors")).unwrap();
    std::fs::write(folder.join("heads.safetensors"), "damaged").unwrap();
    let error = client.request("compressionLayer/models/select", json!({ "path": folder })).await.unwrap_err();
    assert_eq!((&error["code"], &error["data"]["kind"]), (&json!(-32803), &json!("model")));
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("the model stays as it is: ") && message.contains("is damaged"), "{message}");
    assert_eq!(at_work(&client).await, OURS);
    assert!(status(&client).await["modelProblem"].as_str().unwrap().contains("is damaged"));
    std::fs::write(folder.join("manifest.toml"), "name = 7").unwrap();
    let listed = client.ok("compressionLayer/models/list", json!({})).await;
    assert!(listed["models"][1]["problem"].is_string(), "{listed}");
    client.ok("compressionLayer/models/reload", json!({})).await;
    assert_eq!(status(&client).await["modelProblem"], Value::Null, "what works mends it");
    client.refused("compressionLayer/models/select", json!({ "path": "/no/such/model" }), -32803).await;
    assert_eq!(at_work(&client).await, OURS);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_under_way_finish_on_the_old_model() {
    let (client, folder) = with_another(Setup::gated(bare())).await;
    let old = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    client.gate().arrived(1).await;
    Gate::at(&folder).open();
    let listed = client.ok("compressionLayer/models/select", json!({ "path": folder })).await;
    assert_eq!(selected(&listed), ["other"]);
    let new = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    client.gate().open();
    assert_eq!(old.answer().await.unwrap()["receipt"]["model"]["name"], OURS);
    assert_eq!(new.answer().await.unwrap()["receipt"]["model"]["name"], "other");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_that_takes_long_is_shown_and_can_be_given_up() {
    let (client, folder) = with_another(Setup::gated(with(bare(), "/window/workDoneProgress", json!(true)))).await;
    let progress = async |kind: &str| client.said_that("$/progress", |it| it["value"]["kind"] == kind).await;
    let shown = client.ask("compressionLayer/models/select", json!({ "path": folder }));
    let begin = progress("begin").await;
    assert_eq!((&begin["value"]["title"], &begin["value"]["cancellable"]), (&json!("Loading the model"), &json!(true)));
    client.notify("window/workDoneProgress/cancel", json!({ "token": begin["token"] }));
    assert_eq!(shown.answer().await.unwrap_err()["code"], -32800);
    assert_eq!(progress("end").await["token"], begin["token"]);
    client.heard("$/progress");
    assert_eq!(status(&client).await["modelProblem"], Value::Null, "a model that nobody waits for is none that failed");
    let again = client.ask("compressionLayer/models/select", json!({ "path": folder, "workDoneToken": "mine" }));
    assert_eq!(progress("begin").await["token"], "mine");
    Gate::at(&folder).open();
    assert_eq!(selected(&again.answer().await.unwrap()), ["other"]);
    progress("end").await;
    client.heard("$/progress");
    client.routine("window/workDoneProgress/create").await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_chooses_the_model_without_a_restart() {
    let (client, folder) = with_another(Setup::new(bare())).await;
    let push = |path: Value| {
        let section = json!({ "model": { "path": path } });
        client.notify("workspace/didChangeConfiguration", json!({ "settings": { "compressionLayer": section } }));
    };
    let becomes = async |name: &str| soon(name, async { while at_work(&client).await != name {} }).await;
    push(json!(folder));
    becomes("other").await;
    push(json!("/no/such/model"));
    let message = client.said("window/showMessage").await;
    assert!(
        message["type"] == 1 && message["message"].as_str().unwrap().contains("the model stays as it is: "),
        "{message}"
    );
    assert_eq!(at_work(&client).await, "other");
    push(json!(""));
    becomes(OURS).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_changes_on_disk_is_taken_up() {
    let (client, folder) = with_another(Setup { host: quick, ..Setup::new(bare()) }).await;
    client.ok("compressionLayer/models/select", json!({ "path": folder })).await;
    host::rename_model(&folder, "newer");
    soon("the newer model", async { while at_work(&client).await != "newer" {} }).await;
    // One that is broken is told of once, and the one in memory goes on.
    std::fs::write(folder.join("manifest.new"), "name = 7").unwrap();
    std::fs::rename(folder.join("manifest.new"), folder.join("manifest.toml")).unwrap();
    let message = client.said("window/showMessage").await;
    assert!(message["message"].as_str().unwrap().contains("the model stays as it is: "), "{message}");
    assert_eq!(at_work(&client).await, "newer");
    host::rename_model(&folder, "newest");
    soon("the newest model", async { while at_work(&client).await != "newest" {} }).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_model_is_unloaded_and_comes_back() {
    static MINUTES: AtomicU64 = AtomicU64::new(0);
    let host = |cache: &Path| Host {
        build: host::real,
        clock: || Duration::from_mins(MINUTES.load(Ordering::Relaxed)),
        ..quick(cache)
    };
    let capabilities = with(bare(), "/experimental/compressionLayer/status", json!(true));
    let client =
        Setup { host, options: json!({ "model": { "idleMinutes": 5 } }), ..Setup::new(capabilities) }.start().await;
    assert_eq!(at_work(&client).await, OURS);
    assert_eq!(status(&client).await["modelState"], "loaded");
    MINUTES.store(4, Ordering::Relaxed);
    client.ok("compressionLayer/count", json!({ "text": "no work for the model" })).await;
    assert_eq!(status(&client).await["modelState"], "loaded");
    client.heard("compressionLayer/statusChanged");
    MINUTES.store(5, Ordering::Relaxed);
    client.said_that("compressionLayer/statusChanged", |it| it["modelState"] == "unloaded").await;
    assert_eq!(at_work(&client).await, OURS);
    client.said_that("compressionLayer/statusChanged", |it| it["modelState"] == "loaded").await;
    client.request("shutdown", Value::Null).await.unwrap();
    client.heard("compressionLayer/statusChanged");
    client.finish_after_shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_not_unloaded_while_a_text_waits() {
    static MINUTES: AtomicU64 = AtomicU64::new(0);
    let host = |cache: &Path| Host {
        build: host::gated,
        clock: || Duration::from_mins(MINUTES.load(Ordering::Relaxed)),
        ..quick(cache)
    };
    let client = Setup { host, ..Setup::new(bare()) }.start().await;
    let waiting = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    client.gate().arrived(1).await;
    MINUTES.store(60, Ordering::Relaxed);
    // Two changes that were seen one after the other have a look at the model between them.
    for (tokenizer, text) in [("claude", "tokenizer = \"claude\"\n"), ("cl100k_base", "tokenizer = \"cl100k_base\"\n")]
    {
        std::fs::write(client.path(".compression-layer.toml"), text).unwrap();
        let count = || client.ok("compressionLayer/count", json!({ "text": "x" }));
        soon("the change is seen", async { while count().await["tokenizer"] != tokenizer {} }).await;
    }
    assert_eq!(status(&client).await["modelState"], "loaded");
    client.gate().open();
    assert!(waiting.answer().await.is_ok());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_model_is_loaded_at_the_start_for_who_wants_it() {
    let real = |cache: &Path| Host { build: host::real, ..host::host(cache) };
    let client =
        Setup { host: real, options: json!({ "model": { "loadAtStart": true } }), ..Setup::new(bare()) }.start().await;
    soon("the model is loaded", async { while status(&client).await["modelState"] != "loaded" {} }).await;
    client.finish().await;
}
