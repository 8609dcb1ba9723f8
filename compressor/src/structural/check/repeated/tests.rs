use crate::structural::check::elided::tests::passes;

#[test]
fn repeats_may_be_told_by_the_first() {
    let original = "def f():\n    g(a, 1)\n⟦    g(b, 2)\n    g(c, 3)\n⟧    h()\n";
    let told = |mark: &str| passes("python", original, &format!("def f():\n g(a,1)\n⟦ # {mark}\n⟧ h()\n"));
    assert!(told("2 more, instead of a, 1: b, 2; c, 3"));
    assert!(told("2 more with: b, 2; c, 3"));
    assert!(passes("rust", "fn f() { g(1);⟦ g(2); g(3);⟧ }", "fn f(){g(1);⟦ /* 2 more with: 2; 3 */ ⟧}"));
    assert!(passes("lua", "g(1)⟦ g(2) g(3)⟧ h()", "g(1)⟦ --[[ 2 more with: 2; 3 ]] ⟧h()"));
    assert!(passes("typescript", "a = [[1], ⟦[2], [3]⟧]", "a=[[1],⟦ /* 2 more with: 2; 3 */ ⟧]"));
    // Another number, other values, values in another order or of another place, too few, too many, none.
    assert!(!told("3 more, instead of a, 1: b, 2; c, 3"));
    assert!(!told("1 more, instead of a, 1: b, 2; c, 3"));
    assert!(!told("2 more, instead of a, 1: b, 2; c, 4"));
    assert!(!told("2 more, instead of a, 1: c, 3; b, 2"));
    assert!(!told("2 more, instead of 1, a: b, 2; c, 3"));
    assert!(!told("2 more, instead of g, 1: b, 2; c, 3"));
    assert!(!told("2 more, instead of a: b; c"));
    assert!(!told("2 more with: b, 2"));
    assert!(!told("2 more with: b, 2; c, 3; d, 4"));
    assert!(!told("2 more with: b, 2, 2; c, 3, 3"));
    assert!(!told("2 more with: b; c"));
    assert!(!told("2 more with:"));
    assert!(!told("2 more"));
    // What is more than the values.
    let differs = |more: &str| {
        let original = format!("def f():\n    g(a, 1)\n⟦    g(b, 2)\n    {more}\n⟧    h()\n");
        !passes("python", &original, "def f():\n g(a,1)\n⟦ # 2 more, instead of a, 1: b, 2; c, 3\n⟧ h()\n")
    };
    assert!(!differs("g(c, 3)"));
    assert!(differs("g(c, 3, 4)"));
    assert!(differs("g(c, -3)"));
    assert!(differs("g(c, [3])"));
    assert!(differs("k(c, 3)"));
    assert!(differs("g(c, 3); g(c, 3)"));
    assert!(differs("g(c, 3)\n    k()"));
    assert!(differs("g(c, 3) # TODO"));
    assert!(differs("def g(c, 3): pass"));
}

#[test]
fn what_stays_must_be_whole() {
    // Nothing before it, or something else; it goes, too, or a part of it does.
    assert!(!passes("python", "⟦g(b)\ng(c)\n⟧h()\n", "⟦# 2 more with: b; c\n⟧h()\n"));
    assert!(!passes("python", "g(a)\nh()\n⟦g(b)\ng(c)\n⟧h()\n", "g(a)\nh()\n⟦# 2 more with: b; c\n⟧h()\n"));
    assert!(!passes("python", "⟦x()\ng(a)\n⟧⟦g(b)\ng(c)\n⟧h()\n", "⟦# 2 lines\n⟧⟦# 2 more with: b; c\n⟧h()\n"));
    // What has a name that others may look for.
    assert!(!passes(
        "python",
        "a = g(1)\n⟦b = g(2)\nc = g(3)\n⟧h()\n",
        "a = g(1)\n⟦# 2 more, instead of a, 1: b, 2; c, 3\n⟧h()\n"
    ));
    assert!(!passes(
        "rust",
        "fn f() { fn a() {}⟦ fn b() {} fn c() {}⟧ }",
        "fn f() { fn a() {}⟦ /* 2 more with: b; c */ ⟧}"
    ));
    assert!(!passes("rust", "fn f(a: A,⟦ b: B, c: C⟧) {}", "fn f(a: A,⟦ /* 2 more with: b, B; c, C */ ⟧) {}"));
    // In another place.
    assert!(!passes("python", "g(a)\n⟦g(b)\ng(c)\n⟧h()\nk()\n", "g(a)\nh()\n⟦# 2 more with: b; c\n⟧k()\n"));
}
