//! What the structural passes must know about C++.

use super::c_family::{self, Dialect};
use crate::language::syntax::Syntax;

pub(super) static CPP: Syntax = c_family::syntax(Dialect {
    grammar: || tree_sitter_cpp::LANGUAGE.into(),
    verbatim: &["string_literal", "raw_string_literal", "char_literal", "system_lib_string"],
    lines: &[
        "translation_unit",
        "compound_statement",
        "declaration_list",
        "field_declaration_list",
        "enumerator_list",
        "requirement_seq",
        "case_statement",
        "labeled_statement",
        "preproc_if",
        "preproc_ifdef",
        "preproc_elif",
        "preproc_elifdef",
        "preproc_else",
    ],
    definitions: &[
        "function_definition",
        "declaration",
        "type_definition",
        "alias_declaration",
        "namespace_definition",
        "concept_definition",
        "class_specifier",
        "struct_specifier",
        "union_specifier",
        "enum_specifier",
        "field_declaration",
        "enumerator",
        "preproc_def",
        "preproc_function_def",
    ],
    bodied: &["class_specifier", "struct_specifier", "union_specifier", "enum_specifier"],
    wrappers: &["template_declaration", "linkage_specification"],
    imports: &["preproc_include", "using_declaration", "namespace_alias_definition"],
    callables: &["function_definition", "lambda_expression", "preproc_function_def"],
    constants: &["declaration", "preproc_def"],
});
