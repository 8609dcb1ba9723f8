//! Names of one word or several.
//!
//! A capital within a sentence makes a name; where a sentence begins, only a capital that the rest of the text confirms, or
//! a word that is no opener of sentences.

use std::collections::HashSet;

use super::Chunk;
use super::lexicon::{is_abbreviation, is_month, joins_names, opens_sentences};

/// The most chunks in one name.
pub(super) const LONGEST: usize = 12;

/// What the whole text says of capitalised words.
pub(super) struct Evidence<'text> {
    /// Words with a capital within a sentence.
    capital: HashSet<&'text str>,
    /// Words that follow a capital "The" within a sentence.
    articles: HashSet<&'text str>,
    /// Words that also stand in lower case.
    lower: HashSet<&'text str>,
}

impl<'text> Evidence<'text> {
    /// Reads the whole text once.
    pub(super) fn of(text: &'text str, chunks: &[Chunk]) -> Self {
        let (mut capital, mut articles, mut lower) = (HashSet::new(), HashSet::new(), HashSet::new());
        let mut after_article = false;
        for chunk in chunks {
            let word = &text[chunk.core.clone()];
            if is_capitalised(word) {
                if !chunk.begins {
                    capital.insert(word);
                }
                if after_article {
                    articles.insert(word);
                }
            } else if word.len() < 24 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                lower.insert(word);
            }
            after_article = word == "The" && !chunk.begins;
        }
        Self { capital, articles, lower }
    }

    /// Whether a capitalised word that begins a sentence is a name.
    fn confirms(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        if opens_sentences(&lower) {
            return false;
        }
        self.capital.contains(word) || !(self.lower.contains(lower.as_str()) || has_common_ending(&lower))
    }
}

/// How many chunks the name takes that begins here.
pub(super) fn name(text: &str, chunks: &[Chunk], evidence: &Evidence<'_>) -> Option<usize> {
    let word = |index: usize| &text[chunks[index].core.clone()];
    if !is_name_word(word(0)) {
        return None;
    }
    let mut count = 1;
    while let Some(next) = grow(text, chunks, count) {
        count = next;
    }
    let opener = opens_sentences(&word(0).to_lowercase());
    let name = match (chunks[0].begins, count) {
        (true, 1) => evidence.confirms(word(0)),
        // "In Paris" opens a sentence; "The Hague" does too, and is a name where the text has it within a sentence.
        (true, _) => !opener || (word(0) == "The" && evidence.articles.contains(word(1))),
        // A title within a sentence: "In a Better World", "The Face"; alone it is an article in a heading.
        (false, 1) => !opener || word(0).len() > 3,
        (false, _) => true,
    };
    name.then_some(count)
}

/// The length of the name with its next word, if there is one.
fn grow(text: &str, chunks: &[Chunk], count: usize) -> Option<usize> {
    let last = &chunks[count - 1];
    let closing = &text[last.core.end..last.whole.end];
    let initial = closing == "." && is_abbreviation(&text[last.core.clone()]);
    if !closing.is_empty() && !initial {
        return None;
    }
    let mut index = count;
    while index < chunks.len().min(count + 3) {
        let chunk = &chunks[index];
        let word = &text[chunk.core.clone()];
        if chunk.core.start != chunk.whole.start {
            return None;
        }
        if is_name_word(word) || (word == "I" && index == count) {
            return (!is_month(word) || index > count).then_some(index + 1);
        }
        // "Lord of the Rings", "In a Better World".
        let opener = count == 1 && opens_sentences(&text[chunks[0].core.clone()].to_lowercase());
        let article = (word == "the" && index > count) || (opener && !chunks[0].begins && matches!(word, "a" | "the"));
        if chunk.core.end != chunk.whole.end || !(joins_names(word) || article) {
            return None;
        }
        index += 1;
    }
    None
}

fn is_name_word(word: &str) -> bool {
    is_capitalised(word) && word != "I"
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Endings of adverbs and participles that open sentences.
fn has_common_ending(lower: &str) -> bool {
    lower.len() > 5 && ["ly", "ing", "ed"].iter().any(|ending| lower.ends_with(ending))
}
