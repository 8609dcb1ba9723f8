//! Evaluation data, which is not part of the repository.
//!
//! Invariants
//! - a test that runs without its data says so in a line that begins with `skipped: `, which `scripts/check` collects
//!   (`tests::what_is_missing_is_named`).

use std::path::{Path, PathBuf};

/// The variable that names the folder.
const VARIABLE: &str = "COMPRESSION_LAYER_DATA";

/// A file of the data folder. Where it cannot be had, the test that asks is to return at once: the reason is printed.
///
/// ```no_run
/// # fn the_answer_is_still_there() {
/// let Some(questions) = e2e::data::file("hotpotqa_dev_100.jsonl") else { return };
/// # drop(questions);
/// # }
/// ```
#[must_use]
pub fn file(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(VARIABLE).map(PathBuf::from);
    match locate(folder.as_deref(), name) {
        Ok(path) => Some(path),
        Err(reason) => {
            crate::skipped(&reason);
            None
        }
    }
}

fn locate(folder: Option<&Path>, name: &str) -> Result<PathBuf, String> {
    let folder = folder.ok_or_else(|| format!("{VARIABLE} does not name the folder that has {name}"))?;
    let path = folder.join(name);
    if path.is_file() { Ok(path) } else { Err(format!("{} is not there", path.display())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pairs.jsonl");
        assert_eq!(
            locate(None, "pairs.jsonl"),
            Err("COMPRESSION_LAYER_DATA does not name the folder that has pairs.jsonl".to_owned())
        );
        assert_eq!(locate(Some(folder.path()), "pairs.jsonl"), Err(format!("{} is not there", path.display())));
        std::fs::write(&path, "").expect("a file");
        assert_eq!(locate(Some(folder.path()), "pairs.jsonl"), Ok(path));
    }
}
