//! Line rules: what must be known of a language that is read line by line, without a grammar.
//!
//! Deliberately absent: behaviour, which `structural::line_wise` has.

use super::syntax::CommentRules;

/// The rules of a language of lines: each line says one thing, and a comment has a line of its own.
pub(crate) struct LineRules {
    /// What begins a comment, longest first.
    pub(crate) markers: &'static [&'static str],
    /// Whether a comment may have white space before it.
    pub(crate) indented_comments: bool,
    /// What carries a line on to the next one where it ends a line. What it joins stays byte for byte.
    pub(crate) continuation: Option<char>,
    /// Whether a comment, too, is carried on.
    pub(crate) continued_comments: bool,
    /// What the space around a line means.
    pub(crate) margins: Margins,
    /// What goes over several lines, and stays byte for byte.
    pub(crate) stretches: &'static [Stretch],
    /// Comments at the head of the text that tell how to read it: `# syntax=`.
    pub(crate) head_directives: &'static [&'static str],
    /// The one of them that says what carries a line on.
    pub(crate) continuation_directive: Option<&'static str>,
    /// Beginnings of comments that tools read, after the marker, in lower case.
    pub(crate) directives: &'static [&'static str],
    /// What makes a text unreadable by these rules.
    pub(crate) refused: &'static [&'static str],
}

/// What the space around a line means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Margins {
    /// It may mean something.
    Kept,
    /// At the end of a line it means nothing.
    FreeEnds,
    /// Nothing.
    Free,
}

/// What goes over several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// `<<WORD`, up to a line that is the word.
    Heredoc,
    /// Lines that begin with a tab, blank ones too.
    Recipe,
    /// `define`, up to its `endef`.
    Define,
    /// A value that begins with a quote, up to the quote that closes it.
    QuotedValue,
    /// Lines that are indented, below the one whose value they go on, and blank lines among them.
    IndentedValue,
    /// Quotes, and brackets as `[=[` and `]=]`, anywhere.
    Brackets,
}

impl LineRules {
    /// How comments are written.
    pub(crate) const fn comment_rules(&self) -> CommentRules {
        CommentRules {
            line_markers: self.markers,
            block_markers: &[],
            directives: self.directives,
            commented_code: &[],
        }
    }
}
