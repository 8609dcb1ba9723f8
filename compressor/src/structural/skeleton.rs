//! The skeleton of code: which bodies and statements go when only what there is shall stay, and not how it is done.
//!
//! Imports, types, constants and signatures stay, and so does what holds them: classes, modules, branches that define
//! something. The body of what is called goes, and of the other statements each run, but for those that hand over a body
//! to be called, as the cases of a test do.
//!
//! Invariants
//! - no cut holds a token of a signature, but of what is defined within a body (`check` looks for it on every run);
//! - a tree is walked with a cursor, never by recursion, and each node is looked at a bounded number of times.

use std::ops::Range;

use tree_sitter::{Node, Tree, TreeCursor};

use super::cuts::Planned;
use super::outline::{Kind, Outline};
use crate::draft::Omitted;
use crate::language::{Role, Syntax};

/// What goes for a skeleton.
pub(crate) fn cuts(text: &str, tree: &Tree, outline: &Outline, syntax: &Syntax) -> Vec<Planned> {
    let roles = syntax.roles();
    let landmarks = Landmarks::read(tree.walk(), roles);
    Walker { text, outline, syntax, roles, landmarks, frames: Vec::new(), planned: Vec::new() }.walk(tree.walk())
}

/// Where things are defined or brought in, and where bodies are handed over.
struct Landmarks {
    /// First bytes of all that is defined or brought in, in order.
    all: Vec<usize>,
    /// Of that which stands in no body of what is called.
    outside: Vec<usize>,
    /// The bodies of what is called and has no name, in order of their beginnings.
    handed_over: Vec<Range<usize>>,
}

impl Landmarks {
    fn read(mut cursor: TreeCursor<'_>, roles: &[Role]) -> Self {
        let mut landmarks = Self { all: Vec::new(), outside: Vec::new(), handed_over: Vec::new() };
        // The role of each node from the root to the one at hand, and whether it is the body of what is called.
        let mut open: Vec<(Role, bool)> = Vec::new();
        let mut bodies = 0_usize;
        loop {
            let role = role(roles, cursor.node());
            let callable = open.last().map(|&(parent, _)| parent).filter(|parent| parent.is(Role::CALLABLE));
            let is_body = callable.is_some() && role.is(Role::CALLABLE_BODY);
            if is_body && callable.is_some_and(|callable| !callable.is(Role::DEFINITION)) {
                landmarks.handed_over.push(cursor.node().byte_range());
            }
            if (role.is(Role::DEFINITION) && !role.is(Role::CONSTANT)) || role.is(Role::IMPORT) {
                let start = cursor.node().start_byte();
                landmarks.all.push(start);
                if bodies == 0 {
                    landmarks.outside.push(start);
                }
            }
            if cursor.goto_first_child() {
                open.push((role, is_body));
                bodies += usize::from(is_body);
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return landmarks;
                }
                bodies -= usize::from(open.pop().is_some_and(|(_, is_body)| is_body));
            }
        }
    }

    fn stand_in(list: &[usize], range: &Range<usize>) -> bool {
        list.get(list.partition_point(|&start| start < range.start)).is_some_and(|&start| start < range.end)
    }

    /// Whether most of a piece of code is bodies that it hands over.
    fn hands_over(&self, range: &Range<usize>) -> bool {
        let (mut end, mut bytes) = (range.start, 0);
        // Those within another are passed over.
        let next = |from: usize| self.handed_over.get(self.handed_over.partition_point(|body| body.start < from));
        while let Some(body) = next(end).filter(|body| body.end <= range.end) {
            bytes += body.len();
            end = body.end.max(end + 1);
        }
        bytes > range.len() / 2
    }
}

fn role(roles: &[Role], node: Node<'_>) -> Role {
    roles.get(usize::from(node.kind_id())).copied().unwrap_or_default()
}

struct Walker<'a> {
    text: &'a str,
    outline: &'a Outline,
    syntax: &'a Syntax,
    roles: &'a [Role],
    landmarks: Landmarks,
    /// The nodes from the root to the parent of the node at hand.
    frames: Vec<Frame>,
    planned: Vec<Planned>,
}

/// A node whose children are being read.
#[derive(Default)]
struct Frame {
    /// What it is; none for the root.
    role: Option<Role>,
    /// Whether bodies that are handed over in it may be read like modules.
    spreads: bool,
    /// Whether its body stays on a line of its own.
    keeps_apart: bool,
    /// Statements that go, one after the other.
    run: Option<Run>,
    /// The first of the attributes that nothing has followed yet.
    attribute: Option<usize>,
    /// Whether one of its statements stays.
    keeps_some: bool,
}

impl Frame {
    fn is(&self, role: Role) -> bool {
        self.role.is_some_and(|own| own.is(role))
    }

    /// Whether its children are statements, each to be judged.
    fn has_statements(&self) -> bool {
        self.role.is_none() || self.is(Role::BODY) || self.is(Role::CALLABLE_BODY)
    }
}

struct Run {
    range: Range<usize>,
    statements: usize,
}

/// What becomes of a statement.
enum Verdict {
    Goes,
    Stays,
    /// As `Stays`, and bodies that it hands over may be read like modules.
    Spreads,
}

impl Walker<'_> {
    fn walk(mut self, mut cursor: TreeCursor<'_>) -> Vec<Planned> {
        self.frames.push(Frame::default());
        if !cursor.goto_first_child() {
            return self.planned;
        }
        loop {
            if self.enter(cursor.node()) && cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                self.leave();
                if self.frames.is_empty() || !cursor.goto_parent() {
                    return self.planned;
                }
            }
        }
    }

    /// Takes a node in; says whether its children are to be read, and then it has any.
    fn enter(&mut self, node: Node<'_>) -> bool {
        let role = role(self.roles, node);
        let Some(parent) = self.frames.last() else { return false };
        if role.is(Role::COMMENT) {
            return false;
        }
        if parent.is(Role::CALLABLE) && role.is(Role::CALLABLE_BODY) {
            let hands_over = parent.spreads && !parent.is(Role::DEFINITION);
            if !(hands_over && self.reads_as_module(node)) {
                self.plan_body(node, parent.keeps_apart);
                return false;
            }
        }
        let mut spreads = parent.spreads;
        if parent.has_statements() {
            spreads = false;
            match self.judge(node, role) {
                Some(Verdict::Spreads) => spreads = true,
                Some(Verdict::Stays) => {}
                Some(Verdict::Goes) | None => return false,
            }
        }
        if node.child_count() == 0 || role.is(Role::VERBATIM) {
            return false;
        }
        let field = self.syntax.keeps_body_apart.filter(|_| role.is(Role::DEFINITION));
        self.frames.push(Frame {
            role: Some(role),
            spreads,
            keeps_apart: field.is_some_and(|field| node.child_by_field_name(field).is_some()),
            ..Frame::default()
        });
        true
    }

    /// Judges a child of a node with statements; `None` for what is no statement.
    fn judge(&mut self, node: Node<'_>, role: Role) -> Option<Verdict> {
        let range = node.byte_range();
        // What follows the end of the code may be the end of its line alone.
        if self.text.get(range.clone()).is_none_or(|text| text.trim_ascii().is_empty()) {
            return None;
        }
        let verdict = if node.is_named() { self.verdict(node, role) } else { Verdict::Goes };
        let frame = self.frames.last_mut()?;
        if !node.is_named() {
            // What ends a statement goes with it.
            let ends = matches!(self.text.get(range.clone()), Some(";" | "," | "&"));
            if let Some(run) = frame.run.as_mut().filter(|_| ends) {
                run.range.end = range.end;
            }
            return None;
        }
        if role.is(Role::ATTRIBUTE) {
            frame.attribute.get_or_insert(range.start);
            return None;
        }
        let start = frame.attribute.take().unwrap_or(range.start);
        if matches!(verdict, Verdict::Goes) {
            let run = frame.run.get_or_insert(Run { range: start..range.end, statements: 0 });
            run.range.end = range.end.max(run.range.end);
            run.statements += 1;
        } else {
            frame.keeps_some = true;
            self.end_run(false);
        }
        Some(verdict)
    }

    fn verdict(&self, node: Node<'_>, role: Role) -> Verdict {
        const STAY: [Role; 7] = [
            Role::HEADING,
            Role::IMPORT,
            Role::DEFINITION,
            Role::WRAPPER,
            Role::CALLABLE,
            Role::CONSTANT,
            Role::LINE_BOUND,
        ];
        let stays = |role: Role| STAY.into_iter().any(|stay| role.is(stay));
        let only = node.named_child(0).filter(|_| node.named_child_count() == 1);
        let range = node.byte_range();
        if stays(role)
            || only.is_some_and(|only| stays(self::role(self.roles, only)))
            || (role.is(Role::DOC_STATEMENT) && self.is_docstring(&range))
            || Landmarks::stand_in(&self.landmarks.outside, &range)
        {
            return Verdict::Stays;
        }
        if self.landmarks.hands_over(&range) { Verdict::Spreads } else { Verdict::Goes }
    }

    /// Whether a body is read like a module: it defines most of the text, as a wrapper around a file does, or most of it is
    /// statements that hand over bodies themselves, as a group of test cases is.
    fn reads_as_module(&self, body: Node<'_>) -> bool {
        let range = body.byte_range();
        if range.len() > self.text.len() / 2 && Landmarks::stand_in(&self.landmarks.all, &range) {
            return true;
        }
        let mut cursor = body.walk();
        let statements = body.named_children(&mut cursor).map(|statement| statement.byte_range());
        let cases = statements.filter(|statement| self.landmarks.hands_over(statement)).map(|it| it.len());
        let (count, bytes) = cases.fold((0, 0), |(count, bytes), case| (count + 1, bytes + case));
        count > 1 && bytes > range.len() / 2
    }

    fn is_docstring(&self, range: &Range<usize>) -> bool {
        let tokens = &self.outline.tokens;
        let token = tokens.get(tokens.partition_point(|token| token.range.start < range.start));
        token.is_some_and(|token| matches!(token.kind, Kind::Docstring { .. }) && token.range == *range)
    }

    fn leave(&mut self) {
        let is_whole_body = self.frames.last().is_some_and(|frame| !frame.keeps_some && self.frames.len() > 1);
        self.end_run(is_whole_body);
        self.frames.pop();
    }

    fn end_run(&mut self, is_whole_body: bool) {
        let Some(run) = self.frames.last_mut().and_then(|frame| frame.run.take()) else { return };
        let range = self.trimmed(run.range);
        let planned = Planned::of_lines(self.text, range, Omitted::Statements, run.statements);
        self.planned.push(Planned { is_whole_body, ..planned });
    }

    /// Plans the cut of all that a body holds: between its brackets or words, or after its docstring.
    fn plan_body(&mut self, mut node: Node<'_>, keeps_apart: bool) {
        // Some grammars put the body with its brackets into another that may also be an expression.
        while let Some(only) = node.child(0).filter(|only| node.child_count() == 1 && self.is_body(*only)) {
            node = only;
        }
        if role(self.roles, node).is(Role::RAW) {
            self.plan_raw(node);
            return;
        }
        let last = u32::try_from(node.child_count().saturating_sub(1)).ok();
        let (Some(first), Some(last)) = (node.child(0), last.and_then(|last| node.child(last))) else { return };
        let inner = match (first.is_named(), last.is_named()) {
            (false, false) if first != last => first.end_byte()..last.start_byte(),
            (true, true) => self.after_docstring(node.start_byte())..node.end_byte(),
            _ => return,
        };
        let range = self.trimmed(inner);
        if !range.is_empty() {
            let planned = Planned::of_lines(self.text, range, Omitted::Bodies, 1);
            self.planned.push(Planned { keeps_apart, ..planned });
        }
    }

    fn is_body(&self, node: Node<'_>) -> bool {
        role(self.roles, node).is(Role::CALLABLE_BODY)
    }

    /// Plans the cut of a macro's body; one that fills a line says more than the count of it.
    fn plan_raw(&mut self, node: Node<'_>) {
        let range = self.trimmed(node.byte_range());
        let planned = Planned::of_lines(self.text, range, Omitted::Bodies, 1);
        if planned.omission.lines > 1 {
            // Nothing encloses it.
            self.planned.push(Planned { is_whole_body: false, ..planned });
        }
    }

    fn after_docstring(&self, start: usize) -> usize {
        let tokens = &self.outline.tokens;
        let token = tokens.get(tokens.partition_point(|token| token.range.start < start));
        let docstring =
            token.filter(|token| token.range.start == start && matches!(token.kind, Kind::Docstring { .. }));
        docstring.map_or(start, |token| token.range.end)
    }

    /// A range without the white space around it.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let inner = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (inner.len() - inner.trim_ascii_start().len());
        start..start + inner.trim_ascii().len()
    }
}

#[cfg(test)]
mod tests;
