use std::fmt::Write;
use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

mod kinds;
mod output;

/// One line a segment: its kind and its bytes.
fn check(text: &str, expect: &Expect) {
    expect.assert_eq(&shown(text, &tiled(text, None)));
}

fn shown(text: &str, segments: &[Segment]) -> String {
    let mut out = String::new();
    for segment in segments {
        let kind = match segment.kind {
            Kind::Code(Some(language)) => format!("code {}", language.name()),
            Kind::Code(None) => "code".to_owned(),
            Kind::Data(format) => format!("{format:?}").to_lowercase(),
            Kind::Prose => "prose".to_owned(),
            Kind::Verbatim => "verbatim".to_owned(),
        };
        let _ = writeln!(out, "{kind}: {:?}", &text[segment.range.clone()]);
    }
    out
}

fn tiled(text: &str, hint: Option<Language>) -> Vec<Segment> {
    let segments = segments(text, hint);
    let mut at = 0;
    for segment in &segments {
        assert_eq!(segment.range.start, at, "no gap, no overlap");
        assert!(segment.range.end > at, "no empty segment");
        at = segment.range.end;
        assert!(text.is_char_boundary(at));
    }
    assert_eq!(at, text.len());
    segments
}

#[test]
fn an_empty_text_has_no_segments() {
    check("", &expect![""]);
    check(
        "x",
        &expect![[r#"
        prose: "x"
    "#]],
    );
}

#[test]
fn white_space_alone_is_verbatim() {
    check(
        " \n\t\n",
        &expect![[r#"
        verbatim: " \n\t\n"
    "#]],
    );
    check(
        "```py\na = 1\n```\n\n```py\nb = 2\n```\n",
        &expect![[r#"
        verbatim: "```py\n"
        code python: "a = 1\n"
        verbatim: "```\n\n```py\n"
        code python: "b = 2\n"
        verbatim: "```\n"
    "#]],
    );
}

#[test]
fn oddities() {
    check(
        "\u{feff}# Head\r\n\r\n```py\r\nx = 1\r\n```\r\nno end",
        &expect![[r##"
        verbatim: "\u{feff}"
        prose: "# Head\r\n\r\n"
        verbatim: "```py\r\n"
        code python: "x = 1\r\n"
        verbatim: "```\r\n"
        prose: "no end"
    "##]],
    );
    check(
        "\u{feff}",
        &expect![[r#"
        verbatim: "\u{feff}"
    "#]],
    );
    check(
        "שלום עולם, זה טקסט.\n\n日本語の文章です。🙂\n",
        &expect![[r#"
        prose: "שלום עולם, זה טקסט.\n\n日本語の文章です。🙂\n"
    "#]],
    );
    check(
        "Tab\there\n\n\tx = f(1);\n\ty = g(2);\n",
        &expect![[r#"
        code: "Tab\there\n\n\tx = f(1);\n\ty = g(2);\n"
    "#]],
    );
    let line = "word ".repeat(40_000);
    assert_eq!(tiled(&line, None).len(), 1);
}

#[test]
fn a_hint_takes_the_whole_text() {
    let named = |name| Language::from_name(name);
    let text = "Some text.\n\n```py\nx\n```\n";
    assert_eq!(shown(text, &tiled(text, named("rust"))), format!("code rust: {text:?}\n"));
    assert_eq!(tiled("{}", named("json"))[0].kind, Kind::Data(Format::Json));
    assert_eq!(tiled(text, named("markdown")).len(), 4);
}

#[test]
fn hostile_texts_take_linear_time() {
    for pattern in [
        "[\n",
        "{\"a\":\n",
        "<!--\n",
        "Index: x\n",
        "--- a\n+++ b\n",
        "INFO x\n\n",
        "Traceback (most recent call last):\n",
        "```\n",
        "~~~~\n```\n",
        "    x\n\n",
        "x = 1\n\ny\n\n",
        "|\n",
        "| a |\n|---|\n",
        "goroutine 1 [running]:\n\n",
        "panic: x\n",
        "#0 a\n",
        "> \n",
        "\"\"\"\n",
        "- ```\n",
        "Error\n  at x:1\n",
        "a",
        " ",
        "\r",
        "\n",
        "|",
    ] {
        let text = pattern.repeat((1 << 20) / pattern.len());
        let start = Instant::now();
        tiled(&text, None);
        assert!(start.elapsed() < Duration::from_secs(10), "{pattern:?} took {:?}", start.elapsed());
    }
}

fn shown_lines(text: &str) -> String {
    let mut out = String::new();
    for line in lines(text, 0..text.len()) {
        let _ = writeln!(out, "{} {:?}", if line.starts { '>' } else { ' ' }, &text[line.text]);
    }
    out
}

#[test]
fn prose_lines_start_where_something_begins() {
    expect![[r##"
        > "# Head"
        > "Text below."
        > "- one"
          "more of it that is long enough to have been wrapped"
        > "1. first"
        > "> quote"
        > "> more"
        > "Title"
        > "====="
        > "end\\"
        > "broken"
    "##]].assert_eq(&shown_lines("# Head\nText below.\n\n  - one\n    more of it that is long enough to have been wrapped\n1. first\n> quote\n> more\nTitle\n=====\nend\\\nbroken\n"));
}

#[test]
fn prose_lines_go_on_where_they_were_wrapped() {
    expect![[r#"
        > "This paragraph was wrapped by hand at some width of about sixty"
          "characters, as people do in mail and in text files, and so each"
          "of its lines goes on."
    "#]].assert_eq(&shown_lines(
        "This paragraph was wrapped by hand at some width of about sixty\r\ncharacters, as people do in mail and in text files, and so each\r\nof its lines goes on.\r\n",
    ));
    expect![[r#"
        > "Alice 30 Berlin"
        > "Bob 25 Rome"
        > "Christopher 99 New York City, in the State of New York"
    "#]]
    .assert_eq(&shown_lines("Alice 30 Berlin\nBob 25 Rome\nChristopher 99 New York City, in the State of New York\n"));
}

fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "```",
        "~~~~",
        "```py\n",
        "\n",
        "\n\n",
        "\r\n",
        "    ",
        "\t",
        "- ",
        "1. ",
        "| a | b |\n",
        "|---|---|\n",
        "{\"a\": [1]}",
        "{",
        "[",
        "<!--",
        "-->",
        "---\n",
        "a: b\n",
        "2025-11-22 09:59:41 x\n",
        "INFO y\n",
        "diff --git a b\n",
        "@@ -1,2 +1,2 @@\n",
        "+x\n",
        "-y\n",
        "Traceback (most recent call last):\n",
        "  File \"x\"\n",
        "\tat a.b(c)\n",
        "Error: z\n",
        "import os\n",
        "x = f(1);\n",
        "def f():\n",
        "\"\"\"",
        "The text of it. ",
        "é",
        "🙂",
        "\u{feff}",
        "שלום",
        "#",
        "=",
        "\u{2028}",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn segments_tile_any_text(text in "(?s).{0,120}") {
        tiled(&text, None);
        tiled(&text, Language::from_name("python"));
    }

    #[test]
    fn segments_tile_any_markdown(text in markdown()) {
        for segment in tiled(&text, None) {
            if segment.kind == Kind::Prose {
                let lines = lines(&text, segment.range.clone());
                prop_assert!(!lines.is_empty());
                let visible: String = lines.iter().map(|line| &text[line.text.clone()]).collect();
                let all: String = text[segment.range].split('\n').map(str::trim).collect();
                prop_assert_eq!(visible, all);
            }
        }
        prop_assert_eq!(segments(&text, None), segments(&text, None));
    }
}
