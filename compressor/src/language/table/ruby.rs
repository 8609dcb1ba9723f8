//! What the structural passes must know about Ruby.
//!
//! Invariant: a text whose heredocs the scanner of the grammar cannot store never reaches it
//! (`tests::heredocs_that_the_scanner_cannot_store_are_refused`).

use crate::language::syntax::{Roles, Spacing, Syntax};

pub(super) static RUBY: Syntax = Syntax {
    grammar: || tree_sitter_ruby::LANGUAGE.into(),
    scannable,
    comments: &["comment"],
    verbatim: &["string", "bare_string", "string_array", "symbol_array", "delimited_symbol", "regex", "subshell"],
    continuations: &[],
    escaped_breaks: true,
    whole_lines: &["heredoc_body", "uninterpreted"],
    spacing: Spacing::Sided {
        operators: &[
            "=", "==", "!=", "<=", ">=", "<", ">", "+", "-", "+=", "-=", "*=", "||=", "&&=", "=>", "&&", "||", "<=>",
            "=~", "->",
        ],
        marks: &[],
    },
    lines: &[
        "program",
        "body_statement",
        "block_body",
        "parenthesized_statements",
        "begin_block",
        "end_block",
        "class",
        "singleton_class",
        "module",
        "method",
        "singleton_method",
        "block",
        "do_block",
        "do",
        "begin",
        "rescue",
        "ensure",
        "if",
        "unless",
        "elsif",
        "else",
        "then",
        "while",
        "until",
        "for",
        "case",
        "when",
        "case_match",
        "in_clause",
    ],
    line_bound: &[],
    raw: &[],
    markup: &[],
    own_lines: &[],
    inner_lines: &[],
    braced_lines: &[],
    // What ends a body is a word, and needs a line break or a semicolon before it.
    bodies: &[],
    one_liners: &[],
    keeps_body_apart: None,
    definitions: &["class", "module", "singleton_class", "method", "singleton_method"],
    bodied: &[],
    names: &[],
    wrappers: &[],
    attributes: &[],
    docstring: None,
    indentation: false,
    line_markers: &["#"],
    block_markers: &[("=begin", "\n=end")],
    directives: &[
        "!",
        "-*-",
        "coding",
        "encoding",
        "frozen_string_literal",
        "warn_indent",
        "shareable_constant_value",
        "typed:",
        "rubocop:",
        "standard:",
        "steep:",
        "rbs_inline",
        "@rbs",
        // Marks of RDoc and of inline signatures.
        ":",
        "@!",
        "simplecov",
        "erb_lint",
        "vim:",
        "region",
        "endregion",
    ],
    frames: None,
    commented_code: &[],
    headings: &[],
    imports: &[],
    callables: &["method", "singleton_method"],
    callable_bodies: &["body_statement"],
    constants: &["assignment"],
    collections: &["array", "hash", "string_array", "symbol_array"],
    stand_in: None,
    constructors: &["initialize"],
    flow: None,
    roles: Roles::new(),
};

/// Bytes that the scanner has for the heredocs that are open at once. It writes past the end of its buffer of 1,024 bytes if
/// they take almost all of it.
const OPEN_HEREDOCS: usize = 900;

/// Bytes of the longest word that ends a heredoc. The scanner keeps its length in one byte, and aborts the process if it
/// does not fit.
const HEREDOC_WORD: usize = 200;

/// Whether the scanner can store the heredocs that are open at once. What looks like one, as the shift `1 <<n` does, is
/// counted too.
fn scannable(text: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut bytes = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        if let Some(closed) = open.iter().position(|word| *word == line.trim()) {
            bytes -= open.remove(closed).len() + 4;
        }
        for (at, mark) in line.match_indices("<<") {
            let start = rest[at + mark.len()..].trim_start_matches(['~', '-']);
            let word = match start.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`')) {
                // The scanner looks for the other quote in the lines below, too.
                Some(quote) => start[1..].split(quote).next().unwrap_or_default(),
                None => &start[..start.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(start.len())],
            };
            bytes += word.len() + 4;
            open.push(word);
            if word.len() > HEREDOC_WORD || bytes > OPEN_HEREDOCS {
                return false;
            }
            if word.is_empty() {
                bytes -= 4;
                open.pop();
            }
        }
        rest = &rest[line.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heredocs_that_the_scanner_cannot_store_are_refused() {
        let word = |length: usize| "A".repeat(length);
        assert!(scannable(&format!("x = <<~{0}\n  a\n  {0}\n", word(200)).repeat(50)));
        assert!(!scannable(&format!("x = <<~{0}\na\n{0}\n", word(300))));
        assert!(!scannable(&format!("x = <<-'{0}'\na\n{0}\n", word(300))));
        assert!(!scannable(&format!("f({})", vec!["<<ABC"; 200].join(", "))));
        assert!(!scannable(&format!("f <<\"{}", "a b\n".repeat(100))));
        assert!(!scannable(&"<<ABC\n#{\n".repeat(200)));
        assert!(scannable(&"x << y\nclass << self\n".repeat(1_000)));
    }
}
