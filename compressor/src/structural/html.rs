//! HTML: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::check::{check, check_elided};
use super::parse;
use super::rendering::{bounds, safe, skeleton};
use crate::language::Language;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn golden(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("html", text));
}

fn same(original: &str, result: &str) -> bool {
    check(original, result, Language::from_name("html").expect("a known language")).is_ok()
}

#[test]
fn words_stay_words_and_scripts_are_written_in_their_own_language() {
    golden(
        include_str!("samples/sample.html"),
        expect![[r#"
            parsed: 397 tokens
            all words: 320
            <!DOCTYPE html>
            <!-- Copyright 2024 The Authors. MIT License. -->
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>A page</title>
            <!--[if lt IE 9]><script src="x.js"></script><![endif]-->
            <link rel="stylesheet" href="a.css" media="print">
            <style>
            /* Header of the page */
            .header,.a { color : red;}
            </style>
            <script type="application/ld+json">
            { "@context":"https://schema.org", "@type":"Thing"}
            </script>
            <script type="text/template"><b>  {{ x }} </b>
              </script>
            </head>
            <body class="a b" data-x='1  2'>
            <!-- The main part of the page, where everything important is shown -->
            <main id="main">
            <h1>Hello, <b>big</b> world!</h1>
            <p>
            Some long text that goes on <i>here</i>,and <a href=/x/ >there</a>.&nbsp;Fine&amp;dandy
            <br/>
            <!-- inner -->
            more
            </p>
            <pre>
              keep   this
                <b>x</b>
                </pre>
            <textarea> a  b </textarea>
            <ul><li>One
            <li>Two</ul>
            <input disabled value = "a  b" >
            <div>block</div>
            </main>
            <script>
            function start(a,b){
             return a+b; // sum
            }
            start(1,2 );
            </script>
            </body>
            </html>

            ----
            no words: 293
            <!DOCTYPE html>
            <!-- Copyright 2024 The Authors. MIT License. -->
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>A page</title>
            <!--[if lt IE 9]><script src="x.js"></script><![endif]-->
            <link rel="stylesheet" href="a.css" media="print">
            <style>
            .header,.a { color : red;}
            </style>
            <script type="application/ld+json">
            { "@context":"https://schema.org", "@type":"Thing"}
            </script>
            <script type="text/template"><b>  {{ x }} </b>
              </script>
            </head>
            <body class="a b" data-x='1  2'>
            <main id="main">
            <h1>Hello, <b>big</b> world!</h1>
            <p>
            Some long text that goes on <i>here</i>,and <a href=/x/ >there</a>.&nbsp;Fine&amp;dandy
            <br/>
            more
            </p>
            <pre>
              keep   this
                <b>x</b>
                </pre>
            <textarea> a  b </textarea>
            <ul><li>One
            <li>Two</ul>
            <input disabled value = "a  b" >
            <div>block</div>
            </main>
            <script>
            function start(a,b){
             return a+b;
            }
            start(1,2 );
            </script>
            </body>
            </html>

        "#]],
    );
}

#[test]
fn at_safe_comments_and_lines_stay() {
    expect![[r#"
        <!DOCTYPE html>
        <!-- Copyright 2024 The Authors. MIT License. -->
        <html lang="en">
        <head>
         <meta charset="utf-8">
         <title>A page</title>
         <!--[if lt IE 9]><script src="x.js"></script><![endif]-->
         <link rel="stylesheet"
          href="a.css"
          media="print">
         <style>
        /* Header of the page */
        .header , .a {
         color : red;
        }
        </style>
         <script type="application/ld+json">
        { "@context": "https://schema.org",
         "@type": "Thing" }
        </script>
         <script type="text/template"><b>  {{ x }} </b>
          </script>
        </head>
        <body class="a b" data-x='1  2'>
         <!-- The main part of the page, where everything important is shown -->
         <main id="main">
          <h1>Hello, <b>big</b> world!</h1>
          <p>
           Some long text that
           goes on <i>here</i>,and <a href=/x/ >there</a>.&nbsp;Fine&amp;dandy
           <br/>
           <!-- inner --> more
          </p>
          <pre>
          keep   this
            <b>x</b>
            </pre>
          <textarea> a  b </textarea>
          <ul><li>One
           <li>Two</ul>
          <input disabled value = "a  b" >
          <div>block</div>
         </main>
         <script>
        // Starts it.
        function start( a, b ) {
         return a + b; // sum
        }
        start( 1, 2 );
        </script>
        </body>
        </html>
    "#]]
    .assert_eq(&safe("html", include_str!("samples/sample.html")));
}

#[test]
fn a_skeleton_says_what_went() {
    expect![[r#"
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>A page</title>
        <link rel="stylesheet" href="a.css" media="print">
        <style>
        /* Header of the page */
        .header,.a { color : red;}
        </style>
        <script type="application/ld+json">
        { "@context":"https://schema.org", "@type":"Thing"}
        </script>
        <script type="text/template"><b>  {{ x }} </b>
          </script>
        </head>
        <body class="a b" data-x='1  2'>
        <!-- The main part of the page, where everything important is shown -->
        <main id="main">
        <h1>Hello, <b>big</b> world!</h1>
        <p>
        Some long text that goes on <i>here</i>,and <a href=/x/ >there</a>.&nbsp;Fine&amp;dandy
        <br/>
        more
        </p>
        <pre>
          keep   this
            <b>x</b>
            </pre>
        <textarea> a  b </textarea>
        <ul><li>One
        <li>Two</ul>
        <input disabled value = "a  b" >
        <div>block</div>
        </main>
        <script>
        function start(a,b){
         return a+b; // sum
        }
        start(1,2 );
        </script>
        </body>
        </html>
    "#]]
    .assert_eq(&skeleton("html", include_str!("samples/sample.html")));
}

#[test]
fn a_comment_that_touches_words_stays() {
    golden(
        "<p>a<!-- b -->c <!-- d --> e</p><!-- f --><p>g</p>\n",
        expect![[r#"
        parsed: 22 tokens
        all words: 22
        <p>a<!-- b -->c <!-- d --> e</p><!-- f --><p>g</p>

        ----
        no words: 16
        <p>a<!-- b -->c e</p><p>g</p>

    "#]],
    );
}

#[test]
fn a_comment_between_words_is_layout() {
    let (original, skeleton) = ("<p>\n a\n <!-- b -->\n c <!-- d -->\n <!-- e --> f\n</p>\n", "<p>\na\nc f\n</p>\n");
    assert!(same(original, skeleton));
    assert!(!same(original, "<p>\na\ncf\n</p>\n"));
    assert!(!same(original, "<p>\na\nf\n</p>\n"));
    let language = Language::from_name("html").expect("a known language");
    let syntax = language.0.syntax.expect("a grammar");
    let tree = parse::parse(original, syntax).expect("it parses");
    assert_eq!(check_elided(original, &tree, skeleton, syntax, &[]), Ok(()));
}

#[test]
fn a_script_that_is_broken_keeps_its_lines() {
    golden(
        "<script>\n    function f( {\n      // a\n    </script>\n<b>  c\n   d</b>\n",
        expect![[r#"
        parsed: 25 tokens
        all words: 19
        <script>
        function f( {
         // a
        </script>
        <b> c d</b>

        ----
        no words: 19
        <script>
        function f( {
         // a
        </script>
        <b> c d</b>

    "#]],
    );
}

#[test]
fn half_a_script_is_left_alone() {
    golden(
        "  f();  // a\n  g()\n</script>\n<p>  b</p>\n",
        expect![[r#"
            passed through: no layout is certain to leave it the same: 20 tokens
            all words: 20
              f();  // a
              g()
            </script>
            <p>  b</p>

            ----
            no words: 20
              f();  // a
              g()
            </script>
            <p>  b</p>

        "#]],
    );
}

#[test]
fn what_means_something_is_compared() {
    assert!(same("<p>a\n  b <i>c</i></p>", "<p>a b <i>c</i></p>"));
    assert!(!same("<p>a <i>b</i></p>", "<p>a<i>b</i></p>"));
    assert!(!same("<p>a<i>b</i></p>", "<p>a <i>b</i></p>"));
    assert!(!same("<pre>a  b</pre>", "<pre>a b</pre>"));
    assert!(!same("<p style='white-space: pre'>a  b</p>", "<p style='white-space: pre'>a b</p>"));
    assert!(!same("<a b='c  d'>e</a>", "<a b='c d'>e</a>"));
    assert!(same("<script>\n  f( 1 ); // a\n</script>", "<script>f(1);</script>"));
    assert!(!same("<script>f( 1 );</script>", "<script>f(2);</script>"));
    assert!(!same("<script>a\n(b)</script>", "<script>a;(b)</script>"));
    assert!(same("<style>a { b: c }</style>", "<style>a{b:c}</style>"));
    assert!(!same("<style>a .b { c: d }</style>", "<style>a.b{c:d}</style>"));
    assert!(same(
        "<script type='application/json'>{ \"a\": 1 }</script>",
        "<script type='application/json'>{\"a\":1}</script>"
    ));
    assert!(!same("<script type='text/x'>a  b</script>", "<script type='text/x'>a b</script>"));
}
