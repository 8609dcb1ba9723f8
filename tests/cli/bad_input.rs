//! What users do wrong, and what the machine does to them: a clear message, code 2, nothing lost.

use crate::program::{LOOSE, Scratch, finish, run_with};

#[test]
fn flags_that_cannot_be_right_say_what_to_type() {
    let cases: [(&[&str], &str); 12] = [
        (&["--ratio", "50"], "ratio 50 is not in (0, 1]: 0.5 means half of the tokens"),
        (&["--ratio", "-0.5"], "ratio -0.5 is not in (0, 1]"),
        (&["--ratio", "NaN"], "ratio NaN is not in (0, 1]"),
        (&["--ratio", "half"], "`half` is not a ratio: 0.5 means half of the tokens"),
        (&["--budget", "0"], "a budget of 0 tokens leaves nothing: give at least 1"),
        (&["--budget", "2k"], "`2k` is not a number of tokens: type it like 800"),
        (&["--budget", "9", "--ratio", "0.5"], "cannot be used with '--ratio"),
        (&["--query", ""], "the query is empty: ask a question, or leave it out"),
        (&["--level", "max"], "[possible values: safe, balanced, tight, skeleton]"),
        (&["--tokenizer", "bert"], "[possible values: o200k_base, cl100k_base, claude, gemini]"),
        (&["--engine", "gpu"], "[possible values: auto, structural, tagger]"),
        (&["--jsonl", "--json"], "cannot be used with"),
    ];
    for (flags, message) in cases {
        run_with(&[&["compress"], flags].concat(), LOOSE).expect(2).says(message);
    }
    let run = run_with(&["compress", "--language", "klingon"], LOOSE).expect(2);
    run.says("possible values: ").says("python").says("rust").says("typescript");
}

#[test]
fn what_is_not_there_is_named() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("empty/.keep", b"")]);
    scratch.run(&["compress", "missing.md"]).expect(2).says("missing.md: no such file or folder");
    scratch.run(&["compress", "*.py"]).expect(2).says("*.py: no file matches this pattern");
    scratch.run(&["compress", "empty"]).expect(2).says("empty: no text file in this folder");
    scratch.run(&["compress", "-", "-"]).expect(2).says("stdin (-) can be read once only");
    let run = scratch.run(&["compress", "a.md", "missing.md"]).expect(2);
    assert_eq!(run.out, "", "nothing is begun when an argument is wrong");
}

#[test]
fn what_is_no_text_is_placed() {
    let scratch = Scratch::with(&[("a.bin", b"ELF\0"), ("latin.txt", b"line\ncaf\xe9\n")]);
    for command in ["compress", "diff", "count"] {
        scratch.run(&[command, "a.bin"]).expect(2).says("a.bin: binary: a zero byte at offset 3");
        let run = scratch.run(&[command, "latin.txt"]).expect(2);
        run.says("latin.txt: not UTF-8: the byte at offset 8 (line 2) starts no character");
    }
    let run = run_with(&["compress"], b"caf\xe9".to_vec()).expect(2).says("not UTF-8: the byte at offset 3 (line 1)");
    assert_eq!(run.out, "");
}

#[test]
fn nothing_and_next_to_nothing_come_back_unchanged() {
    for text in ["", "x", " ", "\n", "\u{feff}"] {
        assert_eq!(run_with(&["compress"], text).expect(1).out, text);
    }
}

#[test]
fn fifty_megabytes_pass_at_safe_and_are_refused_where_memory_would_not_do() {
    let scratch = Scratch::with(&[]);
    let line = "2026-11-22 10:08:00 INFO  request   served in 12 ms\n";
    scratch.write("big.log", line.repeat(50_000_000 / line.len()).as_bytes());
    scratch.run(&["compress", "--level", "safe", "--output", "out", "big.log"]).expect(0);
    assert!(scratch.path().join("out/big.log").metadata().unwrap().len() < 50_000_000);
    let run = scratch.run(&["compress", "big.log"]).expect(2);
    assert_eq!(run.out, "");
    run.says("big.log: text has ").says("use level safe");
}

#[test]
fn sources_are_never_overwritten() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("deep/a.md", b"other")]);
    let run = scratch.run(&["compress", "--level", "safe", "a.md", "--output", "."]).expect(2);
    run.says("a.md is a source and would be overwritten: choose another --output");
    let run = scratch.run(&["compress", "--level", "safe", "a.md", "deep/a.md", "--output", "out"]).expect(2);
    run.says("would both be written to out/a.md");
    run_with(&["compress", "--level", "safe", "--output", "out"], LOOSE).expect(2).says("stdin has no name");
    assert_eq!(scratch.read("a.md"), LOOSE);
    assert!(!scratch.path().join("out").exists(), "refused before anything is written");
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    // Where a file stands no folder can be made, whoever asks; rights would not stop an administrator.
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("taken", b"a file")]);
    let run = scratch.run(&["compress", "--level", "safe", "a.md", "--output", "taken"]).expect(2);
    run.says("cannot write taken/a.md: ");
    assert_eq!(scratch.read("taken"), "a file");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_on_a_read_only_system_is_named() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes())]);
    scratch
        .run(&["compress", "--level", "safe", "a.md", "--output", "/proc"])
        .expect(2)
        .says("cannot write /proc/a.md: ");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes())]);
    for arguments in
        [&["compress", "--level", "safe", "a.md"][..], &["count", "a.md"], &["diff", "--level", "safe", "a.md"]]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = scratch.command();
        let child = command.args(arguments).stdout(full).stderr(std::process::Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {err}");
        assert!(err.contains("cannot write to stdout: No space left on device"), "{arguments:?}: {err}");
    }
}

#[test]
fn a_home_that_is_not_there_matters_only_to_the_model() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes())]);
    let mut command = scratch.command();
    command
        .args(["compress", "--level", "safe", "a.md"])
        .env("COMPRESSION_LAYER_CACHE", scratch.path().join("a.md/cache"));
    finish(command, "").expect(0);
}
