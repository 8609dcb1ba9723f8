//! Imports that nothing which stays uses: they may go from the code around a focus.
//!
//! Used is whatever has one of an import's names anywhere, also within a string, so that more may stay than is needed.
//! What brings in names that it does not say, by a star or as a file, stays.
//!
//! Deliberately absent: imports within blocks, which need a statement.

use std::collections::HashSet;
use std::ops::Range;

use tree_sitter::{Node, Tree, TreeCursor};

use super::cuts::Planned;
use super::focus::{joined, touched};
use super::outline::{Kind, Outline};
use crate::draft::Omitted;
use crate::language::{Role, Syntax};

/// One import.
struct Import {
    /// With the attributes before it.
    range: Range<usize>,
    names: Names,
}

/// What an import brings in.
#[derive(Default)]
struct Names {
    /// Names that it says.
    told: Vec<Range<usize>>,
    /// Strings in it.
    strings: Vec<Range<usize>>,
    /// Whether it brings in what it does not say.
    all: bool,
}

/// Runs of imports that no token uses but those that go by `cuts`, or touch `places`.
pub(crate) fn unused(
    text: &str,
    tree: &Tree,
    outline: &Outline,
    syntax: &Syntax,
    cuts: &[Planned],
    places: &[Range<usize>],
) -> Vec<Planned> {
    let (imports, mut ranges) = read(text, tree.walk(), syntax.roles());
    if imports.is_empty() {
        return Vec::new();
    }
    ranges.extend(imports.iter().map(|import| import.range.clone()));
    let ranges = joined(ranges);
    let gone: Vec<Range<usize>> = joined(cuts.iter().map(|cut| cut.range.clone()).collect());
    let stays = |range: &Range<usize>| touched(&gone, range).is_none() && touched(&ranges, range).is_none();
    let code = outline.tokens.iter().filter(|token| token.kind == Kind::Code && stays(&token.range));
    let used: HashSet<&str> = code.flat_map(|token| words(text, &token.range)).collect();
    let mut planned: Vec<Planned> = Vec::new();
    for Import { range, names } in imports {
        if names.is_used(text, &used) || touched(places, &range).is_some() {
            continue;
        }
        let last = planned.last_mut().filter(|last| is_layout(text, outline, last.range.end..range.start));
        if let Some(last) = last {
            let count = last.omission.count + 1;
            *last = Planned::of_lines(text, last.range.start..range.end, Omitted::Imports, count);
        } else {
            planned.push(Planned::of_lines(text, range, Omitted::Imports, 1));
        }
    }
    planned
}

/// Whether nothing but layout, comments and ends of statements is left in a range.
fn is_layout(text: &str, outline: &Outline, range: Range<usize>) -> bool {
    let first = outline.tokens.partition_point(|token| token.range.start < range.start);
    let mut tokens = outline.tokens[first..].iter().take_while(|token| token.range.end <= range.end);
    tokens.all(|token| token.kind != Kind::Code || text.get(token.range.clone()) == Some(";"))
}

fn words<'a>(text: &'a str, range: &Range<usize>) -> impl Iterator<Item = &'a str> + use<'a> {
    let text = text.get(range.clone()).unwrap_or_default();
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

impl Names {
    fn is_used(&self, text: &str, used: &HashSet<&str>) -> bool {
        let found = |range: &Range<usize>| words(text, range).any(|word| used.contains(word));
        let by_path = || self.strings.iter().any(|path| is_file(text, path) || found(path));
        self.all || self.told.iter().any(found) || (self.told.is_empty() && (self.strings.is_empty() || by_path()))
    }
}

/// Whether a string names a file, as a header of C or a style sheet is, of which all is taken.
fn is_file(text: &str, path: &Range<usize>) -> bool {
    let path = text.get(path.clone()).unwrap_or_default().trim().trim_matches(['"', '\'', '`', '<', '>']);
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    path.starts_with('.')
        || ending.is_some_and(|ending| (1..5).contains(&ending.len()) && ending.chars().all(char::is_alphabetic))
}

/// The imports that stand in no block, those of a group each by itself, and what says where the text itself belongs.
fn read(text: &str, mut cursor: TreeCursor<'_>, roles: &[Role]) -> (Vec<Import>, Vec<Range<usize>>) {
    let role = |node: Node<'_>| roles.get(usize::from(node.kind_id())).copied().unwrap_or_default();
    let (mut imports, mut headings) = (Vec::new(), Vec::new());
    let mut attribute = None;
    if !cursor.goto_first_child() {
        return (imports, headings);
    }
    loop {
        let node = cursor.node();
        if role(node).is(Role::HEADING) {
            headings.push(node.byte_range());
        }
        if role(node).is(Role::ATTRIBUTE) {
            attribute.get_or_insert(node.start_byte());
        } else if role(node).is(Role::IMPORT) {
            let start = attribute.take().unwrap_or(node.start_byte());
            // Some grammars count the end of the line to an import.
            let end = node.start_byte() + text[node.byte_range()].trim_ascii_end().len();
            let mut grouped = within(text, node, roles);
            if let [import] = &mut grouped[..] {
                import.range = start..end;
            }
            imports.append(&mut grouped);
        } else if !role(node).is(Role::COMMENT) && node.is_named() {
            attribute = None;
        }
        if !cursor.goto_next_sibling() {
            return (imports, headings);
        }
    }
}

/// The innermost imports of a node that is one.
fn within(text: &str, import: Node<'_>, roles: &[Role]) -> Vec<Import> {
    let mut found = vec![Import { range: import.byte_range(), names: Names::default() }];
    let mut leaves: Vec<(Node<'_>, usize)> = Vec::new();
    let mut cursor = import.walk();
    let mut depth = 0_usize;
    'walk: loop {
        let node = cursor.node();
        let role = roles.get(usize::from(node.kind_id())).copied().unwrap_or_default();
        if role.is(Role::IMPORT) && depth > 0 {
            found.push(Import { range: node.byte_range(), names: Names::default() });
        }
        let is_leaf = node.child_count() == 0 || role.is(Role::VERBATIM) || role.is(Role::COMMENT);
        if is_leaf && !role.is(Role::COMMENT) {
            leaves.push((node, found.len() - 1));
        }
        if !is_leaf && cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while !cursor.goto_next_sibling() {
            if depth == 0 || !cursor.goto_parent() {
                break 'walk;
            }
            depth -= 1;
            if depth == 0 {
                break 'walk;
            }
        }
    }
    let words = |index: usize| leaves.get(index).and_then(|(leaf, _)| text.get(leaf.byte_range())).unwrap_or_default();
    for (index, (leaf, import)) in leaves.iter().enumerate() {
        let (word, names) = (words(index), &mut found[*import].names);
        let is_name = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let is_root = words(index + 1) == "::" && index.checked_sub(1).map(&words) != Some("::");
        if word == "*" || word == "_" {
            names.all |= words(index + 1) != "as";
        } else if leaf.is_named() && !is_name {
            names.strings.push(leaf.byte_range());
        } else if leaf.is_named() && !is_root && leaf.kind() != word {
            names.told.push(leaf.byte_range());
        }
    }
    let is_group = found.len() > 1;
    found.into_iter().skip(usize::from(is_group)).collect()
}

#[cfg(test)]
mod tests;
