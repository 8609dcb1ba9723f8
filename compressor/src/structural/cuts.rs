//! Cuts: what can be left out of code, and the mark that then stands in its place.
//!
//! A mark is a comment of the language, so that the result is read as what it is; where a body may not be empty, what
//! stands in for a statement comes before it.
//!
//! Invariants
//! - cuts are in order, and of two that meet one lies within the other (`tests::cuts_that_cross_are_not_made`).
//!
//! Deliberately absent: what is worth keeping, which the passes that plan cuts decide, and the white space around a mark,
//! which `layout` writes.

use std::cmp::Reverse;
use std::ops::Range;

use super::outline::{Kind, Outline};
use super::spacing::Settler;
use crate::draft::{Cut, Omission, Omitted, Part};
use crate::language::Syntax;
use crate::receipt::grouped;

/// Something that can be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    /// Bytes from its first token to its last.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) omission: Omission,
    /// Whether it is all the statements that something has which must have one.
    pub(crate) is_whole_body: bool,
    /// Whether its mark stays on a line of its own.
    pub(crate) keeps_apart: bool,
    /// What is said of it after its number, where that is more than what it is.
    pub(crate) words: String,
    /// What stands for it.
    pub(crate) mark: Mark,
}

/// What stands for a cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its text.
    pub(crate) text: String,
    /// Whether it begins with a statement, so that it may stand where one must.
    pub(crate) stands_in: bool,
    /// Whether nothing may follow it in its line.
    pub(crate) ends_line: bool,
}

impl Planned {
    /// The lines of a piece of code.
    pub(crate) fn of_lines(text: &str, range: Range<usize>, what: Omitted, count: usize) -> Self {
        let lines = lines(text.get(range.clone()).unwrap_or_default());
        let omission = Omission { what, count, lines };
        let (is_whole_body, words) = (what == Omitted::Bodies, String::new());
        Self { range, omission, is_whole_body, keeps_apart: false, words, mark: Mark::default() }
    }

    /// The mark in the comment form of a language; `None` where it has none.
    fn mark(&self, syntax: &Syntax) -> Option<Mark> {
        let said = said(&self.omission) + &self.words;
        if self.omission.what == Omitted::Characters {
            return Some(Mark { text: format!("…[{said}]…"), stands_in: false, ends_line: false });
        }
        let stand_in = syntax.stand_in.filter(|_| self.is_whole_body).map(|it| format!("{it} ")).unwrap_or_default();
        let stands_in = !stand_in.is_empty();
        // Markers of letters, as `=begin`, take a line of their own.
        let is_plain = |(open, _): &&(&str, &str)| !open.contains(char::is_alphanumeric);
        let block = syntax.block_markers.iter().filter(is_plain).min_by_key(|(open, _)| open.len());
        // Where a line break ends a statement, the next one may have been all that ended it.
        if let Some((open, close)) = block.filter(|_| !syntax.spacing.keeps_lines()) {
            return Some(Mark { text: format!("{stand_in}{open} {said} {close}"), stands_in, ends_line: false });
        }
        let line = syntax.line_markers.iter().min_by_key(|marker| marker.len())?;
        Some(Mark { text: format!("{stand_in}{line} {said}"), stands_in, ends_line: true })
    }
}

/// How much was left out, in words.
fn said(omission: &Omission) -> String {
    let Omission { what, count, lines } = *omission;
    let (number, unit) = match what {
        Omitted::Bodies | Omitted::Statements | Omitted::Comments => (lines, "line"),
        Omitted::Imports => (count, "import"),
        Omitted::Elements => (count, "element"),
        Omitted::Characters => (count, "character"),
        Omitted::Repeats => return format!("{} more", grouped(count)),
    };
    format!("{} {unit}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// How many lines a text stands on.
pub(crate) fn lines(text: &str) -> usize {
    1 + text.bytes().filter(|&byte| byte == b'\n').count()
}

/// Puts cuts in order and gives each its mark, takes comments that end their last line into them, and leaves out those that would cross another.
pub(crate) fn settled(mut planned: Vec<Planned>, text: &str, outline: &Outline, syntax: &Syntax) -> Vec<Planned> {
    for cut in &mut planned {
        let next = outline.tokens.partition_point(|token| token.range.start < cut.range.end);
        if let Some(comment) = outline.tokens.get(next).filter(|token| token.kind == Kind::Comment)
            && text.get(cut.range.end..comment.range.start).is_some_and(|between| !between.contains('\n'))
            && !text[comment.range.clone()].contains('\n')
            && text[comment.range.end..].trim_start_matches([' ', '\t', '\r']).starts_with('\n')
        {
            cut.range.end = comment.range.end;
        }
    }
    planned.sort_by_key(|cut| (cut.range.start, Reverse(cut.range.end)));
    let mut settled: Vec<Planned> = Vec::with_capacity(planned.len());
    let mut open: Vec<Range<usize>> = Vec::new();
    for mut cut in planned.into_iter().filter(|cut| !cut.range.is_empty()) {
        open.retain(|outer| outer.end > cut.range.start);
        let nests = open.iter().all(|outer| cut.range.end <= outer.end && *outer != cut.range);
        if nests && let Some(mark) = cut.mark(syntax) {
            open.push(cut.range.clone());
            cut.mark = mark;
            settled.push(cut);
        }
    }
    settled
}

/// The cuts that save more than their mark is worth: what is as short as two marks says more, and where the mark tells all that
/// went, a quarter must be saved.
pub(crate) fn worthwhile(text: &str, parts: &[Part], cuts: Vec<Cut>, settler: &Settler) -> Vec<Cut> {
    let written = |part: &Part| part.decided().map_or_else(|| text[part.source()].to_owned(), ToOwned::to_owned);
    let is_worth = |cut: &Cut| {
        let whole: String = parts[cut.parts.clone()].iter().map(written).collect();
        let (whole, mark) = (settler.count(&whole), settler.count(&cut.text));
        // Of what is told by its neighbour nothing is lost.
        if cut.omission.what == Omitted::Repeats { 3 * whole >= 4 * mark } else { whole > 2 * mark }
    };
    cuts.into_iter().filter(is_worth).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn cuts_that_cross_are_not_made() {
        let syntax = Language::from_name("rust").and_then(|language| language.0.syntax).expect("a row with a grammar");
        let outline = Outline { tokens: Vec::new(), signatures: Vec::new() };
        let text = "0123456789";
        let planned = |range| Planned::of_lines(text, range, Omitted::Statements, 1);
        let cuts = [4..8, 2..6, 2..6, 0..10, 7..9, 3..3, 2..4].map(planned).to_vec();
        let ranges: Vec<Range<usize>> =
            settled(cuts, text, &outline, syntax).into_iter().map(|cut| cut.range).collect();
        assert_eq!(ranges, [0..10, 2..6, 2..4, 7..9]);
    }
}
