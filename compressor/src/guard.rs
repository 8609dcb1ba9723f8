//! The guard: looks at what an engine made and says what was lost and what was invented.
//!
//! It reads the result as a stranger would: it searches it for the atoms and does not ask the engine what it kept.
//!
//! Invariants
//! - an atom counts as kept only if it stands in the result byte for byte, white space aside, whole, and in order
//!   (`tests::order_and_borders_count`);
//! - whatever an engine answers, the pipeline's result keeps every atom at `safe` and `balanced` (`tests/properties`).

use std::collections::HashSet;

use crate::atoms::chunks;
use crate::draft::{Part, Rewritten};

/// The atoms that `result` lacks, by index; each is looked for after the one before it.
pub(crate) fn lost(atoms: &[&str], result: &str) -> Vec<usize> {
    let mut lost = Vec::new();
    let mut from = 0;
    for (index, atom) in atoms.iter().enumerate() {
        match find(result, atom, from) {
            Some(end) => from = end,
            None => lost.push(index),
        }
    }
    lost
}

/// The end of the first whole occurrence of an atom from an offset on.
fn find(text: &str, atom: &str, from: usize) -> Option<usize> {
    if atom.contains('\n') {
        let joined: Vec<&str> = atom.lines().map(str::trim).collect();
        return find(text, &joined.join(" "), from);
    }
    let finder = memchr::memmem::Finder::new(atom);
    let mut at = from;
    while let Some(found) = finder.find(&text.as_bytes()[at..]) {
        let (start, end) = (at + found, at + found + atom.len());
        if is_border(text, start) && is_border(text, end) {
            return Some(end);
        }
        at = start + text[start..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// Whether no word runs over an offset. Underscores join words, as in `max_age`; around a word they are emphasis.
pub(crate) fn is_border(text: &str, offset: usize) -> bool {
    let before = text[..offset].trim_end_matches('_').chars().next_back().is_some_and(char::is_alphanumeric);
    let after = text[offset..].trim_start_matches('_').chars().next().is_some_and(char::is_alphanumeric);
    !(before && after)
}

/// The first word of `result` that is neither in `source` nor an admitted notation. Punctuation around a word is not the
/// word's: it depends on which brackets stand near.
pub(crate) fn invented<'result>(source: &str, result: &'result str, notation: &[&str]) -> Option<&'result str> {
    let known: HashSet<&str> = words(source).chain(notation.iter().map(|short| bare(short))).collect();
    words(result).find(|word| !known.contains(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    chunks(text).into_iter().map(|chunk| bare(&text[chunk.core])).filter(|word| !word.is_empty())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|char: char| !char.is_alphanumeric())
}

/// Whether a part that claims to change layout alone has the same bytes as its source, white space aside, and data in another
/// form those that it does not call dropped.
pub(crate) fn keeps_bytes(document: &str, part: &Part) -> bool {
    match part {
        Part::Fixed { source, text } => {
            let source = &document[source.clone()];
            source == text || same_bytes(source, text)
        }
        Part::Rewritten(rewritten) => keeps_rest(document, rewritten),
        Part::Fold { .. } | Part::Prose(_) => true,
    }
}

/// Whether all that a rewritten piece does not call dropped stands in it, white space aside, in order.
fn keeps_rest(document: &str, rewritten: &Rewritten) -> bool {
    let mut written = rewritten.text.bytes();
    let mut dropped = rewritten.dropped.iter().peekable();
    let mut at = rewritten.source.start;
    while at < rewritten.source.end {
        if let Some(range) = dropped.next_if(|range| range.start <= at) {
            at = range.end.max(at);
            continue;
        }
        let end = dropped.peek().map_or(rewritten.source.end, |range| range.start);
        let mut kept = document.as_bytes()[at..end].iter().filter(|byte| !byte.is_ascii_whitespace());
        if !kept.all(|byte| written.any(|next| next == *byte)) {
            return false;
        }
        at = end;
    }
    true
}

/// Whether two texts have the same bytes, white space aside.
pub(crate) fn same_bytes(left: &str, right: &str) -> bool {
    let mut left = left.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let mut right = right.bytes().filter(|byte| !byte.is_ascii_whitespace());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (a, b) if a == b => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_borders_count() {
        assert_eq!(lost(&["no", "42 km", "no"], "no 42 km, no"), [] as [usize; 0]);
        assert_eq!(lost(&["no", "42 km", "no"], "no 42 km, know"), [2]);
        assert_eq!(lost(&["10"], "100 and 210"), [0]);
        assert_eq!(lost(&["b", "a"], "a b"), [1]);
        assert_eq!(lost(&["two\n  lines"], "in two lines"), [] as [usize; 0]);
        assert_eq!(lost(&["not"], "do _not_ ask"), [] as [usize; 0]);
        assert_eq!(lost(&["age"], "the max_age and age_max"), [0]);
    }

    #[test]
    fn a_word_that_the_source_lacks_is_invented() {
        assert_eq!(invented("The cat sat, for example.", "cat sat e.g.", &["e.g"]), None);
        assert_eq!(invented("The cat sat.", "The dog sat.", &[]), Some("dog"));
        assert_eq!(invented("the manual (f f(a, b): none", "manual (f(a)", &[]), None);
    }

    #[test]
    fn layout_may_change_white_space_alone() {
        let part = |text: &str| Part::Fixed { source: 0..6, text: text.to_owned() };
        assert!(keeps_bytes("a  b\nc", &part("a b c")));
        assert!(!keeps_bytes("a  b\nc", &part("a b")));
        assert!(!keeps_bytes("a  b\nc", &part("a b d")));
    }
}
