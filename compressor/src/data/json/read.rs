//! Reads a table as a stranger would, and gives the JSON that it stands for. What the guard asks.
//!
//! Invariants
//! - independent of what writes tables: it shares only how a string ends;
//! - nothing recurses, and a text that is no table is refused, whatever it is (`json::tests::any_text_may_be_read`).

use crate::layout::json::string_end;

/// A step on the way through the shape that all rows have.
enum Step<'a> {
    /// A key whose value each row has its own of.
    Own(&'a str),
    /// A key and the value that all rows have.
    Same(&'a str, &'a str),
    /// An object begins under this key.
    Enter(&'a str),
    Leave,
}

/// The JSON without white space that a table stands for; `None` if it is no table.
pub(in crate::data) fn read(table: &str) -> Option<String> {
    let mut input = Input { text: table, at: 0 };
    let entries = match input.next()? {
        b'[' => false,
        b'{' => true,
        _ => return None,
    };
    let count: usize = input.until(" ")?.parse().ok()?;
    let name = input.until(" of ")?;
    let lines = match (name, entries) {
        ("lines", false) => true,
        ("rows", false) | ("entries", true) => false,
        _ => return None,
    };
    let shape = input.shape()?;
    let own = shape.iter().filter(|step| matches!(step, Step::Own(_))).count();
    let mut out = String::new();
    let (open, between, close) = match (lines, entries) {
        (true, _) => ("", "\n", ""),
        (false, false) => ("[", ",", "]"),
        (false, true) => ("{", ",", "}"),
    };
    out.push_str(open);
    let has_rows = input.take(":").is_some();
    for row in 0..count {
        out.push_str(if row == 0 { "" } else { between });
        if has_rows {
            input.take("\n")?;
        }
        if entries {
            out.push_str(input.value());
            input.take(":")?;
            out.push(':');
        }
        input.row(&shape, own, &mut out)?;
    }
    input.take(if entries { "}" } else { "]" })?;
    out.push_str(close);
    (input.at == table.len()).then_some(out)
}

struct Input<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Input<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn take(&mut self, expected: &str) -> Option<()> {
        self.text.as_bytes()[self.at..].starts_with(expected.as_bytes()).then(|| self.at += expected.len())
    }

    /// What stands before the mark, which is passed over.
    fn until(&mut self, mark: &str) -> Option<&'a str> {
        let found = self.text.get(self.at..)?.split_once(mark)?.0;
        self.at += found.len() + mark.len();
        Some(found)
    }

    /// A value from here on; empty where none stands.
    fn value(&mut self) -> &'a str {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.at = string_end(bytes, self.at + 1),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' | b':' | b'\n' if depth == 0 => break,
                _ => self.at += 1,
            }
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// `{"id","role":"user","size":{"w","h"}}`.
    fn shape(&mut self) -> Option<Vec<Step<'a>>> {
        let mut steps = Vec::new();
        // For each open object the step where it begins, its key and where its text begins.
        let mut open: Vec<(usize, &str, usize)> = Vec::new();
        self.take("{")?;
        if self.take("}").is_some() {
            return Some(steps);
        }
        loop {
            let key = self.value();
            if !key.starts_with('"') {
                return None;
            }
            if self.take(":").is_none() {
                steps.push(Step::Own(key));
            } else if self.peek() == Some(b'{') && self.text.as_bytes().get(self.at + 1) == Some(&b'"') {
                open.push((steps.len(), key, self.at));
                self.at += 1;
                steps.push(Step::Enter(key));
                continue;
            } else {
                steps.push(Step::Same(key, self.value()));
            }
            loop {
                match self.next()? {
                    b',' => break,
                    b'}' => {
                        let Some((begin, key, start)) = open.pop() else { return Some(steps) };
                        if steps[begin..].iter().any(|step| matches!(step, Step::Own(_))) {
                            steps.push(Step::Leave);
                        } else {
                            // An object whose values are all given is a value itself.
                            steps.truncate(begin);
                            steps.push(Step::Same(key, self.text.get(start..self.at)?));
                        }
                    }
                    _ => return None,
                }
            }
        }
    }

    /// Writes the object of a row.
    fn row(&mut self, shape: &[Step<'a>], own: usize, out: &mut String) -> Option<()> {
        // A value alone is no row of the table.
        let start = self.at;
        let alone = self.value();
        if own > 1 && !matches!(self.peek(), Some(b',' | b':')) {
            out.push_str(alone);
            return Some(());
        }
        self.at = start;
        // For each open object where it begins, its key and comma included, and whether something was written in it.
        let mut open = vec![(out.len(), false)];
        let mut first = true;
        out.push('{');
        for step in shape {
            if open.len() == 1 && !matches!(step, Step::Same(..)) {
                self.extras(&mut first, &mut open, out);
            }
            match step {
                Step::Own(key) => {
                    self.comma(&mut first)?;
                    let value = self.value();
                    if !value.is_empty() {
                        member(&mut open, key, out);
                        out.push_str(value);
                    }
                }
                Step::Same(key, value) => {
                    member(&mut open, key, out);
                    out.push_str(value);
                }
                Step::Enter(key) => {
                    let start = out.len();
                    let comma = open.last().is_some_and(|&(_, written)| written);
                    out.push_str(if comma { "," } else { "" });
                    out.push_str(key);
                    out.push_str(":{");
                    open.push((start, false));
                }
                Step::Leave => leave(&mut open, out),
            }
        }
        self.extras(&mut first, &mut open, out);
        out.push('}');
        Some(())
    }

    /// Members that are in no column: values with their keys.
    fn extras(&mut self, first: &mut bool, open: &mut [(usize, bool)], out: &mut String) {
        loop {
            let (start, was_first) = (self.at, *first);
            let begins = self.comma(first).is_some();
            let key = self.value();
            if !(begins && key.starts_with('"') && self.take(":").is_some()) {
                (self.at, *first) = (start, was_first);
                return;
            }
            member(open, key, out);
            out.push_str(self.value());
        }
    }

    fn comma(&mut self, first: &mut bool) -> Option<()> {
        if std::mem::take(first) { Some(()) } else { self.take(",") }
    }
}

/// Begins a member of the innermost object.
fn member(open: &mut [(usize, bool)], key: &str, out: &mut String) {
    if let Some((_, written)) = open.last_mut() {
        out.push_str(if *written { "," } else { "" });
        *written = true;
    }
    out.push_str(key);
    out.push(':');
}

/// Ends the innermost object; an object without a member was not there.
fn leave(open: &mut Vec<(usize, bool)>, out: &mut String) {
    match open.pop() {
        Some((_, true)) => {
            out.push('}');
            if let Some((_, written)) = open.last_mut() {
                *written = true;
            }
        }
        Some((start, false)) => out.truncate(start),
        None => {}
    }
}
