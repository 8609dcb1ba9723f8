//! Streams that close, and one that nobody reads.

use std::io::Write;
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::mpsc;
use std::thread::JoinHandle;

use e2e::server::{self, Server, Wire};
use serde_json::{Value, json};

use crate::{LEAVING, STALLED, cache, ended, greeted, long_prose, open, prose};

#[test]
fn a_closed_input_ends_the_server_at_work() {
    // Several times: native code that is cut off brings the process down now and then only.
    for _ in 0..8 {
        let mut server = greeted();
        server.ask("compressionLayer/compress", json!({ "text": long_prose(0, 2_000), "workDoneToken": "work" }));
        server.hear("$/progress");
        server.close();
        let end = server.ended(LEAVING);
        assert_eq!(end.code(), Some(1), "{end}");
    }
}

#[test]
fn a_closed_output_ends_the_server_at_its_next_word() {
    let (child, mut input, output) = Server::start_unread(server::command(&cache()));
    drop(output);
    say(&mut input, 1, "initialize", &json!({ "processId": null, "rootUri": null, "capabilities": {} })).unwrap();
    assert_eq!(ended(child, LEAVING).code(), Some(1));
}

/// A server that gets many requests whose answers nobody reads, once nothing goes through any more; how many it took.
struct Flooded {
    child: Child,
    output: ChildStdout,
    writer: JoinHandle<std::io::Result<ChildStdin>>,
    sent: u64,
}

impl Flooded {
    fn by(requests: u64) -> Self {
        let (child, mut input, output) = Server::start_unread(server::command(&cache()));
        let (sender, progress) = mpsc::channel();
        let writer = std::thread::spawn(move || {
            say(&mut input, 0, "initialize", &json!({ "processId": null, "rootUri": null, "capabilities": {} }))?;
            say(&mut input, 0, "textDocument/didOpen", &open("file:///long.md", &long_prose(0, 500)))?;
            for id in 1..=requests {
                let (method, params) = match id % 3 {
                    0 => ("compressionLayer/viewText", json!({ "uri": "file:///long.md" })),
                    1 => ("compressionLayer/count", json!({ "text": prose(id) })),
                    _ => ("compressionLayer/compress", json!({ "text": prose(id) })),
                };
                say(&mut input, id, method, &params)?;
                // Nobody listens any more once nothing goes through.
                let _ = sender.send(id);
            }
            Ok(input)
        });
        let mut sent = 0;
        while let Ok(id) = progress.recv_timeout(STALLED) {
            sent = id;
        }
        Self { child, output, writer, sent }
    }
}

#[test]
fn a_client_that_never_reads_costs_bounded_memory() {
    const REQUESTS: u64 = 10_000;
    let Flooded { child, output, writer, sent } = Flooded::by(REQUESTS);
    assert!(0 < sent && sent < REQUESTS, "{sent}");
    if let Some(megabytes) = resident(child.id()) {
        assert!(megabytes < 500, "{megabytes} MB after {sent} requests whose answers nobody reads");
    }
    drop(output);
    assert_eq!(ended(child, LEAVING).code(), Some(1));
    // What was still to be said has no reader.
    drop(writer.join().unwrap());
}

#[test]
fn a_client_that_reads_late_gets_every_answer_once() {
    const REQUESTS: u64 = 3_000;
    let Flooded { child, output, writer, sent } = Flooded::by(REQUESTS);
    assert!(sent < REQUESTS, "{sent}");
    let mut wire = Wire::new(std::io::sink(), output);
    wire.gather(usize::try_from(REQUESTS).unwrap() + 1);
    let mut ids: Vec<_> = wire.answers().map(|answer| answer["id"].as_u64().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..=REQUESTS).collect::<Vec<_>>());
    for answer in wire.answers().filter(|answer| answer.get("error").is_some()) {
        assert_eq!(answer["error"]["data"]["kind"], "busy", "{answer}");
    }
    let mut input = writer.join().unwrap().unwrap();
    say(&mut input, REQUESTS + 1, "shutdown", &Value::Null).unwrap();
    say(&mut input, 0, "exit", &Value::Null).unwrap();
    assert_eq!(ended(child, LEAVING).code(), Some(0));
}

fn say(input: &mut ChildStdin, id: u64, method: &str, params: &Value) -> std::io::Result<()> {
    let mut message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
    if method.starts_with("compressionLayer/") || matches!(method, "initialize" | "shutdown") {
        message["id"] = id.into();
    }
    input.write_all(&server::frame(&message.to_string()))
}

/// Memory of a process in MB, where the system tells.
pub fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes >> 10)
}
