//! Fenced code of Markdown: opening and closing lines, and what the tag says about the inside.
//!
//! After `CommonMark` 0.31, section 4.5, but a fence may be indented however deep, as those in list items are.

use super::line::{self, Line};
use super::{Format, Kind};
use crate::language::Language;

/// An opening fence.
#[derive(Debug)]
pub(super) struct Fence<'a> {
    mark: u8,
    length: usize,
    info: &'a str,
}

/// What a tag says about the inside.
pub(super) enum Inside {
    Is(Kind),
    /// To be read as the text around the fence.
    Markdown,
    /// Nothing.
    Untold,
}

/// The fence that a line opens, after a list marker perhaps.
pub(super) fn open(line: Line<'_>) -> Option<Fence<'_>> {
    let trimmed = line.text.trim_start();
    let trimmed = match trimmed.as_bytes().first()? {
        b'`' | b'~' => trimmed,
        b'-' | b'*' | b'+' | b'0'..=b'9' => line::after_list_marker(trimmed)?.trim_start(),
        _ => return None,
    };
    let mark = *trimmed.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let length = trimmed.bytes().take_while(|&byte| byte == mark).count();
    let info = trimmed[length..].trim();
    (length >= 3 && !(mark == b'`' && info.contains('`'))).then_some(Fence { mark, length, info })
}

/// What closes the fence that a text leaves open.
pub(crate) fn left_open(text: &str) -> Option<String> {
    let mut at = 0;
    while at < text.len() {
        let line = Line::at(text, at, text.len());
        at = line.next;
        if let Some(fence) = open(line) {
            let (inner, after) = fence.close(text, at, text.len());
            if inner == after {
                return Some(char::from(fence.mark).to_string().repeat(fence.length));
            }
            at = after;
        }
    }
    None
}

impl Fence<'_> {
    /// Where the inside ends and where the closing line ends; an unclosed fence runs to `end`.
    pub(super) fn close(&self, text: &str, from: usize, end: usize) -> (usize, usize) {
        let mut at = from;
        while at < end {
            let line = Line::at(text, at, end);
            let trimmed = line.text.trim();
            if trimmed.len() >= self.length && trimmed.bytes().all(|byte| byte == self.mark) {
                return (line.start, line.next);
            }
            at = line.next;
        }
        (end, end)
    }

    /// What the tag says.
    pub(super) fn inside(&self) -> Inside {
        let tag = self.info.trim_start_matches(['{', '.', '#', ' ']);
        let tag = tag.split([' ', '\t', ',', '{', '}', ':', ';']).next().unwrap_or_default().to_ascii_lowercase();
        match tag.as_str() {
            "" => Inside::Untold,
            tag if is_prose(tag) => Inside::Markdown,
            tag => Inside::Is(kind_of(tag).unwrap_or(Kind::Code(None))),
        }
    }
}

fn is_prose(name: &str) -> bool {
    matches!(
        name,
        "markdown" | "md" | "mdx" | "gfm" | "text" | "txt" | "none" | "plain" | "plaintext" | "nohighlight" | "rst"
    )
}

/// The kind of a whole text of that name; `None` for prose and for names that nobody knows.
pub(super) fn kind_of(name: &str) -> Option<Kind> {
    match name {
        "notebook" | "json" | "jsonl" | "ndjson" | "jsonc" | "json5" | "geojson" => Some(Kind::Data(Format::Json)),
        "diff" | "patch" | "udiff" => Some(Kind::Data(Format::Diff)),
        "csv" | "tsv" | "psv" => Some(Kind::Data(Format::Delimited)),
        "log" | "logs" => Some(Kind::Data(Format::Log)),
        "output" => Some(Kind::Data(Format::Output)),
        "traceback" | "pytb" | "stacktrace" => Some(Kind::Data(Format::StackTrace)),
        name if is_prose(name) => None,
        name => match Language::from_name(name)? {
            language if language.name() == "console" => Some(Kind::Data(Format::Session)),
            language => Some(Kind::Code(Some(language))),
        },
    }
}
