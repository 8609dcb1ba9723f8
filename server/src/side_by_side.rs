//! Original and result in two columns, with what was dropped marked in the original.
//!
//! Lines are paired by where their characters come from: a result is the original without what was dropped, plus a few
//! symbols and with other white space, so one walk over both tells which original line each result line begins in.
//!
//! Invariants
//! - every line of both texts appears once, in order (`tests::every_line_appears_once`);
//! - no row is wider than the terminal, whatever the script (`tests::no_row_is_wider_than_asked`);
//! - no control character of the text reaches the terminal (`tests::control_characters_are_shown_not_sent`);
//! - time is linear in both texts.

mod cells;
pub(crate) mod pairing;

use std::io::{self, Write};
use std::ops::Range;

use self::cells::{Cell, row, wrap};

/// How wide, and whether drops are coloured or bracketed.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Colours instead of `[-…-]`.
    pub colour: bool,
}

/// Columns too few to show anything: taken where the terminal has less.
const NARROWEST: usize = 24;

const SEPARATOR: &str = " │ ";

/// Writes both texts. `dropped` are byte ranges of the original, in order.
pub fn write(
    original: &str,
    result: &str,
    dropped: &[Range<usize>],
    style: Style,
    out: &mut impl Write,
) -> io::Result<()> {
    let column = (style.width.max(NARROWEST) - 3) / 2;
    let rule = "─".repeat(column);
    writeln!(out, "{:column$}{SEPARATOR}result", "original")?;
    writeln!(out, "{rule}─┼─{rule}")?;
    let mut left = cells::lines(original, dropped, style.colour);
    let mut right = cells::lines(result, &[], style.colour);
    for pair in pairing::pairs(original, result, dropped) {
        let before: Vec<_> = left.by_ref().take(pair.original).collect();
        let after: Vec<_> = right.by_ref().take(pair.result).collect();
        let before: Vec<_> = before.iter().flat_map(|line| wrap(line, column)).collect();
        let after: Vec<_> = after.iter().flat_map(|line| wrap(line, column)).collect();
        for index in 0..before.len().max(after.len()) {
            let side = |rows: &[&[Cell]]| row(rows.get(index).copied().unwrap_or_default(), column, style.colour);
            let ((before, padding), (after, _)) = (side(&before), side(&after));
            writeln!(out, "{}", format!("{before}{:padding$}{SEPARATOR}{after}", "").trim_end())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
