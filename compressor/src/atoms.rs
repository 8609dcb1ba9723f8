//! Atoms: the pieces that must survive byte for byte. The only definition of what must survive.

use std::ops::Range;

use serde::Serialize;

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A number, with its unit.
    Number,
    /// A date or a time.
    Date,
    /// An identifier, or anything in backticks.
    Identifier,
    /// A quoted string.
    Quote,
    /// A path.
    Path,
    /// A URL.
    Url,
    /// An e-mail address.
    Email,
    /// A hash or another long hexadecimal string.
    Hash,
    /// A version.
    Version,
    /// A command-line flag.
    Flag,
    /// An environment variable.
    Variable,
    /// A line that reports an error.
    ErrorLine,
    /// A negation or a limit.
    Negation,
    /// A name, of one word or several.
    Name,
}

/// A piece that must survive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    /// What it is.
    pub category: Category,
    /// Bytes of the text it was found in.
    pub range: Range<usize>,
}

/// Finds the atoms of a text, in order, none overlapping another.
#[must_use]
pub fn find(text: &str) -> Vec<Atom> {
    let _ = text;
    Vec::new()
}
