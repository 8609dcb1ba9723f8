//! Long tables: the first and the last rows stay, and between them stands how many there are.
//!
//! Invariants
//! - the rows that stand there and the announced ones are all there were (`delimited::tests::counts_are_true`).

use std::ops::Range;

use crate::draft::{Form, Part, Rewritten};
use crate::layout::delimited;
use crate::policy::Level;
use crate::tokens::{Counter, Tokenizer};

/// A row with its line end.
struct Row {
    /// Bytes of the document.
    source: Range<usize>,
    /// What is written for it: the same, white space aside.
    text: String,
}

/// The parts of delimited rows, the header among the first.
pub(super) fn of_records(text: &str, range: Range<usize>, level: Level, tokenizer: Tokenizer) -> Vec<Part> {
    let rows = delimited::rows(text, range).into_iter().map(|(source, text)| Row { source, text });
    parts(&rows.collect::<Vec<Row>>(), level, tokenizer)
}

/// The parts of a Markdown table that was laid out, its rows the last of them.
pub(super) fn of_table(text: &str, mut laid_out: Vec<Part>, level: Level, tokenizer: Tokenizer) -> Vec<Part> {
    let Some(Part::Fixed { source, text: written }) = laid_out.pop_if(|last| matches!(last, Part::Fixed { .. })) else {
        return laid_out;
    };
    let mut at = source.start;
    let lines = text[source].split_inclusive('\n').zip(written.split_inclusive('\n'));
    let row = |(line, written): (&str, &str)| {
        let start = at;
        at += line.len();
        Row { source: start..at, text: written.to_owned() }
    };
    let rows: Vec<Row> = lines.map(row).collect();
    laid_out.extend(parts(&rows, level, tokenizer));
    laid_out
}

/// The parts of some rows.
fn parts(rows: &[Row], level: Level, tokenizer: Tokenizer) -> Vec<Part> {
    let (first, last) = if level < Level::Skeleton { (6, 2) } else { (2, 1) };
    // What is not longer than what stays is no long table.
    let within = first..rows.len().saturating_sub(last).max(first);
    let left_out = &rows[within.start.min(rows.len())..within.end.min(rows.len())];
    let Some((begin, end)) = left_out.first().zip(left_out.last()).filter(|_| left_out.len() > first + last) else {
        return fixed(rows).into_iter().collect();
    };
    let source = begin.source.start..end.source.end;
    let line_end = if end.text.ends_with("\r\n") { "\r\n" } else { "\n" };
    let text = format!("... {} rows{line_end}", left_out.len());
    let whole: String = left_out.iter().map(|row| row.text.as_str()).collect();
    let mut counter = Counter::new(tokenizer);
    if counter.count(&text) >= counter.count(&whole) {
        return fixed(rows).into_iter().collect();
    }
    let marker = Part::Rewritten(Rewritten { dropped: vec![source.clone()], source, text, form: Form::Elided });
    fixed(&rows[..within.start]).into_iter().chain([marker]).chain(fixed(&rows[within.end..])).collect()
}

fn fixed(rows: &[Row]) -> Option<Part> {
    let (first, last) = rows.first().zip(rows.last())?;
    let source = first.source.start..last.source.end;
    Some(Part::Fixed { source, text: rows.iter().map(|row| row.text.as_str()).collect() })
}
