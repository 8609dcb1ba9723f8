//! Baselines: what anyone could do without a compressor. They stand beside every compressor that is measured.
//!
//! Invariants
//! - a baseline that is given a size keeps to it, and one that is given a text of that size gives all of it
//!   (`tests::a_size_is_kept_to`);
//! - nothing is written that the text does not have.

use std::collections::HashMap;

use compressor::domain::Domain;
use compressor::tokens::Tokenizer;

use crate::words::{is_stop_word, sentences};

/// A way to shorten that needs no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The text itself.
    Identity,
    /// Its beginning.
    Truncate,
    /// Its sentences, or its lines of code, that are nearest to the question by TF-IDF and cosine; without a question those
    /// nearest to the text as a whole. They keep their order.
    Extractive,
    /// All words but stop words, whatever size that has.
    StopWords,
}

impl Baseline {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Identity, Self::Truncate, Self::Extractive, Self::StopWords];

    /// The name in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Truncate => "truncate",
            Self::Extractive => "extractive",
            Self::StopWords => "stop words",
        }
    }

    /// Shortens a text to at most so many tokens, if it is one that keeps to a size.
    #[must_use]
    pub fn shorten(
        self,
        text: &str,
        domain: Domain,
        question: Option<&str>,
        tokens: usize,
        tokenizer: Tokenizer,
    ) -> String {
        match self {
            Self::Identity => text.to_owned(),
            Self::Truncate => beginning(text, tokens, tokenizer).to_owned(),
            Self::Extractive if domain == Domain::Code => {
                let lines: Vec<&str> = text.lines().collect();
                nearest(&lines, question.unwrap_or(text), "\n", tokens, tokenizer)
            }
            Self::Extractive => nearest(&sentences(text), question.unwrap_or(text), " ", tokens, tokenizer),
            Self::StopWords => without_stop_words(text),
        }
    }
}

/// Every word but the stop words, line by line.
#[must_use]
pub fn without_stop_words(text: &str) -> String {
    let bare = |word: &str| word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
    let line = |line: &str| {
        let kept = line.split_whitespace().filter(|word| !is_stop_word(&bare(word)));
        kept.collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The longest beginning of a text, cut after a word, that has at most so many tokens.
#[must_use]
pub fn beginning(text: &str, tokens: usize, tokenizer: Tokenizer) -> &str {
    if tokenizer.count(text) <= tokens {
        return text;
    }
    let spaces = text.char_indices().filter(|(_, char)| char.is_whitespace());
    let ends: Vec<usize> = std::iter::once(0).chain(spaces.map(|(at, _)| at)).collect();
    // More words have no fewer tokens, but for a token or two at the cut, which the last step makes good.
    let mut count = ends.partition_point(|&end| tokenizer.count(&text[..end]) <= tokens);
    while count > 1 && tokenizer.count(&text[..ends[count - 1]]) > tokens {
        count -= 1;
    }
    text[..ends[count.max(1) - 1]].trim_end()
}

/// The pieces nearest to a question by TF-IDF and cosine, as many as fit into so many tokens, in their order.
#[must_use]
pub fn nearest(pieces: &[&str], question: &str, joint: &str, tokens: usize, tokenizer: Tokenizer) -> String {
    let bags: Vec<HashMap<String, f64>> = pieces.iter().map(|piece| bag(piece)).collect();
    let mut holding: HashMap<&str, f64> = HashMap::new();
    for word in bags.iter().flat_map(HashMap::keys) {
        *holding.entry(word).or_default() += 1.0;
    }
    let weight = |word: &str| ((1.0 + pieces.len() as f64) / (1.0 + holding.get(word).copied().unwrap_or(0.0))).ln();
    let norm = |bag: &HashMap<String, f64>| {
        // In the order of the words: sums of floating numbers depend on it, and maps are in another order every time.
        let mut squares: Vec<f64> = bag.iter().map(|(word, n)| (n * weight(word)).powi(2)).collect();
        squares.sort_by(f64::total_cmp);
        squares.iter().sum::<f64>().sqrt()
    };
    let asked = bag(question);
    let near = |bag: &HashMap<String, f64>| {
        let shared = bag.iter().filter_map(|(word, n)| Some(n * asked.get(word)? * weight(word).powi(2)));
        let mut shared: Vec<f64> = shared.collect();
        shared.sort_by(f64::total_cmp);
        shared.iter().sum::<f64>() / norm(bag).max(f64::MIN_POSITIVE)
    };
    let mut order: Vec<(f64, usize)> = bags.iter().map(near).zip(0..).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut left = tokens;
    let mut kept: Vec<usize> = Vec::new();
    for (_, index) in order {
        // One more for what joins it to the piece before.
        let cost = tokenizer.count(pieces[index]) + 1;
        if cost <= left {
            left -= cost;
            kept.push(index);
        }
    }
    kept.sort_unstable();
    kept.into_iter().map(|index| pieces[index]).collect::<Vec<_>>().join(joint)
}

/// How often a text has each word, in lower case.
fn bag(text: &str) -> HashMap<String, f64> {
    let mut bag = HashMap::new();
    for word in text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *bag.entry(word.to_lowercase()).or_default() += 1.0;
    }
    bag
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The harbour was rebuilt in 1921. Anna Berg directed The Silent Harbour. It was shown in Lisbon. \
        Anna Berg was born in Turku. Bread is baked from flour.";

    fn shorten(baseline: Baseline, question: Option<&str>, tokens: usize) -> String {
        baseline.shorten(TEXT, Domain::Nl, question, tokens, Tokenizer::O200kBase)
    }

    #[test]
    fn a_size_is_kept_to() {
        let all = Tokenizer::O200kBase.count(TEXT);
        for baseline in [Baseline::Truncate, Baseline::Extractive] {
            for tokens in 0..all {
                let shorter = shorten(baseline, Some("Where was Anna Berg born?"), tokens);
                assert!(Tokenizer::O200kBase.count(&shorter) <= tokens, "{tokens}: {shorter}");
            }
            // The pieces of the extractive one cost a token more each, for what joins them.
            assert_eq!(shorten(baseline, None, all + 5), TEXT);
        }
        assert_eq!(shorten(Baseline::Identity, None, 0), TEXT);
    }

    #[test]
    fn what_is_asked_about_is_kept_first() {
        let kept = shorten(Baseline::Extractive, Some("Where was Anna Berg born?"), 10);
        assert_eq!(kept, "Anna Berg was born in Turku.");
        assert!(shorten(Baseline::Truncate, None, 10).starts_with("The harbour was rebuilt"));
    }

    #[test]
    fn stop_words_go_and_lines_stay() {
        assert_eq!(without_stop_words("It is not the end,\n  and (then) we go."), "end,\ngo.");
    }
}
