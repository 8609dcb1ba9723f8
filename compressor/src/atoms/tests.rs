#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn check(text: &str, expect: &Expect) {
    let found: Vec<String> =
        find(text).into_iter().map(|atom| format!("{:?}: {}\n", atom.category, &text[atom.range])).collect();
    expect.assert_eq(&found.concat());
}

#[test]
fn finds_numbers_with_units_and_dates() {
    check(
        "On 12 May 1999 about 3.5 million people ran 42 km in 2:15:03, 12% faster; at 2024-05-01T10:00:00Z it cost $1,200 or 20 ms. In May 1999, three of them left.",
        &expect![[r#"
            Date: 12 May 1999
            Number: about 3.5 million
            Number: 42 km
            Date: 2:15:03
            Number: 12%
            Date: 2024-05-01T10:00:00Z
            Number: $1,200
            Number: 20 ms
            Date: May 1999
            Number: three
        "#]],
    );
}

#[test]
fn finds_what_code_and_shells_write() {
    check(
        "Set MAX_RETRIES=3 in ~/.config/app.toml, call parse_args() or `git rebase -i`, see https://example.org/a?b=1 and mail ops@example.org (commit 3f2a9c1, v1.2.3, --dry-run, $HOME).",
        &expect![[r#"
            Variable: MAX_RETRIES=3
            Path: ~/.config/app.toml
            Identifier: parse_args()
            Identifier: `git rebase -i`
            Url: https://example.org/a?b=1
            Email: ops@example.org
            Hash: 3f2a9c1
            Version: v1.2.3
            Flag: --dry-run
            Variable: $HOME
        "#]],
    );
}

#[test]
fn finds_negations_and_limits() {
    check(
        "It must not restart unless at least 2 nodes agree; it can't wait, only retries at most once, never without a lock. It is not-for-profit and read-only.",
        &expect![[r#"
            Negation: must
            Negation: not
            Negation: unless
            Negation: at least
            Number: 2
            Negation: can't
            Negation: only
            Negation: at most
            Negation: never
            Negation: without
            Negation: not-for-profit
            Negation: read-only
        "#]],
    );
}

#[test]
fn finds_names_of_several_words() {
    check(
        "The University of Oxford hired J. K. Rowling. Although music is old, Music for Airports by Brian Eno is new. Barton paints. However, he left. \"The Lord of the Rings\" is long.",
        &expect![[r#"
            Name: University of Oxford
            Name: J. K. Rowling
            Name: Music
            Name: Airports
            Name: Brian Eno
            Name: Barton
            Quote: "The Lord of the Rings"
        "#]],
    );
}

#[test]
fn finds_error_lines_and_quotes() {
    check(
        "It failed:\nValueError: invalid literal for int()\nerror[E0308]: mismatched types\nHe said “no way” and set key=\"some value\" in 'a b c', it's fine.",
        &expect![[r#"
            ErrorLine: ValueError: invalid literal for int()
            ErrorLine: error[E0308]: mismatched types
            Quote: “no way”
            Quote: key="some value"
            Quote: 'a b c'
        "#]],
    );
}

#[test]
fn no_atom_runs_over_the_end_of_a_sentence_or_paragraph() {
    check(
        "See Examples\n\nReturns Prufer. It has 12\n\nMay 1999",
        &expect![[r#"
            Name: Examples
            Name: Returns Prufer
            Number: 12
            Date: May 1999
        "#]],
    );
}

proptest! {
    #[test]
    fn atoms_are_in_order_and_apart(text in "(\\PC|[ \n\"'`.,()_/-]|[a-zA-Z0-9]{1,6}){0,80}") {
        let mut end = 0;
        for atom in find(&text) {
            prop_assert!(atom.range.start >= end && atom.range.start < atom.range.end, "{atom:?}");
            let piece = &text[atom.range.clone()];
            prop_assert_eq!(piece.trim(), piece);
            end = atom.range.end;
        }
    }
}
