//! The built language server with clients that nobody here wrote: an LSP client of the Python world, Neovim itself, and what
//! Neovim and VS Code say of themselves when they begin.
//!
//! Invariants
//! - no test reads or writes outside its own scratch folder and the target folder; all share one unpacked model and one set of
//!   Python packages;
//! - without Python, pip or a network, the tests that need them say so and pass.
#![expect(clippy::unwrap_used, reason = "tests")]

mod handshakes;
#[cfg(unix)]
mod neovim;
mod packages;
mod session;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// The most that a foreign client may take for its whole session.
const DEADLINE: Duration = Duration::from_mins(5);

/// Where the model is unpacked once for all tests.
fn cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")
}

/// A file or folder of the repository.
fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path).canonicalize().unwrap()
}

/// Runs a foreign client to its end, which must be a good one.
fn succeed(mut command: Command) {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let process = child.id().to_string();
    let (sender, ended) = mpsc::channel();
    std::thread::spawn(move || sender.send(child.wait_with_output().unwrap()));
    let Output { status, stdout, stderr } = ended.recv_timeout(DEADLINE).unwrap_or_else(|_| {
        // Its children end with their input.
        let _ = Command::new("kill").args(["-9", &process]).status();
        panic!("{command:?} goes on after {DEADLINE:?}")
    });
    let (out, err) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{command:?}: {status}\nstdout:\n{out}\nstderr:\n{err}");
}
