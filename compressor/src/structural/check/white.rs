//! White space between two tokens: how much of it there is, as far as that means something.

use crate::language::Spacing;

/// How much white space there is, comments aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum White {
    #[default]
    None,
    Space,
    Break,
    /// A blank line.
    Blank,
}

impl White {
    /// That of a piece of text which no token holds.
    pub(super) fn of(between: &str) -> Self {
        match between.bytes().filter(|&byte| byte == b'\n').count() {
            0 if between.contains(char::is_whitespace) => Self::Space,
            0 => Self::None,
            1 => Self::Break,
            _ => Self::Blank,
        }
    }

    /// What is more than layout of it.
    pub(super) fn between(self, left: &str, right: &str, spacing: Spacing) -> Self {
        let Spacing::Beside(beside) = spacing else { return Self::None };
        // A bracket goes on with the line above it if no blank one comes between.
        let most = if right.starts_with(['(', '[', '{']) { Self::Blank } else { Self::Break };
        match self.min(if beside.keeps_lines { most } else { Self::Space }) {
            _ if left.is_empty() => Self::None,
            Self::Space if beside.is_layout(left, right) => Self::None,
            white => white,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_line_break_and_a_blank_line_matter_where_statements_end_at_them() {
        let spacing = |name| Language::from_name(name).and_then(|it| it.0.syntax).map(|it| it.spacing);
        let [yaml, css] = ["yaml", "css"].map(|name| spacing(name).expect("a row with a grammar"));
        assert_eq!(White::of("\n\n").between("a", "b", yaml), White::Break);
        assert_eq!(White::of("\n\n").between("a", "{", yaml), White::Blank);
        assert_eq!(White::of("\n\n").between("a", "b", css), White::Space);
        assert_eq!(White::of("\n").between("a", "{", css), White::None);
        assert_eq!(White::of(" ").between("[", "b", yaml), White::None);
        assert_eq!(White::of("\n").between("[", "b", yaml), White::Break);
    }
}
