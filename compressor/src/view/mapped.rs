//! Text made of pieces of another text, which knows where each of its bytes stood.
//!
//! Invariants
//! - each piece has the bytes that it stood for (`tests::pieces_have_the_bytes_that_they_stand_for`);
//! - pieces are in the order of the text; where they stood they may be in any other.

use std::ops::Range;

/// Text made of pieces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mapped {
    pub(crate) text: String,
    pieces: Vec<Piece>,
}

/// Bytes that were copied.
#[derive(Clone, Debug)]
struct Piece {
    /// The first byte in the text.
    at: usize,
    /// Where they stood.
    source: Range<usize>,
}

impl Piece {
    fn range(&self) -> Range<usize> {
        self.at..self.at + self.source.len()
    }
}

impl Mapped {
    /// Adds text that stood nowhere.
    pub(crate) fn push_own(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds bytes of the original.
    pub(crate) fn push_copy(&mut self, original: &str, source: Range<usize>) {
        let Some(text) = original.get(source.clone()).filter(|text| !text.is_empty()) else { return };
        match self.pieces.last_mut() {
            Some(last) if last.range().end == self.text.len() && last.source.end == source.start => {
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece { at: self.text.len(), source }),
        }
        self.text.push_str(text);
    }

    /// Adds a stretch of another text of the same original.
    pub(crate) fn push_part(&mut self, other: &Self, range: Range<usize>) {
        let by = self.text.len();
        let Some(text) = other.text.get(range.clone()) else { return };
        self.text.push_str(text);
        for (within, source) in other.copied(&range) {
            self.pieces.push(Piece { at: by + within.start - range.start, source });
        }
    }

    /// What of a stretch was copied: bytes of the text, and where they stood.
    pub(crate) fn copied(&self, range: &Range<usize>) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
        let range = range.clone();
        let first = self.pieces.partition_point(|piece| piece.range().end <= range.start);
        self.pieces[first..].iter().take_while(move |piece| piece.at < range.end).map(move |piece| {
            let (start, end) = (piece.at.max(range.start), piece.range().end.min(range.end));
            (start..end, piece.source.start + start - piece.at..piece.source.start + end - piece.at)
        })
    }

    /// Where a stretch stood, from the first of its bytes to the last; of one that stood nowhere, the place of what stands
    /// before it.
    pub(crate) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let copied = self.copied(range).map(|(_, source)| source);
        copied.reduce(|one, other| one.start.min(other.start)..one.end.max(other.end)).unwrap_or_else(|| {
            let before = self.pieces.partition_point(|piece| piece.at < range.start).checked_sub(1);
            let at = before.map_or(0, |index| self.pieces[index].source.end);
            at..at
        })
    }

    /// What of the original was not copied, in order.
    pub(crate) fn left_out(&self, original: &str) -> Vec<Range<usize>> {
        let mut sources: Vec<&Range<usize>> = self.pieces.iter().map(|piece| &piece.source).collect();
        sources.sort_unstable_by_key(|source| source.start);
        let mut gaps = Vec::new();
        let mut end = 0;
        for source in sources.into_iter().chain([&(original.len()..original.len())]) {
            if end < source.start {
                gaps.push(end..source.start);
            }
            end = end.max(source.end);
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_the_bytes_that_they_stand_for() {
        let original = "one two three";
        let mut inner = Mapped::default();
        inner.push_copy(original, 8..13);
        inner.push_own("!");
        inner.push_copy(original, 0..3);
        inner.push_copy(original, 3..5);
        let mut mapped = Mapped::default();
        mapped.push_own("> ");
        mapped.push_part(&inner, 2..10);
        assert_eq!(mapped.text, "> ree!one ");
        for (at, source) in mapped.copied(&(0..mapped.text.len())) {
            assert_eq!(mapped.text[at], original[source]);
        }
        assert_eq!(mapped.source(&(3..5)), 11..13);
        assert_eq!(mapped.source(&(3..8)), 0..13);
        assert_eq!(mapped.source(&(0..2)), 0..0);
        assert_eq!(mapped.source(&(5..6)), 13..13);
        assert_eq!(mapped.left_out(original), vec![std::ops::Range { start: 4, end: 10 }]);
    }
}
