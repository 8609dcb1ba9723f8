//! Runs the built program.

use std::path::{Path, PathBuf};

pub use e2e::scratch::{Run, Scratch, cache, finish};
pub use e2e::server::program as path;

/// Text with white space that every level takes out.
pub const LOOSE: &str = "The first   line has    spaces.\n\n\n\n\nThe second   line has 42    of them.\n";

/// Text that cannot be shortened at level safe.
pub const DENSE: &str = "One line.\n";

/// The embedded model as it stands in the source.
pub fn embedded_model() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/embedded")
}

/// Runs the program in an empty folder with this on stdin.
pub fn run_with(arguments: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
    Scratch::with(&[]).run_with(arguments, stdin)
}
