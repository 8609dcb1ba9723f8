//! Habits: what the code never does.

use crate::code::{self, Line, mentions};
use crate::tree::{Text, report, tree};

#[test]
fn no_test_is_switched_off() {
    each_line(|_, line| {
        line.code.contains("#[ignore").then_some("a test that is not run proves nothing: mend it or delete it")
    });
}

#[test]
fn no_test_sleeps() {
    each_line(|file, line| {
        ((file.is_aside() || line.is_test) && mentions(&line.code, "sleep"))
            .then_some("a test that waits for a time fails on a slow machine: wait for what should happen")
    });
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    each_line(|_, line| {
        let attribute = line.code.contains("#[") || line.code.contains("#![");
        let allows = attribute && mentions(&line.code, "allow") && line.code.contains("allow(");
        let bare = attribute && line.code.contains("expect(") && !line.code.contains("reason");
        if allows {
            Some("write #[expect(lint, reason = \"...\")]: it goes away when it is not needed any more")
        } else {
            (bare && line.code.trim_end().ends_with(")]")).then_some("an expectation needs a reason = \"...\"")
        }
    });
}

#[test]
fn nothing_is_left_unfinished() {
    each_line(|_, line| {
        ["todo!", "unimplemented!", "dbg!"]
            .iter()
            .any(|name| line.code.contains(name))
            .then_some("finish it, or take it out and open an issue")
    });
}

#[test]
fn nothing_unwraps_outside_tests() {
    each_line(|file, line| {
        (!file.is_aside() && !line.is_test && line.code.contains(".unwrap()"))
            .then_some("return an error, or state with expect(\"...\") why this cannot fail")
    });
}

#[test]
fn each_unsafe_says_why_it_is_sound() {
    let mut problems = Vec::new();
    for file in tree().rust() {
        let raw: Vec<_> = file.text.lines().collect();
        for line in code::lines(&file.text).iter().filter(|line| mentions(&line.code, "unsafe")) {
            let above = raw[..line.number - 1].iter().rev().take_while(|line| !line.trim().is_empty()).take(8);
            if !above
                .chain(&raw[line.number - 1..line.number])
                .any(|it| it.contains("SAFETY:") || it.contains("# Safety"))
            {
                problems.push(format!(
                    "{}:{}: say in a `// SAFETY:` comment above why this is sound",
                    file.path, line.number
                ));
            }
        }
    }
    report(&problems);
}

/// Fails with every line for which the rule has advice.
fn each_line(rule: impl Fn(&Text, &Line) -> Option<&'static str>) {
    let problems: Vec<_> = tree()
        .rust()
        .filter(|file| !file.path.starts_with("tests/fixtures/"))
        .flat_map(|file| {
            let advice = |line: &Line| rule(file, line).map(|it| format!("{}:{}: {it}", file.path, line.number));
            code::lines(&file.text).iter().filter_map(advice).collect::<Vec<_>>()
        })
        .collect();
    report(&problems);
}
