//! Documents: the server has what the editor has, whatever is typed, wherever the document lives.

use serde_json::{Value, json};

use crate::capabilities::{plain, with};
use crate::client::{Client, Setup};
use crate::samples::PROSE;

/// The server's text and version are the editor's.
async fn is_the_same(client: &Client, uri: &str) {
    let (version, text) = client.editor().documents[uri].clone();
    let seen = client.ok("compressionLayer/viewText", json!({ "uri": uri })).await;
    assert_eq!((&seen["text"], &seen["version"]), (&json!(text), &json!(version)), "{uri}");
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_applied_in_all_three_encodings() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let capabilities = with(plain(), "/general/positionEncodings", json!([encoding]));
        let client = Client::start(capabilities, Value::Null).await;
        assert_eq!(client.agreed["capabilities"]["positionEncoding"], encoding);
        let uri = client.open("a.md", "markdown", "größe 😀 one\r\ntwo 日本 👩‍👩‍👧 end\rthree\nlast");
        is_the_same(&client, &uri).await;
        for (part, new) in [
            ("one", "1 😀"),
            ("日本", "日\r\n本"),
            ("👩‍👩‍👧", ""),
            ("end\rthr", "é"),
            ("größe 😀 ", "x\n"),
            ("last", "last\n\u{2028}😀"),
            ("\u{2028}", "\u{85}\u{b}"),
        ] {
            client.edit(&uri, part, new);
            is_the_same(&client, &uri).await;
        }
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_changes_in_one_message_follow_each_other() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("a.md", "markdown", "abc\ndef\n");
    let at = |from: u32, to: u32| json!({ "start": { "line": 0, "character": from }, "end": { "line": 0, "character": to } });
    let changes = json!([
        { "range": at(0, 1), "text": "xyz" },
        { "range": at(3, 4), "text": "" },
        { "text": "whole\n" },
        { "range": at(5, 99), "text": "!" },
    ]);
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 9 }, "contentChanges": changes }),
    );
    let seen = client.ok("compressionLayer/viewText", json!({ "uri": uri })).await;
    assert_eq!((&seen["text"], &seen["version"]), (&json!("whole!\n"), &json!(9)));
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_document_is_not_known_any_more() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("a.py", "python", "x = 1\n");
    assert_eq!(client.ok("compressionLayer/viewText", json!({ "uri": uri })).await["language"], "python");
    client.close(&uri);
    let message = client.refused("compressionLayer/viewText", json!({ "uri": uri }), -32803).await;
    assert!(message.contains("not open"), "{message}");
    let actions = json!({ "textDocument": { "uri": uri }, "range": whole(), "context": { "diagnostics": [] } });
    assert_eq!(client.ok("textDocument/codeAction", actions).await, Value::Null);
    client.finish().await;
}

fn whole() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9_999, "character": 0 } })
}

#[tokio::test(flavor = "multi_thread")]
async fn each_cell_of_a_notebook_is_a_document() {
    let client = Client::start(plain(), Value::Null).await;
    let cell = |name: &str| format!("vscode-notebook-cell:/book.ipynb#{name}");
    let item =
        |name: &str, text: &str| json!({ "uri": cell(name), "languageId": "markdown", "version": 1, "text": text });
    let text = |name: &str| {
        let uri = cell(name);
        let asked = client.ask("compressionLayer/viewText", json!({ "uri": uri }));
        async move {
            asked
                .answer()
                .await
                .map(|seen| seen["text"].as_str().unwrap().to_owned())
                .map_err(|error| error["data"]["kind"].clone())
        }
    };
    let book = json!({ "uri": "file:///book.ipynb", "notebookType": "jupyter-notebook", "version": 1, "cells": [] });
    client.notify(
        "notebookDocument/didOpen",
        json!({ "notebookDocument": book, "cellTextDocuments": [item("a", PROSE), item("b", "second")] }),
    );
    assert_eq!(text("a").await.as_deref(), Ok(PROSE));
    let change = json!({ "cells": {
        "structure": {
            "array": { "start": 1, "deleteCount": 1, "cells": [{ "kind": 1, "document": cell("c") }] },
            "didOpen": [item("c", "third")],
            "didClose": [{ "uri": cell("b") }],
        },
        "textContent": [{ "document": { "uri": cell("a"), "version": 2 }, "changes": [{ "range": whole(), "text": "first" }] }],
    } });
    let book = json!({ "uri": "file:///book.ipynb", "version": 2 });
    client.notify("notebookDocument/didChange", json!({ "notebookDocument": book, "change": change }));
    assert_eq!(text("a").await.as_deref(), Ok("first"));
    assert_eq!(text("b").await, Err(json!("notOpen")));
    assert_eq!(text("c").await.as_deref(), Ok("third"));
    client.notify(
        "notebookDocument/didClose",
        json!({ "notebookDocument": { "uri": "file:///book.ipynb" }, "cellTextDocuments": [{ "uri": cell("a") }, { "uri": cell("c") }] }),
    );
    assert_eq!(text("c").await, Err(json!("notOpen")));
    assert_eq!(client.ok("compressionLayer/status", json!({})).await["documents"], 0);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_without_a_file_are_served_too() {
    let client = Client::start(plain(), Value::Null).await;
    for name in ["untitled:Untitled-1", "vscode-remote://ssh/home/a%20b/notes.md", "file:///elsewhere/notes.md"] {
        let uri = client.open(name, "markdown", PROSE);
        let params = json!({ "document": { "uri": uri }, "form": "chat" });
        let result = client.ok("compressionLayer/compress", params).await;
        let shown =
            if name.starts_with("file:") { "/elsewhere/notes.md" } else { name.rsplit(['/', ':']).next().unwrap() };
        let text = result["text"].as_str().unwrap();
        assert!(text.starts_with(&format!("`{shown}:1`")), "{text}");
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_is_known_by_its_id_or_its_path() {
    let client = Client::start(plain(), Value::Null).await;
    for (name, id, language) in [
        ("a.txt", "typescriptreact", json!("tsx")),
        ("b.rs", "plaintext", json!("rust")),
        ("untitled:c.py", "", json!("python")),
        ("d.unknown", "klingon", Value::Null),
    ] {
        let uri = client.open(name, id, "x");
        assert_eq!(client.ok("compressionLayer/viewText", json!({ "uri": uri })).await["language"], language, "{name}");
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_folder_has_settings_of_its_own() {
    let setup = Setup {
        folders: vec!["one", "two", "two/inner"],
        files: vec![
            ("one/.compression-layer.toml", "tokenizer = \"gemini\"\n".to_owned()),
            ("two/.compression-layer.toml", "tokenizer = \"claude\"\n".to_owned()),
            ("two/inner/.compression-layer.toml", "tokenizer = \"cl100k_base\"\n".to_owned()),
        ],
        ..Setup::new(with(plain(), "/experimental", json!({ "compressionLayer": { "status": true } })))
    };
    let client = setup.start().await;
    // The first word on the state comes when the project files were read.
    client.said("compressionLayer/statusChanged").await;
    for (name, tokenizer) in [
        ("one/a.md", "gemini"),
        ("two/b.md", "claude"),
        ("two/inner/deep/c.md", "cl100k_base"),
        ("three/d.md", "o200k_base"),
    ] {
        let uri = client.open(name, "markdown", PROSE);
        let counted = client.ok("compressionLayer/count", json!({ "document": { "uri": uri } })).await;
        assert_eq!(counted["tokenizer"], tokenizer, "{name}");
    }
    let folder = json!({ "uri": client.uri("two/inner"), "name": "inner" });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": [], "removed": [folder] } }));
    let uri = client.uri("two/inner/deep/c.md");
    let counted = client.ok("compressionLayer/count", json!({ "document": { "uri": uri } })).await;
    assert_eq!(counted["tokenizer"], "claude", "it belongs to the outer folder now");
    client.finish().await;
}
