//! Code stays code, whatever becomes of its comments.

use compressor::language::Language;
use compressor::policy::{Level, Policy};
use compressor::structural::check;
use proptest::prelude::*;
use proptest::sample::select;

use crate::models::{compress, shared};
use crate::texts::edited;

const CASES: u32 = 400;

fn visible(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn code_stays_code(
        (name, text) in edited(),
        level in select(&[Level::Safe, Level::Balanced][..]),
        model: usize,
    ) {
        let language = Language::from_name(name).unwrap();
        let result = compress(shared(model), &text, &Policy::new(level).with_language(language));
        // How the tokens of code that does not parse belong together is a guess: there, all but white space stays.
        if result.receipt.notes.iter().any(|note| note.contains("does not parse") || note.contains("passed through")) {
            prop_assert_eq!(visible(&result.text), visible(&text));
        } else {
            prop_assert_eq!(check(&text, &result.text, language), Ok(()), "{}\n----\n{}", text, result.text);
        }
        prop_assert_eq!(result.receipt.lost(), 0);
    }
}
