//! Long arrays: their first and last values stay, and between them stands how many there are.
//!
//! Invariants
//! - gaps are in order and apart, each from the beginning of a value to that of a later one of the same array
//!   (`json::tests::counts_of_left_out_values_are_true`);
//! - time is linear but for a sort, and nothing recurses.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::ops::Range;

use crate::layout::json::string_end;
use crate::policy::Level;
use crate::tokens::Counter;

/// How many values stay at each end of a long array, and of a long table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Ends {
    /// Those of a level that leaves things out.
    pub(super) fn of(level: Level) -> Option<Self> {
        match level {
            Level::Safe | Level::Balanced => None,
            Level::Tight => Some(Self { first: 5, last: 2 }),
            Level::Skeleton => Some(Self { first: 1, last: 1 }),
        }
    }

    /// Which of so many values are left out, by index: none unless they are more than those that stay.
    pub(super) fn left_out(self, count: usize) -> Range<usize> {
        let Self { first, last } = self;
        if count > 2 * (first + last) { first..count - last } else { 0..0 }
    }
}

/// Values of an array for which their number stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// Bytes of the text, the comma after the last of them included.
    pub(super) range: Range<usize>,
    /// What stands for them.
    pub(super) text: String,
}

/// An array or object whose end was not seen.
struct Open {
    is_array: bool,
    count: usize,
    /// Where the first value that is left out would begin.
    from: usize,
    /// Where the last values begin, those that stay.
    last: VecDeque<usize>,
}

/// The gaps of valid JSON.
pub(super) fn gaps(text: &str, ends: Ends, counter: &mut Counter) -> Vec<Gap> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    let bytes = text.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let is_value = !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b':' | b',' | b'}' | b']');
        if is_value && let Some(outer) = open.last_mut().filter(|outer| outer.is_array) {
            outer.value(at, ends);
        }
        match byte {
            b'{' | b'[' => {
                open.push(Open { is_array: byte == b'[', count: 0, from: at, last: VecDeque::new() });
                at += 1;
            }
            b'}' | b']' => {
                found.extend(open.pop().and_then(|array| array.gap(ends)));
                at += 1;
            }
            b'"' => at = string_end(bytes, at + 1),
            _ if is_value => {
                at += bytes[at..].iter().take_while(|byte| !b" \t\r\n\",:{}[]".contains(byte)).count().max(1);
            }
            _ => at += 1,
        }
    }
    // What lies in a gap is left out with it.
    found.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
    let mut gaps: Vec<Gap> = Vec::new();
    let mut end = 0;
    for (range, count) in found.into_iter().filter(|(range, _)| !range.is_empty()) {
        if range.start < end {
            continue;
        }
        let written = format!("... {count} values,");
        if counter.count(&written) < counter.count(&text[range.clone()]) {
            end = range.end;
            gaps.push(Gap { range, text: written });
        }
    }
    gaps
}

impl Open {
    /// A value begins.
    fn value(&mut self, at: usize, ends: Ends) {
        if self.count == ends.first {
            self.from = at;
        }
        self.count += 1;
        self.last.push_back(at);
        if self.last.len() > ends.last {
            self.last.pop_front();
        }
    }

    fn gap(self, ends: Ends) -> Option<(Range<usize>, usize)> {
        let left_out = ends.left_out(self.count).len();
        let to = *self.last.front().filter(|_| self.is_array && left_out > 0)?;
        Some((self.from..to, left_out))
    }
}
