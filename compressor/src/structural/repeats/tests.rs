#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::expect;

use crate::policy::Level;
use crate::structural::rendering::{check_tight as check, reduced, tight};

const WORDS: [&str; 6] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];

/// A line for each word, with its number.
fn rows(row: impl Fn(&str, usize) -> String) -> String {
    WORDS.iter().enumerate().map(|(number, word)| row(word, number)).collect()
}

#[test]
fn python() {
    let calls = rows(|word, number| format!("    table.insert_row_at(table.current_page, \"{word}\", {number})\n"));
    check(
        "python",
        &format!("def fill(table):\n{calls}    return table\n"),
        expect![[r#"
        def fill(table):
         table.insert_row_at(table.current_page,"alpha",0)
         # 5 more with: "beta", 1; "gamma", 2; "delta", 3; "epsilon", 4; "zeta", 5
         return table
    "#]],
    );
    let calls = rows(|word, _| format!("    parser.add_argument(\"--{word}\", default=None, action=\"store_true\")\n"));
    check(
        "python",
        &format!("def fill(parser):\n{calls}"),
        expect![[r#"
        def fill(parser):
         parser.add_argument("--alpha", default=None, action="store_true")
         # 5 more, instead of "--alpha": "--beta"; "--gamma"; "--delta"; "--epsilon"; "--zeta"
    "#]],
    );
    let rows = rows(|word, number| {
        format!("    {{\"name\": \"{word}\", \"size\": {number}, \"parts\": [(\"page\", {number})]}},\n")
    });
    check(
        "python",
        &format!("SIZES = [\n{rows}]\n"),
        expect![[r#"
        SIZES = [{"name":"alpha","size":0,"parts":[("page",0)]}, # 5 more, instead of "alpha", 0: "beta", 1; "gamma", 2; "delta", 3; "epsilon", 4; "zeta", 5
        ]
    "#]],
    );
}

#[test]
fn rust() {
    let arms =
        rows(|word, number| format!("        \"{word}\" => Some(Token {{ number: {number}, kind: Kind::Word }}),\n"));
    check(
        "rust",
        &format!("fn token(word: &str) -> Option<Token> {{\n    match word {{\n{arms}        _ => None,\n    }}\n}}\n"),
        expect![[r#"
            fn token(word:&str)->Option<Token>{
             match word {
              "alpha"=>Some(Token { number:0, kind: Kind::Word }),
              /* 5 more with: "beta", 1; "gamma", 2; "delta", 3; "epsilon", 4; "zeta", 5 */
              _ => None,
             }
            }
        "#]],
    );
    let calls =
        rows(|word, _| format!("    assert_eq!(read(\"{word}\").map(|it| it.len()), Some(\"{word}\".len()));\n"));
    check(
        "rust",
        &format!("#[test]\nfn reads() {{\n{calls}}}\n"),
        expect![[r##"
        #[test]
        fn reads(){
         assert_eq!(read("alpha").map(|it| it.len()), Some("alpha".len()));
         /* 5 more with: "beta"; "gamma"; "delta"; "epsilon"; "zeta" */
        }
    "##]],
    );
    let calls = rows(|word, number| format!("    let {word} = table.entry(key({number})).or_default();\n"));
    check(
        "rust",
        &format!("fn reads() {{\n{calls}}}\n"),
        expect![[r#"
        fn reads(){
         let alpha = table.entry(key(0)).or_default();
         /* 5 more, instead of alpha, 0: beta, 1; gamma, 2; delta, 3; epsilon, 4; zeta, 5 */
        }
    "#]],
    );
}

#[test]
fn typescript() {
    let cases =
        rows(|word, number| format!("    case '{word}':\n      return {{ kind: Kind.Word, value: {number} }};\n"));
    check(
        "typescript",
        &format!(
            "export function token(word: string): Token | null {{\n  switch (word) {{\n{cases}    default:\n      return null;\n  }}\n}}\n"
        ),
        expect![[r#"
            export function token(word:string): Token|null {
             switch(word){
              case 'alpha':
               return { kind: Kind.Word,value:0 };
              /* 5 more with: 'beta', 1; 'gamma', 2; 'delta', 3; 'epsilon', 4; 'zeta', 5 */
              default:
               return null;
             }
            }
        "#]],
    );
    let rows = rows(|word, number| format!("  {{ name: '{word}', size: [{number}, 2], action: () => run(null) }},\n"));
    check(
        "typescript",
        &format!("const all = [\n{rows}];\n"),
        expect![[r#"
        const all = [{ name:'alpha', size:[0,2], action:()=>run(null)}, /* 5 more, instead of 'alpha', 0: 'beta', 1; 'gamma', 2; 'delta', 3; 'epsilon', 4; 'zeta', 5 */ ];
    "#]],
    );
}

#[test]
fn go() {
    let cases =
        rows(|word, number| format!("\tcase \"{word}\":\n\t\treturn Token{{Kind: Word, Value: {number}}}, nil\n"));
    check(
        "go",
        &format!(
            "package a\n\nfunc token(word string) (Token, error) {{\n\tswitch word {{\n{cases}\tdefault:\n\t\treturn Token{{}}, errUnknown\n\t}}\n}}\n"
        ),
        expect![[r#"
            package a

            func token(word string)(Token,error){
             switch word {
             case "alpha":
              return Token{Kind: Word, Value:0}, nil
             /* 5 more with: "beta", 1; "gamma", 2; "delta", 3; "epsilon", 4; "zeta", 5 */
             default:
              return Token{}, errUnknown
             }
            }
        "#]],
    );
    let calls = rows(|word, _| format!("\tmux.HandleFunc(\"/api/{word}\", server.wrapped(server.{word}))\n"));
    check(
        "go",
        &format!("package a\n\nfunc routes() {{\n{calls}}}\n"),
        expect![[r#"
        package a

        func routes(){
         mux.HandleFunc("/api/alpha", server.wrapped(server.alpha))
         /* 5 more, instead of "/api/alpha", alpha: "/api/beta", beta; "/api/gamma", gamma; "/api/delta", delta; "/api/epsilon", epsilon; "/api/zeta", zeta */
        }
    "#]],
    );
}

#[test]
fn java() {
    let calls = rows(|word, number| {
        format!("        registry.register(new Handler(\"{word}\", {number}, Priority.NORMAL));\n")
    });
    check(
        "java",
        &format!("class A {{\n    void fill(Registry registry) {{\n{calls}    }}\n}}\n"),
        expect![[r#"
        class A {
         void fill(Registry registry){
          registry.register(new Handler("alpha",0, Priority.NORMAL));
          /* 5 more with: "beta", 1; "gamma", 2; "delta", 3; "epsilon", 4; "zeta", 5 */
         }
        }
    "#]],
    );
    let cases = rows(|word, number| {
        format!("            case \"{word}\":\n                return new Token(Kind.WORD, {number});\n")
    });
    check(
        "java",
        &format!(
            "class A {{\n    Token token(String word) {{\n        switch (word) {{\n{cases}            default:\n                return null;\n        }}\n    }}\n}}\n"
        ),
        expect![[r#"
            class A {
             Token token(String word){
              switch(word){
               case "alpha":
                return new Token(Kind.WORD,0);
               /* 5 more with: "beta", 1; "gamma", 2; "delta", 3; "epsilon", 4; "zeta", 5 */
               default:
                return null;
              }
             }
            }
        "#]],
    );
}

#[test]
fn c() {
    let cases = rows(|word, _| format!("    case KIND_{word}: return \"a {word} of the table\";\n"));
    check(
        "c",
        &format!("const char *name(int kind) {{\n  switch (kind) {{\n{cases}  default: return 0;\n  }}\n}}\n"),
        expect![[r#"
            const char *name(int kind){
             switch(kind){
              case KIND_alpha:return "a alpha of the table";
              case KIND_beta:return "a beta of the table";
              case KIND_gamma:return "a gamma of the table";
              case KIND_delta:return "a delta of the table";
              case KIND_epsilon:return "a epsilon of the table";
              case KIND_zeta:return "a zeta of the table";
             default:return 0;
             }
            }
        "#]],
    );
    let rows = rows(|word, number| format!("  {{ \"{word}\", {{ {number}, 16, NULL }}, handle_default }},\n"));
    check(
        "c",
        &format!("static const struct row rows[] = {{\n{rows}}};\n"),
        expect![[r#"
        static const struct row rows[]={ {"alpha",{0,16,NULL }, handle_default },{"beta",{1,16,NULL }, handle_default},{"gamma",{2,16,NULL }, handle_default},{"delta",{3,16,NULL }, handle_default},{"epsilon",{4,16,NULL }, handle_default},{"zeta",{5,16,NULL }, handle_default},};
    "#]],
    );
}

#[test]
fn bash() {
    let calls = rows(|word, number| format!("  install_package --quiet --prefix \"$PREFIX\" {word} \"1.{number}\"\n"));
    check(
        "bash",
        &format!("setup() {{\n{calls}  echo done\n}}\n"),
        expect![[r#"
        setup() {
         install_package --quiet --prefix "$PREFIX" alpha "1.0"
         # 5 more, instead of alpha, "1.0": beta, "1.1"; gamma, "1.2"; delta, "1.3"; epsilon, "1.4"; zeta, "1.5"
         echo done
        }
    "#]],
    );
    let calls = rows(|word, _| format!("curl -fsSL \"https://example.com/{word}.tar.gz\" -o \"$TMP/{word}.tar.gz\"\n"));
    check(
        "bash",
        &format!("set -e\n{calls}echo done\n"),
        expect![[r#"
        set -e
        curl -fsSL "https://example.com/alpha.tar.gz" -o "$TMP/alpha.tar.gz"
        curl -fsSL "https://example.com/beta.tar.gz" -o "$TMP/beta.tar.gz"
        curl -fsSL "https://example.com/gamma.tar.gz" -o "$TMP/gamma.tar.gz"
        curl -fsSL "https://example.com/delta.tar.gz" -o "$TMP/delta.tar.gz"
        curl -fsSL "https://example.com/epsilon.tar.gz" -o "$TMP/epsilon.tar.gz"
        curl -fsSL "https://example.com/zeta.tar.gz" -o "$TMP/zeta.tar.gz"
        echo done
    "#]],
    );
    let cases = rows(|word, number| format!("    {word}) kind=word; value={number} ;;\n"));
    check(
        "bash",
        &format!("token() {{\n  case \"$1\" in\n{cases}    *) return 1 ;;\n  esac\n}}\n"),
        expect![[r#"
        token() {
         case "$1" in
          alpha) kind=word; value=0 ;;
          beta) kind=word; value=1 ;;
          gamma) kind=word; value=2 ;;
          delta) kind=word; value=3 ;;
          epsilon) kind=word; value=4 ;;
          zeta) kind=word; value=5 ;;
          *) return 1 ;;
         esac
        }
    "#]],
    );
}

/// Whether a text that has six rows in it stays as it is at `balanced`.
fn stays(name: &str, text: &str) -> bool {
    tight(name, text) == reduced(name, Level::Balanced, None, text)
}

fn calls(value: impl Fn(&str, usize) -> String) -> String {
    let rows = rows(|word, number| format!("    table.insert_row_at(table.current_page, {})\n", value(word, number)));
    format!("def fill(table):\n{rows}    return table\n")
}

#[test]
fn what_stays_whole() {
    assert!(!stays("python", &calls(|word, _| format!("\"{word}\""))));
    // What would not be told apart from the rest of the comment.
    assert!(stays("python", &calls(|word, _| format!("\"a, {word}\""))));
    assert!(stays("python", &calls(|word, _| format!("\"a; {word}\""))));
    assert!(stays("python", &calls(|word, _| format!("\"\"\"a\n{word}\"\"\""))));
    assert!(stays(
        "c",
        &format!("int f(void) {{\n{}}}\n", rows(|word, _| format!("  insert_row_at_the_end(table, \"{word}*/\");\n")))
    ));
    // Comments, and what stands beside them.
    assert!(stays("python", &calls(|word, number| format!("\"{word}\")  # TODO: {number}\n    print("))));
    // What others may look for.
    let text = rows(|word, number| format!("NUMBER_{number} = registry.lookup_by_name(\"{word}\", None)\n"));
    assert!(stays("python", &text));
    let text = rows(|word, _| format!("def {word}(table):\n    return table.lookup_by_name(None, 1)\n\n"));
    assert!(stays("python", &format!("def all():\n    {}\n", text.replace('\n', "\n    ").trim_end())));
    assert!(stays(
        "typescript",
        &rows(|word, _| format!("export const {word} = registry.lookupByName(null, [1, 2]);\n"))
    ));
    assert!(stays(
        "go",
        &format!(
            "package a\n\ntype T struct {{\n{}}}\n",
            rows(|word, _| format!("\t{word} map[string][]string `json:\"x\"`\n"))
        )
    ));
    // Too many that differ; other shapes.
    assert!(stays("python", &calls(|word, number| format!("{number}, {number}0, \"{word}\", {word}, {word}_"))));
    assert!(stays("python", &calls(|word, number| format!("{word}{}", "[0]".repeat(number)))));
    // Where there are no comments.
    let text = rows(|word, number| format!("{{\"name\": \"{word}\", \"value\": [{{\"x\": {number}}}, 2, 3]}},"));
    assert!(stays("json", &format!("[{}]", text.trim_end_matches(','))));
}

#[test]
fn some_of_many_may_be_told() {
    check(
        "python",
        &calls(|word, number| if number == 1 { format!("[{word}]") } else { format!("\"{word}\"") }),
        expect![[r#"
            def fill(table):
             table.insert_row_at(table.current_page,"alpha")
             table.insert_row_at(table.current_page,[beta])
             table.insert_row_at(table.current_page,"gamma")
             # 3 more with: "delta"; "epsilon"; "zeta"
             return table
        "#]],
    );
}

#[test]
fn a_token_may_stand_in_several_places() {
    let rows = rows(|word, _| format!("    assert {word}(read(\"a\"), None) == old.{word}(read(\"a\"), None)\n"));
    check(
        "python",
        &format!("def test_all(old):\n{rows}"),
        expect![[r#"
        def test_all(old):
         assert alpha(read("a"), None)==old.alpha(read("a"), None)
         # 5 more, instead of alpha: beta; gamma; delta; epsilon; zeta
    "#]],
    );
}

#[test]
fn what_the_focus_uses_stays_whole() {
    let rows = rows(|word, number| format!("    Size {{ name: \"{word}\", parts: &[(\"page\", {number})] }},\n"));
    let table = |name: &str| format!("static {name}: [Size; 6] = [\n{rows}];\n\n");
    let text = table("SIZES") + &table("OTHERS") + "fn size() -> &Size {\n    &SIZES[0]\n}\n";
    let place = text.find("fn size").map(|at| at..at + 1).expect("it is there");
    expect![[r#"
        static SIZES:[Size;6]=[Size{name:"alpha", parts: &[("page",0)] }, Size{name:"beta", parts: &[("page",1)] }, Size{name:"gamma", parts: &[("page",2)] }, Size{name:"delta", parts: &[("page",3)] }, Size{name:"epsilon", parts: &[("page",4)] }, Size{name:"zeta", parts: &[("page",5)] },];

        static OTHERS:[Size;6]=[Size{name:"alpha", parts: &[("page",0)] }, /* 5 more, instead of "alpha", 0: "beta", 1; "gamma", 2; "delta", 3; "epsilon", 4; "zeta", 5 */ ];

        fn size()->&Size { &SIZES[0]}
    "#]].assert_eq(&reduced("rust", Level::Tight, Some(std::slice::from_ref(&place)), &text));
}

#[test]
fn what_is_told_is_counted() {
    let text = calls(|word, _| format!("\"{word}\""));
    let language = crate::language::Language::from_name("python").expect("a known language");
    let draft =
        crate::structural::draft(&text, 0..text.len(), language, Level::Tight, crate::tokens::Tokenizer::O200kBase);
    let omissions: Vec<_> = draft.cuts.iter().map(|cut| cut.omission).collect();
    assert_eq!(omissions, [crate::draft::Omission { what: crate::draft::Omitted::Repeats, count: 5, lines: 5 }]);
}

#[test]
fn many_neighbours_and_deep_ones_take_no_longer_than_their_text() {
    let many = (0..10_000).map(|number| format!("f(a, [{number}, 0])\n")).collect::<Vec<_>>().concat();
    assert!(tight("python", &many).len() < many.len() / 2);
    let deep = (0..200)
        .map(|level| format!("{0}if a:\n{0} g(a, [1])\n{0} g(a, [2])\n", " ".repeat(level)))
        .collect::<Vec<_>>()
        .concat();
    assert!(tight("python", &deep).len() <= deep.len());
    let anonymous = "f(1);;;;;;;;;;;;;;;;;;;;".repeat(4_000);
    assert!(tight("c", &format!("void g() {{ {anonymous} }}")).len() <= anonymous.len() + 20);
}
