use std::fmt::Write;
use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

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
fn fences_of_every_form() {
    check(
        "Intro:\n\n```python title=\"a.py\"\nx = 1\n```\n\n~~~ {.rust}\nfn a() {}\n~~~\ndone\n",
        &expect![[r#"
            prose: "Intro:\n\n"
            verbatim: "```python title=\"a.py\"\n"
            code python: "x = 1\n"
            verbatim: "```\n\n~~~ {.rust}\n"
            code rust: "fn a() {}\n"
            verbatim: "~~~\n"
            prose: "done\n"
        "#]],
    );
    check(
        "````md\nText here.\n```rust\nfn a() {}\n```\n````\nAfter.\n",
        &expect![[r#"
        verbatim: "````md\n"
        prose: "Text here.\n"
        verbatim: "```rust\n"
        code rust: "fn a() {}\n"
        verbatim: "```\n````\n"
        prose: "After.\n"
    "#]],
    );
    check(
        "~~~\n```\nx\n```\n~~~\n",
        &expect![[r#"
        verbatim: "~~~\n"
        code: "```\nx\n```\n"
        verbatim: "~~~\n"
    "#]],
    );
    check(
        "1. Do:\n\n   ```sh\n   ls -l\n   ```\n2. And:\n   - ```js\n     f()\n     ```\n",
        &expect![[r#"
        prose: "1. Do:\n\n"
        verbatim: "   ```sh\n"
        code bash: "   ls -l\n"
        verbatim: "   ```\n"
        prose: "2. And:\n"
        verbatim: "   - ```js\n"
        code javascript: "     f()\n"
        verbatim: "     ```\n"
    "#]],
    );
    check(
        "```klingon\nqapla\n```\n```text\nJust a sentence of words here.\n```\n",
        &expect![[r#"
        verbatim: "```klingon\n"
        code: "qapla\n"
        verbatim: "```\n```text\n"
        prose: "Just a sentence of words here.\n"
        verbatim: "```\n"
    "#]],
    );
    check(
        "```json\n{\"a\": 1}\n```\n```diff\n-a\n+b\n```\n```console\n$ ls\n```\n",
        &expect![[r#"
        verbatim: "```json\n"
        json: "{\"a\": 1}\n"
        verbatim: "```\n```diff\n"
        diff: "-a\n+b\n"
        verbatim: "```\n```console\n"
        log: "$ ls\n"
        verbatim: "```\n"
    "#]],
    );
    check(
        "Open:\n```rust\nfn a() {}\n",
        &expect![[r#"
        prose: "Open:\n"
        verbatim: "```rust\n"
        code rust: "fn a() {}\n"
    "#]],
    );
    check(
        "a ``` b\n``` not ` a fence\n",
        &expect![[r#"
        prose: "a ``` b\n``` not ` a fence\n"
    "#]],
    );
}

#[test]
fn a_fence_without_a_tag_is_judged_by_its_content() {
    check(
        "```\n{\"a\": 1}\n```\n",
        &expect![[r#"
        verbatim: "```\n"
        json: "{\"a\": 1}\n"
        verbatim: "```\n"
    "#]],
    );
    check(
        "```\nsrc/\n  main.rs\n```\n",
        &expect![[r#"
        verbatim: "```\n"
        code: "src/\n  main.rs\n"
        verbatim: "```\n"
    "#]],
    );
    check(
        "```\nimport os\ndef f(x):\n    return os.getcwd()\n```\n",
        &expect![[r#"
        verbatim: "```\n"
        code python: "import os\ndef f(x):\n    return os.getcwd()\n"
        verbatim: "```\n"
    "#]],
    );
}

#[test]
fn front_matter_is_verbatim() {
    check(
        "---\ntitle: A\ntags: [b]\n---\n# Head\n",
        &expect![[r##"
        verbatim: "---\ntitle: A\ntags: [b]\n---\n"
        prose: "# Head\n"
    "##]],
    );
    check(
        "+++\ntitle = \"A\"\n+++\nText.\n",
        &expect![[r#"
        verbatim: "+++\ntitle = \"A\"\n+++\n"
        prose: "Text.\n"
    "#]],
    );
    check(
        "---\n\nNo front matter.\n",
        &expect![[r#"
        prose: "---\n\nNo front matter.\n"
    "#]],
    );
}

#[test]
fn data_between_paragraphs() {
    check(
        "Sizes:\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\nEnd.\n",
        &expect![[r#"
        prose: "Sizes:\n\n"
        table: "| a | b |\n|---|:-:|\n| 1 | 2 |\n"
        prose: "\nEnd.\n"
    "#]],
    );
    check(
        "The answer was:\n{\n  \"a\": [1, 2],\n  \"b\": \"}\"\n}\nThen [a link](http://x.y) and [1].\n",
        &expect![[r#"
        prose: "The answer was:\n"
        json: "{\n  \"a\": [1, 2],\n  \"b\": \"}\"\n}\n"
        prose: "Then [a link](http://x.y) and [1].\n"
    "#]],
    );
    check(
        "{\"n\": 1}\n{\"n\": 2}\n",
        &expect![[r#"
        json: "{\"n\": 1}\n{\"n\": 2}\n"
    "#]],
    );
    check(
        "Seen:\n2025-11-22 09:59:41 INFO a\n2025-11-22 09:59:42 WARN b\n  more of b\n2025-11-22 09:59:43 INFO c\nThat is all.\n",
        &expect![[r#"
            prose: "Seen:\n"
            log: "2025-11-22 09:59:41 INFO a\n2025-11-22 09:59:42 WARN b\n  more of b\n2025-11-22 09:59:43 INFO c\n"
            prose: "That is all.\n"
        "#]],
    );
    check(
        "INFO only one line.\n\nText.\n",
        &expect![[r#"
        prose: "INFO only one line.\n\nText.\n"
    "#]],
    );
    check(
        "Look:\n\ndiff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\nEnd of it.\n",
        &expect![[r#"
            prose: "Look:\n\n"
            diff: "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
            prose: "\nEnd of it.\n"
        "#]],
    );
    check(
        "Text\n<!-- a\ncomment -->\nmore <!-- inline --> text\n<!-- open\n",
        &expect![[r#"
        prose: "Text\n"
        verbatim: "<!-- a\ncomment -->\n"
        prose: "more <!-- inline --> text\n<!-- open\n"
    "#]],
    );
}

#[test]
fn stack_traces_of_every_language() {
    check(
        "It fails:\n\nTraceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n    f()\nValueError: no\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"b.py\", line 2, in g\nKeyError: 'x'\nWhy?\n",
        &expect![[r#"
            prose: "It fails:\n\n"
            stacktrace: "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n    f()\nValueError: no\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"b.py\", line 2, in g\nKeyError: 'x'\n"
            prose: "Why?\n"
        "#]],
    );
    check(
        "Exception in thread \"main\" java.lang.Error: x\n\tat a.B.c(B.java:3)\n\tat a.D.e(D.java:4)\nCaused by: y\n\t... 3 more\nHelp.\n",
        &expect![[r#"
        stacktrace: "Exception in thread \"main\" java.lang.Error: x\n\tat a.B.c(B.java:3)\n\tat a.D.e(D.java:4)\nCaused by: y\n\t... 3 more\n"
        prose: "Help.\n"
    "#]],
    );
    check(
        "TypeError: x is not a function\n    at run (/a/b.js:1:2)\n    at /a/c.js:3:4\n",
        &expect![[r#"
        stacktrace: "TypeError: x is not a function\n    at run (/a/b.js:1:2)\n    at /a/c.js:3:4\n"
    "#]],
    );
    check(
        "thread 'main' panicked at src/main.rs:2:5:\nboom\nnote: run with `RUST_BACKTRACE=1`\nstack backtrace:\n   0: core::f\n             at /rustc/x.rs:1:2\nSo.\n",
        &expect![[r#"
        stacktrace: "thread 'main' panicked at src/main.rs:2:5:\nboom\nnote: run with `RUST_BACKTRACE=1`\nstack backtrace:\n   0: core::f\n             at /rustc/x.rs:1:2\n"
        prose: "So.\n"
    "#]],
    );
    check(
        "panic: oh\n\ngoroutine 1 [running]:\nmain.main()\n\t/a/main.go:5 +0x1d\nexit status 2\n\nHm.\n",
        &expect![[r#"
        stacktrace: "panic: oh\n\ngoroutine 1 [running]:\nmain.main()\n\t/a/main.go:5 +0x1d\nexit status 2\n"
        prose: "\nHm.\n"
    "#]],
    );
}

#[test]
fn code_that_no_fence_announces() {
    check(
        "Call it:\n\n    import os\n    print(os.name)\n\nDone with it.\n",
        &expect![[r#"
        prose: "Call it:\n\n"
        code: "    import os\n    print(os.name)\n"
        prose: "\nDone with it.\n"
    "#]],
    );
    check(
        "- item\n\n    This text goes on with the item.\n",
        &expect![[r#"
        prose: "- item\n\n    This text goes on with the item.\n"
    "#]],
    );
    check(
        "I wrote this function:\n\ndef add(a, b):\n    \"\"\"The sum of both.\"\"\"\n    return a + b\n\nIt does not work as it should.\n",
        &expect![[r#"
        prose: "I wrote this function:\n\n"
        code python: "def add(a, b):\n    \"\"\"The sum of both.\"\"\"\n    return a + b\n"
        prose: "\nIt does not work as it should.\n"
    "#]],
    );
    check(
        "def add(a, b):\n    # Adds them up for the caller.\n    return a + b\n",
        &expect![[r#"
        code python: "def add(a, b):\n    # Adds them up for the caller.\n    return a + b\n"
    "#]],
    );
    check(
        "$ npm install\n",
        &expect![[r#"
        code bash: "$ npm install\n"
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
        > "more of it that is long enough to have been wrapped"
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
