//! The check: whether two texts are the same code, read from their trees alone.
//!
//! Both are parsed, and the trees are compared node by node and leaf by leaf, so that not only the tokens but also what
//! belongs to what is the same: the blocks of Python, and the statements that JavaScript ends at a line break. Comments
//! and, where the language has them, docstrings are left out, and so is layout.
//!
//! Where they differ, they are compared once more without their comments: code is the same if it is so without them.
//!
//! Invariants
//! - independent of what writes drafts: it shares the grammar and the table of languages, and nothing else;
//! - a leaf is compared byte for byte, and so is a node whose text must stay as it is, a string or a template;
//! - bytes that no leaf holds are compared too (`tests::what_the_grammar_skips_is_compared`).

mod elided;
mod held;
mod raw;
mod repeated;
mod white;
mod words;

pub use elided::Elision;
pub(crate) use elided::check_elided;

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use tree_sitter::{Node, Tree, TreeCursor};

use super::recovery::Frame;
use super::{line_wise, parse};
use crate::language::{Language, Role, Spacing, Syntax};
use held::Held;
use white::White;

/// Where two texts first differ in their code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("code differs at byte {original} of the original and byte {result} of the result")]
pub struct Difference {
    /// Byte of the original.
    pub original: usize,
    /// Byte of the result.
    pub result: usize,
}

/// Whether a result is the same code as the original, comments, docstrings and layout aside; a piece that parses only where
/// it may have been cut out of, as the members of a class do, is compared there. Without a grammar only equal bytes are the
/// same.
///
/// # Errors
/// The first place where they differ; the beginning of both if one of them is too hard to parse.
pub fn check(original: &str, result: &str, language: Language) -> Result<(), Difference> {
    if original == result {
        return Ok(());
    }
    if let Some(rules) = language.line_rules() {
        return line_wise::check(original, result, rules);
    }
    let beginning = Difference { original: 0, result: 0 };
    let syntax = language.0.syntax.ok_or(beginning.clone())?;
    let tree = parse::parse(original, syntax).ok_or(beginning)?;
    if tree.root_node().has_error() {
        for frame in Frame::all(syntax) {
            let whole = frame.around(original);
            if let Some(tree) = parse::parse(&whole, syntax).filter(|tree| !tree.root_node().has_error()) {
                return check_against(&whole, &tree, &frame.around(result), syntax);
            }
        }
    }
    check_against(original, &tree, result, syntax)
}

/// As [`check`], with the tree of the original at hand.
pub(super) fn check_against(original: &str, tree: &Tree, result: &str, syntax: &Syntax) -> Result<(), Difference> {
    let result_tree = parse::parse(result, syntax).ok_or(Difference { original: 0, result: 0 })?;
    if matches!(syntax.spacing, Spacing::Kept) {
        return words::compare((original, tree), (result, &result_tree), syntax);
    }
    let difference = match compare((original, tree), (result, &result_tree), syntax) {
        Ok(()) => return Ok(()),
        // A space in place of a comment is one more where it means something that it is there, and a comment may hold line
        // breaks, which end a directive.
        Err(difference) if !matches!(syntax.spacing, Spacing::Sided { .. }) => return Err(difference),
        Err(difference) => difference,
    };
    // Which of two readings an ambiguous grammar prefers may hang on the comments between the code, so what decides is how
    // both read without them.
    let [original, result] = [(original, tree), (result, &result_tree)].map(|(text, tree)| blanked(text, tree, syntax));
    let trees = parse::parse(&original, syntax).zip(parse::parse(&result, syntax));
    let (tree, result_tree) = trees.ok_or(difference)?;
    compare((&original, &tree), (&result, &result_tree), syntax)
}

/// Compares two trees node by node and leaf by leaf.
fn compare(original: (&str, &Tree), result: (&str, &Tree), syntax: &Syntax) -> Result<(), Difference> {
    let mut before = Events::new(original.0, original.1, syntax);
    let mut after = Events::new(result.0, result.1, syntax);
    loop {
        let (expected, found) = (before.next(), after.next());
        if expected != found {
            return Err(Difference { original: before.at, result: after.at });
        }
        if expected.is_none() {
            return held::compare((original.0, &before.held), (result.0, &after.held));
        }
    }
}

/// A text with spaces in place of its comments, line breaks aside.
fn blanked(text: &str, tree: &Tree, syntax: &Syntax) -> String {
    let roles = syntax.roles();
    let mut bytes = text.as_bytes().to_vec();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let role = roles.get(usize::from(node.kind_id())).copied().unwrap_or_default();
        if role.is(Role::COMMENT) {
            // Where a space would mean something, none comes in place of a comment that touches its neighbours.
            let around = [text[..node.start_byte()].chars().next_back(), text[node.end_byte()..].chars().next()];
            let touches = around.iter().all(|c| c.is_some_and(|c| !c.is_whitespace()));
            let blanks = !(touches && matches!(syntax.spacing, Spacing::Beside(_)));
            let comment = bytes.get_mut(node.byte_range()).filter(|_| blanks).unwrap_or_default();
            comment.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
        } else if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return String::from_utf8(bytes).unwrap_or_default();
            }
        }
    }
}

/// As [`check_against`], for code that does not parse: the tokens are compared, and not how they belong together, which
/// the parser guesses.
pub(super) fn check_tokens_against(
    original: &str,
    tree: &Tree,
    result: &str,
    syntax: &Syntax,
) -> Result<(), Difference> {
    let result_tree = parse::parse(result, syntax).ok_or(Difference { original: 0, result: 0 })?;
    if matches!(syntax.spacing, Spacing::Kept) {
        return words::compare((original, tree), (result, &result_tree), syntax);
    }
    let mut before = Events::new(original, tree, syntax);
    let mut after = Events::new(result, &result_tree, syntax);
    let tokens = |events: &mut Events<'_>| -> Option<(String, White)> {
        let token = |event| match event {
            Event::Leaf(skipped, _, text, white) => Some((skipped.concat() + &text, white)),
            Event::Rest(skipped) => Some((skipped.concat(), White::None)),
            Event::Enter(_) | Event::Leave => None,
        };
        events.find_map(token)
    };
    loop {
        let (expected, found) = (tokens(&mut before), tokens(&mut after));
        if expected != found {
            return Err(Difference { original: before.at, result: after.at });
        }
        if expected.is_none() {
            return held::compare((original, &before.held), (result, &after.held));
        }
    }
}

/// What is met on the way through a tree.
#[derive(Debug, PartialEq, Eq)]
enum Event<'a> {
    /// A node with children begins.
    Enter(u16),
    /// A leaf: bytes before it that no node holds, its kind, its text, and white space before it that means something.
    Leaf(Vec<&'a str>, u16, Cow<'a, str>, White),
    /// A node with children ends.
    Leave,
    /// Bytes after the last leaf that no node holds.
    Rest(Vec<&'a str>),
}

/// The events of a tree, in order.
struct Events<'a> {
    text: &'a str,
    cursor: TreeCursor<'a>,
    roles: &'a [Role],
    syntax: &'a Syntax,
    /// The role of each open node, and how many statements were seen in it.
    open: Vec<(Role, usize)>,
    /// Where the cursor goes next.
    step: Step,
    /// The end of the last node whose bytes are accounted for.
    end: usize,
    /// What stands since the last leaf that no node holds.
    skipped: Vec<&'a str>,
    /// The last leaf.
    last: &'a str,
    /// The white space between it and the next.
    white: White,
    /// What is left of text that flows, and its kind: each word is a leaf, so that a comment within is layout.
    words: Option<(Range<usize>, u16)>,
    /// The language of the text that the node at hand holds.
    holds: Option<Language>,
    /// Texts of other languages.
    held: Held,
    /// Where the last event was met.
    at: usize,
    /// What is passed over, in order.
    elisions: &'a [Elision<'a>],
    /// How many of them were passed over so far.
    passed: usize,
    /// For each of them the nodes that went with it.
    gone: Vec<elided::Gone>,
    /// The first that takes what must not go.
    misplaced: Option<usize>,
    /// Whether statements that stand in for others are passed over, where they say how many.
    passes_stand_ins: bool,
}

#[derive(Clone, Copy)]
enum Step {
    /// The node at the cursor was not looked at.
    Look,
    /// The node at the cursor is done.
    Next,
    /// All nodes are done.
    Rest,
    /// Nothing is left.
    End,
}

impl<'a> Events<'a> {
    fn new(text: &'a str, tree: &'a Tree, syntax: &'a Syntax) -> Self {
        let cursor = tree.walk();
        Self {
            text,
            cursor,
            roles: syntax.roles(),
            syntax,
            open: Vec::new(),
            step: Step::Look,
            end: 0,
            skipped: Vec::new(),
            last: "",
            white: White::None,
            words: None,
            holds: None,
            held: Held::new(),
            at: 0,
            elisions: &[],
            passed: 0,
            gone: Vec::new(),
            misplaced: None,
            passes_stand_ins: false,
        }
    }

    /// Goes on to a node: notes what stands between it and the last, which no node holds.
    fn pass_to(&mut self, start: usize, end: usize) {
        let between = self.text.get(self.end..start).unwrap_or_default();
        let continues = |word: &&str| *word == "\\" && self.syntax.escaped_breaks;
        self.skipped.extend(between.split_whitespace().filter(|word| !continues(word)));
        self.white = self.white.max(White::of(between));
        self.end = end;
    }

    /// The white space before a leaf, as far as it is more than layout. A leaf without text, which the parser added, parts
    /// nothing.
    fn white_before(&mut self, text: &'a str) -> White {
        if text.is_empty() {
            return White::None;
        }
        let before = mem::replace(&mut self.last, text);
        mem::take(&mut self.white).between(before, text, self.syntax.spacing)
    }

    fn look(&mut self, node: Node<'a>) -> Option<Event<'a>> {
        let role = self.role(node);
        self.step = Step::Next;
        self.at = node.start_byte();
        if self.is_left_out(node) {
            return None;
        }
        if role.is(Role::COMMENT) || role.is(Role::CONTINUATION) {
            self.pass_to(node.start_byte(), node.end_byte());
            return None;
        }
        if node.is_named()
            && let Some((_, statements)) = self.open.last_mut()
        {
            *statements += 1;
        }
        if self.is_docstring(node, role) {
            self.pass_to(node.start_byte(), node.end_byte());
            return None;
        }
        if role.is(Role::FLOW) && matches!(self.leaf(node), Cow::Borrowed(_)) {
            self.words = Some((node.byte_range(), node.kind_id()));
            return self.next_word();
        }
        let root = self.open.is_empty();
        let whole = role.is(Role::VERBATIM) || self.syntax.is_exact(role, node, self.text);
        if !root && (node.child_count() == 0 || whole) {
            let end = self.syntax.spacing.text_end(self.text, node.byte_range());
            self.pass_to(node.start_byte(), end);
            let skipped = mem::take(&mut self.skipped);
            let white = self.white_before(self.text.get(node.byte_range()).unwrap_or_default());
            let held = self.holds.take_if(|_| role.is(Role::HELD));
            let mut text = self.leaf(node);
            if let Some(language) = held {
                self.held.push((node.byte_range(), language));
                text = Cow::Borrowed("");
            } else if role.is(Role::RAW) {
                text = raw::plain(text, self.syntax.escaped_breaks);
                if text.is_empty() {
                    return None;
                }
            } else if self.is_line_end(node) {
                text = Cow::Borrowed("");
            }
            return Some(Event::Leaf(skipped, node.kind_id(), text, white));
        }
        if role.is(Role::HOLDER) {
            self.holds = self.syntax.held_language(node, self.text);
        }
        self.open.push((role, 0));
        if self.cursor.goto_first_child() {
            self.step = Step::Look;
        }
        Some(Event::Enter(node.kind_id()))
    }

    /// The next word of text that flows.
    fn next_word(&mut self) -> Option<Event<'a>> {
        let (left, kind) = self.words.take()?;
        let text = self.text.get(left.clone())?;
        let word = text.split_ascii_whitespace().next()?;
        let start = left.start + text.len() - text.trim_ascii_start().len();
        let end = start + word.len();
        self.at = start;
        self.pass_to(start, end);
        self.words = Some((end..left.end, kind));
        let white = self.white_before(word);
        Some(Event::Leaf(mem::take(&mut self.skipped), kind, Cow::Borrowed(word), white))
    }

    /// Whether a node was left out, or stands in for what was.
    fn is_left_out(&mut self, node: Node<'_>) -> bool {
        if self.open.is_empty() {
            return false;
        }
        let range = node.byte_range();
        let at = self.elisions.partition_point(|elision| elision.range.end < range.end);
        if let Some(elision) = self.elisions.get(at).filter(|elision| elision.range.start <= range.start) {
            self.passed = at + 1;
            if self.is_line_end(node) {
                return false;
            }
            let role = self.role(node);
            if let Some(gone) = self.gone.get_mut(at) {
                gone.imports += usize::from(role.is(Role::IMPORT));
                gone.elements += usize::from(node.is_named() && !role.is(Role::COMMENT));
            }
            if !role.is(Role::COMMENT) && !self.may_go(node) {
                self.misplaced.get_or_insert(range.start);
            }
            self.end = self.end.max(elision.range.end);
            return !range.is_empty();
        }
        let stand_in = self.syntax.stand_in.filter(|_| self.passes_stand_ins && node.is_named());
        let stands_in = stand_in.is_some_and(|stand_in| self.text.get(range.clone()) == Some(stand_in))
            && elided::is_announced(self.text.get(range.end..).unwrap_or_default(), self.syntax);
        if stands_in {
            self.end = range.end;
        }
        stands_in
    }

    /// Whether a node is the end of a directive's line, however many are blank after it.
    fn is_line_end(&self, node: Node<'_>) -> bool {
        let bound = self.open.last().is_some_and(|(parent, _)| parent.is(Role::LINE_BOUND));
        bound && !node.is_named() && self.text.get(node.byte_range()).is_some_and(|text| text.trim_ascii().is_empty())
    }

    /// Whether a node stands where something may go: in the body of what is called, among statements or elements, among
    /// what is brought in.
    fn may_go(&self, node: Node<'_>) -> bool {
        const AMONG: [Role; 4] = [Role::BODY, Role::CALLABLE_BODY, Role::COLLECTION, Role::IMPORT];
        let in_body = |pair: &[(Role, usize)]| pair[0].0.is(Role::CALLABLE) && pair[1].0.is(Role::CALLABLE_BODY);
        let Some(&(parent, _)) = self.open.last() else { return false };
        let role = self.role(node);
        self.open.len() == 1
            || AMONG.into_iter().any(|among| parent.is(among))
            || role.is(Role::IMPORT)
            || role.is(Role::BODY)
            || (role.is(Role::CALLABLE_BODY) && (parent.is(Role::CALLABLE) || parent.is(Role::DEFINITION)))
            || self.open.windows(2).any(in_body)
    }

    /// The text of a leaf, with what stands for pieces of it that were left out.
    fn leaf(&mut self, node: Node<'_>) -> Cow<'a, str> {
        let range = node.start_byte()..self.syntax.spacing.text_end(self.text, node.byte_range());
        let text = self.text.get(range.clone()).unwrap_or_default();
        let first = self.elisions.partition_point(|elision| elision.range.start < range.start);
        let within = self.elisions[first..].iter().take_while(|elision| elision.range.end <= range.end);
        let (mut out, mut from) = (String::new(), range.start);
        for elision in within {
            self.passed += 1;
            // Of a name nothing may go.
            if !self.role(node).is(Role::VERBATIM) {
                self.misplaced.get_or_insert(elision.range.start);
            }
            out.push_str(self.text.get(from..elision.range.start).unwrap_or_default());
            out.push_str(elision.text);
            from = elision.range.end;
        }
        if from == range.start {
            return Cow::Borrowed(text);
        }
        out.push_str(self.text.get(from..range.end).unwrap_or_default());
        Cow::Owned(out)
    }

    fn role(&self, node: Node<'_>) -> Role {
        self.roles.get(usize::from(node.kind_id())).copied().unwrap_or_default()
    }

    /// A string, and neither bytes nor a template, as the first statement of a file or of a definition's body.
    fn is_docstring(&self, node: Node<'_>, role: Role) -> bool {
        let Some(documentation) = self.syntax.docstring.as_ref().filter(|_| role.is(Role::DOC_STATEMENT)) else {
            return false;
        };
        let Some(&(parent, 1)) = self.open.last() else { return false };
        let in_definition = self.open.iter().rev().nth(1).is_some_and(|(role, _)| role.is(Role::DEFINITION));
        if !(parent.is(Role::FILE) || (parent.is(Role::BODY) && in_definition)) || node.named_child_count() != 1 {
            return false;
        }
        node.named_child(0).is_some_and(|string| {
            let text = self.text.get(string.byte_range()).unwrap_or_default();
            let mut prefix = text.chars().take_while(|&c| c != '"' && c != '\'');
            self.role(string).is(Role::DOC_STRING)
                && prefix.all(|c| documentation.prefixes.contains(c.to_ascii_lowercase()))
        })
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(word) = self.next_word() {
            return Some(word);
        }
        loop {
            match self.step {
                Step::Look => {
                    let node = self.cursor.node();
                    if let Some(event) = self.look(node) {
                        return Some(event);
                    }
                }
                Step::Next if self.cursor.goto_next_sibling() => self.step = Step::Look,
                Step::Next if self.cursor.goto_parent() => {
                    self.open.pop();
                    // The root may have no children but comments, and then it ends without a step upwards.
                    if !self.open.is_empty() {
                        return Some(Event::Leave);
                    }
                }
                Step::Next => self.step = Step::Rest,
                Step::Rest => {
                    self.step = Step::End;
                    self.at = self.end;
                    self.pass_to(self.text.len(), self.text.len());
                    return Some(Event::Rest(mem::take(&mut self.skipped)));
                }
                Step::End => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(language: &str, original: &str, result: &str) -> bool {
        check(original, result, Language::from_name(language).expect("a known language")).is_ok()
    }

    #[test]
    fn layout_comments_and_docstrings_do_not_matter() {
        assert!(same("python", "def f(a, b):\n    '''Doc.'''\n    # c\n    return a\n", "def f(a,b): return a"));
        assert!(same("rust", "/// Doc.\nfn f() -> u8 {\n    1 // one\n}\n", "fn f()->u8{1}"));
        assert!(same("typescript", "/** Doc. */\nconst a = [\n  1,\n];\n", "const a=[1,];"));
    }

    #[test]
    fn blocks_and_statements_matter() {
        assert!(!same("python", "if a:\n    b\n    c\n", "if a:\n    b\nc\n"));
        assert!(!same("typescript", "return\na\n", "return a\n"));
        assert!(!same("typescript", "a\n++b\n", "a ++\nb\n"));
        assert!(!same("python", "def f():\n    'doc'\n    return\n", "def f():\n    return\n    'doc'\n"));
    }

    #[test]
    fn strings_matter_byte_for_byte() {
        assert!(!same("python", "x = '''a\n  b'''", "x = '''a\n b'''"));
        assert!(!same("python", "def f():\n    f'doc'\n    return\n", "def f():\n    return\n"));
        assert!(!same("typescript", "x = `a  ${ b }`", "x = `a ${ b }`"));
        assert!(!same("rust", "let a = r#\"a  b\"#;", "let a = r#\"a b\"#;"));
        assert!(!same("tsx", "x = <a>b {c}</a>", "x = <a>b{c}</a>"));
    }

    #[test]
    fn what_the_grammar_skips_is_compared() {
        assert!(!same("rust", "fn f() { § }", "fn f() { }"));
        assert!(!same("python", "x = 1 ? 2", "x = 1 2"));
        assert!(!same("python", "x = (", "x = ( $$"));
        assert!(!same("css", "a{b:#fff /* c */;}", "a{b:#eee;}"));
    }

    #[test]
    fn without_a_grammar_only_equal_bytes_are_the_same() {
        assert!(same("perl", "x  y", "x  y"));
        assert!(!same("perl", "x  y", "x y"));
    }
}
