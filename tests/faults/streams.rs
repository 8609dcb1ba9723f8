//! Streams that close, and one that nobody reads.

use std::io::Write;
use std::process::ChildStdin;
use std::sync::mpsc;

use e2e::server::{self, Server};
use serde_json::json;

use crate::{LEAVING, STALLED, cache, ended, greeted, long_prose, open, prose};

#[test]
fn a_closed_input_ends_the_server_at_work() {
    let mut server = greeted();
    server.ask("compressionLayer/compress", json!({ "text": long_prose(0, 2_000), "workDoneToken": "work" }));
    server.hear("$/progress");
    server.close();
    assert_eq!(server.ended(LEAVING).code(), Some(1));
}

#[test]
fn a_closed_output_ends_the_server_at_its_next_word() {
    let (child, mut input, output) = Server::start_unread(server::command(&cache()));
    drop(output);
    say(&mut input, 1, "initialize", &json!({ "processId": null, "rootUri": null, "capabilities": {} })).unwrap();
    assert_eq!(ended(child, LEAVING).code(), Some(1));
}

#[test]
fn a_client_that_never_reads_costs_bounded_memory() {
    const REQUESTS: u64 = 10_000;
    let (child, mut input, output) = Server::start_unread(server::command(&cache()));
    let process = child.id();
    let (sender, progress) = mpsc::channel();
    let writer = std::thread::spawn(move || {
        say(&mut input, 0, "initialize", &json!({ "processId": null, "rootUri": null, "capabilities": {} }))?;
        say(&mut input, 0, "textDocument/didOpen", &open("file:///long.md", &long_prose(0, 500)))?;
        for id in 1..=REQUESTS {
            let (method, params) = match id % 3 {
                0 => ("compressionLayer/viewText", json!({ "uri": "file:///long.md" })),
                1 => ("compressionLayer/count", json!({ "text": prose(id) })),
                _ => ("compressionLayer/compress", json!({ "text": prose(id) })),
            };
            say(&mut input, id, method, &params)?;
            let _ = sender.send(id);
        }
        std::io::Result::Ok(input)
    });
    // Until all is sent, or nothing goes through any more.
    let mut sent = 0;
    while let Ok(id) = progress.recv_timeout(STALLED) {
        sent = id;
    }
    assert!(sent > 0);
    if let Some(megabytes) = resident(process) {
        assert!(megabytes < 500, "{megabytes} MB after {sent} requests whose answers nobody reads");
    }
    drop(output);
    assert_eq!(ended(child, LEAVING).code(), Some(1));
    // What it still wanted to say has no reader.
    let _ = writer.join().unwrap();
}

fn say(input: &mut ChildStdin, id: u64, method: &str, params: &serde_json::Value) -> std::io::Result<()> {
    let mut message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
    if method.starts_with("compressionLayer/") || method == "initialize" {
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
