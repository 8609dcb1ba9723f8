//! Atoms that run over white space: quoted strings, backticks, error lines.

use std::sync::LazyLock;

use regex::Regex;

use super::{Atom, Category};

/// A longer quotation is speech: running text between quotes that stay paired.
const LONGEST: usize = 200;

/// Lines that report an error, from the report's first word to the end of the line.
pub(super) fn error_lines(text: &str) -> Vec<Atom> {
    static REPORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^[ \t>|]*((?:(?i:error|fatal|fatal error|panic|caused by)(?:\[\w+\])?:[ \t]|[A-Za-z_][\w.]*(?:Error|Exception|Panic)(?::[ \t]|$)|thread '[^'\n]*' panicked at|Traceback \(most recent call last\)).*?)[ \t]*\r?$")
            .expect("a constant")
    });
    REPORT
        .captures_iter(text)
        .filter_map(|found| found.get(1))
        .map(|line| Atom { category: Category::ErrorLine, range: line.range() })
        .collect()
}

/// Strings in quotes or backticks that begin and end within a line, outside of `taken`.
pub(super) fn quotes(text: &str, taken: &[Atom]) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut taken = taken.iter().peekable();
    let mut from = 0;
    while let Some(found) = text[from..].find(['"', '“', '«', '`', '\'', '‘', '„']) {
        let start = from + found;
        while taken.next_if(|atom| atom.range.end <= start).is_some() {}
        if let Some(atom) = taken.peek().filter(|atom| atom.range.start <= start) {
            from = atom.range.end;
            continue;
        }
        match close(text, start) {
            Some((end, category)) => {
                atoms.push(Atom { category, range: start..end });
                from = end;
            }
            None => from = start + text[start..].chars().next().map_or(1, char::len_utf8),
        }
    }
    atoms
}

/// The end of the quote that opens at `start`.
fn close(text: &str, start: usize) -> Option<(usize, Category)> {
    let open = text[start..].chars().next()?;
    let before = text[..start].chars().next_back();
    let after_open = start + open.len_utf8();
    let near = line_from(text, after_open);
    match open {
        '`' => {
            let ticks = text[start..].bytes().take_while(|&byte| byte == b'`').count();
            let inner = line_from(text, start + ticks);
            let end = inner.find(&"`".repeat(ticks))?;
            (end > 0).then_some((start + ticks + end + ticks, Category::Identifier))
        }
        // An apostrophe is no quote; neither is an inch mark after a digit.
        '\'' | '"' if open == '\'' && before.is_some_and(char::is_alphanumeric) => None,
        '"' if before.is_some_and(|char| char.is_ascii_digit()) => None,
        '\'' | '‘' => {
            let end_mark = if open == '\'' { '\'' } else { '’' };
            let end = near.char_indices().find(|&(offset, char)| {
                let next = near[offset + char.len_utf8()..].chars().next();
                char == end_mark && offset > 0 && !next.is_some_and(char::is_alphanumeric)
            });
            let (end, mark) = end?;
            let inner = &near[..end];
            (!inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace))
                .then_some((after_open + end + mark.len_utf8(), Category::Quote))
        }
        _ => {
            let marks: &[char] = match open {
                '“' => &['”', '"'],
                '«' => &['»'],
                '„' => &['“', '”'],
                _ => &['"'],
            };
            let end = near.find(marks)?;
            let mark = near[end..].chars().next()?;
            (end > 0 && near[..end].contains(|char: char| !char.is_whitespace()))
                .then_some((after_open + end + mark.len_utf8(), Category::Quote))
        }
    }
}

/// From an offset to the end of its line, and no further than a quotation may be long.
fn line_from(text: &str, offset: usize) -> &str {
    let rest = &text[offset..];
    let end = rest.char_indices().find(|&(at, char)| char == '\n' || at > LONGEST).map_or(rest.len(), |(at, _)| at);
    &rest[..end]
}
