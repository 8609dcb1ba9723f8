//! Fact overlap: which of a text's facts another has.
//!
//! A fact is a term in its company: a word that carries meaning, together with the terms next to it in its sentence, two on
//! each side. Another text has it if it has the term with one of those near it, at most four terms away, in any order. So a
//! fact survives that fillers between its words go and that its words change places, and it is lost with its term, or where
//! the term is told of something else. Terms are words, numbers and identifiers without stop words, in lower case and without
//! a plural `s`; `not`, `no`, `nor` and `only` are terms, since they turn a fact around.
//!
//! It stands in for facts that a model takes from a text (Min et al., `FActScore`, EMNLP 2023), needs none, and gives the
//! same number everywhere. It does not know that another word says the same.
//!
//! Invariants
//! - a text has all of its own facts, and a text without a term has none to lose (`tests::facts_that_are_held`);
//! - time is linear in both texts.

use std::collections::HashSet;

use crate::words::{is_stop_word, sentences};

/// Terms on each side that are a term's company.
const COMPANY: usize = 2;
/// How far from its term they may stand in the other text.
const NEAR: usize = 4;

/// The share of a text's facts that another has; `None` where it has no fact.
#[must_use]
pub fn held(text: &str, by: &str) -> Option<f64> {
    let other: Vec<String> = terms(by);
    let single: HashSet<&str> = other.iter().map(String::as_str).collect();
    let mut near: HashSet<(&str, &str)> = HashSet::new();
    for (at, term) in other.iter().enumerate() {
        for beside in &other[at + 1..other.len().min(at + 1 + NEAR)] {
            near.insert((term, beside));
            near.insert((beside, term));
        }
    }
    let (mut facts, mut having) = (0_usize, 0_usize);
    for sentence in sentences(text) {
        let terms = terms(sentence);
        for (at, term) in terms.iter().enumerate() {
            let company = at.saturating_sub(COMPANY)..terms.len().min(at + COMPANY + 1);
            let mut company = company.filter(|&beside| beside != at).peekable();
            let is_held = if company.peek().is_none() {
                single.contains(term.as_str())
            } else {
                company.any(|beside| near.contains(&(term, &terms[beside])))
            };
            facts += 1;
            having += usize::from(is_held);
        }
    }
    (facts > 0).then(|| having as f64 / facts as f64)
}

/// How far two texts tell the same facts: the harmonic mean of what each has of the other. `None` where neither has one.
#[must_use]
pub fn overlap(one: &str, other: &str) -> Option<f64> {
    match (held(one, other), held(other, one)) {
        (Some(there), Some(back)) if there + back > 0.0 => Some(2.0 * there * back / (there + back)),
        (None, None) => None,
        _ => Some(0.0),
    }
}

/// The terms of a text, in order.
fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(char::is_ascii_digit);
        let joins =
            matches!(char, '.' | ',' | ':') && next_is_digit && word.ends_with(|last: char| last.is_ascii_digit());
        if char.is_alphanumeric() || char == '_' || joins {
            word.extend(char.to_lowercase());
        } else if matches!(char, '\'' | '’') && chars.peek() == Some(&'t') && word.ends_with('n') {
            // `isn't` says `not`, which is what turns the fact around.
            word.clear();
            word.push_str("not");
            chars.next();
        } else {
            end(&mut word, &mut terms);
        }
    }
    end(&mut word, &mut terms);
    terms
}

fn end(word: &mut String, terms: &mut Vec<String>) {
    let term = std::mem::take(word);
    let turns = matches!(term.as_str(), "not" | "no" | "nor" | "only");
    if term.is_empty() || (is_stop_word(&term) && !turns) {
        return;
    }
    let plural = term.len() > 3 && term.ends_with('s') && !term.ends_with("ss");
    terms.push(if plural { term[..term.len() - 1].to_owned() } else { term });
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The service answered 1,204 of the requests with status 504. It must not be restarted. Rain.";

    #[test]
    fn facts_that_are_held() {
        assert_eq!(held(TEXT, TEXT), Some(1.0));
        assert_eq!(held("of the", TEXT), None);
        assert_eq!(held("", ""), None);
        assert_eq!(held(TEXT, ""), Some(0.0));
        // 504 is told without its company, and the rain is not told.
        let shorter = "service answered 1,204 requests | must not restarted";
        assert_eq!(held(TEXT, shorter), Some(7.0 / 10.0));
        // `not` is lost, and who says it gains nothing by its turning up elsewhere.
        let turned = "not: service answered 1,204 requests with status 504, must be restarted. Rain.";
        assert!(held(TEXT, turned) < held(TEXT, TEXT));
    }

    #[test]
    fn overlap_counts_what_was_added() {
        assert_eq!(overlap(TEXT, TEXT), Some(1.0));
        let added = overlap("Rain falls.", "Rain falls. Anna Berg directed it in Turku.").expect("facts");
        assert!(added < 0.7, "{added}");
        assert_eq!(overlap("of the", "it"), None);
        assert_eq!(overlap("of the", "rain"), Some(0.0));
    }

    #[test]
    fn terms_are_words_numbers_and_identifiers() {
        assert_eq!(
            terms("The max_age isn't 3.5; no requests at 10:30."),
            ["max_age", "not", "3.5", "no", "request", "10:30"]
        );
        assert_eq!(terms("Größen | glass → 漢字"), ["größen", "glass", "漢字"]);
    }
}
