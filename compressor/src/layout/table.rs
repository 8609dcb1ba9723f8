//! Markdown tables without their padding. Cells stay byte for byte; the row of dashes keeps its colons.

use std::ops::Range;

use crate::draft::Part;
use crate::segment::{cells, content, is_delimiter};
use crate::tokens::{Counter, Tokenizer};

/// A header, a row of dashes and the rows below, in the cheapest of their equal forms.
pub(super) fn parts(text: &str, range: Range<usize>, tokenizer: Tokenizer) -> Vec<Part> {
    let mut counter = Counter::new(tokenizer);
    let mut cheapest = |forms: &[String], longest: usize| {
        let fitting = forms.iter().filter(|form| form.len() <= longest);
        fitting.min_by_key(|form| counter.count(form)).or(forms.first()).cloned().unwrap_or_default()
    };
    let rows: Vec<&str> = text[range.clone()].split_inclusive('\n').collect();
    let rule = rows.iter().position(|row| is_delimiter(row)).unwrap_or(rows.len());
    let (header, rest) = rows.split_at(rule);
    let (rule, body) = rest.split_at(rest.len().min(1));
    let cells: Vec<&str> = header.iter().chain(body).copied().collect();
    let (tight, wide) = (rendered(&cells, ""), rendered(&cells, " "));
    let longest = cells.iter().map(|row| row.len()).sum();
    let padding = if cheapest(&[tight, wide.clone()], longest) == wide { " " } else { "" };

    let mut parts = Vec::new();
    let mut at = range.start;
    let mut push = |rows: &[&str], fold: Option<String>| {
        let end = at + rows.iter().map(|row| row.len()).sum::<usize>();
        if end > at {
            parts.push(match fold {
                Some(text) => Part::Fold { source: at..end, text },
                None => Part::Fixed { source: at..end, text: rendered(rows, padding) },
            });
        }
        at = end;
    };
    push(header, None);
    push(rule, rule.first().map(|row| cheapest(&[dashes(row, 1), dashes(row, 3), dashes(row, 2)], row.len())));
    push(body, None);
    parts
}

/// Rows whose cells have this padding.
fn rendered(rows: &[&str], padding: &str) -> String {
    rows.iter().map(|row| with_cells(row, padding, str::to_owned)).collect()
}

/// The row of dashes, so many in each cell.
fn dashes(row: &str, count: usize) -> String {
    with_cells(row, "", |cell| {
        let left = if cell.starts_with(':') { ":" } else { "" };
        let right = if cell.ends_with(':') { ":" } else { "" };
        format!("{left}{}{right}", "-".repeat(count))
    })
}

/// A row with its indentation, outer bars and line end, and other cells.
fn with_cells(row: &str, padding: &str, change: impl Fn(&str) -> String) -> String {
    let trimmed = content(row);
    let start = row.find(trimmed).unwrap_or_default();
    let line_end = row.len() - row[start + trimmed.len()..].trim_start_matches([' ', '\t']).len();
    let mut out = String::with_capacity(row.len());
    out.push_str(&row[..start]);
    let inner = trimmed.strip_prefix('|');
    let opened = inner.is_some();
    let inner = inner.unwrap_or(trimmed);
    let closed = inner.ends_with('|') && !inner.ends_with("\\|");
    let count = cells(trimmed).count();
    for (index, cell) in cells(trimmed).enumerate() {
        if index > 0 || opened {
            out.push('|');
            out.push_str(padding);
        }
        out.push_str(&change(cell));
        let last = index + 1 == count;
        // An empty cell needs no padding on its other side.
        if (!last || closed) && !(cell.is_empty() && (index > 0 || opened)) {
            out.push_str(padding);
        }
    }
    if closed {
        out.push('|');
    }
    out.push_str(&row[line_end..]);
    out
}
