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
    let valid = Deserializer::from_str(source).into_iter::<IgnoredAny>().all(|value| value.is_ok());
    let text = if valid { minified(source) } else { source.to_owned() };
    vec![Part::Fixed { source: range, text }]
}

/// Valid JSON values without white space; values on lines of their own keep them.
fn minified(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut out = String::with_capacity(source.len());
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                if depth == 0 && !out.is_empty() {
                    out.push_str(separator(&bytes[start..at]));
                }
                continue;
            }
            b'"' => at = string_end(bytes, at + 1),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            _ => at += bytes[at..].iter().take_while(|byte| !b" \t\r\n\"{}[]".contains(byte)).count(),
        }
        out.push_str(&source[start..at]);
    }
    out
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
fn string_end(bytes: &[u8], from: usize) -> usize {
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
