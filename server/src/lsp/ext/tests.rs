//! docs/PROTOCOL.md: made from the table, with the answers of a session with the embedded model.

mod document;

use std::num::NonZeroUsize;
use std::time::Duration;

use compressor::pipeline::Compressor;
use serde_json::{Value, json};
use tokio::io::{AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};

use super::{Direction, METHODS, answers};
use crate::lsp::frames::{self, Frame, Frames};
use crate::lsp::{Host, serve};

/// The document that the examples name.
const DOCUMENT: &str = "# Notes\n\nIt is worth noting that the retry limit, which was raised on Monday, is now 5. \
                        The gateway will, as far as we know, try again 5 times before it gives up.\n";

/// A client that asks one thing after the other.
struct Asker {
    frames: Frames<BufReader<ReadHalf<DuplexStream>>>,
    output: WriteHalf<DuplexStream>,
    asked: i64,
}

impl Asker {
    async fn send(&mut self, message: Value) {
        frames::write(&mut self.output, message.to_string().as_bytes()).await.expect("the server reads");
    }

    async fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})).await;
        loop {
            let Some(Frame::Body(body)) = self.frames.next().await.expect("the server writes") else {
                panic!("no answer to {method}")
            };
            let message: Value = serde_json::from_slice(&body).expect("JSON");
            if message["id"] == id && message.get("method").is_none() {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }
}

/// The answers to all examples, in the order of the table; `None` for what is not asked of the server.
async fn answers() -> Vec<Option<Value>> {
    let cache = tempfile::tempdir().expect("a folder");
    let host = Host {
        cache: cache.path().to_owned(),
        models: None,
        lanes: NonZeroUsize::MIN,
        clock: || Duration::ZERO,
        queue: 8,
        housekeeping: Duration::from_hours(1),
        parent: None,
        leave: std::sync::Arc::default(),
        build: |source, runtime| Ok(Compressor::new(source, runtime)),
    };
    let (near, far) = tokio::io::duplex(1 << 20);
    let (input, output) = tokio::io::split(far);
    let server = tokio::spawn(serve(input, output, host));
    let (read, write) = tokio::io::split(near);
    let mut asker = Asker { frames: Frames::new(BufReader::new(read)), output: write, asked: 0 };
    asker.ask("initialize", &json!({"capabilities": {}})).await;
    let item = json!({"uri": "file:///project/notes.md", "languageId": "markdown", "version": 1, "text": DOCUMENT});
    asker.send(json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": item}})).await;
    let mut answers = Vec::new();
    for method in METHODS {
        let example = serde_json::from_str(method.example).expect("the example is JSON");
        if method.direction != Direction::ToServer {
            answers.push(None);
            continue;
        }
        if matches!(method.name, "compressionLayer/basket/list" | "compressionLayer/basket/compress") {
            let add = METHODS.iter().find(|method| method.name == "compressionLayer/basket/add").expect("in the table");
            let example = serde_json::from_str(add.example).expect("the example is JSON");
            asker.ask(add.name, &example).await;
        }
        answers.push(Some(asker.ask(method.name, &example).await));
    }
    asker.ask("shutdown", &Value::Null).await;
    asker.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
    asker.output.shutdown().await.expect("closed");
    server.await.expect("no panic").expect("served");
    answers
}

#[tokio::test]
async fn the_documentation_is_up_to_date() {
    let written = document::document(METHODS, &answers().await);
    expect_test::expect_file!["../../../../docs/PROTOCOL.md"].assert_eq(&written);
}

#[test]
fn examples_of_what_a_client_serves_have_its_shape() {
    for method in METHODS.iter().filter(|method| method.direction != Direction::ToServer) {
        let read = match method.name {
            "compressionLayer/copy" => serde_json::from_str::<answers::CopyParams>(method.example).map(drop),
            "compressionLayer/show" => serde_json::from_str::<answers::ShowParams>(method.example).map(drop),
            "compressionLayer/input" => serde_json::from_str::<answers::InputParams>(method.example).map(drop),
            "compressionLayer/statusChanged" => serde_json::from_str::<answers::Status>(method.example).map(drop),
            other => panic!("{other} has no check here"),
        };
        read.unwrap_or_else(|error| panic!("{}: {error}", method.name));
    }
}
