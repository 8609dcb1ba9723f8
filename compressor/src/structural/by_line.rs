//! By line: the layout of code that does not parse, as half a function does not.
//!
//! Only what no language minds is changed: the width of the indentation, as long as deeper stays deeper and equal stays
//! equal, space at the ends of lines, and runs of blank lines. Lines that begin within a string are left alone.
//!
//! Invariant: what is returned has the tokens of the original, read from the trees with their errors.

use std::ops::Range;

use tree_sitter::Tree;

use super::check;
use super::indentation::{cheapest_unit, width_of_line};
use super::outline::{self, Token};
use super::spacing::Settler;
use crate::draft::Part;
use crate::language::Syntax;

/// A line, and whether its beginning and its end may change.
struct TextLine {
    range: Range<usize>,
    free_start: bool,
    free_end: bool,
    width: usize,
}

/// Writes the lines in their cheapest form; `None` if that cannot be shown to be the same code.
pub(crate) fn write(text: &str, tree: &Tree, syntax: &Syntax, settler: &Settler) -> Option<Vec<Part>> {
    let tokens = outline::read(text, tree, syntax).tokens;
    let lines = lines(text, &tokens);
    let mut widths: Vec<usize> = lines.iter().filter(|line| is_measured(text, line)).map(|line| line.width).collect();
    widths.sort_unstable();
    widths.dedup();
    let level = |line: &TextLine| widths.binary_search(&line.width).unwrap_or_default();
    let heads = lines
        .iter()
        .filter(|line| is_measured(text, line))
        .map(|line| (level(line), text[line.range.clone()].trim_start()));
    let unit = cheapest_unit(heads, settler);
    let mut out = String::with_capacity(text.len());
    let mut blank_before = true;
    for line in &lines {
        let mut written = &text[line.range.clone()];
        let blank = line.free_start && line.free_end && written.trim().is_empty();
        if blank && blank_before {
            continue;
        }
        blank_before = blank;
        if is_measured(text, line) {
            out.push_str(&unit.repeat(level(line)));
            written = written.trim_start_matches(is_white);
        }
        let ended = written.ends_with('\n');
        let bare = written.trim_end_matches(is_white);
        // A backslash protects the space after it, and without that would carry the line on.
        if line.free_end && (!bare.ends_with('\\') || written[bare.len()..].starts_with(['\n', '\r'])) {
            written = bare;
            out.push_str(written);
            out.push_str(if ended { "\n" } else { "" });
        } else {
            out.push_str(written);
        }
    }
    // One line that stands out makes all others deeper, and what was a tab becomes two spaces.
    if settler.count(&out) > settler.count(text) {
        text.clone_into(&mut out);
    }
    check::check_tokens_against(text, tree, &out, syntax).ok()?;
    Some(vec![Part::Fixed { source: 0..text.len(), text: out }])
}

fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// Whether the indentation of a line is looked at and may change.
fn is_measured(text: &str, line: &TextLine) -> bool {
    line.free_start && !text[line.range.clone()].trim().is_empty()
}

fn lines(text: &str, tokens: &[Token]) -> Vec<TextLine> {
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
    lines
}
