//! Cuts a text into segments of one kind each.
//!
//! Markdown is the frame: whatever is not fenced, front matter, data or code is prose, plain text included. What a
//! segment is follows from its lines: see the modules, one recognizer each.
//!
//! Invariants
//! - the segments tile the text: every byte lies in exactly one, in order, on `char` boundaries
//!   (`tests::segments_tile_any_text`);
//! - a prose segment holds at least one visible character: white space between two blocks is verbatim
//!   (`tests::white_space_alone_is_verbatim`);
//! - time grows linearly with the text (`tests::hostile_texts_take_linear_time`), and no recursion follows the
//!   input's depth.
//!
//! Deliberately absent: what is inside code (`structural`) and what to do with any of it.

mod blocks;
mod code;
mod delimited;
mod diff;
mod fence;
mod json;
mod line;
mod log;
mod output;
mod prose;
mod session;
mod table;
mod trace;

use std::ops::Range;

use crate::language::Language;
use blocks::{Scanner, Tiles};

pub(crate) use delimited::{delimiter, records as delimited_records};
pub(crate) use diff::{Sort as FillerSort, fillers as diff_fillers};
pub(crate) use fence::left_open as open_fence;
pub use prose::lines;
pub(crate) use session::stretches as session_stretches;
pub(crate) use table::{cells, content, is_delimiter};

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
    /// Passed through byte for byte: fence lines, front matter, comments of Markdown, white space between blocks.
    Verbatim,
}

/// The form of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON value, or several of a line or more each.
    Json,
    /// A Markdown table.
    Table,
    /// Rows of values with a delimiter between: CSV, TSV.
    Delimited,
    /// Lines of a log.
    Log,
    /// What a tool printed, a record a line.
    Output,
    /// A stack trace or traceback.
    StackTrace,
    /// A unified diff.
    Diff,
    /// A transcript: prompts, what was typed and what was answered.
    Session,
}

/// Cuts `text` into segments. A hint takes the whole text as that language, unless it is a language of prose.
#[must_use]
pub fn segments(text: &str, hint: Option<Language>) -> Vec<Segment> {
    let mut tiles = Tiles::new(text);
    let body = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    tiles.push(body, Kind::Verbatim);
    let hinted = hint.and_then(|language| fence::kind_of(language.name()));
    if let Some(kind) = hinted {
        tiles.push(text.len(), kind);
        return tiles.finish();
    }
    let body = front_matter(text, body).unwrap_or(body);
    tiles.push(body, Kind::Verbatim);
    let whole = if hint.is_none() { code::whole(&text[body..]) } else { None };
    match whole {
        Some(kind) => tiles.push(text.len(), kind),
        None => Scanner::new(text, text.len()).scan(body, &mut tiles),
    }
    tiles.finish()
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The end of YAML (`---`) or TOML (`+++`) front matter that begins at `start`.
fn front_matter(text: &str, start: usize) -> Option<usize> {
    let first = line::Line::at(text, start, text.len());
    let closes: &[&str] = match first.text.trim_end() {
        "---" => &["---", "..."],
        "+++" => &["+++"],
        _ => return None,
    };
    let mut entries = 0;
    let mut at = first.next;
    while at < text.len() {
        let line = line::Line::at(text, at, text.len());
        if closes.contains(&line.text.trim_end()) {
            return (entries > 0).then_some(line.next);
        }
        let entry = line.text.split_once([':', '=']).is_some_and(|(key, _)| {
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-. \"".contains(c))
        });
        // The first line of front matter is an entry or a comment: a rule before a paragraph is not front matter.
        if entries == 0 && !entry && !line.text.starts_with('#') {
            return None;
        }
        entries += usize::from(entry);
        at = line.next;
    }
    None
}

#[cfg(test)]
mod tests;
