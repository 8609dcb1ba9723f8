use std::fmt::Write;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn check(text: &str, expect: &Expect) {
    let found = classify(text);
    expect.assert_eq(&format!("{:?} {:.2} {}", found.domain, found.confidence, found.indicators.join(", ")));
}

const PROSE: &str = "The engine keeps a small model in memory, and it answers within a few milliseconds.\n\
    It was written for people who paste long texts into a chat window.\n\nNothing leaves the machine.\n";
const CODE: &str = "use std::io;\n\nfn main() -> io::Result<()> {\n    let mut line = String::new();\n    \
    io::stdin().read_line(&mut line)?;\n    println!(\"{line}\");\n    Ok(())\n}\n";

#[test]
fn prose_is_natural_language() {
    check(PROSE, &expect!["Nl 0.75 sentence end, function words, running words, sentence start"]);
    check("Короткий текст о том, как мы пишем.\n", &expect!["Nl 0.56 other script"]);
    check("今日はとても天気が良いので、散歩に行きました。\n", &expect!["Nl 0.56 other script"]);
}

#[test]
fn code_is_code() {
    check(CODE, &expect!["Code 0.86 statement end, call, member call, definition, import, operator"]);
    check("SELECT id, name FROM users WHERE id = 3;\n", &expect!["Code 0.60 query, statement end"]);
}

#[test]
fn prose_around_code_is_mixed() {
    check(
        &format!("{PROSE}\n{CODE}"),
        &expect!["Mixed 0.66 statement end, call, member call, sentence end, definition, import"],
    );
}

#[test]
fn nothing_says_nothing() {
    check("", &expect!["Nl 0.40 "]);
    check("\n \n\t\n", &expect!["Nl 0.40 "]);
}

#[test]
fn a_long_text_is_sampled() {
    let mut text = String::new();
    for index in 0..20_000 {
        let _ = writeln!(text, "let value_{index} = compute({index});");
    }
    let looked_at: usize = sample(&text).map(str::len).sum();
    assert!(looked_at <= STRETCHES * STRETCH, "{looked_at}");
    assert_eq!(classify(&text).domain, Domain::Code);
    assert_eq!(sample(&"ä".repeat(200_000)).count(), STRETCHES);
}

#[test]
fn each_language_is_known_by_its_content() {
    for (language, text) in [
        ("python", "import os\n\nclass A:\n    def run(self, path):\n        return os.path.join(self.root, path)\n"),
        ("rust", CODE),
        ("typescript", "export interface User {\n  id: number;\n  name?: string;\n}\n"),
        ("javascript", "const fs = require('fs');\nmodule.exports = function (a, b) {\n  return a === b;\n};\n"),
        ("go", "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"hi\")\n}\n"),
        (
            "java",
            "package com.example;\n\npublic class Main {\n    public static void main(String[] args) {\n    }\n}\n",
        ),
        ("c", "#include <stdio.h>\n\nint main(void)\n{\n    printf(\"hi\\n\");\n    return 0;\n}\n"),
        ("cpp", "#include <vector>\n\nint main() {\n    std::vector<int> v;\n    return v.size();\n}\n"),
        ("bash", "#!/usr/bin/env bash\necho hi\n"),
        ("bash", "if [ -f \"$1\" ]; then\n  echo \"$1\"\nfi\n"),
        ("sql", "SELECT id, name\nFROM users\nWHERE id = 3\nORDER BY name;\n"),
        ("html", "<!DOCTYPE html>\n<html>\n<body>\n<p>Hi</p>\n</body>\n</html>\n"),
        ("css", ".card {\n  color: red;\n  margin: 0 auto;\n}\n"),
        ("json", "{\"a\": [1, 2]}"),
        ("yaml", "name: ci\non:\n  push:\n    branches: [main]\njobs:\n  test:\n    runs-on: ubuntu\n"),
        ("toml", "[package]\nname = \"x\"\nversion = \"0.1.0\"\n"),
    ] {
        assert_eq!(detect_language(text).map(crate::language::Language::name), Some(language), "{text}");
    }
}

#[test]
fn prose_is_no_language() {
    for text in [PROSE, "", "x", "Hello, world!", "a = b", "# Title\n\n- one\n- two\n", "2025-11-22 09:59:41 started\n"]
    {
        assert_eq!(detect_language(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(text in "(?s).{0,200}") {
        let found = classify(&text);
        prop_assert!((0.0..=1.0).contains(&found.confidence));
        prop_assert_eq!(&found, &classify(&text));
        let _ = detect_language(&text);
    }
}
