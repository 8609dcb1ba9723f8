//! Cosines beside those of sentence-transformers, from a fixture that `cosines.py` makes with the real library.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::scratch;

/// What the 8-bit weights of the embedded model may change of a cosine, at most and on average: those of the fixture were 32
/// bits wide. With the same weights in 32 bits the same code differs by less than 1e-3 (docs/VALIDATION.md).
const WORST: f64 = 0.01;
const MEAN: f64 = 0.004;

#[test]
fn cosines_are_those_of_sentence_transformers() {
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/validator/cosines.json");
    let fixture: Value = serde_json::from_str(&std::fs::read_to_string(fixture).unwrap()).unwrap();
    let texts: Vec<&str> = fixture["texts"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    let mut expected = HashMap::new();
    let mut rows = String::new();
    for row in fixture["cosines"].as_array().unwrap() {
        let at = |place: usize| usize::try_from(row[place].as_u64().unwrap()).unwrap();
        let (first, second) = (texts[at(0)], texts[at(1)]);
        // An empty text is no original.
        let (verbose, compressed) = if first.is_empty() { (second, first) } else { (first, second) };
        let id = format!("{} {}", at(0), at(1));
        rows += &(json!({ "id": id, "verbose": verbose, "compressed": compressed, "domain": "nl" }).to_string() + "\n");
        expected.insert(id, row[2].as_f64().unwrap());
    }
    let scratch = scratch(&[("pairs.jsonl", &rows)]);
    scratch.run(&["pairs", "pairs.jsonl", "--out", "run"]);
    let mut errors = Vec::new();
    for line in scratch.read("run/examples.jsonl").lines() {
        let example: Value = serde_json::from_str(line).unwrap();
        let id = example["id"].as_str().unwrap();
        errors.push(((example["measures"]["cosine"].as_f64().unwrap() - expected[id]).abs(), id.to_owned()));
    }
    assert_eq!(errors.len(), expected.len());
    errors.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mean = errors.iter().map(|(error, _)| error).sum::<f64>() / errors.len() as f64;
    assert!(errors[0].0 < WORST && mean < MEAN, "mean {mean:.5}, worst {:?}", &errors[..5]);
}
