//! Tasks whose answers are known: questions about contexts, and programs to complete.
//!
//! Without a model that answers, two measures bound what any reader could get from a shorter context: whether the answer stands
//! in it, and how much of the evidence does (`metric::presence`).
//!
//! Invariants
//! - a file is read in its public form and as rows of one context each (`hotpotqa::tests`, `qasper::tests`, `ds1000::tests`).
//!
//! Deliberately absent: fetching the files.

mod ds1000;
mod hotpotqa;
mod qasper;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::case::{self, BrokenRow, Case};
use crate::source::{Source, rows};

/// A set of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Benchmark {
    /// Questions that need two of ten passages (Yang et al., EMNLP 2018), distractor setting
    Hotpotqa,
    /// Questions about scientific papers (Dasigi et al., NAACL 2021)
    Qasper,
    /// Data science problems with code (Lai et al., ICML 2023)
    Ds1000,
}

impl Benchmark {
    /// Opens a file of the benchmark.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(self, path: &Path) -> io::Result<Source> {
        match self {
            Self::Hotpotqa => open(path, hotpotqa::cases),
            Self::Qasper => rows(path, |line, text| qasper::cases(line, parse(line, text)?)),
            Self::Ds1000 => open(path, ds1000::cases),
        }
    }
}

/// A file whose rows stand a line each, or in one JSON array.
fn open<Row: DeserializeOwned + 'static>(
    path: &Path,
    read: fn(usize, Row) -> Result<Vec<Case>, BrokenRow>,
) -> io::Result<Source> {
    if !is_array(path)? {
        return rows(path, move |line, text| read(line, parse(line, text)?));
    }
    let table: Vec<Row> = serde_json::from_reader(BufReader::new(File::open(path)?))?;
    let data = crate::record::Data { rows: table.len(), ..case::data(path)? };
    let cases = table.into_iter().enumerate().flat_map(move |(at, row)| match read(at + 1, row) {
        Ok(cases) => cases.into_iter().map(Ok).collect(),
        Err(broken) => vec![Err(broken)],
    });
    Ok(Source { data, cases: Box::new(cases) })
}

fn is_array(path: &Path) -> io::Result<bool> {
    let mut reader = BufReader::new(File::open(path)?);
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        if let Some(first) = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            return Ok(*first == b'[');
        }
        let read = bytes.len();
        reader.consume(read);
    }
}

fn parse<Row: DeserializeOwned>(line: usize, text: &[u8]) -> Result<Row, BrokenRow> {
    serde_json::from_slice(text).map_err(|source| BrokenRow::Form { line, source })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
pub(crate) mod tests {
    use super::*;

    /// The cases of a file with this text.
    pub(crate) fn cases(benchmark: Benchmark, text: &str) -> Vec<Case> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        benchmark.open(file.path()).unwrap().cases.map(Result::unwrap).collect()
    }
}
