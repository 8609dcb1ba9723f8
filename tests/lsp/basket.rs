//! The basket: snippets of several files, which follow their texts, shortened together.

use std::path::Path;

use serde_json::{Value, json};
use server::lsp::Host;

use crate::actions::{offered, titled, titles};
use crate::capabilities::{bare, plain, shim};
use crate::client::{Client, Setup};
use crate::host;
use crate::samples::{CODE, PROSE, long};

async fn add(client: &Client, uri: &str, part: &str) -> Value {
    client.ok("compressionLayer/basket/add", json!({ "document": client.place(uri, part) })).await
}

async fn snippets(client: &Client) -> Vec<Value> {
    client.ok("compressionLayer/basket/list", json!({})).await["snippets"].as_array().unwrap().clone()
}

/// Path, first line, last line and state of each.
async fn places(client: &Client) -> Vec<String> {
    let shown = |it: &Value| {
        format!(
            "{}:{}-{} {}",
            it["path"].as_str().unwrap(),
            it["firstLine"],
            it["lastLine"],
            it["state"].as_str().unwrap()
        )
    };
    snippets(client).await.iter().map(shown).collect()
}

const LINES: &str = "one one one\ntwo two two\nthree three\nfour four four\nfive five five\n";

#[tokio::test(flavor = "multi_thread")]
async fn snippets_say_where_they_are_from() {
    let client = Client::start(bare(), Value::Null).await;
    let notes = client.open("docs/notes.md", "markdown", PROSE);
    let code = client.open("orders.py", "python", CODE);
    add(&client, &notes, PROSE.trim()).await;
    let state = add(&client, &code, "LIMIT = 30").await;
    assert_eq!(places(&client).await, ["docs/notes.md:1-1 fresh", "orders.py:5-5 fresh"]);
    let tokens = |at: usize| state["snippets"][at]["tokens"].as_u64().unwrap();
    assert_eq!(state["tokens"], tokens(0) + tokens(1));
    assert_eq!(client.ok("compressionLayer/status", json!({})).await["snippets"], 2);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_overlaps_becomes_one() {
    let client = Client::start(bare(), Value::Null).await;
    let uri = client.open("a.md", "markdown", LINES);
    add(&client, &uri, "one one one\ntwo two two").await;
    add(&client, &uri, "four four").await;
    add(&client, &uri, "two\nthree three").await;
    assert_eq!(places(&client).await, ["a.md:1-3 fresh", "a.md:4-4 fresh"]);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_occurs_twice_is_carried_once() {
    let client = Client::start(bare(), Value::Null).await;
    for name in ["a.md", "b.md"] {
        let uri = client.open(name, "markdown", PROSE);
        add(&client, &uri, PROSE.trim()).await;
    }
    let result = client.ok("compressionLayer/basket/compress", json!({})).await;
    let text = result["text"].as_str().unwrap();
    assert!(text.starts_with("`a.md:1`, also at `b.md:1`\n"), "{text}");
    assert_eq!(text.matches("1,204").count(), 1, "{text}");
    assert_eq!(result["receipts"].as_array().unwrap().len(), 1);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn snippets_follow_edits_and_say_when_they_are_stale() {
    let client = Client::start(bare(), Value::Null).await;
    let uri = client.open("a.md", "markdown", LINES);
    for part in ["two two two", "four four four"] {
        add(&client, &uri, part).await;
    }
    client.edit(&uri, "one one one\n", "zero\none one one\nand a half\n");
    assert_eq!(places(&client).await, ["a.md:4-4 fresh", "a.md:6-6 fresh"]);
    client.edit(&uri, "wo two", "wo and two");
    assert_eq!(places(&client).await, ["a.md:4-4 changed", "a.md:6-6 fresh"]);
    client.edit(&uri, "four four four", "");
    assert_eq!(places(&client).await[1].rsplit(' ').next(), Some("deleted"));
    let result = client.ok("compressionLayer/basket/compress", json!({})).await;
    let notes = result["notes"].as_array().unwrap();
    assert!(
        notes.len() == 2
            && notes[0].as_str().unwrap().contains("was changed")
            && notes[1].as_str().unwrap().contains("deleted"),
        "{result}"
    );
    assert!(
        result["text"].as_str().unwrap().contains("two and two two")
            && !result["text"].as_str().unwrap().contains("four")
    );
    client.edit(&uri, "wo and two", "wo two");
    assert_eq!(places(&client).await[0], "a.md:4-4 fresh", "what is undone is fresh again");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snippet_of_a_closed_document_is_compared_with_its_file() {
    let client = Client::start(bare(), Value::Null).await;
    std::fs::write(client.path("a.md"), LINES).unwrap();
    let uri = client.open("a.md", "markdown", LINES);
    add(&client, &uri, "two two two").await;
    client.close(&uri);
    assert_eq!(places(&client).await, ["a.md:2-2 fresh"]);
    std::fs::write(client.path("a.md"), format!("zero\n\n{LINES}")).unwrap();
    assert_eq!(places(&client).await, ["a.md:4-4 fresh"]);
    std::fs::remove_file(client.path("a.md")).unwrap();
    assert!(places(&client).await[0].ends_with(" deleted"));
    let error = client.request("compressionLayer/basket/compress", json!({})).await.unwrap_err();
    assert_eq!(error["data"]["kind"], "basket", "{error}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn snippets_can_be_taken_out() {
    let client = Client::start(bare(), Value::Null).await;
    let uri = client.open("a.md", "markdown", LINES);
    for part in ["one one", "three three", "five five"] {
        add(&client, &uri, part).await;
    }
    let id = snippets(&client).await[1]["id"].clone();
    client.ok("compressionLayer/basket/remove", json!({ "id": id })).await;
    assert_eq!(places(&client).await, ["a.md:1-1 fresh", "a.md:5-5 fresh"]);
    let error = client.request("compressionLayer/basket/remove", json!({ "id": id })).await.unwrap_err();
    assert_eq!((&error["code"], &error["data"]["kind"]), (&json!(-32803), &json!("basket")));
    let empty = client.ok("compressionLayer/basket/clear", json!({})).await;
    assert_eq!(empty, json!({ "snippets": [], "tokens": 0 }));
    let error = client.request("compressionLayer/basket/compress", json!({})).await.unwrap_err();
    assert!(error["message"].as_str().unwrap().contains("the basket is empty"), "{error}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_budget_holds_for_all() {
    let client = Client::start(bare(), json!({ "basket": { "budget": 300 }, "level": "tight" })).await;
    for name in ["a.md", "b.md", "c.md"] {
        let uri = client.open(name, "markdown", &long(1_500).replace("paragraph", name));
        client.ok("compressionLayer/basket/add", json!({ "document": { "uri": uri } })).await;
    }
    for (params, most) in [(json!({}), 300), (json!({ "budget": { "tokens": 500 } }), 500)] {
        let result = client.ok("compressionLayer/basket/compress", params).await;
        let after: u64 =
            result["receipts"].as_array().unwrap().iter().map(|it| it["tokens"]["after"].as_u64().unwrap()).sum();
        assert!(after <= most && after > most * 3 / 4, "{after} of {most}");
        assert!(result["summary"].as_str().unwrap().contains(&format!("-> {after} tokens")), "{result}");
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_bears_on_the_question_comes_first() {
    let real = |cache: &Path| Host { build: host::real, ..host::host(cache) };
    let client = Setup { host: real, ..Setup::new(bare()) }.start().await;
    for (name, text) in [
        ("garden.md", "Tomatoes want a lot of sun and should be watered in the morning, before it gets hot."),
        (
            "login.md",
            "After a token is refreshed, the session is looked up again, and the login fails if it is not found.",
        ),
        ("music.md", "The second movement of the symphony is slow and begins with a theme of the clarinets."),
    ] {
        let uri = client.open(name, "markdown", text);
        client.ok("compressionLayer/basket/add", json!({ "document": { "uri": uri } })).await;
    }
    let params = json!({ "query": "Why does login fail after a refresh?", "order": "relevance", "level": "safe" });
    let result = client.ok("compressionLayer/basket/compress", params).await;
    assert!(result["text"].as_str().unwrap().starts_with("`login.md:1`\n"), "{result}");
    let result = client.ok("compressionLayer/basket/compress", json!({ "level": "safe" })).await;
    assert!(result["text"].as_str().unwrap().starts_with("`garden.md:1`\n"), "{result}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_basket_is_filled_and_copied_by_actions() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    assert!(titles(&actions).iter().all(|title| !title.contains("the compressed basket")));
    client.ok("workspace/executeCommand", titled(&actions, "Add selection to the basket")["command"].clone()).await;
    let actions = offered(&client, &uri, PROSE.trim()).await;
    let copy = titled(&actions, "Compress the basket and copy it (1 snippet, 1");
    assert_eq!(copy["kind"], "refactor.compress.basket");
    let result = client.ok("workspace/executeCommand", copy["command"].clone()).await;
    let copied = client.said("compressionLayer/copy").await;
    assert_eq!((&copied["text"], &copied["summary"]), (&result["text"], &result["summary"]));
    assert!(copied["text"].as_str().unwrap().starts_with("`notes.md:1`\n```markdown\n"), "{copied}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_editor_gets_the_basket_as_a_scratch_document_and_is_told_what_is_stale() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    add(&client, &uri, PROSE.trim()).await;
    client.edit(&uri, "Tuesday", "Monday");
    client.ok("compressionLayer/run", json!({ "act": "basketCopy", "what": "basket" })).await;
    let shown = client.said("window/showDocument").await;
    assert!(shown["uri"].as_str().unwrap().ends_with("basket.md"), "{shown}");
    let message = client.said("window/showMessage").await;
    assert!(message["message"].as_str().unwrap().contains("`notes.md:1` was changed since it was added"), "{message}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_added_is_refused_in_words() {
    let client = Client::start(bare(), Value::Null).await;
    let uri = client.open("a.md", "markdown", "one\n\n\n");
    let error = client
        .request("compressionLayer/basket/add", json!({ "document": client.place(&uri, "\n\n") }))
        .await
        .unwrap_err();
    assert!(error["data"]["kind"] == "basket" && error["message"] == "there is no text in the range", "{error}");
    let place = json!({ "uri": uri, "version": 7 });
    client.refused("compressionLayer/basket/add", json!({ "document": place }), -32801).await;
    client.finish().await;
}
