//! Messages of a hundred megabytes, and of more than is read.

use serde_json::{Value, json};

use crate::{greeted, prose};

/// The most bytes of a message: `server/src/lsp/frames.rs`.
const LIMIT: usize = 256 << 20;

#[test]
fn a_document_of_a_hundred_megabytes_is_held_and_edited() {
    const URI: &str = "file:///project/huge.md";
    let line = prose(1);
    let text = line.repeat((100 << 20) / line.len());
    let mut server = greeted();
    server.notify("textDocument/didOpen", crate::open(URI, &text));
    let change = json!([{ "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 2 } }, "text": "AS" }]);
    let document = json!({ "uri": URI, "version": 2 });
    server.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": change }));

    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 3, "character": 0 } });
    let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": { "diagnostics": [] } });
    let offered = server.request("textDocument/codeAction", params).unwrap();
    assert!(!offered.as_array().unwrap().is_empty());
    let part = json!({ "document": { "uri": URI, "range": range } });
    let short = server.request("compressionLayer/compress", part).unwrap();
    assert!(short["receipt"]["tokens"]["after"].as_u64() < short["receipt"]["tokens"]["before"].as_u64());
    let whole = server.request("compressionLayer/compress", json!({ "document": { "uri": URI } })).unwrap_err();
    assert_eq!((&whole["code"], &whole["data"]["kind"]), (&json!(-32803), &json!("tooLarge")), "{whole}");
    let seen = server.request("compressionLayer/viewText", json!({ "uri": URI })).unwrap();
    let at = line.len();
    assert!(seen["text"].as_str() == Some(&format!("{}AS{}", &text[..at], &text[at + 2..])), "another text");
    server.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(server.request("compressionLayer/status", Value::Null).unwrap()["documents"], 0);
    assert_eq!(server.leave().code(), Some(0));
}

#[test]
fn a_message_over_the_limit_is_refused_and_the_next_is_served() {
    let mut server = greeted();
    let beginning = r#"{"jsonrpc":"2.0","id":77,"method":"compressionLayer/count","params":{"text":""#;
    server.send_bytes(format!("Content-Length: {}\r\n\r\n{beginning}", LIMIT + 1).as_bytes());
    let filler = vec![b'a'; 1 << 20];
    let mut left = LIMIT + 1 - beginning.len();
    while left > 0 {
        let part = left.min(filler.len());
        server.send_bytes(&filler[..part]);
        left -= part;
    }
    let refused = server.answer(77).unwrap().unwrap_err();
    assert_eq!(refused["code"], -32600);
    assert!(refused["message"].as_str().unwrap().contains("256 MB"), "{refused}");
    if let Some(megabytes) = crate::streams::resident(server.process()) {
        assert!(megabytes < 200, "{megabytes} MB for a message that is not read");
    }
    let counted = server.request("compressionLayer/count", json!({ "text": "one two three" })).unwrap();
    assert_eq!(counted["tokens"], 3);
    assert_eq!(server.leave().code(), Some(0));
}
