//! `pairs`: what it prints, writes and refuses.

use serde_json::Value;

use crate::{pairs, scratch};

#[test]
fn a_run_prints_a_table_and_keeps_each_example() {
    let scratch = scratch(&[("pairs.jsonl", &pairs(3))]);
    let run = scratch.run(&["pairs", "pairs.jsonl", "--out", "run"]);
    assert!(run.out.starts_with("| system | domain | n | pass | tokens | ratio |"), "{}", run.out);
    assert!(run.out.contains("| pairs | prose | 3 |"), "{}", run.out);
    let header: Value = serde_json::from_str(&scratch.read("run/run.json")).unwrap();
    assert_eq!((&header["kind"], &header["data"]["rows"]), (&"pairs".into(), &3.into()));
    let examples: Vec<Value> =
        scratch.read("run/examples.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(examples.len(), 3);
    assert_eq!(examples[0]["lost"], serde_json::json!([{ "category": "negation", "text": "not" }]));
    assert_eq!(examples[0]["tokens"]["before"], 20);
}

#[test]
fn a_broken_row_stops_the_run_or_is_passed_over() {
    let broken = pairs(1) + "{\"verbose\": \n" + &pairs(1) + "{\"verbose\": \"a\"}\n";
    let scratch = scratch(&[("pairs.jsonl", &broken)]);
    scratch.run(&["pairs", "pairs.jsonl"]).expect(2).says("line 2 is no row of this data").says("--skip-broken");
    let run = scratch.run(&["pairs", "pairs.jsonl", "--skip-broken"]).expect(2);
    let run = run
        .says("passed over: line 2 is no row of this data")
        .says("passed over: line 4: pairs: it has no `compressed`");
    assert!(run.out.contains("| pairs | prose | 2 |"), "{}", run.out);
}

#[test]
fn an_id_that_stands_twice_is_told() {
    let row = r#"{"id": "a", "verbose": "It rains on the harbour.", "compressed": "rains harbour"}"#;
    let scratch = scratch(&[("pairs.jsonl", &format!("{row}\n{row}\n"))]);
    scratch.run(&["pairs", "pairs.jsonl"]).expect(2).says("id `a` stands twice");
}

#[test]
fn what_cannot_be_read_is_told() {
    let scratch = scratch(&[]);
    scratch.run(&["pairs", "none.jsonl"]).expect(2).says("cannot read none.jsonl");
}

#[test]
fn a_reader_that_went_away_ends_the_printing_alone() {
    let scratch = scratch(&[("pairs.jsonl", &pairs(3))]);
    let mut command = scratch.command();
    command.args(["pairs", "pairs.jsonl", "--out", "run"]);
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_ne!(child.wait().unwrap().code(), Some(2));
    assert_eq!(scratch.read("run/examples.jsonl").lines().count(), 3);
}
