//! What the structural passes must know about HTML.
//!
//! White space between words and tags is one space, however much of it there is, and stays one; in some elements it is
//! exact. A comment that parts two words stays.
//!
//! Invariants
//! - what ends an element whose white space or language is its own, and does not begin it, is not read: the text before may
//!   be anything (`tests::half_an_element_of_exact_text_is_refused`);
//! - the scanner of the grammar, which stores all open elements with each token, is not given thousands of them
//!   (`tests::elements_nested_too_deep_are_refused`).

use crate::language::syntax::{Beside, Flow, Roles, Spacing, Syntax};

pub(super) static HTML: Syntax = Syntax {
    grammar: || tree_sitter_html::LANGUAGE.into(),
    scannable: |text| is_whole(text) && is_flat(text),
    comments: &["comment"],
    verbatim: &["quoted_attribute_value", "attribute_value", "doctype"],
    continuations: &[],
    escaped_breaks: false,
    whole_lines: &[],
    spacing: Spacing::Beside(&Beside {
        after: &[],
        before: &[],
        exact: &[],
        apart: &[],
        keeps_lines: false,
        keeps_margins: false,
    }),
    lines: &["document", "element"],
    line_bound: &[],
    raw: &[],
    markup: &[],
    own_lines: &[],
    inner_lines: &[],
    braced_lines: &[],
    bodies: &[],
    one_liners: &[],
    keeps_body_apart: None,
    definitions: &["element", "script_element", "style_element"],
    bodied: &[],
    names: &["tag_name"],
    wrappers: &[],
    attributes: &[],
    docstring: None,
    indentation: false,
    line_markers: &[],
    block_markers: &[("<!--", "-->")],
    directives: &[
        // Conditions of old browsers, includes of servers.
        "[if",
        "[endif",
        "<![endif",
        "#",
        "esi",
        // Marks of frameworks and editors.
        "$",
        "/$",
        "ko ",
        "/ko",
        "wp:",
        "/wp:",
        "more",
        "nextpage",
        "build:",
        "endbuild",
        "inject:",
        "endinject",
        "bower:",
        "svelte-ignore",
        "noindex",
        "/noindex",
        "googleoff",
        "googleon",
        // Notes to tools.
        "prettier-",
        "eslint-",
        "htmlhint",
        "html-validate",
        "htmllint",
        "djlint",
        "djhtml",
        "markdownlint",
        "textlint",
        "vale",
        "vnu",
        "htmlmin",
        "@license",
        "@preserve",
        "@formatter",
        "region",
        "endregion",
    ],
    frames: None,
    commented_code: &[],
    headings: &["doctype", "erroneous_end_tag"],
    imports: &[],
    callables: &[],
    callable_bodies: &[],
    constants: &[],
    collections: &[],
    stand_in: None,
    constructors: &[],
    flow: Some(&Flow {
        text: &["text"],
        elements: &["element"],
        is_exact: |tag| EXACT.iter().any(|name| is_tag(tag, name)) || tells_exact(tag),
        holders: &["script_element", "style_element"],
        held: &["raw_text"],
        language,
    }),
    roles: Roles::new(),
};

/// Elements in which white space is exact.
const EXACT: [&str; 5] = ["pre", "textarea", "listing", "xmp", "plaintext"];

/// Whether a tag has a name, in any case.
fn is_tag(tag: &str, name: &str) -> bool {
    let after = tag.get(1..).and_then(|tag| tag.get(..name.len()).filter(|found| found.eq_ignore_ascii_case(name)));
    after.is_some() && !tag[1 + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
}

/// Whether a tag says by its style or its class that white space in it is exact.
fn tells_exact(tag: &str) -> bool {
    tag.contains("white-space") || tag.contains("whitespace-pre") || tag.contains("xml:space")
}

/// The language that a script or a style is written in, by its tag; none where it is not known.
fn language(tag: &str) -> Option<&'static str> {
    let kind = attribute(tag, "lang").or_else(|| attribute(tag, "type")).unwrap_or_default().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if is_tag(tag, "style") {
        return matches!(kind, "" | "text/css" | "css").then_some("css");
    }
    match kind {
        ""
        | "module"
        | "text/javascript"
        | "application/javascript"
        | "text/ecmascript"
        | "application/ecmascript"
        | "js" => Some("javascript"),
        "text/babel" | "text/jsx" | "jsx" => Some("jsx"),
        "ts" | "typescript" | "text/typescript" => Some("typescript"),
        "tsx" => Some("tsx"),
        "importmap" | "speculationrules" | "text/json" => Some("json"),
        _ => (kind.starts_with("application/") && kind.ends_with("json")).then_some("json"),
    }
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].ends_with(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''));
        rest = &rest[at + name.len()..];
        if let Some(value) = rest.trim_start().strip_prefix('=').filter(|_| before) {
            let value = value.trim_start();
            return match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].split(quote).next(),
                _ => value.split(|c: char| c.is_ascii_whitespace() || c == '>').next(),
            };
        }
    }
}

/// Whether each element of exact text and each script that ends in a text begins in it, too.
fn is_whole(text: &str) -> bool {
    const NAMES: [&str; 7] = ["script", "style", "pre", "textarea", "listing", "xmp", "plaintext"];
    let mut open = [0_usize; NAMES.len()];
    for (at, _) in text.match_indices('<') {
        let tag = &text[at..];
        let ends = tag.as_bytes().get(1) == Some(&b'/');
        let tag = if ends { &tag[1..] } else { tag };
        let Some(index) = NAMES.iter().position(|name| is_tag(tag, name)) else { continue };
        if !ends {
            open[index] += 1;
        } else if open[index] == 0 {
            return false;
        } else {
            open[index] -= 1;
        }
    }
    true
}

/// Elements that may be open at once. Browsers, too, stop at about so many.
const DEPTH: usize = 400;

/// Elements that end without a tag of their own.
const UNENDED: [&str; 30] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rb", "rp", "rt", "colgroup",
];

/// Whether no more elements are open at once than the scanner is given.
fn is_flat(text: &str) -> bool {
    let mut open = 0_usize;
    for (at, _) in text.match_indices('<') {
        let tag = &text[at..];
        if tag.starts_with("</") {
            open = open.saturating_sub(1);
        } else if tag[1..].starts_with(char::is_alphabetic) && !UNENDED.iter().any(|name| is_tag(tag, name)) {
            let end = tag.find('>').unwrap_or(tag.len()).min(TAG);
            open += usize::from(!tag.as_bytes()[..end].ends_with(b"/"));
        }
        if open > DEPTH {
            return false;
        }
    }
    true
}

/// Bytes in which the end of a tag is looked for.
const TAG: usize = 4_096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_element_of_exact_text_is_refused() {
        assert!(is_whole("<pre>a</pre><PRE>b</PRE><preface></preface>"));
        assert!(is_whole("<script>a"));
        assert!(!is_whole("a\n  b</pre>"));
        assert!(!is_whole("<p>a();  // b\nc()</SCRIPT >"));
        assert!(is_whole("</é><"));
    }

    #[test]
    fn elements_nested_too_deep_are_refused() {
        assert!(is_flat(&"<a><br><p>".repeat(300)));
        assert!(is_flat(&"<a b='c'>d</a><e/>".repeat(3_000)));
        assert!(!is_flat(&"<a>".repeat(3_000)));
        assert!(!is_flat(&"<a-b><c ".repeat(3_000)));
    }

    #[test]
    fn a_script_says_what_it_is_written_in() {
        for (tag, expected) in [
            ("<script>", Some("javascript")),
            ("<SCRIPT async src='a' type = \"module\">", Some("javascript")),
            ("<script data-type=x type=text/javascript>", Some("javascript")),
            ("<script type='application/ld+json'>", Some("json")),
            ("<script lang=\"ts\" setup>", Some("typescript")),
            ("<script type=text/x-template>", None),
            ("<style media=print>", Some("css")),
            ("<style lang=\"scss\">", None),
        ] {
            assert_eq!(language(tag), expected, "{tag}");
        }
    }
}
