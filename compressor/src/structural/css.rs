//! CSS: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::check;
use super::rendering::{bounds, safe};
use crate::language::Language;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn golden(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("css", text));
}

fn same(original: &str, result: &str) -> bool {
    check(original, result, Language::from_name("css").expect("a known language")).is_ok()
}

#[test]
fn spaces_that_part_selectors_and_values_stay() {
    golden(
        include_str!("samples/sample.css"),
        expect![[r#"
        parsed: 373 tokens
        all words: 320
        @charset "UTF-8";
        /*!
        * Theme 1.2 | MIT License
        */
        /* Colours of the theme, which every component reads; a dark variant replaces them below. */
        :root {
         --accent: #3366ff;
         --gap:8px; /* never less than 4px */
        }
        .header,.header > .title:not(.wide):hover::before {
         color : var(--accent, blue)!important;
         margin:0 -5px 1px -2px;
         width: calc(100% - (2 * var(--gap)));
         background:url("a  b.png") no-repeat, linear-gradient(to right, #fff 0%, rgba(0,0,0,.5) 100%);
         content:"a  /* b */  \"";
        }

        a { color:red }
        /* stylelint-disable-next-line */
        div .item + .item ~ li:nth-child(2n + 1 ) > a[href^="http"] {font-weight:bold/* as is */;}

        @media screen and (min-width:640px) and (orientation: landscape), print {
         /* TODO: smaller margins */
         .grid {
          display:grid;
          grid-template-areas:"head head" "side main";
         }
        }

        @keyframes fade {
         from { opacity:0 }
         50% { opacity:.5 }
         to { opacity:1 }
        }

        @supports not (display:grid){.grid { float:left}}
        @font-face {
         font-family:"Some Font";
         src: local("Some Font"), url(font.woff2) format("woff2");
        }

        ----
        no words: 293
        @charset "UTF-8";
        /*!
        * Theme 1.2 | MIT License
        */
        :root {
         --accent: #3366ff;
         --gap:8px;
        }
        .header,.header > .title:not(.wide):hover::before {
         color : var(--accent, blue)!important;
         margin:0 -5px 1px -2px;
         width: calc(100% - (2 * var(--gap)));
         background:url("a  b.png") no-repeat, linear-gradient(to right, #fff 0%, rgba(0,0,0,.5) 100%);
         content:"a  /* b */  \"";
        }

        a { color:red }
        /* stylelint-disable-next-line */
        div .item + .item ~ li:nth-child(2n + 1 ) > a[href^="http"] {font-weight:bold/* as is */;}

        @media screen and (min-width:640px) and (orientation: landscape), print {
         /* TODO: smaller margins */
         .grid {
          display:grid;
          grid-template-areas:"head head" "side main";
         }
        }

        @keyframes fade {
         from { opacity:0 }
         50% { opacity:.5 }
         to { opacity:1 }
        }

        @supports not (display:grid){.grid { float:left}}
        @font-face {
         font-family:"Some Font";
         src: local("Some Font"), url(font.woff2) format("woff2");
        }

    "#]],
    );
}

#[test]
fn at_safe_comments_and_lines_stay() {
    expect![[r#"
        /* a */

        a,
         b {
         c: d; /* e */
          }
    "#]]
    .assert_eq(&safe("css", "/* a */\n\n\na,\n  b {\n    c: d;  /* e */\n\t}\n"));
}

#[test]
fn a_comment_that_parts_without_a_space_stays() {
    golden(
        "a/* b */.c {\n  d: 1px/* e */2px;\n}\n.f /* g */.h /* i */ {}\n",
        expect![[r#"
        parsed: 30 tokens
        all words: 27
        a/* b */.c { d:1px/* e */2px;}
        .f /* g */ .h /* i */ {}

        ----
        no words: 21
        a/* b */.c { d:1px/* e */2px;}
        .f .h {}

    "#]],
    );
}

#[test]
fn what_is_no_comment_stays() {
    golden(
        "a {\n  // b: c;\n  d: e;\n}\n",
        expect![[r#"
        parsed: 14 tokens
        all words: 11
        a {
         // b: c;
         d:e;
        }

        ----
        no words: 11
        a {
         // b: c;
         d:e;
        }

    "#]],
    );
}

#[test]
fn white_space_that_means_something_is_compared() {
    assert!(same("a , b > c{d : e;}", "a,b > c{\nd :e;\n}"));
    assert!(same("a /* x */ b{}", "a b{}"));
    assert!(!same("a .b{}", "a.b{}"));
    assert!(!same("a{b:1px -2px;}", "a{b:1px-2px;}"));
    assert!(!same("a{b:c(1px + 2px);}", "a{b:c(1px +2px);}"));
    assert!(!same("@media a and (b:c){}", "@media a and(b:c){}"));
    assert!(!same("a{b:\"c  d\";}", "a{b:\"c d\";}"));
    assert!(!same("a/* b */.c{}", "a .c{}"));
    assert!(!same("a{--b: ;}", "a{--b:;}"));
}
