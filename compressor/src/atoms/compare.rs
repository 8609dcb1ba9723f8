//! Which atoms of a text stand in another that is said to be its shorter form, whoever made it, and which were invented.
//!
//! The guard asks for the order of the original, since our engines keep it. A form that another system wrote may tell things
//! in another order; here each occurrence counts, wherever it stands.
//!
//! Invariants
//! - an atom stands in a text only byte for byte and whole, white space aside (`tests::each_occurrence_counts_once`);
//! - what the guard lets through has lost nothing here (`tests::a_text_has_all_atoms_of_itself`);
//! - time is linear in both texts, but for atoms that are parts of each other.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::{Atom, find};
use crate::guard::is_border;

/// What became of the atoms of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Atoms of the original.
    pub found: usize,
    /// Atoms of the original that the shorter form lacks, in order; of several alike, the last.
    pub lost: Vec<Atom>,
    /// Atoms of the shorter form.
    pub written: usize,
    /// Atoms of the shorter form that do not stand in the original and hold a word that it lacks; ranges are its own.
    pub invented: Vec<Atom>,
}

/// Looks in a shorter form for the atoms of its original, and in the original for those of the shorter form.
///
/// # Panics
/// Never: atoms lie within their texts.
#[must_use]
pub fn compare(original: &str, shorter: &str) -> Comparison {
    let atoms = find(original);
    let mut left = occurrences(original, &atoms, shorter);
    let lost = atoms.iter().filter(|atom| {
        let count = left.entry(spaced(original, &atom.range)).or_default();
        let is_lost = *count == 0;
        *count = count.saturating_sub(1);
        is_lost
    });
    let lost = lost.cloned().collect();
    let written = find(shorter);
    let known: HashSet<&str> = words(original).into_iter().collect();
    let new: Vec<Atom> = written
        .iter()
        .filter(|atom| words(&shorter[atom.range.clone()]).iter().any(|it| !known.contains(it)))
        .cloned()
        .collect();
    let there = occurrences(shorter, &new, original);
    let invented = new.into_iter().filter(|atom| !there.contains_key(&spaced(shorter, &atom.range))).collect();
    Comparison { found: atoms.len(), lost, written: written.len(), invented }
}

/// How often each of some atoms stands in a text, whole; those that do not stand there are left out.
fn occurrences(of: &str, atoms: &[Atom], text: &str) -> HashMap<String, usize> {
    let mut wanted: Vec<String> = atoms.iter().map(|atom| spaced(of, &atom.range)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let text = spaced(text, &(0..text.len()));
    let mut found = HashMap::new();
    // Too many patterns for an automaton are more than a text may have.
    let Ok(automaton) = AhoCorasick::new(&wanted) else { return found };
    let mut ends = vec![0; wanted.len()];
    for hit in automaton.find_overlapping_iter(&text) {
        let pattern = hit.pattern().as_usize();
        // An occurrence of an atom does not run over another of itself.
        let apart = hit.start() >= ends[pattern];
        if apart && is_border(&text, hit.start()) && is_border(&text, hit.end()) {
            ends[pattern] = hit.end();
            *found.entry(wanted[pattern].clone()).or_default() += 1;
        }
    }
    found
}

/// The words, names and numbers of a text, whatever stands between them: what is set closer together is not new. A point, comma
/// or colon between two digits is part of the number.
fn words(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let (mut words, mut start) = (Vec::new(), 0);
    for (at, char) in text.char_indices() {
        let joins = matches!(char, '.' | ',' | ':') && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        if !(char.is_alphanumeric() || char == '_' || joins) {
            words.push(&text[start..at]);
            start = at + char.len_utf8();
        }
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// A stretch of a text with single spaces for its white space: a line break within a name is none of it.
fn spaced(text: &str, range: &Range<usize>) -> String {
    let mut out = String::with_capacity(range.len());
    for word in text[range.clone()].split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(original: &str, shorter: &str) -> (Vec<String>, Vec<String>) {
        let compared = compare(original, shorter);
        let texts = |atoms: &[Atom], text: &str| atoms.iter().map(|it| text[it.range.clone()].to_owned()).collect();
        (texts(&compared.lost, original), texts(&compared.invented, shorter))
    }

    fn none() -> Vec<String> {
        Vec::new()
    }

    #[test]
    fn each_occurrence_counts_once() {
        let original = "It took 42 km and then 42 km more, not 7, on the way to `orders_v2`.";
        assert_eq!(of(original, original), (none(), none()));
        assert_eq!(of(original, "`orders_v2`, not 7: 42 km"), (vec!["42 km".to_owned()], none()));
        assert_eq!(of(original, "42 km 42\nkm not 77 `orders_v2`"), (vec!["7".to_owned()], vec!["77".to_owned()]));
    }

    #[test]
    fn an_atom_of_words_that_the_original_has_is_not_invented() {
        let original = "Anna, who met the tall Berg in 1921, was not asked.";
        assert_eq!(of(original, "Anna Berg 1921 not").1, none());
        assert_eq!(of(original, "Anna Borg 1922 never").1, ["Anna Borg", "1922", "never"]);
        assert_eq!(of("1,204 of 504", "1,504").1, ["1,504"]);
        assert_eq!(of("load_all(first, x = 1)", "load_all(first,x=1)").1, none());
    }

    #[test]
    fn a_text_has_all_atoms_of_itself() {
        for text in
            [include_str!("../../../demo/incident.md"), include_str!("../../../demo/token_bucket.py"), "", " \n"]
        {
            let compared = compare(text, text);
            assert_eq!((compared.lost, compared.invented), (Vec::new(), Vec::new()));
            assert_eq!(compared.found, compared.written);
        }
    }
}
