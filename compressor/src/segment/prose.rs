//! Lines of running text, and which of them begin something.
//!
//! Invariants
//! - the lines are those of the range, trimmed, without the blank ones (`segment::tests::prose_lines_*`).

use std::ops::Range;

use super::line::{self, Line};
use crate::draft;

/// No one wraps text beyond this width: longer lines are paragraphs of their own.
const WIDEST_WRAP: usize = 140;

/// Nor before this width: shorter lines are records.
const NARROWEST_WRAP: usize = 40;

/// The lines of a prose segment, each without its indentation and trailing space. A line `starts` when it begins a
/// paragraph, heading, list item, quote or record; otherwise it goes on where the line before was wrapped.
#[must_use]
pub fn lines(text: &str, range: Range<usize>) -> Vec<draft::Line> {
    let mut out = Vec::new();
    let mut paragraph: Vec<Line<'_>> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let line = Line::at(text, at, range.end);
        at = line.next;
        if line.is_blank() {
            flush(&mut paragraph, &mut out);
        } else {
            paragraph.push(line);
        }
    }
    flush(&mut paragraph, &mut out);
    out
}

/// Adds the lines of a paragraph, which knows its width as a whole.
fn flush(paragraph: &mut Vec<Line<'_>>, out: &mut Vec<draft::Line>) {
    let widths: Vec<usize> = paragraph.iter().map(|line| line.text.trim_end().chars().count()).collect();
    let wrap = widths.iter().copied().filter(|&width| width <= WIDEST_WRAP).max().unwrap_or(0);
    // Where a line ends although the next word had fitted, nobody wrapped it; some do so now and then within a paragraph.
    let room = |index: usize| {
        widths[index - 1] + 1 + first_word(paragraph[index].text.trim()) <= wrap || widths[index - 1] > WIDEST_WRAP
    };
    let breaks = paragraph.len().saturating_sub(1);
    let records = wrap < NARROWEST_WRAP || 2 * (1..=breaks).filter(|&index| room(index)).count() > breaks;
    for (index, line) in paragraph.iter().enumerate() {
        let trimmed = line.text.trim();
        let start = line.start + (line.text.len() - line.text.trim_start().len());
        let starts = index == 0 || begins(trimmed) || {
            let before = paragraph[index - 1].text;
            ends_its_line(before) || (records && !goes_on(before, trimmed))
        };
        out.push(draft::Line { text: start..start + trimmed.len(), starts });
    }
    paragraph.clear();
}

fn first_word(text: &str) -> usize {
    text.split_whitespace().next().map_or(0, |word| word.chars().count())
}

/// Whether a line goes on within the sentence of the line before.
fn goes_on(before: &str, trimmed: &str) -> bool {
    let open = !before.trim_end().ends_with(['.', '!', '?', ':', ';', '|']);
    open && trimmed.starts_with(char::is_lowercase)
}

/// Whether a line begins something by its first characters.
fn begins(trimmed: &str) -> bool {
    line::is_heading(trimmed)
        || line::is_rule(trimmed)
        || trimmed.starts_with('>')
        || trimmed.starts_with('<')
        || trimmed.starts_with('|')
        || trimmed.starts_with('–')
        || (trimmed.starts_with('[') && trimmed.contains("]:"))
        || line::after_list_marker(trimmed).is_some()
}

/// Whether nothing can go on after the line: a heading, a rule, or a break in the manner of Markdown.
fn ends_its_line(line: &str) -> bool {
    let trimmed = line.trim();
    line.ends_with("  ") || trimmed.ends_with('\\') || line::is_heading(trimmed) || line::is_rule(trimmed)
}
