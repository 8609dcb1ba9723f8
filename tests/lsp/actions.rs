//! Code actions: what is offered where, and what comes of it when it is chosen.

use serde_json::{Value, json};

use crate::capabilities::{bare, plain, shim, with};
use crate::client::{Client, Setup, soon};
use crate::samples::{CODE, PROSE, TERSE, long};

/// What is offered for a range.
pub async fn list(client: &Client, uri: &str, range: &Value, context: Value) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
    let listed = client.ok("textDocument/codeAction", params).await;
    listed.as_array().cloned().unwrap_or_default()
}

/// What is offered for a part of a document when a person asks.
pub async fn offered(client: &Client, uri: &str, part: &str) -> Vec<Value> {
    let range = client.range(uri, part);
    list(client, uri, &range, json!({ "diagnostics": [] })).await
}

/// What is offered at the start of a part of a document.
pub async fn offered_at(client: &Client, uri: &str, part: &str) -> Vec<Value> {
    let start = client.range(uri, part)["start"].clone();
    list(client, uri, &json!({ "start": start, "end": start }), json!({ "diagnostics": [] })).await
}

pub fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

/// The one whose title begins so.
pub fn titled<'a>(actions: &'a [Value], beginning: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with(beginning));
    found.unwrap_or_else(|| panic!("no {beginning:?} among {:#?}", titles(actions)))
}

/// Whether a title is of that shape; `#` stands for a number.
fn is_like(title: &str, shape: &str) -> bool {
    let mut plain = String::new();
    for character in title.chars() {
        match character {
            '0'..='9' | ',' if plain.ends_with('#') => {}
            '0'..='9' => plain.push('#'),
            other => plain.push(other),
        }
    }
    plain == shape
}

#[track_caller]
fn are_like(actions: &[Value], shapes: &[&str]) {
    let titles = titles(actions);
    let alike = titles.len() == shapes.len() && titles.iter().zip(shapes).all(|(title, shape)| is_like(title, shape));
    assert!(alike, "{titles:#?}");
}

/// Carries out an action whose edit comes when asked for.
pub async fn choose(client: &Client, action: &Value) -> Value {
    let resolved = client.ok("codeAction/resolve", action.clone()).await;
    let mut told = Vec::new();
    client.editor().apply(&resolved["edit"], &mut told).expect("the edit fits");
    for (method, params) in told {
        client.notify(method, params);
    }
    resolved
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_say_what_is_done_with_an_estimate() {
    let client = Client::start(shim(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let expected = [
        "Compress selection (balanced): # -> about # tokens",
        "Compress selection (tight): # -> about # tokens",
        "Compress selection to #% (balanced): # -> at most # tokens",
        "Compress selection and copy it (balanced): # -> about # tokens",
        "Compress selection and copy it, for a chat with path and lines (balanced): # -> about # tokens",
        "Compress selection into a new document beside (balanced): # -> about # tokens",
        "Preview compressed selection (balanced): # -> about # tokens",
        "Compress selection for a question…",
        "Compress selection to a size…",
        "Add selection to the basket (# tokens)",
    ];
    let actions = offered(&client, &uri, PROSE.trim()).await;
    are_like(&actions, &expected);
    let kinds: Vec<_> = actions.iter().map(|action| action["kind"].as_str().unwrap()).collect();
    assert!(kinds.iter().all(|kind| kind.starts_with("refactor.compress")), "{kinds:?}");
    let counted = client.ok("compressionLayer/count", json!({ "text": PROSE.trim() })).await;
    let first = titles(&actions)[0];
    assert!(first.contains(&format!(": {} -> ", counted["tokens"])), "{first} {counted}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_selection_the_definition_and_the_file_are_meant() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("orders.py", "python", CODE);
    let actions = offered_at(&client, &uri, "order.paid - amount").await;
    for beginning in [
        "Compress `refund` (balanced): ",
        "Preview compressed `refund`",
        "Compress file (balanced): ",
        "Compress file into a new document beside",
        "Add `refund` to the basket",
    ] {
        titled(&actions, beginning);
    }
    assert_eq!(titled(&actions, "Compress file (balanced)")["kind"], "source.compress");
    let actions = offered_at(&client, &uri, "LIMIT").await;
    assert!(titles(&actions).iter().all(|title| !title.contains('`')), "there is no definition there: {actions:#?}");
    // White space is no selection.
    assert_eq!(titles(&offered(&client, &uri, "\n\n\n").await).len(), actions.len());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_asked_for_is_listed() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let range = client.range(&uri, PROSE.trim());
    for (only, kinds) in [
        (json!(["refactor.compress.copy"]), vec!["refactor.compress.copy"]),
        (json!(["source"]), vec!["source.compress"]),
        (json!(["source.compress", "refactor.compress.preview"]), vec!["refactor.compress.preview", "source.compress"]),
        (json!(["refactor.extract", "quickfix"]), vec![]),
    ] {
        let actions = list(&client, &uri, &range, json!({ "diagnostics": [], "only": only })).await;
        let mut found: Vec<_> = actions.iter().map(|action| action["kind"].as_str().unwrap()).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, kinds, "{only}");
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_asks_by_itself_hears_nothing_without_a_selection() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let by_itself = json!({ "diagnostics": [], "triggerKind": 2 });
    let point = json!({ "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": 9 } });
    assert_eq!(list(&client, &uri, &point, by_itself.clone()).await, [Value::Null; 0]);
    assert!(!list(&client, &uri, &client.range(&uri, PROSE.trim()), by_itself).await.is_empty());
    let person = json!({ "diagnostics": [], "triggerKind": 1 });
    assert!(!list(&client, &uri, &point, person).await.is_empty());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_shortened_nothing_is_offered() {
    let client = Client::start(shim(), Value::Null).await;
    let terse = client.open("a.txt", "plaintext", TERSE);
    assert_eq!(offered(&client, &terse, TERSE).await, [Value::Null; 0]);
    assert_eq!(offered_at(&client, &terse, TERSE).await, [Value::Null; 0]);
    let empty = client.open("b.txt", "plaintext", "");
    assert_eq!(offered_at(&client, &empty, "").await, [Value::Null; 0]);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_comes_while_the_model_is_at_work() {
    let client = Setup::gated(plain()).start().await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let mut at_work = client.ask("compressionLayer/compress", json!({ "text": PROSE }));
    client.gate().arrived(1).await;
    assert!(!offered(&client, &uri, PROSE.trim()).await.is_empty());
    assert_eq!(at_work.now(), None, "the model is still at work");
    client.gate().open();
    assert!(at_work.answer().await.is_ok());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_computed_when_it_is_chosen_and_carries_the_version() {
    let client = Client::start(plain(), Value::Null).await;
    let text = format!("# Größe 😀\r\n\r\n{PROSE}\r\nAfter it.\r\n");
    let uri = client.open("notes.md", "markdown", &text);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    let action = titled(&actions, "Compress selection (balanced)");
    assert!(action.get("edit").is_none() && action.get("command").is_none(), "{action}");
    let resolved = choose(&client, action).await;
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": uri, "version": 1 }));
    let compressed = client.ok("compressionLayer/compress", json!({ "text": PROSE.trim() })).await;
    assert_eq!(change["edits"][0]["newText"], compressed["text"]);
    let expected = text.replace(PROSE.trim(), compressed["text"].as_str().unwrap());
    assert_eq!(client.text(&uri), expected);
    assert_eq!(client.ok("compressionLayer/viewText", json!({ "uri": uri })).await["text"], json!(expected));
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edit_of_a_file_leaves_its_code_alone() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("orders.py", "python", CODE);
    let actions = offered_at(&client, &uri, "LIMIT").await;
    choose(&client, titled(&actions, "Compress file (balanced)")).await;
    let squeezed = |text: &str| text.replace(' ', "");
    let text = client.text(&uri);
    assert!(text.len() < CODE.len());
    for code in
        ["LIMIT = 30", "def refund(order, amount):", "return order.paid - amount", "order.state = \"cancelled\""]
    {
        assert!(squeezed(&text).contains(&squeezed(code)), "{text}");
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_for_an_earlier_text_is_refused() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    client.edit(&uri, "Tuesday", "Monday");
    let action = titled(&actions, "Compress selection (balanced)");
    let message = client.refused("codeAction/resolve", action.clone(), -32801).await;
    assert!(message.contains("ask again"), "{message}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_refused_if_the_text_moved_on_while_it_was_computed() {
    let client = Setup::gated(plain()).start().await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    let resolving = client.ask("codeAction/resolve", titled(&actions, "Compress selection (balanced)").clone());
    client.gate().arrived(1).await;
    client.edit(&uri, "Tuesday", "Monday");
    // The answer to a later question says that the change was read.
    client.ok("compressionLayer/status", json!({})).await;
    client.gate().open();
    assert_eq!(resolving.answer().await.unwrap_err()["code"], -32801);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edit_of_a_document_that_was_closed_is_refused() {
    let client = Setup::gated(plain()).start().await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    let resolving = client.ask("codeAction/resolve", titled(&actions, "Compress selection (balanced)").clone());
    client.gate().arrived(1).await;
    client.close(&uri);
    client.ok("compressionLayer/status", json!({})).await;
    client.gate().open();
    assert_eq!(resolving.answer().await.unwrap_err()["data"]["kind"], "notOpen");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_that_is_none_of_ours_is_not_resolved() {
    let client = Client::start(plain(), Value::Null).await;
    let unknown = json!({ "title": "x", "data": { "act": "explode" } });
    client.refused("codeAction/resolve", unknown, -32602).await;
    // VS Code resolves every action, also those that are commands.
    let whole = json!({ "title": "x" });
    assert_eq!(client.ok("codeAction/resolve", whole.clone()).await, whole);
    let run = json!({ "act": "replace", "what": "file" });
    client.refused("codeAction/resolve", json!({ "title": "x", "data": run }), -32602).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn budgets_and_the_question_of_the_settings_are_offered() {
    let options =
        json!({ "budgets": [60, "25%", 100_000], "query": "Why must it not be restarted?", "level": "tight" });
    let client = Client::start(plain(), options).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    titled(&actions, "Compress selection for \"Why must it not be restarted?\" (tight): ");
    titled(&actions, "Compress selection to 25% (tight): ");
    let budgets = titles(&actions).iter().filter(|title| title.starts_with("Compress selection to ")).count();
    assert_eq!(budgets, 2, "a budget above the size of the text is none: {:#?}", titles(&actions));
    let action = titled(&actions, "Compress selection to 60");
    choose(&client, action).await;
    let counted = client.ok("compressionLayer/count", json!({ "text": client.text(&uri) })).await;
    assert!(counted["tokens"].as_u64().unwrap() <= 62, "{counted}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_resolves_nothing_gets_commands() {
    let capabilities = with(plain(), "/textDocument/codeAction/resolveSupport", Value::Null);
    let client = Client::start(capabilities, Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    let action = titled(&actions, "Compress selection (balanced)");
    assert_eq!(action["command"]["command"], "compressionLayer.run");
    client.ok("workspace/executeCommand", action["command"].clone()).await;
    client.said("workspace/applyEdit").await;
    assert!(client.text(&uri).len() < PROSE.len());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_without_literals_gets_commands_alone() {
    let capabilities = with(plain(), "/textDocument/codeAction", json!({}));
    let client = Client::start(capabilities, Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let commands = offered(&client, &uri, PROSE.trim()).await;
    let command = titled(&commands, "Compress selection (balanced)");
    assert!(command["command"].is_string() && command.get("kind").is_none(), "{command}");
    client.ok("workspace/executeCommand", command.clone()).await;
    client.said("workspace/applyEdit").await;
    assert!(client.text(&uri).len() < PROSE.len());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_without_versions_gets_plain_changes() {
    let capabilities = with(plain(), "/workspace/workspaceEdit", Value::Null);
    let client = Client::start(capabilities, Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    let resolved = choose(&client, titled(&actions, "Compress selection (balanced)")).await;
    assert!(resolved["edit"]["changes"][&uri].is_array() && resolved["edit"].get("documentChanges").is_none());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_can_do_nothing_is_offered_nothing_it_cannot_do() {
    let client = Client::start(bare(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    let commands = offered(&client, &uri, PROSE.trim()).await;
    for title in titles(&commands) {
        let can = [" into a scratch document", " into a new document beside", "Preview ", "Add "];
        assert!(can.iter().any(|part| title.contains(part)), "{title}");
    }
    // All of them work: by a message that says where the result is.
    for command in &commands {
        client.ok("workspace/executeCommand", command.clone()).await;
        if !command["title"].as_str().unwrap().starts_with("Add") {
            let message = client.said("window/showMessage").await;
            assert!(message["message"].as_str().unwrap().contains("the result is in "), "{message}");
        }
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_turns_out_not_to_be_shortened_stays_as_it_is() {
    let client = Client::start(plain(), json!({ "level": "safe" })).await;
    let uri = client.open("notes.md", "markdown", "No layout to spare here.");
    let data = json!({ "act": "replace", "what": "file", "document": { "uri": uri, "version": 1 } });
    let resolved = client.ok("codeAction/resolve", json!({ "title": "Compress", "data": data })).await;
    assert!(resolved.get("edit").is_none(), "{resolved}");
    let message = client.said("window/showMessage").await;
    assert!(message["message"].as_str().unwrap().contains("nothing can be shortened"), "{message}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn definitions_of_a_large_text_are_found_soon() {
    let client = Client::start(plain(), Value::Null).await;
    let text = format!("\"\"\"{}\"\"\"\n{CODE}", long(200 << 10));
    let uri = client.open("large.py", "python", &text);
    // The first list does not wait for the parser.
    soon("the definition is known", async {
        while !titles(&offered_at(&client, &uri, "order.paid - amount").await).iter().any(|it| it.contains("`refund`"))
        {
        }
    })
    .await;
    client.finish().await;
}
