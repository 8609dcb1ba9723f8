//! Which definitions bear on a question: rare words that both have, whole or as a part of a name, and embeddings of how the
//! definition begins.
//!
//! Invariants
//! - what is chosen depends on the definitions and the question alone (`tests::names_are_read_word_by_word`);
//! - the number of texts that are embedded is bounded.

use std::collections::{HashMap, HashSet};

use crate::engine::{Cancel, EngineError};
use crate::tagger::Tagger;

/// Definitions that are chosen at most.
const MOST: usize = 6;
/// How much of the best one's relevance another must have.
const NEAR: f32 = 0.7;
/// Definitions that are embedded: those that share the rarest words.
const EMBEDDED: usize = 64;
/// Words of a definition that are embedded: what documents it, and its signature.
const HEAD: usize = 48;
/// Weight of the cosine; the rest is that of shared words.
const COSINE: f32 = 0.4;

/// The definitions that bear most on a question, in order; none where none bears on it more than the others do.
pub(crate) fn best(
    tagger: Option<&Tagger>,
    texts: &[&str],
    question: &str,
    cancel: &Cancel,
) -> Result<Vec<usize>, EngineError> {
    let mut scores = shared(texts, question);
    if let Some(tagger) = tagger.filter(|_| !texts.is_empty()) {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        order.truncate(EMBEDDED);
        let heads: Vec<String> = order.iter().map(|&index| head(texts[index])).collect();
        let all: Vec<&str> = std::iter::once(question).chain(heads.iter().map(String::as_str)).collect();
        let embeddings = tagger.embed(&all, cancel)?;
        if let Some((asked, answers)) = embeddings.split_first() {
            for score in &mut scores {
                *score *= 1.0 - COSINE;
            }
            for (&index, answer) in order.iter().zip(answers) {
                let cosine: f32 = asked.iter().zip(answer).map(|(a, b)| a * b).sum();
                scores[index] += COSINE * cosine.max(0.0);
            }
        }
    }
    Ok(above_others(&scores))
}

/// How a definition begins.
fn head(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(HEAD).collect();
    words.join(" ")
}

/// Those of the highest scores, in order of their places.
fn above_others(scores: &[f32]) -> Vec<usize> {
    let highest = scores.iter().copied().fold(0.0, f32::max);
    let mut order: Vec<usize> = (0..scores.len()).filter(|&index| scores[index] >= NEAR * highest).collect();
    if highest <= 0.0 {
        return Vec::new();
    }
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    order.truncate(MOST);
    order.sort_unstable();
    order
}

/// The share of the question's words that each text has, rare words counting more.
fn shared(texts: &[&str], question: &str) -> Vec<f32> {
    let wanted = words(question);
    let has: Vec<HashSet<String>> =
        texts.iter().map(|text| words(text).intersection(&wanted).cloned().collect()).collect();
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for word in has.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    // A word that no text has tells none from another.
    let weight = |word: &String| counts.get(word).map_or(0.0, |&count| (1.0 + texts.len() as f32 / count as f32).ln());
    let mut sorted: Vec<&String> = wanted.iter().collect();
    sorted.sort_unstable();
    let total: f32 = sorted.iter().map(|word| weight(word)).sum();
    let share = |has: &HashSet<String>| {
        let sum: f32 = sorted.iter().filter(|word| has.contains(**word)).map(|word| weight(word)).sum();
        if total > 0.0 { sum / total } else { 0.0 }
    };
    has.iter().map(share).collect()
}

/// The words of a text in lower case without their endings, those of names each by itself: `getUserById` has get, user, by, id.
fn words(text: &str) -> HashSet<String> {
    let mut words = HashSet::new();
    let mut word = String::new();
    let mut was_lower = false;
    for c in text.chars().chain([' ']) {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_lower) {
            if word.chars().count() > 2 && !COMMON.contains(&word.as_str()) {
                words.insert(stem(&word).to_owned());
            }
            word.clear();
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase() || c.is_numeric();
    }
    words
}

/// Words that questions have and that say nothing of what is asked about.
const COMMON: [&str; 27] = [
    "the", "and", "for", "how", "why", "what", "when", "where", "which", "who", "does", "did", "are", "was", "this",
    "that", "with", "from", "into", "not", "after", "before", "can", "has", "have", "there", "its",
];

/// A word without the commonest endings.
fn stem(word: &str) -> &str {
    let ending =
        ["ing", "ed", "es", "s"].into_iter().find(|ending| word.len() > ending.len() + 3 && word.ends_with(ending));
    ending.map_or(word, |ending| &word[..word.len() - ending.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        let texts = ["fn parse_args() {}", "fn refreshToken(user) {}", "fn login(user) { checkPassword() }"];
        let chosen = |question: &str| best(None, &texts, question, &Cancel::new()).expect("nothing to cancel");
        assert_eq!(chosen("Why is the token not refreshed?"), [1]);
        assert_eq!(chosen("how are passwords checked"), [2]);
        assert_eq!(chosen("what about users?"), [1, 2]);
        assert!(chosen("what is the weather").is_empty());
    }
}
