//! Words: the check for languages whose white space parts words as a shell's does.
//!
//! Grammars of shells read the same words in more than one way, and which way depends on layout; the shell itself cuts its
//! input at blanks and line breaks before it looks at anything else. So the words are compared, and what parts them.
//!
//! Invariants
//! - two texts are the same only if each word, with its quotes, is the same byte for byte, and each line break between two
//!   words is one in both (`tests::a_line_break_is_no_blank`);
//! - only the places of comments, quotes and heredocs are taken from the tree.

use std::ops::Range;

use tree_sitter::Tree;

use super::Difference;
use crate::language::{Role, Syntax};

/// Compares two texts word by word.
pub(super) fn compare(original: (&str, &Tree), result: (&str, &Tree), syntax: &Syntax) -> Result<(), Difference> {
    let mut before = Words::new(original.0, original.1, syntax);
    let mut after = Words::new(result.0, result.1, syntax);
    loop {
        let (expected, found) = (before.next(), after.next());
        if expected != found {
            return Err(Difference { original: before.at, result: after.at });
        }
        if expected.is_none() {
            return Ok(());
        }
    }
}

/// A word, and whether a line break parts it from the word before.
type Word<'a> = (bool, &'a str);

/// The words of a text, in order.
struct Words<'a> {
    text: &'a str,
    /// Comments, and text in which white space parts nothing; in order.
    marked: std::vec::IntoIter<(Range<usize>, Marked)>,
    next: Option<(Range<usize>, Marked)>,
    at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marked {
    Comment,
    Solid,
}

impl<'a> Words<'a> {
    fn new(text: &'a str, tree: &Tree, syntax: &Syntax) -> Self {
        let mut marked = marked(tree, syntax).into_iter();
        let next = marked.next();
        Self { text, marked, next, at: 0 }
    }

    /// The comment or solid text that a byte lies in or begins.
    fn marked_at(&mut self, at: usize) -> Option<(usize, Marked)> {
        while self.next.as_ref().is_some_and(|(range, _)| range.end <= at) {
            self.next = self.marked.next();
        }
        self.next.as_ref().filter(|(range, _)| range.start <= at).map(|(range, kind)| (range.end, *kind))
    }

    /// The bytes of white space at a place: a blank, or a backslash at the end of a line beside one.
    fn white(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\n') => 1,
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => 1,
            Some(b'\\') => {
                let length = escaped_break(bytes, at);
                let blank = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
                let beside =
                    at.checked_sub(1).is_none_or(|before| blank(bytes.get(before))) || blank(bytes.get(at + length));
                if length > 0 && beside { length } else { 0 }
            }
            _ => 0,
        }
    }
}

/// The length of a backslash that ends a line, with the line break; 0 where there is none.
fn escaped_break(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b'\\', b'\n', ..]) => 2,
        Some([b'\\', b'\r', b'\n', ..]) => 3,
        _ => 0,
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut breaks = at == 0;
        loop {
            match self.marked_at(at) {
                Some((end, Marked::Comment)) => at = end,
                Some((_, Marked::Solid)) => break,
                None => match self.white(at) {
                    0 => break,
                    length => {
                        breaks |= bytes[at] == b'\n';
                        at += length;
                    }
                },
            }
        }
        let start = at;
        while at < bytes.len() {
            match self.marked_at(at) {
                Some((_, Marked::Comment)) => break,
                Some((end, Marked::Solid)) => at = end,
                None if self.white(at) > 0 => break,
                // What a backslash protects belongs to the word.
                None => at += if bytes[at] == b'\\' { escaped_break(bytes, at).max(2) } else { 1 },
            }
        }
        self.at = at.min(bytes.len());
        (start < self.at).then(|| (breaks, self.text.get(start..self.at).unwrap_or_default()))
    }
}

/// The comments of a tree, and its nodes in which white space parts nothing.
fn marked(tree: &Tree, syntax: &Syntax) -> Vec<(Range<usize>, Marked)> {
    let roles = syntax.roles();
    let mut marked = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let role = roles.get(usize::from(node.kind_id())).copied().unwrap_or_default();
        let kind = if role.is(Role::COMMENT) {
            Some(Marked::Comment)
        } else {
            (role.is(Role::VERBATIM) || role.is(Role::WHOLE_LINES)).then_some(Marked::Solid)
        };
        if let Some(kind) = kind.filter(|_| !node.byte_range().is_empty()) {
            marked.push((node.byte_range(), kind));
        } else if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return marked;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Language;
    use crate::structural::check;

    fn same(original: &str, result: &str) -> bool {
        check(original, result, Language::from_name("bash").expect("a known language")).is_ok()
    }

    #[test]
    fn a_line_break_is_no_blank() {
        assert!(same("a  b\n\n\n  c # d\n", "a b\nc"));
        assert!(!same("a\nb\n", "a b\n"));
        assert!(!same("a b\n", "a\nb\n"));
        assert!(!same("a; b\n", "a\nb\n"));
    }

    #[test]
    fn words_and_what_touches_them_matter() {
        assert!(!same("a= b\n", "a=b\n"));
        assert!(!same("[ a ]\n", "[ a]\n"));
        assert!(!same("{ a; }\n", "{a; }\n"));
        assert!(!same("x=$(( 1 + 2 ))\n", "x=$((1 + 2 ))\n"));
        assert!(!same("a \"b  c\"\n", "a \"b c\"\n"));
        assert!(!same("a b\\ \\ c\n", "a b\\ c\n"));
    }

    #[test]
    fn a_backslash_carries_a_line_on() {
        assert!(same("a \\\n  b\n", "a b\n"));
        assert!(same("a\\\n  b\n", "a b\n"));
        assert!(!same("a\\\nb\n", "a b\n"));
        assert!(!same("a \\\\\nb\n", "a \\\\ b\n"));
    }

    #[test]
    fn heredocs_matter_byte_for_byte() {
        let text = "cat <<-E  | b\n\ta  b\n\tE\nc\n";
        assert!(same(text, "cat <<-E  | b\n\ta  b\n\tE\n\n  c\n"));
        assert!(!same(text, "cat <<-E  | b\n\ta b\n\tE\nc\n"));
        assert!(!same("cat <<E\na  b\nE\n", "cat <<E\n a  b\nE\n"));
    }
}
