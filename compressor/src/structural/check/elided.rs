//! The check of code of which something was left out: whether all else is the same, and whether what went is announced.
//!
//! It is told which bytes went and what stands for them, and believes none of it: the trees of both texts, what went left
//! out of the one and the announcements out of the other, must be equal, so that the tokens of the result are those of the
//! original in order, and signatures are whole; an announcement must stand where something went and say how much; and no
//! definition may go that does not stand in the body of another.
//!
//! Invariants
//! - independent of what writes drafts: it shares the grammar and the table of languages, and nothing else
//!   (`tests::what_is_not_announced_is_found`).

use std::collections::VecDeque;
use std::ops::Range;

use tree_sitter::Tree;

use super::white::White;
use super::{Difference, Event, Events, held, repeated};
use crate::language::{Role, Syntax};
use crate::structural::parse;

/// What was left out of a text, and what the result says in its stead.
#[derive(Clone, Debug)]
pub struct Elision<'a> {
    /// Bytes of the original.
    pub range: Range<usize>,
    /// What stands for them, white space around it included.
    pub text: &'a str,
}

/// Whether a result is the original's code but for what is announced to be left out, comments, docstrings and layout aside.
///
/// # Errors
/// The first place where that is not so.
pub(crate) fn check_elided(
    original: &str,
    tree: &Tree,
    result: &str,
    syntax: &'static Syntax,
    elisions: &[Elision<'_>],
) -> Result<(), Difference> {
    let result_tree = parse::parse(result, syntax).ok_or(Difference { original: 0, result: 0 })?;
    if result_tree.root_node().has_error() {
        return Err(Difference { original: 0, result: 0 });
    }
    if let Some(hidden) = hidden_definition(tree, syntax.roles(), elisions) {
        return Err(Difference { original: hidden, result: 0 });
    }
    repeated::check(original, tree, syntax, elisions)?;
    let gone = vec![Gone::default(); elisions.len()];
    let mut before = Dense::new(Events { elisions, gone, ..Events::new(original, tree, syntax) });
    let mut after = Dense::new(Events { passes_stand_ins: true, ..Events::new(result, &result_tree, syntax) });
    let (mut announced, mut from) = (0, 0);
    loop {
        let (expected, found) = (before.next(), after.next());
        let difference = Difference { original: before.events.at, result: after.events.at };
        // Where something went, so did the white space around it.
        let [expected, found] = [expected, found].map(|event| match event {
            Some(Event::Leaf(skipped, kind, text, _)) if before.events.passed > announced => {
                Some(Event::Leaf(skipped, kind, text, White::None))
            }
            event => event,
        });
        if expected != found || before.events.misplaced.is_some() {
            return Err(difference);
        }
        let to = match expected {
            None => {
                return held::compare((original, &before.events.held), (result, &after.events.held));
            }
            Some(Event::Enter(_) | Event::Leave) => continue,
            Some(Event::Leaf(..)) => after.events.at,
            Some(Event::Rest(_)) => result.len(),
        };
        let gone = before.events.passed.max(announced);
        for (elision, gone) in elisions[announced..gone].iter().zip(&before.events.gone[announced..gone]) {
            // What went from a string is announced in it.
            let is_within = before.events.at < elision.range.start && elision.range.end < before.events.end;
            let to = if is_within { after.events.end } else { to };
            let between = result.get(from..to).unwrap_or_default();
            let mark = elision.text.trim();
            let found = between.find(mark).filter(|_| says_how_much(mark, original, &elision.range, *gone, syntax));
            from += found.ok_or(difference.clone())? + mark.len();
        }
        announced = gone;
        from = from.max(after.events.end);
    }
}

/// Nodes that went together.
#[derive(Clone, Copy, Default)]
pub(super) struct Gone {
    /// Those that bring names in.
    pub(super) imports: usize,
    /// Those that have a name in the grammar, as punctuation does not; comments aside.
    pub(super) elements: usize,
}

/// Whether an announcement counts what went: its lines, imports, elements or characters; of repeats whether it is one, since what they
/// tell was proved before.
fn says_how_much(mark: &str, original: &str, range: &Range<usize>, nodes: Gone, syntax: &Syntax) -> bool {
    // A backslash that carries a line on to the first word, or from the last, is layout like the white space around it.
    let is_layout = |c: char| c.is_whitespace() || c == '\\';
    let gone = original.get(range.clone()).unwrap_or_default();
    let Some((number, unit)) = counted(mark) else { return false };
    if unit == "more" {
        return repeated::is_read(mark, syntax);
    }
    let expected = match unit.strip_suffix('s').unwrap_or(unit) {
        "line" => 1 + gone.trim_matches(is_layout).bytes().filter(|&byte| byte == b'\n').count(),
        "import" => nodes.imports,
        "element" => nodes.elements,
        "character" => gone.chars().count(),
        _ => return false,
    };
    number == expected && unit.ends_with('s') == (number != 1)
}

/// The first number in an announcement, and what it counts.
pub(super) fn counted(mark: &str) -> Option<(usize, &str)> {
    let from = mark.find(|c: char| c.is_ascii_digit())?;
    let (number, rest) = mark[from..].split_once(' ')?;
    let unit = rest.split(|c: char| !c.is_alphabetic()).next()?;
    Some((number.replace(',', "").parse().ok()?, unit))
}

/// The first definition that goes and does not stand in the body of what is called.
fn hidden_definition(tree: &Tree, roles: &[Role], elisions: &[Elision<'_>]) -> Option<usize> {
    let mut cursor = tree.walk();
    // For each node from the root: whether it is called, and whether it is the body of something.
    let mut open: Vec<(bool, bool)> = Vec::new();
    let mut bodies = 0_usize;
    loop {
        let node = cursor.node();
        let role = roles.get(usize::from(node.kind_id())).copied().unwrap_or_default();
        let is_body = role.is(Role::CALLABLE_BODY) && open.last().is_some_and(|&(callable, _)| callable);
        let goes = || {
            let at = elisions.partition_point(|elision| elision.range.end <= node.start_byte());
            elisions.get(at).is_some_and(|elision| elision.range.start <= node.start_byte())
        };
        if bodies == 0 && role.is(Role::DEFINITION) && !role.is(Role::CONSTANT) && goes() {
            return Some(node.start_byte());
        }
        if cursor.goto_first_child() {
            open.push((role.is(Role::CALLABLE), is_body));
            bodies += usize::from(is_body);
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return None;
            }
            bodies -= usize::from(open.pop().is_some_and(|(_, is_body)| is_body));
        }
    }
}

/// Events without nodes of which nothing is left.
struct Dense<'a> {
    events: Events<'a>,
    /// Nodes that have begun and hold nothing so far.
    begun: Vec<Event<'a>>,
    ready: VecDeque<Event<'a>>,
}

impl<'a> Dense<'a> {
    fn new(events: Events<'a>) -> Self {
        Self { events, begun: Vec::new(), ready: VecDeque::new() }
    }

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            match self.events.next() {
                Some(event @ Event::Enter(_)) => self.begun.push(event),
                Some(Event::Leave) if self.begun.pop().is_some() => {}
                Some(event @ (Event::Leave | Event::Leaf(..) | Event::Rest(_))) => {
                    self.ready.extend(self.begun.drain(..));
                    self.ready.push_back(event);
                }
                None => return None,
            }
        }
    }
}

/// Whether what follows a statement that stands in for others announces how much went.
pub(super) fn is_announced(rest: &str, syntax: &Syntax) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    let lines = syntax.line_markers.iter().chain(syntax.block_markers.iter().map(|(open, _)| open));
    lines.filter_map(|marker| rest.strip_prefix(marker)).any(|said| {
        let said = said.trim_start_matches(' ');
        let digits = said.len() - said.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        digits > 0 && said[digits..].starts_with(" line")
    })
}

#[cfg(test)]
pub(super) mod tests;
