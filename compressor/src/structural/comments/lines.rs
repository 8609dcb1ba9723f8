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
    let passages = passages::split(text, &rows, remark.rules.directives);
    if remark.outlined {
        return parts.push(outline(remark, &rows, &passages, marker));
    }
    for passage in passages {
        // White space that ends no line may end a comment: what comes after the last row goes with it.
        let is_last = passage.rows.end == rows.len();
        let rows = &rows[passage.rows];
        let end = rows.last().map_or(from, |row| row.raw.end);
        let source = from..if is_last { remark.source.end } else { end };
        from = source.end;
        let lines = passages::lines(text, rows);
        let restated = || remark.signature.is_some_and(|signature| restate::restates(text, &lines, signature));
        // `#name = value`, as what is switched off is written: a space would cost a token. A mark there, as in `#:` and `#%%`,
        // may say something to a tool.
        let touching = rows.iter().filter(|row| row.touches_marker());
        let first = |row: &Row| text[row.content.clone()].chars().next();
        let marked = touching.clone().any(|row| is_worded(text, row) && first(row).is_some_and(is_mark));
        let marks = || {
            lines.iter().any(|line| text[line.text.clone()].split_whitespace().any(|word| word.starts_with(is_mark)))
        };
        let space = if touching.count() == rows.len() && !marks() { "" } else { " " };
        // A word that ends in a backslash could come to end the line, and carry the comment on to the next.
        let mut words = rows.iter().flat_map(|row| text[row.content.clone()].split_whitespace());
        let exact = passage.exact || marked || words.any(|word| word.ends_with('\\'));
        parts.push(if exact {
            let raw: Vec<&str> = rows.iter().map(|row| &text[row.raw.clone()]).collect();
            Part::Fixed { source, text: format!("{before}{}{after}", raw.join(&remark.newline)) }
        } else if lines.is_empty() || restated() {
            Part::Fold { source, text: String::new() }
        } else {
            Part::Prose(Prose {
                source,
                open: format!("{before}{marker}{space}"),
                close: after.clone(),
                when_empty: String::new(),
                line_break: format!("{}{marker}{space}", remark.newline),
                lines,
                comment: true,
            })
        });
        let written = !matches!(parts.last(), Some(Part::Fold { .. }));
        if after.is_empty() && written {
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

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
}

/// Whether a row says something in words; a ruler does not.
fn is_worded(text: &str, row: &Row) -> bool {
    text[row.content.clone()].contains(char::is_alphanumeric)
}
