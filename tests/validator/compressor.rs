//! `compressor`: systems over texts, with baselines beside them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::scratch;

const TEXTS: &str = r#"{"id": "harbour", "text": "On Tuesday the payment service, which had been running for quite some time without any trouble, answered 1,204 of the requests with HTTP status 504. It must not be restarted while the migration is still running."}
{"id": "code", "text": "def add(first, second):\n    \"\"\"Adds two numbers.\"\"\"\n    # The sum of both.\n    return first + second\n"}
"#;

/// Examples of a run by system and id.
fn examples(file: &str) -> BTreeMap<(String, String), Value> {
    let examples = file.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    examples.map(|example| ((text(&example["system"]), text(&example["id"])), example)).collect()
}

#[test]
fn our_compressor_and_baselines_of_its_size_stand_side_by_side() {
    let scratch = scratch(&[("texts.jsonl", TEXTS)]);
    let run = scratch.run(&["compressor", "texts.jsonl", "--ratio", "0.6", "--out", "run", "--pass", "0.5"]);
    let systems: Vec<&str> = run.out.lines().skip(2).map(|line| line.split('|').nth(1).unwrap().trim()).collect();
    let ours = "balanced --ratio 0.6";
    assert_eq!(systems[0], ours, "{}", run.out);
    let examples = examples(&scratch.read("run/examples.jsonl"));
    assert_eq!(examples.len(), 10);
    let of = |system: &str, id: &str| &examples[&(system.to_owned(), id.to_owned())];
    let after = |system: &str, id: &str| of(system, id)["tokens"]["after"].as_u64().unwrap();
    for id in ["harbour", "code"] {
        assert!(of("identity", id)["measures"]["equivalence"].as_f64() > Some(0.999_99));
        assert_eq!(of("identity", id)["verdict"]["passed"], true);
        for baseline in ["truncate", "extractive"] {
            assert!(after(baseline, id) <= after(ours, id), "{baseline} of {id} is longer than ours");
        }
    }
    assert_eq!(of(ours, "harbour")["measures"]["atoms_kept"], 1.0);
    assert_eq!(of(ours, "code")["measures"]["ast"].as_f64().map(|it| it > 0.5), Some(true));
    assert!(of(ours, "harbour")["measures"]["compression_milliseconds"].as_f64() > Some(0.0));
}

#[test]
fn a_command_is_a_compressor() {
    let scratch = scratch(&[("texts/a.md", "It rains on the harbour."), ("texts/b.md", "Bread is baked from flour.")]);
    let run = scratch.run(&["compressor", "texts", "--command", "tr -d e", "--out", "run", "--pass", "0"]).expect(0);
    assert!(run.out.contains("| tr -d e | prose | 2 |"), "{}", run.out);
    let examples = examples(&scratch.read("run/examples.jsonl"));
    assert_eq!(examples[&("tr -d e".to_owned(), "a.md".to_owned())]["compressed"], "It rains on th harbour.");
    let failing = ["compressor", "texts", "--command", "echo no model >&2; exit 3"];
    scratch.run(&failing).expect(2).says("a.md: ").says("exit status: 3: no model");
}

#[test]
fn without_a_folder_of_texts_nothing_is_made_up() {
    let scratch = scratch(&[]);
    scratch.run(&["compressor", "none"]).expect(2).says("cannot read none");
}
