//! Words of English that say little, and where sentences end: for facts and for baselines.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The English stop words of NLTK (`nltk_data`, `corpora/stopwords`, collected by Martin Porter), without contractions.
const STOP_WORDS: &str = "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she \
    her hers herself it its itself they them their theirs themselves what which who whom this that these those am is are \
    was were be been being have has had having do does did doing a an the and but if or because as until while of at by \
    for with about against between into through during before after above below to from up down in out on off over under \
    again further then once here there when where why how all any both each few more most other some such no nor not only \
    own same so than too very s t can will just don should now";

/// Whether a word in lower case is a stop word.
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());
    WORDS.contains(word)
}

/// Cut after what ends a sentence, where a space follows.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut ends = false;
    for (at, char) in text.char_indices() {
        if ends && char.is_whitespace() {
            sentences.push(text[start..at].trim());
            start = at;
        }
        ends = matches!(char, '.' | '!' | '?');
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_space_follows() {
        assert_eq!(sentences("It took 3.5 s. Why?  Nobody\nknows!\n"), ["It took 3.5 s.", "Why?", "Nobody\nknows!"]);
        assert_eq!(sentences(" \n"), [] as [&str; 0]);
    }
}
