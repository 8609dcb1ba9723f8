//! Runs of lines that differ only in times, numbers and identifiers: the first is written whole, and after it what the
//! others have in its places.
//!
//! ```text
//! 10:02:01 GET /orders/17 200 (×3: 10:02:01 17, :04 18, :09 19)
//! ```
//!
//! A row for each line, the first one's too, so that its places are seen; a time is written as far as it differs from the
//! time before it. Blocks of lines that repeat in this way are written after the last line of the first one:
//! ` (last 2 lines ×5: ...)`.
//!
//! Where less than that is asked for, the rows become ranges, ` (×50: 10:02:01 to 10:09:31, 17 to 66)`: first and last time,
//! smallest and largest number, first and last name.
//!
//! Invariants
//! - rows can be read back as the lines that they stand for (`tests::rows_read_back_as_the_lines`);
//! - what is written counts fewer tokens than the lines (`tests::similar_lines_are_folded`);
//! - time is linear: a run is looked at a bounded number of times.

mod fields;
mod range;
mod read;

use std::ops::Range;

use crate::tokens::Counter;
pub(super) use fields::template;
use fields::{fields, is_same_between};
pub(super) use read::read;

/// Lines of the longest block that is compared with the next.
const LONGEST_BLOCK: usize = 4;

/// Rows of a fold, at most: beyond it a line is written whole again, so that a reader does not lose the thread.
const MOST_ROWS: usize = 40;

/// Lines that can be written as one block with the values of all.
pub(super) struct Fold {
    /// The lines, by index.
    pub(super) lines: Range<usize>,
    /// How many of them are written.
    pub(super) block: usize,
    /// What is written after the last of these.
    pub(super) marker: String,
    /// Whether the marker gives ranges in place of all values.
    pub(super) is_range: bool,
}

/// A line that may be folded.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'text> {
    pub(super) text: &'text str,
    /// The number of its template; none where it must stand whole.
    pub(super) template: Option<u64>,
}

/// Finds folds, in order and apart.
pub(super) fn folds(lines: &[Candidate<'_>], ranges: bool, counter: &mut Counter) -> Vec<Fold> {
    let mut folds = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let most = if ranges { usize::MAX } else { MOST_ROWS };
        let block = (1..=LONGEST_BLOCK)
            .map(|block| (copies(lines, at, block, most), block))
            .filter(|(copies, _)| *copies > 1)
            .max_by_key(|(copies, block)| ((copies - 1) * block, std::cmp::Reverse(*block)));
        let fold = block.and_then(|(copies, block)| fold(lines, at, block, copies, ranges, counter));
        at = fold.as_ref().map_or(at + 1, |fold| fold.lines.end);
        folds.extend(fold);
    }
    folds
}

/// How often the block of lines at `at` stands there, by its templates, up to a number.
fn copies(lines: &[Candidate<'_>], at: usize, block: usize, most: usize) -> usize {
    let template = |index: usize| lines.get(index).and_then(|line| line.template);
    // A block that is made of smaller ones is no block of its own.
    let repeats = |part: usize| {
        block.is_multiple_of(part) && (part..block).all(|line| template(at + line) == template(at + line - part))
    };
    if (at..at + block).any(|index| template(index).is_none()) || (1..block).any(repeats) {
        return 0;
    }
    let same = |copy: &usize| (0..block).all(|line| template(at + copy * block + line) == template(at + line));
    1 + (1..most).take_while(same).count()
}

/// The values of a block and of its copies, a row each.
struct Rows<'text> {
    lines: &'text [Candidate<'text>],
    block: usize,
    /// For each field of the block whether it is written.
    written: Vec<bool>,
}

/// Folds the copies of a block, if that is cheaper.
fn fold(
    lines: &[Candidate<'_>],
    at: usize,
    block: usize,
    copies: usize,
    ranges: bool,
    counter: &mut Counter,
) -> Option<Fold> {
    let same = |copy: &usize| {
        (0..block).all(|line| is_same_between(lines[at + line].text, lines[at + copy * block + line].text))
    };
    // Templates are numbers, which may be equal by chance.
    let copies = 1 + (1..copies).take_while(same).count();
    if copies < 2 {
        return None;
    }
    let lines = &lines[at..at + block * copies];
    let rows = Rows::of(lines, block);
    let whole = |counter: &mut Counter, lines: &[Candidate<'_>]| -> usize {
        let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
        counter.count(&text.join("\n"))
    };
    let saved = whole(counter, lines).saturating_sub(whole(counter, &lines[..block]));
    let listed = (copies <= MOST_ROWS).then(|| rows.listed(copies)).filter(|marker| {
        let text: Vec<&str> = lines[..block].iter().map(|line| line.text).collect();
        let all: Vec<&str> = lines.iter().map(|line| line.text).collect();
        read(&(text.join("\n") + marker)).is_some_and(|read| read == all)
    });
    let ranged = ranges.then(|| rows.ranged(copies));
    let (cost, marker, is_range) = [(listed, false), (ranged, true)]
        .into_iter()
        .filter_map(|(marker, is_range)| marker.map(|marker| (counter.count(&marker), marker, is_range)))
        .min_by_key(|(cost, _, is_range)| (*cost, *is_range))?;
    (cost < saved).then(|| Fold { lines: at..at + block * copies, block, marker, is_range })
}

impl<'text> Rows<'text> {
    fn of(lines: &'text [Candidate<'text>], block: usize) -> Self {
        let mut rows = Self { lines, block, written: Vec::new() };
        let first: Vec<&str> = rows.fields(0).map(|(value, _)| value).collect();
        let mut written = vec![false; first.len()];
        for row in 1..lines.len() / block {
            for (slot, (value, _)) in rows.fields(row).enumerate() {
                written[slot] |= value != first[slot];
            }
        }
        // A value that stands there twice is written twice, so that each is found where it stands.
        let mut from = 0;
        for slot in 0..first.len() {
            if written[slot] {
                for earlier in from..slot {
                    written[earlier] = first[earlier] == first[slot];
                }
                from = slot + 1;
            }
        }
        rows.written = written;
        rows
    }

    /// The fields of a row, with whether each is a time.
    fn fields(&self, row: usize) -> impl Iterator<Item = (&'text str, bool)> + use<'text> {
        let lines = &self.lines[row * self.block..][..self.block];
        let of_line = |line: &Candidate<'text>| {
            let text = line.text;
            fields(text).into_iter().map(move |field| (&text[field.range], field.is_time))
        };
        lines.iter().flat_map(of_line)
    }

    /// Those that are written.
    fn row(&self, row: usize) -> impl Iterator<Item = (&'text str, bool)> {
        self.fields(row).zip(&self.written).filter(|(_, written)| **written).map(|(field, _)| field)
    }

    /// What begins a marker: how many lines it is about, and how many times they stand there.
    fn head(&self, copies: usize) -> String {
        if self.block == 1 { format!(" (×{copies}: ") } else { format!(" (last {} lines ×{copies}: ", self.block) }
    }

    /// The values of all rows.
    fn listed(&self, copies: usize) -> String {
        let mut marker = self.head(copies);
        let mut before = None;
        for row in 0..copies {
            for (index, (value, is_time)) in self.row(row).enumerate() {
                marker.push_str(match (row, index) {
                    (0, 0) => "",
                    (_, 0) => ", ",
                    _ => " ",
                });
                if is_time {
                    let before = before.replace(value).filter(|_| row > 0);
                    marker.push_str(before.map_or(value, |before| since(before, value)));
                } else {
                    marker.push_str(value);
                }
            }
        }
        marker.push(')');
        marker
    }

    /// For each slot what its values lie between.
    fn ranged(&self, copies: usize) -> String {
        let mut columns: Vec<(Vec<&str>, bool)> = Vec::new();
        for row in 0..copies {
            for (slot, (value, is_time)) in self.row(row).enumerate() {
                if row == 0 {
                    columns.push((Vec::new(), is_time));
                }
                columns[slot].0.push(value);
            }
        }
        let differs = |values: &[&str]| values.iter().any(|value| *value != values[0]);
        let columns = columns.iter().filter(|(values, _)| differs(values));
        let ranges: Vec<String> = columns.map(|(values, is_time)| range::of(values, *is_time)).collect();
        format!("{}{})", self.head(copies), ranges.join(", "))
    }
}

/// What a time has that the time before it has not: `:04` after `10:02:01` for `10:02:04`.
fn since<'value>(before: &str, value: &'value str) -> &'value str {
    let same = |until: usize| before.get(..until) == value.get(..until);
    match (same(6), same(3)) {
        (true, _) => &value[5..],
        (false, true) => &value[2..],
        _ => value,
    }
}

#[cfg(test)]
mod tests;
