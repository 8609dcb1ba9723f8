//! `compress --jsonl`: streams for pipelines.

use serde_json::{Value, json};

use crate::program::{LOOSE, Scratch, run_with};

const FLAGS: [&str; 4] = ["compress", "--level", "safe", "--jsonl"];

#[test]
fn every_line_is_answered_in_order() {
    let line = |number: usize| json!({ "id": number, "text": LOOSE.repeat(1 + number % 13) }).to_string();
    let lines: Vec<_> = (0..500).map(line).collect();
    let answers = run_with(&FLAGS, lines.join("\n")).expect(0).json_lines();
    assert_eq!(answers.len(), 500);
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], number);
        assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "text", "receipt"]);
        assert!(answer["text"].as_str().unwrap().len() < LOOSE.len() * (1 + number % 13));
    }
}

#[test]
fn a_broken_line_is_answered_and_the_stream_goes_on() {
    let lines = [
        r#"{"id":"a","text":"one   two   three   four"}"#,
        "",
        r#"{"id":"b","#,
        r#"{"id":"c"}"#,
        r#"{"id":"d","text":"x","language":"klingon"}"#,
        r#"{"id":"e","text":"x","query":"?!"}"#,
        r#"{"id":"f","text":"last","language":null,"query":"who was last?"}"#,
    ];
    let answers = run_with(&FLAGS, lines.join("\n")).expect(2).json_lines();
    let error = |index: usize| answers[index]["error"].as_str().unwrap();
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(ids, [json!("a"), Value::Null, json!("c"), json!("d"), json!("e"), json!("f")]);
    assert!(error(1).starts_with("line 3: not JSON: "), "{}", error(1));
    assert_eq!(error(2), "line 4: `text` is missing");
    assert!(error(3).starts_with("line 5: unknown language `klingon`: use one of "), "{}", error(3));
    assert_eq!(error(4), "line 6: the query is empty: ask a question, or leave it out");
    assert_eq!(answers[5]["text"], "last");
}

#[test]
fn the_codes_are_those_of_several_files() {
    run_with(&FLAGS, r#"{"text":"dense"}"#).expect(1);
    run_with(&FLAGS, "").expect(1);
    let run = run_with(&[&FLAGS[..], &["--stats"]].concat(), "{\"text\":\"a   b   c\"}\n{\"text\":\"x\"}\n").expect(0);
    run.says("total of 2 texts: ");
}

#[test]
fn a_file_is_read_like_stdin() {
    let line = r#"{"id":1,"text":"a   b   c"}"#;
    let scratch = Scratch::with(&[("in.jsonl", line.as_bytes()), ("more.jsonl", line.as_bytes())]);
    let answers = scratch.run(&[&FLAGS[..], &["in.jsonl"]].concat()).expect(0).json_lines();
    assert_eq!(answers[0]["id"], 1);
    scratch.run(&[&FLAGS[..], &["in.jsonl", "more.jsonl"]].concat()).expect(2).says("--jsonl reads one input");
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_stream() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;

    let scratch = Scratch::with(&[]);
    let mut command = scratch.command();
    let mut child = command.args(FLAGS).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let (mut to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let line = format!("{}\n", json!({ "text": LOOSE.repeat(500) }));
    let writer = std::thread::spawn(move || {
        for _ in 0..3_000 {
            to.write_all(line.as_bytes()).unwrap();
        }
        to
    });
    let mut resident = Vec::new();
    for (number, answer) in from.lines().take(3_000).enumerate() {
        assert!(answer.unwrap().starts_with("{\"id\":null,\"text\":"));
        if number % 1_000 == 999 {
            let status = std::fs::read_to_string(&status).unwrap();
            let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
            resident.push(line.trim().trim_end_matches(" kB").parse::<u64>().unwrap());
        }
    }
    drop(writer.join().unwrap());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(resident[2] < resident[0] + 20_000, "kB after 1,000, 2,000 and 3,000 lines: {resident:?}");
}
