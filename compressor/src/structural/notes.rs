//! Notes: rows of a comment that say what the code cannot: what is left to do, what must not be overlooked, whose it is,
//! where more stands, in which unit a value is, what always holds.
//!
//! Invariants
//! - at `balanced` each kind stays whole in line comments and in block comments (`tests::notes_stay_whole_in_every_language`);
//! - what is no note may go (`tests::other_comments_may_go`).
//!
//! Deliberately absent: notes to tools, which differ from language to language and stand in its row of the table.

/// How much stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// The row.
    Row,
    /// It and the rows after it, until a blank one.
    Paragraph,
    /// As `Paragraph`, and the rows before it, from a blank one on.
    WholeParagraph,
    /// It and the rows after it, until the next heading.
    Section,
}

/// What is noted in a row; the longest of it.
pub(crate) fn find(words: &str) -> Option<Note> {
    let lower = words.to_lowercase();
    if LICENCE.iter().any(|mark| lower.contains(mark)) {
        return Some(Note::WholeParagraph);
    }
    let heading = lower.trim_start_matches('#');
    if heading.len() < lower.len() && matches!(heading.trim(), "safety" | "invariants") {
        return Some(Note::Section);
    }
    if words.split_whitespace().enumerate().any(|(index, word)| is_task(word, index == 0)) {
        return Some(Note::Paragraph);
    }
    (has_address(&lower) || has_unit(words, &lower)).then_some(Note::Row)
}

/// Words of a licence, in lower case.
const LICENCE: [&str; 9] = [
    "copyright",
    "(c) ",
    "spdx-",
    "licensed under",
    "all rights reserved",
    "license:",
    "licence:",
    "mit license",
    "apache license",
];

/// Words that say what is left to do.
const TASKS: [&str; 4] = ["TODO", "FIXME", "HACK", "XXX"];

/// Words that say what must not be overlooked, or always holds.
const WARNINGS: [&str; 10] = [
    "SAFETY",
    "NOTE",
    "BUG",
    "WARNING",
    "IMPORTANT",
    "CAUTION",
    "INVARIANT",
    "INVARIANTS",
    "PRECONDITION",
    "POSTCONDITION",
];

/// Whether a word marks what is left to do, what must not be overlooked, or what always holds: in capitals at the beginning
/// of a row, or with a colon or a name in brackets anywhere.
fn is_task(word: &str, is_first: bool) -> bool {
    let is_tag = word.starts_with(['@', '\\']);
    let word = word.trim_start_matches(['@', '\\', '*', '(', '[']);
    let length = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    let (mark, rest) = word.split_at(length);
    let is = |marks: &[&str]| marks.iter().any(|known| known.eq_ignore_ascii_case(mark));
    let shouted = mark.bytes().all(|byte| byte.is_ascii_uppercase());
    let called = is_tag || rest.starts_with(':') || rest.starts_with('(');
    let apart = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (is(&TASKS) && apart && (shouted || (called && is_first)))
        || (is(&WARNINGS) && (called || (shouted && is_first && apart)))
}

/// Whether an address stands in a row, in lower case.
fn has_address(lower: &str) -> bool {
    let scheme = |at: usize| lower[..at].ends_with(|c: char| c.is_ascii_alphabetic());
    lower.match_indices("://").any(|(at, _)| scheme(at))
        || lower.split_whitespace().any(|word| word.starts_with("www."))
}

/// Short forms of units that mean nothing else.
const SHORT_UNITS: [&str; 22] = [
    "ms", "µs", "μs", "ns", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "Hz", "kHz", "MHz", "GHz", "px", "dB",
    "°C", "°F", "dpi", "fps",
];

/// Units that a row names after `in`, `per` or within brackets.
const UNITS: [&str; 30] = [
    "s",
    "sec",
    "secs",
    "second",
    "seconds",
    "millis",
    "milliseconds",
    "microseconds",
    "nanoseconds",
    "minutes",
    "hours",
    "days",
    "bytes",
    "bits",
    "kilobytes",
    "megabytes",
    "pixels",
    "points",
    "em",
    "rem",
    "percent",
    "degrees",
    "radians",
    "celsius",
    "metres",
    "meters",
    "kilometres",
    "kilometers",
    "hertz",
    "cents",
];

/// Whether a row tells the unit of a value.
fn has_unit(words: &str, lower: &str) -> bool {
    let mut before = "";
    for (word, lower) in words.split_whitespace().zip(lower.split_whitespace()) {
        let (word, unit) = (bare(word), bare(lower));
        let enclosed = lower.starts_with(['(', '[']) && lower.contains([')', ']']);
        if SHORT_UNITS.contains(&word) || (UNITS.contains(&unit) && (enclosed || matches!(before, "in" | "per"))) {
            return true;
        }
        before = lower;
    }
    false
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| c.is_ascii_punctuation())
}

#[cfg(test)]
mod tests;
