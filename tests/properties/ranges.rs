//! Ranges that a result tells of lie in its original.

use proptest::prelude::*;

use crate::models::{compress, shared};
use crate::texts::{edited, mixed, policies};

const CASES: u32 = 500;

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_dropped_is_in_order_and_apart(
        text in prop_oneof![mixed(), edited().prop_map(|(_, text)| text)],
        policy in policies(),
        model: usize,
    ) {
        let result = compress(shared(model), &text, &policy);
        let mut end = 0;
        for (index, range) in result.dropped.iter().enumerate() {
            prop_assert!(range.start < range.end && (index == 0 || range.start > end), "{:?}", result.dropped);
            prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
            end = range.end;
        }
        prop_assert!(result.dropped.is_empty() || result.text != text);
    }

    #[test]
    fn what_was_not_dropped_stands_in_the_result_in_order(
        text in prop_oneof![mixed(), edited().prop_map(|(_, text)| text)],
        policy in policies(),
        model: usize,
    ) {
        let result = compress(shared(model), &text, &policy);
        let gone = |offset: usize| result.dropped.iter().any(|range| range.contains(&offset));
        let mut written = result.text.chars();
        for (offset, character) in text.char_indices().filter(|(_, character)| !character.is_whitespace()) {
            prop_assert!(gone(offset) || written.any(|next| next == character),
                "{character:?} at {offset} of\n{text}\n----\n{}\n{:?}", result.text, result.dropped);
        }
    }

    #[test]
    fn segments_tile_the_text(text in mixed(), policy in policies(), model: usize) {
        let result = compress(shared(model), &text, &policy);
        let (mut end, mut after) = (0, 0);
        for segment in &result.receipt.segments {
            prop_assert_eq!(segment.start, end);
            prop_assert!(segment.start < segment.end && text.is_char_boundary(segment.end));
            prop_assert_eq!(segment.bytes_before, segment.end - segment.start);
            end = segment.end;
            after += segment.bytes_after;
        }
        prop_assert_eq!((end, after), (text.len(), result.text.len()));
    }
}
