//! Exit codes: the contract with scripts.
//!
//! Invariants
//! - every way to end has one code (`tests/cli/exit_codes`).

use compressor::engine::EngineError;
use compressor::error::CompressError;

use crate::console::{Console, WriteError};
use crate::worker::WorkError;

/// What `--help` says of the codes.
pub const HELP: &str = "Exit codes:
  0    done
  1    nothing could be shortened under the guard; the original is printed unchanged
  2    could not run, or not for every input; the reason is on stderr
  130  stopped by Ctrl-C or a signal to end
With several inputs the code is 0 if any was shortened and all could be read.";

/// What `lsp --help` says of the codes.
pub const LSP_HELP: &str = "Exit codes:
  0    the editor said shutdown, then exit
  1    the editor left without
  2    could not run; the reason is on stderr
  130  stopped by Ctrl-C or a signal to end";

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// What was asked for is done.
    Done,
    /// Nothing could be shortened under the guard.
    Unshortened,
    /// Something could not be run.
    Failed,
    /// Ctrl-C, or a signal to end.
    Interrupted,
}

impl Exit {
    /// Reports an error and chooses the code: a reader that went away (`| head -1`) is no error.
    pub fn of(error: &anyhow::Error, console: &mut Console) -> Self {
        if matches!(error.downcast_ref(), Some(WriteError::Closed)) {
            return Self::Done;
        }
        if is_cancelled(error) {
            return Self::Interrupted;
        }
        console.remark(format_args!("{}", describe(error)));
        Self::Failed
    }
}

/// Whether the error is the user's wish to stop.
pub fn is_cancelled(error: &anyhow::Error) -> bool {
    matches!(
        error.downcast_ref(),
        Some(WorkError::Compress(CompressError::Cancelled | CompressError::Engine(EngineError::Cancelled)))
    )
}

/// An error and its causes in one line.
pub fn describe(error: &anyhow::Error) -> String {
    format!("{error:#}")
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Unshortened => 1,
            Exit::Failed => 2,
            Exit::Interrupted => crate::interrupt::EXIT_CODE,
        })
    }
}
