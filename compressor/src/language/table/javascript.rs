//! What the structural passes must know about JavaScript, with or without JSX.

use super::ecmascript::{self, Dialect};
use crate::language::syntax::Syntax;

/// The grammar reads JSX wherever it stands, in files of any ending.
pub(super) static JAVASCRIPT: Syntax = ecmascript::syntax(Dialect {
    grammar: || tree_sitter_javascript::LANGUAGE.into(),
    verbatim: &["string", "template_string", "regex", "hash_bang_line"],
    lines: &[
        "program",
        "statement_block",
        "class_body",
        "switch_body",
        "switch_case",
        "switch_default",
        "if_statement",
        "else_clause",
        "for_statement",
        "for_in_statement",
        "while_statement",
        "do_statement",
        "with_statement",
        "labeled_statement",
    ],
    markup: &["jsx_element"],
    definitions: &[
        "function_declaration",
        "generator_function_declaration",
        "class_declaration",
        "method_definition",
        "field_definition",
        "lexical_declaration",
        "variable_declaration",
    ],
    wrappers: &["export_statement"],
});
