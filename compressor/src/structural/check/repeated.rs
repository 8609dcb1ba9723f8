//! The check of neighbours that are told by the one before them: whether that one with the tokens that are announced in place
//! of its own is what went, token by token and node by node.
//!
//! It reads the announcement as a reader would: with the first at hand it writes the others again, and compares them with the
//! original's.
//!
//! Invariants
//! - what stays must stand right before what went, and whole; nothing that has a name, and no comment, goes
//!   (`tests::what_stays_must_be_whole`).

use std::ops::Range;

use tree_sitter::{Node, Tree};

use super::elided::counted;
use super::{Difference, Elision, Event, Events, Step};
use crate::language::{Role, Syntax};

/// Whether all announcements of repeats are true.
///
/// # Errors
/// The first place of which that cannot be said.
pub(super) fn check(
    original: &str,
    tree: &Tree,
    syntax: &'static Syntax,
    elisions: &[Elision<'_>],
) -> Result<(), Difference> {
    let told: Vec<Option<Told<'_>>> = elisions.iter().map(|elision| Told::read(elision.text, syntax)).collect();
    if told.iter().all(Option::is_none) {
        return Ok(());
    }
    let gone = Walker { text: original, roles: syntax.roles(), elisions, told: &told }.walk(tree);
    for ((told, gone), (index, elision)) in told.iter().zip(gone).zip(elisions.iter().enumerate()) {
        let Some(told) = told else { continue };
        // Of what stays nothing may go, either.
        let end = index.checked_sub(1).map_or(0, |before| elisions[before].range.end);
        let stays = gone.first.is_some_and(|first| end <= first.start_byte());
        if !stays || !gone.is_true(&elision.range, told, original, tree, syntax) {
            return Err(Difference { original: elision.range.start, result: 0 });
        }
    }
    Ok(())
}

/// Whether an announcement is one of repeats.
pub(super) fn is_read(mark: &str, syntax: &Syntax) -> bool {
    Told::read(mark, syntax).is_some()
}

/// What an announcement says.
struct Told<'a> {
    count: usize,
    /// The tokens of the first that differ, where it names them.
    instead: Option<Vec<&'a str>>,
    /// For each of the others what stands for them.
    rows: Vec<Vec<&'a str>>,
}

impl<'a> Told<'a> {
    /// Reads an announcement; `None` for another kind.
    fn read(mark: &'a str, syntax: &Syntax) -> Option<Self> {
        let (count, _) = counted(mark).filter(|&(_, unit)| unit == "more")?;
        let said = &mark[mark.find(" more")? + " more".len()..];
        let values = |row: &'a str| row.split(", ").collect::<Vec<_>>();
        let (instead, rows) = if let Some(rows) = said.strip_prefix(" with: ") {
            (None, rows)
        } else {
            let (instead, rows) = said.strip_prefix(", instead of ")?.split_once(": ")?;
            (Some(values(instead)), rows)
        };
        let rows = rows.trim();
        let mut closing = syntax.block_markers.iter().filter_map(|(_, close)| rows.strip_suffix(close));
        let rows = closing.next().unwrap_or(rows).trim_end();
        Some(Self { count, instead, rows: rows.split("; ").map(values).collect() })
    }
}

/// What went, as the tree has it.
#[derive(Default)]
struct Gone<'t> {
    /// The node before it, which stays.
    first: Option<Node<'t>>,
    /// The nodes that went.
    others: Vec<Node<'t>>,
    /// Before each of them, what parts it from the node before it and has no name in the grammar.
    parting: Vec<Vec<&'t str>>,
    /// The same after the last.
    ending: Vec<&'t str>,
    /// What they stand in.
    parent: Option<usize>,
    /// The end of the last node that was noted.
    end: usize,
    /// Whether something went that may not.
    is_barred: bool,
}

struct Walker<'a> {
    text: &'a str,
    roles: &'a [Role],
    elisions: &'a [Elision<'a>],
    told: &'a [Option<Told<'a>>],
}

/// A node whose children are being read.
struct Frame<'t> {
    node: Node<'t>,
    role: Role,
    /// The last of its children that has a name in the grammar.
    last: Option<Node<'t>>,
    /// What has none since then.
    parting: Vec<&'t str>,
    /// Whether values in it are named for nobody else: in the body of what is called, or in a literal that goes.
    is_inner: bool,
    /// Whether it goes.
    goes: bool,
}

impl<'a> Walker<'a> {
    fn walk(&self, tree: &'a Tree) -> Vec<Gone<'a>> {
        let start = |elision: &Elision<'_>| Gone { end: elision.range.start, ..Gone::default() };
        let mut gone: Vec<Gone<'a>> = self.elisions.iter().map(start).collect();
        let mut open: Vec<Frame<'a>> = Vec::new();
        let mut cursor = tree.walk();
        loop {
            let node = cursor.node();
            let (range, role) = (node.byte_range(), self.role(node));
            let at = self.elisions.partition_point(|elision| elision.range.end < range.end);
            let told = self.told.get(at).is_some_and(Option::is_some);
            let goes = told && self.elisions[at].range.start <= range.start && !range.is_empty();
            let is_called = open.last().is_some_and(|frame| frame.role.is(Role::CALLABLE));
            let is_element = open.last().is_some_and(|frame| frame.role.is(Role::COLLECTION) && goes);
            let is_body = is_called && role.is(Role::CALLABLE_BODY);
            let is_inner = is_body || is_element || open.last().is_some_and(|frame| frame.is_inner);
            if goes {
                gone[at].is_barred |= bars(role, is_inner);
                if let Some(frame) = open.last().filter(|frame| !frame.goes) {
                    gone[at].note(node, frame, self.text);
                }
            }
            if let Some(frame) = open.last_mut() {
                frame.pass(node, role, self.text);
            }
            if cursor.goto_first_child() {
                open.push(Frame { node, role, last: None, parting: Vec::new(), is_inner, goes });
                continue;
            }
            while !cursor.goto_next_sibling() {
                if open.pop().is_none() || !cursor.goto_parent() {
                    return gone;
                }
            }
        }
    }

    fn role(&self, node: Node<'_>) -> Role {
        self.roles.get(usize::from(node.kind_id())).copied().unwrap_or_default()
    }
}

/// Whether what holds a node of a role must stay.
fn bars(role: Role, is_inner: bool) -> bool {
    const STAY: [Role; 5] = [Role::COMMENT, Role::IMPORT, Role::HEADING, Role::WRAPPER, Role::LINE_BOUND];
    let names = role.is(Role::CONSTANT) && !is_inner;
    let defines = role.is(Role::DEFINITION) && !role.is(Role::CONSTANT);
    names || defines || STAY.into_iter().any(|stay| role.is(stay))
}

impl<'t> Frame<'t> {
    fn pass(&mut self, node: Node<'t>, role: Role, text: &'t str) {
        if node.is_named() && !role.is(Role::COMMENT) {
            self.last = Some(node);
            self.parting.clear();
        } else if !node.is_named() {
            self.parting.extend(text.get(node.byte_range()).filter(|token| !token.trim().is_empty()));
        }
    }
}

impl<'t> Gone<'t> {
    /// Takes in a child of `frame`.
    fn note(&mut self, node: Node<'t>, frame: &Frame<'t>, text: &'t str) {
        let Range { start, end } = node.byte_range();
        let parent = frame.node.id();
        self.is_barred |= *self.parent.get_or_insert(parent) != parent || !is_white(text, self.end..start);
        self.end = end;
        if node.is_named() {
            self.first = if self.others.is_empty() { frame.last } else { self.first };
            self.others.push(node);
            self.parting.push(frame.parting.clone());
            self.ending.clear();
        } else {
            self.ending.extend(text.get(start..end).filter(|token| !token.trim().is_empty()));
        }
    }

    /// Whether it is what is told.
    fn is_true(
        &self,
        range: &Range<usize>,
        told: &Told<'_>,
        text: &'t str,
        tree: &'t Tree,
        syntax: &'t Syntax,
    ) -> bool {
        let (Some(first), Some(parting)) = (self.first, self.parting.first()) else { return false };
        let counted = self.others.len() == told.count && told.rows.len() == told.count;
        let parted =
            self.parting.iter().all(|other| other == parting) && (self.ending.is_empty() || self.ending == *parting);
        let Some(kept) = events(first, text, tree, syntax).filter(|_| counted && parted && !self.is_barred) else {
            return false;
        };
        let others: Option<Vec<Vec<Event<'_>>>> =
            self.others.iter().map(|&other| events(other, text, tree, syntax)).collect();
        let Some(others) = others.filter(|_| is_white(text, self.end..range.end)) else { return false };
        let most = told.rows.first().map_or(0, Vec::len);
        let names = told
            .instead
            .clone()
            .map_or_else(|| differing(&kept, &others, most), |names| names.iter().map(|&it| it.to_owned()).collect());
        told.rows
            .iter()
            .zip(&others)
            .all(|(row, other)| row.len() == names.len() && is_rewritten(&kept, &names, row, other))
    }
}

fn is_white(text: &str, range: Range<usize>) -> bool {
    text.get(range).is_none_or(|gap| gap.trim().is_empty())
}

/// The events of a node with parts; `None` for one whose text is its own.
fn events<'t>(node: Node<'t>, text: &'t str, tree: &'t Tree, syntax: &'t Syntax) -> Option<Vec<Event<'t>>> {
    let role = syntax.roles().get(usize::from(node.kind_id())).copied().unwrap_or_default();
    if node.child_count() == 0 || role.is(Role::VERBATIM) || role.is(Role::RAW) || role.is(Role::FLOW) {
        return None;
    }
    // What stands behind it is not its own.
    let plain = Events::new(text.get(..node.end_byte())?, tree, syntax);
    let events = Events { cursor: node.walk(), end: node.start_byte(), step: Step::Look, ..plain };
    Some(events.take_while(|event| !matches!(event, Event::Rest(_))).collect())
}

/// The tokens of the first in whose place another stands in one of the others, up to one more than `most`.
fn differing(kept: &[Event<'_>], others: &[Vec<Event<'_>>], most: usize) -> Vec<String> {
    let text =
        |event: &Event<'_>| if let Event::Leaf(_, _, text, _) = event { text.to_string() } else { String::new() };
    let mut names: Vec<String> = Vec::new();
    for (place, event) in kept.iter().enumerate() {
        let differs = others.iter().any(|other| other.get(place).map(text) != Some(text(event)));
        if differs && !names.contains(&text(event)) {
            names.push(text(event));
        }
        if names.len() > most {
            break;
        }
    }
    names
}

/// Whether the first with the tokens of `row` in place of `names` is another one.
fn is_rewritten(kept: &[Event<'_>], names: &[String], row: &[&str], other: &[Event<'_>]) -> bool {
    let is_same = |(one, another): (&Event<'_>, &Event<'_>)| match (one, another) {
        (Event::Leaf(skipped, kind, token, white), Event::Leaf(its_skipped, its_kind, its_token, its_white)) => {
            let place = names.iter().position(|name| name == token);
            let told = place.map_or(token.as_ref(), |place| row[place]);
            let same_kind = kind == its_kind || token != its_token;
            told == its_token && same_kind && (skipped, white) == (its_skipped, its_white)
        }
        (one, another) => one == another,
    };
    kept.len() == other.len() && kept.iter().zip(other).all(is_same)
}

#[cfg(test)]
mod tests;
