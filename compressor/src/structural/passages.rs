//! Passages: what a comment or docstring says, in rows, and which rows stay as they are: examples, licences, notes to
//! tools, things left to do.
//!
//! Invariants
//! - the passages of a remark hold all its rows, in order;
//! - code in documentation stays exact, its margin aside (`python::docstrings::examples_in_docstrings_stay_exact`).

use std::ops::Range;

use super::notes::{self, Note};
use crate::draft::Line;

/// A line of a comment or docstring.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Bytes of its words: no marker, no white space around.
    pub(crate) content: Range<usize>,
    /// Bytes that are written where it stays as it is.
    pub(crate) raw: Range<usize>,
    /// White space between its marker, or the margin, and its words.
    indent: usize,
}

/// Rows that are treated alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) rows: Range<usize>,
    /// Whether they stay as they are.
    pub(crate) exact: bool,
}

impl Row {
    /// The row of a line whose first `marker` bytes are its marker.
    pub(crate) fn within(text: &str, line: Range<usize>, marker: usize) -> Self {
        let after = text[line.clone()].get(marker..).unwrap_or_default();
        let content = line.end - after.trim_start().len();
        let end = content + after.trim().len();
        Self {
            content: content..end,
            raw: line.start..end.max(line.start + marker),
            indent: after.len() - after.trim_start().len(),
        }
    }

    /// Whether its words begin right after its marker.
    pub(crate) fn touches_marker(&self) -> bool {
        self.indent == 0
    }

    /// Leaves out a backslash that carries the row on to the next line.
    pub(crate) fn drop_continuation(&mut self, text: &str) {
        let words = &text[self.content.clone()];
        if let Some(kept) = words.strip_suffix('\\').filter(|kept| !kept.ends_with('\\')) {
            self.content.end = self.content.start + kept.trim_end().len();
        }
    }
}

/// The rows between two markers, less their common margin, or less the `bullet` that each line begins with.
pub(crate) fn rows(text: &str, inner: Range<usize>, bullet: Option<char>) -> Vec<Row> {
    let mut lines = Vec::new();
    let mut from = inner.start;
    for line in text[inner].split('\n') {
        lines.push(from..from + line.trim_end().len());
        from += line.len() + 1;
    }
    let margin_of = |line: &Range<usize>| {
        let line = &text[line.clone()];
        line.len() - line.trim_start().len()
    };
    let written = |line: &&Range<usize>| !line.is_empty();
    let margin = lines.iter().skip(1).filter(written).map(margin_of).min().unwrap_or_default();
    let row = |(index, line): (usize, Range<usize>)| {
        let white = margin_of(&line);
        let code = line.start + white;
        if let Some(bullet) = bullet.filter(|&bullet| index > 0 && text[code..line.end].starts_with(bullet)) {
            return Row::within(text, code..line.end, bullet.len_utf8());
        }
        let margin = if index == 0 { white } else { margin.min(white) };
        // The margin may have been cut within a character only if it is not made of spaces and tabs.
        let raw = text.ceil_char_boundary(line.start + margin)..line.end;
        Row { content: code..line.end, raw, indent: white - margin }
    };
    let mut rows: Vec<Row> = lines.into_iter().enumerate().map(row).collect();
    while rows.last().is_some_and(|row| row.content.is_empty()) {
        rows.pop();
    }
    rows
}

/// The lines of running text in some rows; rulers and blank rows are left out.
pub(crate) fn lines(text: &str, rows: &[Row]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut before: Option<&Row> = None;
    for row in rows {
        let words = &text[row.content.clone()];
        if !words.contains(char::is_alphanumeric) {
            before = None;
            continue;
        }
        let starts = before.is_none_or(|before| {
            let before_words = &text[before.content.clone()];
            before_words.ends_with(':') || before_words.starts_with('#') || row.indent < before.indent || is_item(words)
        });
        lines.push(Line { text: row.content.clone(), starts });
        before = Some(row);
    }
    lines
}

/// Whether a line begins an item of a list, a field or an entry of a section: `- x`, `2. x`, `:param x:`, `@x`, `name (int): x`.
fn is_item(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let bullet = matches!(first, "-" | "*" | "+" | "•" | "o");
    let numbered = first.len() <= 4
        && first.ends_with(['.', ')'])
        && first.trim_start_matches('(').starts_with(|c: char| c.is_ascii_digit());
    let field = words.starts_with([':', '@', '\\', '#']);
    let head = words.get(..words.len().min(ENTRY)).unwrap_or(words);
    let entry = head.split_once(':').is_some_and(|(name, _)| {
        let name = name.trim_end();
        let bare = name.split_once(" (").map_or(name, |(name, _)| name);
        !bare.is_empty() && !bare.contains([' ', '[', '('])
    });
    bullet || numbered || field || entry
}

/// Bytes in which the colon of an entry must stand.
const ENTRY: usize = 48;

/// Cuts rows into passages.
pub(crate) fn split(text: &str, rows: &[Row], directives: &[&str]) -> Vec<Passage> {
    let exact = exact_rows(text, rows, directives);
    let mut passages: Vec<Passage> = Vec::new();
    for (index, exact) in exact.into_iter().enumerate() {
        match passages.last_mut() {
            Some(last) if last.exact == exact => last.rows.end = index + 1,
            _ => passages.push(Passage { rows: index..index + 1, exact }),
        }
    }
    passages
}

/// What keeps the rows after it exact, and until when.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeping {
    Nothing,
    /// Until the fence that closes.
    Fence,
    /// Until a blank row.
    Paragraph,
    /// Until a heading.
    Section,
    /// Until a row that is indented no more than this.
    Example(usize),
    /// Until the end.
    Rest,
}

fn exact_rows(text: &str, rows: &[Row], directives: &[&str]) -> Vec<bool> {
    let mut exact = vec![false; rows.len()];
    let mut keeping = Keeping::Nothing;
    let mut paragraph = 0;
    // The last row of words that is not exact, and whether a blank row came since.
    let mut prose: Option<&Row> = None;
    let mut blank = true;
    for (index, row) in rows.iter().enumerate() {
        let words = &text[row.content.clone()];
        if words.is_empty() {
            if keeping == Keeping::Paragraph {
                keeping = Keeping::Nothing;
            }
            blank = true;
            paragraph = index + 1;
            continue;
        }
        if matches!(keeping, Keeping::Example(margin) if row.indent <= margin) {
            keeping = Keeping::Nothing;
        }
        if keeping == Keeping::Section && words.starts_with('#') {
            keeping = Keeping::Nothing;
        }
        let note = notes::find(words);
        let fence = words.starts_with("```") || words.starts_with("~~~");
        if keeping == Keeping::Nothing {
            let example = prose.filter(|prose| {
                let literal = text[prose.content.clone()].ends_with("::");
                blank && (literal && row.indent > prose.indent || row.indent >= prose.indent + 4)
            });
            keeping = if fence {
                Keeping::Fence
            } else if note == Some(Note::Section) {
                Keeping::Section
            } else if words.starts_with(">>>") || note == Some(Note::Paragraph) || is_table(words) {
                Keeping::Paragraph
            } else {
                example.map_or(Keeping::Nothing, |prose| Keeping::Example(prose.indent))
            };
        } else if fence && keeping == Keeping::Fence {
            keeping = Keeping::Nothing;
            exact[index] = true;
        }
        let lower = words.to_lowercase();
        let raw = &text[row.raw.clone()];
        let marker = raw.len().saturating_sub(words.len());
        let with_marker = |mark: &str| mark.len() > marker && raw.starts_with(mark);
        let directive = directives.iter().any(|mark| lower.starts_with(mark) || with_marker(mark));
        exact[index] |= keeping != Keeping::Nothing || directive || note == Some(Note::Row);
        if directive && words.ends_with(':') {
            // What it announces is for the same tool: the output that a test expects.
            keeping = Keeping::Rest;
        }
        if note == Some(Note::WholeParagraph) {
            exact[paragraph..=index].fill(true);
            keeping = Keeping::Paragraph;
        }
        if !exact[index] {
            prose = Some(row);
        }
        blank = false;
    }
    // Blank rows within an example belong to it.
    let mut from = None;
    for index in 0..rows.len() {
        if rows[index].content.is_empty() {
            continue;
        }
        if let Some(from) = from.filter(|&from: &usize| exact[from] && exact[index]) {
            exact[from..index].fill(true);
        }
        from = Some(index);
    }
    exact
}

/// Whether a row belongs to a table: cells between bars, or rulers side by side.
fn is_table(words: &str) -> bool {
    let ruler = |word: &str| word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'=' | b'-' | b'+'));
    let rulers = words.split_whitespace().count() > 1 && words.split_whitespace().all(ruler);
    rulers || words.starts_with("+-") || words.starts_with("+=") || (words.starts_with('|') && words.ends_with('|'))
}
