//! Cuts a text into segments of one kind each.

use std::ops::Range;

use crate::language::Language;

/// A stretch of the text of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Bytes of the document.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text, Markdown included.
    Prose,
    /// Source code; `None` where the language is not known.
    Code(Option<Language>),
    /// Data with a layout of its own.
    Data(Format),
    /// Passed through byte for byte: fence lines, front matter.
    Verbatim,
}

/// The form of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON value.
    Json,
    /// A Markdown table.
    Table,
    /// Lines of a log.
    Log,
    /// A stack trace or traceback.
    StackTrace,
    /// A unified diff.
    Diff,
}

pub fn segments(text: &str, _hint: Option<Language>) -> Vec<Segment> {
    if text.is_empty() {
        return vec![];
    }
    vec![Segment { range: 0..text.len(), kind: Kind::Prose }]
}
pub(crate) fn lines(text: &str, range: Range<usize>) -> Vec<crate::draft::Line> {
    let mut at = range.start;
    let mut out = vec![];
    let mut starts = true;
    for l in text[range].split_inclusive('\n') {
        let t = l.trim();
        if t.is_empty() {
            starts = true;
        } else {
            let s = at + (l.len() - l.trim_start().len());
            out.push(crate::draft::Line { text: s..s + t.len(), starts });
            starts = false;
        }
        at += l.len();
    }
    out
}
