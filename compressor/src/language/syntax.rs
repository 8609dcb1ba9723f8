//! Syntax: what the structural passes must know about a grammar, by names of its node kinds.
//!
//! Deliberately absent: behaviour. A pass asks for the role of a node; no pass knows a language by name.

use std::ops::Range;
use std::sync::OnceLock;

use super::Language;

/// The rules of a language with a grammar.
pub(crate) struct Syntax {
    /// The grammar.
    pub(crate) grammar: fn() -> tree_sitter::Language,
    /// Whether the scanner of the grammar, which is native code, can hold what a text asks it to, and the grammar can tell
    /// what it is.
    pub(crate) scannable: fn(&str) -> bool,
    /// Comments.
    pub(crate) comments: &'static [&'static str],
    /// Text that must stay byte for byte: strings, templates, text of markup.
    pub(crate) verbatim: &'static [&'static str],
    /// Layout that the grammar shows as a node: a backslash at the end of a line.
    pub(crate) continuations: &'static [&'static str],
    /// Whether a backslash at the end of a line carries it on, though the grammar may show no node for it.
    pub(crate) escaped_breaks: bool,
    /// Text that takes its lines whole, to the end of the last: heredocs.
    pub(crate) whole_lines: &'static [&'static str],
    /// What a space between two tokens means.
    pub(crate) spacing: Spacing,
    /// Nodes whose children stand on lines of their own. Everywhere else a line break is mere layout.
    pub(crate) lines: &'static [&'static str],
    /// Nodes that take their lines whole, though they have parts: directives of a preprocessor.
    pub(crate) line_bound: &'static [&'static str],
    /// Raw text in them, of which the grammar shows no parts: the body of a macro. White space outside of quotes is layout
    /// where it parts two words.
    pub(crate) raw: &'static [&'static str],
    /// Markup: line breaks between its children are layout, spaces are text.
    pub(crate) markup: &'static [&'static str],
    /// Nodes that begin a line of their own, wherever they stand.
    pub(crate) own_lines: &'static [&'static str],
    /// As `lines`, but only next to a brace among the children: what stands between two braces has lines of its own.
    pub(crate) inner_lines: &'static [&'static str],
    /// As `lines`, but only where the node begins with a brace.
    pub(crate) braced_lines: &'static [&'static str],
    /// Bodies that may stand on the line of their head where they hold one statement.
    pub(crate) bodies: &'static [&'static str],
    /// Statements that may stand on the line of the head; empty: any that fills one line.
    pub(crate) one_liners: &'static [&'static str],
    /// A field of a definition after which its body stays on a line of its own: the grammar would take the colon between
    /// them for part of the field.
    pub(crate) keeps_body_apart: Option<&'static str>,
    /// What a comment before it, or a docstring within it, documents.
    pub(crate) definitions: &'static [&'static str],
    /// Those of them that define nothing without a body: `struct point` may be the type of a variable.
    pub(crate) bodied: &'static [&'static str],
    /// What names a definition, where the grammar has no field for that or the field holds more.
    pub(crate) names: &'static [&'static str],
    /// Nodes that hold a definition and what is written before it: decorators, `export`.
    pub(crate) wrappers: &'static [&'static str],
    /// What stands before a definition, beside it in the tree or first in it, and belongs to it. A line break after it stays.
    pub(crate) attributes: &'static [&'static str],
    /// Docstrings, where the language has them.
    pub(crate) docstring: Option<DocstringRule>,
    /// Whether indentation is syntax.
    pub(crate) indentation: bool,
    /// What begins a comment up to the end of the line, longest first.
    pub(crate) line_markers: &'static [&'static str],
    /// What begins and ends a comment of several lines, longest first. Where the end begins with a line break, both stand
    /// in the first column.
    pub(crate) block_markers: &'static [(&'static str, &'static str)],
    /// Beginnings of comments that tools read, after the marker, in lower case; with the marker, where a space after it
    /// would make it prose.
    pub(crate) directives: &'static [&'static str],
    /// What may have stood before and after a piece that was cut out of a text: the head of a class around its members, the
    /// quote or marker that opened before it. Each ends and begins with a line break, unless it must not. `None`: what
    /// parses in half a text is not told from what only looks so, and all of it is laid out by line.
    pub(crate) frames: Option<&'static [(&'static str, &'static str)]>,
    /// Beginnings of statements that take the comment directly above them for code: cgo.
    pub(crate) commented_code: &'static [&'static str],
    /// What a file says of itself in a statement: its package, the tag that begins code within a page.
    pub(crate) headings: &'static [&'static str],
    /// What brings names in from elsewhere.
    pub(crate) imports: &'static [&'static str],
    /// What is called and has a body of its own: functions, methods, constructors.
    pub(crate) callables: &'static [&'static str],
    /// Their bodies: children of theirs that say how it is done, and not what.
    pub(crate) callable_bodies: &'static [&'static str],
    /// What names a value, where it stands outside of all callables: constants, variables of a module or a class. A
    /// statement that consists of one is one.
    pub(crate) constants: &'static [&'static str],
    /// Values written element by element, which may be long: lists, tables, objects.
    pub(crate) collections: &'static [&'static str],
    /// What a body of statements holds that says nothing, where an empty one would be no body: `...`.
    pub(crate) stand_in: Option<&'static str>,
    /// Names of what is called by the name of the type that it makes: `__init__`.
    pub(crate) constructors: &'static [&'static str],
    /// Text that flows, and text of other languages among it.
    pub(crate) flow: Option<&'static Flow>,
    /// The role of each node kind; filled at first use.
    pub(crate) roles: Roles,
}

/// What a space between two tokens means, besides that they are two.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spacing {
    /// Nothing.
    Free,
    /// Whether a sign is an operator: the grammar may take it for part of a number that it touches.
    Signed,
    /// On which side an operator has its operand, and whether a bracket belongs to the word before it. Within brackets and
    /// beside commas it means nothing. A line break ends a statement where the next line may begin one.
    Sided {
        /// Operators that may lose it on both sides at once.
        operators: &'static [&'static str],
        /// Marks that may lose it on their right where they touch what is on their left.
        marks: &'static [&'static str],
    },
    /// Where a word ends: none goes, and none comes. A line break stays one, wherever it stands.
    Kept,
    /// Whether one stands there at all, however much white space it is, but beside the tokens named here.
    Beside(&'static Beside),
}

/// Tokens beside which white space means nothing.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) after: &'static [&'static str],
    pub(crate) before: &'static [&'static str],
    /// After them it stays as it is.
    pub(crate) exact: &'static [&'static str],
    /// Pairs of them that it parts all the same.
    pub(crate) apart: &'static [(&'static str, &'static str)],
    /// Whether every line break stays one.
    pub(crate) keeps_lines: bool,
    /// Whether the white space that begins a line stays as it is.
    pub(crate) keeps_margins: bool,
}

/// What must be known of text that flows: as words, parted by white space of any length.
pub(crate) struct Flow {
    /// The text.
    pub(crate) text: &'static [&'static str],
    /// Nodes that begin with a tag of their own, which is all of their signature.
    pub(crate) elements: &'static [&'static str],
    /// Whether the white space in an element stays as it is, by its tag.
    pub(crate) is_exact: fn(&str) -> bool,
    /// Nodes that begin with a tag and hold text of another language.
    pub(crate) holders: &'static [&'static str],
    /// That text.
    pub(crate) held: &'static [&'static str],
    /// Its language, by the tag.
    pub(crate) language: fn(&str) -> Option<&'static str>,
}

impl Spacing {
    /// Whether every line break is more than layout, wherever it stands.
    pub(crate) fn keeps_lines(self) -> bool {
        match self {
            Self::Free | Self::Signed | Self::Sided { .. } => false,
            Self::Kept => true,
            Self::Beside(beside) => beside.keeps_lines,
        }
    }

    /// Whether white space after a token stays as it is. Where margins do, blank lines may belong to what ends above them.
    pub(crate) fn keeps_after(self, token: &str) -> bool {
        let Self::Beside(beside) = self else { return false };
        beside.exact.contains(&token) || (beside.keeps_margins && token.contains('\n'))
    }

    /// Where the text of a token ends. Where margins stay, the ends of its last lines are white space after it.
    pub(crate) fn text_end(self, text: &str, range: Range<usize>) -> usize {
        let token = text.get(range.clone()).unwrap_or_default();
        let trimmed = if self.keeps_margins() { token.trim_end_matches(['\n', '\r']) } else { token };
        range.end - (token.len() - trimmed.len())
    }

    /// Whether the white space that begins a line is more than layout.
    pub(crate) fn keeps_margins(self) -> bool {
        matches!(self, Self::Beside(Beside { keeps_margins: true, .. }))
    }
}

impl Beside {
    /// Whether white space between two tokens means nothing.
    pub(crate) fn is_layout(&self, left: &str, right: &str) -> bool {
        (self.after.contains(&left) || self.before.contains(&right)) && !self.apart.contains(&(left, right))
    }
}

/// A string that is documentation because it is the first statement of a body.
pub(crate) struct DocstringRule {
    /// The statement.
    pub(crate) statement: &'static str,
    /// The string in it.
    pub(crate) string: &'static str,
    /// The whole file.
    pub(crate) file: &'static str,
    /// Letters before the quotes that leave it a docstring, in lower case.
    pub(crate) prefixes: &'static str,
}

/// What a node is to the structural passes; a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Role(u32);

impl Role {
    pub(crate) const COMMENT: Self = Self(1);
    pub(crate) const VERBATIM: Self = Self(1 << 1);
    pub(crate) const CONTINUATION: Self = Self(1 << 2);
    pub(crate) const LINES: Self = Self(1 << 3);
    pub(crate) const BRACED_LINES: Self = Self(1 << 4);
    pub(crate) const BODY: Self = Self(1 << 5);
    pub(crate) const ONE_LINER: Self = Self(1 << 6);
    pub(crate) const DEFINITION: Self = Self(1 << 7);
    pub(crate) const DOC_STATEMENT: Self = Self(1 << 8);
    pub(crate) const DOC_STRING: Self = Self(1 << 9);
    pub(crate) const FILE: Self = Self(1 << 10);
    pub(crate) const WRAPPER: Self = Self(1 << 11);
    pub(crate) const ATTRIBUTE: Self = Self(1 << 12);
    pub(crate) const IMPORT: Self = Self(1 << 13);
    pub(crate) const CALLABLE: Self = Self(1 << 14);
    pub(crate) const CALLABLE_BODY: Self = Self(1 << 15);
    pub(crate) const CONSTANT: Self = Self(1 << 16);
    pub(crate) const COLLECTION: Self = Self(1 << 17);
    pub(crate) const WHOLE_LINES: Self = Self(1 << 18);
    pub(crate) const LINE_BOUND: Self = Self(1 << 19);
    pub(crate) const RAW: Self = Self(1 << 20);
    pub(crate) const BODIED: Self = Self(1 << 21);
    pub(crate) const HEADING: Self = Self(1 << 22);
    pub(crate) const INNER_LINES: Self = Self(1 << 23);
    pub(crate) const NAME: Self = Self(1 << 24);
    pub(crate) const OWN_LINE: Self = Self(1 << 25);
    pub(crate) const FLOW: Self = Self(1 << 26);
    pub(crate) const ELEMENT: Self = Self(1 << 27);
    pub(crate) const HOLDER: Self = Self(1 << 28);
    pub(crate) const HELD: Self = Self(1 << 29);

    /// Whether the set has all of `other`.
    pub(crate) fn is(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether a node of this role defines something.
    pub(crate) fn defines(self, node: tree_sitter::Node<'_>) -> bool {
        self.is(Self::DEFINITION) && (!self.is(Self::BODIED) || node.child_by_field_name("body").is_some())
    }
}

/// The role of each node kind, by its number in the grammar.
pub(crate) struct Roles(OnceLock<Vec<Role>>);

impl Roles {
    /// Not filled yet.
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }
}

/// How comments are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommentRules {
    /// What begins a comment up to the end of the line, longest first.
    pub(crate) line_markers: &'static [&'static str],
    /// What begins and ends a comment of several lines, longest first.
    pub(crate) block_markers: &'static [(&'static str, &'static str)],
    /// Beginnings of comments that tools read, after the marker, in lower case.
    pub(crate) directives: &'static [&'static str],
    /// Beginnings of statements that take the comment directly above them for code.
    pub(crate) commented_code: &'static [&'static str],
}

impl Syntax {
    /// How comments are written.
    pub(crate) const fn comment_rules(&self) -> CommentRules {
        CommentRules {
            line_markers: self.line_markers,
            block_markers: self.block_markers,
            directives: self.directives,
            commented_code: self.commented_code,
        }
    }

    /// Whether rows of angle brackets may be tags: in markup, and where spaces may be text, as in HTML.
    pub(crate) fn may_have_tags(&self) -> bool {
        !self.markup.is_empty() || matches!(self.spacing, Spacing::Beside(_))
    }

    /// The role of each node kind, by its number in the grammar.
    pub(crate) fn roles(&self) -> &[Role] {
        self.roles.0.get_or_init(|| {
            let grammar = (self.grammar)();
            let role = |id: u16| {
                let kind = grammar.node_kind_for_id(id).unwrap_or_default();
                let named = grammar.node_kind_is_named(id);
                let bits = self.kinds().into_iter().filter(|(kinds, _)| named && kinds.contains(&kind));
                Role(bits.fold(0, |all, (_, role)| all | role.0))
            };
            (0..grammar.node_kind_count()).map(|id| u16::try_from(id).map_or(Role::default(), role)).collect()
        })
    }

    /// Whether the white space in a node stays as it is, by the tag that it begins with.
    pub(crate) fn is_exact(&self, role: Role, node: tree_sitter::Node<'_>, text: &str) -> bool {
        let tag = || node.child(0).and_then(|tag| text.get(tag.byte_range())).unwrap_or_default();
        role.is(Role::ELEMENT) && self.flow.is_some_and(|flow| (flow.is_exact)(tag()))
    }

    /// The language of the text that a node holds, by the tag that it begins with.
    pub(crate) fn held_language(&self, holder: tree_sitter::Node<'_>, text: &str) -> Option<Language> {
        let tag = holder.child(0).and_then(|tag| text.get(tag.byte_range())).unwrap_or_default();
        self.flow.and_then(|flow| (flow.language)(tag)).and_then(Language::held)
    }

    fn kinds(&self) -> [(&[&'static str], Role); 31] {
        let rule = self.docstring.as_ref();
        let flow = |kinds: fn(&Flow) -> &'static [&'static str]| self.flow.map_or(&[] as &[&str], kinds);
        [
            (self.comments, Role::COMMENT),
            (self.verbatim, Role::VERBATIM),
            (self.continuations, Role::CONTINUATION),
            (self.whole_lines, Role::WHOLE_LINES),
            (self.line_bound, Role::LINE_BOUND),
            (self.raw, Role::RAW),
            (self.bodied, Role::BODIED),
            (self.lines, Role::LINES),
            (self.markup, Role::LINES),
            (self.own_lines, Role::OWN_LINE),
            (self.inner_lines, Role::INNER_LINES),
            (self.braced_lines, Role::BRACED_LINES),
            (self.bodies, Role::BODY),
            (self.one_liners, Role::ONE_LINER),
            (self.definitions, Role::DEFINITION),
            (self.names, Role::NAME),
            (self.wrappers, Role::WRAPPER),
            (self.attributes, Role::ATTRIBUTE),
            (self.headings, Role::HEADING),
            (self.imports, Role::IMPORT),
            (self.callables, Role::CALLABLE),
            (self.callable_bodies, Role::CALLABLE_BODY),
            (self.constants, Role::CONSTANT),
            (self.collections, Role::COLLECTION),
            (flow(|flow| flow.text), Role::FLOW),
            (flow(|flow| flow.elements), Role::ELEMENT),
            (flow(|flow| flow.holders), Role::HOLDER),
            (flow(|flow| flow.held), Role::HELD),
            (rule.map_or(&[], |rule| std::slice::from_ref(&rule.statement)), Role::DOC_STATEMENT),
            (rule.map_or(&[], |rule| std::slice::from_ref(&rule.string)), Role::DOC_STRING),
            (rule.map_or(&[], |rule| std::slice::from_ref(&rule.file)), Role::FILE),
        ]
    }

    /// Kinds that the row names and the grammar lacks.
    #[cfg(test)]
    pub(crate) fn unknown_kinds(&self) -> Vec<&'static str> {
        let grammar = (self.grammar)();
        let all = self.kinds().into_iter().flat_map(|(kinds, _)| kinds.iter().copied());
        all.filter(|kind| grammar.id_for_node_kind(kind, true) == 0).collect()
    }
}
