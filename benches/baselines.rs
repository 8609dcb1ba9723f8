//! What stands beside the compressor: stop words removed, the beginning of each passage, words by chance, and the sentences
//! nearest to the question.

use compressor::policy::Budget;
use compressor::tokens::Tokenizer;
use validator::baseline;
use validator::words::sentences;

use crate::hotpot::Row;
use crate::random::Random;

/// Every word but the stop words.
#[must_use]
pub fn without_stop_words(row: &Row) -> String {
    baseline::without_stop_words(&row.context)
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
    let tokens = Budget::Ratio(ratio).tokens(Tokenizer::O200kBase.count(&row.context));
    baseline::nearest(&sentences, &row.question, " ", tokens, Tokenizer::O200kBase)
}
