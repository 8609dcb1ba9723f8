//! Programs that a test needs and that a machine may lack.

use std::path::PathBuf;

/// Where a program stands, if it is installed.
#[must_use]
pub fn program(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}
