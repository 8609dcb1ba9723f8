//! What the structural passes must know about SQL.
//!
//! Invariant: quotes that the scanner of the grammar would read again and again never reach it
//! (`tests::many_quotes_between_dollars_are_refused`).

use crate::language::syntax::{Roles, Spacing, Syntax};

pub(super) static SQL: Syntax = Syntax {
    grammar: || tree_sitter_sequel::LANGUAGE.into(),
    scannable,
    comments: &["comment", "marginalia"],
    verbatim: &["literal", "identifier"],
    continuations: &[],
    escaped_breaks: false,
    whole_lines: &[],
    spacing: Spacing::Free,
    // Clauses and columns stand on lines of their own, what is within them needs none.
    lines: &["program", "transaction", "block", "statement", "from", "column_definitions", "function_body"],
    line_bound: &[],
    raw: &[],
    markup: &[],
    own_lines: &[],
    inner_lines: &[],
    braced_lines: &[],
    bodies: &[],
    one_liners: &[],
    keeps_body_apart: None,
    definitions: &[
        "create_table",
        "create_view",
        "create_materialized_view",
        "create_function",
        "create_trigger",
        "create_type",
        "create_index",
        "create_schema",
        "create_sequence",
        "create_database",
    ],
    bodied: &[],
    names: &["object_reference", "identifier"],
    wrappers: &[],
    attributes: &[],
    docstring: None,
    indentation: false,
    line_markers: &["--"],
    block_markers: &[("/*", "*/")],
    directives: &[
        // Hints, and what one kind of server runs.
        "+",
        "!",
        "name:",
        "+goose",
        "migrate:",
        "+migrate",
        "liquibase",
        "changeset",
        "rollback",
        "sqlfluff",
        "noqa",
        "sqlc",
        "sqlx:",
        "dialect",
        "param:",
        "@",
        "atlas:",
        "flyway",
        "region",
        "endregion",
    ],
    frames: Some(&[]),
    commented_code: &[],
    headings: &[],
    imports: &[],
    callables: &[],
    callable_bodies: &[],
    constants: &[],
    collections: &[],
    stand_in: None,
    constructors: &[],
    flow: None,
    roles: Roles::new(),
};

/// Dollars in a text. At each the scanner may look for its partner up to the end.
const DOLLARS: usize = 2_000;

/// Bytes between two of them which the scanner can store.
const TAG: usize = 200;

/// Whether the scanner finds what ends each quote without reading the text again and again.
fn scannable(text: &str) -> bool {
    let tags = text.split('$').skip(1);
    let is_long = |tag: &str| tag.find(char::is_whitespace).unwrap_or(tag.len()) > TAG;
    tags.enumerate().all(|(number, tag)| number < DOLLARS && !is_long(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_quotes_between_dollars_are_refused() {
        assert!(scannable(&"SELECT $a$ b $a$ FROM c WHERE d = $1;\n".repeat(300)));
        assert!(!scannable(&"$a$ ".repeat(5_000)));
        assert!(!scannable(&format!("${}$", "a".repeat(2_000))));
    }
}
