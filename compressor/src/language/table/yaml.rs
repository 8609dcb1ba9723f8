//! What the structural passes must know about YAML.
//!
//! Invariant: a text whose blocks the scanner of the grammar cannot store never reaches it
//! (`tests::blocks_that_the_scanner_cannot_store_are_refused`).

use crate::language::syntax::{Beside, Roles, Spacing, Syntax};

pub(super) static YAML: Syntax = Syntax {
    grammar: || tree_sitter_yaml::LANGUAGE.into(),
    scannable,
    comments: &["comment"],
    verbatim: &["single_quote_scalar", "double_quote_scalar", "block_scalar", "plain_scalar"],
    continuations: &[],
    escaped_breaks: false,
    whole_lines: &[],
    // Indentation stays as it is: what stands after a dash is the margin of what goes on below.
    spacing: Spacing::Beside(&Beside {
        after: &["{", "["],
        before: &["}", "]", ","],
        exact: &["-", "?"],
        apart: &[],
        keeps_lines: true,
        keeps_margins: true,
    }),
    lines: &[],
    line_bound: &[],
    raw: &[],
    markup: &[],
    own_lines: &[],
    inner_lines: &[],
    braced_lines: &[],
    bodies: &[],
    one_liners: &[],
    keeps_body_apart: None,
    definitions: &["block_mapping_pair"],
    bodied: &[],
    names: &["flow_node"],
    wrappers: &[],
    attributes: &[],
    docstring: None,
    indentation: false,
    line_markers: &["#"],
    block_markers: &[],
    directives: &[
        "!",
        "yaml-language-server:",
        "$schema",
        "yamllint",
        "ansible-lint",
        "noqa",
        "code: language=",
        "vim:",
        "-*-",
        "region",
        "endregion",
        "renovate:",
        "dependabot",
        "@schema",
        "@param",
        "@section",
        "@skip",
        "@ignored",
        "--",
        "prettier-ignore",
        "checkov:",
        "kics-scan",
        "trivy:",
        "nosec",
        "pragma",
        "zizmor:",
        "actionlint",
        "pinned",
        "cloud-config",
        "ref:",
    ],
    frames: None,
    commented_code: &[],
    headings: &[],
    imports: &[],
    callables: &[],
    callable_bodies: &[],
    constants: &["document", "yaml_directive", "tag_directive", "reserved_directive"],
    collections: &["block_sequence", "flow_sequence"],
    stand_in: None,
    constructors: &[],
    flow: None,
    roles: Roles::new(),
};

/// Lines that the scanner can count: it keeps their number in 16 bits with a sign.
const LINES: usize = 32_000;

/// Columns before the first word of a line, dashes among them. At most two blocks begin in each, and the scanner writes past
/// the end of its buffer if it has to store more than 253.
const MARGIN: usize = 120;

/// Bytes of a line, the column being kept in 16 bits, too.
const WIDTH: usize = 32_000;

/// Whether the scanner can store the blocks of a text and count its lines, and no block keeps blank lines at its end.
fn scannable(text: &str) -> bool {
    // Blank lines after it belong to it, and the grammar does not say so.
    let keeps = |line: &str| {
        let header = line.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
        let header = header.strip_suffix('+').map(|header| header.trim_end_matches(|c: char| c.is_ascii_digit()));
        header.is_some_and(|header| header.ends_with(['|', '>']))
    };
    let mark = |c: char| matches!(c, ' ' | '\t' | '-' | '?' | ':');
    let fits = |line: &str| line.len() < WIDTH && line.len() - line.trim_start_matches(mark).len() <= MARGIN;
    let readable = |line: &str| (fits(line) || line.trim().is_empty()) && !keeps(line);
    text.split('\n').enumerate().all(|(number, line)| number < LINES && readable(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_that_the_scanner_cannot_store_are_refused() {
        assert!(scannable(&"a:\n  - b: c\n".repeat(1_000)));
        assert!(!scannable(&"a: b\n".repeat(40_000)));
        assert!(!scannable("a: |+\n  b\n\n\n"));
        assert!(!scannable("a: >2+ \n  b\n\n\n"));
        assert!(!scannable(&("- ".repeat(300) + "a\n")));
        assert!(!scannable(&format!("{}a: b\n", " ".repeat(200))));
        assert!(!scannable(&format!("a: [{}]\n", "1, ".repeat(20_000))));
    }
}
