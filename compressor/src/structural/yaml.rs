//! YAML: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::check;
use super::rendering::{bounds, safe, skeleton};
use crate::language::Language;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn golden(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("yaml", text));
}

fn same(original: &str, result: &str) -> bool {
    check(original, result, Language::from_name("yaml").expect("a known language")).is_ok()
}

#[test]
fn indentation_and_scalars_stay() {
    golden(
        include_str!("samples/sample.yaml"),
        expect![[r#"
        parsed: 204 tokens
        all words: 199
        # yaml-language-server: $schema=https://example.org/schema.json
        # This file describes the services which are started together
        version: "3" # the version of the format

        anchors:
          base: &base
            image: a

            env: [ A, B , "c d"]
        services:
        - name: web
          <<: *base
          ports: { a: 1, b: 2 }
          script: |
            echo   a  

              # not a comment
            b
          # comment between
          folded: >-
            one
            two

          keep: |
            x

          next: plain text
            that goes on
          quoted: "a
             b  c"
        -   - nested
            - other
        - ? complex
          : value
        ---
        second: !tag doc
        list:
            - a
            # in list
            - b: c
              d: e
        ...

        ----
        no words: 171
        # yaml-language-server: $schema=https://example.org/schema.json
        version: "3"

        anchors:
          base: &base
            image: a

            env: [ A, B , "c d"]
        services:
        - name: web
          <<: *base
          ports: { a: 1, b: 2 }
          script: |
            echo   a  

              # not a comment
            b
          folded: >-
            one
            two

          keep: |
            x

          next: plain text
            that goes on
          quoted: "a
             b  c"
        -   - nested
            - other
        - ? complex
          : value
        ---
        second: !tag doc
        list:
            - a
            - b: c
              d: e
        ...

    "#]],
    );
}

#[test]
fn at_safe_comments_and_lines_stay() {
    expect![[r##"
        # yaml-language-server: $schema=https://example.org/schema.json
        # This file describes the services which are started together
        version: "3" # the version of the format

        anchors:
          base: &base
            image: a

            env: [ A, B , "c d" ]
        services:
        - name: web
          <<: *base
          ports: { a: 1, b: 2 }
          script: |
            echo   a  

              # not a comment
            b
          # comment between
          folded: >-
            one
            two

          keep: |
            x

          next: plain text
            that goes on
          quoted: "a
             b  c"
        -   - nested
            - other
        - ? complex
          : value
        ---
        second: !tag doc
        list:
            - a
            # in list
            - b: c
              d: e
        ...
    "##]]
    .assert_eq(&safe("yaml", include_str!("samples/sample.yaml")));
}

#[test]
fn a_skeleton_says_what_went() {
    expect![[r##"
        # This file describes the services which are started together
        version: "3" # the version of the format

        anchors:
          base: &base
            image: a

            env: [ A, B , "c d"]
        services:
        - name: web
          <<: *base
          ports: { a: 1, b: 2 }
          script: |
            echo   a  

              # not a comment
            b
          # comment between
          folded: >-
            one
            two

          keep: |
            x

          next: plain text
            that goes on
          quoted: "a
             b  c"
        -   - nested
            - other
        - ? complex
          : value
        ---
        second: !tag doc
        list:
            - a
            # in list
            - b: c
              d: e
        ...
    "##]]
    .assert_eq(&skeleton("yaml", include_str!("samples/sample.yaml")));
}

#[test]
fn blank_lines_below_a_scalar_stay() {
    golden(
        "a: |\n  b\n\n\nc: d\n\n\ne: f\n",
        expect![[r#"
        parsed: 14 tokens
        all words: 14
        a: |
          b


        c: d

        e: f

        ----
        no words: 14
        a: |
          b


        c: d

        e: f

    "#]],
    );
}

#[test]
fn a_scalar_that_keeps_its_blank_lines_is_left_alone() {
    golden(
        "a:   |+\n  b\n\n\nc: d\n",
        expect![[r#"
            passed through: no layout is certain to leave it the same: 12 tokens
            all words: 12
            a:   |+
              b


            c: d

            ----
            no words: 12
            a:   |+
              b


            c: d

        "#]],
    );
}

#[test]
fn what_means_something_is_compared() {
    assert!(same("a:   b  # c\n\n\nd: e\n", "a: b\nd: e\n"));
    assert!(!same("a:\n  b: c\n", "a:\nb: c\n"));
    assert!(!same("a: |\n  b\n   c\n", "a: |\n  b\n  c\n"));
    assert!(!same("a: b\n  c\n", "a: b c\n"));
    assert!(!same("a: \"b  c\"\n", "a: \"b c\"\n"));
    assert!(!same("a:b\n", "a: b\n"));
    assert!(!same("a: b#c\n", "a: b\n"));
}

#[test]
fn a_text_that_begins_within_a_block_keeps_its_margin() {
    golden(
        "  # comment between them all\n  folded: >-\n    two\n\n  keep: |\n    three\n",
        expect![[r#"
        parsed: 22 tokens
        all words: 22
          # comment between them all
          folded: >-
            two

          keep: |
            three

        ----
        no words: 15
          folded: >-
            two

          keep: |
            three

    "#]],
    );
}
