//! One golden result for each kind of segment.

use std::fmt::Write;

use expect_test::expect;
use proptest::prelude::*;

use super::check;
use crate::segment::session;

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
            session: "$ ls\n"
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
fn marks_of_conflicts_stay_where_a_merge_was_not_settled() {
    check(
        "# A page\n\n<<<<<<< HEAD\nIt is red.\n=======\nIt is blue.\n>>>>>>> other\nThat is all.\n",
        &expect![[r##"
            prose: "# A page\n\n"
            verbatim: "<<<<<<< HEAD\n"
            prose: "It is red.\n"
            verbatim: "=======\n"
            prose: "It is blue.\n"
            verbatim: ">>>>>>> other\n"
            prose: "That is all.\n"
        "##]],
    );
    check(
        "A title\n=======\n\nIts text.\n",
        &expect![[r#"
        prose: "A title\n=======\n\nIts text.\n"
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
            session: "$ npm install\n"
        "#]],
    );
}

#[test]
fn sessions_are_found_by_their_prompts() {
    check(
        "Try it:\n\n>>> import os\n>>> for x in y:\n...     f(x)\n...\n1\n\n2\n\n>>> g\n3\n\nAnd so on.\n",
        &expect![[r#"
            prose: "Try it:\n\n"
            session: ">>> import os\n>>> for x in y:\n...     f(x)\n...\n1\n\n2\n\n>>> g\n3\n"
            prose: "\nAnd so on.\n"
        "#]],
    );
    check(
        "$ npm install\nadded 5 packages\n\nThen it runs.\n\n    root@host:~# ls\n    a  b\n\nEnd.\n",
        &expect![[r#"
            session: "$ npm install\nadded 5 packages\n"
            prose: "\nThen it runs.\n\n"
            session: "    root@host:~# ls\n    a  b\n"
            prose: "\nEnd.\n"
        "#]],
    );
    check(
        "```python\n>>> a\n1\n```\n```\n$ ls\nx\n```\n```bash\nls\n```\n```irb\nirb(main):001:0> 1\n=> 1\n```\n",
        &expect![[r#"
            verbatim: "```python\n"
            session: ">>> a\n1\n"
            verbatim: "```\n```\n"
            session: "$ ls\nx\n"
            verbatim: "```\n```bash\n"
            code bash: "ls\n"
            verbatim: "```\n```irb\n"
            session: "irb(main):001:0> 1\n=> 1\n"
            verbatim: "```\n"
        "#]],
    );
    check(
        ">>> Did you see the letter that I have sent to you?\n>> No.\n\nIt costs\n$ 100 and more.\n\n> $ ls\n",
        &expect![[r#"
            prose: ">>> Did you see the letter that I have sent to you?\n>> No.\n\nIt costs\n$ 100 and more.\n\n> $ ls\n"
        "#]],
    );
    check(
        "In [1]: x = 1\n\nIn [2]: x\nOut[2]: 1\n",
        &expect![[r#"
        session: "In [1]: x = 1\n\nIn [2]: x\nOut[2]: 1\n"
    "#]],
    );
}

fn shown_stretches(text: &str) -> String {
    let mut out = String::new();
    for stretch in session::stretches(text, 0..text.len()) {
        let _ = writeln!(out, "{} {:?}", if stretch.typed { '>' } else { ' ' }, &text[stretch.range]);
    }
    out
}

#[test]
fn what_was_typed_is_told_from_answers() {
    for (text, expected) in [
        (
            ">>> def f():\n...     return 1\n...\n>>> f()\n1\n... more\n",
            expect![[r#"
            > ">>> def f():\n...     return 1\n...\n>>> f()\n"
              "1\n... more\n"
        "#]],
        ),
        (
            "$ a \\\n  --b\nc\n> d\n$ e\n> f\n",
            expect![[r#"
            > "$ a \\\n  --b\n"
              "c\n> d\n"
            > "$ e\n> f\n"
        "#]],
        ),
        (
            "In [1]: if x:\n   ...:     y\n   ...: \nOut[1]: z\n",
            expect![[r#"
            > "In [1]: if x:\n   ...:     y\n   ...: \n"
              "Out[1]: z\n"
        "#]],
        ),
        (
            "me@host:~/a$ x\n[me@host a]# y\n(venv) $ z\nPS C:\\a> u\nC:\\a>v\nirb(main):001:1* w\nmysql> q\n    -> r;\n",
            expect![[r#"
                > "me@host:~/a$ x\n[me@host a]# y\n(venv) $ z\nPS C:\\a> u\nC:\\a>v\nirb(main):001:1* w\nmysql> q\n    -> r;\n"
            "#]],
        ),
        (
            "$ HOME=/x ls\n$100\n% a\n# b\n",
            expect![[r#"
                > "$ HOME=/x ls\n"
                  "$100\n"
                > "% a\n# b\n"
            "#]],
        ),
    ] {
        expected.assert_eq(&shown_stretches(text));
    }
}

proptest! {
    #[test]
    fn stretches_tile_a_session(text in "(>>> |\\.\\.\\. |\\$ |[a-z\\\\ é]{0,3}|\n|\r\n){0,30}") {
        let mut at = 0;
        for stretch in session::stretches(&text, 0..text.len()) {
            prop_assert_eq!(stretch.range.start, at);
            prop_assert!(stretch.range.end > at);
            at = stretch.range.end;
        }
        prop_assert_eq!(at, text.len());
    }
}
