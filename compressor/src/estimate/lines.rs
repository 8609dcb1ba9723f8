//! Sorts the lines of a text into running text, comments, code and data, without a parser.
//!
//! Deliberately absent: certainty. A marker within a string is taken for a comment.

use std::mem;

use crate::domain::Tracker;
use crate::domain::evidence::{self, Tongue};
use crate::language::{CommentRules, Language};
use crate::segment::{self, Format, Kind};

/// The lines that were read, by what they are.
#[derive(Default)]
pub(super) struct Lines {
    /// The language of all of it.
    hint: Option<Kind>,
    pub(super) prose: String,
    /// Comments and docstrings with their markers.
    pub(super) comments: String,
    /// Without them.
    pub(super) comment_text: String,
    /// Code of a language with a grammar.
    pub(super) code: String,
    /// JSON, whose white space goes.
    pub(super) loose: String,
    /// What stays as it is.
    pub(super) rest: String,
}

impl Lines {
    pub(super) fn new(hint: Option<Language>) -> Self {
        // What a hint makes of a whole text, `segment` knows.
        let kind = hint.and_then(|language| Some(segment::segments("x", Some(language)).first()?.kind));
        Self { hint: kind, ..Self::default() }
    }

    /// Reads a whole text.
    pub(super) fn of(text: &str, hint: Option<Language>) -> Self {
        let mut lines = Self::new(hint);
        lines.read(text);
        lines
    }

    /// Reads a stretch of whole lines.
    pub(super) fn read(&mut self, stretch: &str) {
        match self.hint {
            Some(kind) => self.read_as(kind, stretch),
            None => self.read_mixed(stretch),
        }
    }

    /// JSON without the white space between its values.
    pub(super) fn tight(&self) -> String {
        let (mut within, mut escaped) = (false, false);
        let keeps = |char: &char| {
            if within {
                within = escaped || *char != '"';
                escaped = !escaped && *char == '\\';
                return true;
            }
            within = *char == '"';
            !char.is_ascii_whitespace()
        };
        self.loose.chars().filter(keeps).collect()
    }

    /// Whether every bracket of the code is closed and was opened, as it is in code that parses and seldom in a part that
    /// was cut out of it.
    pub(super) fn is_balanced(&self) -> bool {
        let (mut depth, mut within, mut escaped) = (0_usize, false, false);
        for byte in self.code.bytes() {
            match byte {
                // A string ends with its line at the latest; an apostrophe need not begin one.
                b'\n' => within = false,
                _ if within => within = escaped || byte != b'"',
                b'"' => within = true,
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => match depth.checked_sub(1) {
                    Some(outer) => depth = outer,
                    None => return false,
                },
                _ => {}
            }
            escaped = !escaped && byte == b'\\';
        }
        depth == 0
    }

    fn read_as(&mut self, kind: Kind, stretch: &str) {
        match kind {
            Kind::Prose => self.prose.push_str(stretch),
            Kind::Data(Format::Json) => self.loose.push_str(stretch),
            Kind::Code(Some(language)) if let Some(rules) = language.comment_rules() => {
                self.read_code(language, rules, stretch);
            }
            Kind::Code(_) | Kind::Data(_) | Kind::Verbatim => self.rest.push_str(stretch),
        }
    }

    /// Markdown and plain text: what is fenced is of the language of the fence, other code is left as it is.
    fn read_mixed(&mut self, stretch: &str) {
        let mut tracker = Tracker::default();
        let mut fence: Option<(String, Kind)> = None;
        let mut code = String::new();
        let mut within_table = false;
        let mut lines = stretch.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let trimmed = line.trim();
            within_table = trimmed.starts_with('|') && (within_table || lines.peek().is_some_and(|next| is_rule(next)));
            let is_fence = trimmed.starts_with("```") || trimmed.starts_with("~~~");
            match &mut fence {
                Some((inside, kind)) if is_fence => {
                    let (inside, kind) = (mem::take(inside), *kind);
                    fence = None;
                    self.rest.push_str(line);
                    self.read_as(kind, &inside);
                }
                Some((inside, _)) => inside.push_str(line),
                None if is_fence => {
                    let language = Language::from_name(trimmed.trim_start_matches(['`', '~']).trim());
                    let kind = Self::new(language).hint.unwrap_or(Kind::Code(language));
                    fence = Some((String::new(), kind));
                    self.rest.push_str(line);
                }
                None if within_table => self.rest.push_str(line),
                None if tracker.inside_comment(line) || evidence::of(line).tongue == Tongue::Code => {
                    code.push_str(line);
                }
                None => self.prose.push_str(line),
            }
        }
        if let Some((inside, kind)) = fence {
            self.read_as(kind, &inside);
        }
        self.read_untold(&code);
    }

    /// Code that nobody named.
    fn read_untold(&mut self, code: &str) {
        const ENOUGH: usize = 2 << 10;
        let is_json = code.trim_start().starts_with(['{', '[']) && code.contains("\":");
        let language = || crate::domain::detect_language(&code[..code.floor_char_boundary(ENOUGH)]);
        match if is_json || code.is_empty() { None } else { language() } {
            Some(language) => self.read_as(Kind::Code(Some(language)), code),
            None if is_json => self.loose.push_str(code),
            None => self.rest.push_str(code),
        }
    }

    fn read_code(&mut self, language: Language, rules: CommentRules, stretch: &str) {
        let mut close: Option<&str> = None;
        let has_docstrings = language.0.syntax.is_some_and(|syntax| syntax.docstring.is_some());
        let docstrings: &[(&str, &str)] = if has_docstrings { &[("\"\"\"", "\"\"\""), ("'''", "'''")] } else { &[] };
        for line in stretch.split_inclusive('\n') {
            let trimmed = line.trim();
            if let Some(end) = close {
                self.comment(line, trimmed.trim_start_matches('*'));
                if trimmed.contains(end) {
                    close = None;
                }
                continue;
            }
            let marker = rules.line_markers.iter().find_map(|marker| trimmed.strip_prefix(marker));
            let bare = trimmed.trim_start_matches(['r', 'R', 'u', 'U']);
            let block = rules.block_markers.iter().map(|&(open, close)| (trimmed, open, close));
            let opened = block
                .chain(docstrings.iter().map(|&(open, close)| (bare, open, close)))
                .find_map(|(text, open, close)| Some((text.strip_prefix(open)?, close)));
            if let Some((text, end)) = opened {
                self.comment(line, text.trim_end_matches(end));
                close = (!text.contains(end)).then_some(end);
            } else if let Some(text) = marker {
                self.comment(line, text);
            } else if language.line_rules().is_some() {
                self.rest.push_str(line);
            } else if let Some(at) = trailing(rules, line) {
                self.code.push_str(&line[..at]);
                self.comment(&line[at..], line[at..].trim());
            } else {
                self.code.push_str(line);
            }
        }
    }

    fn comment(&mut self, line: &str, text: &str) {
        self.comments.push_str(line);
        self.comment_text.push_str(text);
        self.comment_text.push('\n');
    }
}

/// The line below the head of a table.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.bytes().all(|byte| b"|-: ".contains(&byte))
}

/// Where a comment after code begins.
fn trailing(rules: CommentRules, line: &str) -> Option<usize> {
    let marker = rules.line_markers.last()?;
    let at = line.rfind(marker)?;
    let (before, after) = (&line[..at], &line[at + marker.len()..]);
    (before.ends_with(' ') && !before.trim().is_empty() && after.starts_with(' ')).then_some(at)
}
