//! Scratch documents: files in the cache for texts that an editor without our methods is to show.
//!
//! Invariants
//! - readable by the user only, where the system knows of that (`tests::scratch_documents_are_private`);
//! - gone with the session, and those of a session that was killed with the next one (`tests::what_was_left_behind_goes`).

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::housekeeping::is_alive;

/// The folder within the cache; each process has one of its own in it.
const FOLDER: &str = "scratch";

/// The scratch documents of this process.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    all: PathBuf,
    own: PathBuf,
}

impl Scratch {
    /// In this cache; nothing is written yet.
    pub(crate) fn new(cache: &Path) -> Self {
        let all = cache.join(FOLDER);
        Self { own: all.join(std::process::id().to_string()), all }
    }

    /// Writes a document of that name, and says where it is.
    pub(crate) fn write(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        let mut folders = std::fs::DirBuilder::new();
        let mut options = std::fs::OpenOptions::new();
        #[cfg(unix)]
        {
            std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        folders.recursive(true).create(&self.own)?;
        let path = self.own.join(name);
        options.write(true).create_new(true).open(&path)?.write_all(text.as_bytes())?;
        Ok(path)
    }

    /// Removes the documents of processes that are gone.
    pub(crate) fn clear_abandoned(&self) {
        for entry in std::fs::read_dir(&self.all).into_iter().flatten().flatten() {
            let process = entry.file_name().to_str().and_then(|name| name.parse().ok());
            if process.is_some_and(|process| !is_alive(process)) {
                // Another server may have been quicker.
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
    }

    /// Removes the documents of this process.
    pub(crate) fn clear_own(&self) {
        // There need not be any.
        let _ = std::fs::remove_dir_all(&self.own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scratch_documents_are_private() {
        let cache = tempfile::tempdir().expect("a folder");
        let scratch = Scratch::new(cache.path());
        let path = scratch.write("a.md", "text").expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "text");
        assert!(scratch.write("a.md", "other").is_err(), "nothing is overwritten");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().expect("a folder"))), (0o600, 0o700));
        }
        scratch.clear_own();
        assert!(!path.exists());
    }

    #[test]
    #[cfg(unix)]
    fn what_was_left_behind_goes() {
        let cache = tempfile::tempdir().expect("a folder");
        let scratch = Scratch::new(cache.path());
        let own = scratch.write("a.md", "text").expect("written");
        // A process that has ended.
        let mut child = std::process::Command::new("true").spawn().expect("there is `true`");
        let gone = cache.path().join(FOLDER).join(child.id().to_string());
        child.wait().expect("it ends");
        std::fs::create_dir(&gone).expect("made");
        scratch.clear_abandoned();
        assert!(!gone.exists() && own.exists());
    }
}
