//! Parts: what is handed over early is what the result is made of, and a long text is none the worse for it.

use compressor::engine::Cancel;
use compressor::policy::Policy;
use proptest::prelude::*;

use crate::models::{document, shared};
use crate::texts::{mixed, policies, prose};

/// Texts long enough for several sections.
fn long() -> impl Strategy<Value = String> {
    let block = prop_oneof![3 => prose(), 1 => mixed()];
    let between = prop_oneof![3 => Just("\n\n"), 1 => Just("\n"), 1 => Just("\r\n\r\n"), 1 => Just("")];
    (proptest::collection::vec((block, between), 1..40), 20_000..120_000_usize).prop_map(|(blocks, length)| {
        let round: String = blocks.iter().flat_map(|(block, between)| [block.as_str(), between]).collect();
        round.repeat(length / round.len().max(1_000))
    })
}

#[test]
fn parts_put_together_are_the_result() {
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(text in long(), policy in policies(), model: usize)| {
        let policy: Policy = policy;
        let compressor = shared(model);
        let mut parts = String::new();
        let mut part = |text: &str| parts.push_str(text);
        let result = compressor.compress_in_parts(&document(&text), &policy, &Cancel::new(), &mut part).unwrap();
        prop_assert_eq!(&parts, &result.text);
        prop_assert_eq!(&compressor.compress(&document(&text), &policy, &Cancel::new()).unwrap(), &result);
        let sizes = &result.receipt.tokens;
        let count = |text: &str| policy.tokenizer().count(text);
        prop_assert_eq!((sizes.before, sizes.after), (count(&text), count(&result.text)));
        prop_assert!(result.text == text || sizes.after < sizes.before, "{} {}", sizes.before, sizes.after);
        let mut end = 0;
        for segment in &result.receipt.segments {
            prop_assert_eq!(segment.start, end);
            end = segment.end;
        }
        prop_assert_eq!(end, text.len());
        prop_assert!(result.dropped.windows(2).all(|pair| pair[0].end <= pair[1].start));
    });
}
