//! Seams: what may stand between two tokens that share a line, in the cheapest equal form.
//!
//! Invariant: where a space may be more than a sign that two tokens are two, none goes and none comes
//! (`tests::a_space_on_one_side_of_an_operator_is_left_alone`).

use super::outline::{Standing, Token};
use super::spacing::{may_touch, wants_space};
use crate::language::Spacing;

/// What is written between two tokens of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seam {
    /// Nothing.
    Closed,
    /// A space.
    Space,
    /// A space where it is cheaper; where both cost the same, what is said here.
    Optional { stays: bool },
    /// As `Optional`, on both sides of an operator at once; this is the first side.
    First,
    /// As `Optional`, on both sides of an operator at once; this is the second side.
    Second,
}

/// Two tokens, and what stands between them.
#[derive(Clone, Copy)]
pub(crate) struct Neighbours<'a> {
    pub(crate) left: &'a str,
    pub(crate) right: &'a str,
    /// Whether a space between them must stay one: the grammar shows neither, or not what they are.
    pub(crate) apart: bool,
    /// Whether a line break or a comment goes from between them.
    pub(crate) joined: bool,
    /// Whether the first touches what is on its own left.
    pub(crate) touched: bool,
}

impl<'a> Neighbours<'a> {
    /// Two tokens of a text.
    pub(crate) fn new(text: &'a str, before: &Token, after: &Token, joined: bool) -> Self {
        let [left, right] = [before, after].map(|token| text.get(token.range.clone()).unwrap_or_default());
        let touched = !text.get(..before.range.start).unwrap_or_default().ends_with(char::is_whitespace);
        let raw = [before, after].iter().any(|token| token.standing == Standing::Raw);
        Self { left, right, apart: raw || (before.hidden && after.hidden), joined, touched }
    }

    /// What may stand between them where white space stood; `operator` is the first of two seams around one that may lose
    /// both its spaces, or the second.
    pub(crate) fn seam(self, spacing: Spacing, operator: Option<Seam>) -> Seam {
        // Of two that the grammar does not show, nobody could tell whether they are still two.
        let touching = may_touch(self.left, self.right) && !self.apart;
        let stays = !self.joined || wants_space(self.left, self.right);
        match spacing {
            _ if !touching => Seam::Space,
            Spacing::Free | Spacing::Signed => Seam::Optional { stays },
            Spacing::Beside(beside) if beside.is_layout(self.left, self.right) => Seam::Optional { stays },
            Spacing::Kept | Spacing::Beside(_) => Seam::Space,
            Spacing::Sided { .. } if self.is_beside_separator() => Seam::Optional { stays },
            Spacing::Sided { marks, .. } if self.follows_mark(marks) => Seam::Optional { stays },
            Spacing::Sided { .. } if self.joined && self.is_member() => Seam::Closed,
            Spacing::Sided { .. } => operator.unwrap_or(Seam::Space),
        }
    }

    /// Within a bracket, beside a comma, or between the end of a list of parameters and the brace after it.
    fn is_beside_separator(self) -> bool {
        let opened = self.left.ends_with(['(', '[', '{', ',', ';']);
        let closes = matches!(self.right, ")" | "]" | "}" | "," | ";");
        opened || closes || (self.left == ")" && self.right == "{")
    }

    /// After a mark that touches what is on its left.
    fn follows_mark(self, marks: &[&str]) -> bool {
        self.touched && marks.contains(&self.left)
    }

    /// The name of a member after what it belongs to.
    fn is_member(self) -> bool {
        let dot = |token: &str| matches!(token, "." | "?." | "&." | "!!." | "::");
        dot(self.left) || dot(self.right)
    }

    /// Whether one of them is a word, a string or a bracket that takes no operator for a part of itself, as `:a` and `:[]`
    /// do.
    pub(crate) fn is_plain(self) -> bool {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}');
        let symbol = self.left.len() > 1 && self.left.starts_with(':');
        let taken = symbol && !(self.right == "=>" && self.left.ends_with(char::is_alphanumeric));
        may_touch(self.left, self.right) && !taken && (self.left.ends_with(plain) || self.right.starts_with(plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDED: Spacing = Spacing::Sided { operators: &["="], marks: &[":"] };

    fn seam(left: &str, right: &str, joined: bool, spacing: Spacing) -> Seam {
        Neighbours { left, right, apart: false, joined, touched: false }.seam(spacing, None)
    }

    #[test]
    fn a_space_on_one_side_of_an_operator_is_left_alone() {
        for (left, right) in [("a", "-"), ("-", "a"), ("f", "("), ("a", "["), ("a", "?"), (":", "b"), ("a", ".")] {
            assert_eq!(seam(left, right, false, SIDED), Seam::Space, "{left} {right}");
            assert_eq!(seam(left, right, false, Spacing::Kept), Seam::Space, "{left} {right}");
        }
    }

    #[test]
    fn a_space_within_brackets_and_beside_commas_may_go() {
        for (left, right) in [("(", "a"), ("a", ")"), (",", "-"), ("a", ","), (")", "{"), ("{", "}")] {
            assert_eq!(seam(left, right, false, SIDED), Seam::Optional { stays: true }, "{left} {right}");
            assert_eq!(seam(left, right, false, Spacing::Kept), Seam::Space, "{left} {right}");
        }
        assert_eq!(seam("(", "a", true, SIDED), Seam::Optional { stays: false });
    }

    #[test]
    fn a_space_after_a_mark_may_go_where_none_is_before_it() {
        let after =
            |touched| Neighbours { left: ":", right: "a", apart: false, joined: false, touched }.seam(SIDED, None);
        assert_eq!(after(true), Seam::Optional { stays: true });
        assert_eq!(after(false), Seam::Space);
    }

    #[test]
    fn a_member_on_a_line_of_its_own_joins_what_it_belongs_to() {
        assert_eq!(seam("a", ".", true, SIDED), Seam::Closed);
        assert_eq!(seam("?.", "b", true, SIDED), Seam::Closed);
        assert_eq!(seam("1", ".", true, SIDED), Seam::Space);
    }
}
