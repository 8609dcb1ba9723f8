//! Comments up to the end of the line, each line with a marker of its own.

use super::{Remark, outlined};
use crate::draft::{Part, Prose};
use crate::structural::outline::Token;
use crate::structural::passages::{self, Passage, Row};
use crate::structural::restate;

/// Adds the parts for line comments in a block.
pub(super) fn parts(remark: &Remark<'_>, tokens: &[Token], marker: &str, parts: &mut Vec<Part>) {
    let text = remark.text;
    let rows: Vec<Row> = tokens.iter().map(|token| Row::within(text, token.range.clone(), marker.len())).collect();
    let after = &remark.after;
    let mut from = remark.source.start;
    let mut before = remark.before.as_str();
    let passages = passages::split(text, &rows, remark.syntax.directives);
    if remark.outlined {
        return parts.push(outline(remark, &rows, &passages, marker));
    }
    for passage in passages {
        let rows = &rows[passage.rows];
        let source = from..rows.last().map_or(from, |row| row.raw.end);
        from = source.end;
        let lines = passages::lines(text, rows);
        let restated = || remark.signature.is_some_and(|signature| restate::restates(text, &lines, signature));
        // A backslash at its end would carry some languages' comments on to the next line.
        let exact = passage.exact || rows.iter().any(|row| text[row.raw.clone()].ends_with('\\'));
        parts.push(if exact {
            let raw: Vec<&str> = rows.iter().map(|row| &text[row.raw.clone()]).collect();
            Part::Fixed { source, text: format!("{before}{}{after}", raw.join(&remark.newline)) }
        } else if lines.is_empty() || restated() {
            Part::Fold { source, text: String::new() }
        } else {
            Part::Prose(Prose {
                source,
                open: format!("{before}{marker} "),
                close: after.clone(),
                when_empty: String::new(),
                line_break: format!("{}{marker} ", remark.newline),
                lines,
                comment: true,
            })
        });
        if after.is_empty() {
            before = &remark.newline;
        }
    }
}

/// What a skeleton has of them.
fn outline(remark: &Remark<'_>, rows: &[Row], passages: &[Passage], marker: &str) -> Part {
    let lines = outlined::lines(remark, rows, passages);
    if lines.is_empty() {
        return outlined::nothing(remark, String::new());
    }
    Part::Prose(Prose {
        source: remark.source.clone(),
        open: format!("{}{marker} ", remark.before),
        close: remark.after.clone(),
        when_empty: String::new(),
        line_break: format!("{}{marker} ", remark.newline),
        lines,
        comment: true,
    })
}
