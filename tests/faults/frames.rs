//! Frames that are none, and messages that mean nothing: each is answered, and the next is served.

use e2e::server::{self, Server, frame};
use serde_json::{Value, json};

use crate::{Dice, cache, greeted};

fn served(server: &mut Server) {
    let counted = server.request("compressionLayer/count", json!({ "text": "one two three" })).unwrap();
    assert_eq!(counted["tokens"], 3);
}

#[test]
fn what_is_no_message_is_answered_and_passed_over() {
    let mut server = greeted();
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let inner = json!({ "jsonrpc": "2.0", "id": 1, "method": "compressionLayer/count" }).to_string();
    let nested = inner.replace("1,", &format!("1, \"params\": {deep},"));
    let cases: Vec<(Vec<u8>, i64)> = vec![
        (b"hello?\r\n\r\n".to_vec(), -32700),
        (b"Content-Length: x\r\n\r\n".to_vec(), -32700),
        (b"Content-Length: -5\r\nContent-Type: a\r\n\r\n".to_vec(), -32700),
        (b"Content-Length: 18446744073709551616\r\n\r\n".to_vec(), -32700),
        ([b"x".repeat(100_000), b"\r\n\r\n".to_vec()].concat(), -32700),
        (b"Content-Length: 3\r\n\r\n\xff\xfe\xfd".to_vec(), -32700),
        (frame(""), -32700),
        (frame("{"), -32700),
        (frame("[]"), -32600),
        (frame("[1, 2]"), -32600),
        (frame("7"), -32600),
        (frame("{}"), -32600),
        (frame(r#"{"jsonrpc": "2.0", "method": 7}"#), -32600),
        (frame(r#"{"jsonrpc": "1.0", "id": null, "method": "shutdown"}"#), -32600),
        (frame(&deep), -32700),
        (frame(&nested), -32700),
    ];
    for (bytes, code) in cases {
        server.send_bytes(&bytes);
        let answer = server.next_answer();
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &Value::Null), "{shown}: {answer}");
        served(&mut server);
    }
    assert_eq!(server.leave().code(), Some(0));
}

#[test]
fn requests_that_mean_nothing_are_refused_by_name() {
    let mut server = Server::start(server::command(&cache()));
    // Before `initialize`.
    assert_eq!(server.request("compressionLayer/status", Value::Null).unwrap_err()["code"], -32002);
    server.notify("textDocument/didOpen", json!({ "textDocument": 7 }));
    server.initialize(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    let refused = |server: &mut Server, method: &str, params: Value| {
        server.request(method, params).unwrap_err()["code"].as_i64().unwrap()
    };
    assert_eq!(refused(&mut server, "initialize", json!({ "capabilities": {} })), -32600);
    assert_eq!(refused(&mut server, "textDocument/nothing", Value::Null), -32601);
    assert_eq!(refused(&mut server, "textDocument/codeAction", Value::Null), -32602);
    assert_eq!(refused(&mut server, "textDocument/codeAction", json!([1])), -32602);
    assert_eq!(refused(&mut server, "codeAction/resolve", json!({ "title": "another's", "data": 7 })), -32602);
    assert_eq!(refused(&mut server, "workspace/executeCommand", json!({ "command": "rm" })), -32602);
    assert_eq!(refused(&mut server, "compressionLayer/compress", Value::Null), -32602);
    assert_eq!(refused(&mut server, "compressionLayer/compress", json!({ "text": 7 })), -32602);
    assert_eq!(refused(&mut server, "compressionLayer/expand", json!({ "handle": "../../etc" })), -32803);
    assert_eq!(refused(&mut server, "compressionLayer/viewText", json!({ "uri": "file:///not/open" })), -32803);
    // Notifications have no answers, whatever they say.
    for method in ["textDocument/didChange", "$/cancelRequest", "$/progress", "$/whatever", "textDocument/nothing"] {
        server.notify(method, json!({ "textDocument": [], "id": {}, "contentChanges": 1 }));
        server.notify(method, Value::Null);
    }
    // Ids of any kind come back as they were.
    for id in [json!("seven"), json!(-7), json!(0)] {
        server.send(&json!({ "jsonrpc": "2.0", "id": id, "method": "compressionLayer/status" }));
        let answer = server.next_answer();
        assert_eq!(answer["id"], id);
        assert_eq!(answer["result"]["modelState"], "unloaded");
    }
    served(&mut server);
    assert_eq!(server.leave().code(), Some(0));
}

#[test]
fn garbage_between_frames_hides_no_request() {
    let mut dice = Dice(99);
    let mut server = greeted();
    let mut asked = Vec::new();
    for _ in 0..500 {
        let length = dice.below(200);
        let mut garbage: Vec<u8> = (0..length).map(|_| u8::try_from(dice.below(256)).unwrap()).collect();
        // A frame ends at its length or, if it has none, at an empty line; so the reader knows where it is again.
        garbage.extend(b"\r\n\r\n");
        server.send_bytes(&garbage);
        asked.push(server.ask("compressionLayer/count", json!({ "text": "one two three" })));
    }
    for id in asked {
        assert_eq!(server.answer(id).unwrap().unwrap()["tokens"], 3);
    }
    assert_eq!(server.leave().code(), Some(0));
}
