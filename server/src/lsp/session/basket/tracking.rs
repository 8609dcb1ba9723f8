//! Ranges that follow edits.
//!
//! Text that is put exactly at a border lies outside, unless an edit cut something off there: then it may be what comes
//! back. What an edit across a border wrote lies inside, and how much the edit took from outside is remembered, so that the
//! range can be narrowed to its old one when the edit is undone.

use std::ops::Range;

use super::{Edit, Snippet, State};

/// What edits did to the borders of a range.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Borders {
    /// Bytes that edits took from before the range, and from behind it.
    before: usize,
    behind: usize,
    /// Whether an edit cut something off there.
    cut_start: bool,
    cut_end: bool,
}

impl Borders {
    /// The range without what edits took from outside, were they undone.
    pub(super) fn narrowed(&self, range: &Range<usize>) -> Range<usize> {
        range.start.saturating_add(self.before)..range.end.saturating_sub(self.behind)
    }

    pub(super) fn are_cut(&self) -> bool {
        self.cut_start || self.cut_end
    }
}

impl Snippet {
    /// Follows an edit of the document.
    pub(super) fn follow(&mut self, edit: Edit) {
        let Edit { start, old_end, new_end } = edit;
        let (old_end, new_end) = (old_end.max(start), new_end.max(start));
        if start == old_end && start == new_end {
            return;
        }
        let (first, last) = (self.range.start, self.range.end);
        let is_empty = first == last;
        // What lies behind the edit, from `old_end` on, moves with its end.
        let moved = |offset: usize| (offset - old_end).saturating_add(new_end);

        let reaches_start = if is_empty || self.borders.cut_start { old_end >= first } else { old_end > first };
        let reaches_end = if is_empty || self.borders.cut_end { start <= last } else { start < last };
        if !reaches_start {
            self.range = moved(first)..moved(last);
            return;
        }
        if !reaches_end {
            return;
        }
        // Both reach into the range or to a border that is cut; what does neither has returned by now.
        let cuts_start = start <= first;
        let cuts_end = old_end >= last;
        self.range = match (cuts_start, cuts_end) {
            (true, true) => start..new_end,
            (true, false) => start..moved(last),
            (false, true) => first..new_end,
            (false, false) => first..moved(last),
        };
        if cuts_start {
            self.borders.before = self.borders.before.saturating_add(first - start);
            self.borders.cut_start = true;
        }
        if cuts_end {
            self.borders.behind = self.borders.behind.saturating_add(old_end - last);
            self.borders.cut_end = true;
        }
        // Of a snippet whose place is not known, the range says nothing.
        if self.located && cuts_start && cuts_end {
            self.delete();
        } else if self.state == State::Fresh {
            self.state = State::Changed;
        }
    }
}
