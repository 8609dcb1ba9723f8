//! Frames: what may have stood around a piece of code that was cut out of a text.

use std::borrow::Cow;

use crate::language::Syntax;

/// What is put before and after a piece, so that it is read as in the text that it was cut out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::structural) struct Frame {
    pub(in crate::structural) before: &'static str,
    after: &'static str,
}

impl Frame {
    /// Nothing.
    pub(in crate::structural) const NONE: Self = Self { before: "", after: "" };

    /// Those that a language has.
    pub(in crate::structural) fn all(syntax: &Syntax) -> impl Iterator<Item = Self> + use<> {
        syntax.frames.unwrap_or_default().iter().map(|&(before, after)| Self { before, after })
    }

    /// Whether it is the beginning of a string or a comment.
    pub(super) fn is_opener(self) -> bool {
        self.after.is_empty() && self != Self::NONE
    }

    /// A piece within what stood around it.
    pub(in crate::structural) fn around(self, piece: &str) -> Cow<'_, str> {
        if self == Self::NONE { Cow::Borrowed(piece) } else { Cow::Owned([self.before, piece, self.after].concat()) }
    }
}
