use super::*;
use crate::language::Language;

/// Whether a text passes in which the pieces in `⟦⟧` of the original went, and what stands in `⟦⟧` of the result says so.
pub(in crate::structural::check) fn passes(language: &str, original: &str, result: &str) -> bool {
    let syntax = Language::from_name(language).and_then(|language| language.0.syntax).expect("a row with a grammar");
    let (original, gone) = marked(original);
    let (result, marks) = marked(result);
    let elisions: Vec<Elision<'_>> =
        gone.into_iter().zip(marks).map(|(range, mark)| Elision { range, text: &result[mark] }).collect();
    let tree = parse::parse(&original, syntax).expect("a short text");
    check_elided(&original, &tree, &result, syntax, &elisions).is_ok()
}

fn marked(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut plain, mut ranges) = (String::new(), Vec::new());
    for piece in text.split('⟦') {
        if let Some((inner, rest)) = piece.split_once('⟧') {
            ranges.push(plain.len()..plain.len() + inner.len());
            plain.push_str(inner);
            plain.push_str(rest);
        } else {
            plain.push_str(piece);
        }
    }
    (plain, ranges)
}

#[test]
fn what_is_announced_may_go() {
    assert!(passes("rust", "fn f(a: u8) -> u8 {⟦\n a\n⟧}\nfn g() {}\n", "fn f(a:u8)->u8{⟦ /* 1 line */ ⟧}\nfn g() {}"));
    assert!(passes("python", "def f():⟦\n    a()\n    return 1\n⟧\nx = 1\n", "def f():⟦ ... # 2 lines\n⟧x=1\n"));
    assert!(passes(
        "python",
        "def f():\n    'Doc.'⟦\n    a()\n    return 1\n⟧\nx = 1\n",
        "def f():\n 'Doc.'⟦\n ... # 2 lines\n⟧x=1\n"
    ));
    assert!(passes("python", "import a\n⟦b()\nc()\n⟧x = 1\n", "import a\n⟦# 2 lines\n⟧x=1\n"));
    assert!(passes("typescript", "const f = (a) => {⟦ return a; ⟧};", "const f=(a)=>{⟦ /* 1 line */ ⟧};"));
}

#[test]
fn what_is_not_announced_is_found() {
    // Another number of lines, no announcement, or one in another place.
    assert!(!passes("rust", "fn f() {⟦\n a;\n b;\n⟧}", "fn f() {⟦ /* 3 lines */ ⟧}"));
    assert!(!passes("rust", "fn f() {⟦\n a;\n b;\n⟧}", "fn f() {⟦ ⟧}"));
    assert!(!passes("rust", "fn f() {⟦ a ⟧}\nfn g() {}", "fn f() {}\nfn g() {⟦ /* 1 line */ ⟧}"));
    // More went than was told, or other code came.
    assert!(!passes("rust", "fn f() {⟦ a; ⟧b;}", "fn f() {⟦ /* 1 line */ ⟧}"));
    assert!(!passes("rust", "fn f() {⟦ a; ⟧}", "fn f() { c;⟦ /* 1 line */ ⟧}"));
    assert!(!passes("python", "def f():⟦\n  a\n⟧\n", "def f():⟦ ... # 1 line\n⟧\n...\n"));
    assert!(!passes("python", "def f():⟦\n  a\n⟧\n", "def f():⟦ pass # 1 line\n⟧\n"));
    // What does not parse.
    assert!(!passes("rust", "fn f() {⟦ a; ⟧}", "fn f() {⟦ /* 1 line */ ⟧"));
}

#[test]
fn signatures_are_whole() {
    assert!(!passes("rust", "fn f(⟦a: u8, ⟧b: u8) {}", "fn f(⟦/* 1 line */⟧ b: u8) {}"));
    assert!(!passes("rust", "⟦fn f() {}\n⟧fn g() {}", "⟦/* 1 line */ ⟧fn g() {}"));
    assert!(!passes("python", "⟦class A:\n  x = 1\n⟧y = 2\n", "⟦# 2 lines\n⟧y = 2\n"));
    // Within the body of another they may go with it.
    assert!(passes("rust", "fn f() {⟦ fn g() {} ⟧}", "fn f() {⟦ /* 1 line */ ⟧}"));
}
