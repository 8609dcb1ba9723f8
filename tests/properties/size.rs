//! Never longer, never over the budget without saying so, and never less for more.

use compressor::engine::Cancel;
use compressor::pipeline::Document;
use compressor::policy::{Budget, Level, Policy};
use compressor::tokens::Tokenizer;
use proptest::prelude::*;
use proptest::sample::select;

use crate::models::{compress, document, shared};
use crate::texts::{mixed, policies, prose};

const CASES: u32 = 300;
/// Each of these is a row of budgets.
const ROWS: u32 = 40;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Whether a note says that the guard took a choice back, which may cost the budget.
fn is_taken_back(notes: &[String]) -> bool {
    notes.iter().any(|note| note.contains("keep their words"))
}

/// The tokens of the smallest text, where a note says that the budget is not reached.
fn least(notes: &[String]) -> Option<usize> {
    let note = notes.iter().find(|note| note.contains("is not reached"))?;
    let (_, rest) = note.rsplit_once(" has ")?;
    rest.split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
}

proptest! {
    #![proptest_config(config(CASES))]

    #[test]
    fn a_result_is_never_longer(text in mixed(), policy in policies(), model: usize) {
        let result = compress(shared(model), &text, &policy);
        let tokens = &result.receipt.tokens;
        prop_assert_eq!(tokens.before, policy.tokenizer().count(&text));
        prop_assert_eq!(tokens.after, policy.tokenizer().count(&result.text));
        prop_assert!(tokens.after < tokens.before || result.text == text, "{text}\n----\n{}", result.text);
    }

    #[test]
    fn a_budget_is_met_or_the_smallest_size_told(
        text in mixed(),
        level in select(&[Level::Balanced, Level::Tight][..]),
        tokenizer in select(&Tokenizer::ALL[..]),
        budget in 1..250_usize,
        model: usize,
    ) {
        let policy = Policy::new(level).with_tokenizer(tokenizer).with_budget(Budget::Tokens(budget)).unwrap();
        let result = compress(shared(model), &text, &policy);
        let after = result.receipt.tokens.after;
        if after > budget {
            let without_prose = result.receipt.segments.iter().all(|segment| segment.kind != "prose");
            let told = least(&result.receipt.notes);
            prop_assert!(told == Some(after) || is_taken_back(&result.receipt.notes) || (without_prose && told.is_none()),
                "{after} > {budget}, {:?}\n{text}\n----\n{}", result.receipt.notes, result.text);
        }
    }

    #[test]
    fn one_text_of_several_is_a_text(text in mixed(), policy in policies(), model: usize) {
        let alone = compress(shared(model), &text, &policy);
        let all = shared(model).compress_all(&[document(&text)], &policy, &Cancel::new()).unwrap();
        prop_assert_eq!(all, [alone]);
    }
}

proptest! {
    #![proptest_config(config(ROWS))]

    #[test]
    fn more_budget_never_gives_less(
        texts in proptest::collection::vec(prop_oneof![prose(), mixed()], 1..4),
        level in select(&[Level::Balanced, Level::Tight][..]),
        model: usize,
    ) {
        let documents: Vec<Document<'_>> = texts.iter().map(|text| document(text)).collect();
        let whole: usize = texts.iter().map(|text| Tokenizer::O200kBase.count(text)).sum();
        let mut before = 0;
        for budget in (1..whole + 10).step_by(1 + whole / 20) {
            let policy = Policy::new(level).with_budget(Budget::Tokens(budget)).unwrap();
            let results = shared(model).compress_all(&documents, &policy, &Cancel::new()).unwrap();
            let tokens: usize = results.iter().map(|result| result.receipt.tokens.after).sum();
            if results.iter().any(|result| is_taken_back(&result.receipt.notes)) {
                return Ok(());
            }
            prop_assert!(tokens >= before, "{before} tokens for less than {budget}, {tokens} for it:\n{texts:?}");
            prop_assert!(tokens <= budget || results.iter().any(|result| least(&result.receipt.notes).is_some())
                || results.iter().all(|result| result.receipt.segments.iter().all(|segment| segment.kind != "prose")),
                "{tokens} > {budget}: {texts:?}");
            before = tokens;
        }
    }
}
