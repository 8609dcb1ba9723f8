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

use serde::Serialize;

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
    /// Another form, or less of it.
    Rewritten(Rewritten),
    /// Running text: each word is kept or dropped by the tagger.
    Prose(Prose),
}

/// Another form that a reader understands without a legend.
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
    /// Code or comments were left out, which only `tight` and `skeleton` may do. Of code the text says how much.
    Omitted(Omission),
}

/// Parts that may be left out together.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Which parts of the draft.
    pub parts: Range<usize>,
    /// What then stands for them, white space around it included.
    pub text: String,
    /// What is left out.
    pub omission: Omission,
}

/// What is left out, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Omission {
    /// What it is.
    pub what: Omitted,
    /// How many there are: of bodies 1, of others statements, imports, elements, characters or repeats.
    pub count: usize,
    /// Lines of the original that it stands on.
    pub lines: usize,
}

/// What can be left out of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Omitted {
    /// Bodies of functions and methods.
    Bodies,
    /// Statements that stand in no function and define nothing.
    Statements,
    /// Comments, and what follows the first sentence of those that document.
    Comments,
    /// What brings names in that nothing which stays uses.
    Imports,
    /// Elements of a long list, table or object, between its first and its last.
    Elements,
    /// Characters of a long string, between its beginning and its end.
    Characters,
    /// Neighbours that are the same as the one before them but for a few tokens, which are told.
    Repeats,
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

    /// The part of a text that begins `by` bytes later.
    pub(crate) fn moved(mut self, by: usize) -> Self {
        let shift = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
        match &mut self {
            Self::Fixed { source, .. } | Self::Fold { source, .. } => shift(source),
            Self::Prose(prose) => {
                shift(&mut prose.source);
                prose.lines.iter_mut().for_each(|line| shift(&mut line.text));
            }
            Self::Rewritten(rewritten) => {
                shift(&mut rewritten.source);
                rewritten.dropped.iter_mut().for_each(shift);
            }
        }
        self
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

impl Cut {
    /// The cut of a draft with so many parts more before its own.
    pub(crate) fn moved(self, by: usize) -> Self {
        Self { parts: self.parts.start + by..self.parts.end + by, ..self }
    }
}

/// The parts with all cuts made: in the place of each outermost one stands its text.
#[must_use]
pub fn cut(parts: Vec<Part>, cuts: &[Cut]) -> Vec<Part> {
    let mut cuts = cuts.iter().peekable();
    let mut all = Vec::with_capacity(parts.len());
    let mut parts = parts.into_iter().enumerate();
    while let Some((index, part)) = parts.next() {
        while cuts.next_if(|cut| cut.parts.end <= index || cut.parts.start < index).is_some() {}
        let Some(cut) = cuts.next_if(|cut| cut.parts.start == index && !cut.parts.is_empty()) else {
            all.push(part);
            continue;
        };
        let mut source = part.source();
        for (_, part) in parts.by_ref().take(cut.parts.len() - 1) {
            source.end = part.source().end;
        }
        let (text, dropped) = (cut.text.clone(), vec![source.clone()]);
        all.push(Part::Rewritten(Rewritten { source, text, dropped, form: Form::Omitted(cut.omission) }));
    }
    all
}

/// The text of some parts; `keep` is asked for each word of their prose, in order.
pub(crate) fn written(text: &str, parts: &[Part], keep: &mut dyn FnMut() -> bool) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Prose(prose) => prose.write(text, keep, &mut out),
            decided => out.push_str(decided.decided().unwrap_or_default()),
        }
    }
    out
}

impl Prose {
    fn write(&self, text: &str, keep: &mut dyn FnMut() -> bool, out: &mut String) {
        let mut empty = true;
        let mut breaks = false;
        for line in &self.lines {
            breaks |= line.starts;
            for word in text[line.text.clone()].split_whitespace().filter(|_| keep()) {
                out.push_str(match (empty, breaks) {
                    (true, _) => &self.open,
                    (false, true) => &self.line_break,
                    (false, false) => " ",
                });
                out.push_str(word);
                empty = false;
                breaks = false;
            }
        }
        out.push_str(if empty { &self.when_empty } else { &self.close });
    }
}
