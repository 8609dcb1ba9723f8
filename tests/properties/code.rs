//! Code stays code, whatever becomes of its comments.

use compressor::draft::Part;
use compressor::language::Language;
use compressor::policy::{Level, Policy};
use compressor::structural::{check, draft};
use compressor::tokens::Tokenizer;
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
        // How the tokens of code that does not parse belong together is a guess: what is no comment of a stretch that
        // does stays, white space aside.
        if result.receipt.notes.iter().any(|note| note.contains("not parse") || note.contains("passed through")) {
            let draft = draft(&text, 0..text.len(), language, level, Tokenizer::O200kBase);
            let mut written = visible(&result.text);
            for part in draft.parts {
                if let Part::Fixed { source, .. } = part {
                    let code = visible(&text[source]);
                    let found = written.find(&code);
                    prop_assert!(found.is_some(), "{code}\n----\n{text}\n----\n{}", result.text);
                    written.drain(..found.unwrap_or_default() + code.len());
                }
            }
        } else {
            prop_assert_eq!(check(&text, &result.text, language), Ok(()), "{}\n----\n{}", text, result.text);
        }
        prop_assert_eq!(result.receipt.lost(), 0);
    }
}
