//! What the model has to choose from in running text: words that no atom protects, and the function words among them.

use crate::atoms;

/// Bytes of running text by what may become of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words {
    /// All.
    pub(super) bytes: usize,
    /// Of words that no atom protects, with the space after them.
    pub(super) free: usize,
    /// Of function words among them.
    pub(super) function: usize,
    /// How many words no atom protects.
    pub(super) count: usize,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let atoms = atoms::find(text);
        let mut atoms = atoms.iter().peekable();
        let mut words = Self { bytes: text.len(), ..Self::default() };
        let mut from = 0;
        for word in text.split_ascii_whitespace() {
            // What was split off lies in the text, in order.
            let start = from + memchr::memmem::find(&text.as_bytes()[from..], word.as_bytes()).unwrap_or_default();
            let end = start + word.len();
            from = end;
            while atoms.next_if(|atom| atom.range.end <= start).is_some() {}
            let is_free = atoms.peek().is_none_or(|atom| atom.range.start >= end)
                && word.bytes().any(|byte| byte.is_ascii_alphanumeric())
                && word.len() <= LONGEST_WORD
                && !word.chars().any(|char| char.is_alphabetic() && char > '\u{24F}');
            if is_free {
                words.count += 1;
                words.free += word.len() + 1;
                words.function += if is_function_word(word) { word.len() + 1 } else { 0 };
            }
        }
        words
    }
}

/// Longer words are data, which no model judges.
const LONGEST_WORD: usize = 80;

/// Words that carry grammar more than meaning.
fn is_function_word(word: &str) -> bool {
    const LONGEST: usize = 7;
    let bare = word.trim_matches(|char: char| !char.is_ascii_alphanumeric());
    bare.len() <= LONGEST && FUNCTION_WORDS.iter().any(|known| known.eq_ignore_ascii_case(bare))
}

const FUNCTION_WORDS: [&str; 76] = [
    "the", "a", "an", "of", "to", "in", "and", "is", "are", "was", "were", "be", "been", "being", "that", "which",
    "who", "whom", "whose", "this", "these", "those", "it", "its", "he", "she", "they", "his", "her", "their", "them",
    "we", "our", "you", "your", "i", "my", "for", "on", "with", "as", "by", "at", "from", "or", "but", "if", "then",
    "than", "so", "such", "will", "would", "can", "could", "should", "may", "might", "has", "have", "had", "do",
    "does", "did", "into", "also", "there", "here", "when", "where", "while", "each", "very", "just", "some", "any",
];
