//! Regions: the stretches of a draft that are checked one by one.
//!
//! Invariants
//! - the regions of a draft tile its range, a byte order mark aside;
//! - what stands for a region ends its last line where the region does, so that no region runs on into the next
//!   (`tests::a_region_keeps_the_end_of_its_last_line`).

use std::ops::Range;

use tree_sitter::Tree;

use super::check::{self, Difference, Elision};
use super::line_wise;
use super::recovery::Frame;
use crate::language::Language;

/// A stretch of a draft that is checked as one.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// Its parts.
    pub(super) parts: Range<usize>,
    /// Bytes of the text.
    pub(super) source: Range<usize>,
    /// Its lines; blank ones do not count where only a part of the text parses.
    pub(super) lines: usize,
    pub(super) proof: Proof,
}

/// What shows that a region is still the same code.
#[derive(Clone, Debug)]
pub(super) enum Proof {
    /// The tree of the region in a frame: nodes and leaves are the same.
    Tree { frame: Frame, tree: Tree },
    /// A tree with errors, laid out by line: leaves are the same; how they belong together is the parser's guess. What it
    /// was laid out as has been checked.
    Leaves { tree: Tree, checked: String },
    /// The rules of a language of lines.
    Lines,
}

impl Region {
    /// Whether it did not parse and was laid out by line.
    pub(super) fn is_by_line(&self) -> bool {
        matches!(self.proof, Proof::Leaves { .. })
    }

    /// Takes in that it stands behind so many parts and bytes more.
    pub(super) fn place(&mut self, parts: usize, bytes: usize) {
        self.parts = self.parts.start + parts..self.parts.end + parts;
        self.source = self.source.start + bytes..self.source.end + bytes;
    }

    /// What was left out of it, in bytes of the region; `all` that was are given in bytes from `start` on.
    pub(super) fn elisions<'e>(&self, all: &[Elision<'e>], start: usize) -> Vec<Elision<'e>> {
        let Range { start: from, end: to } = self.source.start - start..self.source.end - start;
        let first = all.partition_point(|elision| elision.range.start < from);
        let inside = all[first..].iter().take_while(|elision| elision.range.start < to);
        let moved = |range: &Range<usize>| range.start - from..range.end - from;
        inside.map(|elision| Elision { range: moved(&elision.range), text: elision.text }).collect()
    }

    /// Whether what was written for it is the same code but for what was left out; the draft goes up to `end`.
    pub(super) fn check(
        &self,
        end: usize,
        text: &str,
        written: &str,
        language: Language,
        elisions: &[Elision<'_>],
    ) -> Result<(), Difference> {
        let source = &text[self.source.clone()];
        if source == written {
            return Ok(());
        }
        let ends = Difference { original: source.len(), result: written.len() };
        let is_last = self.source.end == end;
        if !is_last && source.ends_with('\n') && !written.is_empty() && !written.ends_with('\n') {
            return Err(ends);
        }
        match (&self.proof, language.0.syntax) {
            (Proof::Tree { frame, tree }, Some(syntax)) => {
                let (source, written) = (frame.around(source), frame.around(written));
                if elisions.is_empty() {
                    return check::check_against(&source, tree, &written, syntax);
                }
                let by = frame.before.len();
                let moved = |elision: &Elision<'_>| elision.range.start + by..elision.range.end + by;
                let elisions: Vec<_> =
                    elisions.iter().map(|elision| Elision { range: moved(elision), text: elision.text }).collect();
                check::check_elided(&source, tree, &written, syntax, &elisions)
            }
            (Proof::Leaves { checked, .. }, _) if checked == written => Ok(()),
            (Proof::Leaves { tree, .. }, Some(syntax)) => check::check_tokens_against(source, tree, written, syntax),
            (Proof::Lines, _) => {
                language.line_rules().map_or(Err(ends), |rules| line_wise::check(source, written, rules))
            }
            (Proof::Tree { .. } | Proof::Leaves { .. }, None) => Err(ends),
        }
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
        let check =
            |first: &'static str| draft.check(text, |part| if part == 0 { first } else { "b = (\n" }, language, &[]);
        assert_eq!(check("a = 1  # one\n"), Ok(()));
        assert_eq!(check("a = 1\n"), Ok(()));
        assert!(check("a = 1  # one").is_err());
        assert!(check("a = 2\n").is_err());
    }
}
