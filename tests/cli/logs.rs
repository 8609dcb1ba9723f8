//! Logs: chosen by a variable, and without a word of the user's text.

use crate::program::{Scratch, finish};

const SECRET: &str = "hunter2";

#[test]
fn logs_hold_no_text_of_the_user() {
    let text = format!("The   password is    `{SECRET}`,   really.\n\n\n\nDo not   tell {SECRET}.\n");
    let line = format!("{{\"id\":\"{SECRET}\",\"text\":\"the   word   {SECRET}\"}}\n{{{SECRET}\n");
    let scratch = Scratch::with(&[("a.md", text.as_bytes()), ("in.jsonl", line.as_bytes())]);
    for arguments in
        [&["compress", "--level", "safe", "a.md"][..], &["diff", "a.md"], &["compress", "--jsonl", "in.jsonl"]]
    {
        let mut command = scratch.command();
        command.args(arguments).env("COMPRESSION_LAYER_LOG", "trace");
        let run = finish(command, "");
        assert!(run.out.contains(SECRET), "{arguments:?}: the result has it");
        assert!(!run.err.contains(SECRET), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn a_filter_that_cannot_be_read_is_said() {
    let scratch = Scratch::with(&[("a.md", b"x")]);
    let mut command = scratch.command();
    command.args(["count", "a.md"]).env("COMPRESSION_LAYER_LOG", "a=b=c");
    finish(command, "").expect(0).says("COMPRESSION_LAYER_LOG is no filter");
}

#[test]
fn without_the_variable_nothing_is_logged() {
    let scratch = Scratch::with(&[("a.md", b"one   two   three")]);
    assert_eq!(scratch.run(&["compress", "--level", "safe", "a.md"]).expect(0).err, "");
}
