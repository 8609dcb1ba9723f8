//! What bears on the query: embeddings of the base encoder, rare words that question and sentence share, and names that lead
//! from one paragraph to another.
//!
//! A question often needs two steps: its words lead to a paragraph, and a name there leads to the paragraph with the answer.
//!
//! Invariants
//! - relevance lies in [0, 1] and depends on the sentences, their paragraphs and the query alone
//!   (`tests::what_is_asked_about_ranks_first`);
//! - a text is as relevant as its best sentence, and one without words is not (`tests::sentences_of_a_text`).

pub(crate) mod definitions;

use std::collections::{HashMap, HashSet};

use crate::atoms;
use crate::engine::{Cancel, EngineError};
use crate::tagger::Tagger;

/// A sentence and the paragraph that it stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence<'text> {
    /// Its text.
    pub(crate) text: &'text str,
    /// Number of its paragraph among all documents.
    pub(crate) paragraph: usize,
}

/// Relevance of each sentence to a query, in [0, 1].
pub(crate) fn relevance(
    tagger: &Tagger,
    sentences: &[Sentence<'_>],
    query: &str,
    cancel: &Cancel,
) -> Result<Vec<f32>, EngineError> {
    let mut texts = Vec::with_capacity(sentences.len() + 1);
    texts.push(query);
    texts.extend(sentences.iter().map(|sentence| sentence.text));
    let embeddings = tagger.embed(&texts, cancel)?;
    let Some((asked, answers)) = embeddings.split_first() else { return Ok(Vec::new()) };
    let cosines: Vec<f32> = answers.iter().map(|answer| asked.iter().zip(answer).map(|(a, b)| a * b).sum()).collect();
    Ok(combine(sentences, query, &cosines))
}

/// Relevance of each text to a query, in [0, 1]: that of its best sentence. Each text is a paragraph.
pub(crate) fn of_texts(tagger: &Tagger, texts: &[&str], query: &str, cancel: &Cancel) -> Result<Vec<f32>, EngineError> {
    let sentences: Vec<Sentence<'_>> = texts
        .iter()
        .enumerate()
        .flat_map(|(paragraph, text)| sentences(text).into_iter().map(move |text| Sentence { text, paragraph }))
        .collect();
    let mut best = vec![0.0_f32; texts.len()];
    if !sentences.is_empty() {
        let scores = relevance(tagger, &sentences, query, cancel)?;
        for (sentence, score) in sentences.iter().zip(scores) {
            best[sentence.paragraph] = best[sentence.paragraph].max(score);
        }
    }
    Ok(best)
}

/// Words that a piece of code may have, which knows no sentences: most windows hold as many.
const LONGEST: usize = 64;

/// The sentences of a text, or stretches of [`LONGEST`] words where none ends.
fn sentences(text: &str) -> Vec<&str> {
    let chunks = atoms::chunks(text);
    let mut sentences = Vec::new();
    let mut first = 0;
    for index in 1..=chunks.len() {
        let ends = chunks.get(index).is_none_or(|next| next.begins || index - first == LONGEST);
        if ends {
            sentences.push(&text[chunks[first].whole.start..chunks[index - 1].whole.end]);
            first = index;
        }
    }
    sentences
}

/// Weight of the cosine; the rest is that of shared words, which for names and numbers are the surer sign.
const COSINE: f32 = 0.3;
/// How much a sentence owes to the best of its paragraph.
const PARAGRAPH: f32 = 0.5;
/// Weight of the second step.
const SECOND_STEP: f32 = 0.5;
/// Sentences whose names are followed.
const FOLLOWED: usize = 3;

/// Joins cosines and shared words, lets a paragraph lend its best sentence's relevance to the others, and follows names.
fn combine(sentences: &[Sentence<'_>], query: &str, cosines: &[f32]) -> Vec<f32> {
    let words: Vec<HashSet<String>> = sentences.iter().map(|sentence| content_words(sentence.text)).collect();
    let rarity = rarity(&words);
    let wanted = content_words(query);
    let direct: Vec<f32> = words
        .iter()
        .zip(cosines)
        .map(|(has, cosine)| COSINE * cosine.max(0.0) + (1.0 - COSINE) * shared(&wanted, has, &rarity))
        .collect();
    let best = by_paragraph(sentences, &direct);
    let own: Vec<f32> = sentences
        .iter()
        .zip(&direct)
        .map(|(sentence, direct)| (1.0 - PARAGRAPH) * direct + PARAGRAPH * best[&sentence.paragraph])
        .collect();
    // The names of the best sentences, which the query does not have, are the second step's question.
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    order.sort_by(|&a, &b| own[b].total_cmp(&own[a]).then(a.cmp(&b)));
    let names: HashSet<String> = order
        .iter()
        .take(FOLLOWED)
        .flat_map(|&at| names(sentences[at].text))
        .filter(|name| !wanted.contains(name))
        .collect();
    let led: Vec<f32> = words.iter().map(|has| shared(&names, has, &rarity)).collect();
    let led_paragraph = by_paragraph(sentences, &led);
    sentences
        .iter()
        .zip(own)
        .map(|(sentence, own)| (own + SECOND_STEP * led_paragraph[&sentence.paragraph]).clamp(0.0, 1.0))
        .collect()
}

fn by_paragraph(sentences: &[Sentence<'_>], values: &[f32]) -> HashMap<usize, f32> {
    let mut best: HashMap<usize, f32> = HashMap::new();
    for (sentence, &value) in sentences.iter().zip(values) {
        let entry = best.entry(sentence.paragraph).or_insert(value);
        *entry = entry.max(value);
    }
    best
}

/// The share of the wanted words that a sentence has, rare words counting more.
fn shared(wanted: &HashSet<String>, has: &HashSet<String>, rarity: &HashMap<String, f32>) -> f32 {
    let weight = |word: &String| rarity.get(word).copied().unwrap_or(0.0);
    let total: f32 = wanted.iter().map(weight).sum();
    if total == 0.0 {
        return 0.0;
    }
    wanted.iter().filter(|word| has.contains(*word)).map(weight).sum::<f32>() / total
}

/// ln(sentences / sentences with the word): the inverse document frequency of information retrieval.
fn rarity(words: &[HashSet<String>]) -> HashMap<String, f32> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in words.iter().flatten() {
        *counts.entry(word.clone()).or_default() += 1;
    }
    counts.into_iter().map(|(word, count)| (word, (words.len() as f32 / count as f32).ln())).collect()
}

/// Capitalised words, in lower case.
fn names(text: &str) -> Vec<String> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| word.starts_with(char::is_uppercase) && word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_a_text() {
        assert_eq!(sentences("It rains. We stay\nin. "), ["It rains.", "We stay\nin."]);
        assert_eq!(sentences(" \n"), Vec::<&str>::new());
        let code = "let x = 1;\n".repeat(100);
        let pieces = sentences(&code);
        assert!(pieces.len() > 3 && pieces.iter().all(|piece| piece.split_whitespace().count() <= LONGEST));
    }

    #[test]
    fn what_is_asked_about_ranks_first() {
        let texts = [
            ("The harbour was rebuilt in 1921.", 0),
            ("Anna Berg directed The Silent Harbour.", 1),
            ("It was shown in Lisbon.", 1),
            ("Anna Berg was born in Turku.", 2),
            ("Bread is baked from flour.", 3),
        ];
        let sentences: Vec<Sentence<'_>> =
            texts.iter().map(|&(text, paragraph)| Sentence { text, paragraph }).collect();
        let scores =
            combine(&sentences, "Where was the director of The Silent Harbour born?", &[0.3, 0.6, 0.2, 0.3, 0.0]);
        assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)), "{scores:?}");
        let best = |from: &[usize]| from.iter().copied().max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        assert_eq!(best(&[0, 1, 2, 3, 4]), Some(1), "{scores:?}");
        assert_eq!(best(&[0, 3, 4]), Some(3), "the name leads there: {scores:?}");
    }
}
