//! The syntax tree of a text as a row of nodes, for comparing what two texts are.
//!
//! Invariants
//! - nodes come in the order of a walk, parents before children, and `size` nodes from a node on are its subtree
//!   (`tests::a_tree_is_a_row_of_nodes`);
//! - comments and brackets, commas and line ends are not there: they are no part of what the code does;
//! - a tree is walked with a cursor, never by recursion, and no parse is unbounded (`parse`).
//!
//! Deliberately absent: how alike two trees are, which is a validator's to define.

use std::ops::Range;

use tree_sitter::Node;

use super::{BYTE_ORDER_MARK, parse};
use crate::language::{Language, Role};

/// A node of a syntax tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    /// Its kind: the same number is the same kind within a language.
    pub kind: u16,
    /// Nodes of its subtree, itself included.
    pub size: usize,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Whether it has no parts, so that its text tells it from others of its kind.
    pub is_leaf: bool,
    /// Whether it stands for text that does not parse.
    pub is_error: bool,
}

/// The nodes of a text's tree, those that carry nothing left out. `None` where there is no grammar for the language, or where
/// the text is too hard to parse.
#[must_use]
pub fn syntax_tree(text: &str, language: Language) -> Option<Vec<TreeNode>> {
    let syntax = language.0.syntax?;
    let code = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mark = text.len() - code.len();
    let tree = parse::parse(code, syntax)?;
    let roles = syntax.roles();
    let carries = |node: Node<'_>| {
        let role = roles.get(usize::from(node.kind_id())).copied().unwrap_or_default();
        !role.is(Role::COMMENT) && (node.is_named() || !is_punctuation(node.kind()))
    };
    let mut nodes: Vec<TreeNode> = Vec::new();
    // Nodes whose subtree is open.
    let mut open: Vec<usize> = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let carries = carries(node);
        if carries {
            open.push(nodes.len());
            let is_error = node.is_error() || node.is_missing();
            let is_leaf = node.child_count() == 0;
            let range = node.start_byte() + mark..node.end_byte() + mark;
            nodes.push(TreeNode { kind: node.kind_id(), size: 1, range, is_leaf, is_error });
            if cursor.goto_first_child() {
                continue;
            }
            close(&mut nodes, &mut open);
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return Some(nodes);
            }
            close(&mut nodes, &mut open);
        }
    }
}

/// Ends the innermost subtree that is open.
fn close(nodes: &mut [TreeNode], open: &mut Vec<usize>) {
    if let Some(at) = open.pop() {
        nodes[at].size = nodes.len() - at;
    }
}

/// Whether a node without a name says no more than where another begins or ends.
fn is_punctuation(kind: &str) -> bool {
    kind.trim().chars().all(|char| "()[]{},;:'\"`".contains(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(usize, &str)> {
        let python = Language::from_name("python").expect("a row of the table");
        let nodes = syntax_tree(text, python).expect("it is parsed");
        nodes.into_iter().map(|node| (node.size, if node.is_leaf { &text[node.range] } else { "" })).collect()
    }

    #[test]
    fn a_tree_is_a_row_of_nodes() {
        let expected = [(7, ""), (6, ""), (5, ""), (1, "x"), (1, "="), (2, ""), (1, "y")];
        assert_eq!(kinds("# a comment\nx = (y)  # another\n"), expected);
        assert_eq!(kinds("x = ( y )\n"), expected);
        assert_eq!(kinds(""), [(1, "")]);
    }

    #[test]
    fn what_does_not_parse_is_marked() {
        let python = Language::from_name("python").expect("a row of the table");
        let broken = syntax_tree("x = 1\n)) def (\n", python).expect("it is parsed in part");
        assert!(broken.iter().any(|node| node.is_error));
        let whole = syntax_tree("x = 1\n", python).expect("it is parsed");
        assert!(!whole.iter().any(|node| node.is_error));
        let deep = "(".repeat(50_000);
        assert!(syntax_tree(&deep, python).is_none());
    }
}
