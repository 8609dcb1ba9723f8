//! Exit codes: the contract with scripts.
//!
//! Invariants
//! - every way to end has one code (`tests/validator/pairs`, `tests/validator/resume`).

use std::process::ExitCode;

/// What `--help` says of the codes.
pub const HELP: &str = "Exit codes:
  0    passed: as many examples as must pass did, at every gate
  1    a gate failed; the table says which
  2    could not run, or not for every row; the reason is on stderr
  130  stopped by Ctrl-C or a signal to end; what was finished is kept, and --resume goes on";

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// What was measured passed.
    Passed,
    /// A gate failed.
    GateFailed,
    /// Something could not be run.
    NotRun,
    /// Ctrl-C, or a signal to end.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Passed => 0_u8,
            Exit::GateFailed => 1,
            Exit::NotRun => 2,
            // 128 + SIGINT, as shells have it.
            Exit::Interrupted => 130,
        })
    }
}
