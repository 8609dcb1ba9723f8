//! Sound stretches: what a parser understood of a text that it did not understand as a whole.
//!
//! A stretch is a row of whole lines whose statements stand side by side in the tree, none of them with an error in it, at
//! one depth of indentation. A tree with errors is a guess: whoever uses a stretch parses it again by itself.
//!
//! Invariants
//! - stretches are in order, do not overlap, and begin and end where lines do (`tests::stretches_are_whole_lines`);
//! - no stretch begins or ends within a token of the tree;
//! - the tree is walked with a cursor, never by recursion, however deep it is.

use std::ops::Range;

use tree_sitter::{Node, Tree};

use crate::language::{Role, Syntax};
use crate::structural::indentation::width_of_line;

/// Whole lines that were understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Bytes of the text, from the beginning of a line, its indentation included, to the end of a line, its break included.
    pub(super) range: Range<usize>,
    /// The width of its indentation.
    pub(super) width: usize,
}

/// Finds the sound stretches of a text, which is a range of the `whole` that the tree was made of. Their bytes are those of
/// the text.
pub(super) fn find(text: &str, range: Range<usize>, tree: &Tree, syntax: &Syntax) -> Vec<Stretch> {
    let Some(text) = text.get(..range.end) else { return Vec::new() };
    let mut walk = Walk {
        text,
        from: range.start,
        roles: syntax.roles(),
        has_markup: !syntax.markup.is_empty(),
        open: Vec::new(),
        found: Vec::new(),
    };
    let mut cursor = tree.walk();
    loop {
        if walk.enter(cursor.node()) && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return walk.found;
            }
            walk.leave();
        }
    }
}

struct Walk<'a> {
    /// What was put before the text, and the text.
    text: &'a str,
    /// Where the text begins in it.
    from: usize,
    roles: &'a [Role],
    has_markup: bool,
    /// The nodes whose children are being looked at.
    open: Vec<Parent>,
    found: Vec<Stretch>,
}

/// A node whose children are being looked at.
struct Parent {
    /// Whether its children are statements: nothing that is part of an expression.
    has_statements: bool,
    /// Whether the parser did not know what it was reading: words lie beside statements there.
    is_error: bool,
    row: Option<Row>,
}

/// Sound children side by side.
struct Row {
    /// The beginning of its first line.
    start: usize,
    width: usize,
    /// The end of the last child.
    end: usize,
    /// The end of the last line that ends where a child does.
    whole_lines: usize,
    /// Whether one of them is more than a comment, and stands in the whole lines.
    has_code: bool,
    code_pending: bool,
}

impl Walk<'_> {
    /// Takes a node in; says whether its children are to be looked at, and then it has any.
    fn enter(&mut self, node: Node<'_>) -> bool {
        let role = self.roles.get(usize::from(node.kind_id())).copied().unwrap_or_default();
        let root = self.open.is_empty();
        let sound = !root && !node.has_error() && !node.is_error() && !node.is_missing();
        if sound && self.take(node, role) {
            return false;
        }
        if let Some(parent) = self.open.last_mut().filter(|_| !node.byte_range().is_empty()) {
            let row = parent.row.take();
            self.close(row);
        }
        if node.child_count() == 0 || role.is(Role::VERBATIM) || role.is(Role::COMMENT) {
            return false;
        }
        let has_statements = root || node.is_error() || role.is(Role::LINES);
        self.open.push(Parent { has_statements, is_error: node.is_error(), row: None });
        true
    }

    fn leave(&mut self) {
        let row = self.open.pop().and_then(|parent| parent.row);
        self.close(row);
    }

    /// Adds a sound node to the row of its parent, or begins one with it.
    fn take(&mut self, node: Node<'_>, role: Role) -> bool {
        let range = node.byte_range();
        let Some(parent) = self.open.last_mut().filter(|parent| parent.has_statements) else { return false };
        if range.is_empty() || range.start < self.from || range.end > self.text.len() {
            return false;
        }
        let begins = line_start(self.text, self.from, range.start);
        let is_code = !role.is(Role::COMMENT);
        // In what is left of markup, a comment between two statements may be running text.
        if self.has_markup && !is_code {
            return false;
        }
        if parent.is_error && is_code {
            let is_statement = node.is_named() && node.child_count() > 0;
            let ends_one = begins.is_none() && matches!(self.text.get(range.clone()), Some(";" | ","));
            if !is_statement && !ends_one {
                return false;
            }
        }
        // Of a node of several lines with something else behind it, the lines within are the better part.
        let rest = self.text[range.end..].trim_start_matches([' ', '\t', '\x0c', '\r']);
        let alone = rest.is_empty() || rest.starts_with(['\n', ';', ',']);
        if is_code && !alone && self.text[range.clone()].trim_ascii_end().contains('\n') {
            return false;
        }
        if let Some(row) = &mut parent.row {
            let between = self.text.get(row.end..range.start).unwrap_or("?");
            let fits = match begins {
                Some((_, width)) => row.whole_lines > row.end && width == row.width,
                None => !between.contains('\n'),
            };
            if between.trim_ascii().is_empty() && fits {
                row.extend(self.text, range, is_code);
                return true;
            }
        }
        let Some((start, width)) = begins.filter(|_| node.is_named()) else { return false };
        let mut row = Row { start, width, end: start, whole_lines: start, has_code: false, code_pending: false };
        row.extend(self.text, range, is_code);
        let before = parent.row.replace(row);
        self.close(before);
        true
    }

    fn close(&mut self, row: Option<Row>) {
        if let Some(row) = row.filter(|row| row.has_code && row.whole_lines > row.start) {
            let range = row.start - self.from..row.whole_lines - self.from;
            self.found.push(Stretch { range, width: row.width });
        }
    }
}

impl Row {
    fn extend(&mut self, text: &str, node: Range<usize>, is_code: bool) {
        // Some grammars count the end of the line, or spaces before it, to a comment or a statement.
        let written = text.get(node.clone()).unwrap_or_default();
        self.end = node.start + written.trim_ascii_end().len();
        self.code_pending |= is_code;
        let rest = text.get(self.end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\x0c', '\r']).len();
        let ends = match rest.as_bytes().get(blank) {
            None => Some(text.len()),
            Some(b'\n') => Some(self.end + blank + 1),
            Some(_) => None,
        };
        if let Some(line_end) = ends {
            self.whole_lines = line_end;
            self.has_code |= self.code_pending;
        }
    }
}

/// The beginning of the line of a byte and the width of its indentation, if nothing else comes before the byte.
fn line_start(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let before = text.get(from..at)?;
    // Only white space is gone over: on a line of a million nodes each would else be as far from its beginning.
    let ahead = before.trim_end_matches([' ', '\t', '\x0c']);
    let blank = ahead.is_empty() || ahead.ends_with('\n');
    blank.then(|| (from + ahead.len(), width_of_line(text, at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::structural::parse;

    fn found<'a>(language: &str, text: &'a str) -> Vec<&'a str> {
        let syntax =
            Language::from_name(language).and_then(|language| language.0.syntax).expect("a row with a grammar");
        let tree = parse::parse(text, syntax).expect("a short text");
        find(text, 0..text.len(), &tree, syntax).into_iter().map(|stretch| &text[stretch.range]).collect()
    }

    #[test]
    fn stretches_are_whole_lines() {
        assert_eq!(found("python", "a = 1\nb = (\nc = 2; d = 3\n"), ["a = 1\n"]);
        assert_eq!(found("rust", "fn a() {\n    b();\n    // c\n    d(); }}\n"), ["    b();\n    // c\n"]);
        assert_eq!(found("typescript", "a(); b();\n)\nc()\n"), ["a(); b();\n", "c()\n"]);
    }

    #[test]
    fn a_comment_alone_is_no_stretch() {
        assert_eq!(found("rust", "// a\n)\n// b\n"), [] as [&str; 0]);
    }
}
