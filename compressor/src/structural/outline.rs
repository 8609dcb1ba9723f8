//! The outline: a tree read once, left to right, into the row of tokens that layout and comments are decided on.
//!
//! Invariants
//! - tokens are in order, do not overlap, and all bytes between them are layout
//!   (`properties::what_lies_between_two_tokens_is_layout`);
//! - a tree is walked with a cursor, never by recursion, however deep it is.
//!
//! Deliberately absent: any decision about what to write.

mod breaks;
mod raw;

use std::ops::Range;

use tree_sitter::{Node, Tree, TreeCursor};

use crate::language::{Language, Role, Spacing, Syntax};
use breaks::Breaks;

/// A text as layout and comments see it.
pub(crate) struct Outline {
    /// Code, comments and docstrings, in order.
    pub(crate) tokens: Vec<Token>,
    /// The definitions, each up to its body, in order of their beginnings.
    pub(crate) signatures: Vec<Range<usize>>,
}

impl Outline {
    /// What lies in a range, as if the text began there; `None` if a token runs over one of its ends.
    pub(crate) fn within(self, range: Range<usize>) -> Option<Self> {
        let inside = |inner: &Range<usize>| inner.start >= range.start && inner.end <= range.end;
        let outside = |inner: &Range<usize>| inner.end <= range.start || inner.start >= range.end;
        let moved = |inner: &Range<usize>| inner.start - range.start..inner.end - range.start;
        if self.tokens.iter().any(|token| !inside(&token.range) && !outside(&token.range)) {
            return None;
        }
        let mut tokens = self.tokens;
        tokens.retain(|token| inside(&token.range));
        let depth = tokens.iter().map(|token| token.depth).min().unwrap_or_default();
        for token in &mut tokens {
            token.range = moved(&token.range);
            token.depth -= depth;
            if let Kind::Docstring { signature, .. } = &mut token.kind {
                *signature = signature.take().filter(inside).map(|signature| moved(&signature));
            }
        }
        let signatures = self.signatures.iter().filter(|signature| inside(signature)).map(moved).collect();
        Some(Self { tokens, signatures })
    }
}

/// A leaf of the tree, or a node whose text stays as it is.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether a line break since the code before it is more than layout.
    pub(crate) own_line: bool,
    /// Whether the grammar shows no node for it, as for commas in a macro call of Rust.
    pub(crate) hidden: bool,
    /// The number of bodies that it stands in.
    pub(crate) depth: usize,
    /// Whether such a line break may go all the same: a body of one statement may stand on the line of its head.
    pub(crate) joins_head: bool,
    /// What its place asks of the layout.
    pub(crate) standing: Standing,
}

/// What the place of a token asks of the layout around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing more.
    Plain,
    /// It takes its lines whole, so that nothing may follow in its last.
    WholeLines,
    /// It is text of another language.
    Held(Language),
    /// It begins a line of a directive, which may stand at any margin.
    Directive,
    /// It begins the expression that it stands in, as a sign does that is no operator between two.
    Prefix,
    /// It is raw text: whether a space stands beside it or not matters, how much does not.
    Raw,
    /// It stands in a function beside the name, and some languages would take an operator for a part of that.
    BesideName,
}

impl Token {
    /// A token of which nothing more is known.
    pub(crate) fn new(range: Range<usize>, kind: Kind) -> Self {
        let standing = Standing::Plain;
        Self { range, kind, own_line: false, hidden: false, depth: 0, joins_head: false, standing }
    }
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A token of code.
    Code,
    /// A comment.
    Comment,
    /// A docstring.
    Docstring {
        /// The definition that it documents, up to its body; `None` for a file.
        signature: Option<Range<usize>>,
        /// Whether it is all that its body has, so that something must stay.
        alone: bool,
    },
}

/// Reads a tree.
pub(crate) fn read(text: &str, tree: &Tree, syntax: &Syntax) -> Outline {
    let reader = Reader {
        text,
        syntax,
        roles: syntax.roles(),
        frames: Vec::new(),
        outline: Outline { tokens: Vec::new(), signatures: Vec::new() },
        meeting: usize::MAX,
        depth: 0,
        open_signatures: Vec::new(),
        breaks: Breaks::new(syntax.spacing),
        joins_brace: false,
        held: None,
        parted: false,
        goes_on: false,
    };
    reader.read(tree.walk())
}

struct Reader<'a> {
    text: &'a str,
    syntax: &'a Syntax,
    roles: &'a [Role],
    /// The nodes from the root to the parent of the node at hand.
    frames: Vec<Frame>,
    outline: Outline,
    /// The deepest frame that holds both the last token of code and the next.
    meeting: usize,
    /// The bodies among the frames.
    depth: usize,
    /// The signatures of the definitions among the frames.
    open_signatures: Vec<usize>,
    breaks: Breaks,
    /// Whether a brace that comes next closes a body of one statement.
    joins_brace: bool,
    /// The language of text that the node at hand holds.
    held: Option<Language>,
    /// Whether there was a line break since the last token of code, outside of comments.
    parted: bool,
    /// Whether the token at hand goes on with a node that began before it, as a bracket does that closes.
    goes_on: bool,
}

/// A node whose children are being read.
struct Frame {
    role: Role,
    /// Where it begins.
    start: usize,
    /// Whether it begins with a brace.
    braced: bool,
    /// For a definition: which signature is its own.
    signature: Option<usize>,
    /// For a definition: whether its body stays on a line of its own.
    keeps_body_apart: bool,
    /// The comments seen in it.
    comments: usize,
    /// The named children seen in it, comments aside.
    statements: usize,
    /// The first token of the first of them.
    first_statement: usize,
    /// Whether that one may stand on the line of the head.
    joinable: bool,
    /// The token of its docstring.
    docstring: Option<usize>,
}

impl Frame {
    /// Whether its children stand on lines of their own.
    fn has_lines(&self) -> bool {
        self.role.is(Role::LINES) || (self.braced && self.role.is(Role::BRACED_LINES))
    }
}

impl Reader<'_> {
    fn read(mut self, mut cursor: TreeCursor<'_>) -> Outline {
        loop {
            if self.enter(cursor.node()) && cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    self.push_hidden(self.text.len(), true);
                    return self.outline;
                }
                self.leave();
            }
            self.meeting = self.meeting.min(self.frames.len().saturating_sub(1));
        }
    }

    /// Takes a node in; says whether its children are to be read, and then it has any.
    fn enter(&mut self, node: Node<'_>) -> bool {
        let role = self.role(node);
        if role.is(Role::COMMENT) {
            self.count_comment();
            let kind = if self.parts_without_space(node.byte_range()) { Kind::Code } else { Kind::Comment };
            self.push(node.byte_range(), kind);
            return false;
        }
        if role.is(Role::CONTINUATION) {
            return false;
        }
        self.count_statement(node, role);
        if role.is(Role::DOC_STATEMENT) && self.take_docstring(node) {
            return false;
        }
        if role.is(Role::WHOLE_LINES) {
            self.push_whole_lines(node.byte_range());
            return false;
        }
        if role.is(Role::FLOW) {
            self.push_words(node.byte_range());
            return false;
        }
        if role.is(Role::RAW) {
            self.push_raw(node.byte_range());
            return false;
        }
        if self.is_line_end(node) {
            self.breaks.note_whole_lines();
            return false;
        }
        if role.is(Role::LINE_BOUND) {
            self.breaks.note_whole_lines();
        }
        if node.child_count() == 0 || role.is(Role::VERBATIM) || self.syntax.is_exact(role, node, self.text) {
            self.goes_on = !node.is_named() && self.frames.len() == self.meeting.saturating_add(1);
            self.push(node.byte_range(), Kind::Code);
            self.note_held(role);
            self.goes_on = false;
            return false;
        }
        if role.is(Role::OWN_LINE) {
            self.breaks.expect_line();
        }
        if role.is(Role::HOLDER) {
            self.held = self.syntax.held_language(node, self.text);
        }
        let braced = self.text.as_bytes().get(node.start_byte()) == Some(&b'{');
        let signature = role.defines(node).then(|| self.open_signature(node));
        let keeps_body_apart = signature.is_some()
            && self.syntax.keeps_body_apart.is_some_and(|field| node.child_by_field_name(field).is_some());
        self.depth += usize::from(role.is(Role::BODY));
        let frame = Frame {
            role,
            start: node.start_byte(),
            braced,
            signature,
            keeps_body_apart,
            comments: 0,
            statements: 0,
            first_statement: 0,
            joinable: false,
            docstring: None,
        };
        if role.is(Role::BODY) || role.is(Role::CALLABLE_BODY) || (braced && frame.has_lines()) {
            self.end_signature(node.start_byte());
        }
        self.frames.push(frame);
        true
    }

    /// Notes the signature of a definition: all up to its body, or all of it until a body is met.
    fn open_signature(&mut self, node: Node<'_>) -> usize {
        let body = node.child_by_field_name("body").map_or(node.end_byte(), |body| body.start_byte());
        let tag = self.syntax.flow.and_then(|_| node.child(0));
        let body = tag.map_or(body, |tag| tag.end_byte());
        let index = self.outline.signatures.len();
        self.outline.signatures.push(node.start_byte()..body);
        self.open_signatures.push(index);
        index
    }

    /// Ends the innermost signature before a byte, if it goes on so far: a value may hold the body, as that of a constant
    /// does which is a function.
    fn end_signature(&mut self, at: usize) {
        let innermost = self.open_signatures.last().and_then(|&index| self.outline.signatures.get_mut(index));
        if let Some(signature) = innermost {
            signature.end = signature.end.min(at).max(signature.start);
        }
    }

    fn role(&self, node: Node<'_>) -> Role {
        self.roles.get(usize::from(node.kind_id())).copied().unwrap_or_default()
    }

    /// Whether a comment is all that parts what stands around it, where a space would mean something: then it stays.
    fn parts_without_space(&self, range: Range<usize>) -> bool {
        let beside = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let before = self.text[..range.start].chars().next_back();
        let after = self.text[range.end..].chars().next();
        // A tag parts as well.
        let tagged = self.syntax.flow.is_some() && (before == Some('>') || after == Some('<'));
        matches!(self.syntax.spacing, Spacing::Beside(_)) && !tagged && beside(before) && beside(after)
    }

    fn count_comment(&mut self) {
        if let Some(parent) = self.frames.last_mut() {
            parent.comments += 1;
        }
    }

    fn count_statement(&mut self, node: Node<'_>, role: Role) {
        let any = self.syntax.one_liners.is_empty();
        let Some(parent) = self.frames.last_mut().filter(|_| node.is_named()) else { return };
        parent.statements += 1;
        if parent.statements == 1 {
            parent.first_statement = self.outline.tokens.len();
            let one_line = || !role.is(Role::LINE_BOUND) && fills_one_line(self.text, node);
            parent.joinable = if any { one_line() } else { role.is(Role::ONE_LINER) };
        }
    }

    /// Takes a statement in if it is a docstring.
    fn take_docstring(&mut self, node: Node<'_>) -> bool {
        let Some(documentation) = &self.syntax.docstring else { return false };
        let string = node
            .named_child(0)
            .filter(|child| self.role(*child).is(Role::DOC_STRING) && child.byte_range() == node.byte_range());
        let Some(text) = string.and_then(|string| self.text.get(string.byte_range())) else { return false };
        let place = self.frames.len();
        let definition = place.checked_sub(2).and_then(|index| self.frames.get(index)?.signature);
        let definition = definition.and_then(|index| self.outline.signatures.get(index).cloned());
        let index = self.outline.tokens.len();
        let Some(parent) = self.frames.last_mut() else { return false };
        if parent.statements == 2
            && let Some(docstring) = parent.docstring.take()
        {
            // Were the docstring to go, this string would become one.
            self.outline.tokens[docstring].kind = Kind::Code;
        }
        let documents = parent.role.is(Role::FILE) || (parent.role.is(Role::BODY) && definition.is_some());
        let letters = text.find(['"', '\'']).unwrap_or_default();
        let prefixed =
            text[..letters].chars().all(|letter| documentation.prefixes.contains(letter.to_ascii_lowercase()));
        // Before a semicolon it cannot go.
        let rest = self.text.get(node.end_byte()..).unwrap_or_default().trim_start_matches([' ', '\t', '\x0c']);
        let ends_line = rest.is_empty() || rest.starts_with(['\n', '\r', '#']);
        if parent.statements != 1 || !documents || !prefixed || !ends_line {
            return false;
        }
        parent.docstring = Some(index);
        let signature = definition.filter(|_| !parent.role.is(Role::FILE));
        self.push(node.byte_range(), Kind::Docstring { signature, alone: false });
        true
    }

    fn push(&mut self, range: Range<usize>, kind: Kind) {
        let range = self.without_line_end(range, &kind);
        if range.is_empty() {
            return;
        }
        let from = self.outline.tokens.last().map_or(0, |token| token.range.end);
        self.parted |= self.text.get(from..range.start).is_some_and(|white| white.contains('\n'));
        let text = self.text.get(range.clone()).unwrap_or_default();
        let own_line = self.breaks.stays_before(text) || self.parts_lines(text);
        self.push_hidden(range.start, own_line);
        if kind != Kind::Comment {
            self.meeting = usize::MAX;
            self.breaks.note(text);
            self.parted = false;
        }
        let closes = self.joins_brace && kind == Kind::Code && text == "}";
        self.joins_brace = false;
        self.push_token(range, kind, own_line, false);
        if let Some(brace) = self.outline.tokens.last_mut().filter(|_| closes) {
            brace.joins_head = true;
        }
    }

    /// Whether the node that holds both the last token of code and this one has them on lines of their own.
    fn parts_lines(&self, token: &str) -> bool {
        let Some(frame) = self.frames.get(self.meeting) else { return false };
        // A line break within a comment may part two statements; it ends no directive, and nothing that goes on.
        let parted = self.parted || !(self.goes_on || frame.role.is(Role::LINE_BOUND));
        (frame.has_lines() && parted) || (frame.role.is(Role::INNER_LINES) && self.breaks.beside_brace(token))
    }

    fn push_token(&mut self, range: Range<usize>, kind: Kind, own_line: bool, hidden: bool) {
        let depth = self.depth;
        let parent = self.frames.last();
        let signs = matches!(self.syntax.spacing, Spacing::Signed);
        let begins_line =
            self.outline.tokens.last().is_none_or(|last| self.text[last.range.end..range.start].contains('\n'));
        let standing = if parent.is_some_and(|parent| parent.role.is(Role::LINE_BOUND)) && begins_line {
            Standing::Directive
        } else if parent.is_some_and(|parent| parent.role.is(Role::CALLABLE)) {
            Standing::BesideName
        } else if signs && parent.is_some_and(|parent| parent.start == range.start) {
            Standing::Prefix
        } else {
            Standing::Plain
        };
        let token = Token { own_line, hidden, depth, standing, ..Token::new(range, kind) };
        self.outline.tokens.push(token);
    }

    /// Takes in text that flows, word by word.
    fn push_words(&mut self, range: Range<usize>) {
        let mut from = range.start;
        for piece in self.text.get(range).unwrap_or_default().split(|c: char| c.is_ascii_whitespace()) {
            self.push(from..from + piece.len(), Kind::Code);
            // Words of a sentence go on in the line; marks of templates keep theirs, which costs no more.
            if let Some(token) = self.outline.tokens.last_mut()
                && piece.starts_with(|c: char| c.is_ascii_punctuation())
            {
                token.own_line = true;
            }
            from += piece.len() + 1;
        }
    }

    /// Notes of the last token that it is text of another language.
    fn note_held(&mut self, role: Role) {
        if let Some(language) = self.held.take_if(|_| role.is(Role::HELD))
            && let Some(token) = self.outline.tokens.last_mut()
        {
            token.standing = Standing::Held(language);
        }
    }

    /// Takes in text that takes its lines whole.
    fn push_whole_lines(&mut self, range: Range<usize>) {
        self.push(range, Kind::Code);
        if let Some(token) = self.outline.tokens.last_mut() {
            token.standing = Standing::WholeLines;
            token.own_line = true;
            self.breaks.note_whole_lines();
        }
    }

    /// Takes in raw text, cut where its white space is layout.
    fn push_raw(&mut self, range: Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        for stretch in raw::stretches(text, self.syntax.escaped_breaks) {
            self.push(range.start + stretch.start..range.start + stretch.end, Kind::Code);
            if let Some(token) = self.outline.tokens.last_mut() {
                token.standing = Standing::Raw;
            }
        }
    }

    /// Whether a node is the end of the line of a directive.
    fn is_line_end(&self, node: Node<'_>) -> bool {
        let bound = self.frames.last().is_some_and(|parent| parent.role.is(Role::LINE_BOUND));
        bound && !node.is_named() && self.text.get(node.byte_range()).is_some_and(|text| text.trim_ascii().is_empty())
    }

    /// Takes in what stands before a byte and has no node.
    fn push_hidden(&mut self, to: usize, own_line: bool) {
        let mut from = self.outline.tokens.last().map_or(0, |token| token.range.end);
        let Some(mut rest) = self.text.get(from..to) else { return };
        loop {
            from += rest.len() - rest.trim_start().len();
            rest = rest.trim_start();
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if length == 0 {
                return;
            }
            let continuation = self.syntax.escaped_breaks && &rest[..length] == "\\";
            if !continuation {
                self.push_token(from..from + length, Kind::Code, own_line, true);
            }
            from += length;
            rest = &rest[length..];
        }
    }

    /// Some grammars count the end of the line, or spaces before it, to a comment.
    fn without_line_end(&self, range: Range<usize>, kind: &Kind) -> Range<usize> {
        match self.text.get(range.clone()) {
            Some(text) if *kind == Kind::Comment => range.start..range.start + text.trim_ascii_end().len(),
            _ => range.start..self.syntax.spacing.text_end(self.text, range),
        }
    }

    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        if frame.role.is(Role::ATTRIBUTE) {
            self.breaks.end_attribute();
        }
        self.depth -= usize::from(frame.role.is(Role::BODY));
        if frame.role.is(Role::LINE_BOUND) {
            self.breaks.note_whole_lines();
        }
        if frame.signature.is_some() {
            self.open_signatures.pop();
        }
        let tokens = &mut self.outline.tokens;
        if let Some(Token { kind: Kind::Docstring { alone, .. }, .. }) = frame.docstring.map(|index| &mut tokens[index])
        {
            *alone = frame.statements == 1 && !frame.role.is(Role::FILE);
        }
        let apart = self.frames.last().is_some_and(|parent| parent.keeps_body_apart);
        if !frame.role.is(Role::BODY)
            || apart
            || self.syntax.spacing.keeps_lines()
            || frame.comments > 0
            || frame.statements > 1
        {
            return;
        }
        if frame.statements == 1
            && frame.joinable
            && let Some(token) = tokens.get_mut(frame.first_statement)
        {
            token.joins_head = true;
            self.joins_brace = self.frames.last().is_some_and(|parent| parent.role.is(Role::INNER_LINES));
        }
        if frame.braced
            && (frame.statements == 0 || frame.joinable)
            && let Some(brace) = tokens.last_mut()
        {
            brace.joins_head = true;
        }
    }
}

/// Whether a node begins and ends in one line. Some grammars count the end of the line to it.
fn fills_one_line(text: &str, node: Node<'_>) -> bool {
    let text = text.get(node.byte_range()).unwrap_or_default();
    let after = text[text.trim_ascii_end().len()..].bytes().filter(|&byte| byte == b'\n').count();
    node.end_position().row - node.start_position().row == after
}
