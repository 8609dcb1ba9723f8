//! Whether a comment says nothing that the signature below or above it does not say.
//!
//! Invariants
//! - a comment that denies or limits something is never found to restate (`tests::a_negation_is_never_dropped`);
//! - each of its words, fillers aside, has its like in the signature (`tests::a_word_of_its_own_keeps_a_comment`).

use std::collections::HashSet;

use crate::draft::Line;

/// Words that add nothing to a signature, stemmed.
const FILLERS: [&str; 44] = [
    "a",
    "an",
    "the",
    "thi",
    "that",
    "of",
    "for",
    "to",
    "in",
    "on",
    "by",
    "with",
    "from",
    "as",
    "and",
    "is",
    "are",
    "be",
    "it",
    "given",
    "giv",
    "it",
    "self",
    "return",
    "get",
    "set",
    "valu",
    "object",
    "instanc",
    "function",
    "method",
    "class",
    "struct",
    "typ",
    "field",
    "param",
    "parameter",
    "arg",
    "argument",
    "constructor",
    "initializ",
    "creat",
    "represent",
    "new",
];

/// Words that deny or limit.
const NEGATIONS: [&str; 22] = [
    "not", "no", "never", "without", "unless", "except", "only", "must", "cannot", "nothing", "none", "neither", "nor",
    "least", "most", "don", "doesn", "isn", "won", "shouldn", "can", "t",
];

/// Signatures longer than this hold tables or text rather than names.
const LONGEST: usize = 2_000;

/// Whether the words of a comment are a subset of those of a signature and some fillers.
pub(crate) fn restates(text: &str, lines: &[Line], signature: &str) -> bool {
    if signature.len() > LONGEST {
        return false;
    }
    let known: HashSet<String> = words(signature).map(|word| stem(&word)).collect();
    let comment = lines.iter().flat_map(|line| words(&text[line.text.clone()]));
    let mut count = 0;
    for word in comment {
        count += 1;
        let stem = stem(&word);
        if NEGATIONS.contains(&word.as_str()) || !(known.contains(&stem) || FILLERS.contains(&stem.as_str())) {
            return false;
        }
    }
    count > 0
}

/// The words of a text in lower case, identifiers cut at case and underscore.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(humps).map(str::to_lowercase).filter(|word| !word.is_empty())
}

/// The words of an identifier without underscores: `parseHTTPHeader` has three.
fn humps(word: &str) -> Vec<&str> {
    let mut humps = Vec::new();
    let mut from = 0;
    let mut before: Option<char> = None;
    let mut letters = word.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let rises = before.is_some_and(|before| letter.is_uppercase() && !before.is_uppercase());
        // The last capital of a run begins a word if a small letter follows.
        let falls = before.is_some_and(char::is_uppercase)
            && letter.is_uppercase()
            && letters.peek().is_some_and(|(_, next)| next.is_lowercase());
        if rises || falls {
            humps.push(&word[from..at]);
            from = at;
        }
        before = Some(letter);
    }
    humps.push(&word[from..]);
    humps
}

/// A word without its ending, so that `returns` and `returned`, `values` and `value` are alike.
fn stem(word: &str) -> String {
    let long = |rest: &&str| rest.chars().count() > 2;
    let cut = |ending: &str| word.strip_suffix(ending).filter(long);
    if let Some(rest) = cut("ies") {
        return format!("{rest}y");
    }
    let rest =
        cut("ing").or_else(|| cut("ed")).or_else(|| cut("es")).or_else(|| cut("s").filter(|rest| !rest.ends_with('s')));
    let rest = rest.unwrap_or(word);
    rest.strip_suffix('e').filter(long).unwrap_or(rest).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(comment: &str, signature: &str) -> bool {
        restates(comment, &[Line { text: 0..comment.len(), starts: true }], signature)
    }

    #[test]
    fn what_the_signature_says_is_restated() {
        assert!(check("Returns the user name.", "def user_name(self) -> str:"));
        assert!(check("Parses the HTTP headers.", "fn parseHTTPHeader(input: &str)"));
        assert!(check("The values.", "values: Vec<Value>"));
        assert!(check("Initialize self.", "def __init__(self):"));
    }

    #[test]
    fn a_word_of_its_own_keeps_a_comment() {
        assert!(!check("Returns the user name in lower case.", "def user_name(self) -> str:"));
        assert!(!check("The width in pixels", "width: u32"));
        assert!(!check("Retries 3 times.", "def retries(times):"));
        assert!(!check("", "def f():"));
    }

    #[test]
    fn a_negation_is_never_dropped() {
        assert!(!check("Not the name.", "def name(not_):"));
        assert!(!check("Don't set the name", "def set_name(don, t):"));
        assert!(!check("At least the minimum", "def at_least_minimum():"));
    }
}
