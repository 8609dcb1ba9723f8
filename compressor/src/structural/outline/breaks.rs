//! Breaks: where a line break is more than layout by what stands before and after it, whatever the tree says.
//!
//! Grammars of languages whose statements end at line breaks take some of these for layout: `f()`, a line break and `-1`
//! are two statements of Kotlin, and one difference to its grammar.
//!
//! Invariant: where the next line may begin a statement and the last may end one, the break stays
//! (`tests::a_line_that_may_begin_a_statement_stays_one`).

use crate::language::Spacing;

/// What was read so far, as far as it decides on line breaks.
pub(super) struct Breaks {
    spacing: Spacing,
    last: Last,
    /// The brackets that are open: whether they are braces.
    brackets: Vec<bool>,
    /// Whether an attribute ended with the last token, or what has a line of its own begins with the next.
    line_next: bool,
}

/// The last token of code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// It may end a statement.
    Operand,
    /// It opens a brace.
    Brace,
    /// It takes its lines whole.
    WholeLines,
    Other,
}

impl Breaks {
    /// Before the first token.
    pub(super) fn new(spacing: Spacing) -> Self {
        Self { spacing, last: Last::Other, brackets: Vec::new(), line_next: false }
    }

    /// Has the next token begin a line of its own.
    pub(super) fn expect_line(&mut self) {
        self.line_next = true;
    }

    /// Notes that an attribute ends, which would take what follows it in its line for a part of itself.
    pub(super) fn end_attribute(&mut self) {
        self.line_next |= matches!(self.spacing, Spacing::Sided { .. });
    }

    /// Notes a token of code.
    pub(super) fn note(&mut self, token: &str) {
        match token {
            "(" | "[" => self.brackets.push(false),
            "{" => self.brackets.push(true),
            ")" | "]" | "}" => drop(self.brackets.pop()),
            _ => {}
        }
        let ends =
            |c: char| !c.is_ascii_punctuation() || matches!(c, '_' | '"' | '\'' | ')' | ']' | '}' | '>' | '!' | '?');
        self.last = match token {
            "{" => Last::Brace,
            "->" | "=>" => Last::Other,
            _ if token.ends_with(ends) => Last::Operand,
            _ => Last::Other,
        };
        self.line_next = false;
    }

    /// Notes that the last token takes its lines whole, or the next one does.
    pub(super) fn note_whole_lines(&mut self) {
        self.last = Last::WholeLines;
    }

    /// Whether a line break before a token stays, whatever node holds both sides of it.
    pub(super) fn stays_before(&self, token: &str) -> bool {
        let outside = self.brackets.last().is_none_or(|&brace| brace);
        let begins = || matches!(token, "+" | "-" | "*" | "/" | "&" | "<" | "!" | "(" | "[");
        let by_language = match self.spacing {
            Spacing::Free | Spacing::Signed => false,
            Spacing::Beside(beside) => beside.keeps_lines,
            Spacing::Sided { .. } => self.last == Last::Operand && outside && begins(),
            Spacing::Kept => true,
        };
        by_language || self.last == Last::WholeLines || (self.line_next && outside)
    }

    /// Whether a token stands next to a brace.
    pub(super) fn beside_brace(&self, token: &str) -> bool {
        self.last == Last::Brace || token == "}"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(tokens: &[&str]) -> Breaks {
        let mut breaks = Breaks::new(Spacing::Sided { operators: &[], marks: &[] });
        for token in tokens {
            breaks.note(token);
        }
        breaks
    }

    #[test]
    fn a_line_that_may_begin_a_statement_stays_one() {
        assert!(after(&["f", "(", ")"]).stays_before("-"));
        assert!(after(&["a"]).stays_before("["));
        assert!(after(&["{", "a"]).stays_before("("));
        assert!(!after(&["a", "="]).stays_before("-"));
        assert!(!after(&["(", "a"]).stays_before("-"), "within a bracket nothing ends");
        assert!(!after(&["a", "->"]).stays_before("("));
        assert!(!after(&["a"]).stays_before("."));
    }

    #[test]
    fn what_begins_a_line_of_its_own_does_so_outside_of_brackets() {
        for (tokens, stays) in [(&["a"], true), (&["("], false)] {
            let mut breaks = after(tokens);
            breaks.expect_line();
            assert_eq!(breaks.stays_before("b"), stays);
            breaks.note("b");
            assert!(!breaks.stays_before("c"));
        }
    }

    #[test]
    fn nothing_follows_what_takes_its_lines_whole() {
        let mut breaks = after(&["(", "a"]);
        breaks.note_whole_lines();
        assert!(breaks.stays_before("b"));
    }
}
