//! The built language server when things go wrong: killed at any moment, streams that close or are never read, messages that
//! are huge or none at all, an editor that is gone, more work than can be done.
//!
//! Invariants
//! - what is random is drawn from a fixed seed;
//! - nothing waits without a deadline, and no deadline is tight: each is what is promised or far more.
#![expect(clippy::unwrap_used, reason = "tests")]

mod channels;
mod frames;
mod kills;
mod leaving;
mod sizes;
mod streams;

use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::sync::mpsc;
use std::time::Duration;

use e2e::server::{self, Server};
use serde_json::{Value, json};

/// What the server may take to leave.
const LEAVING: Duration = Duration::from_secs(2);

/// Where nothing goes through for so long, nothing does.
const STALLED: Duration = Duration::from_secs(2);

/// Where the model is unpacked once for all tests.
fn cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")
}

/// A server that was greeted by a client without any capability.
fn greeted() -> Server {
    let mut server = Server::start(server::command(&cache()));
    server.initialize(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    server
}

fn open(uri: &str, text: &str) -> Value {
    json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": text } })
}

/// Prose that can be shortened; no two numbers give the same text.
fn prose(number: u64) -> String {
    format!(
        "As a matter of fact, it is worth noting that request number {number}, which was sent by the client on Monday, \
         was unfortunately not answered at all within the usual limit of 30 s.\n"
    )
}

fn long_prose(first: u64, paragraphs: u64) -> String {
    (first..first + paragraphs).map(prose).collect::<Vec<_>>().join("\n")
}

/// Waits for a process.
fn ended(mut child: Child, deadline: Duration) -> ExitStatus {
    let process = child.id();
    let (sender, end) = mpsc::channel();
    std::thread::spawn(move || sender.send(child.wait().unwrap()));
    end.recv_timeout(deadline).unwrap_or_else(|_| panic!("process {process} goes on after {deadline:?}"))
}

/// Numbers that look random: splitmix64.
struct Dice(u64);

impl Dice {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
