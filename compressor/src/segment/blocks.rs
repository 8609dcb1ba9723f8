//! Walks the lines of a text and asks each recognizer whether a block begins.
//!
//! Deliberately absent: what a block looks like; each recognizer knows its own.

use super::fence::{self, Fence, Inside};
use super::line::{self, Line};
use super::{Format, Kind, Segment, code, delimited, diff, json, log, output, session, table, trace};

/// Segments in the making: they tile the text up to `at`.
pub(super) struct Tiles<'a> {
    text: &'a str,
    at: usize,
    segments: Vec<Segment>,
}

impl<'a> Tiles<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, segments: Vec::new() }
    }

    /// Everything up to `end` is of this kind. Neighbours that are both prose or both verbatim become one.
    pub(super) fn push(&mut self, end: usize, kind: Kind) {
        if end <= self.at {
            return;
        }
        let blank = kind == Kind::Prose && self.text[self.at..end].trim().is_empty();
        let kind = if blank { Kind::Verbatim } else { kind };
        match self.segments.last_mut() {
            Some(last) if last.kind == kind && matches!(kind, Kind::Prose | Kind::Verbatim) => last.range.end = end,
            _ => self.segments.push(Segment { range: self.at..end, kind }),
        }
        self.at = end;
    }

    pub(super) fn finish(self) -> Vec<Segment> {
        debug_assert_eq!(self.at, self.text.len(), "the segments tile the text");
        self.segments
    }
}

/// How many fences of Markdown within Markdown are opened; what lies deeper is prose.
const DEEPEST: usize = 4;

/// What the line before leaves open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing: a blank line, a heading or the text's begin. A paragraph begins here.
    Blank,
    /// Something was announced: the line ends with a colon.
    Colon,
    /// A paragraph may go on.
    Text,
}

/// Walks one stretch of Markdown or plain text.
pub(super) struct Scanner<'a> {
    text: &'a str,
    end: usize,
    depth: usize,
    /// Whether indentation continues a list item here.
    in_list: bool,
    before: Before,
    json: json::Finder,
    /// What failed as a log, or as an indented block, is not tried again before this byte.
    plain_until: usize,
    comments_close: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, end: usize) -> Self {
        Self {
            text,
            end,
            depth: 0,
            in_list: false,
            before: Before::Blank,
            json: json::Finder::new(end),
            plain_until: 0,
            comments_close: true,
        }
    }

    /// Tiles everything from `start` to the scanner's end.
    pub(super) fn scan(mut self, start: usize, tiles: &mut Tiles<'a>) {
        let mut at = start;
        while at < self.end {
            let line = Line::at(self.text, at, self.end);
            if line.is_blank() {
                self.before = Before::Blank;
                at = line.next;
                continue;
            }
            if let Some(fence) = fence::open(line) {
                at = self.fenced(&fence, line, tiles);
                self.before = Before::Text;
            } else if let Some((end, kind)) = self.block(line) {
                tiles.push(line.start, Kind::Prose);
                tiles.push(end, kind);
                at = end;
                self.before = Before::Text;
            } else {
                self.note(line);
                at = line.next;
            }
        }
        tiles.push(self.end, Kind::Prose);
    }

    fn block(&mut self, line: Line<'a>) -> Option<(usize, Kind)> {
        let (text, end) = (self.text, self.end);
        if line.start >= self.plain_until && log::begins(line.text.as_bytes()) {
            match log::run(text, line, end) {
                Ok(run) => return Some((run, Kind::Data(Format::Log))),
                Err(tried) => self.plain_until = tried,
            }
        }
        if let Some(comment) = self.comment(line) {
            return Some((comment, Kind::Verbatim));
        }
        if let Some(diff) = diff::block(text, line, end) {
            return Some((diff, Kind::Data(Format::Diff)));
        }
        if let Some(trace) = trace::block(text, line, end) {
            return Some((trace, Kind::Data(Format::StackTrace)));
        }
        if let Some(table) = table::block(text, line, end) {
            return Some((table, Kind::Data(Format::Table)));
        }
        if let Some(session) = session::block(text, line, end) {
            return Some((session, Kind::Data(Format::Session)));
        }
        if let Some(output) = output::block(text, line, end) {
            return Some((output, Kind::Data(Format::Output)));
        }
        if let Some(json) = self.json.block(text, line, end) {
            return Some((json, Kind::Data(Format::Json)));
        }
        if let Some(rows) = delimited::block(text, line, end) {
            return Some((rows, Kind::Data(Format::Delimited)));
        }
        if self.before == Before::Blank && !self.in_list && line.indent() >= 4 && line.start >= self.plain_until {
            match code::indented(text, line, end) {
                Ok((code, language)) => return Some((code, Kind::Code(language))),
                Err(tried) => self.plain_until = tried,
            }
        }
        if self.before != Before::Text && !self.in_list && line.start >= self.plain_until {
            return code::unfenced(text, line, end).map(|(code, language)| (code, Kind::Code(language)));
        }
        None
    }

    /// The end of a comment of Markdown that begins with this line, the rest of its last line included.
    fn comment(&mut self, line: Line<'a>) -> Option<usize> {
        if !self.comments_close || line.indent() >= 4 || !line.text.trim_start().starts_with("<!--") {
            return None;
        }
        let Some(offset) = memchr::memmem::find(&self.text.as_bytes()[line.start..self.end], b"-->") else {
            self.comments_close = false;
            return None;
        };
        Some(Line::at(self.text, line.start + offset, self.end).next)
    }

    /// Tiles a fence, what it holds and its closing line; gives the end.
    fn fenced(&mut self, fence: &Fence<'_>, line: Line<'a>, tiles: &mut Tiles<'a>) -> usize {
        tiles.push(line.start, Kind::Prose);
        tiles.push(line.next, Kind::Verbatim);
        let (inner, after) = fence.close(self.text, line.next, self.end);
        match fence.inside() {
            Inside::Is(Kind::Code(_)) if session::begins(&self.text[line.next..inner]) => {
                tiles.push(inner, Kind::Data(Format::Session));
            }
            Inside::Is(kind) => tiles.push(inner, kind),
            Inside::Markdown if self.depth < DEEPEST => {
                Self { depth: self.depth + 1, ..Self::new(self.text, inner) }.scan(line.next, tiles);
            }
            Inside::Markdown => tiles.push(inner, Kind::Prose),
            Inside::Untold => {
                let kind = self.untold(line.next, inner);
                tiles.push(inner, kind);
            }
        }
        tiles.push(after, Kind::Verbatim);
        after
    }

    /// The kind of a fence without a tag: code or data by its content, else code of no known language, because whoever
    /// fenced it wants it left as it is.
    fn untold(&self, start: usize, end: usize) -> Kind {
        let body = &self.text[start..end];
        if session::begins(body) {
            return Kind::Data(Format::Session);
        }
        if let Some(kind) = code::whole(body) {
            return kind;
        }
        let visible = end - (body.len() - body.trim_end().len());
        let line = Line::at(self.text, start, end);
        let data = if let Some(Ok(run)) = log::begins(line.text.as_bytes()).then(|| log::run(self.text, line, end)) {
            Some((run, Format::Log))
        } else if let Some(run) = diff::block(self.text, line, end) {
            Some((run, Format::Diff))
        } else if let Some(run) = trace::block(self.text, line, end) {
            Some((run, Format::StackTrace))
        } else if let Some(run) = output::block(self.text, line, end) {
            Some((run, Format::Output))
        } else if let Some(run) = json::Finder::new(end).block(self.text, line, end) {
            Some((run, Format::Json))
        } else {
            delimited::block(self.text, line, end).map(|run| (run, Format::Delimited))
        };
        match data {
            Some((run, format)) if run >= visible => Kind::Data(format),
            _ => Kind::Code(None),
        }
    }

    /// Remembers what a line of prose means for the lines after it.
    fn note(&mut self, line: Line<'a>) {
        let trimmed = line.text.trim();
        if line::after_list_marker(trimmed).is_some() && !line::is_rule(trimmed) {
            self.in_list = true;
        } else if self.before == Before::Blank && line.indent() < 2 {
            self.in_list = false;
        }
        self.before = if line::is_heading(trimmed) {
            Before::Blank
        } else if trimmed.ends_with(':') {
            Before::Colon
        } else {
            Before::Text
        };
    }
}
