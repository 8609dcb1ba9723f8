//! Positions: the only place where LSP columns meet byte offsets.
//!
//! Invariants
//! - every offset handed out lies on a `char` boundary, never between the bytes of a line break, and within the text
//!   (`tests::any_position_is_somewhere_in_the_text`);
//! - `offset(position(byte)) == byte` in all three encodings (`tests::round_trip`).

use std::ops::Range;

use ropey::{Rope, RopeSlice};
use tower_lsp::ls_types::{self, Position, PositionEncodingKind};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what every client speaks.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The cheapest of those that a client offers; UTF-16 if it offers none.
    pub(crate) fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offers = |kind| offered.is_some_and(|offered| offered.contains(&kind));
        if offers(PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if offers(PositionEncodingKind::UTF32) {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// Its name in the protocol.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// The byte of a position. A column behind the end of its line is that end, a line behind the last is the end of the text.
pub(crate) fn offset(text: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= text.len_lines() {
        return text.len_bytes();
    }
    let start = text.line_to_byte(line);
    start + column(without_break(text.line(line)), position.character as usize, encoding)
}

/// The position of a byte; one within a character is the position of that character.
pub(crate) fn position(text: &Rope, offset: usize, encoding: Encoding) -> Position {
    let character = text.byte_to_char(offset.min(text.len_bytes()));
    let line = text.char_to_line(character);
    let before = text.slice(text.line_to_char(line)..character);
    let column = match encoding {
        Encoding::Utf8 => before.len_bytes(),
        Encoding::Utf16 => before.len_utf16_cu(),
        Encoding::Utf32 => before.len_chars(),
    };
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Position { line: number(line), character: number(column) }
}

/// The bytes of a range; one that ends before it starts is empty.
pub(crate) fn bytes(text: &Rope, range: ls_types::Range, encoding: Encoding) -> Range<usize> {
    let start = offset(text, range.start, encoding);
    start..offset(text, range.end, encoding).max(start)
}

/// The range of some bytes.
pub(crate) fn range(text: &Rope, bytes: &Range<usize>, encoding: Encoding) -> ls_types::Range {
    ls_types::Range { start: position(text, bytes.start, encoding), end: position(text, bytes.end, encoding) }
}

/// The byte within a line.
fn column(line: RopeSlice<'_>, column: usize, encoding: Encoding) -> usize {
    let character = match encoding {
        Encoding::Utf8 => line.byte_to_char(column.min(line.len_bytes())),
        Encoding::Utf16 => line.utf16_cu_to_char(column.min(line.len_utf16_cu())),
        Encoding::Utf32 => column.min(line.len_chars()),
    };
    line.char_to_byte(character)
}

fn without_break(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let length = line.len_chars();
    let last = |back: usize| (length >= back).then(|| line.char(length - back));
    let breaks = match (last(2), last(1)) {
        (Some('\r'), Some('\n')) => 2,
        (_, Some('\r' | '\n')) => 1,
        _ => 0,
    };
    line.slice(..length - breaks)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn text() -> impl Strategy<Value = String> {
        "[a-c\n\r\t\u{e9}\u{2028}\u{65e5}\u{1f600}]{0,40}"
    }

    #[test]
    fn columns_count_what_was_agreed() {
        let text = Rope::from_str("a\r\nß日😀x\n");
        for (encoding, column) in [(Encoding::Utf8, 9), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            let position = Position { line: 1, character: column };
            assert_eq!(offset(&text, position, encoding), 12, "{encoding:?}");
            assert_eq!(super::position(&text, 12, encoding), position, "{encoding:?}");
        }
    }

    #[test]
    fn the_cheapest_offer_is_taken() {
        let (utf8, utf16, utf32) =
            (PositionEncodingKind::UTF8, PositionEncodingKind::UTF16, PositionEncodingKind::UTF32);
        for (offered, expected) in [
            (None, Encoding::Utf16),
            (Some(vec![]), Encoding::Utf16),
            (Some(vec![utf16.clone()]), Encoding::Utf16),
            (Some(vec![utf16.clone(), utf32.clone()]), Encoding::Utf32),
            (Some(vec![utf16, utf32, utf8]), Encoding::Utf8),
        ] {
            assert_eq!(Encoding::negotiate(offered.as_deref()), expected, "{offered:?}");
        }
    }

    proptest! {
        #[test]
        fn round_trip(text in text()) {
            let rope = Rope::from_str(&text);
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                // Between the two bytes of a line break there is no position.
                if byte > 0 && text[..byte].ends_with('\r') && text[byte..].starts_with('\n') {
                    continue;
                }
                for encoding in ALL {
                    prop_assert_eq!(offset(&rope, position(&rope, byte, encoding), encoding), byte);
                }
            }
        }

        #[test]
        fn any_position_is_somewhere_in_the_text(text in text(), line in 0_u32..50, character in prop_oneof![0_u32..50, Just(u32::MAX)]) {
            let rope = Rope::from_str(&text);
            for encoding in ALL {
                let byte = offset(&rope, Position { line, character }, encoding);
                prop_assert!(text.is_char_boundary(byte));
                prop_assert!(!(text[..byte].ends_with('\r') && text[byte..].starts_with('\n')));
            }
        }
    }
}
