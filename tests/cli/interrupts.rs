//! Ctrl-C: the program ends at once and leaves no half file.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::program::{LOOSE, Scratch};

const CODE: Option<i32> = Some(130);

/// Presses Ctrl-C and measures how long the program goes on.
fn interrupt(child: &mut Child) -> (ExitStatus, Duration) {
    signal(child, "-INT")
}

fn signal(child: &mut Child, name: &str) -> (ExitStatus, Duration) {
    // `wait` closes stdin, which would end the program in an orderly way.
    let _open = child.stdin.take();
    let pressed = Instant::now();
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
    (child.wait().unwrap(), pressed.elapsed())
}

/// The program while it waits for the next line; it listens to Ctrl-C, or it could not have answered.
fn waiting(scratch: &Scratch) -> Child {
    let mut command = scratch.command();
    command.args(["compress", "--level", "safe", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(b"{\"text\":\"a   b\"}\n").unwrap();
    let mut answer = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut answer).unwrap();
    child
}

#[test]
fn the_program_ends_within_100_ms() {
    let scratch = Scratch::with(&[]);
    // The best of some tries: other tests keep this machine busy.
    let fastest = (0..5).map(|_| {
        let (status, time) = interrupt(&mut waiting(&scratch));
        assert_eq!(status.code(), CODE);
        time
    });
    let fastest = fastest.min().unwrap();
    assert!(fastest < Duration::from_millis(100), "{fastest:?}");
}

#[test]
fn no_half_file_stays() {
    for name in ["-INT", "-TERM", "-HUP"] {
        no_half_file_stays_after(name);
    }
}

fn no_half_file_stays_after(name: &str) {
    let scratch = Scratch::with(&[]);
    let text = LOOSE.repeat(3_000);
    for number in 0..400 {
        scratch.write(&format!("src/{number:03}.md"), text.as_bytes());
    }
    let mut command = scratch.command();
    let mut child = command.args(["compress", "--level", "safe", "src", "--output", "out"]).spawn().unwrap();
    while !scratch.path().join("out/src/003.md").exists() {
        assert!(child.try_wait().unwrap().is_none(), "ended before it was interrupted");
        std::thread::yield_now();
    }
    let (status, _) = signal(&mut child, name);
    assert_eq!(status.code(), CODE);
    let written = scratch.list("out/src");
    assert!((4..400).contains(&written.len()), "{} files", written.len());
    let whole = scratch.read("out/src/000.md");
    for name in written {
        assert!(!name.starts_with('.'), "{name} stayed");
        assert!(scratch.read(&format!("out/src/{name}")) == whole, "{name} is not whole");
    }
}

#[test]
fn long_work_is_stopped_too() {
    let scratch = Scratch::with(&[("a.md", b"x")]);
    scratch.write("big.md", LOOSE.repeat(400_000).as_bytes());
    let mut command = scratch.command();
    // The header of the first result tells that work has begun on the second.
    command.args(["compress", "--level", "safe", "a.md", "big.md"]).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut header = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut header).unwrap();
    assert_eq!(header, "==> a.md <==\n");
    assert_eq!(interrupt(&mut child).0.code(), CODE);
}
