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
    /// What changes where a text that begins at a byte is replaced by another. What both have in common at their ends is no
    /// part of it: formatters, and editors that send whole texts, replace much and change little.
    pub(crate) fn between(start: usize, old: &str, new: &str) -> Self {
        let same = |a: &mut dyn Iterator<Item = (char, char)>| -> usize {
            a.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
        };
        let before = same(&mut old.chars().zip(new.chars()));
        let (old_rest, new_rest) = (&old[before..], &new[before..]);
        let behind = same(&mut old_rest.chars().rev().zip(new_rest.chars().rev()));
        let first = start + before;
        Self { start: first, old_end: first + old_rest.len() - behind, new_end: first + new_rest.len() - behind }
    }

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
    fn what_both_texts_have_in_common_is_no_part_of_an_edit() {
        for (old, new, expected) in [
            ("", "", (7, 7, 7)),
            ("same", "same", (11, 11, 11)),
            ("one two three", "one 2 three", (11, 14, 12)),
            ("aa", "aaa", (9, 9, 10)),
            ("größe", "große", (9, 11, 10)),
            ("a", "b", (7, 8, 8)),
        ] {
            let Edit { start, old_end, new_end } = Edit::between(7, old, new);
            assert_eq!((start, old_end, new_end), expected, "{old} -> {new}");
        }
    }

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
