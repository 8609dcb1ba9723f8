//! Files: their sizes, names and rights.

use crate::code;
use crate::tree::{has_extension, report, tree};

/// The most lines of code in a file. Blank lines, comments and items under `#[cfg(test)]` do not count, nor do files
/// that hold nothing but the unit tests of a module.
const MOST_LINES: usize = 450;

/// Names that say nothing about what a file does.
const FORBIDDEN_NAMES: [&str; 7] = ["utils", "util", "common", "base", "helpers", "helper", "types"];

#[test]
fn no_file_is_too_long() {
    let problems: Vec<_> = tree()
        .rust()
        .filter(|file| !file.is_unit_tests())
        .filter_map(|file| {
            let size =
                code::lines(&file.text).iter().filter(|line| !line.is_test && !line.code.trim().is_empty()).count();
            (size > MOST_LINES).then(|| {
                format!("{}: {size} lines of code, at most {MOST_LINES}: split it by what its parts do", file.path)
            })
        })
        .collect();
    report(&problems);
}

#[test]
fn names_say_what_is_inside() {
    let mut problems = Vec::new();
    for path in &tree().paths {
        if path.ends_with("/mod.rs") {
            problems.push(format!("{path}: write foo.rs beside foo/, not foo/mod.rs"));
        }
        // Fixtures bear the names that users give.
        let is_source = ["rs", "ts", "lua", "sh", "py"].iter().any(|it| has_extension(path, it));
        if !is_source || path.starts_with("tests/fixtures/") {
            continue;
        }
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap_or_default();
            if FORBIDDEN_NAMES.contains(&stem) {
                problems.push(format!("{path}: `{stem}` says nothing: name what is inside"));
            }
        }
    }
    report(&problems);
}

#[test]
fn what_is_run_may_be_run() {
    let mut problems = Vec::new();
    for file in tree().texts.iter().filter(|file| !file.path.starts_with("tests/fixtures/")) {
        let is_script = file.text.starts_with("#!/");
        if is_script != tree().executables.contains(&file.path) {
            let (what, change) = if is_script { ("may not be executed", "+x") } else { ("has no `#!` line", "-x") };
            problems.push(format!("{}: {what}: chmod {change} it, and git add it", file.path));
        }
    }
    report(&problems);
}

#[test]
fn no_merge_is_left_half_done() {
    let marks = ["<<<<<<< ", ">>>>>>> "];
    let problems: Vec<_> = tree()
        .texts
        .iter()
        .flat_map(|file| file.text.lines().enumerate().map(move |(index, line)| (file, index + 1, line)))
        .filter(|(_, _, line)| marks.iter().any(|mark| line.starts_with(mark)))
        .map(|(file, line, _)| {
            format!("{}:{line}: the mark of a conflict: choose a side and take the marks out", file.path)
        })
        .collect();
    report(&problems);
}
