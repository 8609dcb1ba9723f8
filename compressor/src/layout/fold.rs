//! Lines that repeat: equal neighbours, and equal neighbouring blocks of up to eight lines, are written once with their
//! count.
//!
//! A fold reads without a legend: ` (×12)` after a line, ` (last 3 lines ×12)` after the last line of a block. Lines are
//! compared as they will stand, counts included, until nothing folds any more.

use std::ops::Range;

use super::space::Cleaning;
use crate::draft::{Part, Rewritten};
use crate::tokens::{Counter, Tokenizer};

/// Lines of the longest block that is compared with the next.
const LONGEST_BLOCK: usize = 8;

/// A line as it will stand.
pub(crate) struct Unit {
    /// Where the line's own text ends in the document, trailing space left out.
    pub(crate) text_end: usize,
    /// Where the line ends in the document, blank lines and repeats that go with it included.
    pub(crate) repeats_end: usize,
    /// The line in the buffer.
    pub(crate) text: Range<usize>,
    /// Its line end in the buffer, a break before it included.
    pub(crate) line_end: Range<usize>,
    /// Counts written after the line.
    pub(crate) marker: String,
    hash: u64,
}

/// The lines of a text laid out, those that repeat written once.
pub(crate) struct Folded {
    /// The lines one after the other.
    pub(crate) buffer: String,
    pub(crate) units: Vec<Unit>,
    /// Their bytes of the document.
    range: Range<usize>,
}

impl Folded {
    pub(crate) fn of(text: &str, range: Range<usize>, cleaning: Cleaning, tokenizer: Tokenizer) -> Self {
        let (buffer, mut units) = cleaned(text, range.clone(), cleaning);
        let mut folder = Folder { buffer: &buffer, tokenizer, counter: None };
        while folder.round(&mut units) {}
        Self { buffer, units, range }
    }

    /// Where a line begins in the document.
    pub(crate) fn start(&self, unit: usize) -> usize {
        unit.checked_sub(1).map_or(self.range.start, |before| self.units[before].repeats_end)
    }

    /// The parts of all lines, some of which are written otherwise; these in order and apart.
    pub(crate) fn with(&self, rewritten: impl IntoIterator<Item = (Range<usize>, Rewritten)>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut at = 0;
        for (lines, rewritten) in rewritten {
            parts.extend(self.parts(at..lines.start));
            at = lines.end;
            parts.push(Part::Rewritten(rewritten));
        }
        parts.extend(self.parts(at..self.units.len()));
        parts
    }

    /// The parts of some lines: a part ends where a count is written or a line end has moved.
    pub(crate) fn parts(&self, lines: Range<usize>) -> Vec<Part> {
        let Some(last) = lines.end.checked_sub(1).filter(|_| !lines.is_empty()) else { return Vec::new() };
        let end = if lines.end == self.units.len() { self.range.end } else { self.units[last].repeats_end };
        let text_end = self.units.get(lines.end).map_or(self.buffer.len(), |next| next.text.start);
        written(&self.buffer[..text_end], &self.units[lines.clone()], self.start(lines.start)..end)
    }
}

/// Lays out the lines of `range`.
pub(super) fn parts(text: &str, range: Range<usize>, cleaning: Cleaning, tokenizer: Tokenizer) -> Vec<Part> {
    let folded = Folded::of(text, range, cleaning, tokenizer);
    folded.parts(0..folded.units.len())
}

/// The lines of `range` without the space that says nothing, one after the other in a buffer.
fn cleaned(text: &str, range: Range<usize>, cleaning: Cleaning) -> (String, Vec<Unit>) {
    let mut buffer = String::with_capacity(range.len());
    let mut units: Vec<Unit> = Vec::with_capacity(range.len() / 64);
    let source = &text.as_bytes()[range.clone()];
    let mut after_blank = false;
    let mut at = range.start;
    for stop in memchr::memchr_iter(b'\n', source).map(|offset| range.start + offset).chain([range.end]) {
        let next = (stop + 1).min(range.end);
        if at >= range.end {
            break;
        }
        let line = &text[at..stop];
        let carriage = usize::from(stop < range.end && line.ends_with('\r'));
        let line = &line[..line.len() - carriage];
        let blank = is_blank(line);
        if blank
            && (after_blank || stop == range.end)
            && let Some(last) = units.last_mut()
        {
            last.repeats_end = next;
            at = next;
            continue;
        }
        let start = buffer.len();
        let length = if blank {
            0
        } else {
            let next_is_blank = next >= range.end || next_line_is_blank(&text.as_bytes()[next..range.end]);
            cleaning.write(line, next_is_blank, &mut buffer)
        };
        buffer.push_str(&text[stop - carriage..next]);
        let written = start..start + length;
        units.push(Unit {
            text_end: at + line.trim_end_matches([' ', '\t']).len(),
            repeats_end: next,
            hash: hash(&buffer.as_bytes()[written.clone()]),
            line_end: written.end..buffer.len(),
            text: written,
            marker: String::new(),
        });
        after_blank = blank;
        at = next;
    }
    (buffer, units)
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

fn next_line_is_blank(rest: &[u8]) -> bool {
    let visible = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    visible.is_none_or(|&byte| byte == b'\n')
}

/// Quick and the same on every machine; equal hashes are compared by their bytes.
fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |state: u64, word: u64| (state.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let mut words = bytes.chunks_exact(8);
    let mut state = bytes.len() as u64;
    for word in &mut words {
        state = mix(state, u64::from_le_bytes(word.try_into().expect("eight bytes")));
    }
    words.remainder().iter().fold(state, |state, &byte| mix(state, u64::from(byte)))
}

/// A block that repeats.
struct Fold {
    /// Lines that stay.
    lines: usize,
    /// The line after the last copy.
    end: usize,
    /// The count to write.
    marker: String,
}

struct Folder<'a> {
    buffer: &'a str,
    tokenizer: Tokenizer,
    /// Made when there is something to count.
    counter: Option<Counter>,
}

impl Folder<'_> {
    /// Folds blocks of one line, then of two, and so on. Tells whether anything was folded.
    ///
    /// A fold can only make equal what held equal folds before, so that the number of rounds is the depth of repeats
    /// within repeats: at most the logarithm of the number of lines.
    fn round(&mut self, units: &mut Vec<Unit>) -> bool {
        let before = units.len();
        for period in 1..=LONGEST_BLOCK {
            self.pass(units, period);
        }
        units.len() < before
    }

    fn pass(&mut self, units: &mut Vec<Unit>, period: usize) {
        let mut kept = 0;
        let mut at = 0;
        while at < units.len() {
            let (lines, next) = match self.repeats(units, at, period) {
                Some(fold) => {
                    self.merge(units, at..at + fold.lines, fold.end, &fold.marker);
                    (fold.lines, fold.end)
                }
                None => (1, at + 1),
            };
            for index in at..at + lines {
                units.swap(kept, index);
                kept += 1;
            }
            at = next;
        }
        units.truncate(kept);
    }

    /// How often the block of `period` lines at `at` stands there, if to say so is cheaper.
    fn repeats(&mut self, units: &[Unit], at: usize, period: usize) -> Option<Fold> {
        let block = units.get(at..at + period)?;
        let same = |from: usize, lines: usize| {
            let copy = units.get(from..from + lines);
            copy.is_some_and(|copy| block.iter().zip(copy).all(|(one, other)| self.equal(one, other)))
        };
        let mut copies = 1;
        while same(at + period * copies, period) {
            copies += 1;
        }
        let mut fold = Fold { lines: period, end: at + period * copies, marker: String::new() };
        // Paragraphs that repeat have a blank line between them, but perhaps none after the last.
        if period > 1 && block[period - 1].text.is_empty() && same(fold.end, period - 1) {
            copies += 1;
            fold = Fold { lines: period - 1, end: fold.end + period - 1, ..fold };
        }
        let block = &block[..fold.lines];
        let visible = block.iter().filter(|unit| !unit.text.is_empty()).count();
        fold.marker = match visible {
            0 => return None,
            _ if copies == 1 => return None,
            1 => format!(" (×{copies})"),
            lines => format!(" (last {lines} lines ×{copies})"),
        };
        let mut copy = String::new();
        for unit in block {
            copy.push('\n');
            copy.push_str(&self.buffer[unit.text.clone()]);
            copy.push_str(&unit.marker);
        }
        if copy.len() * (copies - 1) <= fold.marker.len() {
            return None;
        }
        let counter = self.counter.get_or_insert_with(|| Counter::new(self.tokenizer));
        (counter.count(&copy) * (copies - 1) > counter.count(&fold.marker)).then_some(fold)
    }

    fn equal(&self, one: &Unit, other: &Unit) -> bool {
        one.hash == other.hash
            && one.text.len() + one.marker.len() == other.text.len() + other.marker.len()
            && self.bytes(one).eq(self.bytes(other))
    }

    fn bytes<'b>(&'b self, unit: &'b Unit) -> impl Iterator<Item = u8> + 'b {
        self.buffer[unit.text.clone()].bytes().chain(unit.marker.bytes())
    }

    /// The block takes in its copies, up to `end`.
    fn merge(&self, units: &mut [Unit], block: Range<usize>, end: usize, marker: &str) {
        let last_copy = &units[end - 1];
        let (repeats_end, line_end) = (last_copy.repeats_end, last_copy.line_end.clone());
        let last = &mut units[block.end - 1];
        last.repeats_end = repeats_end;
        last.line_end = line_end;
        let carrier = block.rev().find(|&index| !units[index].text.is_empty());
        if let Some(index) = carrier {
            units[index].marker.push_str(marker);
            let standing: Vec<u8> = self.bytes(&units[index]).collect();
            units[index].hash = hash(&standing);
        }
    }
}

/// The parts of the lines that are left: a part ends where a count is written or a line end has moved.
fn written(buffer: &str, units: &[Unit], range: Range<usize>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut push = |source: Range<usize>, text: String, folded: bool| {
        if !source.is_empty() {
            parts.push(if folded { Part::Fold { source, text } } else { Part::Fixed { source, text } });
        }
    };
    let mut source = range.start;
    let mut from = units.first().map_or(0, |first| first.text.start);
    for (index, unit) in units.iter().enumerate() {
        let moved = unit.line_end.start != unit.text.end;
        if unit.marker.is_empty() && !moved {
            continue;
        }
        push(source..unit.text_end, buffer[from..unit.text.end].to_owned(), false);
        let fold = format!("{}{}", unit.marker, &buffer[unit.line_end.clone()]);
        push(unit.text_end..unit.repeats_end, fold, true);
        source = unit.repeats_end;
        from = units.get(index + 1).map_or(buffer.len(), |next| next.text.start);
    }
    push(source..range.end, buffer[from..].to_owned(), false);
    parts
}
