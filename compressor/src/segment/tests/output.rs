//! What tools print, between paragraphs and as a whole text.

use expect_test::expect;

use super::check;

#[test]
fn output_of_a_compiler_between_paragraphs() {
    check(
        "I get this, and do not know why:\n\n   Compiling app v0.1.0 (/src/app)\nerror[E0308]: mismatched types\n --> src/main.rs:3:18\n  |\n3 |     let x: i32 = \"a\";\n  |            ---   ^^^ expected `i32`, found `&str`\n\nerror: could not compile `app` due to 1 previous error\n\nWhat is wrong with it?\n",
        &expect![[r#"
            prose: "I get this, and do not know why:\n\n"
            output: "   Compiling app v0.1.0 (/src/app)\nerror[E0308]: mismatched types\n --> src/main.rs:3:18\n  |\n3 |     let x: i32 = \"a\";\n  |            ---   ^^^ expected `i32`, found `&str`\n\nerror: could not compile `app` due to 1 previous error\n"
            prose: "\nWhat is wrong with it?\n"
        "#]],
    );
}

#[test]
fn output_of_a_test_runner_with_code_in_it() {
    check(
        "=================== FAILURES ===================\n___________________ test_one ___________________\n\n    def test_one():\n        \"\"\"Adds the two of them as it should be.\"\"\"\n>       assert add(1, 2) == 4\nE       assert 3 == 4\n\ntest_a.py:6: AssertionError\n=============== 1 failed in 0.33s ===============\n",
        &expect![[r#"
            output: "=================== FAILURES ===================\n___________________ test_one ___________________\n\n    def test_one():\n        \"\"\"Adds the two of them as it should be.\"\"\"\n>       assert add(1, 2) == 4\nE       assert 3 == 4\n\ntest_a.py:6: AssertionError\n=============== 1 failed in 0.33s ===============\n"
        "#]],
    );
}

#[test]
fn listings_have_columns() {
    check(
        "The pods:\nNAME                READY   STATUS             RESTARTS   AGE\napi-7d9c5b-x2x1z    1/1     Running            0          3d\ndb-0                0/1     CrashLoopBackOff   17         3d\n\nThe second one restarts.\n",
        &expect![[r#"
            prose: "The pods:\n"
            output: "NAME                READY   STATUS             RESTARTS   AGE\napi-7d9c5b-x2x1z    1/1     Running            0          3d\ndb-0                0/1     CrashLoopBackOff   17         3d\n"
            prose: "\nThe second one restarts.\n"
        "#]],
    );
}

#[test]
fn a_line_by_itself_proves_nothing() {
    check(
        "It said:\nerror: no such file\nand that was all of it.\n",
        &expect![[r#"
        prose: "It said:\nerror: no such file\nand that was all of it.\n"
    "#]],
    );
    check(
        "total 12\nis what I paid.\n",
        &expect![[r#"
        prose: "total 12\nis what I paid.\n"
    "#]],
    );
}

#[test]
fn a_trace_after_what_program_it_is_of() {
    check(
        "Internal Server Error: /x\nTraceback (most recent call last):\n  File \"a.py\", line 1, in f\n    return g(x)\nValueError: no\n",
        &expect![[r#"
            prose: "Internal Server Error: /x\n"
            stacktrace: "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    return g(x)\nValueError: no\n"
        "#]],
    );
    check(
        "a.rb:216:in `parse': unexpected token at '{a' (JSON::ParserError)\n\tfrom b.rb:2:in `load'\n\tfrom b.rb:4:in `<main>'\nSo it ends.\n",
        &expect![[r#"
            stacktrace: "a.rb:216:in `parse': unexpected token at '{a' (JSON::ParserError)\n\tfrom b.rb:2:in `load'\n\tfrom b.rb:4:in `<main>'\n"
            prose: "So it ends.\n"
        "#]],
    );
    check(
        "PHP Fatal error:  Uncaught RuntimeException: no in /a.php:3\nStack trace:\n#0 /a.php(7): load()\n#1 {main}\n  thrown in /a.php on line 3\nDone.\n",
        &expect![[r#"
            stacktrace: "PHP Fatal error:  Uncaught RuntimeException: no in /a.php:3\nStack trace:\n#0 /a.php(7): load()\n#1 {main}\n  thrown in /a.php on line 3\n"
            prose: "Done.\n"
        "#]],
    );
}
