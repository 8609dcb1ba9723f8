//! Long literals: of a list, a table or an object its first elements and its last stay, of a string its beginning and its end.
//!
//! Invariants
//! - what defines something, or has a body, is no literal, and stays (`tests::what_defines_something_is_no_literal`);
//! - a string is never cut within an escape, and not at all if it has code in it (`tests::strings`);
//! - a tree is walked with a cursor, never by recursion.

use std::ops::Range;

use tree_sitter::{Node, Tree, TreeCursor};

use super::cuts::Planned;
use super::outline::{Kind, Outline, Standing};
use crate::draft::Omitted;
use crate::language::{Role, Syntax};

/// Bytes from which a list is long.
const LONG_LIST: usize = 400;
/// Elements from which it is.
const MANY: usize = 10;
/// Elements that stay at its beginning; one stays at its end.
const FIRST: usize = 2;

/// Bytes from which a string is long: a message, a query or a usage text seldom is.
const LONG_STRING: usize = 800;
/// About so many bytes of it stay at its beginning.
const HEAD: usize = 160;
/// About so many stay at its end.
const TAIL: usize = 80;
/// Bytes of the longest escape.
const ESCAPE: usize = 12;

/// What goes of long literals but of those in tokens that stay `whole`.
pub(crate) fn long(text: &str, tree: &Tree, outline: &Outline, syntax: &Syntax, whole: &[bool]) -> Vec<Planned> {
    let roles = syntax.roles();
    let (lists, landmarks) = read(tree.walk(), roles);
    let starts = |range: &Range<usize>| outline.tokens.partition_point(|token| token.range.start < range.start);
    let stays = |range: &Range<usize>| whole.get(starts(range)).copied().unwrap_or_default();
    let has_landmark = |range: &Range<usize>| {
        landmarks.get(landmarks.partition_point(|&at| at < range.start)).is_some_and(|&at| at < range.end)
    };
    let is_free = |planned: &Planned| !stays(&planned.range) && !has_landmark(&planned.range);
    let lists = lists.into_iter().filter_map(|list| middle(text, list, outline, roles)).filter(is_free);
    let strings = outline.tokens.iter().filter(|token| {
        token.kind == Kind::Code && token.standing != Standing::WholeLines && token.range.len() >= LONG_STRING
    });
    let strings = strings.filter(|token| !stays(&token.range));
    lists.chain(strings.filter_map(|token| inner(text, tree, &token.range, roles))).collect()
}

/// The long lists of a tree, and where it has definitions and functions.
fn read<'tree>(mut cursor: TreeCursor<'tree>, roles: &[Role]) -> (Vec<Node<'tree>>, Vec<usize>) {
    let (mut lists, mut landmarks) = (Vec::new(), Vec::new());
    loop {
        let node = cursor.node();
        let role = role(roles, node);
        let is_definition = role.is(Role::DEFINITION) && !role.is(Role::CONSTANT);
        if is_definition || role.is(Role::CALLABLE) || role.is(Role::IMPORT) {
            landmarks.push(node.start_byte());
        }
        if role.is(Role::COLLECTION) && node.byte_range().len() >= LONG_LIST && node.named_child_count() >= MANY {
            lists.push(node);
        }
        if !role.is(Role::VERBATIM) && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return (lists, landmarks);
            }
        }
    }
}

fn role(roles: &[Role], node: Node<'_>) -> Role {
    roles.get(usize::from(node.kind_id())).copied().unwrap_or_default()
}

/// The elements of a list between its first and its last, with the comments above them and above the last.
fn middle(text: &str, list: Node<'_>, outline: &Outline, roles: &[Role]) -> Option<Planned> {
    let is_element = |node: &Node<'_>| !role(roles, *node).is(Role::COMMENT);
    let mut cursor = list.walk();
    let elements: Vec<Range<usize>> =
        list.named_children(&mut cursor).filter(is_element).map(|element| element.byte_range()).collect();
    let (Some([first, next]), Some(last)) = (elements.get(FIRST - 1..=FIRST), elements.last()) else { return None };
    let (count, from) = (elements.len(), next.start);
    let from = comment_above(text, outline, first.end..from).unwrap_or(from);
    let end = from + text.get(from..last.start)?.trim_ascii_end().len();
    (count >= MANY).then(|| Planned::of_lines(text, from..end, Omitted::Elements, count - FIRST - 1))
}

/// The first comment in a gap that begins its line.
fn comment_above(text: &str, outline: &Outline, gap: Range<usize>) -> Option<usize> {
    let first = outline.tokens.partition_point(|token| token.range.start < gap.start);
    let tokens = outline.tokens[first..].iter().take_while(|token| token.range.end <= gap.end);
    let begins_line =
        |at: usize| text.get(..at).is_some_and(|before| before.trim_end_matches([' ', '\t']).ends_with('\n'));
    let mut comments = tokens.filter(|token| token.kind == Kind::Comment).map(|token| token.range.start);
    comments.find(|&at| begins_line(at))
}

/// The characters of a string between its beginning and its end.
fn inner(text: &str, tree: &Tree, token: &Range<usize>, roles: &[Role]) -> Option<Planned> {
    let mut node = tree.root_node().descendant_for_byte_range(token.start, token.end)?;
    while !role(roles, node).is(Role::VERBATIM) {
        node = node.parent().filter(|parent| parent.byte_range() == *token)?;
    }
    let string = text.get(token.clone())?;
    let prefix = string.find(['"', '\'', '`']).filter(|&at| at < 4)?;
    let is_prefix = |c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '@' | '$' | '%');
    if !string[..prefix].chars().all(is_prefix) || has_code(text, node) {
        return None;
    }
    let from = clean(text, token.start + HEAD)?;
    let to = clean(text, token.end - TAIL - ESCAPE)?;
    let count = text.get(from..to)?.chars().count();
    Some(Planned::of_lines(text, from..to, Omitted::Characters, count))
}

/// Whether a string holds code: a template, or a string with values in it.
fn has_code(text: &str, string: Node<'_>) -> bool {
    let opens =
        |node: Node<'_>| text.get(node.byte_range()).is_some_and(|it| it.starts_with(['{', '$', '#', '%', '\\']));
    string.children(&mut string.walk()).any(|child| child.child_count() > 0 && opens(child))
}

/// The first place from a byte on where a string can be cut: after a character that belongs to no escape.
fn clean(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..from + 4 * ESCAPE).find(|&at| {
        let before = bytes.get(at.saturating_sub(ESCAPE)..at).unwrap_or_default();
        text.is_char_boundary(at) && !before.contains(&b'\\') && bytes.get(at.saturating_sub(1)) != Some(&b'\r')
    })
}

#[cfg(test)]
mod tests;
