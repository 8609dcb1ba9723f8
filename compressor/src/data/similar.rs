//! Runs of lines that differ only in times, numbers, identifiers and a few words: the first is written whole, and after it
//! what the others have in its places.
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
//! smallest and largest number, first names and how many others.
//!
//! Invariants
//! - rows can be read back as the lines that they stand for, white space aside (`tests::rows_read_back_as_the_lines`);
//! - what is written counts fewer tokens than the lines (`tests::similar_lines_are_folded`);
//! - time is linear: a run is looked at a bounded number of times.

mod fields;
mod range;
mod read;

use std::ops::Range;

use crate::guard::same_bytes;
use crate::tokens::Counter;
pub(super) use fields::template;
use fields::{Sort, fields, is_same_between};
pub(super) use read::read;

/// Of so many words without a digit one may differ, so that lines are alike to a reader too.
const WORDS_OF_ONE_THAT_DIFFERS: usize = 2;

/// Rows after which no other words may differ.
const ROWS_THAT_SETTLE: usize = 2;

/// Lines of the longest block that is compared with the next.
const LONGEST_BLOCK: usize = 4;

/// Rows of a fold, at most: beyond it a line is written whole again, so that a reader does not lose the thread.
const MOST_ROWS: usize = 40;

/// The same where only ranges are given.
const MOST_ROWS_IN_RANGE: usize = 10_000;

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
    let most = if ranges { MOST_ROWS_IN_RANGE } else { MOST_ROWS };
    let repeats: Vec<Vec<usize>> = (1..=LONGEST_BLOCK).map(|block| repeats(lines, block)).collect();
    let mut folds = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let mut best: Option<Fold> = None;
        for (block, repeats) in (1..).zip(&repeats) {
            let copies = (1 + repeats[at] / block).min(most);
            let fold = if copies > 1 { fold(lines, at, block, copies, ranges, counter) } else { None };
            // A longer block must be worth it, and not go on only since the shorter one has as many rows as it may have.
            best = match (best, fold) {
                (Some(best), Some(fold)) if best.lines.len() < most && fold.lines.len() >= 2 * best.lines.len() => {
                    Some(fold)
                }
                (best, fold) => best.or(fold),
            };
        }
        at = best.as_ref().map_or(at + 1, |fold| fold.lines.end);
        folds.extend(best);
    }
    folds
}

/// For each line how many from it on have the template of the line so many lines further on.
fn repeats(lines: &[Candidate<'_>], distance: usize) -> Vec<usize> {
    let mut repeats = vec![0; lines.len()];
    for at in (0..lines.len().saturating_sub(distance)).rev() {
        let (one, other) = (lines[at].template, lines[at + distance].template);
        repeats[at] = if one.is_some() && one == other { repeats[at + 1] + 1 } else { 0 };
    }
    repeats
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
    let rows = Rows::of(&lines[at..at + block * copies], block)?;
    let (lines, copies) = (rows.lines, rows.lines.len() / block);
    let whole = |counter: &mut Counter, lines: &[Candidate<'_>]| -> usize {
        let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
        counter.count(&text.join("\n"))
    };
    let saved = whole(counter, lines).saturating_sub(whole(counter, &lines[..block]));
    let listed = (copies <= MOST_ROWS).then(|| rows.listed(copies)).filter(|marker| {
        let text: Vec<&str> = lines[..block].iter().map(|line| line.text).collect();
        let all: Vec<&str> = lines.iter().map(|line| line.text).collect();
        read(&(text.join("\n") + marker)).is_some_and(|read| same_bytes(&read.concat(), &all.concat()))
    });
    let ranged = ranges.then(|| rows.ranged(copies));
    let (cost, marker, is_range) = [(listed, false), (ranged, true)]
        .into_iter()
        .filter_map(|(marker, is_range)| marker.map(|marker| (counter.count(&marker), marker, is_range)))
        .min_by_key(|(cost, _, is_range)| (*cost, *is_range))?;
    (cost < saved).then(|| Fold { lines: at..at + block * copies, block, marker, is_range })
}

impl<'text> Rows<'text> {
    /// The rows from the first on that differ from it in few words, if there are two or more.
    fn of(lines: &'text [Candidate<'text>], block: usize) -> Option<Self> {
        let mut rows = Self { lines, block, written: Vec::new() };
        let first: Vec<(&str, Sort)> = rows.fields(0).collect();
        let words = first.iter().filter(|(_, sort)| *sort == Sort::Word).count();
        let mut written = vec![false; first.len()];
        let mut copies = 1;
        for row in 1..lines.len() / block {
            let (one, other) = (&lines[..block], &lines[row * block..][..block]);
            let mut differs = written.clone();
            for (slot, (value, _)) in rows.fields(row).enumerate().take(first.len()) {
                differs[slot] |= value != first[slot].0;
            }
            let of_words = |differs: &[bool]| {
                first.iter().zip(differs).filter(|((_, sort), differs)| **differs && *sort == Sort::Word).count()
            };
            let (known, now) = (of_words(&written), of_words(&differs));
            // Lines that go together seldom begin to differ in another word after a while.
            let goes_on = now == known || row <= ROWS_THAT_SETTLE;
            // A block is known by its words.
            let few = if block == 1 { WORDS_OF_ONE_THAT_DIFFERS * now <= words } else { now == 0 };
            // Templates are numbers, which may be equal by chance.
            let same = one.iter().zip(other).all(|(one, other)| is_same_between(one.text, other.text));
            if !(same && few && goes_on) {
                break;
            }
            written = differs;
            copies += 1;
        }
        // A value that stands there twice is written twice, so that each is found where it stands.
        let mut from = 0;
        for slot in 0..first.len() {
            if written[slot] {
                for earlier in from..slot {
                    written[earlier] = first[earlier].0 == first[slot].0;
                }
                from = slot + 1;
            }
        }
        rows.lines = &lines[..copies * block];
        rows.written = written;
        (copies > 1).then_some(rows)
    }

    /// The fields of a row.
    fn fields(&self, row: usize) -> impl Iterator<Item = (&'text str, Sort)> + use<'text> {
        let lines = &self.lines[row * self.block..][..self.block];
        let of_line = |line: &Candidate<'text>| {
            let text = line.text;
            fields(text).into_iter().map(move |field| (&text[field.range], field.sort))
        };
        lines.iter().flat_map(of_line)
    }

    /// Those that are written.
    fn row(&self, row: usize) -> impl Iterator<Item = (&'text str, Sort)> {
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
            for (index, (value, sort)) in self.row(row).enumerate() {
                marker.push_str(match (row, index) {
                    (0, 0) => "",
                    (_, 0) => ", ",
                    _ => " ",
                });
                if sort == Sort::Time {
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
        let mut columns: Vec<(Vec<&str>, Sort)> = Vec::new();
        for row in 0..copies {
            for (slot, (value, sort)) in self.row(row).enumerate() {
                if row == 0 {
                    columns.push((Vec::new(), sort));
                }
                columns[slot].0.push(value);
            }
        }
        let differs = |values: &[&str]| values.iter().any(|value| *value != values[0]);
        let columns = columns.iter().filter(|(values, _)| differs(values));
        let ranges: Vec<String> = columns.map(|(values, sort)| range::of(values, *sort == Sort::Time)).collect();
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
