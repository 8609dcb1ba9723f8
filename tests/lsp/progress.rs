//! Progress: shown of what takes longer than a moment, with counts, and ended whatever happens.

use serde_json::{Value, json};

use crate::capabilities::{bare, plain, with};
use crate::client::{Client, Setup, soon};
use crate::samples::{PROSE, long};

fn shows_progress() -> Value {
    with(plain(), "/window/workDoneProgress", json!(true))
}

/// The next word on progress of that kind.
async fn next(client: &Client, kind: &str) -> Value {
    client.said_that("$/progress", |params| params["value"]["kind"] == kind).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_long_is_shown_with_counts() {
    let client = Setup::gated(shows_progress()).start().await;
    let uri = client.open("notes.md", "markdown", &long(3_000));
    let run = json!({ "act": "replace", "what": "file", "document": { "uri": uri } });
    let running = client.ask("compressionLayer/run", run);
    let token = client.routine("window/workDoneProgress/create").await["token"].clone();
    let begin = next(&client, "begin").await;
    assert_eq!(begin["token"], token);
    assert_eq!(
        (&begin["value"]["title"], &begin["value"]["cancellable"]),
        (&json!("Compressing the file"), &json!(true))
    );
    let report = next(&client, "report").await;
    let (done, expected) = report["value"]["message"].as_str().unwrap().split_once(" of ").unwrap();
    assert_eq!((done, &report["value"]["percentage"]), ("0", &json!(0)));
    assert!(expected.ends_with(" windows") && !expected.starts_with('0'), "{expected}");
    client.gate().let_one_through();
    let further = |params: &Value| params["value"]["message"].as_str().is_some_and(|it| it.starts_with("1 of "));
    client.said_that("$/progress", further).await;
    client.gate().open();
    assert!(running.answer().await.is_ok());
    let end = next(&client, "end").await;
    assert_eq!(end["token"], token);
    client.said("workspace/applyEdit").await;
    client.heard("$/progress");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_quick_is_not_shown() {
    let client = Client::start(shows_progress(), Value::Null).await;
    // A machine may be busy with something else for a moment, but not each time.
    soon("a quick compression without a word", async {
        loop {
            client.ok("compressionLayer/compress", json!({ "text": PROSE })).await;
            if client.heard("$/progress").is_empty() && client.never("window/workDoneProgress/create") {
                break;
            }
            client.routine("window/workDoneProgress/create").await;
        }
    })
    .await;
    client.heard("$/progress");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_the_client_is_used() {
    // Who gives a token has a place to show it, whatever the capabilities say.
    for (method, params) in [
        ("compressionLayer/compress", json!({ "text": PROSE, "workDoneToken": "mine" })),
        (
            "workspace/executeCommand",
            json!({ "command": "compressionLayer.compress", "arguments": [{ "text": PROSE }], "workDoneToken": "mine" }),
        ),
    ] {
        let client = Setup::gated(bare()).start().await;
        let compressing = client.ask(method, params);
        let begin = next(&client, "begin").await;
        assert_eq!((&begin["token"], &begin["value"]["title"]), (&json!("mine"), &json!("Compressing")));
        client.gate().open();
        assert!(compressing.answer().await.is_ok());
        assert_eq!(next(&client, "end").await["token"], "mine");
        client.heard("$/progress");
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_when_the_work_fails() {
    let client = Setup::gated(shows_progress()).start().await;
    let compressing = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    next(&client, "begin").await;
    client.gate().fail();
    let error = compressing.answer().await.unwrap_err();
    assert_eq!((&error["code"], &error["data"]["kind"]), (&json!(-32803), &json!("model")));
    assert!(error["message"].as_str().unwrap().contains("it is broken"), "{error}");
    next(&client, "end").await;
    client.heard("$/progress");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_when_the_request_is_cancelled() {
    let client = Setup::gated(shows_progress()).start().await;
    let compressing = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    next(&client, "begin").await;
    client.notify("$/cancelRequest", json!({ "id": compressing.id }));
    assert_eq!(compressing.answer().await.unwrap_err()["code"], -32800);
    next(&client, "end").await;
    client.heard("$/progress");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_does_not_answer_holds_up_nothing() {
    for (leaves_open, refuses) in [(true, false), (false, true)] {
        let mut setup = Setup::gated(shows_progress());
        let create = "window/workDoneProgress/create";
        if leaves_open {
            setup.editor.leaves_open.insert(create);
        }
        if refuses {
            setup.editor.refuses.insert(create);
        }
        let client = setup.start().await;
        let compressing = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
        client.routine(create).await;
        client.gate().open();
        assert!(compressing.answer().await.is_ok());
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_is_given_when_the_work_is_done_is_not_left_waiting() {
    let create = "window/workDoneProgress/create";
    let mut setup = Setup::gated(shows_progress());
    setup.editor.leaves_open.insert(create);
    let client = setup.start().await;
    let compressing = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    let token = client.routine(create).await["token"].clone();
    client.gate().open();
    assert!(compressing.answer().await.is_ok());
    client.answer_open(Value::Null);
    assert_eq!(next(&client, "begin").await["token"], token);
    assert_eq!(next(&client, "end").await["token"], token);
    client.finish().await;
}
