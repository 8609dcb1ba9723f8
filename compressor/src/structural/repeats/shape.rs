//! Shapes: a tree as a row of nodes, each before its children, so that two pieces of it are compared side by side.
//!
//! Deliberately absent: which pieces are worth comparing.

use std::iter;
use std::ops::Range;

use tree_sitter::Tree;

use crate::language::{Role, Spacing, Syntax};

/// The nodes of a tree, in order, each before its children.
pub(super) struct Shapes<'a> {
    text: &'a str,
    spacing: Spacing,
    /// Whether indentation is syntax.
    is_indented: bool,
    nodes: Vec<Shape>,
    /// For each node, and the end, how many nodes before it must stay.
    staying: Vec<usize>,
    /// As `staying`, of what names a value where no body of what is called holds it, and in a shell anywhere.
    naming: Vec<usize>,
}

struct Shape {
    kind: u16,
    range: Range<usize>,
    role: Role,
    /// How many nodes it is, with all within it.
    size: usize,
    is_leaf: bool,
    is_named: bool,
    /// Whether its children may be told by one of them.
    may_fold: bool,
}

/// Where a node stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In nothing that has a name.
    Outside,
    /// In what has a name, and in no body of it.
    Definition,
    /// In the body of what is called.
    Body,
}

impl<'a> Shapes<'a> {
    pub(super) fn read(text: &'a str, tree: &Tree, syntax: &Syntax) -> Self {
        let roles = syntax.roles();
        let (mut nodes, mut staying, mut naming): (Vec<Shape>, _, _) = (Vec::new(), vec![0], vec![0]);
        // The open nodes, with what they are and where their children stand.
        let mut open: Vec<(usize, Role, Place)> = Vec::new();
        let mut cursor = tree.walk();
        loop {
            let node = cursor.node();
            let role = roles.get(usize::from(node.kind_id())).copied().unwrap_or_default();
            let parent = open.last().map(|&(_, role, _)| role);
            let around = open.last().map_or(Place::Outside, |&(.., place)| place);
            let place = if role.is(Role::CALLABLE_BODY) && parent.is_some_and(|parent| parent.is(Role::CALLABLE)) {
                Place::Body
            } else if is_definition(role) {
                Place::Definition
            } else {
                around
            };
            let holds = [Role::BODY, Role::CALLABLE_BODY].into_iter().any(|it| role.is(it));
            let may_fold = match place {
                _ if role.is(Role::RAW) || role.is(Role::LINE_BOUND) => false,
                _ if role.is(Role::COLLECTION) || open.is_empty() => true,
                Place::Outside => holds,
                Place::Definition => false,
                // In markup a comment is text.
                Place::Body => holds || (role.is(Role::LINES) && !syntax.markup.contains(&node.kind())),
            };
            let is_leaf = node.child_count() == 0 || [Role::VERBATIM, Role::RAW].into_iter().any(|it| role.is(it));
            staying.push(staying.last().copied().unwrap_or_default() + usize::from(stays(role)));
            // The grammar of a shell takes the command after variables and a comment for one that they are set for.
            let is_read_on = matches!(syntax.spacing, Spacing::Kept);
            let names = role.is(Role::CONSTANT) && (place != Place::Body || is_read_on);
            naming.push(naming.last().copied().unwrap_or_default() + usize::from(names));
            // Some grammars count the end of its line to a node.
            let length = text.get(node.byte_range()).unwrap_or_default().trim_ascii_end().len();
            let range = node.start_byte()..node.start_byte() + length;
            let (kind, is_named) = (node.kind_id(), node.is_named());
            nodes.push(Shape { kind, range, role, size: 1, is_leaf, is_named, may_fold });
            if !is_leaf && cursor.goto_first_child() {
                open.push((nodes.len() - 1, role, place));
                continue;
            }
            while !cursor.goto_next_sibling() {
                let Some((index, ..)) = open.pop().filter(|_| cursor.goto_parent()) else {
                    return Self {
                        text,
                        spacing: syntax.spacing,
                        is_indented: syntax.indentation,
                        nodes,
                        staying,
                        naming,
                    };
                };
                nodes[index].size = nodes.len() - index;
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the children of a node may be told by one of them.
    pub(super) fn may_fold(&self, node: usize) -> bool {
        self.nodes[node].may_fold
    }

    pub(super) fn range(&self, node: usize) -> Range<usize> {
        self.nodes[node].range.clone()
    }

    /// The nodes of a piece.
    pub(super) fn within(&self, node: usize) -> Range<usize> {
        node..node + self.nodes[node].size
    }

    pub(super) fn text(&self, node: usize) -> &'a str {
        self.text.get(self.range(node)).unwrap_or_default()
    }

    /// The children of a node that have a name in the grammar, as punctuation does not.
    pub(super) fn children(&self, parent: usize) -> Vec<usize> {
        let Range { start, end } = self.within(parent);
        let next = |&node: &usize| Some(node + self.nodes[node].size).filter(|&next| next < end);
        let first = Some(start + 1).filter(|&first| first < end);
        iter::successors(first, next).filter(|&node| self.nodes[node].is_named).collect()
    }

    /// Whether a child of `parent` may go, or tell of others: it has parts, defines nothing, and no comment ends its last line.
    pub(super) fn may_go(&self, parent: usize, node: usize, most: usize) -> bool {
        let Range { start, end } = self.within(node);
        let shape = &self.nodes[node];
        let is_docstring = shape.size == 2 && self.nodes[start + 1].role.is(Role::DOC_STRING);
        let names = !self.nodes[parent].role.is(Role::COLLECTION) && self.naming[start] < self.naming[end];
        let is_free = !shape.is_leaf && shape.size <= most && self.staying[start] == self.staying[end];
        // A block without statements takes in what comes after it.
        let is_open = self.is_indented && self.text(node).ends_with(':');
        is_free && !is_docstring && !names && !is_open && !self.is_remarked(end, shape.range.end)
    }

    /// Whether a comment follows in the same line.
    fn is_remarked(&self, after: usize, end: usize) -> bool {
        let next = self.nodes[after.min(self.nodes.len())..].iter().find(|next| next.is_named || !next.is_leaf);
        let is_near = |next: &Shape| self.text.get(end..next.range.start).is_some_and(|gap| !gap.contains('\n'));
        next.is_some_and(|next| next.role.is(Role::COMMENT) && is_near(next))
    }

    /// What ends a child of `parent`, and parts it from the next: tokens without a name in the grammar.
    pub(super) fn separators(&self, parent: usize, node: usize) -> Vec<usize> {
        let until = self.within(parent).end;
        let tokens =
            (self.within(node).end..until).take_while(|&next| self.nodes[next].is_leaf && !self.nodes[next].is_named);
        tokens.filter(|&token| !self.text(token).trim().is_empty()).collect()
    }

    /// Whether nothing but what parts them, and white space, stands between a child of `parent` and the next.
    pub(super) fn are_beside(&self, parent: usize, left: usize, right: usize) -> bool {
        let tokens = self.separators(parent, left);
        let ends = iter::once(left).chain(tokens.iter().copied()).map(|node| self.range(node).end);
        let starts = tokens.iter().copied().chain([right]).map(|node| self.range(node).start);
        let mut gaps = ends.zip(starts).map(|(end, start)| self.text.get(end..start));
        gaps.all(|gap| gap.is_some_and(|gap| gap.trim().is_empty()))
    }

    /// The places of the tokens of which a piece is made.
    pub(super) fn leaves(&self, node: usize) -> impl Iterator<Item = usize> + use<'_, 'a> {
        (0..self.nodes[node].size).filter(move |place| self.nodes[node + place].is_leaf)
    }

    /// Whether a token has a name in the grammar, as keywords and punctuation have not.
    pub(super) fn is_named(&self, node: usize) -> bool {
        self.nodes[node].is_named
    }

    /// Whether two pieces are the same but for the tokens that they are made of.
    pub(super) fn are_alike(&self, left: usize, right: usize) -> bool {
        let size = self.nodes[left].size;
        if size != self.nodes[right].size {
            return false;
        }
        let mut ends = [left, right].map(|node| self.nodes[node].range.start);
        (0..size).all(|place| {
            let [one, other] = [left, right].map(|node| &self.nodes[node + place]);
            let leaf = one.is_leaf && other.is_leaf;
            let same = (one.kind == other.kind || leaf) && one.is_leaf == other.is_leaf && one.size == other.size;
            if leaf {
                let gaps = [(one, ends[0]), (other, ends[1])].map(|(it, end)| self.text.get(end..it.range.start));
                ends = [one.range.end, other.range.end];
                return same && one.is_named == other.is_named && self.is_same_gap(gaps[0], gaps[1]);
            }
            same
        })
    }

    /// Whether what no node holds between two tokens is the same, and so is its white space as far as that means something.
    fn is_same_gap(&self, left: Option<&str>, right: Option<&str>) -> bool {
        let (Some(left), Some(right)) = (left, right) else { return false };
        let is_layout = matches!(self.spacing, Spacing::Free | Spacing::Signed);
        let white = |gap: &str| (gap.is_empty(), gap.matches('\n').count().min(2));
        left == right
            || ((is_layout || white(left) == white(right)) && left.split_whitespace().eq(right.split_whitespace()))
    }
}

fn is_definition(role: Role) -> bool {
    (role.is(Role::DEFINITION) && !role.is(Role::CONSTANT)) || role.is(Role::WRAPPER)
}

/// Whether what holds a node of a role must stay.
fn stays(role: Role) -> bool {
    const STAY: [Role; 6] =
        [Role::COMMENT, Role::IMPORT, Role::HEADING, Role::ATTRIBUTE, Role::LINE_BOUND, Role::WHOLE_LINES];
    is_definition(role) || STAY.into_iter().any(|stay| role.is(stay))
}
