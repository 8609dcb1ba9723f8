//! Symbols and short forms, each admitted by its token cost in the target tokenizer, not by its looks.
//!
//! Invariants
//! - a short form is written only where it counts fewer tokens than what it stands for
//!   (`tests::the_whole_table_pays_or_is_not_used`);
//! - no short form stands for a negation or a limit (`tests::no_short_form_hides_an_atom`).
//!
//! Deliberately absent: short forms that replace a word by another word; nothing here is invented.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::tokens::Tokenizer;

/// Phrases and the standard short form of each, in lower case.
const PHRASES: &[(&str, &str)] = &[
    ("for example", "e.g."),
    ("for instance", "e.g."),
    ("that is to say", "i.e."),
    ("in other words", "i.e."),
    ("and so on", "etc."),
    ("and so forth", "etc."),
    ("et cetera", "etc."),
    ("with respect to", "wrt"),
    ("with regard to", "re"),
    ("as soon as possible", "ASAP"),
    ("leads to", "→"),
    ("lead to", "→"),
    ("results in", "→"),
    ("resulted in", "→"),
    ("which results in", "→"),
    ("which leads to", "→"),
    ("is mapped to", "→"),
    ("is equal to", "="),
    ("are equal to", "="),
    ("is defined as", "="),
    ("is greater than or equal to", "≥"),
    ("is greater than", ">"),
    ("greater than or equal to", "≥"),
    ("is smaller than", "<"),
    ("plus or minus", "±"),
    ("in comparison with", "vs"),
    ("as opposed to", "vs"),
    ("versus", "vs"),
    ("approximately", "~"),
    ("because", "∵"),
    ("therefore", "∴"),
    ("with", "w/"),
    ("and", "&"),
    ("configuration", "config"),
];

/// What the guard does not take for an invented word: the short forms that have a letter, as they stand without a full stop.
pub(crate) const SHORT_FORMS: &[&str] = &["e.g", "i.e", "etc", "wrt", "re", "ASAP", "vs", "w/", "config"];

/// Where a symbol of the model's symbol head may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// Between spaces.
    Spaced,
    /// Right after the word before it.
    AfterWord,
}

/// How a symbol before a kept word is written, if it may be: an opening bracket would stay open.
pub(crate) fn joint(symbol: &str) -> Option<Joint> {
    match symbol {
        "|" | "→" | "+" | "/" | "@" | "∵" | "w/" | "vs" | "-" | "=" => Some(Joint::Spaced),
        ":" | "," => Some(Joint::AfterWord),
        _ => None,
    }
}

/// The phrases that pay for a tokenizer, by their first word.
pub(crate) struct Notation(HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>);

impl Notation {
    /// The admitted phrases; worked out once for each tokenizer.
    pub(crate) fn of(tokenizer: Tokenizer) -> &'static Self {
        static TABLES: [OnceLock<Notation>; Tokenizer::ALL.len()] = [const { OnceLock::new() }; Tokenizer::ALL.len()];
        let index = Tokenizer::ALL.iter().position(|&known| known == tokenizer).expect("ALL holds every tokenizer");
        TABLES[index].get_or_init(|| {
            let mut table: HashMap<&str, Vec<(Vec<&str>, &str)>> = HashMap::new();
            for &(phrase, short) in PHRASES.iter().filter(|(phrase, short)| pays(tokenizer, phrase, short)) {
                let words: Vec<&str> = phrase.split(' ').collect();
                table.entry(words[0]).or_default().push((words, short));
            }
            for phrases in table.values_mut() {
                phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            }
            Self(table)
        })
    }

    /// The longest admitted phrase at the start of `words` (lower case), with its length in words.
    pub(crate) fn at<'word>(&self, mut word: impl FnMut(usize) -> Option<&'word str>) -> Option<(usize, &'static str)> {
        let phrases = self.0.get(word(0)?)?;
        phrases
            .iter()
            .find(|(words, _)| words.iter().enumerate().all(|(index, expected)| word(index) == Some(expected)))
            .map(|(words, short)| (words.len(), *short))
    }
}

/// Whether the short form counts fewer tokens within a sentence.
pub(crate) fn pays(tokenizer: Tokenizer, long: &str, short: &str) -> bool {
    tokenizer.count(&format!(" {short}")) < tokenizer.count(&format!(" {long}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table_pays_or_is_not_used() {
        for tokenizer in Tokenizer::ALL {
            let notation = Notation::of(tokenizer);
            for (phrase, short) in PHRASES {
                let words: Vec<&str> = phrase.split(' ').collect();
                let used = notation.at(|index| words.get(index).copied()) == Some((words.len(), short));
                let cheaper = tokenizer.count(&format!(" {short}")) < tokenizer.count(&format!(" {phrase}"));
                assert_eq!(used, cheaper, "{phrase} -> {short} with {}", tokenizer.name());
            }
        }
        let o200k = Notation::of(Tokenizer::O200kBase);
        let word = |phrase: &'static str| move |index: usize| phrase.split(' ').nth(index);
        assert_eq!(o200k.at(word("because")), None, "` because` is 1 token and ` ∵` is 2");
        assert_eq!(o200k.at(word("leads to ruin")), Some((2, "→")));
    }

    #[test]
    fn the_guard_knows_every_short_form() {
        for (_, short) in PHRASES.iter().filter(|(_, short)| short.contains(char::is_alphabetic)) {
            assert!(SHORT_FORMS.contains(&short.trim_end_matches('.')), "{short}");
        }
    }

    #[test]
    fn no_short_form_hides_an_atom() {
        for (phrase, _) in PHRASES {
            assert_eq!(crate::atoms::find(&format!("so {phrase} it")), [], "{phrase}");
        }
    }
}
