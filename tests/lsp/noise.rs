//! Noise: 10,000 messages of any sort, valid and not, in any order. No hang, no lost answer, no second answer.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::capabilities::{shim, with};
use crate::client::Client;
use crate::samples::{CODE, PROSE};

const RUNS: usize = 10;
const MESSAGES: usize = 1_000;

const URIS: [&str; 4] = ["file:///noise/a.md", "file:///noise/b.py", "untitled:Untitled-1", "not a uri"];

const REQUESTS: [&str; 22] = [
    "compressionLayer/compress",
    "compressionLayer/count",
    "compressionLayer/expand",
    "compressionLayer/basket/add",
    "compressionLayer/basket/remove",
    "compressionLayer/basket/list",
    "compressionLayer/basket/clear",
    "compressionLayer/basket/compress",
    "compressionLayer/models/list",
    "compressionLayer/status",
    "compressionLayer/viewText",
    "compressionLayer/run",
    "textDocument/codeAction",
    "codeAction/resolve",
    "textDocument/codeLens",
    "textDocument/hover",
    "workspace/executeCommand",
    "initialize",
    "textDocument/completion",
    "no/suchMethod",
    "",
    "$/unknown",
];

const NOTIFICATIONS: [&str; 12] = [
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "notebookDocument/didOpen",
    "notebookDocument/didChange",
    "notebookDocument/didClose",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWorkspaceFolders",
    "workspace/didChangeWatchedFiles",
    "window/workDoneProgress/cancel",
    "$/setTrace",
    "initialized/again",
];

/// Something that goes to the server.
#[derive(Clone, Debug)]
enum Noise {
    Request(&'static str, Value),
    Notification(&'static str, Value),
    Cancel(i64),
    Response(Value),
    Frame(String),
}

fn position() -> impl Strategy<Value = Value> {
    (prop_oneof![0..20_u32, Just(u32::MAX)], prop_oneof![0..60_u32, Just(u32::MAX)])
        .prop_map(|(line, character)| json!({ "line": line, "character": character }))
}

fn range() -> impl Strategy<Value = Value> {
    (position(), position()).prop_map(|(start, end)| json!({ "start": start, "end": end }))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(PROSE.to_owned()),
        Just(CODE.to_owned()),
        "[a-c\r\n\u{e9}\u{1f600} .,]{0,40}",
        Just(String::new()),
        Just("\u{0}".to_owned()),
    ]
}

fn scrap() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "\\PC{0,8}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[{ "range": [] }]])),
    ]
}

/// Params that have all fields that any method looks for, most of them right.
fn params() -> impl Strategy<Value = Value> {
    let steering = (
        select(vec![json!("safe"), json!("balanced"), json!("tight"), json!("extreme"), json!(null)]),
        select(vec![
            json!({ "tokens": 50 }),
            json!({ "ratio": 0.5 }),
            json!({ "tokens": 0 }),
            json!({ "ratio": -1 }),
            json!(null),
        ]),
        select(vec![json!("Why?"), json!(""), json!(7), json!(null)]),
    );
    let act =
        select(vec!["replace", "copy", "copyForChat", "open", "preview", "basketAdd", "basketCopy", "mask", "explode"]);
    let what = select(vec!["selection", "symbol", "file", "basket"]);
    (select(&URIS[..]), range(), 0..6_i32, text(), steering, act, what, any::<[bool; 4]>()).prop_map(
        |(uri, range, version, text, (level, budget, query), act, what, [ranged, versioned, texted, ask])| {
            let mut place = json!({ "uri": uri });
            if ranged {
                place["range"] = range.clone();
            }
            if versioned {
                place["version"] = json!(version);
            }
            let item = json!({ "uri": uri, "languageId": "markdown", "version": version, "text": text });
            let change = json!({ "text": text, "range": range });
            let run = json!({ "act": act, "what": what, "document": place, "level": level });
            let mut params = json!({
                "textDocument": item, "uri": uri, "range": range, "position": range["start"],
                "context": { "diagnostics": [] }, "contentChanges": [change, change],
                "document": place, "level": level, "budget": budget, "query": query, "act": act, "what": what,
                "handle": "00f1e2d3c4b5a697", "id": version, "token": version, "title": "x", "data": run,
                "command": "compressionLayer.run", "arguments": [run], "settings": { "compressionLayer": { "level": level } },
                "cellTextDocuments": [item], "notebookDocument": { "uri": uri, "version": 1, "notebookType": "x", "cells": [] },
                "change": { "cells": { "textContent": [{ "document": { "uri": uri, "version": version }, "changes": [change] }] } },
                "event": { "added": [{ "uri": "file:///noise", "name": "noise" }], "removed": [] }, "changes": [],
                "capabilities": {}, "value": "off",
            });
            if texted {
                params["text"] = json!(text);
            }
            if ask {
                params["ask"] = json!("query");
            }
            params
        },
    )
}

fn noise() -> impl Strategy<Value = Noise> {
    let params = prop_oneof![
        8 => params().boxed(),
        1 => scrap().boxed(),
        // One field of the right ones is another.
        3 => (params(), any::<prop::sample::Index>(), scrap()).prop_map(|(mut params, field, scrap)| {
            let fields = params.as_object_mut().unwrap();
            let name = fields.keys().nth(field.index(fields.len())).unwrap().clone();
            fields[&name] = scrap;
            params
        }).boxed(),
    ]
    .boxed();
    let frames = [
        "garbage\r\n\r\n",
        "Content-Length: x\r\n\r\n",
        "Content-Length: 99999999999\r\n\r\n",
        "\r\n\r\n",
        "Content-Length: 5\r\n\r\n{{{{{",
        "Content-Length: 2\r\n\r\n[]",
        "Content-Length: 4\r\nX-Noise: 1\r\n\r\nnull",
        "Content-Length: 17\r\n\r\n{\"jsonrpc\":\"2.0\"}",
        "Content-Length: 30\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":null}",
    ];
    prop_oneof![
        8 => (select(&REQUESTS[..]), params.clone()).prop_map(|(method, params)| Noise::Request(method, params)),
        6 => (select(&NOTIFICATIONS[..]), params).prop_map(|(method, params)| Noise::Notification(method, params)),
        1 => (0..1_000_i64).prop_map(Noise::Cancel),
        1 => scrap().prop_map(Noise::Response),
        1 => select(frames.to_vec()).prop_map(|frame| Noise::Frame(frame.to_owned())),
    ]
}

async fn run(messages: &[Noise]) {
    let capabilities = with(shim(), "/window/workDoneProgress", json!(true));
    let client = Client::start(capabilities, Value::Null).await;
    for (name, text) in [(URIS[0], PROSE), (URIS[1], CODE)] {
        client.open(name, "markdown", text);
    }
    let mut asked = Vec::new();
    for message in messages {
        match message {
            Noise::Request(method, params) => asked.push((method, client.ask(method, params.clone()))),
            Noise::Notification(method, params) => client.notify(method, params.clone()),
            Noise::Cancel(id) => client.notify("$/cancelRequest", json!({ "id": id })),
            Noise::Response(id) => client.send(&json!({ "jsonrpc": "2.0", "id": id, "result": id })),
            Noise::Frame(bytes) => client.raw(bytes.as_str()),
        }
    }
    for (method, request) in asked {
        let answer = request.answer().await;
        if let Err(error) = answer {
            assert_ne!(error["code"], -32603, "a defect in {method}: {error}");
        }
    }
    let uri = client.open("file:///noise/last.md", "markdown", PROSE);
    assert_eq!(client.ok("compressionLayer/viewText", json!({ "uri": uri })).await["text"], PROSE);
    client.ok("compressionLayer/compress", json!({ "text": PROSE })).await;
    client.nobody_was_answered_twice();
    client.finish_whatever_was_said().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_messages_of_any_sort_leave_a_server_that_serves() {
    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(noise(), MESSAGES);
    for _ in 0..RUNS {
        let messages = strategy.new_tree(&mut runner).unwrap().current();
        run(&messages).await;
    }
}
