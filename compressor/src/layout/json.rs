//! JSON without the white space outside of its strings. Keys, numbers and strings stay byte for byte: nothing is parsed
//! and written again.

use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::Deserializer;

use crate::draft::Part;

/// One part: minified, or as it was where it is no JSON.
pub(super) fn parts(text: &str, range: Range<usize>) -> Vec<Part> {
    if range.is_empty() {
        return Vec::new();
    }
    let source = &text[range.clone()];
    let text = if is_valid(source) { minified(source) } else { source.to_owned() };
    vec![Part::Fixed { source: range, text }]
}

/// Whether a text is JSON values one after the other.
pub(crate) fn is_valid(source: &str) -> bool {
    Deserializer::from_str(source).into_iter::<IgnoredAny>().all(|value| value.is_ok())
}

/// Valid JSON values without white space; values on lines of their own keep them.
pub(crate) fn minified(source: &str) -> String {
    let mut minifier = Minifier { out: String::with_capacity(source.len()), depth: 0, begun: false };
    minifier.push(source);
    minifier.out
}

/// Takes valid JSON piece by piece, cut between tokens.
#[derive(Default)]
pub(crate) struct Minifier {
    /// What was written.
    pub(crate) out: String,
    depth: usize,
    /// Whether a value began.
    begun: bool,
}

impl Minifier {
    /// Writes a piece without the white space outside of its strings.
    pub(crate) fn push(&mut self, piece: &str) {
        let bytes = piece.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            match bytes[at] {
                b' ' | b'\t' | b'\r' | b'\n' => {
                    at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                    if self.depth == 0 && self.begun {
                        self.out.push_str(separator(&bytes[start..at]));
                    }
                    continue;
                }
                b'"' => at = string_end(bytes, at + 1),
                b'{' | b'[' => {
                    self.depth += 1;
                    at += 1;
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    at += 1;
                }
                _ => at += bytes[at..].iter().take_while(|byte| !b" \t\r\n\"{}[]".contains(byte)).count(),
            }
            self.begun = true;
            self.out.push_str(&piece[start..at]);
        }
    }

    /// Says that a value was written elsewhere.
    pub(crate) fn skip(&mut self) {
        self.begun = true;
    }
}

/// What stands between two values: a line end if one stood there.
fn separator(space: &[u8]) -> &'static str {
    match memchr::memchr(b'\n', space) {
        Some(index) if index > 0 && space[index - 1] == b'\r' => "\r\n",
        Some(_) => "\n",
        None => " ",
    }
}

/// The byte after the quote that closes a string.
pub(crate) fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(offset) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += offset + 1;
        if bytes[at - 1] == b'"' {
            return at;
        }
        at += 1;
    }
    bytes.len()
}
