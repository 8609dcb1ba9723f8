//! Same input, same bytes: cold or warm, in any order, on one lane or eight, from one thread or several.

use compressor::pipeline::{Compressed, Compressor};
use compressor::policy::{Level, Policy};
use proptest::prelude::*;

use crate::models::{compress, embedded, scripted, shared};
use crate::texts::{mixed, policies};

/// Texts that are compressed one after the other; together with the number of rounds 10,000 cases.
const TEXTS: usize = 25;
const ROUNDS: u32 = 394;
/// With the embedded model, which takes its time.
const MODEL_TEXTS: usize = 15;
const MODEL_ROUNDS: u32 = 10;

/// Threads that compress at once.
const THREADS: usize = 4;

type Case = (String, Policy);

fn cases(count: usize) -> impl Strategy<Value = Vec<Case>> {
    proptest::collection::vec((mixed(), policies()), count)
}

fn in_order(compressor: &Compressor, cases: &[Case]) -> Vec<Compressed> {
    cases.iter().map(|(text, policy)| compress(compressor, text, policy)).collect()
}

/// From several threads, each of which begins at the end; the results in order.
fn at_once(compressor: &Compressor, cases: &[Case]) -> Vec<Compressed> {
    let results = std::thread::scope(|scope| {
        let share = |thread: usize| cases.iter().enumerate().rev().skip(thread).step_by(THREADS);
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                scope.spawn(move || {
                    let each = share(thread).map(|(index, (text, policy))| (index, compress(compressor, text, policy)));
                    each.collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    let mut results = results;
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[test]
fn same_input_same_bytes() {
    let other = scripted(0);
    let config = ProptestConfig { cases: ROUNDS, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(cases in cases(TEXTS))| {
        let first = in_order(shared(0), &cases);
        prop_assert_eq!(at_once(&other, &cases), first);
    });
}

#[test]
fn same_input_same_bytes_with_the_embedded_model() {
    let (one, eight) = (embedded(1), embedded(8));
    let config = ProptestConfig { cases: MODEL_ROUNDS, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(cases in cases(MODEL_TEXTS))| {
        let warm = in_order(&one, &cases);
        prop_assert_eq!(&at_once(&eight, &cases), &warm);
        // One of them cold.
        let Some((text, policy)) = cases.last() else { return Ok(()) };
        prop_assert_eq!(Some(&compress(&embedded(2), text, policy)), warm.last());
    });
}

#[test]
fn layout_is_the_same_each_time() {
    let compressor = embedded(1);
    proptest!(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }, |(text in mixed())| {
        let policy = Policy::new(Level::Safe);
        let first = compress(&compressor, &text, &policy);
        for _ in 0..4 {
            prop_assert_eq!(&compress(&compressor, &text, &policy), &first);
        }
    });
}
