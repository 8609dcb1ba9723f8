//! The run folder: `run.json` and `examples.jsonl`, written so that a run that was killed at any moment can go on.
//!
//! Examples are appended a batch at a time and synced; a last line without its end was torn, and is dropped.
//!
//! Invariants
//! - what was appended is there after the process was killed (`tests/validator/resume`);
//! - a run goes on only as what it was, and two processes never write to one folder (`tests::a_folder_belongs_to_one_run`).

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::record::{Example, Run};

/// The file of the run in its folder.
pub const RUN: &str = "run.json";
/// The file of the examples in the folder of a run.
pub const EXAMPLES: &str = "examples.jsonl";

/// Why a run cannot be kept in a folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file or folder that cannot be read or written.
    #[error("cannot use {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A run is there, and nobody said to go on with it.
    #[error("{} holds a run: go on with it by --resume, or name another folder", folder.display())]
    Occupied {
        /// The folder.
        folder: PathBuf,
    },
    /// Another process writes to it.
    #[error("another process works in {}", folder.display())]
    Locked {
        /// The folder.
        folder: PathBuf,
    },
    /// The run there is another one.
    #[error("{} holds a run with another {}: name another folder", folder.display(), differences.join(", "))]
    Another {
        /// The folder.
        folder: PathBuf,
        /// What is not the same.
        differences: Vec<&'static str>,
    },
    /// A line or a file that this program did not write.
    #[error("{} line {line} is no record of this program", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Where it is wrong.
        #[source]
        source: serde_json::Error,
    },
}

/// A run folder that is written to.
#[derive(Debug)]
pub struct Folder {
    examples: File,
    path: PathBuf,
}

impl Folder {
    /// Makes a folder for a run, or takes up the one that is there; `done` is told each example that it has.
    ///
    /// # Errors
    /// A folder that cannot be used, or that holds what must not be mixed with this run.
    pub fn open(folder: &Path, run: &Run, resume: bool, done: &mut dyn FnMut(Example)) -> Result<Self, FolderError> {
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
        let path = folder.join(EXAMPLES);
        let mut examples =
            OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(failed(&path))?;
        if examples.try_lock().is_err() {
            return Err(FolderError::Locked { folder: folder.to_owned() });
        }
        let run_path = folder.join(RUN);
        if run_path.exists() {
            if !resume {
                return Err(FolderError::Occupied { folder: folder.to_owned() });
            }
            let differences = read_run(folder)?.differs_from(run);
            if !differences.is_empty() {
                return Err(FolderError::Another { folder: folder.to_owned(), differences });
            }
            let whole = read(&path, done)?;
            examples.set_len(whole).map_err(failed(&path))?;
            examples.seek(SeekFrom::End(0)).map_err(failed(&path))?;
        }
        write_whole(&run_path, &serde_json::to_vec_pretty(run).unwrap_or_default()).map_err(failed(&run_path))?;
        Ok(Self { examples, path })
    }

    /// Adds examples; they are on the disk when this returns.
    ///
    /// # Errors
    /// A full disk, for example.
    pub fn append(&mut self, examples: &[Example]) -> Result<(), FolderError> {
        let mut lines = Vec::new();
        for example in examples {
            serde_json::to_writer(&mut lines, example).map_err(|error| failed(&self.path)(error.into()))?;
            lines.push(b'\n');
        }
        self.examples.write_all(&lines).and_then(|()| self.examples.sync_data()).map_err(failed(&self.path))
    }
}

/// The run in a folder.
///
/// # Errors
/// There is none, or it cannot be read.
pub fn read_run(folder: &Path) -> Result<Run, FolderError> {
    let path = folder.join(RUN);
    let text = std::fs::read(&path).map_err(failed(&path))?;
    serde_json::from_slice(&text).map_err(|source| FolderError::Record { path, line: source.line(), source })
}

/// Reads the examples of a file in their order, one in memory at a time, and tells how many bytes are whole lines.
///
/// # Errors
/// It cannot be read, or a line other than a torn last one is no example.
pub fn read(path: &Path, each: &mut dyn FnMut(Example)) -> Result<u64, FolderError> {
    let mut reader = BufReader::new(File::open(path).map_err(failed(path))?);
    let (mut whole, mut number) = (0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(failed(path))?;
        if !line.ends_with(b"\n") {
            return Ok(whole);
        }
        number += 1;
        let example = serde_json::from_slice(&line);
        each(example.map_err(|source| FolderError::Record { path: path.to_owned(), line: number, source })?);
        whole += read as u64;
    }
}

/// Writes a file beside, syncs it and gives it its name, so that it is whole or not there.
///
/// # Errors
/// A full disk, for example.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("part");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

fn failed(path: &Path) -> impl Fn(io::Error) -> FolderError {
    let path = path.to_owned();
    move |source| FolderError::File { path: path.clone(), source }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::record::tests::{example, run};

    #[test]
    fn a_torn_last_line_is_dropped_and_the_rest_goes_on() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("run");
        let mut none = |_: Example| panic!("nothing is there");
        let mut first = Folder::open(&folder, &run(), false, &mut none).unwrap();
        first.append(&[example("a"), example("b")]).unwrap();
        first.examples.write_all(b"{\"id\": \"c\", \"verb").unwrap();
        drop(first);
        let mut done = Vec::new();
        let mut again = Folder::open(&folder, &run(), true, &mut |example| done.push(example.id)).unwrap();
        assert_eq!(done, ["a", "b"]);
        again.append(&[example("c")]).unwrap();
        drop(again);
        let mut all = Vec::new();
        read(&folder.join(EXAMPLES), &mut |example| all.push(example.id)).unwrap();
        assert_eq!(all, ["a", "b", "c"]);
    }

    #[test]
    fn a_folder_belongs_to_one_run() {
        let place = tempfile::tempdir().unwrap();
        let mut ignore = |_: Example| {};
        let first = Folder::open(place.path(), &run(), false, &mut ignore).unwrap();
        let locked = Folder::open(place.path(), &run(), true, &mut ignore).unwrap_err();
        assert!(locked.to_string().contains("another process works in"), "{locked}");
        drop(first);
        let occupied = Folder::open(place.path(), &run(), false, &mut ignore).unwrap_err();
        assert!(occupied.to_string().contains("go on with it by --resume"), "{occupied}");
        let other = Run { tokenizer: "cl100k_base".to_owned(), ..run() };
        let another = Folder::open(place.path(), &other, true, &mut ignore).unwrap_err();
        assert!(another.to_string().contains("holds a run with another tokenizer"), "{another}");
        assert_eq!(read_run(place.path()).unwrap(), run());
    }

    #[test]
    fn a_line_in_the_middle_that_is_no_record_is_told() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join(EXAMPLES);
        std::fs::write(&path, "{}\n{}\n").unwrap();
        let error = read(&path, &mut |_| {}).unwrap_err().to_string();
        assert!(error.ends_with("line 1 is no record of this program"), "{error}");
    }
}
