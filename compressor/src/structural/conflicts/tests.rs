use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::draft::written as written_parts;
use crate::policy::Level;
use crate::structural::properties::SAMPLES;
use crate::structural::rendering::{draft_all, render};

/// A draft with all words of its comments and with none.
fn written(language: &str, level: Level, text: &str) -> [String; 2] {
    let draft = draft_all(language, level, text);
    [render(text, &draft, &mut || true), render(text, &draft, &mut || false)]
}

fn check_sides(language: &str, text: &str, result: &str) {
    let language = Language::from_name(language).expect("a known language");
    assert_eq!(check(text, result, language, true), Ok(()), "{text}\n----\n{result}");
}

fn check_golden(language: &str, text: &str, expect: &Expect) {
    let [all, none] = written(language, Level::Balanced, text);
    for result in [&all, &none] {
        check_sides(language, text, result);
    }
    expect.assert_eq(&all);
}

#[test]
fn both_sides_of_a_conflict_stay() {
    check_golden(
        "python",
        "class Orders:\n    def total(self):\n        total = 0\n        for order in self.orders:\n<<<<<<< HEAD\n            total += int(order[\"price\"])\n=======\n            total += order[\"price\"] * order[\"count\"]\n>>>>>>> other\n        return total\n",
        &expect![[r#"
            class Orders:
                def total(self):
                    total = 0
                    for order in self.orders:
            <<<<<<< HEAD
                        total += int(order["price"])
            =======
                        total += order["price"] * order["count"]
            >>>>>>> other
                    return total
        "#]],
    );
    check_golden(
        "rust",
        "fn limit() -> usize {\n<<<<<<< ours\n    // Ours.\n    10\n||||||| base\n    5\n=======\n    // Theirs.\n    20\n>>>>>>> theirs\n}\n",
        &expect![[r"
            fn limit() -> usize {
            <<<<<<< ours
             // Ours.
             10
            ||||||| base
             5
            =======
             // Theirs.
             20
            >>>>>>> theirs
            }
        "]],
    );
}

#[test]
fn marks_within_a_docstring_stay() {
    let text = "def f():\n    \"\"\"What it does.\n\n<<<<<<< HEAD\n    It adds.\n=======\n    It multiplies.\n>>>>>>> other\n    \"\"\"\n    return 1\n";
    for level in [Level::Safe, Level::Balanced, Level::Tight, Level::Skeleton] {
        for result in written("python", level, text) {
            check_sides("python", text, &result);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_stay_and_sides_are_the_same_code(
        (language, text) in prop::sample::select(SAMPLES),
        from: prop::sample::Index,
        length in 1..8_usize,
        without: prop::sample::Index,
        has_base: bool,
        seed in 1..100_u64,
        level in prop_oneof![Just(Level::Safe), Just(Level::Balanced), Just(Level::Skeleton)],
    ) {
        let lines: Vec<&str> = text.split_inclusive('\n').filter(|line| line.ends_with('\n')).collect();
        let from = from.index(lines.len());
        let to = (from + length).min(lines.len());
        let mut theirs = lines[from..to].to_vec();
        theirs.remove(without.index(theirs.len()));
        let base = if has_base { "||||||| 1a2b3c4\n" } else { "" };
        let (ours, theirs) = (lines[from..to].concat(), theirs.concat());
        let conflict = format!("<<<<<<< HEAD\n{ours}{base}=======\n{theirs}>>>>>>> a/branch\n");
        let text = [&lines[..from].concat(), &conflict, &lines[to..].concat()].map(String::as_str).concat();
        let known = Language::from_name(language).expect("a known language");
        let draft = draft_all(language, level, &text);
        let all = render(&text, &draft, &mut || true);
        prop_assert_eq!(check(&text, &all, known, true), Ok(()), "{}\n{}\n----\n{}", language, text, all);
        // What the guard lets pass keeps its sides, whichever words of comments stay.
        let mut number = 0_u64;
        let mut some = || {
            number += 1;
            (number * seed).is_multiple_of(3)
        };
        let pieces: Vec<String> = draft.parts.iter().map(|part| written_parts(&text, std::slice::from_ref(part), &mut some)).collect();
        if draft.check(&text, |part| &pieces[part], known, &[]).is_ok() {
            prop_assert_eq!(check(&text, &pieces.concat(), known, true), Ok(()), "{}\n{}", language, pieces.concat());
        }
    }
}
