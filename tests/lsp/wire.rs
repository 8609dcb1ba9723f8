//! Frames, as a client reads and writes them; and positions, as an editor counts them.

use serde_json::{Value, json};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// The next message; `None` when the server is gone.
pub async fn read(input: &mut (impl AsyncBufRead + Unpin)) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = Some(value.parse().unwrap()),
            Some(other) => panic!("an unexpected header {other:?}"),
            None if line == "\r\n" => break,
            None => panic!("no header: {line:?}"),
        }
    }
    let mut body = vec![0; length.expect("a header names the length")];
    input.read_exact(&mut body).await.ok()?;
    Some(serde_json::from_slice(&body).expect("the server sends JSON"))
}

/// A message as bytes.
pub fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    Utf8,
    Utf16,
    Utf32,
}

impl Columns {
    /// As the server named it.
    pub fn named(name: &str) -> Self {
        match name {
            "utf-8" => Self::Utf8,
            "utf-16" => Self::Utf16,
            "utf-32" => Self::Utf32,
            other => panic!("no encoding is called {other}"),
        }
    }

    fn of(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// Where a byte of a text stands.
    pub fn position(self, text: &str, byte: usize) -> Value {
        let before = &text[..byte];
        let start = starts(before).last().copied().unwrap();
        let lines = starts(before).len() - 1;
        let column: usize = before[start..].chars().map(|it| self.of(it)).sum();
        json!({ "line": lines, "character": column })
    }

    /// The first occurrence of a part.
    pub fn range(self, text: &str, part: &str) -> Value {
        let start = text.find(part).unwrap_or_else(|| panic!("{part:?} is not in the text"));
        json!({ "start": self.position(text, start), "end": self.position(text, start + part.len()) })
    }

    /// The byte of a position.
    pub fn byte(self, text: &str, position: &Value) -> usize {
        let number = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
        let Some(&start) = starts(text).get(number("line")) else { return text.len() };
        let mut left = number("character");
        for (at, character) in text[start..].char_indices() {
            if left == 0 || matches!(character, '\r' | '\n') {
                return start + at;
            }
            left = left.saturating_sub(self.of(character));
        }
        text.len()
    }
}

/// Where lines start: after `\n`, `\r\n` and `\r`.
fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let breaks = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    std::iter::once(0).chain((0..bytes.len()).filter(breaks).map(|at| at + 1)).collect()
}
