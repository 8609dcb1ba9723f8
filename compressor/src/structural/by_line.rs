//! By line: the layout of lines that do not parse, as those of half a function do not.
//!
//! Only what no language minds is changed: the width of the indentation, as long as deeper stays deeper and equal stays
//! equal, space at the ends of lines, and runs of blank lines. Lines that begin within a string are left alone.
//!
//! Deliberately absent: the proof that it is still the same code, which `recovery` asks for.

use std::ops::Range;

use super::indentation::{cheapest_unit, width_of_line};
use super::outline::Token;
use super::spacing::Settler;

/// The lines of a text.
pub(crate) struct Lines<'a> {
    text: &'a str,
    lines: Vec<TextLine>,
}

/// A line, and whether its beginning and its end may change.
struct TextLine {
    range: Range<usize>,
    free_start: bool,
    free_end: bool,
    width: usize,
}

/// How lines are indented: the widths that count, and what a level is written as.
pub(crate) struct Margins {
    widths: Vec<usize>,
    unit: &'static str,
}

impl Margins {
    /// Of these widths, which need not be in order.
    pub(crate) fn new(mut widths: Vec<usize>, unit: &'static str) -> Self {
        widths.sort_unstable();
        widths.dedup();
        Self { widths, unit }
    }

    /// What a level is written as.
    pub(crate) fn unit(&self) -> &'static str {
        self.unit
    }

    /// The level of a width.
    pub(crate) fn level(&self, width: usize) -> usize {
        self.widths.partition_point(|&margin| margin < width)
    }
}

impl<'a> Lines<'a> {
    /// Reads the lines of a text with these tokens.
    pub(crate) fn read(text: &'a str, tokens: &[Token]) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        let mut token = 0;
        for line in text.split_inclusive('\n') {
            let range = start..start + line.len();
            start = range.end;
            let mut within = |at: usize| {
                while tokens.get(token).is_some_and(|token| token.range.end <= at) {
                    token += 1;
                }
                tokens.get(token).is_some_and(|token| token.range.start < at)
            };
            let free_start = !within(range.start);
            // The byte before the line break: white space there may be in a string.
            let free_end = !within(range.start + line.trim_end_matches(is_white).len() + 1);
            let code = line.trim_start_matches(is_white);
            let width = width_of_line(text, range.start + line.len() - code.len());
            lines.push(TextLine { range, free_start, free_end, width });
        }
        Self { text, lines }
    }

    /// The widths of the lines that begin in a range and whose indentation may change.
    pub(crate) fn widths(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        self.within(range).iter().filter(|line| self.is_measured(line)).map(|line| line.width)
    }

    /// The number of lines that begin in a range and are not blank.
    pub(crate) fn count(&self, range: Range<usize>) -> usize {
        self.within(range).iter().filter(|line| !self.text[line.range.clone()].trim().is_empty()).count()
    }

    /// What a level costs least as.
    pub(crate) fn cheapest_unit(&self, settler: &Settler) -> &'static str {
        let margins = Margins::new(self.widths(0..self.text.len()).collect(), "");
        let heads = self
            .lines
            .iter()
            .filter(|line| self.is_measured(line))
            .map(|line| (margins.level(line.width), self.text[line.range.clone()].trim_start()));
        cheapest_unit(heads, settler)
    }

    /// Writes the lines that begin in a range.
    pub(crate) fn write(&self, range: Range<usize>, margins: &Margins) -> String {
        let mut out = String::with_capacity(range.len());
        let mut blank_before = range.start == 0;
        for line in self.within(range) {
            let mut written = &self.text[line.range.clone()];
            let blank = line.free_start && line.free_end && written.trim().is_empty();
            if blank && blank_before {
                continue;
            }
            blank_before = blank;
            if self.is_measured(line) {
                out.push_str(&margins.unit.repeat(margins.level(line.width)));
                written = written.trim_start_matches(is_white);
            }
            let ended = written.ends_with('\n');
            let bare = written.trim_end_matches(is_white);
            // A backslash protects the space after it, and without that would carry the line on.
            if line.free_end && (!bare.ends_with('\\') || written[bare.len()..].starts_with(['\n', '\r'])) {
                out.push_str(bare);
                out.push_str(if ended { "\n" } else { "" });
            } else {
                out.push_str(written);
            }
        }
        out
    }

    fn within(&self, range: Range<usize>) -> &[TextLine] {
        let begun_before = |at: usize| self.lines.partition_point(|line| line.range.start < at);
        &self.lines[begun_before(range.start)..begun_before(range.end)]
    }

    /// Whether the indentation of a line is looked at and may change.
    fn is_measured(&self, line: &TextLine) -> bool {
        line.free_start && !self.text[line.range.clone()].trim().is_empty()
    }
}

fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}
