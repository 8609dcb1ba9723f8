//! A cache folder on a full or a read-only disk: named, with what to do, and nothing is left behind.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use crate::model::PROSE;
use crate::program::{Run, Scratch, finish, path};

/// Runs a script of the shell in a scratch folder; `$program` and the folder `cache` are there.
fn shell(scratch: &Scratch, wrapper: &[&str], script: &str) -> Run {
    let mut command = Command::new(wrapper.first().unwrap_or(&"sh"));
    command.args(wrapper.iter().skip(1)).args(if wrapper.is_empty() { &[][..] } else { &["sh"] });
    command.args(["-c", script]).current_dir(scratch.path());
    command.env("program", path()).env("COMPRESSION_LAYER_CACHE", scratch.path().join("cache"));
    finish(command, "")
}

fn scratch() -> Scratch {
    Scratch::with(&[("prose.md", PROSE.as_bytes()), ("cache/.keep", b"")])
}

fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

#[test]
fn a_file_that_may_not_grow_is_an_error() {
    let scratch = scratch();
    // With the signal ignored the system answers as a full disk does.
    let script = "trap '' XFSZ; ulimit -f 1000; exec \"$program\" compress prose.md";
    let run = shell(&scratch, &[], script).expect(2).says("cannot unpack the model into ");
    assert_eq!(run.out, "");
    run.says("free some space or name another folder with COMPRESSION_LAYER_CACHE: File too large");
    assert_eq!(files(&scratch.path().join("cache")), 1, "nothing but what was there");
    shell(&scratch, &[], "exec \"$program\" compress prose.md").expect(0);
}

#[test]
fn a_disk_that_is_full_or_read_only_is_an_error() {
    // A file system of our own, seen by this test alone.
    let private = ["unshare", "--map-root-user", "--mount"];
    let scratch = scratch();
    let mount = "mount -t tmpfs -o size=4m none cache || exit 77; ";
    let allowed = e2e::tools::program("unshare").is_some_and(|_| shell(&scratch, &private, mount).code == Some(0));
    if !allowed {
        e2e::skipped("file systems cannot be mounted here");
        return;
    }
    let script = |rest: &str| format!("{mount}{rest}");
    let run =
        shell(&scratch, &private, &script("\"$program\" compress prose.md; code=$?; find cache -type f; exit $code"));
    let run = run.expect(2).says("No space left on device");
    assert_eq!(run.out, "", "no half file is left");
    let run = shell(&scratch, &private, &script("mount -o remount,ro cache; exec \"$program\" compress prose.md"));
    run.expect(2).says("Read-only file system");
    let warm = "mount -o remount,size=64m cache; \"$program\" compress prose.md >first && mount -o remount,ro cache && \
        \"$program\" compress prose.md >second && cmp first second";
    shell(&scratch, &private, &script(warm)).expect(0);
}
