//! What the structural passes must know about C.

use super::c_family::{self, Dialect};
use crate::language::syntax::Syntax;

pub(super) static C: Syntax = c_family::syntax(Dialect {
    grammar: || tree_sitter_c::LANGUAGE.into(),
    verbatim: &["string_literal", "char_literal", "system_lib_string"],
    lines: &[
        "translation_unit",
        "compound_statement",
        "declaration_list",
        "field_declaration_list",
        "enumerator_list",
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
        "struct_specifier",
        "union_specifier",
        "enum_specifier",
        "field_declaration",
        "enumerator",
        "preproc_def",
        "preproc_function_def",
    ],
    bodied: &["struct_specifier", "union_specifier", "enum_specifier"],
    wrappers: &["linkage_specification"],
    imports: &["preproc_include"],
    callables: &["function_definition", "preproc_function_def"],
    constants: &["declaration", "preproc_def"],
});
