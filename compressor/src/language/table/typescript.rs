//! What the structural passes must know about TypeScript and TSX.

use super::ecmascript::{self, Dialect};
use crate::language::syntax::Syntax;

pub(super) static TYPESCRIPT: Syntax = typescript(|| tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(), &[]);

pub(super) static TSX: Syntax = typescript(|| tree_sitter_typescript::LANGUAGE_TSX.into(), &["jsx_element"]);

/// The two dialects differ in their markup only.
const fn typescript(grammar: fn() -> tree_sitter::Language, markup: &'static [&'static str]) -> Syntax {
    ecmascript::syntax(Dialect {
        grammar,
        verbatim: &["string", "template_string", "template_literal_type", "regex", "hash_bang_line"],
        lines: &[
            "program",
            "statement_block",
            "class_body",
            "interface_body",
            "object_type",
            "enum_body",
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
        markup,
        definitions: &[
            "function_declaration",
            "generator_function_declaration",
            "function_signature",
            "class_declaration",
            "abstract_class_declaration",
            "interface_declaration",
            "enum_declaration",
            "type_alias_declaration",
            "method_definition",
            "method_signature",
            "abstract_method_signature",
            "property_signature",
            "public_field_definition",
            "lexical_declaration",
        ],
        wrappers: &["export_statement", "ambient_declaration"],
    })
}
