#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::expect;

use crate::structural::rendering::{check_tight as check, tight};

fn numbers(between: &str) -> String {
    (0..200).map(|number| (number * 7919 % 1000).to_string()).collect::<Vec<_>>().join(between)
}

#[test]
fn of_a_list_the_first_elements_and_the_last_stay() {
    check(
        "python",
        &format!("PRIMES = [\n    {},  # all\n]\nx = 1\n", numbers(", ")),
        expect![[r#"
        PRIMES=[0,919, # 197 elements
        881, # all
        ]
        x=1
    "#]],
    );
    check(
        "rust",
        &format!("const ALL: &[u32] = &[\n    {},\n];\n", numbers(",\n    ")),
        expect![[r#"
        const ALL: &[u32]= &[0,919, /* 197 elements */ 881,];
    "#]],
    );
    check(
        "typescript",
        &format!("const all = [{}];\n", numbers(", ")),
        expect![[r#"
        const all=[0,919, /* 197 elements */ 881];
    "#]],
    );
    check(
        "go",
        &format!("package a\n\nvar all = []int{{\n\t{},\n}}\n", numbers(",\n\t")),
        expect![[r#"
        package a

        var all=[]int{0,919, /* 197 elements */ 881, }
    "#]],
    );
}

#[test]
fn of_a_table_the_first_rows_and_the_last_stay() {
    let rows = |row: fn(usize) -> String| (0..40).map(row).collect::<Vec<_>>().concat();
    check(
        "python",
        &format!("CODES = {{\n{}}}\n", rows(|n| format!("    # Row {n}.\n    \"code-{n}\": (\"name {n}\", {n}),\n"))),
        expect![[r#"
            CODES={ # Row 0.
              "code-0": ("name 0",0), # Row 1.
              "code-1": ("name 1",1), # 37 elements
             "code-39": ("name 39",39), }
        "#]],
    );
    check(
        "javascript",
        &format!(
            "export const codes = {{\n{}}};\n",
            rows(|n| format!("  code{n}: {{ name: 'name {n}', value: {n} }},\n"))
        ),
        expect![[r#"
            export const codes={code0:{name:'name 0', value:0 }, code1:{name:'name 1', value:1 }, /* 37 elements */ code39:{name:'name 39', value:39 }, };
        "#]],
    );
    check(
        "rust",
        &format!("static CODES: [(&str, u32); 40] = [\n{}];\n", rows(|n| format!("    (\"name {n}\", {n}), // {n}\n"))),
        expect![[r#"
            static CODES:[(&str,u32);40]=[("name 0",0), // 0
              ("name 1",1), // 1
              /* 37 elements */ ("name 39",39), // 39
            ];
        "#]],
    );
}

#[test]
fn strings() {
    let long = |piece: &str| piece.repeat(200);
    check(
        "python",
        &format!("LOGO = \"\"\"{}\"\"\"\n", long("iVBORw0KGgo=")),
        expect![[r#"
        LOGO="""iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=i…[2,154 characters]…KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo="""
    "#]],
    );
    check(
        "typescript",
        &format!("const logo = 'data:image/png;base64,{}';\n", long("iVBORw0KGgo=")),
        expect![[r#"
        const logo='data:image/png;base64,iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBOR…[2,172 characters]…w0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=iVBORw0KGgo=';
    "#]],
    );
    check(
        "go",
        &format!("package a\n\nconst logo = `{}`\n", long("é line\n")),
        expect![[r#"
        package a

        const logo=`é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line…[1,181 characters]…ne
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        é line
        `
    "#]],
    );
    check(
        "rust",
        &format!("const LOGO: &str = r#\"{}\"#;\n", long("0123456789")),
        expect![[r##"
        const LOGO:&str=r#"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456…[1,753 characters]…012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"#;
    "##]],
    );
    for whole in [
        format!("x = '{}'\n", long("\\x41\\x42")),
        format!("x = f'{}'\n", long("abc {name} def")),
        format!("x = '{}'\n", "short ".repeat(100)),
    ] {
        assert!(tight("python", &whole).len() + 4 >= whole.len(), "{whole}");
    }
}

#[test]
fn what_defines_something_is_no_literal() {
    let methods = (0..40).map(|n| format!("  method{n}() {{ return {n}; }},\n")).collect::<Vec<_>>().concat();
    let text = format!("export default {{\n{methods}}};\n");
    assert!(tight("javascript", &text).contains("method20"));
}
