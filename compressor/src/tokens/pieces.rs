//! Exact counts of long texts, several times faster than the general way: ASCII text is cut into its pieces by a table of
//! byte classes, and the counts of short pieces are remembered.
//!
//! A tokenizer first cuts a text into pieces by a pattern, then counts each piece on its own. Text that is not ASCII goes
//! through the published pattern; the cut between the two lies before a space that follows a visible ASCII character,
//! because no piece holds a space after anything but white space, and no pattern looks behind.
//!
//! Invariants
//! - the count is that of the published tokenizer, for any text (`tests::equals_the_published_count*`);
//! - time grows linearly with the text, memory does not grow with it.
//!
//! Deliberately absent: tokens themselves; nothing here needs them.

use std::collections::VecDeque;

use sha2::{Digest as _, Sha256};

/// The pattern that cuts a text into pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pattern {
    /// A word may change from upper to lower case once and ends with its contraction; slashes join line ends.
    O200k,
    /// A word is a run of letters; a contraction stands alone.
    Cl100k,
}

/// Counts with one tokenizer and remembers the pieces it has seen. Holds about half a megabyte.
pub(crate) struct Counter {
    general: &'static bpe_openai::Tokenizer,
    pattern: Pattern,
    /// Pieces of at most 15 bytes, the length in the last byte; 0 is empty.
    keys: Vec<u128>,
    counts: Vec<u8>,
    /// Long pieces by their digest, as lines of a thousand signs are: the latest [`LONG_PIECES`].
    long: VecDeque<(Digest, usize)>,
}

type Digest = [u8; 32];

/// Bytes from which on a piece is long.
const LONG: usize = 2_048;
const LONG_PIECES: usize = 16;
const SLOT_BITS: u32 = 15;
const KEY_BYTES: usize = 15;

impl Counter {
    pub(crate) fn o200k_base() -> Self {
        Self::new(bpe_openai::o200k_base(), Pattern::O200k)
    }

    pub(crate) fn cl100k_base() -> Self {
        Self::new(bpe_openai::cl100k_base(), Pattern::Cl100k)
    }

    fn new(general: &'static bpe_openai::Tokenizer, pattern: Pattern) -> Self {
        Self { general, pattern, keys: vec![0; 1 << SLOT_BITS], counts: vec![0; 1 << SLOT_BITS], long: VecDeque::new() }
    }

    /// The number of tokens in `text`.
    pub(crate) fn count(&mut self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut total = 0;
        let mut at = 0;
        while at < bytes.len() {
            let Some(foreign) = first_non_ascii(&bytes[at..]).map(|offset| at + offset) else {
                return total + self.count_ascii(&bytes[at..]);
            };
            let island = (at + 1..foreign).rev().find(|&index| is_cut(bytes, index)).unwrap_or(at);
            total += self.count_ascii(&bytes[at..island]);
            at = next_cut(bytes, foreign).unwrap_or(bytes.len());
            total += self.general.count(&text[island..at]);
        }
        total
    }

    /// Counts ASCII bytes that end at a cut or with the text.
    fn count_ascii(&mut self, bytes: &[u8]) -> usize {
        let mut total = 0;
        let mut at = 0;
        while at < bytes.len() {
            let end = match self.pattern {
                Pattern::O200k => piece_o200k(bytes, at),
                Pattern::Cl100k => piece_cl100k(bytes, at),
            };
            // Every byte and every number of up to three digits is a token (`tests::digits_are_one_token`).
            total += if end - at == 1 || bytes[at].is_ascii_digit() { 1 } else { self.count_piece(bytes, at, end) };
            at = end;
        }
        total
    }

    fn count_piece(&mut self, bytes: &[u8], start: usize, end: usize) -> usize {
        let piece = &bytes[start..end];
        let length = piece.len();
        if length >= LONG {
            return self.count_long(piece);
        }
        if length > KEY_BYTES {
            return self.general.bpe.count(piece);
        }
        let key = match bytes.get(start..start + 16) {
            Some(window) => {
                let window = u128::from_le_bytes(window.try_into().expect("16 bytes"));
                window & ((1 << (length * 8)) - 1)
            }
            None => piece.iter().rev().fold(0, |key, &byte| (key << 8) | u128::from(byte)),
        } | ((length as u128) << 120);
        let slot = slot(key);
        if self.keys[slot] != key {
            self.keys[slot] = key;
            self.counts[slot] = u8::try_from(self.general.bpe.count(piece)).expect("at most a token a byte");
        }
        usize::from(self.counts[slot])
    }

    /// A text is counted several times on its way, and a digest takes a small part of the time of a count.
    fn count_long(&mut self, piece: &[u8]) -> usize {
        let digest = Digest::from(Sha256::digest(piece));
        if let Some((_, count)) = self.long.iter().find(|(known, _)| *known == digest) {
            return *count;
        }
        let count = self.general.bpe.count(piece);
        self.long.truncate(LONG_PIECES - 1);
        self.long.push_front((digest, count));
        count
    }
}

#[expect(clippy::cast_possible_truncation, reason = "folding a hash")]
fn slot(key: u128) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (folded.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> (64 - SLOT_BITS)) as usize
}

/// A place before a space that follows a visible ASCII character.
fn is_cut(bytes: &[u8], index: usize) -> bool {
    bytes[index] == b' ' && bytes[index - 1].is_ascii_graphic()
}

pub(super) fn next_cut(bytes: &[u8], from: usize) -> Option<usize> {
    memchr::memchr_iter(b' ', &bytes[from..])
        .map(|offset| from + offset)
        .find(|&index| index > 0 && is_cut(bytes, index))
}

fn first_non_ascii(bytes: &[u8]) -> Option<usize> {
    const STEP: usize = 64;
    let plain = bytes.chunks(STEP).take_while(|chunk| chunk.is_ascii()).map(<[u8]>::len).sum::<usize>();
    bytes[plain..].iter().position(|byte| !byte.is_ascii()).map(|offset| plain + offset)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Upper,
    Lower,
    Digit,
    Space,
    LineEnd,
    Other,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'A'..=b'Z' => Class::Upper,
            b'a'..=b'z' => Class::Lower,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t' | 0x0B | 0x0C => Class::Space,
            b'\n' | b'\r' => Class::LineEnd,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

fn class(bytes: &[u8], index: usize) -> Option<Class> {
    bytes.get(index).map(|&byte| CLASSES[usize::from(byte)])
}

fn run(bytes: &[u8], from: usize, wanted: Class) -> usize {
    bytes[from..]
        .iter()
        .position(|&byte| CLASSES[usize::from(byte)] != wanted)
        .map_or(bytes.len(), |offset| from + offset)
}

/// The end of the piece at `at`: an optional leading mark, upper case, lower case, contraction.
fn piece_o200k(bytes: &[u8], at: usize) -> usize {
    let word = |from| {
        let end = run(bytes, run(bytes, from, Class::Upper), Class::Lower);
        end + contraction(bytes, end)
    };
    let mark = |from| {
        let end = run(bytes, from, Class::Other);
        end + bytes[end..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | b'/')).count()
    };
    match CLASSES[usize::from(bytes[at])] {
        Class::Upper | Class::Lower => word(at),
        Class::Digit => number(bytes, at),
        Class::LineEnd => space(bytes, at),
        here @ (Class::Space | Class::Other) => match class(bytes, at + 1) {
            Some(Class::Upper | Class::Lower) => word(at + 1),
            _ if here == Class::Other => mark(at),
            Some(Class::Other) if bytes[at] == b' ' => mark(at + 1),
            _ => space(bytes, at),
        },
    }
}

/// The end of the piece at `at`: a contraction, or an optional leading mark and letters.
fn piece_cl100k(bytes: &[u8], at: usize) -> usize {
    let word = |from: usize| {
        let letters = bytes[from..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        from + letters
    };
    let mark = |from| run(bytes, run(bytes, from, Class::Other), Class::LineEnd);
    match CLASSES[usize::from(bytes[at])] {
        Class::Upper | Class::Lower => word(at),
        Class::Digit => number(bytes, at),
        Class::LineEnd => space(bytes, at),
        here @ (Class::Space | Class::Other) => match class(bytes, at + 1) {
            Some(Class::Upper | Class::Lower) => match contraction(bytes, at) {
                0 => word(at + 1),
                length => at + length,
            },
            _ if here == Class::Other => mark(at),
            Some(Class::Other) if bytes[at] == b' ' => mark(at + 1),
            _ => space(bytes, at),
        },
    }
}

fn number(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count()
}

/// White space: up to the last line end of the run; else all of it at the end of the text; else all but the last byte,
/// which goes with what follows.
fn space(bytes: &[u8], at: usize) -> usize {
    let blank = |byte: &u8| matches!(CLASSES[usize::from(*byte)], Class::Space | Class::LineEnd);
    let end = bytes[at..].iter().position(|byte| !blank(byte)).map_or(bytes.len(), |offset| at + offset);
    match memchr::memrchr2(b'\n', b'\r', &bytes[at..end]) {
        Some(offset) => at + offset + 1,
        None if end == bytes.len() || end - at == 1 => end,
        None => end - 1,
    }
}

/// The length of a contraction at `at`, or 0.
fn contraction(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at) != Some(&b'\'') {
        return 0;
    }
    let letter = |offset: usize| bytes.get(at + offset).map(u8::to_ascii_lowercase);
    match (letter(1), letter(2)) {
        (Some(b's' | b't' | b'm' | b'd'), _) => 2,
        (Some(b'r' | b'v'), Some(b'e')) | (Some(b'l'), Some(b'l')) => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn same(text: &str) {
        assert_eq!(Counter::o200k_base().count(text), bpe_openai::o200k_base().count(text), "o200k {text:?}");
        assert_eq!(Counter::cl100k_base().count(text), bpe_openai::cl100k_base().count(text), "cl100k {text:?}");
    }

    #[test]
    fn equals_the_published_count() {
        for text in [
            "",
            " ",
            "  ",
            "\n \n",
            "don't DON'T we'LL x'sfoo 'tis ''s I'd've 's'",
            "a  b\t\tc \r\n\r\n  d;\n/// e //\n\n/f",
            "  5 \x0b\x0cfoo 1234567 camelCase HTTPServer ABC abc",
            "--------------------------------------------- ================",
            "naïve café 日本語 text 🙂 x́y\u{a0} z\u{85}\u{2028} end ",
            "ſ's \u{2019}s K'ſ x'ſ y",
            "2025-11-22 09:59:41 status installed libc6:amd64 2.36-9+deb12u10\n",
        ] {
            same(text);
        }
    }

    #[test]
    fn long_pieces_are_counted_once_and_their_counts_are_those_of_the_tokenizer() {
        let pieces: Vec<String> = (0..40).map(|more| "-".repeat(LONG - 20 + more)).collect();
        let mut counter = Counter::o200k_base();
        for piece in pieces.iter().chain(&pieces).chain(pieces.iter().rev()) {
            assert_eq!(counter.count(piece), bpe_openai::o200k_base().count(piece), "{}", piece.len());
            assert!(counter.long.len() <= LONG_PIECES);
        }
        same(&("a".repeat(5_000) + " " + &"=".repeat(5_000)));
    }

    #[test]
    fn digits_are_one_token() {
        for number in 0..1000 {
            for text in [format!("{number}"), format!("{number:02}"), format!("{number:03}")] {
                assert_eq!(bpe_openai::o200k_base().count(&text), 1);
                assert_eq!(bpe_openai::cl100k_base().count(&text), 1);
            }
        }
        for byte in 0..128_u8 {
            assert_eq!(bpe_openai::o200k_base().bpe.count(&[byte]), 1);
            assert_eq!(bpe_openai::cl100k_base().bpe.count(&[byte]), 1);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn equals_the_published_count_on_any_text(text in "(?s).{0,60}") {
            same(&text);
        }

        #[test]
        fn equals_the_published_count_on_awkward_text(text in "[ \\t\\r\\n'/a-cA-C0-9;.\u{b}\u{301}éſ日stmdrelvSTMDRELV]{0,80}") {
            same(&text);
        }
    }
}
