//! Reads a text of lines into its comments and what must stay.
//!
//! Where it is not certain whether a line goes on what stands before it, it is taken to: what must stay may be too much, and
//! a comment that is none is the one mistake that must not be made.
//!
//! Invariants
//! - pieces are in order and apart, and between them is nothing but white space (`line_wise::tests::between_pieces_is_white_space`);
//! - time grows linearly with the text: what is never closed takes all that follows
//!   (`line_wise::tests::hostile_texts_take_linear_time`).

use std::ops::Range;

use crate::language::{LineRules, Margins, Stretch};

/// A comment, or lines that stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of the text, without the end of its last line.
    pub(super) range: Range<usize>,
    pub(super) comment: bool,
}

/// The pieces of a text; `None` where it cannot be read by these rules.
pub(super) fn read(text: &str, rules: &LineRules) -> Option<Vec<Piece>> {
    if rules.refused.iter().any(|refused| text.contains(refused)) {
        return None;
    }
    let mut reader = Reader { text, rules, continuation: rules.continuation, pieces: Vec::new() };
    let mut at = reader.head()?;
    while at < text.len() {
        at = reader.piece(at);
    }
    Some(reader.pieces)
}

struct Reader<'a> {
    text: &'a str,
    rules: &'a LineRules,
    continuation: Option<char>,
    pieces: Vec<Piece>,
}

impl<'a> Reader<'a> {
    /// The end of the line that holds a byte, and the beginning of the next.
    fn line(&self, at: usize) -> (&'a str, usize) {
        let next = memchr::memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |end| at + end + 1);
        let line = &self.text[at..next];
        let line = line.strip_suffix('\n').unwrap_or(line);
        (line.strip_suffix('\r').unwrap_or(line), next)
    }

    /// Takes in the directives at the head of the text. A comment that would become one were what stands before it to go
    /// makes the text unreadable.
    fn head(&mut self) -> Option<usize> {
        if self.rules.head_directives.is_empty() {
            return Some(0);
        }
        let mut begin = 0;
        let mut at = 0;
        let mut directs = true;
        while at < self.text.len() {
            let (line, next) = self.line(at);
            let Some(comment) = self.comment_of(line) else {
                if !is_blank(line) {
                    break;
                }
                directs = false;
                at = next;
                continue;
            };
            let directive = self.rules.head_directives.iter().find(|name| assigns(comment, name).is_some());
            match directive {
                Some(name) if directs && comment.trim_start().to_ascii_lowercase().starts_with(name) => {
                    if Some(*name) == self.rules.continuation_directive {
                        self.continuation = assigns(comment, name)?.chars().next();
                    }
                    self.push(at, at + line.len(), false);
                    begin = next;
                }
                Some(_) => return None,
                None => directs = false,
            }
            at = next;
        }
        Some(begin)
    }

    fn push(&mut self, start: usize, end: usize, comment: bool) {
        if start < end {
            self.pieces.push(Piece { range: start..end, comment });
        }
    }

    /// What stands behind the marker of a comment.
    fn comment_of(&self, line: &'a str) -> Option<&'a str> {
        let bare = if self.rules.indented_comments && !self.is_recipe(line) {
            line.trim_start_matches([' ', '\t'])
        } else {
            line
        };
        self.rules.markers.iter().find_map(|marker| bare.strip_prefix(marker))
    }

    fn has(&self, stretch: Stretch) -> bool {
        self.rules.stretches.contains(&stretch)
    }

    fn is_recipe(&self, line: &str) -> bool {
        self.has(Stretch::Recipe) && line.starts_with('\t')
    }

    /// Takes in the piece that begins with the line at a byte, or passes over a blank line; gives the next line.
    fn piece(&mut self, at: usize) -> usize {
        let (line, next) = self.line(at);
        if is_blank(line) && !self.is_recipe(line) {
            return next;
        }
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        let is_comment = self.comment_of(line).is_some_and(|comment| !self.opens_bracket(comment));
        if is_comment && !(self.rules.continued_comments && self.goes_on(line)) {
            self.push(at + indentation, at + line.trim_end().len(), true);
            return next;
        }
        let start = if self.rules.margins == Margins::Free { at + indentation } else { at };
        let next = self.stretch(at, line, next);
        self.push(start, self.end_of(start, next), false);
        next
    }

    /// The end of what stays, without the end of its last line, and the space there if it may go.
    fn end_of(&self, start: usize, next: usize) -> usize {
        let piece = &self.text[start..next];
        let piece = piece.strip_suffix('\n').unwrap_or(piece);
        let piece = piece.strip_suffix('\r').unwrap_or(piece);
        let bare = piece.trim_end_matches([' ', '\t']);
        // A space after a backslash may be meant.
        let end = if self.rules.margins != Margins::Kept && !bare.ends_with(['\\', '`', '^']) { bare } else { piece };
        start + end.len()
    }

    /// Whether a line is carried on; spaces after the mark are taken for nothing, as some readers do.
    fn goes_on(&self, line: &str) -> bool {
        self.continuation.is_some_and(|mark| line.trim_end_matches([' ', '\t']).ends_with(mark))
    }

    /// The line after all that belongs to the line at a byte.
    fn stretch(&self, at: usize, line: &'a str, next: usize) -> usize {
        let mut next = next;
        let mut last = line;
        if self.has(Stretch::Define) && defines(line) {
            next = self.end_of_define(next);
        } else if self.has(Stretch::Brackets) {
            next = self.end_of_brackets(at);
        } else if self.has(Stretch::QuotedValue) {
            next = self.end_of_quoted_value(at, line, next);
        } else {
            while self.goes_on(last) && next < self.text.len() {
                (last, next) = self.line(next);
            }
        }
        if self.has(Stretch::Heredoc) {
            for (word, tabs) in heredocs(&self.text[at..next]) {
                next = self.end_of_heredoc(next, word, tabs);
            }
        }
        if self.has(Stretch::IndentedValue) {
            next = self.end_of_indented_value(next);
        }
        next
    }

    /// The line after the one that is the word; the end of the text if there is none.
    fn end_of_heredoc(&self, from: usize, word: &str, tabs: bool) -> usize {
        let mut at = from;
        while at < self.text.len() {
            let (line, next) = self.line(at);
            at = next;
            if (if tabs { line.trim_start_matches('\t') } else { line }) == word {
                break;
            }
        }
        at
    }

    fn end_of_define(&self, from: usize) -> usize {
        let mut depth = 1;
        let mut at = from;
        while at < self.text.len() && depth > 0 {
            let (line, next) = self.line(at);
            if defines(line) {
                depth += 1;
            } else if line.split_whitespace().next() == Some("endef") && !line.starts_with('\t') {
                depth -= 1;
            }
            at = next;
        }
        at
    }

    /// A value that begins with a quote goes on to the line that has it again.
    fn end_of_quoted_value(&self, at: usize, line: &'a str, next: usize) -> usize {
        let Some((name, value)) = line.split_once('=') else { return next };
        let value = value.trim_start_matches([' ', '\t']);
        let Some(quote) = value.chars().next().filter(|first| matches!(first, '"' | '\'' | '`')) else { return next };
        let from = at + name.len() + 1 + (line.len() - name.len() - 1 - value.len()) + quote.len_utf8();
        match end_of_quote(&self.text[from..], quote) {
            Some(end) => self.line(from + end).1,
            None => self.text.len(),
        }
    }

    /// An indented line goes on what stands before it; with blank lines between, these belong to it.
    fn end_of_indented_value(&self, from: usize) -> usize {
        let mut end = from;
        let mut at = from;
        while at < self.text.len() {
            let (line, next) = self.line(at);
            if is_blank(line) {
                at = next;
                continue;
            }
            let comments = self.comment_of(line).is_some();
            if !comments && !line.starts_with([' ', '\t']) {
                break;
            }
            at = next;
            if !comments {
                end = next;
            }
        }
        end
    }

    fn opens_bracket(&self, comment: &str) -> bool {
        self.has(Stretch::Brackets) && bracket(comment).is_some()
    }

    /// The line after the command line at a byte: one in which no quote and no bracket is open at its end.
    fn end_of_brackets(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < bytes.len() {
            match bytes[at] {
                b'\n' => return at + 1,
                b'\\' => at += 2,
                b'"' => match end_of_quote(&self.text[at + 1..], '"') {
                    Some(end) => at += end + 2,
                    None => return bytes.len(),
                },
                b'#' if bracket(&self.text[at + 1..]).is_none() => return self.line(at).1,
                b'[' => match bracket(&self.text[at..]) {
                    Some(equals) => {
                        let closing = format!("]{}]", "=".repeat(equals));
                        match memchr::memmem::find(&bytes[at..], closing.as_bytes()) {
                            Some(end) => at += end + closing.len(),
                            None => return bytes.len(),
                        }
                    }
                    None => at += 1,
                },
                _ => at += 1,
            }
        }
        bytes.len()
    }
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| byte.is_ascii_whitespace())
}

/// What is assigned to a name anywhere in a comment.
fn assigns<'a>(comment: &'a str, name: &str) -> Option<&'a str> {
    let lower = comment.to_ascii_lowercase();
    let value = |(at, _): (usize, &str)| comment[at + name.len()..].trim_start().strip_prefix('=');
    lower.match_indices(name).find_map(value).map(str::trim)
}

/// The number of `=` of a bracket that opens here: `[[`, `[=[`.
fn bracket(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('[')?;
    let equals = rest.bytes().take_while(|&byte| byte == b'=').count();
    rest[equals..].starts_with('[').then_some(equals)
}

/// Whether a line of a makefile begins a definition of several lines.
fn defines(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|word| matches!(*word, "override" | "export" | "private"));
    !line.starts_with('\t') && words.next() == Some("define")
}

/// The bytes before the quote that closes, a backslash before it aside.
fn end_of_quote(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let closes = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    })
}

/// The words that end the heredocs of a command, and whether tabs may stand before each: `<<EOF`, `<<-"EOF"`.
fn heredocs(command: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    for (at, _) in command.match_indices("<<") {
        let rest = &command[at + 2..];
        if command[..at].ends_with('<') || rest.starts_with('<') {
            continue;
        }
        let tabs = rest.starts_with('-');
        let word = rest.trim_start_matches('-').trim_start_matches(['"', '\'']);
        let length = word.find(|c: char| !(c.is_alphanumeric() || "_.-".contains(c))).unwrap_or(word.len());
        if length > 0 {
            found.push((&word[..length], tabs));
        }
    }
    found
}
