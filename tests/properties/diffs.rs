//! Diffs stay what they are: whatever a model answers, git and patch make of a result what they make of the diff in it.

use std::path::Path;
use std::process::{Command, Output};

use compressor::policy::{Level, Policy};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::models::{compress, shared};
use crate::texts::SOURCES;

const CASES: u32 = 60;

/// A text, and it with some lines changed, left out or doubled.
fn versions() -> impl Strategy<Value = (String, String)> {
    let edits = proptest::collection::vec((any::<Index>(), 0..4_u8), 1..8);
    (select(&SOURCES[..]), edits, any::<bool>()).prop_map(|((_, old), edits, ends)| {
        let mut lines: Vec<String> = old.split_inclusive('\n').map(str::to_owned).collect();
        for (line, edit) in edits {
            let line = line.index(lines.len());
            match edit {
                0 => drop(lines.remove(line)),
                1 => lines.insert(line, lines[line].clone()),
                2 => lines.insert(line, "    --- a line of the new text\n".to_owned()),
                _ => lines[line] = lines[line].replace('e', "ee  "),
            }
        }
        let new = lines.concat();
        (old.to_owned(), if ends { new } else { new.trim_end().to_owned() })
    })
}

/// What a person pastes a diff within.
fn settings() -> impl Strategy<Value = (&'static str, &'static str)> {
    select(vec![
        ("", ""),
        ("Could you please have a look at the following change, which is the last of them?\n\n", ""),
        ("Here it is:\n```diff\n", "```\nThat is all of it, as far as I am able to tell.\n"),
        ("", "\nIt was made in order to be read by everybody, and not only by me.\n"),
    ])
}

fn git(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.args(arguments).output().unwrap()
}

#[test]
fn a_diff_applies_after_it_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let (file, patch) = (folder.path().join("x"), folder.path().join("x.patch"));
    let has_patch = Command::new("patch").arg("--version").output().is_ok();
    if !has_patch {
        e2e::skipped("patch is not installed");
    }
    assert!(git(folder.path(), &["init", "-q"]).status.success());
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let level = select(&[Level::Safe, Level::Balanced][..]);
    proptest!(config, |((old, new) in versions(), (before, after) in settings(), level in level, wide: bool, model: usize)| {
        std::fs::write(&file, &old).unwrap();
        git(folder.path(), &["add", "x"]);
        std::fs::write(&file, &new).unwrap();
        let diff = git(folder.path(), &["diff", if wide { "-U9" } else { "-U3" }]).stdout;
        let diff = String::from_utf8(diff).unwrap();
        prop_assume!(!diff.is_empty());
        let text = format!("{before}{diff}{after}");
        let result = compress(shared(model), &text, &Policy::new(level));
        prop_assert!(result.text.contains(&diff), "{}", result.text);
        std::fs::write(&patch, &result.text).unwrap();
        let programs: &[&[&str]] = &[&["git", "apply", "x.patch"], &["patch", "-s", "-p1", "-i", "x.patch"]];
        for program in programs.iter().take(if has_patch { 2 } else { 1 }) {
            std::fs::write(&file, &old).unwrap();
            let applied = Command::new(program[0]).args(&program[1..]).current_dir(folder.path()).output().unwrap();
            prop_assert!(applied.status.success(), "{applied:?}\n{}", result.text);
            prop_assert_eq!(std::fs::read_to_string(&file).unwrap(), new.as_str(), "{}", program[0]);
        }
    });
}
