//! Languages of lines: their comments are prose for the tagger, what else they say stays line by line, byte for byte.
//!
//! Invariants
//! - the lines that say something are those of the original, in order: the end of a line aside where a space there means
//!   nothing, and its beginning where that does (`properties::any_words_of_the_comments_may_be_kept`);
//! - a comment is a line of its own that no reader of the format takes for anything else (`read`).
//!
//! Deliberately absent: what the lines say, and comments that follow them.

mod read;

use super::BYTE_ORDER_MARK;
use super::check::Difference;
use super::layout::{self, Reach};
use super::outline::{Kind, Outline, Token};
use super::spacing::Settler;
use crate::draft::Part;
use crate::language::LineRules;

/// Writes a text in its cheapest equal form; `None` where it cannot be read by these rules.
pub(super) fn write(text: &str, rules: &LineRules, reach: Reach, settler: &mut Settler) -> Option<Vec<Part>> {
    let token = |piece: read::Piece| {
        let kind = if piece.comment { Kind::Comment } else { Kind::Code };
        Token { own_line: true, ..Token::new(piece.range, kind) }
    };
    let tokens = read::read(text, rules)?.into_iter().map(token).collect();
    layout::write_lines(text, &Outline { tokens, signatures: Vec::new() }, rules, reach, settler)
}

/// Whether two texts say the same, comments and layout aside.
///
/// # Errors
/// The first place where they differ; the beginning of both if one of them cannot be read.
pub(super) fn check(original: &str, result: &str, rules: &LineRules) -> Result<(), Difference> {
    let beginning = Difference { original: 0, result: 0 };
    let (original, result) = match (original.strip_prefix(BYTE_ORDER_MARK), result.strip_prefix(BYTE_ORDER_MARK)) {
        (Some(original), Some(result)) => (original, result),
        _ => (original, result),
    };
    let read = |text| read::read(text, rules).ok_or(beginning.clone());
    let (before, after) = (read(original)?, read(result)?);
    let mut before = before.into_iter().filter(|piece| !piece.comment).map(|piece| piece.range);
    let mut after = after.into_iter().filter(|piece| !piece.comment).map(|piece| piece.range);
    loop {
        match (before.next(), after.next()) {
            (None, None) => return Ok(()),
            (Some(old), Some(new)) if same_lines(&original[old.clone()], &result[new.clone()]) => {}
            (old, new) => {
                let at = |range: Option<std::ops::Range<usize>>, text: &str| range.map_or(text.len(), |it| it.start);
                return Err(Difference { original: at(old, original), result: at(new, result) });
            }
        }
    }
}

/// Whether two pieces are the same, however their lines end.
fn same_lines(left: &str, right: &str) -> bool {
    left == right || left.lines().eq(right.lines())
}

#[cfg(test)]
mod tests;
