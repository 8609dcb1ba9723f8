//! Which bytes of the original are not in the result: what `diff` marks.
//!
//! Invariants
//! - the ranges are in order, apart, and on `char` boundaries (`tests/properties`);
//! - what is left of the original, white space aside, stands in the result in the same order (`tests/properties`).

use std::ops::Range;

use super::prepare::Prepared;
use crate::draft::{Part, Prose};
use crate::tagger::units::Unit;

/// The bytes that went, joined over the space between them; `pieces` holds what stands for each part, `None` for its source.
pub(super) fn dropped(document: &Prepared<'_>, kept: &[bool], pieces: &[Option<&str>]) -> Vec<Range<usize>> {
    let text = document.document.text;
    let mut gone = Gone { text, ranges: Vec::new() };
    let mut unit = 0;
    for (index, (part, piece)) in document.parts.iter().zip(pieces).enumerate() {
        let first = unit;
        while document.units.get(unit).is_some_and(|held| document.stream.lines[held.line].part == index) {
            unit += 1;
        }
        match (part, piece) {
            (Part::Fold { source, .. }, Some(_)) => gone.push(source.clone()),
            (Part::Rewritten(rewritten), Some(_)) => {
                for range in &rewritten.dropped {
                    gone.push(range.clone());
                }
            }
            (Part::Prose(prose), Some(piece)) => {
                prose_gone(document, prose, &document.units[first..unit], &kept[first..unit], piece, &mut gone);
            }
            (Part::Fixed { .. }, _) | (_, None) => {}
        }
    }
    gone.ranges
}

/// Follows the kept words through what was written; the marks between them are matched in order.
fn prose_gone(document: &Prepared<'_>, prose: &Prose, units: &[Unit], kept: &[bool], piece: &str, gone: &mut Gone<'_>) {
    let mut from = prose.source.start;
    let mut written = 0;
    let mut words: Vec<Range<usize>> = Vec::new();
    for (unit, &stays) in units.iter().zip(kept) {
        let source = document.stream.source(&unit.core);
        let core = document.stream.text[unit.core.clone()].split('\n').next().unwrap_or_default();
        let found = if stays && unit.short.is_none() { piece[written..].find(core) } else { None };
        let Some(found) = found else {
            words.push(source);
            continue;
        };
        gone.between(from..source.start, &words, &piece[written..written + found]);
        words.clear();
        from = source.end;
        written += found + core.len();
    }
    gone.between(from..prose.source.end, &words, &piece[written..]);
}

struct Gone<'text> {
    text: &'text str,
    ranges: Vec<Range<usize>>,
}

impl Gone<'_> {
    /// Of the bytes between two kept words, those of dropped words went, and the marks that were not written.
    fn between(&mut self, range: Range<usize>, words: &[Range<usize>], written: &str) {
        let mut words = words.iter().peekable();
        let text = self.text;
        // A symbol that the tagger wrote is no mark of the original.
        let original = &text[range.clone()];
        let mut marks = written.chars().filter(|mark| !mark.is_whitespace() && original.contains(*mark)).peekable();
        for (offset, mark) in original.char_indices() {
            let at = range.start + offset;
            while words.next_if(|word| word.end <= at).is_some() {}
            let in_word = words.peek().is_some_and(|word| word.contains(&at));
            if mark.is_whitespace() || (!in_word && marks.next_if(|next| *next == mark).is_some()) {
                continue;
            }
            self.push(at..at + mark.len_utf8());
        }
    }

    fn push(&mut self, range: Range<usize>) {
        match self.ranges.last_mut() {
            Some(last) if self.text[last.end..range.start.max(last.end)].trim().is_empty() => {
                last.end = last.end.max(range.end);
            }
            _ if range.is_empty() => {}
            _ => self.ranges.push(range),
        }
    }
}
