//! Rows of values with a delimiter between them: comma, semicolon, tab or bar.
//!
//! After RFC 4180: a value within quotes may hold delimiters, line breaks and doubled quotes.
//!
//! Invariants
//! - the records of a text tile it (`delimited::tests::any_text_may_be_read`);
//! - time is linear: a quote that is not closed soon is none.

use std::ops::Range;

use super::line::Line;
use crate::domain::evidence::{self, Tongue};

/// Lines that make a table where nothing else says that it is one.
const ENOUGH: usize = 3;

/// Rows by which it is told.
const TELL: usize = 64;

/// Bytes within which a quote must be closed.
const LONGEST_VALUE: usize = 16 << 10;

/// Delimiters, and how many of them a row must have where nothing else says that it is one.
const DELIMITERS: [(u8, usize); 3] = [(b'\t', 1), (b',', 2), (b';', 2)];

/// The end of the table that begins with this line: rows of as many values, which do not read as running text or code.
pub(super) fn block(text: &str, first: Line<'_>, end: usize) -> Option<usize> {
    DELIMITERS.into_iter().find_map(|(delimiter, least)| {
        let columns = values(first.text, delimiter)?;
        (columns > least).then(|| run(text, first, end, delimiter, columns)).flatten()
    })
}

/// Whether a text is a table and nothing else, by its first part.
pub(super) fn is_whole(text: &str) -> bool {
    const FIRST: usize = 8 << 10;
    let end = if text.len() > FIRST {
        text[..text.floor_char_boundary(FIRST)].rfind('\n')
    } else {
        Some(text.trim_end().len())
    };
    let text = &text[..end.unwrap_or_default()];
    block(text, Line::at(text, 0, text.len()), text.len()).is_some_and(|end| end == text.len())
}

fn run(text: &str, first: Line<'_>, end: usize, delimiter: u8, columns: usize) -> Option<usize> {
    let mut look = Look { delimiter, columns, rows: 0, code: 0, prose: 0, spaced: 0 };
    let mut rows = 0;
    let mut at = first.start;
    while at < end {
        let line = Line::at(text, at, end);
        if line.is_blank() || values(line.text, delimiter) != Some(columns) {
            break;
        }
        if rows < TELL {
            look.at(line.text);
        } else if rows == TELL && !look.is_table() {
            return None;
        }
        rows += 1;
        at = line.next;
    }
    (rows >= ENOUGH && look.is_table()).then_some(at)
}

/// What rows look like.
struct Look {
    delimiter: u8,
    columns: usize,
    rows: usize,
    code: usize,
    prose: usize,
    /// Delimiters that a space follows.
    spaced: usize,
}

impl Look {
    fn at(&mut self, row: &str) {
        match evidence::of(row).tongue {
            Tongue::Code => self.code += 1,
            Tongue::Prose => self.prose += 1,
            Tongue::Neither => {}
        }
        self.spaced += row.as_bytes().windows(2).filter(|pair| pair[0] == self.delimiter && pair[1] == b' ').count();
        self.rows += 1;
    }

    /// Whether they are rows of a table: between words a space follows.
    fn is_table(&self) -> bool {
        let delimiters = self.rows * (self.columns - 1);
        let most = if self.prose == 0 { delimiters / 3 } else { delimiters / 10 };
        self.code * 2 < self.rows && self.spaced <= most
    }
}

/// How many values a line has; none where a quote is not closed.
fn values(line: &str, delimiter: u8) -> Option<usize> {
    let mut count = 1;
    let mut at = 0;
    let mut begins = true;
    let bytes = line.as_bytes();
    while at < bytes.len() {
        if begins && bytes[at] == b'"' {
            at = closing(bytes, at + 1)?;
            begins = false;
            continue;
        }
        begins = bytes[at] == delimiter;
        count += usize::from(begins);
        at += 1;
    }
    Some(count)
}

/// The byte after the quote that closes one.
fn closing(bytes: &[u8], from: usize) -> Option<usize> {
    let bytes = &bytes[..bytes.len().min(from + LONGEST_VALUE)];
    let mut at = from;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

/// The records of a range, line ends included, which tile it.
pub(crate) fn records(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let bytes = &text.as_bytes()[..range.end];
    let first = Line::at(text, range.start, range.end).text;
    let delimiter = delimiter(first);
    let mut records = Vec::new();
    let (mut start, mut at) = (range.start, range.start);
    let mut begins = true;
    while at < range.end {
        let byte = bytes[at];
        if byte == b'"'
            && begins
            && let Some(end) = closing(bytes, at + 1)
        {
            at = end;
            begins = false;
            continue;
        }
        at += 1;
        begins = byte == delimiter || byte == b'\n';
        if byte == b'\n' {
            records.push(start..at);
            start = at;
        }
    }
    if start < range.end {
        records.push(start..range.end);
    }
    records
}

/// The delimiter of a row: the one that stands there most often.
pub(crate) fn delimiter(row: &str) -> u8 {
    let count = |delimiter: u8| {
        values(row, delimiter).unwrap_or_else(|| 1 + row.bytes().filter(|byte| *byte == delimiter).count())
    };
    // Of equals the last one is taken.
    [b'|', b';', b',', b'\t'].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}
