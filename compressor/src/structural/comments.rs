//! Comments and docstrings: which of them become prose for the tagger, which stay as they are, which go at once.
//!
//! Invariants
//! - whichever words of the prose are kept, the code around it reads the same: markers belong to the prose and come and
//!   go with it, and a text whose words could end it early stays as it is
//!   (`properties::any_words_of_the_comments_may_be_kept`);
//! - the sources of the parts tile the bytes from the code before the first remark to the end of the last.
//!
//! Deliberately absent: which words are kept, which the tagger decides.

mod bracketed;
mod lines;
mod outlined;

use std::ops::Range;

use super::indentation::Indentation;
use super::outline::{Kind, Outline, Token};
use super::spacing::wants_space;
use crate::draft::Part;
use crate::language::CommentRules;

/// Where remarks stand among the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before all code.
    Head,
    /// Where the next line of code begins with a line break that stays.
    Line,
    /// Where the code goes on in the same line if the remark goes.
    Within,
}

/// The comments and docstrings between two tokens of code.
pub(crate) struct Remarks<'a> {
    pub(crate) text: &'a str,
    pub(crate) outline: &'a Outline,
    pub(crate) rules: CommentRules,
    pub(crate) indentation: &'a Indentation,
    /// Which tokens they are.
    pub(crate) tokens: Range<usize>,
    /// The end of the code before them.
    pub(crate) from: usize,
    pub(crate) place: Place,
    /// The token of code after them.
    pub(crate) next: Option<usize>,
    /// Whether no more stays of them than a skeleton has.
    pub(crate) outlined: bool,
    /// Whether a space beside them means something.
    pub(crate) is_told_by_space: bool,
}

/// One comment, one docstring, or line comments in a block.
struct Remark<'a> {
    text: &'a str,
    rules: CommentRules,
    /// Bytes from the end of what was written before it to its own end.
    source: Range<usize>,
    /// Written before its first marker.
    before: String,
    /// Begins a new line within it, before a marker if each line has one.
    newline: String,
    /// Written after its last marker: what parts it from the code that goes on.
    after: String,
    /// The definition that it documents, up to its body.
    signature: Option<&'a str>,
    /// Whether no more stays of it than a skeleton has.
    outlined: bool,
    /// Whether a skeleton has the first sentence of it: it documents, or stands beside code.
    stays_outlined: bool,
}

impl Remark<'_> {
    /// The comments as they stand.
    fn exact(&self, rows: impl Iterator<Item = Range<usize>>) -> Part {
        let rows: Vec<&str> = rows.map(|row| &self.text[row]).collect();
        let text = format!("{}{}{}", self.before, rows.join(&self.newline), self.after);
        Part::Fixed { source: self.source.clone(), text }
    }
}

/// The parts that stand for the remarks.
pub(crate) fn parts(remarks: &Remarks<'_>) -> Vec<Part> {
    let tokens = &remarks.outline.tokens;
    let mut parts = Vec::new();
    let mut from = remarks.from;
    let mut index = remarks.tokens.start;
    while let Some(token) = tokens.get(index).filter(|_| index < remarks.tokens.end) {
        let marker = line_marker(remarks, token);
        if !remarks.text[from..token.range.start].trim_ascii().is_empty() {
            // A backslash that would have carried the code on past the comment.
            parts.push(Part::Fold { source: from..token.range.start, text: String::new() });
            from = token.range.start;
        }
        let end = marker.map_or(index + 1, |marker| remarks.end_of_block(index, marker));
        let to = tokens[end - 1].range.end;
        let remark = remarks.remark(index, end, from..to);
        if remarks.is_code(end) {
            parts.push(remark.exact(tokens[index..end].iter().map(|token| token.range.clone())));
            from = to;
            index = end;
            continue;
        }
        match (&token.kind, marker) {
            (Kind::Docstring { alone, .. }, _) => {
                bracketed::docstring(&remark, token.range.clone(), *alone, &mut parts);
            }
            (_, Some(marker)) => lines::parts(&remark, &tokens[index..end], marker, &mut parts),
            (_, None) => bracketed::comment(&remark, token.range.clone(), &mut parts),
        }
        from = to;
        index = end;
    }
    parts
}

/// What begins the comment, if it is one up to the end of the line; where both begin it, the longer marker decides.
fn line_marker(remarks: &Remarks<'_>, token: &Token) -> Option<&'static str> {
    let text = remarks.text.get(token.range.clone()).filter(|_| token.kind == Kind::Comment)?;
    let marker = remarks.rules.line_markers.iter().copied().find(|marker| text.starts_with(marker))?;
    let block = remarks.rules.block_markers.iter().find(|(open, _)| text.starts_with(open));
    block.is_none_or(|(open, _)| open.len() < marker.len()).then_some(marker)
}

/// Whether a comment begins and ends in the first column, as its markers do.
fn is_flush(remarks: &Remarks<'_>, token: &Token) -> bool {
    let text = remarks.text.get(token.range.clone()).filter(|_| token.kind == Kind::Comment).unwrap_or_default();
    remarks.rules.block_markers.iter().any(|(open, close)| close.starts_with('\n') && text.starts_with(open))
}

impl<'a> Remarks<'a> {
    /// The end of the line comments that form a block with the first: the same marker, a line each, none left blank, one
    /// below the other.
    fn end_of_block(&self, first: usize, marker: &str) -> usize {
        let tokens = &self.outline.tokens;
        let mut end = first + 1;
        if self.begins_line(first) {
            while end < self.tokens.end && line_marker(self, &tokens[end]) == Some(marker) {
                let between = &self.text[tokens[end - 1].range.end..tokens[end].range.start];
                let breaks = between.bytes().filter(|&byte| byte == b'\n').count();
                if breaks != 1 || self.indentation.level(end) != self.indentation.level(first) {
                    break;
                }
                end += 1;
            }
        }
        end
    }

    /// Whether the comment that ends before a token is code to the statement directly below it.
    fn is_code(&self, end: usize) -> bool {
        let tokens = &self.outline.tokens;
        let next = self.next.filter(|&next| next == end && !self.rules.commented_code.is_empty());
        next.is_some_and(|next| {
            let from = tokens[next].range.start;
            let between = &self.text[tokens[end - 1].range.end..from];
            let below = self.rules.commented_code.iter().any(|code| self.text[from..].starts_with(code));
            below && between.bytes().filter(|&byte| byte == b'\n').count() == 1
        })
    }

    /// Whether the code around them is parted by a space of its own.
    fn parts_code(&self) -> bool {
        let text = |token: usize| self.outline.tokens.get(token).and_then(|token| self.text.get(token.range.clone()));
        let before = self.tokens.start.checked_sub(1).and_then(text);
        before.zip(self.next.and_then(text)).is_some_and(|(before, next)| wants_space(before, next))
    }

    fn begins_line(&self, token: usize) -> bool {
        let tokens = &self.outline.tokens;
        let end = token.checked_sub(1).map_or(0, |before| tokens[before].range.end);
        end == 0 || self.text[end..tokens[token].range.start].contains('\n')
    }

    fn remark(&self, first: usize, end: usize, source: Range<usize>) -> Remark<'a> {
        let token = &self.outline.tokens[first];
        let line_comment = line_marker(self, token).is_some();
        let margin = format!("\n{}", self.indentation.before(first));
        // A docstring that is all of a body may stand on the line of its head, if no comment comes between.
        let joins_head = token.joins_head && token.kind != Kind::Comment && first == self.tokens.start;
        let own_line = self.begins_line(first) && !joins_head;
        // Within an expression too the code goes on at its level: some grammars take less for the end of a block.
        let next = format!("\n{}", self.next.map(|next| self.indentation.before(next)).unwrap_or_default());
        let flush = is_flush(self, token);
        let outermost = format!("\n{}", self.indentation.outermost(self.next));
        let (before, newline, after) = match self.place {
            Place::Head => (String::new(), outermost.clone(), outermost),
            _ if source.start == 0 => (String::new(), outermost, String::new()),
            Place::Within if flush => ("\n".to_owned(), "\n".to_owned(), next),
            Place::Line if flush => ("\n".to_owned(), "\n".to_owned(), String::new()),
            Place::Within if line_comment => (" ".to_owned(), next.clone(), next),
            Place::Within => {
                let space = |apart: bool| if apart { " ".to_owned() } else { String::new() };
                let goes_on = self.text[source.end..].starts_with(char::is_whitespace) && !self.parts_code();
                (space(source.start < token.range.start), next, space(goes_on))
            }
            Place::Line if own_line => (margin.clone(), margin, String::new()),
            Place::Line if self.is_told_by_space && source.start == token.range.start => {
                (String::new(), margin, String::new())
            }
            Place::Line => (" ".to_owned(), margin, String::new()),
        };
        let signature = match &token.kind {
            Kind::Docstring { signature, .. } => signature.clone(),
            _ if own_line => self.documented(end),
            _ => None,
        };
        let documents = signature.is_some() || self.documents_file(token);
        Remark {
            text: self.text,
            rules: self.rules,
            source,
            before,
            newline,
            after,
            signature: signature.and_then(|range| self.text.get(range)),
            outlined: self.outlined,
            stays_outlined: (documents && self.touches_next(end)) || !self.begins_line(first),
        }
    }

    /// Whether no empty line comes between a comment and what follows it. A docstring stands below what it documents.
    fn touches_next(&self, end: usize) -> bool {
        let tokens = &self.outline.tokens;
        let last = &tokens[end - 1];
        let next = tokens.get(end).map_or(self.text.len(), |next| next.range.start);
        let breaks = self.text[last.range.end..next].bytes().filter(|&byte| byte == b'\n').count();
        breaks < 2 || last.kind != Kind::Comment || self.documents_file(last)
    }

    /// Whether a remark documents the file or the module that it stands in.
    fn documents_file(&self, token: &Token) -> bool {
        let text = self.text.get(token.range.clone()).unwrap_or_default();
        token.kind != Kind::Comment || text.starts_with("//!") || text.starts_with("/*!")
    }

    /// The definition that begins after a comment, attributes and decorators left out.
    fn documented(&self, after: usize) -> Option<Range<usize>> {
        let next = self.next.filter(|&next| next == after)?;
        let from = self.outline.tokens[next].range.start;
        let signatures = &self.outline.signatures;
        let signature = signatures.get(signatures.partition_point(|signature| signature.start < from))?;
        let between = &self.text[from..signature.start];
        (between.starts_with("#[") || between.starts_with('@') || !between.contains('\n')).then(|| signature.clone())
    }
}
