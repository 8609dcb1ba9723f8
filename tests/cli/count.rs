//! `count`: tokens by every tokenizer.

use serde_json::json;

use crate::program::{Scratch, run_with};

#[test]
fn counts_are_exact_or_say_that_they_are_not() {
    let scratch = Scratch::with(&[("a.txt", b"tiktoken is great!"), ("b.txt", b"tiktoken is great!")]);
    let run = scratch.run(&["count", "a.txt"]).expect(0);
    assert_eq!(run.out.split_whitespace().collect::<Vec<_>>(), ["6", "a.txt"]);
    let run = scratch.run(&["count", "--tokenizer", "claude", "a.txt"]).expect(0);
    let words: Vec<_> = run.out.split_whitespace().collect();
    assert_eq!(words, ["claude", "±10%", "about", "7", "a.txt"]);
    let run = scratch.run(&["count", "--tokenizer", "all", "."]).expect(0);
    let lines: Vec<Vec<_>> = run.out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["o200k_base", "cl100k_base", "claude", "±10%", "gemini", "±10%"]);
    assert_eq!(lines[3], ["12", "12", "about", "14", "about", "12", "total"]);
}

#[test]
fn json_gives_counts_and_their_error() {
    let run = run_with(&["count", "--json", "--tokenizer", "claude"], "tiktoken is great!").expect(0);
    let tokens = json!({ "claude": { "count": 7, "exact": false, "relative_error": 0.1 } });
    assert_eq!(run.json(), json!({ "files": [{ "path": "-", "tokens": tokens }], "total": tokens }));
}

#[test]
fn unknown_tokenizers_are_refused_with_the_list() {
    run_with(&["count", "--tokenizer", "x"], "")
        .expect(2)
        .says("[possible values: o200k_base, cl100k_base, claude, gemini, all]");
}
