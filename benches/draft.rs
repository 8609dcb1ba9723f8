//! A document as a client has it, with edits of chance: what a language server must follow without drift.
//!
//! Invariants
//! - the change told is the change made, in UTF-16 columns (`tests::the_change_told_is_the_change_made`);
//! - a place never lies within a character.
//!
//! Deliberately absent: line breaks other than `\n`; texts are made without them.

use serde_json::{Value, json};

use crate::random::Random;

/// What is typed or pasted: of one, two, three and four bytes, of one and two UTF-16 units, with and without line breaks.
const INSERTED: [&str; 10] =
    ["x", "é", "😀", "日本", "value = 1", "\n", "    return größe\n", "# 𝒳 ∈ ℝ\n\n", "(", "naïve – “quoted” 👩‍👩‍👧"];

/// The most characters that one edit deletes.
const DELETED: usize = 12;

/// A text and what is done to it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Without their line breaks.
    lines: Vec<String>,
    random: Random,
    version: i32,
}

impl Draft {
    /// A draft of a text; another seed gives other edits.
    #[must_use]
    pub fn new(text: &str, seed: u64) -> Self {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(str::to_owned).collect();
        Self { lines, random: Random::new(seed), version: 1 }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// The version, which each edit makes one more.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.version
    }

    /// Inserts or deletes somewhere, and returns the change as `textDocument/didChange` has it.
    pub fn edit(&mut self) -> Value {
        self.version += 1;
        let line = self.random.below(self.lines.len());
        let at = self.place_in(line);
        if self.random.below(2) == 0 { self.insert(line, at) } else { self.delete(line, at) }
    }

    fn insert(&mut self, line: usize, at: usize) -> Value {
        let inserted = INSERTED[self.random.below(INSERTED.len())];
        let place = self.position(line, at);
        let rest = self.lines[line].split_off(at);
        let mut parts = inserted.split('\n');
        self.lines[line].push_str(parts.next().unwrap_or_default());
        let mut last = line;
        for part in parts {
            last += 1;
            self.lines.insert(last, part.to_owned());
        }
        self.lines[last].push_str(&rest);
        json!({ "range": { "start": place, "end": place }, "text": inserted })
    }

    /// Deletes some characters of a line, or the line break at its end if there are none.
    fn delete(&mut self, line: usize, at: usize) -> Value {
        let start = self.position(line, at);
        let count = 1 + self.random.below(DELETED);
        let rest = &self.lines[line][at..];
        let end = if rest.is_empty() && line + 1 < self.lines.len() {
            let end = self.position(line + 1, 0);
            let joined = self.lines.remove(line + 1);
            self.lines[line].push_str(&joined);
            end
        } else {
            let bytes = rest.char_indices().nth(count).map_or(rest.len(), |(byte, _)| byte);
            let end = self.position(line, at + bytes);
            self.lines[line].replace_range(at..at + bytes, "");
            end
        };
        json!({ "range": { "start": start, "end": end }, "text": "" })
    }

    /// A byte of a line that begins a character, or its end.
    fn place_in(&mut self, line: usize) -> usize {
        let length = self.lines[line].len();
        let byte = self.random.below(length + 1);
        self.lines[line].floor_char_boundary(byte)
    }

    fn position(&self, line: usize, byte: usize) -> Value {
        json!({ "line": line, "character": utf16(&self.lines[line][..byte]) })
    }
}

fn utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The byte of a position, found the long way.
    fn byte(text: &str, position: &Value) -> usize {
        let line = usize::try_from(position["line"].as_u64().expect("a number")).expect("small");
        let column = usize::try_from(position["character"].as_u64().expect("a number")).expect("small");
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = 0;
        let within = text[start..].char_indices().find(|(_, char)| {
            let found = units >= column;
            units += char.len_utf16();
            found
        });
        start + within.map_or(text.len() - start, |(byte, _)| byte)
    }

    #[test]
    fn the_change_told_is_the_change_made() {
        for seed in 0..50 {
            let mut draft = Draft::new("def größe():\n    return 😀\r\n\n# end", seed);
            let mut text = draft.text();
            for _ in 0..40 {
                let change = draft.edit();
                let range = byte(&text, &change["range"]["start"])..byte(&text, &change["range"]["end"]);
                text.replace_range(range, change["text"].as_str().expect("a text"));
                assert_eq!(draft.text(), text, "seed {seed}: {change}");
            }
        }
    }
}
