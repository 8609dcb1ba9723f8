//! Comments and docstrings between a marker that opens and one that closes.

use std::ops::Range;

use super::{Remark, outlined};
use crate::draft::{Line, Part, Prose};
use crate::structural::passages::{self, Row};
use crate::structural::restate;

/// A text between two markers.
struct Bracketed {
    /// Bytes of the opening marker.
    open: Range<usize>,
    /// Bytes of the closing marker.
    close: Range<usize>,
    /// Stands between the opening marker and the words.
    space_after_open: &'static str,
    /// Stands between the words and the closing marker.
    space_before_close: &'static str,
    /// Begins a new line of words.
    line_break: &'static str,
    /// Written where no word is kept.
    when_empty: String,
    rows: Vec<Row>,
}

/// Adds the parts for a comment between markers.
pub(super) fn comment(remark: &Remark<'_>, range: Range<usize>, parts: &mut Vec<Part>) {
    let comment = &remark.text[range.clone()];
    let marked = |(open, close): &&(&str, &str)| {
        comment.len() >= open.len() + close.len() && comment.starts_with(open) && comment.ends_with(close)
    };
    let markers = remark.rules.block_markers.iter().find(marked);
    let Some((open, close)) = markers.filter(|(open, close)| {
        // A marker among the words would open or close another comment, once its partner is dropped.
        let inner = &comment[open.len()..comment.len() - close.len()];
        ![open, close].into_iter().any(|marker| inner.contains(marker.trim_ascii()))
            && !inner.contains("/*")
            && !inner.contains("*/")
    }) else {
        return parts.push(as_it_is(remark, range));
    };
    let inner = range.start + open.len()..range.end - close.len();
    let close_breaks = close.starts_with('\n');
    let bracketed = Bracketed {
        rows: passages::rows(remark.text, inner.clone(), Some('*')),
        open: range.start..inner.start,
        close: inner.end..range.end,
        space_after_open: " ",
        space_before_close: if close_breaks { "" } else { " " },
        line_break: "\n",
        when_empty: String::new(),
    };
    bracketed.write(remark, parts);
}

/// Adds the parts for a docstring.
pub(super) fn docstring(remark: &Remark<'_>, range: Range<usize>, alone: bool, parts: &mut Vec<Part>) {
    let text = &remark.text[range.clone()];
    let prefix = text.find(['"', '\'']).unwrap_or_default();
    let quote = if text[prefix..].starts_with('"') { '"' } else { '\'' };
    let quotes = text[prefix..].chars().take_while(|&c| c == quote).count();
    // Two quotes and no more are an empty string.
    let quotes = if quotes >= 3 { 3 } else { 1 };
    if text.len() < prefix + 2 * quotes {
        return parts.push(as_it_is(remark, range));
    }
    let inner = range.start + prefix + quotes..range.end - quotes;
    let raw = text[..prefix].contains(['r', 'R']);
    let mut rows = passages::rows(remark.text, inner.clone(), None);
    if !raw {
        for row in &mut rows {
            row.drop_continuation(remark.text);
        }
    }
    let words = || rows.iter().flat_map(|row| remark.text[row.content.clone()].split_whitespace());
    if words().any(|word| word.ends_with('\\')) {
        return parts.push(as_it_is(remark, range));
    }
    let spaced = |touches: bool| if touches { " " } else { "" };
    let bracketed = Bracketed {
        open: range.start..inner.start,
        close: inner.end..range.end,
        space_after_open: spaced(words().any(|word| word.starts_with(quote))),
        space_before_close: spaced(words().any(|word| word.ends_with(quote))),
        line_break: if quotes == 3 { "\n" } else { " " },
        when_empty: if alone { format!("{}\"\"", remark.before) } else { String::new() },
        rows,
    };
    bracketed.write(remark, parts);
}

/// A remark that cannot be cut into words: it stays or goes as a whole.
fn as_it_is(remark: &Remark<'_>, range: Range<usize>) -> Part {
    let is_statement = remark.text[range.clone()].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\''));
    if remark.outlined && !is_statement {
        outlined::nothing(remark, String::new())
    } else {
        remark.exact(std::iter::once(range))
    }
}

impl Bracketed {
    fn write(self, remark: &Remark<'_>, parts: &mut Vec<Part>) {
        let text = remark.text;
        let passages = passages::split(text, &self.rows, remark.rules.directives);
        if remark.outlined {
            let lines = outlined::lines(remark, &self.rows, &passages);
            return parts.push(self.prose(remark, lines));
        }
        if passages.iter().all(|passage| !passage.exact) {
            let lines = passages::lines(text, &self.rows);
            return parts.push(self.prose(remark, lines));
        }
        if passages.len() == 1 || self.line_break == " " {
            return parts.push(remark.exact(std::iter::once(self.open.start..self.close.end)));
        }
        let fixed = |source: Range<usize>, text: String| Part::Fixed { source, text };
        let opening = format!("{}{}", remark.before, &text[self.open.clone()]);
        parts.push(fixed(remark.source.start..self.open.end, opening));
        let mut from = self.open.end;
        for (index, passage) in passages.iter().enumerate() {
            let rows = &self.rows[passage.rows.clone()];
            let source = from..rows.last().map_or(from, |row| row.raw.end);
            from = source.end;
            let open = if index == 0 { self.space_after_open } else { "\n" };
            if passage.exact {
                let raw: Vec<&str> = rows.iter().map(|row| &text[row.raw.clone()]).collect();
                // After an example its blank line, so that what follows is not read as its outcome.
                let is_apart =
                    passages.get(index + 1).is_some_and(|next| self.rows[next.rows.start].content.is_empty());
                let blank = if is_apart { "\n" } else { "" };
                parts.push(fixed(source, format!("{open}{}{blank}", raw.join("\n"))));
                continue;
            }
            let lines = passages::lines(text, rows);
            parts.push(if lines.is_empty() {
                Part::Fold { source, text: String::new() }
            } else {
                Part::Prose(Prose {
                    source,
                    open: open.to_owned(),
                    close: String::new(),
                    when_empty: String::new(),
                    line_break: self.line_break.to_owned(),
                    lines,
                    comment: true,
                })
            });
        }
        let close = text[self.close.clone()].trim_ascii_start();
        // Bullets without words before the end go.
        let bullets = !text[from..self.close.start].trim().is_empty();
        if bullets {
            parts.push(Part::Fold { source: from..self.close.start, text: String::new() });
            from = self.close.start;
        }
        parts.push(fixed(from..self.close.end, format!("\n{close}{}", remark.after)));
    }

    /// These lines of it, if they say anything.
    fn prose(self, remark: &Remark<'_>, lines: Vec<Line>) -> Part {
        let text = remark.text;
        let source = remark.source.clone();
        if remark.outlined && lines.is_empty() {
            return outlined::nothing(remark, self.when_empty);
        }
        let restated = || remark.signature.is_some_and(|signature| restate::restates(text, &lines, signature));
        if lines.is_empty() || restated() {
            return Part::Fold { source, text: self.when_empty };
        }
        Part::Prose(Prose {
            source,
            open: format!("{}{}{}", remark.before, &text[self.open], self.space_after_open),
            close: format!("{}{}{}", self.space_before_close, &text[self.close], remark.after),
            when_empty: self.when_empty,
            line_break: self.line_break.to_owned(),
            lines,
            comment: true,
        })
    }
}
