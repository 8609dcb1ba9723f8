//! Faults: a client that does not read, and messages that are no messages.

use serde_json::{Value, json};
use server::lsp::serve;
use tokio::io::{AsyncWriteExt, BufReader};

use crate::capabilities::bare;
use crate::client::{Client, soon};
use crate::samples::PROSE;
use crate::{host, wire};

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_read_is_not_read_from() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, theirs) = tokio::io::duplex(16 << 10);
    let (input, output) = tokio::io::split(theirs);
    let server = tokio::spawn(serve(input, output, host::host(folder.path())));
    let (read, mut write) = tokio::io::split(ours);
    let message = |id: u64, method: &str, params: Value| {
        wire::frame(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
    };
    write.write_all(&message(0, "initialize", json!({ "capabilities": {} }))).await.unwrap();
    let item = json!({ "uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": PROSE.repeat(20) });
    let open = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": item } });
    write.write_all(&wire::frame(&open)).await.unwrap();
    // Each answer is far longer than its question. What the server takes in is bounded, so writing stops at some time.
    let sent = {
        let mut sent = 0;
        loop {
            let view = message(sent + 1, "compressionLayer/viewText", json!({ "uri": "file:///a.md" }));
            let written = tokio::time::timeout(std::time::Duration::from_millis(500), write.write_all(&view)).await;
            sent += 1;
            if written.is_err() {
                break sent;
            }
            assert!(sent < 20_000, "the server takes in whatever is sent");
        }
    };
    // The frame that was cut off is not answered; all before it are.
    let mut input = BufReader::new(read);
    for id in 0..sent {
        let answer = soon("an answer", wire::read(&mut input)).await.unwrap();
        assert_eq!(answer["id"], id);
    }
    drop((write, input));
    soon("the end", server).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_message_is_answered_with_an_error_and_passed_over() {
    let client = Client::start(bare(), Value::Null).await;
    for (bytes, code) in [
        ("garbage\r\n\r\n", -32700),
        ("Content-Length: many\r\n\r\n", -32700),
        ("Content-Length: 3\r\n\r\n{{}", -32700),
        ("Content-Length: 2\r\n\r\n[]", -32600),
        ("Content-Length: 4\r\n\r\nnull", -32600),
        ("Content-Length: 2\r\n\r\n\u{7f}\u{0}", -32700),
        ("Content-Length: 0\r\n\r\n", -32700),
    ] {
        client.raw(bytes);
        let answer = client.stray().await;
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&Value::Null, &json!(code)), "{bytes:?}");
    }
    client.ok("compressionLayer/status", json!({})).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deep_message_is_refused() {
    let client = Client::start(bare(), Value::Null).await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    client.raw(format!("Content-Length: {}\r\n\r\n{deep}", deep.len()));
    assert_eq!(client.stray().await["error"]["code"], -32700);
    client.ok("compressionLayer/status", json!({})).await;
    client.finish().await;
}
