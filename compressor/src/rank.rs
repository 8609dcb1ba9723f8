//! What bears on the query: cosine of sentence embeddings, and the names that question and sentence share.
//!
//! Invariants
//! - relevance lies in [0, 1] and depends on the sentence, its document and the query alone.

use std::collections::HashSet;

use crate::engine::{Cancel, EngineError};
use crate::tagger::Tagger;

/// Relevance of each sentence to a query, in [0, 1].
///
/// The cosine of mean states of the base encoder, plus what share of the query's content words the sentence has.
pub(crate) fn relevance(
    tagger: &Tagger,
    sentences: &[&str],
    query: &str,
    cancel: &Cancel,
) -> Result<Vec<f32>, EngineError> {
    let mut texts = Vec::with_capacity(sentences.len() + 1);
    texts.push(query);
    texts.extend(sentences);
    let embeddings = tagger.embed(&texts, cancel)?;
    let Some((asked, answers)) = embeddings.split_first() else { return Ok(Vec::new()) };
    let wanted = content_words(query);
    let scored = answers.iter().zip(sentences).map(|(embedding, sentence)| {
        let cosine: f32 = asked.iter().zip(embedding).map(|(a, b)| a * b).sum();
        let has = content_words(sentence);
        let shared = wanted.iter().filter(|word| has.contains(*word)).count() as f32 / wanted.len().max(1) as f32;
        (0.7 * cosine.max(0.0) + 0.3 * shared).clamp(0.0, 1.0)
    });
    Ok(scored.collect())
}

/// Words of four letters or more, and all with a capital or a digit, in lower case.
fn content_words(text: &str) -> HashSet<String> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| {
            word.chars().count() > 3 || word.chars().any(|char| char.is_uppercase() || char.is_ascii_digit())
        })
        .map(str::to_lowercase)
        .collect()
}
