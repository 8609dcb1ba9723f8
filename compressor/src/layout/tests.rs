#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::fmt::Write;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::segment::segments;

const TOKENIZER: Tokenizer = Tokenizer::O200kBase;

/// The whole text laid out, folds in `⟦⟧`.
fn check(text: &str, expect: &Expect) {
    let mut out = String::new();
    for segment in segments(text, None) {
        for part in parts(text, &segment) {
            match part {
                Part::Fixed { text, .. } => out.push_str(&text),
                Part::Fold { text, .. } => {
                    let _ = write!(out, "⟦{text}⟧");
                }
                Part::Rewritten(_) | Part::Prose(_) => unreachable!("layout changes layout alone"),
            }
        }
    }
    expect.assert_eq(&out.replace('\r', "␍"));
}

/// The parts of a segment, after checks that hold for every segment.
fn parts(text: &str, segment: &Segment) -> Vec<Part> {
    let parts = draft(text, segment, TOKENIZER);
    let mut at = segment.range.start;
    for part in &parts {
        let source = part.source();
        assert_eq!(source.start, at, "parts tile the segment: {parts:?}");
        assert!(source.end > at, "no empty part: {parts:?}");
        at = source.end;
        if let Part::Fixed { source, text: new } = part {
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(visible(new), visible(&text[source.clone()]));
        }
    }
    assert_eq!(at, segment.range.end);
    parts
}

fn laid_out(text: &str, kind: Kind) -> String {
    let segment = Segment { range: 0..text.len(), kind };
    let mut out = String::new();
    for part in parts(text, &segment) {
        if let Part::Fixed { text, .. } | Part::Fold { text, .. } = part {
            out.push_str(&text);
        }
    }
    out
}

const KINDS: [Kind; 10] = [
    Kind::Prose,
    Kind::Verbatim,
    Kind::Data(Format::Json),
    Kind::Data(Format::Table),
    Kind::Data(Format::Delimited),
    Kind::Data(Format::Log),
    Kind::Data(Format::Output),
    Kind::Data(Format::StackTrace),
    Kind::Data(Format::Diff),
    Kind::Data(Format::Session),
];

#[test]
fn blank_lines_and_spaces_become_one() {
    check(
        "\n\n# Head   line  \n\n\n\nText  with   gaps.\t\n \t\n\nEnd",
        &expect![[r#"

        # Head line

        Text with gaps.

        End"#]],
    );
    check(
        "a  b\r\n\r\n\r\nc  \r\n",
        &expect![[r#"
        a b␍
        ␍
        c␍
    "#]],
    );
    check(
        "- one\n    - two   deep\n\ncol\t\tcol  \t end\n",
        &expect![[r#"
        - one
            - two deep

        col		col  	 end
    "#]],
    );
}

#[test]
fn a_break_of_markdown_stays() {
    check(
        "Rose    \nred  \n\nviolet  \n",
        &expect![[r#"
        Rose  
        red

        violet
    "#]],
    );
}

#[test]
fn spaces_within_quotes_stay() {
    check(
        "Say  \"a  b\"  and  `c  d`  or  'e  f'  don't  “g  h”  i  \"open  end\n",
        &expect![[r#"
        Say "a  b" and `c  d` or 'e  f' don't “g  h” i "open  end
    "#]],
    );
}

#[test]
fn tables_lose_their_padding() {
    check(
        "| Name      | Size  |\n|:----------|------:|\n| `a  b`    |   10  |\n| c \\| d   |       |\n",
        &expect![[r#"
            |Name|Size|
            ⟦|:-|-:|
            ⟧|`a  b`|10|
            |c \| d||
        "#]],
    );
    assert_eq!(laid_out("a|\r\r\n", Kind::Data(Format::Table)), "a|\r\r\n");
    check(
        "Name   | Size\n-------|-----\nreport | 10\n",
        &expect![[r#"
        Name|Size
        ⟦-|-
        ⟧report|10
    "#]],
    );
}

#[test]
fn json_is_minified_and_nothing_else() {
    check(
        "{\n  \"b\": [1.50, -0e+2, null],\n  \"a  b\": \"c  \\\" d\",\n  \"b\": {}\n}\n",
        &expect![[r#"
        {"b":[1.50,-0e+2,null],"a  b":"c  \" d","b":{}}
    "#]],
    );
    check(
        "{\"a\": 1}\r\n{\"a\":  2}",
        &expect![[r#"
        {"a":1}␍
        {"a":2}"#]],
    );
    assert_eq!(laid_out("{ \"a\": }", Kind::Data(Format::Json)), "{ \"a\": }");
    let deep = format!("{} {}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(laid_out(&deep, Kind::Data(Format::Json)), deep.replace(' ', ""));
}

#[test]
fn repeated_lines_are_folded_with_their_count() {
    check(
        "2025-11-22 09:59:41 WARN timed out\n2025-11-22 09:59:41 WARN timed out\n2025-11-22 09:59:41 WARN timed out  \n2025-11-22 09:59:43 INFO up\n",
        &expect![[r#"
            2025-11-22 09:59:41 WARN timed out⟦ (×3)
            ⟧2025-11-22 09:59:43 INFO up
        "#]],
    );
    check(
        "RecursionError: x\n  at f (/a/b.js:1:2)\n  at g (/a/b.js:3:4)\n  at f (/a/b.js:1:2)\n  at g (/a/b.js:3:4)\n  at f (/a/b.js:1:2)\n  at g (/a/b.js:3:4)\n  at h (/a/b.js:5:6)\n",
        &expect![[r#"
            RecursionError: x
              at f (/a/b.js:1:2)
              at g (/a/b.js:3:4)⟦ (last 2 lines ×3)
            ⟧  at h (/a/b.js:5:6)
        "#]],
    );
    check(
        "The same sentence here.\n\nThe same sentence here.\n\nThe same sentence here.\n",
        &expect![[r#"
        The same sentence here.⟦ (×3)
        ⟧"#]],
    );
    check("The same sentence here.\nThe same sentence here.", &expect!["The same sentence here.⟦ (×2)⟧"]);
    check(
        "one two three\nfour five six\none two three\nfour five six\nseven\none two three\nfour five six\none two three\nfour five six\nseven",
        &expect![[r#"
        one two three
        four five six
        one two three
        four five six
        seven⟦ (last 5 lines ×2)⟧"#]],
    );
}

#[test]
fn a_fold_that_saves_nothing_is_not_made() {
    check(
        "-\n-\nno\nno\n",
        &expect![[r#"
        -
        -
        no
        no
    "#]],
    );
}

#[test]
fn diffs_traces_and_code_keep_their_lines() {
    check(
        "@@ -1,3 +1,3 @@\n a  b\n-c   \n+c\n d\n",
        &expect![[r#"
        @@ -1,3 +1,3 @@
         a  b
        -c   
        +c
         d
    "#]],
    );
    check(
        "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    x = {'a':  1}\nValueError: a  b\n",
        &expect![[r#"
        Traceback (most recent call last):
          File "a.py", line 1, in f
            x = {'a':  1}
        ValueError: a  b
    "#]],
    );
    check(
        "```py\nx  =  1   \n\n\n\ny = 2\n```\n",
        &expect![[r#"
        ```py
        x  =  1   



        y = 2
        ```
    "#]],
    );
}

#[test]
fn sessions_keep_what_was_typed() {
    check(
        "```console\n$ echo 'a  b'   \nsame line here\nsame line here\nsame line here\n\n\n$ run  --x \\ \n```\n",
        &expect![[r#"
            ```console
            $ echo 'a  b'
            same line here⟦ (×3)
            ⟧
            $ run  --x \ 
            ```
        "#]],
    );
}

#[test]
fn a_large_log_is_few_parts() {
    let mut log = String::new();
    for second in 0..20_000 {
        let _ = writeln!(
            log,
            "2025-11-22 {:02}:{:02}:{:02} INFO served request {second}",
            second / 3600,
            second / 60 % 60,
            second % 60
        );
    }
    let segments = segments(&log, None);
    assert_eq!(segments.len(), 1);
    assert_eq!(parts(&log, &segments[0]).len(), 1);
}

/// Texts with many repeats, gaps and marks.
fn repetitive() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "alpha beta gamma\n",
        "alpha beta gamma\n",
        "delta epsilon\n",
        "alpha beta gamma  \n",
        "x\n",
        "\n",
        "\r\n",
        "  ",
        "\t",
        "| a  | b |\n",
        "|--|:-:|\n",
        "{\"a\": [1,  2]}\n",
        "\"",
        "'",
        "`",
        "é ",
        "日",
        "alpha beta gamma (×2)\n",
        "  - one two three four\n",
        "2025-11-22 09:59:41 started the  thing\n",
        "\\",
        "|",
        "\u{2028}",
        "-",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn parts_tile_any_segment_and_keep_its_bytes(text in "(?s).{0,80}") {
        for kind in KINDS {
            laid_out(&text, kind);
        }
    }

    #[test]
    fn layout_is_idempotent(text in repetitive()) {
        for kind in KINDS {
            let once = laid_out(&text, kind);
            let twice = laid_out(&once, kind);
            prop_assert_eq!(&once, &twice, "{:?} of {:?}", kind, text);
        }
    }

    #[test]
    fn never_longer(text in repetitive()) {
        for kind in KINDS {
            let result = laid_out(&text, kind);
            prop_assert!(result.len() <= text.len(), "{:?}: {:?} -> {:?}", kind, text, result);
            prop_assert!(TOKENIZER.count(&result) <= TOKENIZER.count(&text), "{:?}: {:?} -> {:?}", kind, text, result);
        }
    }
}
