//! An editor with our shim: the clipboard, a view beside, and questions to the person.

use serde_json::{Value, json};

use crate::actions::{offered, offered_at, titled};
use crate::capabilities::shim;
use crate::client::Client;
use crate::samples::{CODE, PROSE, SHOP, long};

async fn carry_out(client: &Client, uri: &str, part: &str, title: &str) -> Value {
    let actions = offered(client, uri, part).await;
    client.ok("workspace/executeCommand", titled(&actions, title)["command"].clone()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_go_to_the_clipboard_with_their_summary() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let result = carry_out(&client, &uri, PROSE.trim(), "Compress selection and copy it (balanced)").await;
    let copied = client.said("compressionLayer/copy").await;
    assert_eq!(copied, json!({ "text": result["text"], "summary": result["summary"] }));
    let result = carry_out(&client, &uri, PROSE.trim(), "Compress selection and copy it, for a chat").await;
    let copied = client.said("compressionLayer/copy").await;
    assert_eq!(copied["text"], result["text"]);
    assert!(copied["text"].as_str().unwrap().starts_with("`notes.md:1` (compressed: "), "{copied}");
    assert!(!client.cache().join("scratch").exists(), "no scratch document is needed");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_around_a_definition_is_copied() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("shop.py", "python", SHOP);
    let actions = offered_at(&client, &uri, "sum(numbers)").await;
    let action = titled(&actions, "Compress file around `login` and copy it (tight)");
    client.ok("workspace/executeCommand", action["command"].clone()).await;
    let copied = client.said("compressionLayer/copy").await;
    let text = copied["text"].as_str().unwrap();
    assert!(text.contains("return sum(numbers)") && text.contains("def other(name): ... # 3 lines"), "{text}");
    titled(&offered(&client, &uri, "sum(numbers)").await, "Compress file around the selection into a new document");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_both_texts_and_the_receipt() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("orders.py", "python", CODE);
    let result = carry_out(&client, &uri, CODE.trim(), "Preview compressed selection").await;
    let shown = client.said("compressionLayer/show").await;
    assert_eq!((&shown["original"], &shown["text"]), (&json!(CODE.trim()), &result["text"]));
    assert_eq!((&shown["language"], &shown["uri"]), (&json!("python"), &json!(uri)));
    assert_eq!((&shown["receipt"], &shown["summary"]), (&result["receipt"], &result["summary"]));
    carry_out(&client, &uri, CODE.trim(), "Compress selection into a new document beside").await;
    let shown = client.said("compressionLayer/show").await;
    assert_eq!(shown["title"], "orders.py (compressed)");
    assert!(shown.get("original").is_none());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_asked_for_and_answered() {
    let client = Client::start(shim(), Value::Null).await;
    let text = format!(
        "{}Refunds are handled by `refund_desk`, which is open on weekdays and closed at night.\n",
        long(4_000)
    );
    let uri = client.open("notes.md", "markdown", &text);
    client.editor().typed = json!(" Who handles refunds? ");
    let result = carry_out(&client, &uri, text.trim(), "Compress selection for a question…").await;
    let asked = client.said("compressionLayer/input").await;
    assert_eq!(asked["kind"], "query");
    client.said("workspace/applyEdit").await;
    assert!(result["receipt"]["tokens"]["after"].as_u64() < result["receipt"]["tokens"]["before"].as_u64());
    assert!(client.text(&uri).contains("`refund_desk`"));
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_size_is_asked_for_and_kept() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    client.editor().typed = json!("80%");
    let result = carry_out(&client, &uri, PROSE.trim(), "Compress selection to a size…").await;
    assert_eq!(client.said("compressionLayer/input").await["kind"], "budget");
    client.said("workspace/applyEdit").await;
    let tokens = |name: &str| result["receipt"]["tokens"][name].as_f64().unwrap();
    assert!(tokens("after") <= 0.8 * tokens("before"), "{result}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_declines_changes_nothing() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    assert_eq!(carry_out(&client, &uri, PROSE.trim(), "Compress selection for a question…").await, Value::Null);
    client.said("compressionLayer/input").await;
    assert_eq!(client.text(&uri), PROSE);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_size_or_no_question_is_refused_in_words() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    for (kind, typed, said) in [("budget", "half", "is no size"), ("budget", "0", "budget"), ("query", "  ", "quer")] {
        client.editor().typed = json!(typed);
        let run = json!({ "act": "replace", "what": "file", "document": { "uri": uri }, "ask": kind });
        let message = client.refused("compressionLayer/run", run, -32602).await;
        assert!(message.contains(said), "{message}");
        client.said("compressionLayer/input").await;
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_moves_on_while_the_person_types_is_not_replaced() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    client.editor().leaves_open.insert("compressionLayer/input");
    let run = json!({ "act": "replace", "what": "file", "document": { "uri": uri }, "ask": "query" });
    let running = client.ask("compressionLayer/run", run);
    client.said("compressionLayer/input").await;
    client.edit(&uri, "Tuesday", "Monday");
    client.answer_open(json!("Why?"));
    assert_eq!(running.answer().await.unwrap_err()["code"], -32801);
    assert!(client.text(&uri).contains("Monday"));
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shim_that_fails_is_named_as_the_reason() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    client.editor().refuses.insert("compressionLayer/copy");
    let run = json!({ "act": "copy", "what": "file", "document": { "uri": uri } });
    let message = client.refused("compressionLayer/run", run, -32803).await;
    assert!(message.contains("did not do its part"), "{message}");
    client.said("compressionLayer/copy").await;
    client.finish().await;
}
