//! What the structural passes must know about CSS.
//!
//! A space may stand for an operator in a selector and part two values, so that one stays wherever the grammar does not say
//! otherwise. `//` begins no comment: what follows it, up to a semicolon or a block, is a broken rule, and the grammar's
//! name for it is not believed.

use crate::language::syntax::{Beside, Roles, Spacing, Syntax};

pub(super) static CSS: Syntax = Syntax {
    grammar: || tree_sitter_css::LANGUAGE.into(),
    scannable: |_| true,
    comments: &["comment"],
    verbatim: &["string_value", "color_value"],
    continuations: &[],
    escaped_breaks: false,
    whole_lines: &["js_comment"],
    spacing: Spacing::Beside(&Beside {
        after: &["{", "}", ";", ",", ":", "("],
        before: &["{", "}", ";", ",", ")", "!important"],
        // A space is the value of a property that has no other.
        apart: &[(":", ";"), (":", "}")],
    }),
    lines: &["stylesheet", "block", "keyframe_block_list"],
    line_bound: &[],
    raw: &[],
    markup: &[],
    own_lines: &[],
    inner_lines: &[],
    braced_lines: &[],
    bodies: &["block"],
    one_liners: &[],
    keeps_body_apart: None,
    definitions: &["rule_set", "keyframes_statement", "at_rule"],
    bodied: &[],
    names: &[],
    wrappers: &[],
    attributes: &[],
    docstring: None,
    indentation: false,
    line_markers: &[],
    block_markers: &[("/*!", "*/"), ("/**", "*/"), ("/*", "*/")],
    directives: &[
        // What only old browsers read in another way.
        "\\",
        "# source",
        "stylelint",
        "csslint",
        "prettier-",
        "rtl:",
        "autoprefixer",
        "postcss",
        "purgecss",
        "purge",
        "critical:",
        "#region",
        "#endregion",
        "@license",
        "@preserve",
        "@noflip",
    ],
    commented_code: &[],
    headings: &[],
    imports: &["import_statement"],
    callables: &[],
    callable_bodies: &[],
    constants: &[],
    collections: &[],
    stand_in: None,
    constructors: &[],
    roles: Roles::new(),
};
