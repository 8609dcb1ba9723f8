//! TOML: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::check;
use super::rendering::{bounds, safe, skeleton};
use crate::language::Language;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn golden(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("toml", text));
}

fn same(original: &str, result: &str) -> bool {
    check(original, result, Language::from_name("toml").expect("a known language")).is_ok()
}

#[test]
fn lines_of_tables_stay_and_lines_of_arrays_go() {
    golden(
        include_str!("samples/sample.toml"),
        expect![[r#"
        parsed: 143 tokens
        all words: 120
        # Configuration of the build, read by the tool at its start.
        title="Example" # the title

        [package]
        name="x"
        authors=["A  B", # first
         "C",]
        date=1979-05-27 07:32:00
        text = """
          a
           b
        """
        lit = '''c:\  d'''

         [package.metadata]
         a.b={x=1,y=[1,2]}
        # Dependencies that matter for the build.
        [[bin]]
        name="y"
        "quoted key"=1
        [[bin]]
        name="z"

        ----
        no words: 90
        title="Example"

        [package]
        name="x"
        authors=["A  B","C",]
        date=1979-05-27 07:32:00
        text = """
          a
           b
        """
        lit = '''c:\  d'''

         [package.metadata]
         a.b={x=1,y=[1,2]}
        [[bin]]
        name="y"
        "quoted key"=1
        [[bin]]
        name="z"

    "#]],
    );
}

#[test]
fn at_safe_comments_and_lines_stay() {
    expect![[r##"
        # Configuration of the build, read by the tool at its start.
        title = "Example" # the title

        [package]
        name = "x"
        authors = [
         "A  B", # first
         "C",
        ]
        date = 1979-05-27 07:32:00
        text = """
          a
           b
        """
        lit = '''c:\  d'''

         [package.metadata]
         a . b = { x = 1, y = [1,2] }

        # Dependencies that matter for the build.
        [[bin]]
        name = "y"
        "quoted key" = 1
        [[bin]]
        name = "z"
    "##]]
    .assert_eq(&safe("toml", include_str!("samples/sample.toml")));
}

#[test]
fn a_skeleton_says_what_went() {
    expect![[r#"
        title="Example" # the title

        [package]
        name="x"
        authors=["A  B", # first
         "C",]
        date=1979-05-27 07:32:00
        text = """
          a
           b
        """
        lit = '''c:\  d'''

         [package.metadata]
         a.b={x=1,y=[1,2]}
        # Dependencies that matter for the build.
        [[bin]]
        name="y"
        "quoted key"=1
        [[bin]]
        name="z"
    "#]]
    .assert_eq(&skeleton("toml", include_str!("samples/sample.toml")));
}

#[test]
fn what_means_something_is_compared() {
    assert!(same("a = [\n  1, # b\n  2,\n]\n", "a=[1,2,]\n"));
    assert!(!same("a = \"b  c\"\n", "a=\"b c\"\n"));
    assert!(!same("a = \"\"\"\n b\n\"\"\"\n", "a = \"\"\"\nb\n\"\"\"\n"));
    assert!(!same("a = 1\n[b]\nc = 2\n", "[b]\na = 1\nc = 2\n"));
    assert!(!same("a.b = 1\n", "ab = 1\n"));
}
