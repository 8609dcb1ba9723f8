//! Symbols: where the definitions of a text begin and end, as a person means them who says "this function".
//!
//! Invariants
//! - symbols are in order of their beginnings, each lies within the one that it is nested in, and none is empty
//!   (`tests::any_text_gives_symbols_in_order`);
//! - what is broken in one place does not hide the definitions elsewhere (`tests::half_broken_code_keeps_its_other_symbols`);
//! - a tree is walked with a cursor, never by recursion, however deep it is, and no parse is unbounded (`parse`).
//!
//! Deliberately absent: what a name refers to; guesses about brackets that are never closed, which swallow what follows.

use std::ops::Range;

use tree_sitter::{Node, Tree, TreeCursor};

use super::{BYTE_ORDER_MARK, parse};
use crate::language::{Language, Role, Syntax};

/// A definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Bytes of the text, from its first visible byte to its last: with decorators, attributes, `export` and the comments
    /// directly above.
    pub range: Range<usize>,
    /// Bytes of its name; of an `impl`, of the type.
    pub name: Range<usize>,
    /// In how many symbols it lies.
    pub depth: usize,
}

/// Every definition of a text, in order; what lies in another comes after it. Variables and types within a function are
/// left out, functions are not.
///
/// None where there is no grammar for the language, or where the text is too hard to parse.
#[must_use]
pub fn symbols(text: &str, language: Language) -> Vec<Symbol> {
    let Some(syntax) = language.0.syntax else { return Vec::new() };
    let code = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let Some(tree) = parse::parse(code, syntax) else { return Vec::new() };
    let mut symbols = of_tree(code, &tree, syntax);
    let by = text.len() - code.len();
    for symbol in &mut symbols {
        symbol.range = symbol.range.start + by..symbol.range.end + by;
        symbol.name = symbol.name.start + by..symbol.name.end + by;
    }
    symbols
}

/// As [`symbols`], of a text whose tree is at hand.
pub(crate) fn of_tree(text: &str, tree: &Tree, syntax: &'static Syntax) -> Vec<Symbol> {
    Finder::new(text, syntax).find(tree.walk())
}

/// The innermost symbol that holds an offset, or ends there.
#[must_use]
pub fn symbol_at(symbols: &[Symbol], offset: usize) -> Option<&Symbol> {
    let begun = symbols.partition_point(|symbol| symbol.range.start <= offset);
    symbols[..begun].iter().rev().find(|symbol| offset <= symbol.range.end)
}

struct Finder<'a> {
    text: &'a str,
    roles: &'a [Role],
    /// The nodes from the root to the parent of the node at hand.
    frames: Vec<Frame>,
    found: Vec<Found>,
    /// Those of them that are open, outermost first.
    open: Vec<usize>,
    /// The bodies among the frames that lie in an open symbol.
    bodies: usize,
    /// Comments and attributes that nothing else has followed yet.
    above: Option<Range<usize>>,
}

struct Found {
    symbol: Symbol,
    /// Whether it lies in the body of another.
    local: bool,
    /// Whether it has a body.
    has_body: bool,
}

/// A node whose children are being read.
#[derive(Clone, Default)]
struct Frame {
    /// What belongs to the definition that it wraps: decorators, `export`.
    wraps: Option<Range<usize>>,
    is_body: bool,
    is_symbol: bool,
}

impl<'a> Finder<'a> {
    fn new(text: &'a str, syntax: &'static Syntax) -> Self {
        let (frames, found, open) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, roles: syntax.roles(), frames, found, open, bodies: 0, above: None }
    }

    fn find(mut self, mut cursor: TreeCursor<'_>) -> Vec<Symbol> {
        loop {
            if self.enter(cursor.node()) && cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return self.finish();
                }
                self.leave();
            }
        }
    }

    /// Takes a node in; says whether its children are to be read, and then it has any.
    fn enter(&mut self, node: Node<'_>) -> bool {
        let role = self.role(node);
        if role.is(Role::COMMENT) || role.is(Role::ATTRIBUTE) {
            self.note_above(self.visible(node), role.is(Role::COMMENT));
            return false;
        }
        if node.child_count() == 0 || role.is(Role::VERBATIM) {
            if !node.byte_range().is_empty() {
                self.above = None;
            }
            return false;
        }
        let mut frame = Frame::default();
        let wrapped = self.frames.last().and_then(|parent| parent.wraps.clone());
        // What is broken may hold another definition before the one that it wraps.
        let last = self.found.last().map_or(0, |found| found.symbol.range.start);
        let wrapped = wrapped.filter(|wrapped| last <= wrapped.start);
        let range = self.visible(node);
        if role.is(Role::WRAPPER) {
            let range = wrapped.unwrap_or_else(|| self.with_above(range));
            frame.wraps = self.holds_one(node).then_some(range);
        } else if role.defines(node)
            && let Some(name) = self.name(node)
        {
            let range = wrapped.unwrap_or_else(|| self.with_above(range));
            frame.is_symbol = true;
            let symbol = Symbol { range, name, depth: self.open.len() };
            self.open.push(self.found.len());
            self.found.push(Found { symbol, local: self.bodies > 0, has_body: false });
        }
        if role.is(Role::BODY)
            && let Some(&owner) = self.open.last()
        {
            frame.is_body = true;
            self.found[owner].has_body = true;
            self.bodies += 1;
        }
        self.frames.push(frame);
        true
    }

    fn role(&self, node: Node<'_>) -> Role {
        self.roles.get(usize::from(node.kind_id())).copied().unwrap_or_default()
    }

    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.bodies -= usize::from(frame.is_body);
        if frame.is_symbol
            && let Some(closed) = self.open.pop()
            && let Some(&outer) = self.open.last()
        {
            self.found[outer].has_body |= self.found[closed].has_body;
        }
    }

    fn finish(self) -> Vec<Symbol> {
        // What is left out holds nothing that stays, so that depths stay true.
        self.found.into_iter().filter(|found| !found.local || found.has_body).map(|found| found.symbol).collect()
    }

    /// Bytes of a node; some grammars count the end of the line to it.
    fn visible(&self, node: Node<'_>) -> Range<usize> {
        let range = node.byte_range();
        let text = self.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + text.trim_ascii_end().len()
    }

    /// Puts a comment or an attribute to those directly above it, if it is directly below them.
    fn note_above(&mut self, range: Range<usize>, comment: bool) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let line_start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let begins_line = self.text[line_start..range.start].trim_ascii().is_empty();
        if comment && (!begins_line || FOR_THE_FILE.iter().any(|mark| text.starts_with(mark))) {
            self.above = None;
        } else {
            self.above = Some(self.with_above(range));
        }
    }

    /// A range with what stands directly above it.
    fn with_above(&mut self, range: Range<usize>) -> Range<usize> {
        let above = self.above.take().filter(|above| {
            let between = self.text.get(above.end..range.start).unwrap_or("\n\n");
            between.trim_ascii().is_empty() && between.bytes().filter(|&byte| byte == b'\n').count() < 2
        });
        above.map_or(range.start, |above| above.start)..range.end
    }

    /// Whether a wrapper holds one definition, and not a group of them, each with a place of its own.
    fn holds_one(&self, node: Node<'_>) -> bool {
        let held = |role: Role| role.is(Role::DEFINITION) || role.is(Role::WRAPPER);
        node.named_children(&mut node.walk()).filter(|child| held(self.role(*child))).take(2).count() == 1
    }

    fn name(&self, node: Node<'_>) -> Option<Range<usize>> {
        // What C declares has its name within the declarators around it; an `impl` has a type only; a declaration of
        // variables has its names one or two levels below.
        let named = node
            .child_by_field_name("name")
            .or_else(|| node.child_by_field_name("property"))
            .or_else(|| node.child_by_field_name("declarator").map(|declarator| self.declared(declarator)))
            .or_else(|| node.child_by_field_name("operator"))
            .or_else(|| node.child_by_field_name("type").filter(|name| name.child_by_field_name("body").is_none()));
        let name = match named {
            Some(name) => self.name_below(name).or(Some(name)),
            None => self.name_below(node).or_else(|| self.named_below(node)).or_else(|| self.named_within(node)),
        }?;
        Some(name.byte_range()).filter(|range| !range.is_empty() && range.end <= self.text.len())
    }

    /// A name a level further below, or what a node without other parts begins with.
    fn named_within<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        let mut parts = node.walk();
        let mut parts = node.named_children(&mut parts).filter(|part| !self.is_apart(*part));
        let begins = |first: &Node<'_>| first.child_count() == 0 && first.start_byte() == node.start_byte();
        parts.find_map(|part| self.named_below(part)).or_else(|| node.named_child(0).filter(begins))
    }

    /// The first name among the parts of a node that say what it is: neither its type nor an attribute nor its body.
    fn named_below<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        let type_id = node.child_by_field_name("type").map(|part| part.id());
        let mut below = node.walk();
        let mut parts =
            node.named_children(&mut below).filter(|part| Some(part.id()) != type_id && !self.is_apart(*part));
        parts.find_map(|part| part.child_by_field_name("name"))
    }

    /// Whether a node says nothing of what a definition around it is called.
    fn is_apart(&self, node: Node<'_>) -> bool {
        let role = self.role(node);
        [Role::ATTRIBUTE, Role::BODY, Role::LINES, Role::BRACED_LINES].into_iter().any(|apart| role.is(apart))
    }

    /// What a declarator declares: `f` in `(*f(int))[2]`.
    fn declared<'t>(&self, declarator: Node<'t>) -> Node<'t> {
        let mut declared = declarator;
        loop {
            let brackets = self.text.as_bytes().get(declared.start_byte()).is_some_and(|byte| b"(&".contains(byte));
            let last = || declared.named_child(declared.named_child_count().checked_sub(1)?.try_into().ok()?);
            let first = || declared.child(0).filter(Node::is_named);
            if let Some(name) = declared.child_by_field_name("name") {
                // Of a path, all of it.
                return if declared.child_by_field_name("scope").is_some() { declared } else { name };
            }
            let inner = match declared.child_by_field_name("declarator") {
                None if brackets => last(),
                None => first(),
                // A conversion has a type for a name.
                inner => inner.filter(|_| declared.child_by_field_name("type").is_none()),
            };
            match inner {
                Some(inner) => declared = inner,
                None => return declared,
            }
        }
    }

    /// The first child that is a name, or that has one among its own children.
    fn name_below<'tree>(&self, node: Node<'tree>) -> Option<Node<'tree>> {
        let child = |node: Node<'tree>| {
            let mut children = node.named_children(&mut node.walk()).collect::<Vec<_>>().into_iter();
            children.find(|child| self.role(*child).is(Role::NAME))
        };
        child(node).or_else(|| node.named_children(&mut node.walk()).find_map(child))
    }
}

/// Beginnings of comments that belong to what they stand in.
const FOR_THE_FILE: [&str; 3] = ["//!", "/*!", "#!"];

#[cfg(test)]
mod tests;
