//! The check of text of another language within a text: a script in a page.

use std::ops::Range;

use super::{Difference, check_against, check_tokens_against};
use crate::language::Language;
use crate::structural::parse;

/// Texts of other languages that were met, in order.
pub(super) type Held = Vec<(Range<usize>, Language)>;

/// Whether the texts that two others hold are the same code, each in its language.
pub(super) fn compare(original: (&str, &Held), result: (&str, &Held)) -> Result<(), Difference> {
    for ((from, language), (to, _)) in original.1.iter().zip(result.1) {
        let difference = Difference { original: from.start, result: to.start };
        let texts = original.0.get(from.clone()).zip(result.0.get(to.clone()));
        let (before, after) = texts.filter(|_| original.1.len() == result.1.len()).ok_or(difference.clone())?;
        if before == after {
            continue;
        }
        let syntax = language.0.syntax.ok_or(difference.clone())?;
        let tree = parse::parse(before, syntax).ok_or(difference)?;
        let compare = if tree.root_node().has_error() { check_tokens_against } else { check_against };
        let shifted = |it: Difference| Difference { original: it.original + from.start, result: it.result + to.start };
        compare(before, &tree, after, syntax).map_err(shifted)?;
    }
    Ok(())
}
