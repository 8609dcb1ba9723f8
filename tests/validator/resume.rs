//! A run that is killed goes on where it was, and comes to what an undisturbed one comes to.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use e2e::scratch::Scratch;

use crate::{pairs, scratch};

/// Enough for a few batches after three kills.
const PAIRS: usize = 250;
/// The file of the examples.
const EXAMPLES: &str = "run/examples.jsonl";

/// Starts a run, and waits until it has kept something more.
fn midway(scratch: &Scratch, arguments: &[&str]) -> Child {
    let mut child = scratch.command().args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let path = scratch.path().join(EXAMPLES);
    let before = std::fs::metadata(&path).map_or(0, |file| file.len());
    let start = Instant::now();
    while std::fs::metadata(&path).map_or(0, |file| file.len()) <= before && child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_mins(1), "nothing was kept in a minute");
        std::thread::yield_now();
    }
    child
}

/// Starts a run, and kills it midway.
fn kill_midway(scratch: &Scratch, arguments: &[&str]) -> usize {
    let mut child = midway(scratch, arguments);
    // Kill -9: nothing is told, nothing is finished.
    child.kill().unwrap();
    child.wait().unwrap();
    scratch.read(EXAMPLES).lines().count()
}

#[test]
fn a_run_that_was_killed_goes_on_and_ends_as_if_it_had_not_been() {
    let scratch = scratch(&[("pairs.jsonl", &pairs(PAIRS))]);
    let whole = scratch.run(&["pairs", "pairs.jsonl", "--out", "whole"]);
    let arguments = ["pairs", "pairs.jsonl", "--out", "run", "--resume"];
    let mut kept = 0;
    for _ in 0..3 {
        let now = kill_midway(&scratch, &arguments);
        assert!(now >= kept, "{now} examples are kept, {kept} were");
        kept = now;
    }
    assert!(kept < PAIRS, "the run was over before it was killed");
    let resumed = scratch.run(&arguments);
    assert_eq!((resumed.code, resumed.out), (whole.code, whole.out));
    assert_eq!(scratch.read(EXAMPLES), scratch.read("whole/examples.jsonl"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_what_is_finished_and_the_rest_can_follow() {
    let scratch = scratch(&[("pairs.jsonl", &pairs(PAIRS))]);
    let arguments = ["pairs", "pairs.jsonl", "--out", "run", "--resume"];
    let child = midway(&scratch, &arguments);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let kept = scratch.read(EXAMPLES);
    let count = kept.lines().count();
    assert!(kept.ends_with('\n') && count > 0 && count < PAIRS, "{count} examples are kept");
    assert!(String::from_utf8(output.stdout).unwrap().contains(&format!("| pairs | prose | {count} |")));
    scratch.run(&arguments);
    assert_eq!(scratch.read(EXAMPLES).lines().count(), PAIRS);
}

#[test]
fn another_run_is_not_mixed_in() {
    let scratch = scratch(&[("a.jsonl", &pairs(2)), ("b.jsonl", &pairs(3))]);
    scratch.run(&["pairs", "a.jsonl", "--out", "run"]);
    scratch.run(&["pairs", "a.jsonl", "--out", "run"]).expect(2).says("go on with it by --resume");
    scratch.run(&["pairs", "b.jsonl", "--out", "run", "--resume"]).expect(2).says("a run with another data");
}
