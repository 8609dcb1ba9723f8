//! `report`: what it prints and writes of a run, and that it says what is not known.

use serde_json::Value;

use crate::{pairs, scratch};

#[test]
fn a_run_has_tables_json_and_a_page() {
    let scratch = scratch(&[("pairs.jsonl", &pairs(40))]);
    scratch.run(&["pairs", "pairs.jsonl", "--out", "run"]);
    let report = scratch.run(&["report", "run"]).expect(0).says("wrote run/report.json and report.html");
    assert!(report.out.contains("| pairs  | all    | 40 "), "{}", report.out);
    assert!(report.out.contains("No model was asked"), "{}", report.out);
    let json: Value = serde_json::from_str(&scratch.read("run/report.json")).unwrap();
    let lost = &json["systems"][0]["nothing_lost"];
    assert_eq!((&lost["value"], &lost["n"], &lost["method"]), (&0.0.into(), &40.into(), &"wilson".into()));
    assert!(lost["high"].as_f64().unwrap() > 0.0);
    let page = scratch.read("run/report.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Validation of pairs"));
    // Again, the same bytes.
    scratch.run(&["report", "run", "--out", "again"]).expect(0);
    assert!(scratch.read("again/report.html") == page);
}

#[test]
fn one_example_is_no_figure() {
    let scratch = scratch(&[("pairs.jsonl", &pairs(1))]);
    scratch.run(&["pairs", "pairs.jsonl", "--out", "run"]);
    let report = scratch.run(&["report", "run"]).expect(0);
    assert!(report.out.contains("too few: n=1 of 1 document(s)"), "{}", report.out);
}

#[test]
fn what_there_is_no_report_of_is_told() {
    let scratch = scratch(&[("pairs.jsonl", &pairs(2))]);
    scratch.run(&["report", "none"]).expect(2).says("cannot use none/run.json");
    scratch.run(&["pairs", "pairs.jsonl", "--out", "run"]);
    scratch.run(&["report", "run", "--system", "tight"]).expect(2).says("no system `tight`; there are pairs");
}
