//! Conflicts in code: their marks stay, and both sides of each are the code that they were.
//!
//! What a cut that goes through a statement leaves may parse as something else. So each side is compared as a whole, too.
//!
//! Invariants
//! - what is written for a text with conflicts keeps its marks and both sides, whichever words of its comments stay
//!   (`tests::marks_stay_and_sides_are_the_same_code`).

use super::Difference;
use crate::conflict::Conflict;
use crate::language::Language;

/// The lines that mark conflicts, and the text with ours and with theirs alone.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sides<'text> {
    marks: Vec<&'text str>,
    ours: String,
    theirs: String,
}

/// Whether a result has the marks of a text, and in each side its code; of one of which something was left out, the marks.
///
/// # Errors
/// The first place where a side is other code, in bytes of the side; its beginning where the marks are others.
pub(super) fn check(text: &str, result: &str, language: Language, is_whole: bool) -> Result<(), Difference> {
    let (before, after) = (Sides::of(text), Sides::of(result));
    if before.marks != after.marks {
        return Err(Difference { original: 0, result: 0 });
    }
    if !is_whole {
        return Ok(());
    }
    super::check(&before.ours, &after.ours, language)?;
    super::check(&before.theirs, &after.theirs, language)
}

impl<'text> Sides<'text> {
    fn of(text: &'text str) -> Self {
        let mut conflict = Conflict::default();
        let mut sides = Self::default();
        let (mut is_ours, mut is_theirs) = (true, true);
        for line in text.split_inclusive('\n') {
            if conflict.marks(line) {
                (is_ours, is_theirs) = match line.as_bytes().first() {
                    Some(b'<') => (true, false),
                    Some(b'|') => (false, false),
                    Some(b'=') => (false, true),
                    _ => (true, true),
                };
                sides.marks.push(line);
                continue;
            }
            if is_ours {
                sides.ours.push_str(line);
            }
            if is_theirs {
                sides.theirs.push_str(line);
            }
        }
        sides
    }
}

#[cfg(test)]
mod tests;
