//! Spacing: text in which some spaces and line breaks may stay or go, each settled by what the tokenizer counts.
//!
//! A tokenizer cuts text into words and runs of punctuation before it looks up tokens, so a choice between two words
//! never changes the cost of another: the choices between two words are tried together, and all others apart.
//!
//! Invariants
//! - two tokens that may touch are read as the same two tokens when they do (`tests::tokens_that_would_merge_keep_their_space`);
//! - a space goes only where the text then counts fewer tokens (`tests::a_space_goes_only_if_that_saves_a_token`).

use std::collections::HashMap;

use crate::tokens::Tokenizer;

/// Choices that are tried together at most, one that is tied to the last aside: 2 to that power variants are counted.
const TOGETHER: usize = 4;

/// Bytes of a word or a run of punctuation that are looked at on either side of a choice.
const SIGHT: usize = 48;

/// Text with choices.
#[derive(Default)]
pub(crate) struct Spaced {
    text: String,
    choices: Vec<Choice>,
}

/// A byte of the text that may stay or go.
struct Choice {
    at: usize,
    /// What happens where both cost the same.
    stays: bool,
    /// Whether it stays or goes with the one before it.
    tied: bool,
}

impl Spaced {
    /// Adds text without a choice.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a space or a line break that may stay or go; `stays` where both cost the same.
    pub(crate) fn push_optional(&mut self, byte: char, stays: bool) {
        self.choices.push(Choice { at: self.text.len(), stays, tied: false });
        self.text.push(byte);
    }

    /// Adds a space that stays or goes with the one before it, with nothing but a mark between them.
    pub(crate) fn push_tied(&mut self) {
        self.push_optional(' ', true);
        if let [.., _, choice] = self.choices.as_mut_slice() {
            choice.tied = true;
        }
    }

    /// Whether nothing was added.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Settles choices, and remembers what it found.
pub(crate) struct Settler {
    tokenizer: Tokenizer,
    /// For each stretch between two words, with its choices marked: which of them stay.
    settled: HashMap<String, u8>,
    key: String,
    variant: String,
}

impl Settler {
    /// Settles by this tokenizer.
    pub(crate) fn new(tokenizer: Tokenizer) -> Self {
        Self { tokenizer, settled: HashMap::new(), key: String::new(), variant: String::new() }
    }

    /// The tokenizer.
    pub(crate) fn tokenizer(&self) -> Tokenizer {
        self.tokenizer
    }

    /// The number of tokens.
    pub(crate) fn count(&self, text: &str) -> usize {
        self.tokenizer.count(text)
    }

    /// The text in its cheapest form.
    pub(crate) fn settle(&mut self, spaced: Spaced) -> String {
        let Spaced { text, mut choices } = spaced;
        let mut rest = choices.as_mut_slice();
        while !rest.is_empty() {
            let (from, to, together) = stretch(&text, rest);
            let (now, later) = rest.split_at_mut(together);
            self.settle_stretch(&text, from, to, now);
            rest = later;
        }
        without(&text, &choices)
    }

    fn settle_stretch(&mut self, text: &str, from: usize, to: usize, choices: &mut [Choice]) {
        self.key.clear();
        let mut at = from;
        for choice in choices.iter() {
            self.key.push_str(&text[at..choice.at]);
            // A mark of its own for each: which byte, what happens where both cost the same, whether it is tied.
            let newline = text.as_bytes()[choice.at] == b'\n';
            self.key.push(char::from(1 + u8::from(choice.tied) * 4 + u8::from(newline) * 2 + u8::from(choice.stays)));
            at = choice.at + 1;
        }
        self.key.push_str(&text[at..to]);
        let mask = if let Some(&mask) = self.settled.get(&self.key) {
            mask
        } else {
            let mask = self.cheapest(text, from, to, choices);
            self.settled.insert(self.key.clone(), mask);
            mask
        };
        for (index, choice) in choices.iter_mut().enumerate() {
            choice.stays = mask >> index & 1 == 1;
        }
    }

    fn cheapest(&mut self, text: &str, from: usize, to: usize, choices: &[Choice]) -> u8 {
        let natural = choices.iter().rev().fold(0_u8, |mask, choice| mask << 1 | u8::from(choice.stays));
        // Of the cheapest, one that treats all alike, as `x=1` and `x = 1` do; then the one that changes least.
        let all = u8::MAX >> (8 - choices.len());
        let mut best = (usize::MAX, false, 0, natural);
        let torn = |mask: u8| (1..choices.len()).any(|at| choices[at].tied && (mask >> at ^ mask >> (at - 1)) & 1 == 1);
        for mask in (0..=all).filter(|&mask| !torn(mask)) {
            let mixed = mask != 0 && mask != all;
            let cost = self.cost(text, from, to, choices, mask);
            best = best.min((cost, mixed && mask != natural, (mask ^ natural).count_ones(), mask));
        }
        best.3
    }

    fn cost(&mut self, text: &str, from: usize, to: usize, choices: &[Choice], mask: u8) -> usize {
        self.variant.clear();
        let mut at = from;
        for (index, choice) in choices.iter().enumerate() {
            let stays = usize::from(mask >> index & 1 == 1);
            self.variant.push_str(&text[at..choice.at + stays]);
            at = choice.at + 1;
        }
        self.variant.push_str(&text[at..to]);
        self.tokenizer.count(&self.variant)
    }
}

/// Part of a word: bytes that a tokenizer never separates from their like without looking further.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The stretch around the first choices: from the end of the word before them to the end of the word after them.
fn stretch(text: &str, choices: &[Choice]) -> (usize, usize, usize) {
    let bytes = text.as_bytes();
    let first = choices[0].at;
    let before = bytes[..first].iter().rev().take(SIGHT).take_while(|&&byte| !is_word(byte)).count();
    let mut last = first;
    let mut together = 1;
    while let Some(next) = choices.get(together).filter(|next| next.tied || together < TOGETHER) {
        if !next.tied && (next.at - last > SIGHT || bytes[last..next.at].iter().any(|&byte| is_word(byte))) {
            break;
        }
        last = next.at;
        together += 1;
    }
    let after = &bytes[last + 1..];
    let limit = choices.get(together).map_or(after.len(), |next| next.at - last - 1).min(SIGHT);
    let marks = after[..limit].iter().take_while(|&&byte| !is_word(byte)).count();
    let word = after[marks..limit].iter().take_while(|&&byte| is_word(byte)).count();
    let from = text.floor_char_boundary(first - before);
    (from, text.floor_char_boundary(last + 1 + marks + word), together)
}

fn without(text: &str, choices: &[Choice]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for choice in choices.iter().filter(|choice| !choice.stays) {
        out.push_str(&text[at..choice.at]);
        at = choice.at + 1;
    }
    out.push_str(&text[at..]);
    out
}

/// Operators of several characters in any supported language, and what begins a comment: two tokens whose ends would
/// read as one of these stay apart.
const OPERATORS: [&str; 54] = [
    "==", "!=", "<=", ">=", "->", "<-", "=>", ":=", "::", "**", "//", "/*", "*/", "<<", ">>", "+=", "-=", "*=", "/=",
    "%=", "&=", "|=", "^=", "@=", "~=", "=~", "&&", "||", "??", "?.", "?:", "++", "--", "..", "!!", "=!", "<>", "<!",
    "#!", "|>", "->*", ".*", "</", "/>", "<=>", "===", "!==", "...", "..=", ">>>", "~>", "$$", "?>", ".=",
];

/// Whether two tokens are still read as these two without a space between them.
pub(crate) fn may_touch(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return true };
    // All that some grammar takes into a name: any character but ASCII punctuation.
    let word = |c: char| !c.is_ascii_punctuation() || c == '_' || c == '$';
    let quote = |c: char| matches!(c, '"' | '\'' | '`');
    let apart = |c: char| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';');
    if (word(last) || quote(last)) && (word(first) || quote(first)) {
        return false;
    }
    // What begins code within markup is a word with a mark before it.
    if before.starts_with("<?") {
        return false;
    }
    // A mark that belongs to what follows: `#` of an attribute or a raw string, `@` of a decorator, a backslash.
    if matches!(last, '#' | '@' | '\\' | '$') || matches!(first, '#' | '\\') {
        return false;
    }
    if apart(last) || apart(first) {
        return true;
    }
    if word(last) || quote(last) {
        let number = before.starts_with(|c: char| c.is_ascii_digit());
        let exponent = number && matches!(last, 'e' | 'E') && matches!(first, '+' | '-');
        // `x !` would begin a macro call, `1 .` a fraction.
        return !(exponent || number && first == '.' || first == '!' && after.len() == 1);
    }
    if word(first) || quote(first) {
        return !(last == '.' && first.is_ascii_digit());
    }
    let mut joined = [0_u8; 8];
    let length = before.len().min(4);
    let (Some(end), Some(start)) =
        (before.as_bytes().get(before.len() - length..), after.as_bytes().get(..after.len().min(4)))
    else {
        return false;
    };
    joined[..length].copy_from_slice(end);
    joined[length..length + start.len()].copy_from_slice(start);
    let joined = &joined[..length + start.len()];
    // Any operator that would reach over the seam.
    !OPERATORS.iter().any(|operator| {
        let operator = operator.as_bytes();
        (0..length).any(|from| from + operator.len() > length && joined[from..].starts_with(operator))
    })
}

/// Whether a careful person would put a space between two tokens that stood on two lines.
pub(crate) fn wants_space(before: &str, after: &str) -> bool {
    let opens = before.ends_with(['(', '[', '.']) || before.ends_with("::");
    let closes = after.starts_with([')', ']', ',', ';', '.', '?']) || after.starts_with("::");
    !opens && !closes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(marked: &str) -> String {
        let mut spaced = Spaced::default();
        for c in marked.chars() {
            if c == '·' { spaced.push_optional(' ', true) } else { spaced.push(c.encode_utf8(&mut [0; 4])) }
        }
        Settler::new(Tokenizer::O200kBase).settle(spaced)
    }

    #[test]
    fn a_space_goes_only_if_that_saves_a_token() {
        for (marked, expected) in [
            ("x·=·1", "x=1"),
            ("f(a,·\"b\",·\"c\")", "f(a,\"b\",\"c\")"),
            ("def f(self,·name):", "def f(self,name):"),
            ("é·=·é", "é = é"),
            ("", ""),
            ("·", ""),
        ] {
            let plain = marked.replace('·', " ");
            assert_eq!(settled(marked), expected);
            let count = |text: &str| Tokenizer::O200kBase.count(text);
            assert!(count(expected) <= count(&plain), "{expected}");
        }
    }

    #[test]
    fn tokens_that_would_merge_keep_their_space() {
        for (before, after) in [
            ("a", "b"),
            ("return", "1"),
            ("in", "\"x\""),
            ("\"a\"", "\"b\""),
            ("+", "+1"),
            ("-", "-"),
            ("-", "->"),
            ("1", ".5"),
            ("1", ".."),
            (".", "5"),
            ("<", "-"),
            ("&", "&x"),
            ("/", "/"),
            ("/", "*"),
            (":", ":"),
            ("=", "="),
            ("x", "!"),
            ("*", "*kwargs"),
            ("0xe", "+"),
            ("#", "x"),
            ("b", "'x'"),
            ("a", "\u{7f}b"),
            ("<", "!"),
            ("..", "="),
        ] {
            assert!(!may_touch(before, after), "{before} {after}");
        }
    }

    #[test]
    fn tokens_that_stay_two_may_touch() {
        for (before, after) in [
            ("x", "="),
            ("=", "x"),
            (",", "x"),
            ("=", "-"),
            (")", "->"),
            ("->", "x"),
            ("if", "("),
            ("1", "+"),
            ("x", "!="),
            (",", ".5"),
        ] {
            assert!(may_touch(before, after), "{before} {after}");
        }
    }
}
