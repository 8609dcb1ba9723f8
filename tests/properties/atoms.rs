//! Whatever a model answers, the atoms survive and no word is made up. Checked against the text alone, not the receipt.

use std::collections::{HashMap, HashSet};

use compressor::atoms::{self, Category};
use compressor::policy::{Budget, Level, Policy};
use proptest::prelude::*;

use crate::models::{compress, shared};
use crate::texts::{mixed, policies, prose};

const CASES: u32 = 600;

/// Short forms and symbols that may be written for words.
const NOTATION: [&str; 22] = [
    "e.g", "i.e", "etc", "wrt", "re", "ASAP", "→", "=", "≥", ">", "<", "±", "vs", "~", "∵", "∴", "w/", "&", "config",
    "|", "+", "@",
];

fn config() -> ProptestConfig {
    ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() }
}

/// The atoms of a text, white space as single spaces. A word that begins a line is left out if it is no more than a
/// capitalised word: whether it is a name is known only with the lines joined.
fn atoms_of(text: &str) -> Vec<String> {
    let begins_line = |start: usize| text[..start].trim_end_matches([' ', '\t', '\r']).ends_with('\n');
    atoms::find(text)
        .into_iter()
        .filter(|atom| atom.category != Category::Name || !begins_line(atom.range.start))
        .map(|atom| spaced(&text[atom.range]))
        .collect()
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How often an atom stands in a text, whole.
fn occurrences(text: &str, atom: &str) -> usize {
    let is_word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let whole = |&at: &usize| {
        let (before, after) = (text[..at].trim_end_matches('_'), text[at + atom.len()..].trim_start_matches('_'));
        let begun_before = is_word(before.chars().next_back()) && is_word(atom.chars().next());
        let goes_on = is_word(after.chars().next()) && is_word(atom.chars().next_back());
        !begun_before && !goes_on
    };
    text.match_indices(atom).map(|(at, _)| at).filter(whole).count()
}

fn counted(atoms: &[String]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for atom in atoms {
        *counts.entry(atom.as_str()).or_insert(0) += 1;
    }
    counts
}

/// Without the counts of lines that repeat: ` (×3)`.
fn without_counts(text: &str) -> String {
    let mut pieces = text.split(" (×");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once(')').map_or("", |(_, rest)| rest))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .flat_map(|word| word.split(['—', '–', '…', '“', '”', '(', ')', '"', '*', '[', ']']))
        .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_atom_stands_in_the_result(text in prose(), policy in policies(), model: usize) {
        prop_assume!(policy.level() < Level::Tight);
        let result = compress(shared(model), &text, &policy);
        prop_assert_eq!(result.receipt.lost(), 0);
        prop_assume!(result.receipt.segments.iter().all(|segment| segment.kind != "code" && segment.kind != "data"));
        let written = spaced(&result.text);
        for (atom, count) in counted(&atoms_of(&text)) {
            // Lines that repeat are written once, with their count.
            let count = if written.contains("(×") { 1 } else { count };
            prop_assert!(occurrences(&written, atom) >= count, "{count} times {atom:?}:\n{text}\n----\n{}", result.text);
        }
    }

    #[test]
    fn no_level_but_tight_loses_an_atom(text in mixed(), policy in policies(), model: usize) {
        prop_assume!(policy.level() < Level::Tight);
        prop_assert_eq!(compress(shared(model), &text, &policy).receipt.lost(), 0);
    }

    #[test]
    fn what_tight_loses_is_listed(text in prose(), ratio in 0.05..1.0, model: usize) {
        let policy = Policy::new(Level::Tight).with_budget(Budget::Ratio(ratio)).unwrap();
        let result = compress(shared(model), &text, &policy);
        prop_assume!(result.receipt.segments.iter().all(|segment| segment.kind != "code" && segment.kind != "data"));
        let written = spaced(&result.text);
        let lost: Vec<String> =
            result.receipt.atoms.values().flat_map(|counts| &counts.lost).map(|atom| spaced(atom)).collect();
        let listed = counted(&lost);
        for (atom, count) in counted(&atoms_of(&text)) {
            let known = occurrences(&written, atom) + listed.get(atom).copied().unwrap_or(0);
            prop_assert!(known >= count, "{count} times {atom:?}:\n{text}\n----\n{}", result.text);
        }
        for counts in result.receipt.atoms.values() {
            prop_assert_eq!(counts.found, counts.kept + counts.lost.len());
        }
    }

    #[test]
    fn no_word_is_made_up(text in prose(), policy in policies(), model: usize) {
        let result = compress(shared(model), &text, &policy);
        prop_assume!(result.receipt.segments.iter().all(|segment| segment.kind == "prose" || segment.kind == "verbatim"));
        let known: HashSet<&str> = words(&text).chain(NOTATION).collect();
        for word in words(&without_counts(&result.text)) {
            prop_assert!(known.contains(word), "{word:?}:\n{text}\n----\n{}", result.text);
        }
    }
}
