//! What stands beside the compressor: stop words removed, the beginning of each passage, words by chance, and the sentences
//! nearest to the question.

use std::collections::{HashMap, HashSet};

use compressor::tokens::Tokenizer;

use crate::hotpot::Row;
use crate::random::Random;

/// The English stop words of NLTK (`nltk_data`, `corpora/stopwords`, collected by Martin Porter), without contractions.
const STOP_WORDS: &str = "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she \
    her hers herself it its itself they them their theirs themselves what which who whom this that these those am is are \
    was were be been being have has had having do does did doing a an the and but if or because as until while of at by \
    for with about against between into through during before after above below to from up down in out on off over under \
    again further then once here there when where why how all any both each few more most other some such no nor not only \
    own same so than too very s t can will just don should now";

/// Every word but the stop words.
#[must_use]
pub fn without_stop_words(row: &Row) -> String {
    let stop_words: HashSet<&str> = STOP_WORDS.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
    words_of(row, |_, _, word| !stop_words.contains(bare(word).as_str()))
}

/// The first half of each passage's words.
#[must_use]
pub fn first_halves(row: &Row) -> String {
    words_of(row, |index, count, _| index < count.div_ceil(2))
}

/// Each word with a chance of one half; the question is the seed.
#[must_use]
pub fn words_by_chance(row: &Row) -> String {
    let mut random = Random::new(row.question.bytes().fold(0, |seed, byte| seed * 31 % 1_000_003 + u64::from(byte)));
    words_of(row, move |_, _, _| random.share() < 0.5)
}

/// Passages of those words for which `keeps` says so: it gets their place in the passage, its length and the word.
fn words_of(row: &Row, mut keeps: impl FnMut(usize, usize, &str) -> bool) -> String {
    let passages = row.passages.iter().map(|passage| {
        let words: Vec<&str> = passage.split_whitespace().collect();
        let count = words.len();
        let kept = words.into_iter().enumerate().filter(|&(index, word)| keeps(index, count, word));
        kept.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
    });
    passages.collect::<Vec<_>>().join("\n\n")
}

/// The sentences nearest to the question by TF-IDF and cosine, as many as fit into a share of the tokens, in their order.
#[must_use]
pub fn nearest_sentences(row: &Row, ratio: f64) -> String {
    let sentences: Vec<&str> = row.passages.iter().flat_map(|passage| sentences(passage)).collect();
    let bags: Vec<HashMap<String, f64>> = sentences.iter().map(|sentence| bag(sentence)).collect();
    let mut holding: HashMap<&str, f64> = HashMap::new();
    for word in bags.iter().flat_map(HashMap::keys) {
        *holding.entry(word).or_default() += 1.0;
    }
    let weight = |word: &str| ((1.0 + sentences.len() as f64) / (1.0 + holding.get(word).copied().unwrap_or(0.0))).ln();
    let norm = |bag: &HashMap<String, f64>| bag.iter().map(|(word, n)| (n * weight(word)).powi(2)).sum::<f64>().sqrt();
    let asked = bag(&row.question);
    let near = |bag: &HashMap<String, f64>| {
        let shared = asked.iter().filter_map(|(word, n)| Some(n * bag.get(word)? * weight(word).powi(2)));
        shared.sum::<f64>() / (norm(&asked) * norm(bag)).max(f64::MIN_POSITIVE)
    };
    let mut order: Vec<(f64, usize)> = bags.iter().map(near).zip(0..).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let count = |text: &str| Tokenizer::O200kBase.count(text);
    let mut left = ratio * count(&row.context) as f64;
    let mut kept: Vec<usize> = Vec::new();
    for (_, index) in order {
        // One more for the space before it.
        let cost = (count(sentences[index]) + 1) as f64;
        if cost <= left {
            left -= cost;
            kept.push(index);
        }
    }
    kept.sort_unstable();
    kept.into_iter().map(|index| sentences[index]).collect::<Vec<_>>().join(" ")
}

/// How often a text has each word, in lower case.
fn bag(text: &str) -> HashMap<String, f64> {
    let mut bag = HashMap::new();
    for word in text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *bag.entry(word.to_lowercase()).or_default() += 1.0;
    }
    bag
}

/// Cut after what ends a sentence, where a space follows.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let ends = rest.match_indices(". ").chain(rest.match_indices("! ")).chain(rest.match_indices("? "));
        let end = ends.map(|(at, found)| at + found.len()).min().unwrap_or(rest.len());
        sentences.push(rest[..end].trim());
        rest = rest[end..].trim_start();
    }
    sentences
}
