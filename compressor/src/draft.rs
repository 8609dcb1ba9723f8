//! What an engine proposes for a segment, before the budget has spoken.
//!
//! A draft is a row of parts in source order. Every byte of the segment lies in the source of exactly one part, so that
//! `diff` can mark what went and the guard can tell where an atom should be.
//!
//! Invariants
//! - the sources of a draft's parts tile its segment (`pipeline` asserts it in tests);
//! - a `Fixed` part has the same bytes as its source, white space aside (`guard` checks it on every run).

use std::ops::Range;

/// One piece of a segment.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Decided: the same bytes as the source, white space aside.
    Fixed {
        /// Bytes of the document.
        source: Range<usize>,
        /// What stands for them.
        text: String,
    },
    /// A rewritten piece whose atoms all stand elsewhere in the draft: the second of two equal lines, a table's rule,
    /// a comment that restates its signature. May be empty.
    Fold {
        /// Bytes of the document.
        source: Range<usize>,
        /// What stands for them, for example ` (×3)`.
        text: String,
    },
    /// Running text: each word is kept or dropped by the tagger.
    Prose(Prose),
}

/// Running text, perhaps within comment markers.
#[derive(Clone, Debug, PartialEq)]
pub struct Prose {
    /// Bytes of the document, markers included.
    pub source: Range<usize>,
    /// Written before the first kept word: white space and markers, `"\n    # "`.
    pub open: String,
    /// Written after the last kept word: ` */`, `"""`.
    pub close: String,
    /// Written, with neither `open` nor `close`, where no word is kept: nothing, or what the code around it needs to
    /// stand, as `"\n \"\""` for the docstring of a function without another statement.
    pub when_empty: String,
    /// Written where a line break stays: `"\n"`, `"\n    # "`.
    pub line_break: String,
    /// The text, a line each, markers and indentation left out.
    pub lines: Vec<Line>,
    /// Whether this is a comment or docstring of code: it may vanish whole, markers and all, and an atom that
    /// stands in the code around it may go from it.
    pub comment: bool,
}

/// A line of running text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Bytes of the document.
    pub text: Range<usize>,
    /// Whether the line begins a new paragraph, item or heading; otherwise it continues the line before.
    pub starts: bool,
}

impl Part {
    /// The bytes of the document that the part stands for.
    #[must_use]
    pub fn source(&self) -> Range<usize> {
        match self {
            Self::Fixed { source, .. } | Self::Fold { source, .. } => source.clone(),
            Self::Prose(prose) => prose.source.clone(),
        }
    }

    /// The part of a text that begins `by` bytes later.
    pub(crate) fn moved(mut self, by: usize) -> Self {
        let shift = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
        match &mut self {
            Self::Fixed { source, .. } | Self::Fold { source, .. } => shift(source),
            Self::Prose(prose) => {
                shift(&mut prose.source);
                prose.lines.iter_mut().for_each(|line| shift(&mut line.text));
            }
        }
        self
    }
}
