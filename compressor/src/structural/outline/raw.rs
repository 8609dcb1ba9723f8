//! Raw text of a directive, cut where its white space is layout.
//!
//! The preprocessors of C and C# take a line as it stands, and the grammar shows no parts of it. Outside of quotes, white
//! space between two words of it means no more than that they are two, however long it is, and so does the backslash that
//! carries the line on.
//!
//! Invariants
//! - what lies between two stretches is white space, and backslashes before line breaks
//!   (`tests::a_line_that_is_carried_on_is_cut_there`);
//! - nothing within quotes is cut, nor anything after quotes that do not close
//!   (`tests::nothing_within_quotes_is_cut`).

use std::ops::Range;

/// The stretches of a raw text, each to be kept as it is; a single space is left within them.
pub(super) fn stretches(text: &str, escaped_breaks: bool) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut stretches = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        if matches!(bytes[at], b'"' | b'\'') {
            let Some(end) = closed(bytes, at) else { break };
            at = end;
            continue;
        }
        let gap = gap(&bytes[at..], escaped_breaks);
        if gap == 0 {
            at += 1;
            continue;
        }
        let white = &text[at..at + gap];
        // A backslash that touches both its neighbours makes one word of them.
        let parts = white.contains([' ', '\t', '\x0c']);
        let ends = at + gap == bytes.len();
        if ends || (parts && white != " ") {
            stretches.push(start..at);
            start = at + gap;
        }
        at += gap;
    }
    stretches.push(start..bytes.len());
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

/// Bytes of white space, and of lines that are carried on, at the beginning of a text.
fn gap(bytes: &[u8], escaped_breaks: bool) -> usize {
    let mut at = 0;
    loop {
        match &bytes[at..] {
            [b' ' | b'\t' | b'\x0c', ..] => at += 1,
            [b'\\', b'\n', ..] if escaped_breaks => at += 2,
            [b'\\', b'\r', b'\n', ..] if escaped_breaks => at += 3,
            _ => return at,
        }
    }
}

/// The end of what is quoted from a byte on; `None` if the quotes do not close.
fn closed(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == bytes[from] => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        stretches(text, true).into_iter().map(|stretch| &text[stretch]).collect()
    }

    #[test]
    fn a_line_that_is_carried_on_is_cut_there() {
        assert_eq!(cut("do { \\\n  f(x); \\\r\n} while (0)"), ["do {", "f(x);", "} while (0)"]);
        assert_eq!(cut("a\\\n  b\\\nc  d \\\n"), ["a", "b\\\nc", "d"]);
        assert_eq!(cut("1  "), ["1"]);
        assert_eq!(cut(""), [""; 0]);
        assert_eq!(stretches("a \\\n b", false).len(), 1);
    }

    #[test]
    fn nothing_within_quotes_is_cut() {
        assert_eq!(cut("f(\"a  \\\"  b\",   'x')"), ["f(\"a  \\\"  b\",", "'x')"]);
        assert_eq!(cut("a  don't  do"), ["a", "don't  do"]);
    }
}
