//! Exit codes: the contract with scripts.

use crate::program::{DENSE, LOOSE, Scratch, run_with};

#[test]
fn zero_when_something_was_shortened() {
    run_with(&["compress", "--level", "safe"], LOOSE).expect(0);
    let scratch = Scratch::with(&[("a.md", DENSE.as_bytes()), ("b.md", LOOSE.as_bytes())]);
    scratch.run(&["compress", "--level", "safe", "a.md", "b.md"]).expect(0);
    run_with(&["--help"], "").expect(0);
    run_with(&["--version"], "").expect(0);
}

#[test]
fn one_when_nothing_could_be_shortened() {
    run_with(&["compress", "--level", "safe"], DENSE).expect(1);
    run_with(&["diff", "--level", "safe"], DENSE).expect(1);
    let scratch = Scratch::with(&[("a.md", DENSE.as_bytes()), ("b.md", DENSE.as_bytes())]);
    scratch.run(&["compress", "--level", "safe", "a.md", "b.md"]).expect(1);
}

#[test]
fn two_when_an_input_could_not_be_read_and_the_others_are_done() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("b.bin", b"x\0y"), ("c.md", DENSE.as_bytes())]);
    let run = scratch.run(&["compress", "--level", "safe", "--json", "a.md", "b.bin", "c.md"]).expect(2);
    let records = run.json_lines();
    assert!(records[0].get("text").is_some() && records[2].get("text").is_some());
    assert_eq!(records[1]["path"], "b.bin");
    assert!(records[1]["error"].as_str().unwrap().starts_with("binary: a zero byte at offset 1"));
    run.says("b.bin: binary");
}

#[test]
fn the_help_states_the_codes() {
    for arguments in [&["--help"][..], &["compress", "--help"], &["diff", "--help"]] {
        let help = run_with(arguments, "").expect(0).out;
        for line in ["0    done", "1    nothing could be shortened", "2    could not run", "130  stopped by Ctrl-C"] {
            assert!(help.contains(line), "{line} is not in\n{help}");
        }
    }
}
