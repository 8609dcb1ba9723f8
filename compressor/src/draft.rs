//! What an engine proposes for a segment, before the budget has spoken.
//!
//! A draft is a row of parts in source order. Every byte of the segment lies in the source of exactly one part, so that
//! `diff` can mark what went and the guard can tell where an atom should be.
//!
//! Invariants
//! - the sources of a draft's parts tile its segment (`pipeline` asserts it in tests);
//! - a `Fixed` part has the same bytes as its source, white space aside (`guard` checks it on every run);
//! - from a `Rewritten` part its source can be read again, unless its form says that something was left out, which the
//!   receipt then lists (`guard` reads it, `pipeline` counts what was left out).

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
    /// Data in another form, or less of it.
    Rewritten(Rewritten),
    /// Running text: each word is kept or dropped by the tagger.
    Prose(Prose),
}

/// Data in another form that a reader understands without a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Rewritten {
    /// Bytes of the document.
    pub source: Range<usize>,
    /// What stands for them.
    pub text: String,
    /// Bytes of the document within `source`, in order and apart, that do not stand in `text` where they stood. All
    /// others do, white space aside, in order.
    pub dropped: Vec<Range<usize>>,
    /// What `text` claims to be.
    pub form: Form,
}

/// What a rewritten piece claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON whose keys are written once, in a header: it can be read back byte for byte, white space aside.
    Table,
    /// Lines of which one stands for several, with the values of all: they can be read back, white space aside.
    Lines,
    /// Something was left out, and the text says how much. The atoms that are lost by it stand in the receipt, so that
    /// only `tight` and what goes further may have it.
    Elided,
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
            Self::Rewritten(rewritten) => rewritten.source.clone(),
            Self::Prose(prose) => prose.source.clone(),
        }
    }

    /// What stands for the source, where that was decided without the tagger.
    #[must_use]
    pub fn decided(&self) -> Option<&str> {
        match self {
            Self::Fixed { text, .. } | Self::Fold { text, .. } => Some(text),
            Self::Rewritten(rewritten) => Some(&rewritten.text),
            Self::Prose(_) => None,
        }
    }
}
