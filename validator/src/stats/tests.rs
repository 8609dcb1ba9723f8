//! The formulas against scipy and statsmodels: `validator/reference/statistics.py` writes what they say.

use serde_json::Value;

use super::bootstrap::{Resampling, interval};
use super::equivalence::equivalence;
use super::holm::holm;
use super::mcnemar::mcnemar;
use super::permutation::permutation_p;
use super::proportion::proportion;
use super::sample::Sample;
use super::*;

const REFERENCE: &str = include_str!("../../reference/statistics.json");

fn reference(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(REFERENCE).unwrap();
    match &all[name] {
        Value::Array(cases) => cases.clone(),
        case => vec![case.clone()],
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn documents(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect()
}

#[track_caller]
fn close(ours: f64, theirs: f64, what: &str) {
    assert!((ours - theirs).abs() < 1e-9, "{what}: {ours} against {theirs}");
}

#[test]
fn bca_and_percentile_intervals_are_scipys() {
    for case in reference("bca") {
        let values = numbers(&case["values"]);
        let (sum, n) = (values.iter().sum::<f64>(), values.len() as f64);
        for expected in case["intervals"].as_array().unwrap() {
            // Without the jackknife there is no correction.
            let (method, without_one): (_, Vec<f64>) = match expected["method"].as_str() {
                Some("BCa") => (Method::Bca, values.iter().map(|it| (sum - it) / (n - 1.0)).collect()),
                _ => (Method::Percentile, vec![0.0; values.len()]),
            };
            let tail = (1.0 - number(&expected["level"])) / 2.0;
            let ends = interval(&numbers(&case["drawn"]), sum / n, &without_one, tail);
            assert_eq!(ends.1, method);
            close(ends.0.0, number(&expected["ends"][0]), "low");
            close(ends.0.1, number(&expected["ends"][1]), "high");
        }
    }
}

#[test]
fn wilson_intervals_are_those_of_statsmodels() {
    for case in reference("wilson") {
        let (passed, n) = (case["passed"].as_u64().unwrap(), case["n"].as_u64().unwrap());
        let estimate = proportion((0..n).map(|it| (it, it < passed)), number(&case["level"])).unwrap();
        close(estimate.low(), number(&case["interval"][0]), &case.to_string());
        close(estimate.high(), number(&case["interval"][1]), &case.to_string());
    }
}

#[test]
fn wilson_intervals_of_documents_use_the_variance_that_statsmodels_finds() {
    for case in reference("wilson_of_documents") {
        let passed = case["passed"].as_array().unwrap().iter().map(|it| it.as_bool().unwrap());
        let estimate = proportion(documents(&case["documents"]).into_iter().zip(passed), LEVEL).unwrap();
        close(estimate.low(), number(&case["interval"][0]), "low");
        close(estimate.high(), number(&case["interval"][1]), "high");
    }
}

#[test]
fn mcnemars_test_is_that_of_statsmodels() {
    for case in reference("mcnemar") {
        let count = |name: &str| usize::try_from(case[name].as_u64().unwrap()).unwrap();
        let first = std::iter::repeat_n((true, false), count("only_first"));
        let result = mcnemar(first.chain(std::iter::repeat_n((false, true), count("only_second"))));
        close(result.exact_p, number(&case["exact"]), &case.to_string());
        close(result.mid_p, number(&case["mid"]), &case.to_string());
    }
}

#[test]
fn the_exact_permutation_test_is_scipys() {
    for case in reference("permutation") {
        let sample = Sample::new(numbers(&case["differences"]).into_iter().enumerate()).unwrap();
        close(permutation_p(&sample, Resampling::seeded(1)), number(&case["p"]), "p");
    }
}

#[test]
fn tost_is_that_of_statsmodels() {
    for case in reference("tost") {
        let observations = documents(&case["documents"]).into_iter().zip(numbers(&case["differences"]));
        let sample = Sample::new(observations).unwrap();
        let result = equivalence(&sample, number(&case["delta"]), 1.0, Resampling::seeded(1));
        close(result.p, number(&case["p"]), "p");
        close(result.not_worse_p, number(&case["not_worse"]), "p of not worse");
        close(result.difference.low(), number(&case["interval"][0]), "low");
        close(result.difference.high(), number(&case["interval"][1]), "high");
    }
}

#[test]
fn holms_adjustment_is_that_of_statsmodels() {
    for case in reference("holm") {
        for (ours, theirs) in holm(&numbers(&case["p"])).into_iter().zip(numbers(&case["adjusted"])) {
            close(ours, theirs, "adjusted p");
        }
    }
}

#[test]
fn an_estimate_says_how_sure_it_is() {
    let estimate = proportion((0..300).map(|it| (it / 6, it % 10 != 0)), LEVEL).unwrap();
    assert_eq!(estimate.to_string(), "0.900 [0.860, 0.930] n=300 of 50 documents");
    assert_eq!(format!("{estimate:.1}"), "0.9 [0.9, 0.9] n=300 of 50 documents");
    let back: Estimate = serde_json::from_str(&serde_json::to_string(&estimate).unwrap()).unwrap();
    assert_eq!(format!("{back:.12}"), format!("{estimate:.12}"));
    assert!(!estimate.has_few_documents());
}
