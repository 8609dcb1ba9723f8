//! Atoms: the pieces that must survive byte for byte. The only definition of what must survive.
//!
//! A text is cut at white space into chunks, a chunk into opening punctuation, core and closing punctuation. Quotes and
//! error lines are found first, since they run over chunks; then each core is classified by its shape; then dates, numbers
//! and names grow over their neighbours.
//!
//! Invariants
//! - atoms are in order, do not overlap, lie on `char` boundaries and hold no outer white space (`tests::atoms_are_in_order_and_apart`);
//! - time is linear in the text (`docs/BENCHMARKS.md`).
//!
//! Deliberately absent: what to do about an atom. That is the guard's.

pub(crate) mod chunk;
mod compare;
mod lexicon;
mod names;
mod quotes;
mod shape;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub(crate) use chunk::{Chunk, chunks};
pub use compare::{Comparison, compare};

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A number, with its unit.
    Number,
    /// A date or a time.
    Date,
    /// An identifier, or anything in backticks.
    Identifier,
    /// A quoted string, with its quotes.
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
    /// A negation or a limit: not, without, only, at least.
    Negation,
    /// A name, of one word or several.
    Name,
}

impl Category {
    /// What to call it when speaking to a person.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Identifier => "identifier",
            Self::Quote => "quote",
            Self::Path => "path",
            Self::Url => "URL",
            Self::Email => "e-mail address",
            Self::Hash => "hash",
            Self::Version => "version",
            Self::Flag => "flag",
            Self::Variable => "variable",
            Self::ErrorLine => "error line",
            Self::Negation => "negation",
            Self::Name => "name",
        }
    }
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
    let mut long = quotes::error_lines(text);
    long.extend(quotes::quotes(text, &long));
    long.sort_by_key(|atom| atom.range.start);
    let chunks = chunks(text);
    let names = names::Evidence::of(text, &chunks);
    let mut atoms: Vec<Atom> = Vec::with_capacity(long.len() + chunks.len() / 4);
    let mut long = long.into_iter().peekable();
    let mut index = 0;
    while index < chunks.len() {
        let chunk = &chunks[index];
        // A long atom that begins before this chunk ends swallows every chunk it touches.
        if let Some(atom) = long.next_if(|atom| atom.range.start < chunk.whole.end) {
            while index < chunks.len() && chunks[index].whole.start < atom.range.end {
                index += 1;
            }
            let after = atoms.last().map_or(0, |atom| atom.range.end);
            let atom = widen(text, atom, &chunks[..index]);
            atoms.push(Atom { range: atom.range.start.max(after)..atom.range.end, ..atom });
            continue;
        }
        let limit = long.peek().map_or(usize::MAX, |atom| atom.range.start);
        let rest = until(&chunks[index..], limit);
        match longest(text, rest, &names) {
            Some((category, count)) => {
                let end = rest[count - 1].core.end;
                atoms.push(Atom { category, range: rest[0].core.start..end });
                index += count;
            }
            None => index += 1,
        }
    }
    atoms
}

/// The chunks of a sentence that end before a long atom begins; at least one. No atom runs over the end of a sentence.
fn until(chunks: &[Chunk], limit: usize) -> &[Chunk] {
    let near = &chunks[1..chunks.len().min(names::LONGEST)];
    let count = near.iter().take_while(|chunk| chunk.whole.end <= limit && !chunk.begins).count();
    &chunks[..=count]
}

/// Atoms of several chunks before those of one.
fn longest(text: &str, chunks: &[Chunk], names: &names::Evidence<'_>) -> Option<(Category, usize)> {
    if chunks[0].core.is_empty() {
        return None;
    }
    if let Some(count) = shape::date(text, chunks) {
        return Some((Category::Date, count));
    }
    if let Some(count) = shape::limit(text, chunks) {
        return Some((Category::Negation, count));
    }
    if shape::approximates(text, chunks) {
        return Some((Category::Number, 1 + shape::with_unit(text, &chunks[1..])));
    }
    let category = shape::classify(text, &chunks[0]);
    if category == Some(Category::Number) {
        return Some((Category::Number, shape::with_unit(text, chunks)));
    }
    if let Some(count) = names::name(text, chunks, names) {
        // A single word that is more than a name by its shape keeps that category.
        return Some((if count == 1 { category.unwrap_or(Category::Name) } else { Category::Name }, count));
    }
    category.map(|category| (category, 1))
}

/// A quote that is glued to a chunk's core, as in `key="value"`, takes the chunk with it.
fn widen(text: &str, atom: Atom, chunks: &[Chunk]) -> Atom {
    let glued = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_=:([{".contains(byte));
    if atom.category == Category::Quote && atom.range.start > 0 && glued(text.as_bytes().get(atom.range.start - 1)) {
        let first = chunks.iter().rev().find(|chunk| chunk.whole.start <= atom.range.start);
        if let Some(chunk) = first {
            return Atom { range: chunk.core.start.min(atom.range.start)..atom.range.end, ..atom };
        }
    }
    atom
}

#[cfg(test)]
mod tests;
