//! A row of data: a text to shorten, or one with its shorter form.
//!
//! Invariants
//! - a broken row is named by its line, and never ends the reading of those after it
//!   (`tests::broken_rows_are_told_by_their_lines`);
//! - one line is in memory at a time, and of an endless one no more than [`LONGEST`] bytes.

use std::fmt::Write;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use compressor::domain::{self, Domain};
use compressor::language::Language;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::record::Data;

/// A text, and what the data says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its own id, or `line 12`.
    pub id: String,
    /// The document it was taken from; itself if the data names none.
    pub document: String,
    /// As the data says, or as the text looks.
    pub domain: Domain,
    /// As the data says, or as a text that is code looks.
    pub language: Option<Language>,
    /// A question about it.
    pub question: Option<String>,
    /// The text.
    pub verbose: String,
    /// Its shorter form, where the data has one.
    pub compressed: Option<String>,
    /// What a task about it has for a right answer.
    pub gold: Option<Gold>,
}

/// A right answer, and what bears it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Gold {
    /// Answers that are right, each by itself.
    pub answers: Vec<String>,
    /// What in the text bears them out.
    pub evidence: Evidence,
}

/// What in a text bears an answer out.
#[derive(Clone, Debug, PartialEq)]
pub enum Evidence {
    /// Its sentences or paragraphs.
    Sentences(Vec<String>),
    /// Names that the answer, a program, takes from it.
    Names(Vec<String>),
}

/// Why a row is no case.
#[derive(Debug, thiserror::Error)]
pub enum BrokenRow {
    /// Not JSON, or not of this form.
    #[error("line {line} is no row of this data")]
    Form {
        /// Its line, from 1.
        line: usize,
        /// Where it is wrong.
        #[source]
        source: serde_json::Error,
    },
    /// A row without what is to be measured.
    #[error("line {line}: {reason}")]
    Content {
        /// Its line, from 1.
        line: usize,
        /// What is missing.
        reason: &'static str,
    },
    /// An id that an earlier row has: a run could not tell the two apart.
    #[error("id `{id}` stands twice")]
    Twice {
        /// The id.
        id: String,
    },
    /// A file that is no text.
    #[error("{name} is no text")]
    NotText {
        /// Its path in its folder.
        name: String,
    },
    /// A line of more bytes than a text may have.
    #[error("line {line} has more than {LONGEST} bytes")]
    TooLong {
        /// Its line, from 1.
        line: usize,
    },
    /// The file cannot be read on.
    #[error("cannot read {} after line {line}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The last line that was read.
        line: usize,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// Bytes of a line at most: those of the longest text that the compressor takes, escapes included.
pub const LONGEST: u64 = 32 << 20;

/// A row of pairs as it stands in the file.
#[derive(Debug, Deserialize)]
struct Row {
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    document: Option<Id>,
    #[serde(default)]
    domain: Option<Domain>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    question: Option<String>,
    #[serde(alias = "text")]
    verbose: String,
    #[serde(default)]
    compressed: Option<String>,
}

/// An id may be a number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

impl Id {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Makes a case of a line; its number is for the id and for messages.
///
/// # Errors
/// A row that is broken.
pub fn pair(line: usize, text: &[u8]) -> Result<Case, BrokenRow> {
    let row: Row = serde_json::from_slice(text).map_err(|source| BrokenRow::Form { line, source })?;
    if row.verbose.trim().is_empty() {
        return Err(BrokenRow::Content { line, reason: "the text is empty" });
    }
    let id = row.id.map_or_else(|| format!("line {line}"), Id::into_text);
    let domain = row.domain.unwrap_or_else(|| domain::classify(&row.verbose).domain);
    let named = row.language.as_deref().and_then(Language::from_name);
    let looks = || if domain == Domain::Code { domain::detect_language(&row.verbose) } else { None };
    Ok(Case {
        document: row.document.map_or_else(|| id.clone(), Id::into_text),
        language: named.or_else(looks),
        id,
        domain,
        question: row.question,
        compressed: row.compressed,
        gold: None,
        verbose: row.verbose,
    })
}

/// The lines of a file, with their numbers; blank ones are passed over.
pub struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    line: usize,
    ended: bool,
}

impl Lines {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), reader: BufReader::new(File::open(path)?), line: 0, ended: false })
    }

    fn next_line(&mut self) -> Result<Option<(usize, Vec<u8>)>, BrokenRow> {
        let path = self.path.clone();
        let failed = |line| {
            let path = &path;
            move |source| BrokenRow::Read { path: path.clone(), line, source }
        };
        loop {
            let mut text = Vec::new();
            let read = (&mut self.reader).take(LONGEST).read_until(b'\n', &mut text);
            if read.map_err(failed(self.line))? == 0 {
                return Ok(None);
            }
            self.line += 1;
            if text.len() as u64 == LONGEST && !text.ends_with(b"\n") {
                self.reader.skip_until(b'\n').map_err(failed(self.line))?;
                return Err(BrokenRow::TooLong { line: self.line });
            }
            if !text.trim_ascii().is_empty() {
                return Ok(Some((self.line, text)));
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<(usize, Vec<u8>), BrokenRow>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.next_line();
        self.ended = matches!(next, Err(BrokenRow::Read { .. }));
        next.transpose()
    }
}

/// What a file of texts is: its name, its hash and how many rows it has.
///
/// # Errors
/// It cannot be read.
pub fn data(path: &Path) -> io::Result<Data> {
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
    let (mut hash, mut rows, mut blank) = (Sha256::new(), 0, true);
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        hash.update(bytes);
        for byte in bytes {
            match byte {
                b'\n' => {
                    rows += usize::from(!blank);
                    blank = true;
                }
                byte => blank &= byte.is_ascii_whitespace(),
            }
        }
        let read = bytes.len();
        reader.consume(read);
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let sha256 = hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes every write");
        hex
    });
    Ok(Data { name, sha256, rows: rows + usize::from(!blank) })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn a_row_is_a_case() {
        let case = pair(3, br#"{"verbose": "def f(x):\n    return x\n", "compressed": "f"}"#).unwrap();
        assert_eq!((case.id.as_str(), case.document.as_str(), case.domain), ("line 3", "line 3", Domain::Code));
        assert_eq!(case.language.map(Language::name), Some("python"));
        let case = pair(3, br#"{"id": 7, "document": "d", "domain": "nl", "text": "It rains."}"#).unwrap();
        assert_eq!((case.id.as_str(), case.document.as_str(), case.domain), ("7", "d", Domain::Nl));
        assert_eq!(case.compressed, None);
    }

    #[test]
    fn broken_rows_are_told_by_their_lines() {
        let file = file("{\"verbose\": \"a\"}\n\n{\"verbose\": \n{\"verbose\": \" \"}\n{\"verbose\": \"b\"}");
        let cases: Vec<Result<Case, BrokenRow>> =
            Lines::open(file.path()).unwrap().map(|line| line.and_then(|(line, text)| pair(line, &text))).collect();
        let told: Vec<String> =
            cases.iter().map(|case| case.as_ref().map_or_else(ToString::to_string, |case| case.id.clone())).collect();
        assert_eq!(told, ["line 1", "line 3 is no row of this data", "line 4: the text is empty", "line 5"]);
    }

    #[test]
    fn data_is_known_by_its_bytes() {
        let data = data(file("{}\n\n{}\n  \n{}").path()).unwrap();
        assert_eq!(data.rows, 3);
        assert_eq!(data.sha256.len(), 64);
    }
}
