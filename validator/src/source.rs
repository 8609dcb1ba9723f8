//! Where cases come from: rows of a file, or a folder of texts.
//!
//! Invariants
//! - the order of a folder's files, and so the hash of the data, is that of their paths (`tests::a_folder_is_read_in_order`);
//! - a file that is no text is a broken row, as a line that is no JSON is.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use compressor::domain::{self, Domain};
use compressor::language::Language;
use compressor::pipeline;
use sha2::{Digest, Sha256};

use crate::case::{self, BrokenRow, Case, Lines};
use crate::record::Data;

/// Cases in their order, and what they are read from.
pub struct Source {
    /// Where they come from.
    pub data: Data,
    /// The cases.
    pub cases: Cases,
}

/// Cases, one in memory at a time.
pub type Cases = Box<dyn Iterator<Item = Result<Case, BrokenRow>>>;

/// Reads pairs or texts: a `.jsonl` file has one a line, any other file is a text, and a folder has a text in each file.
///
/// # Errors
/// It cannot be read.
pub fn texts(path: &Path) -> io::Result<Source> {
    if path.is_dir() {
        return folder(path);
    }
    if path.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson") {
        return rows(path, |line, text| case::pair(line, text).map(|case| vec![case]));
    }
    let (data, path) = (case::data(path)?, path.to_owned());
    let name = data.name.clone();
    Ok(Source { data: Data { rows: 1, ..data }, cases: Box::new(std::iter::once_with(move || file(&path, name, 1))) })
}

/// Reads the rows of a JSON Lines file, each of which may hold several cases.
///
/// # Errors
/// It cannot be read.
pub fn rows(path: &Path, read: impl Fn(usize, &[u8]) -> Result<Vec<Case>, BrokenRow> + 'static) -> io::Result<Source> {
    let (data, lines) = (case::data(path)?, Lines::open(path)?);
    let cases = lines.flat_map(move |line| match line.and_then(|(number, text)| read(number, &text)) {
        Ok(cases) => cases.into_iter().map(Ok).collect(),
        Err(broken) => vec![Err(broken)],
    });
    Ok(Source { data, cases: Box::new(cases) })
}

fn folder(folder: &Path) -> io::Result<Source> {
    let files = files(folder)?;
    let mut hash = Sha256::new();
    for (path, name) in &files {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(case::data(path)?.sha256.as_bytes());
    }
    let sha256 = hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes every write");
        hex
    });
    let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
    let data = Data { name, sha256, rows: files.len() };
    let cases = files.into_iter().enumerate().map(|(at, (path, name))| file(&path, name, at + 1));
    Ok(Source { data, cases: Box::new(cases) })
}

/// All files below a folder with their paths in it, by path. Hidden ones are none of the data.
fn files(folder: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() {
                open.push((path, format!("{prefix}{name}/")));
            } else if kind.is_file() {
                found.push((path, format!("{prefix}{name}")));
            }
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}

/// A file as a case; its number is for messages.
fn file(path: &Path, name: String, line: usize) -> Result<Case, BrokenRow> {
    let bytes = std::fs::read(path).map_err(|source| BrokenRow::Read { path: path.to_owned(), line, source })?;
    let text = pipeline::decode(&bytes).map_err(|_| BrokenRow::NotText { name: name.clone() })?;
    let language = Language::from_path(path);
    let domain = domain::classify(text).domain;
    let language = language.or_else(|| if domain == Domain::Code { domain::detect_language(text) } else { None });
    Ok(Case {
        id: name.clone(),
        document: name,
        domain,
        language,
        question: None,
        verbose: text.to_owned(),
        compressed: None,
        gold: None,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn ids(path: &Path) -> Vec<String> {
        let cases = texts(path).unwrap().cases;
        cases.map(|case| case.map_or_else(|error| error.to_string(), |case| case.id)).collect()
    }

    #[test]
    fn a_folder_is_read_in_order() {
        let place = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(place.path().join(name), bytes).unwrap();
        std::fs::create_dir(place.path().join("b")).unwrap();
        write("c.py", b"def f():\n    pass\n");
        write("b/z.md", b"It rains.");
        write("a.bin", b"\0\xff");
        write(".hidden", b"x");
        assert_eq!(ids(place.path()), ["a.bin is no text", "b/z.md", "c.py"]);
        let before = texts(place.path()).unwrap().data;
        write("c.py", b"def g():\n    pass\n");
        let after = texts(place.path()).unwrap().data;
        assert!(before.sha256 != after.sha256 && before.rows == 3, "{before:?}");
    }

    #[test]
    fn a_file_is_rows_or_a_text() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("notes.md");
        std::fs::write(&path, "It rains.\nIt pours.\n").unwrap();
        assert_eq!(ids(&path), ["notes.md"]);
        let path = place.path().join("texts.jsonl");
        std::fs::write(&path, "{\"text\": \"It rains.\"}\n{\"text\": \"It pours.\"}\n").unwrap();
        assert_eq!(ids(&path), ["line 1", "line 2"]);
    }
}
