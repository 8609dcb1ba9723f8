//! Scripts of this folder, which Python runs: lines in, a line of JSON out for each.

use std::io::Write;
use std::process::{Command, Stdio};

/// What a script answers to some lines, or nothing where Python is not installed.
///
/// # Panics
/// Where the script writes something else than was asked for.
pub fn answers<T: serde::de::DeserializeOwned>(script: &str, lines: Vec<String>) -> Option<Vec<T>> {
    let script = format!("{}/{script}", env!("CARGO_MANIFEST_DIR"));
    let mut python = Command::new("python3");
    let mut python = python.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut stdin = python.stdin.take()?;
    // Written beside: the script answers before it has read everything.
    let writer = std::thread::spawn(move || stdin.write_all((lines.join("\n") + "\n").as_bytes()));
    let output = python.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    let answers = std::str::from_utf8(&output.stdout).ok()?.lines();
    Some(answers.map(|line| serde_json::from_str(line).expect("the script writes JSON")).collect())
}
