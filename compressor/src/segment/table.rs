//! Markdown tables: a header row, a delimiter row of as many cells, and the rows below.

use super::line::Line;

/// What surrounds rows and cells without being part of them.
const PADDING: [char; 2] = [' ', '\t'];

/// The end of the table that begins with this line.
pub(super) fn block(text: &str, line: Line<'_>, end: usize) -> Option<usize> {
    if memchr::memchr(b'|', line.text.as_bytes()).is_none() || line.next >= end {
        return None;
    }
    let rule = Line::at(text, line.next, end);
    if !is_delimiter(rule.text) || cells(rule.text).count() != cells(line.text).count() {
        return None;
    }
    let mut at = rule.next;
    while at < end {
        let row = Line::at(text, at, end);
        if memchr::memchr(b'|', row.text.as_bytes()).is_none() || row.is_blank() {
            break;
        }
        at = row.next;
    }
    Some(at)
}

/// A row without its line end and indentation; of what this gives it is all there is.
pub(crate) fn content(row: &str) -> &str {
    row.strip_suffix('\n').unwrap_or(row).trim_matches([' ', '\t', '\r'])
}

/// Whether the row separates header and body: dashes with or without colons at their ends in every cell.
pub(crate) fn is_delimiter(row: &str) -> bool {
    let row = content(row);
    let shaped = row.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'));
    shaped
        && row.contains('|')
        && cells(row).all(|cell| {
            let dashes = cell.strip_prefix(':').unwrap_or(cell);
            let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
            !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
        })
}

/// The cells of a row without their padding. A bar after a backslash is part of its cell.
pub(crate) fn cells(row: &str) -> impl Iterator<Item = &str> {
    let row = content(row);
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = match row.strip_suffix('|') {
        Some(rest) if !rest.ends_with('\\') => rest,
        _ => row,
    };
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let row = rest?;
        let bytes = row.as_bytes();
        let bar = memchr::memchr_iter(b'|', bytes).find(|&index| index == 0 || bytes[index - 1] != b'\\');
        rest = bar.map(|index| &row[index + 1..]);
        let cell = bar.map_or(row, |index| &row[..index]);
        Some(cell.trim_matches(PADDING))
    })
}
