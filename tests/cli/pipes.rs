//! Pipes: readers that leave, writers that wait.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use crate::program::{LOOSE, Scratch};

#[test]
fn a_reader_that_leaves_is_no_error() {
    let scratch = Scratch::with(&[]);
    for number in 0..200 {
        scratch.write(&format!("{number:03}.md"), LOOSE.repeat(500).as_bytes());
    }
    for arguments in
        [&["compress", "--level", "safe", "."][..], &["count", "."], &["diff", "--level", "safe", "000.md"]]
    {
        let mut command = scratch.command();
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 4];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
    }
}

#[test]
fn a_line_is_answered_before_the_next_is_written() {
    let scratch = Scratch::with(&[]);
    let mut command = scratch.command();
    command.args(["compress", "--level", "safe", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for number in 0..5 {
        writeln!(to, "{{\"id\":{number},\"text\":\"a   b   c\"}}").unwrap();
        to.flush().unwrap();
        let mut answer = String::new();
        from.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{number},\"text\":")), "{answer}");
    }
    drop(to);
    assert!(child.wait().unwrap().code().is_some_and(|code| code < 2));
}

#[test]
fn results_without_a_terminal_have_no_colour_and_no_progress_bar() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("b.md", LOOSE.as_bytes())]);
    for arguments in [&["compress", "--level", "safe", "."][..], &["diff", "--level", "safe", "a.md"], &["doctor"]] {
        let run = scratch.run(arguments);
        assert!(!run.out.contains('\x1b') && !run.err.contains('\x1b'), "{arguments:?}");
    }
}
