//! Regions: the stretches of a draft that are checked one by one.
//!
//! Invariants
//! - the regions of a draft tile its range, a byte order mark aside;
//! - what stands for a region ends its last line where the region does, so that no region runs on into the next
//!   (`tests::a_region_keeps_the_end_of_its_last_line`).

use std::ops::Range;

use tree_sitter::Tree;

use super::check::{self, Difference};
use super::recovery::Frame;
use crate::language::Syntax;

/// A stretch of a draft that is checked as one.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// Its parts.
    pub(super) parts: Range<usize>,
    /// Bytes of the text.
    pub(super) source: Range<usize>,
    /// What it is read in.
    pub(super) frame: Frame,
    /// Its tree, the frame included.
    pub(super) tree: Tree,
    pub(super) treated: Treated,
}

/// How a region was treated, and how many lines it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Treated {
    Parsed { lines: usize },
    ByLine { lines: usize },
}

impl Region {
    /// Whether what was written for it is the same code. Of code that does not parse, only the tokens are compared: how
    /// they belong together is the parser's guess.
    pub(super) fn check(&self, text: &str, written: &str, syntax: &Syntax) -> Result<(), Difference> {
        let source = &text[self.source.clone()];
        if source == written {
            return Ok(());
        }
        if source.ends_with('\n') && !written.is_empty() && !written.ends_with('\n') {
            return Err(Difference { original: source.len(), result: written.len() });
        }
        let compare = match self.treated {
            Treated::Parsed { .. } => check::check_against,
            Treated::ByLine { .. } => check::check_tokens_against,
        };
        compare(&self.frame.around(source), &self.tree, &self.frame.around(written), syntax)
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Language;
    use crate::policy::Level;
    use crate::structural::rendering::draft_all;

    #[test]
    fn a_region_keeps_the_end_of_its_last_line() {
        let text = "a = 1  # one\nb = (\n";
        let draft = draft_all("python", Level::Safe, text);
        let language = Language::from_name("python").expect("a known language");
        assert_eq!(draft.parts.len(), 2);
        let check = |first: &'static str| draft.check(text, |part| if part == 0 { first } else { "b = (\n" }, language);
        assert_eq!(check("a = 1  # one\n"), Ok(()));
        assert_eq!(check("a = 1\n"), Ok(()));
        assert!(check("a = 1  # one").is_err());
        assert!(check("a = 2\n").is_err());
    }
}
