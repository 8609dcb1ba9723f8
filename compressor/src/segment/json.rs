//! JSON among other text: lines that hold one value from the first brace to the last.

use serde::de::IgnoredAny;

use super::line::Line;

/// Finds values. Remembers what failed attempts have cost, so that a text of open brackets takes linear time.
pub(super) struct Finder {
    /// Bytes that failed attempts may still look at.
    patience: usize,
}

impl Finder {
    pub(super) fn new(length: usize) -> Self {
        Self { patience: length.saturating_mul(4).saturating_add(1024) }
    }

    /// The end of the lines of JSON that begin with this line: one value, and those that follow line upon line.
    pub(super) fn block(&mut self, text: &str, line: Line<'_>, end: usize) -> Option<usize> {
        let mut last = None;
        let mut at = line.start;
        while at < end
            && let Some(stop) = self.value(text, at, end)
        {
            last = Some(stop);
            at = stop;
        }
        last
    }

    /// The end of the line that ends the value beginning with the line at `start`.
    fn value(&mut self, text: &str, start: usize, end: usize) -> Option<usize> {
        let bytes = &text.as_bytes()[start..end];
        let first = bytes.iter().position(|byte| !matches!(byte, b' ' | b'\t'))?;
        if !matches!(bytes[first], b'{' | b'[') || self.patience == 0 {
            return None;
        }
        let (length, closed) = extent(&bytes[first..]);
        let found = closed
            .then(|| start + first + length)
            .filter(|&stop| Line::at(text, stop, end).is_blank())
            .filter(|&stop| is_worth_it(&text[start + first..stop]));
        if found.is_none() {
            self.patience = self.patience.saturating_sub(length);
        }
        Some(Line::at(text, found?, end).next)
    }
}

/// A link, a footnote or a placeholder in brackets is no data.
fn is_worth_it(value: &str) -> bool {
    (value.contains('"') || value.contains('\n')) && serde_json::from_str::<IgnoredAny>(value).is_ok()
}

/// How far a value reaches, by its brackets and strings alone, and whether it closes there. Stops at the first byte that
/// no JSON has outside of strings.
fn extent(bytes: &[u8]) -> (usize, bool) {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return (at + 1, true);
                }
            }
            b'"' => match string_end(bytes, at + 1) {
                Some(end) => at = end,
                None => return (bytes.len(), false),
            },
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'-' | b'+' | b'.' | b'0'..=b'9' | b'E' | b'a'..=b'z' => {}
            _ => return (at, false),
        }
        at += 1;
    }
    (at, false)
}

/// The index of the quote that closes a string.
fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr3(b'"', b'\\', b'\n', &bytes[at..])?;
        match bytes[at] {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => return None,
        }
        if at > bytes.len() {
            return None;
        }
    }
}
