//! `certify` and `compare`: what holds of a run, and whether another is worse.

use crate::{pairs, scratch};

/// So many pairs whose shorter form is the original, or a part of it for every second one.
fn same(count: usize, is_cut: bool) -> String {
    let pair = |number: usize| {
        let verbose = format!("Request {number} failed with status 504, since the gateway waits 30 s and not 45 s.");
        let cut = is_cut && number.is_multiple_of(2);
        let compressed = if cut { "It failed." } else { &verbose };
        serde_json::json!({ "id": format!("text {number}"), "verbose": verbose, "compressed": compressed }).to_string()
    };
    (0..count).map(|number| pair(number) + "\n").collect()
}

#[test]
fn a_run_is_certified_and_a_change_is_seen() {
    let scratch = scratch(&[("pairs.jsonl", &same(110, false))]);
    scratch.run(&["pairs", "pairs.jsonl", "--out", "run"]).expect(0);
    let certified = scratch.run(&["certify", "run"]).expect(0);
    assert!(certified.out.starts_with("# Certificate of pairs"), "{}", certified.out);
    assert_eq!(scratch.read("run/certificate.md"), certified.out);
    let sealed = scratch.read("run/certificate.json");
    scratch.run(&["certify", "run", "--out", "again"]).expect(0);
    assert_eq!(scratch.read("again/certificate.json"), sealed);
    let check = ["certify", "--check", "run/certificate.json"];
    assert!(scratch.run(&check).expect(0).out.contains("as it was sealed"));
    scratch.write("run/certificate.md", certified.out.replace("110", "990").as_bytes());
    scratch.run(&check).expect(1).says("run/certificate.md does not say what");
    scratch.write("run/certificate.json", sealed.replace("\"rows\": 110", "\"rows\": 990").as_bytes());
    scratch.run(&check).expect(1).says("was changed after it was sealed");
    scratch.run(&["certify", "--check", "pairs.jsonl"]).expect(2).says("is no certificate");
}

#[test]
fn a_refusal_names_every_reason() {
    let scratch = scratch(&[("pairs.jsonl", &pairs(15))]);
    scratch.run(&["pairs", "pairs.jsonl", "--rows", "12", "--out", "run"]);
    let refused = scratch.run(&["certify", "run"]).expect(1).says("12 of the 15 rows of pairs.jsonl were measured");
    refused.says("12 examples are too few; 100 are the least").says("of 12 documents; 20 are the least");
    assert!(!scratch.path().join("run/certificate.json").exists());
}

#[test]
fn a_worse_run_is_told_from_one_that_is_not() {
    let scratch = scratch(&[("same.jsonl", &same(110, false)), ("cut.jsonl", &same(100, true)), ("other", &pairs(3))]);
    for (file, folder) in [("same.jsonl", "same"), ("cut.jsonl", "cut"), ("other", "apart")] {
        scratch.run(&["pairs", file, "--out", folder]);
    }
    let alike = scratch.run(&["compare", "same", "same"]).expect(0);
    assert!(alike.out.contains("The second run is shown not to be worse by equivalence within 0.05."), "{}", alike.out);
    let worse = scratch.run(&["compare", "same", "cut", "--json", "worse.json"]).expect(1);
    assert!(worse.out.starts_with("100 examples in both, 10 only in the first, 0 only in the second"), "{}", worse.out);
    assert!(worse.out.contains("the runs have other data") && worse.out.contains("Worst regressions"), "{}", worse.out);
    let json: serde_json::Value = serde_json::from_str(&scratch.read("worse.json")).unwrap();
    assert_eq!((&json["not_worse"], &json["comparison"]["only_other"]), (&false.into(), &10.into()));
    scratch.run(&["compare", "cut", "same"]).expect(0);
    scratch.run(&["compare", "same", "apart"]).expect(2).says("no example in common");
    scratch.run(&["compare", "same", "same", "--measure", "judge"]).expect(2).says("no example has `judge` in both");
}
