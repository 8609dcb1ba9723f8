//! Level `safe` for whatever is not code: layout only.
//!
//! Runs of blank lines and of spaces become one, trailing space and the padding of tables go, JSON loses the white space
//! outside of its strings, and lines that repeat are folded with their count.
//!
//! Invariants
//! - the parts tile their segment, and a `Fixed` part has the bytes of its source, white space aside
//!   (`tests::parts_tile_any_segment_and_keep_its_bytes`);
//! - spaces within quotes and backticks stay, indentation stays (`tests::spaces_within_quotes_stay`);
//! - what is laid out stays as it is when laid out again (`tests::layout_is_idempotent`);
//! - a result is never longer than its source in bytes, nor in tokens (`tests::never_longer`);
//! - few large parts: a part ends only where something is folded.
//!
//! Deliberately absent: code, whose layout is its language's business (`structural`).

pub(crate) mod delimited;
pub(crate) mod fold;
pub(crate) mod json;
pub(crate) mod session;
pub(crate) mod space;
mod table;

use crate::draft::Part;
use crate::segment::{Format, Kind, Segment};
use crate::tokens::Tokenizer;
use space::Cleaning;

/// Up to this length a segment whose tokens became more is given back as it was. Of longer ones that is left to the check
/// of the whole result: white space that goes can cost a token at a seam, but not over many lines.
const CHECKED: usize = 256 << 10;

/// Lays out one segment. Code, diffs and verbatim text come back as they are.
#[must_use]
pub fn draft(text: &str, segment: &Segment, tokenizer: Tokenizer) -> Vec<Part> {
    let parts = match segment.kind {
        Kind::Verbatim | Kind::Code(_) | Kind::Data(Format::Diff) => return unchanged(text, segment),
        Kind::Data(Format::Json) => json::parts(text, segment.range.clone()),
        Kind::Data(Format::Table) => table::parts(text, segment.range.clone(), tokenizer),
        Kind::Data(Format::Delimited) => delimited::parts(text, segment.range.clone()),
        Kind::Prose => fold::parts(text, segment.range.clone(), Cleaning::PROSE, tokenizer),
        Kind::Data(Format::Log) => fold::parts(text, segment.range.clone(), Cleaning::LOG, tokenizer),
        Kind::Data(Format::Session) => session::parts(text, segment.range.clone(), tokenizer),
        Kind::Data(Format::Output | Format::StackTrace) => {
            fold::parts(text, segment.range.clone(), Cleaning::TRACE, tokenizer)
        }
    };
    if is_longer(&text[segment.range.clone()], &parts, tokenizer) { unchanged(text, segment) } else { parts }
}

fn unchanged(text: &str, segment: &Segment) -> Vec<Part> {
    if segment.range.is_empty() {
        return Vec::new();
    }
    vec![Part::Fixed { source: segment.range.clone(), text: text[segment.range.clone()].to_owned() }]
}

fn is_longer(source: &str, parts: &[Part], tokenizer: Tokenizer) -> bool {
    if source.len() > CHECKED {
        return false;
    }
    let mut result = String::with_capacity(source.len());
    for part in parts {
        result.push_str(part.decided().unwrap_or_default());
    }
    if result == source {
        return false;
    }
    tokenizer.count(&result) > tokenizer.count(source)
}

#[cfg(test)]
mod tests;
