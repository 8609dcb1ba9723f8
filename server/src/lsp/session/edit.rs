//! An edit as bytes, and where it moves what stands around it.

use std::ops::Range;

/// A stretch of a document was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// First byte that was replaced.
    pub(crate) start: usize,
    /// Byte after the last that was replaced, before the edit.
    pub(crate) old_end: usize,
    /// Byte after the last that was written, after the edit.
    pub(crate) new_end: usize,
}

impl Edit {
    /// Where a range is after the edit. What is written at its border stays outside of it; of a range that was cut into, what
    /// is left and what was written in it remain.
    pub(crate) fn moved(&self, range: &Range<usize>) -> Range<usize> {
        let behind = |byte: usize| byte - self.old_end + self.new_end;
        let begins_with_it = range.start == self.start && self.old_end > self.start;
        let start = if range.start < self.start || begins_with_it {
            range.start
        } else if range.start >= self.old_end {
            behind(range.start)
        } else {
            self.new_end
        };
        let end = if range.end <= self.start {
            range.end
        } else if range.end >= self.old_end {
            behind(range.end)
        } else {
            self.start
        };
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_follow_the_text_around_them() {
        let range = 10..20;
        for (edit, expected) in [
            ((0, 0, 5), 15..25),
            ((0, 5, 0), 5..15),
            ((10, 10, 13), 13..23),
            ((20, 20, 25), 10..20),
            ((25, 30, 40), 10..20),
            ((12, 14, 20), 10..26),
            ((12, 14, 12), 10..18),
            ((5, 15, 7), 7..12),
            ((15, 25, 16), 10..15),
            ((10, 12, 17), 10..25),
            ((10, 20, 12), 10..12),
            ((5, 25, 6), 6..6),
        ] {
            let (start, old_end, new_end) = edit;
            let edit = Edit { start, old_end, new_end };
            assert_eq!(edit.moved(&range), expected, "{edit:?}");
        }
    }
}
