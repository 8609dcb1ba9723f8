use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn language(name: &str) -> Language {
    Language::from_name(name).expect("a row of the table")
}

/// Each symbol as `name: first line .. last line`, indented by its depth.
fn check(name: &str, text: &str, expected: &Expect) {
    let line = |at: usize| text[..at].bytes().filter(|&byte| byte == b'\n').count() + 1;
    let written: Vec<String> = symbols(text, language(name))
        .into_iter()
        .map(|symbol| {
            let Symbol { range, name, depth } = symbol;
            let first = text[range.clone()].lines().next().unwrap_or_default();
            let margin = "  ".repeat(depth);
            format!("{margin}{}: {}..{} `{first}`\n", &text[name], line(range.start), line(range.end))
        })
        .collect();
    expected.assert_eq(&written.concat());
}

#[test]
fn python_has_decorators_and_comments_above() {
    check(
        "python",
        "#!/usr/bin/env python3\nimport os\n\n# Far away.\n\n# About the class.\n@decorate\n@twice(1)\nclass A(B):\n    \"\"\"Doc.\"\"\"\n    \
         # About f.\n    def f(self):\n        x = 1\n        def inner():\n            return x\n        return inner\n\n    \
         @property\n    def g(self): return 1\n\nx = 1  # aside\nasync def h():\n    pass\n",
        &expect![[r"
            A: 6..19 `# About the class.`
              f: 11..16 `# About f.`
                inner: 14..15 `def inner():`
              g: 18..19 `@property`
            h: 22..23 `async def h():`
        "]],
    );
}

#[test]
fn rust_has_attributes_and_leaves_out_locals() {
    check(
        "rust",
        "//! The file.\n/// A point.\n#[derive(Clone)]\npub struct Point {\n    /// Across.\n    x: i32,\n    y: i32,\n}\n\n\
         impl Display for Point {\n    // Writes.\n    #[inline]\n    fn fmt(&self) -> i32 {\n        const LOCAL: i32 = 1;\n        \
         fn helper() {}\n        LOCAL\n    }\n}\n\nmod inner {\n    enum Way { Up, Down }\n    type Other = u8;\n}\n\
         macro_rules! make { () => {} }\n",
        &expect![[r"
            Point: 2..8 `/// A point.`
              x: 5..6 `/// Across.`
              y: 7..7 `y: i32`
            Point: 10..18 `impl Display for Point {`
              fmt: 11..17 `// Writes.`
                helper: 15..15 `fn helper() {}`
            inner: 20..23 `mod inner {`
              Way: 21..21 `enum Way { Up, Down }`
                Up: 21..21 `Up`
                Down: 21..21 `Down`
              Other: 22..22 `type Other = u8;`
            make: 24..24 `macro_rules! make { () => {} }`
        "]],
    );
}

#[test]
fn typescript_has_exports_and_decorators() {
    check(
        "typescript",
        "import { a } from 'a';\n\n/** A service. */\n@Injectable()\nexport class Service {\n  @Input() name: string;\n\n  \
         /** Runs. */\n  @Log\n  run(): void {\n    const local = 1;\n    const inner = () => { return local; };\n  }\n}\n\n\
         export const helper = (x: number) => x + 1;\nexport declare function f(): void;\ninterface Shape {\n  area: number;\n}\n\
         namespace N {\n  export type T = string;\n}\n",
        &expect![[r"
            Service: 3..14 `/** A service. */`
              name: 6..6 `@Input() name: string`
              run: 8..13 `/** Runs. */`
                inner: 12..12 `const inner = () => { return local; };`
            helper: 16..16 `export const helper = (x: number) => x + 1;`
            f: 17..17 `export declare function f(): void;`
            Shape: 18..20 `interface Shape {`
              area: 19..19 `area: number`
            T: 22..22 `export type T = string;`
        "]],
    );
}

#[test]
fn tsx_has_components() {
    check(
        "tsx",
        "type Props = { name: string };\n\n// Says hello.\nexport function Hello({ name }: Props) {\n  return <b>{name}</b>;\n}\n\n\
         const Page = () => {\n  return <Hello name=\"x\" />;\n};\n",
        &expect![[r"
            Props: 1..1 `type Props = { name: string };`
              name: 1..1 `name: string`
            Hello: 3..6 `// Says hello.`
            Page: 8..10 `const Page = () => {`
        "]],
    );
}

#[test]
fn javascript_has_functions_in_variables_and_private_fields() {
    check(
        "javascript",
        "'use strict'\n\nconst a = require('a'), b = 1\n\n/** Adds. */\nvar add = function (x) {\n  var local = 1\n  \
         return x + local\n}\n\nexport default class Queue extends Base {\n  static #count = 0\n\n  // Runs.\n  async run() {\n    \
         const inner = () => { return 1 }\n  }\n  get size() { return 1 }\n}\n\nexport async function* each() {}\n",
        &expect![[r"
            a: 3..3 `const a = require('a'), b = 1`
            add: 5..9 `/** Adds. */`
            Queue: 11..19 `export default class Queue extends Base {`
              #count: 12..12 `static #count = 0`
              run: 14..17 `// Runs.`
                inner: 16..16 `const inner = () => { return 1 }`
              size: 18..18 `get size() { return 1 }`
            each: 21..21 `export async function* each() {}`
        "]],
    );
}

#[test]
fn go_has_methods_and_groups() {
    check(
        "go",
        "// Package p.\npackage p\n\nimport \"fmt\"\n\n// A point.\ntype Point struct {\n\tX, Y int // across\n\t*Base\n}\n\n\
         // Ways.\nconst (\n\t// Up.\n\tUp = iota\n\tDown\n)\n\nvar one = 1\n\ntype (\n\tA = B\n\tC interface {\n\t\tRun(x int) error\n\t}\n)\n\n\
         // Move moves.\nfunc (p *Point) Move(by int) {\n\tconst local = 1\n\ttype t int\n}\n\nfunc New[T any]() T { return f() }\n",
        &expect![[r"
            Point: 6..10 `// A point.`
              X: 8..8 `X, Y int`
              Base: 9..9 `*Base`
            Up: 14..15 `// Up.`
            Down: 16..16 `Down`
            one: 19..19 `var one = 1`
            A: 22..22 `A = B`
            C: 23..25 `C interface {`
              Run: 24..24 `Run(x int) error`
            Move: 28..32 `// Move moves.`
            New: 34..34 `func New[T any]() T { return f() }`
        "]],
    );
}

#[test]
fn bash_has_functions() {
    check(
        "bash",
        "#!/bin/bash\n# Far away.\n\n# Copies.\ncopy() {\n  local x=1\n}\n\nfunction move\n{\n  inner () ( b )\n}\nx=1\n",
        &expect![[r"
            copy: 4..7 `# Copies.`
            move: 9..12 `function move`
              inner: 11..11 `inner () ( b )`
        "]],
    );
}

#[cfg(feature = "large-grammars")]
#[test]
fn ruby_has_classes_modules_and_methods() {
    check(
        "ruby",
        "# A shop.\nmodule Shop\n  # A cart.\n  class Cart < Base\n    # Adds.\n    # @return [void]\n    def add(x)\n      y\n    end\n\n    \
         private def total = 1\n\n    class << self\n      def self.build; end\n    end\n  end\nend\nclass A::B; end\n",
        &expect![[r"
            Shop: 1..17 `# A shop.`
              Cart: 3..16 `# A cart.`
                add: 5..9 `# Adds.`
                total: 11..11 `def total = 1`
                build: 14..14 `def self.build; end`
            A::B: 18..18 `class A::B; end`
        "]],
    );
}

#[cfg(feature = "large-grammars")]
#[test]
fn kotlin_has_properties_and_what_stands_in_constructors() {
    check(
        "kotlin",
        "/** A cart. */\n@Serializable\ndata class Cart(\n  val id: Int, // made\n  owner: String\n) : Base() {\n  companion object {\n    const val LIMIT = 20\n  }\n\n  \
         // The sum.\n  val total: Int\n    get() = 1\n\n  fun <T> add(x: T) {\n    val local = 1\n  }\n}\nenum class A { B, C }\nfun String.f() = 1\ntypealias H = (Int) -> Unit\nobject O\n",
        &expect![[r"
            Cart: 1..18 `/** A cart. */`
              id: 4..4 `val id: Int`
              owner: 5..5 `owner: String`
              LIMIT: 8..8 `const val LIMIT = 20`
              total: 11..13 `// The sum.`
              add: 15..17 `fun <T> add(x: T) {`
            A: 19..19 `enum class A { B, C }`
              B: 19..19 `B`
              C: 19..19 `C`
            f: 20..20 `fun String.f() = 1`
            H: 21..21 `typealias H = (Int) -> Unit`
            O: 22..22 `object O`
        "]],
    );
}

#[cfg(feature = "large-grammars")]
#[test]
fn swift_has_properties_cases_and_extensions() {
    check(
        "swift",
        "/// A cart.\n@MainActor\npublic final class Cart<T>: Base {\n  static let limit = 20\n  var total: Int {\n    let local = 1\n    return local\n  }\n\n  \
         /// Makes.\n  init?(x: Int) { }\n  @objc\n  func add(_ x: T) -> Int { 1 }\n}\nextension Cart: P {}\nprotocol P {\n  var y: Int { get }\n  func f()\n}\n\
         enum A { case b, c(Int) }\ntypealias H = Int\n",
        &expect![[r"
            Cart: 1..14 `/// A cart.`
              limit: 4..4 `static let limit = 20`
              total: 5..8 `var total: Int {`
              init: 10..11 `/// Makes.`
              add: 12..13 `@objc`
            Cart: 15..15 `extension Cart: P {}`
            P: 16..19 `protocol P {`
              y: 17..17 `var y: Int { get }`
              f: 18..18 `func f()`
            A: 20..20 `enum A { case b, c(Int) }`
              b: 20..20 `case b, c(Int)`
            H: 21..21 `typealias H = Int`
        "]],
    );
}

#[test]
fn java_has_members_of_every_kind() {
    check(
        "java",
        "package p;\n\n// A shape.\n@Named\npublic sealed interface Shape permits Square {\n  double area();\n}\n\n\
         record Square(int side) implements Shape {\n  static final int ONE = 1, TWO = 2;\n  /** Makes one. */\n  Square {\n    \
         int local = 1;\n  }\n  @Override\n  public double area() {\n    return new Object() { int f() { return 1; } }.f();\n  }\n}\n\
         enum Way {\n  UP,\n  DOWN(1) { };\n}\n@interface Named {\n  String value();\n}\n",
        &expect![[r"
            Shape: 3..7 `// A shape.`
              area: 6..6 `double area();`
            Square: 9..19 `record Square(int side) implements Shape {`
              ONE: 10..10 `static final int ONE = 1, TWO = 2;`
              Square: 11..14 `/** Makes one. */`
              area: 15..18 `@Override`
                f: 17..17 `int f() { return 1; }`
            Way: 20..23 `enum Way {`
              UP: 21..21 `UP`
              DOWN: 22..22 `DOWN(1) { }`
            Named: 24..26 `@interface Named {`
              value: 25..25 `String value();`
        "]],
    );
}

#[test]
fn c_has_declarators_around_its_names() {
    check(
        "c",
        "#include <a.h>\n#define ONE 1\n\n/* Twice. */\n#define TWICE(x) ((x) * 2)\n\ntypedef struct point {\n  int x, y; /* across */\n  \
         int (*move)(struct point *, int);\n  union { char c; };\n} point_t;\n\nenum way { UP, DOWN = 2 };\nstruct later;\n\n\
         // Moves.\nstatic struct point *move(struct point *p, enum way w)\n{\n  int local;\n  struct inner { int z; } i;\n  return p;\n}\n\
         extern int (*(*table)[3])(void), other;\n#ifdef A\nint a(void);\n#endif\n",
        &expect![[r"
            ONE: 2..2 `#define ONE 1`
            TWICE: 4..5 `/* Twice. */`
            point_t: 7..11 `typedef struct point {`
              point: 7..11 `struct point {`
                x: 8..8 `int x, y;`
                move: 9..9 `int (*move)(struct point *, int);`
                c: 10..10 `char c;`
            way: 13..13 `enum way { UP, DOWN = 2 }`
              UP: 13..13 `UP`
              DOWN: 13..13 `DOWN = 2`
            move: 16..22 `// Moves.`
            table: 23..23 `extern int (*(*table)[3])(void), other;`
            a: 25..25 `int a(void);`
        "]],
    );
}

#[cfg(feature = "large-grammars")]
#[test]
fn cpp_has_templates_paths_and_operators() {
    check(
        "cpp",
        "namespace a::b {\n\n// A box.\ntemplate <class T>\nclass Box : public Base {\n public:\n  explicit Box(int n = 1) : n_(n) {}\n  \
         ~Box() = default;\n  bool operator==(const Box& o) const;\n  operator bool() const { return true; }\n private:\n  int n_ = 0;\n};\n\n\
         template <class T>\nbool Box<T>::operator==(const Box& o) const {\n  auto f = [] { return 1; };\n  return true;\n}\n\
         using Int = int;\nenum class Way { Up };\n}  // namespace a::b\nint& (*f(int x))();\n",
        &expect![[r"
            a::b: 1..22 `namespace a::b {`
              Box: 3..13 `// A box.`
                Box: 7..7 `explicit Box(int n = 1) : n_(n) {}`
                ~Box: 8..8 `~Box() = default;`
                operator==: 9..9 `bool operator==(const Box& o) const;`
                operator bool() const: 10..10 `operator bool() const { return true; }`
                n_: 12..12 `int n_ = 0;`
              Box<T>::operator==: 15..19 `template <class T>`
                f: 17..17 `auto f = [] { return 1; };`
              Int: 20..20 `using Int = int;`
              Way: 21..21 `enum class Way { Up }`
                Up: 21..21 `Up`
            f: 23..23 `int& (*f(int x))();`
        "]],
    );
}

#[cfg(feature = "large-grammars")]
#[test]
fn c_sharp_has_properties_events_and_operators() {
    check(
        "c-sharp",
        "using System;\n\nnamespace A.B\n{\n    /// <summary>A box.</summary>\n    [Serializable]\n    public class Box<T>\n    {\n        \
         [Key] private readonly System.Int32 _a = 1, _b;\n        public event EventHandler Changed;\n        // The size.\n        \
         public int Size { get; set; }\n        public Box(int n) { var x = 1; }\n        public static Box<T> operator +(Box<T> a, int b) => a;\n        \
         void F()\n        {\n            int Local() { return 1; }\n        }\n    }\n    enum Way { Up, Down }\n    delegate void D();\n}\n",
        &expect![[r"
            A.B: 3..22 `namespace A.B`
              Box: 5..19 `/// <summary>A box.</summary>`
                _a: 9..9 `[Key] private readonly System.Int32 _a = 1, _b;`
                Changed: 10..10 `public event EventHandler Changed;`
                Size: 11..12 `// The size.`
                Box: 13..13 `public Box(int n) { var x = 1; }`
                +: 14..14 `public static Box<T> operator +(Box<T> a, int b) => a;`
                F: 15..18 `void F()`
                  Local: 17..17 `int Local() { return 1; }`
              Way: 20..20 `enum Way { Up, Down }`
                Up: 20..20 `Up`
                Down: 20..20 `Down`
              D: 21..21 `delegate void D();`
        "]],
    );
}

#[test]
fn php_has_constants_and_properties() {
    check(
        "php",
        "<html>\n<?php\nnamespace A\\B;\n\nconst ONE = 1, TWO = 2;\n\n/** A box. */\n#[Named]\nfinal class Box extends Base\n{\n    use C;\n    \
         /** The size. */\n    public const SIZE = 1;\n    private static ?int $a = 1, $b;\n\n    // Opens.\n    \
         public function open(int $n): void\n    {\n        $x = function () { return 1; };\n    }\n}\nenum Way: string { case Up = 'u'; }\n\
         function f() {}\n?>\n",
        &expect![[r"
            ONE: 5..5 `ONE = 1`
            TWO: 5..5 `TWO = 2`
            Box: 7..21 `/** A box. */`
              SIZE: 12..13 `/** The size. */`
              $a: 14..14 `$a = 1`
              $b: 14..14 `$b`
              open: 16..20 `// Opens.`
            Way: 22..22 `enum Way: string { case Up = 'u'; }`
              Up: 22..22 `case Up = 'u';`
            f: 23..23 `function f() {}`
        "]],
    );
}

#[test]
fn pages_styles_and_settings_have_symbols() {
    check(
        "html",
        "<!-- The head -->\n<head><title>A</title></head>\n<main id=\"a\">\n <p>b <i>c</i></p>\n</main>\n<script>\nf()\n</script>\n",
        &expect![[r#"
            head: 1..2 `<!-- The head -->`
              title: 2..2 `<title>A</title>`
            main: 3..5 `<main id="a">`
              p: 4..4 `<p>b <i>c</i></p>`
                i: 4..4 `<i>c</i>`
            script: 6..8 `<script>`
        "#]],
    );
    check(
        "css",
        "/* A */\n.a > b,\n.c { d: e }\n@media print {\n .f { g: h }\n}\n@keyframes i { from { j: k } }\n",
        &expect![[r"
        .a > b,
        .c: 1..3 `/* A */`
        .f: 5..5 `.f { g: h }`
        i: 7..7 `@keyframes i { from { j: k } }`
    "]],
    );
    check(
        "yaml",
        "# A\na:\n  b: c\n  d:\n    - e: f\n      g: h\ni: [j]\n",
        &expect![[r"
        a: 1..6 `# A`
          b: 3..3 `b: c`
          d: 4..6 `d:`
            e: 5..5 `e: f`
            g: 6..6 `g: h`
        i: 7..7 `i: [j]`
    "]],
    );
    check(
        "toml",
        "a = 1\n\n# B\n[b]\nc = 2\n\n[b.\"d e\"]\nf = 3\n[[g]]\n",
        &expect![[r#"
            b: 3..5 `# B`
            b."d e": 7..8 `[b."d e"]`
            g: 9..9 `[[g]]`
        "#]],
    );
}

#[test]
fn lua_has_functions_with_their_annotations() {
    check(
        "lua",
        "local M = {}\n---Adds.\n---@param a number\nfunction M.add(a)\n  local b = a\n  local function c() end\nend\nfunction M:d() end\n",
        &expect![[r"
            M.add: 2..7 `---Adds.`
              c: 6..6 `local function c() end`
            M:d: 8..8 `function M:d() end`
        "]],
    );
}

#[cfg(feature = "large-grammars")]
#[test]
fn sql_has_what_it_creates_and_scala_its_members() {
    check(
        "sql",
        "-- Users.\nCREATE TABLE a.users (\n  id int\n);\nSELECT 1;\nCREATE VIEW v AS SELECT 1;\nCREATE INDEX i ON users (id);\n",
        &expect![[r"
            a.users: 1..4 `-- Users.`
            v: 6..6 `CREATE VIEW v AS SELECT 1`
            i: 7..7 `CREATE INDEX i ON users (id)`
        "]],
    );
    check(
        "scala",
        "/** A cart. */\n@a case class Cart(id: Int) {\n  val b = 1\n\n  // Adds.\n  @inline\n  def add(x: Int): Int = {\n    def inner = 1\n    x\n  }\n  def c: Int\n}\n\
         object Cart\nenum D:\n  case E, F\ntype G = Int\n",
        &expect![[r"
            Cart: 1..12 `/** A cart. */`
              add: 5..10 `// Adds.`
              c: 11..11 `def c: Int`
            Cart: 13..13 `object Cart`
            D: 14..15 `enum D:`
              E: 15..15 `E`
              F: 15..15 `F`
            G: 16..16 `type G = Int`
        "]],
    );
}

#[test]
fn half_broken_code_keeps_its_other_symbols() {
    check(
        "python",
        "def first():\n    return 1\n\ndef broken(a, b):\n    x = = 2\n\nclass C:\n    def last(self):\n        return 3\n",
        &expect![[r"
            first: 1..2 `def first():`
            broken: 4..5 `def broken(a, b):`
            C: 7..9 `class C:`
              last: 8..9 `def last(self):`
        "]],
    );
    check(
        "rust",
        "fn first() {}\n\nfn broken( {\n    let x = ;\n\n/// Doc.\nfn last() -> u8 { 1 }\n",
        &expect![[r"
            first: 1..1 `fn first() {}`
            last: 6..7 `/// Doc.`
        "]],
    );
    check(
        "typescript",
        "function first() {}\n\nconst x = {;\n\n/** Doc. */\nexport function last() { return 1; }\n",
        &expect![[r"
            first: 1..1 `function first() {}`
            x: 3..3 `const x = {;`
            last: 5..6 `/** Doc. */`
        "]],
    );
}

#[test]
fn the_innermost_symbol_is_the_one_around_the_cursor() {
    let text = "\u{feff}# Doc.\nclass A:\n    def f(self):\n        return 1\n\n\nx = 1\n";
    let all = symbols(text, language("python"));
    let at = |needle: &str| {
        let offset = text.find(needle).expect("there");
        symbol_at(&all, offset).map(|symbol| &text[symbol.name.clone()])
    };
    assert_eq!(at("# Doc"), Some("A"));
    assert_eq!(at("class"), Some("A"));
    assert_eq!(at("return"), Some("f"));
    assert_eq!(at("\n\n\nx"), Some("f"), "a cursor after the last letter is still in it");
    assert_eq!(at("x = 1"), None);
    assert_eq!(symbol_at(&[], 3), None);
}

#[test]
fn a_language_without_a_grammar_has_none() {
    assert_eq!(symbols("sub main {}", language("perl")), []);
    assert_eq!(symbols("", language("python")), []);
}

#[test]
fn deep_nesting_ends_no_process() {
    drop(symbols(&"(".repeat(100_000), language("typescript")));
    let nested = "fn f() {".repeat(20_000);
    drop(symbols(&nested, language("rust")));
}

proptest! {
    #[test]
    fn any_text_gives_symbols_in_order(
        text in "(\\PC|[ \n(){}:;@#/*]|def |class |fn |func |type |struct |impl |const |export |    |/// a\n|# b\n|[a-z]{1,3}){0,80}",
    ) {
        for name in ["python", "rust", "typescript", "tsx", "javascript", "go", "java", "c", "php"] {
            let all = symbols(&text, language(name));
            let mut open: Vec<&Symbol> = Vec::new();
            let mut before = 0;
            for symbol in &all {
                prop_assert!(text.get(symbol.range.clone()).is_some_and(|text| !text.is_empty()));
                prop_assert!(text.get(symbol.name.clone()).is_some_and(|text| !text.is_empty()));
                prop_assert!(symbol.range.start >= before, "{name}: {all:?}");
                before = symbol.range.start;
                open.truncate(symbol.depth);
                prop_assert_eq!(open.len(), symbol.depth);
                if let Some(outer) = open.last() {
                    prop_assert!(symbol.range.start >= outer.range.start && symbol.range.end <= outer.range.end);
                }
                open.push(symbol);
            }
        }
    }
}
