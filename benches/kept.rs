//! What of a text stands in its shorter form: numbers, negations, quoted strings and names.
//!
//! Counted by patterns written for the benches, so that the compressor's own definition of an atom does not judge itself.
//! Every occurrence counts: a number that stood twice and stands once is half kept.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::statistics::Share;

/// What is counted, in the order of [`kept`].
pub const CATEGORIES: [&str; 4] = ["numbers", "negations", "quotes", "names"];

/// Kept of found, for each of [`CATEGORIES`].
#[must_use]
pub fn kept(original: &str, result: &str) -> [Share; 4] {
    [
        matched(&NUMBER, original, result),
        matched(&NEGATION, original, result),
        found_again(quotes(original), original, result),
        found_again(names(original), original, result),
    ]
}

/// `1958`, `138,535`, `3.5`, `10:30`.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d+(?:[.,:]\d+)*"));

/// Negations and limits, `n't` included.
static NEGATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:not|no|never|without|unless|except|only|must|cannot|at\s+least|at\s+most|(?:is|are|was|were|do|does|did|has|have|had|ca|wo|would|could|should)n['’]t)\b",
    )
});

/// Between two quotation marks of one line.
static QUOTE: LazyLock<Regex> = LazyLock::new(|| pattern("\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”"));

/// Capitalised words in a row, with the small words that join them: `University of Oxford`, `Otto von Bismarck`.
static NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\p{Lu}[\p{L}'’-]+(?: (?:(?:of|of the|de|la|van|von|the) )?\p{Lu}[\p{L}'’-]+)*"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant")
}

/// Compares what a pattern finds in both texts, whatever its case.
fn matched(pattern: &Regex, original: &str, result: &str) -> Share {
    let count = |text: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for found in pattern.find_iter(text) {
            *counts.entry(spaced(found.as_str()).to_lowercase()).or_default() += 1;
        }
        counts
    };
    let after = count(result);
    let mut share = Share::default();
    for (found, before) in count(original) {
        share.of += before;
        share.having += before.min(after.get(&found).copied().unwrap_or(0));
    }
    share
}

/// Looks in both texts for each of some strings, whole and byte for byte, white space aside.
fn found_again(mut wanted: Vec<String>, original: &str, result: &str) -> Share {
    wanted.sort_unstable();
    wanted.dedup();
    let (original, result) = (spaced(original), spaced(result));
    let mut share = Share::default();
    for wanted in wanted {
        let before = occurrences(&original, &wanted);
        share.of += before;
        share.having += before.min(occurrences(&result, &wanted));
    }
    share
}

fn quotes(text: &str) -> Vec<String> {
    QUOTE.find_iter(text).map(|found| spaced(found.as_str())).collect()
}

/// Names within a sentence: where one begins, the capital may be the sentence's, and the name is left out.
fn names(text: &str) -> Vec<String> {
    let within = |at: usize| {
        let before = text[..at].trim_end_matches(' ').chars().next_back();
        before.is_some_and(|char| char.is_alphanumeric() || ",;:–-'’)/&".contains(char))
            && !text[..at].ends_with(char::is_alphanumeric)
    };
    let found = NAME.find_iter(text).filter(|found| within(found.start()));
    found.map(|found| found.as_str().trim_end_matches("'s").trim_end_matches("’s").to_owned()).collect()
}

/// Occurrences of a string that no word runs over.
fn occurrences(text: &str, wanted: &str) -> usize {
    let is_word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let runs_on = |left: &str, right: &str| is_word(left.chars().next_back()) && is_word(right.chars().next());
    let whole = |at: usize| !runs_on(&text[..at], wanted) && !runs_on(wanted, &text[at + wanted.len()..]);
    text.match_indices(wanted).filter(|&(at, _)| whole(at)).count()
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(original: &str, result: &str) -> [(usize, usize); 4] {
        kept(original, result).map(|share| (share.having, share.of))
    }

    #[test]
    fn every_occurrence_counts() {
        let original =
            "He didn't pay 1,200 or 3.5 to the University of Oxford. Only \"two words\" and 3.5 stood there.";
        assert_eq!(of(original, original), [(3, 3), (2, 2), (1, 1), (1, 1)]);
        assert_eq!(of(original, "didn't pay 1,200 3.5 University Oxford, \"words\""), [(2, 3), (1, 2), (0, 1), (0, 1)]);
    }

    #[test]
    fn a_capital_at_the_beginning_of_a_sentence_makes_no_name() {
        assert_eq!(names("The end. Then Anna came, with Otto von Bismarck's dog. \"Yes\""), ["Otto von Bismarck"]);
        assert_eq!(occurrences("Ann, Anna Ann", "Ann"), 2);
    }
}
