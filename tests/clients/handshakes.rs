//! What real editors say of themselves when they begin, replayed: what is agreed, and a session on those terms.
//!
//! `neovim-0.11.4.json` is recorded and compared by the test of Neovim. `vscode.json` is of VS Code 1.139.1 with
//! vscode-languageclient 11.0.0, recorded between the extension host and the server. Paths and process ids are made the same.

use std::path::PathBuf;

use e2e::server::{self, Server};
use serde_json::{Value, json};

use crate::{cache, source};

const URI: &str = "file:///project/incident.md";

/// The lines that are selected.
const SELECTED: usize = 18;

pub fn path(name: &str) -> PathBuf {
    source("tests/fixtures/handshakes").join(format!("{name}.json"))
}

pub fn read(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(path(name)).unwrap()).unwrap()
}

/// Begins as that editor does, with a document open; gives what was agreed.
fn begin(name: &str, text: &str) -> (Server, Value) {
    let mut params = read(name);
    params["processId"] = std::process::id().into();
    let mut server = Server::start(server::command(&cache()));
    let agreed = server.initialize(params)["capabilities"].take();
    let document = json!({ "uri": URI, "languageId": "markdown", "version": 1, "text": text });
    server.notify("textDocument/didOpen", json!({ "textDocument": document }));
    (server, agreed)
}

fn incident() -> String {
    std::fs::read_to_string(source("demo/incident.md")).unwrap()
}

fn selection() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": { "line": SELECTED, "character": 0 } })
}

/// The first action that does this with the selection.
fn action(server: &mut Server, act: &str) -> Value {
    let context = json!({ "diagnostics": [], "triggerKind": 1 });
    let params = json!({ "textDocument": { "uri": URI }, "range": selection(), "context": context });
    let mut offered = server.request("textDocument/codeAction", params).unwrap();
    let offered = offered.as_array_mut().unwrap();
    let does = |it: &Value| it["data"]["act"] == act || it["command"]["arguments"][0]["act"] == act;
    offered.iter_mut().find(|it| does(it)).unwrap_or_else(|| panic!("{act} is not offered")).take()
}

/// Chooses the first action, applies its edit as the editor would, and compares the texts; gives the resolved action.
fn compress(server: &mut Server, text: &str) -> Value {
    let chosen = action(server, "replace");
    assert_eq!((&chosen["edit"], &chosen["command"]), (&Value::Null, &Value::Null), "{chosen}");
    let resolved = server.request("codeAction/resolve", chosen.clone()).unwrap();
    let edit = match &resolved["edit"]["documentChanges"][0]["edits"] {
        Value::Null => &resolved["edit"]["changes"][URI],
        edits => edits,
    };
    assert_eq!(edit.as_array().unwrap().len(), 1);
    let (range, new) = (&edit[0]["range"], edit[0]["newText"].as_str().unwrap());
    assert_eq!(range, &selection());
    let rest: String = text.split_inclusive('\n').skip(SELECTED).collect();
    let expected = format!("{new}{rest}");
    assert!(expected.len() < text.len());
    let change = json!([{ "range": range, "text": new }]);
    let document = json!({ "uri": URI, "version": 2 });
    server.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": change }));
    let seen = server.request("compressionLayer/viewText", json!({ "uri": URI })).unwrap();
    assert_eq!((&seen["text"], &seen["version"]), (&json!(expected), &json!(2)));
    let late = server.request("codeAction/resolve", chosen).unwrap_err();
    assert_eq!(late["code"], -32801, "{late}");
    resolved
}

/// Copies without our extension: a document is shown. Gives the methods that the server called until then.
fn copy(server: &mut Server) -> Vec<String> {
    let chosen = action(server, "copy");
    let run = &chosen["command"];
    let params = json!({ "command": run["command"], "arguments": run["arguments"] });
    server.request("workspace/executeCommand", params).unwrap();
    let shown = server.hear("window/showDocument");
    assert!(shown["params"]["uri"].as_str().unwrap().contains("/scratch/"), "{shown}");
    server.heard.iter().map(|message| message["method"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn neovim_agrees_and_works() {
    let text = incident();
    let (mut server, agreed) = begin("neovim-0.11.4", &text);
    assert_eq!(agreed["positionEncoding"], "utf-8");
    assert_eq!(agreed["codeActionProvider"]["resolveProvider"], true);
    assert_eq!(agreed["textDocumentSync"]["change"], 2);
    // Neovim does not say that it takes edits with versions.
    let resolved = compress(&mut server, &text);
    assert!(resolved["edit"]["changes"].is_object() && resolved["edit"]["documentChanges"].is_null(), "{resolved}");
    let called = copy(&mut server);
    assert!(!called.iter().any(|method| method == "client/registerCapability"), "{called:?}");
    assert!(!called.iter().any(|method| method.starts_with("compressionLayer/")), "{called:?}");
    assert_eq!(server.leave().code(), Some(0));
}

#[test]
fn vs_code_agrees_and_works() {
    let text = incident();
    let (mut server, agreed) = begin("vscode", &text);
    assert_eq!(agreed["positionEncoding"], "utf-16");
    assert_eq!(agreed["codeActionProvider"]["resolveProvider"], true);
    assert_eq!(agreed["notebookDocumentSync"]["notebookSelector"][0]["notebook"], "*");
    let registered = server.hear("client/registerCapability");
    let registered: Vec<_> = registered["params"]["registrations"].as_array().unwrap().iter().collect();
    let methods: Vec<_> = registered.iter().map(|it| it["method"].as_str().unwrap()).collect();
    assert_eq!(methods, ["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]);
    let resolved = compress(&mut server, &text);
    assert_eq!(resolved["edit"]["documentChanges"][0]["textDocument"], json!({ "uri": URI, "version": 1 }));
    let called = copy(&mut server);
    assert!(called.iter().any(|method| method == "workspace/configuration"), "{called:?}");
    assert!(!called.iter().any(|method| method.starts_with("compressionLayer/")), "{called:?}");
    assert_eq!(server.leave().code(), Some(0));
}

#[test]
fn each_says_its_name_and_no_path_of_the_machine() {
    for (name, program) in [("neovim-0.11.4", "Neovim"), ("vscode", "code-server")] {
        let said = read(name);
        assert_eq!(said["clientInfo"]["name"], program);
        assert_eq!((&said["rootUri"], &said["processId"]), (&json!("file:///project"), &json!(1)));
    }
}
