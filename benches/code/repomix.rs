//! The peer: repomix packs files of code for a model, and with `--compress` leaves out the bodies of what they define.
//!
//! It runs in one process of Node.js that is asked for a file at a time, by `repomix.mjs`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use benches::sources::Source;
use serde_json::{Value, json};

/// The running process.
pub struct Repomix {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// `repomix 1.18.1`.
    pub name: String,
    /// From before the process is started until it can be asked.
    pub start: Duration,
}

/// What it writes for a file.
pub struct Packed {
    /// The text.
    pub text: String,
    /// Within the process, the parser of the language loaded before.
    pub milliseconds: f64,
}

impl Repomix {
    /// Starts it, where Node.js is installed and `benches/fetch` has fetched it.
    pub fn start() -> Option<Self> {
        let folder = benches::target_folder().join("bench-peers-npm/node_modules/repomix");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/code/repomix.mjs");
        let start = Instant::now();
        let mut node = Command::new("node");
        let mut child = node.arg(script).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        let (requests, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut peer = Self { child, requests, answers, name: String::new(), start: Duration::ZERO };
        peer.name = format!("repomix {}", peer.read()?["version"].as_str()?);
        peer.start = start.elapsed();
        Some(peer)
    }

    /// What it makes of a file by `--compress`; nothing where it does not handle the language.
    pub fn pack(&mut self, file: &Source, without_comments: bool) -> Option<Packed> {
        let request = json!({ "path": file.path, "removeComments": without_comments });
        writeln!(self.requests, "{request}").ok()?;
        let answer = self.read()?;
        let milliseconds = answer["milliseconds"].as_f64()?;
        Some(Packed { text: answer["text"].as_str()?.to_owned(), milliseconds })
    }

    fn read(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.answers.read_line(&mut line).ok()?;
        serde_json::from_str(&line).ok()
    }
}

impl Drop for Repomix {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
