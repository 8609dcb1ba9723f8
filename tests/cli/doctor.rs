//! `doctor`: what is wrong with the machine, and how to mend it.

use crate::model::Model;
use crate::program::{Scratch, finish, run_with};

#[test]
fn a_sound_machine_passes_every_check() {
    let run = run_with(&["doctor"], "").expect(0);
    for check in ["processor", "cores", "memory", "cache", "disk", "model", "answer", "certificate", "tokenizers"] {
        assert!(run.out.lines().any(|line| line.split_whitespace().nth(1) == Some(check)), "{check}:\n{}", run.out);
    }
    assert!(!run.out.contains("failed"), "{}", run.out);
}

#[test]
fn a_cache_that_cannot_be_written_is_a_failure_with_a_remedy() {
    let scratch = Scratch::with(&[("taken", b"a file")]);
    let mut command = scratch.command();
    command.args(["doctor", "--json"]).env("COMPRESSION_LAYER_CACHE", scratch.path().join("taken/cache"));
    let diagnosis = finish(command, "").expect(2).json();
    assert_eq!(diagnosis["ok"], false);
    let checks = diagnosis["checks"].as_array().unwrap();
    let cache = checks.iter().find(|check| check["name"] == "cache").unwrap();
    assert_eq!(cache["status"], "failed");
    assert!(cache["remedy"].as_str().unwrap().contains("COMPRESSION_LAYER_CACHE"));
    for check in checks {
        assert_eq!(check.get("remedy").is_none(), check["status"] == "ok", "{check}");
    }
}

#[test]
fn a_model_folder_that_is_none_is_a_failure_with_a_remedy() {
    let scratch = Scratch::with(&[("model/readme.md", b"no manifest here")]);
    let diagnosis = scratch.run(&["doctor", "--json", "--model", "model"]).expect(2).json();
    let checks = diagnosis["checks"].as_array().unwrap();
    let model = checks.iter().find(|check| check["name"] == "model").unwrap();
    assert_eq!(model["status"], "failed");
    assert!(model["remedy"].as_str().unwrap().contains("leave out --model"));
}

#[test]
fn the_certificate_beside_a_model_is_looked_at() {
    let Model(scratch) = Model::copy();
    let look = || {
        let diagnosis = scratch.run(&["doctor", "--json", "--model", "model"]).expect(0).json();
        let found =
            diagnosis["checks"].as_array().unwrap().iter().find(|check| check["name"] == "certificate").cloned();
        found.map(|it| format!("{}: {}", it["status"], it["found"])).unwrap()
    };
    assert_eq!(look(), r#""ok": "none lies beside the model""#);
    let receipt = scratch.run(&["compress", "--json", "--model", "model", "prose.md"]).json()["receipt"].clone();
    let seal = |hash: &serde_json::Value, rows: usize| {
        let data = serde_json::json!({ "name": "a.jsonl" });
        let mut it = serde_json::json!({ "subject": "tight", "model": { "hash": hash }, "data": data, "rows": 7 });
        it["seal"] = compressor::model::certificate::seal(&it).into();
        it["rows"] = rows.into();
        scratch.write("model/certificate.json", it.to_string().as_bytes());
    };
    seal(&receipt["model"]["hash"], 7);
    assert_eq!(look(), r#""ok": "tight was certified on a.jsonl""#);
    seal(&receipt["model"]["hash"], 9);
    assert_eq!(look(), r#""warning": "the certificate was changed after it was sealed""#);
    seal(&"0".repeat(64).into(), 7);
    assert_eq!(look(), r#""warning": "the certificate is of another model""#);
}
