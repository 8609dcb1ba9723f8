//! Headers: each Rust file says what it is for, and the tests that hold its invariants exist.

use crate::tree::{Text, report, tree};

#[test]
fn each_rust_file_says_what_it_is_for() {
    let problems: Vec<_> = tree()
        .rust()
        .filter(|file| !file.path.starts_with("tests/fixtures/"))
        // The header of a module speaks for its unit tests, too.
        .filter(|file| !file.is_unit_tests() && !file.text.starts_with("//! "))
        .map(|file| format!("{}:1: begin with `//!` and one sentence of purpose", file.path))
        .collect();
    report(&problems);
}

#[test]
fn the_tests_that_hold_invariants_exist() {
    let mut problems = Vec::new();
    for file in tree().rust() {
        for name in invariants(&file.text).iter().flat_map(|line| quoted(line)) {
            if !exists(file, name) {
                problems.push(format!("{}: its invariants name `{name}`, which is not there", file.path));
            }
        }
    }
    report(&problems);
}

#[test]
fn the_map_of_the_house_names_tests_that_exist() {
    let path = "docs/ARCHITECTURE.md";
    let text = tree().required(path);
    let problems: Vec<_> = quoted(text)
        .into_iter()
        .filter(|name| name.starts_with("tests/") && !names_a_test_file(name))
        .map(|name| format!("{path}: it names `{name}`, which is not there"))
        .collect();
    report(&problems);
}

/// The lines of the header from `Invariants` to the next empty one.
fn invariants(text: &str) -> Vec<&str> {
    let header = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    header.skip_while(|line| *line != "Invariants").skip(1).take_while(|line| !line.is_empty()).collect()
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Whether a name in an invariant holds. Only names of tests are looked up: `tests::name` of this module,
/// `module::tests::name` of another in the same folder, `tests/path` and `tests/path::name`.
fn exists(file: &Text, name: &str) -> bool {
    if name.starts_with("tests/") {
        return names_a_test_file(name);
    }
    let Some((module, test)) = split_at_tests(name) else { return true };
    let is_own = |it: &&Text| it.path == file.path || is_tests_of(it, file.folder(), file.stem());
    let is_sibling = |it: &&Text| {
        let module = module.rsplit("::").next().unwrap_or(module);
        let crate_folder = file.path.split("/src/").next().unwrap_or_default();
        let folders = [format!("/{module}"), format!("/{module}/tests")];
        let is_inside = folders.iter().any(|folder| it.folder().ends_with(folder.as_str()));
        it.path.starts_with(crate_folder) && (it.stem() == module || is_inside)
    };
    if module.is_empty() {
        tree().rust().filter(is_own).any(|it| defines(&it.text, test))
    } else {
        tree().rust().filter(is_sibling).any(|it| defines(&it.text, test))
    }
}

/// `a::tests::b` as `a` and `b`; `tests::b` as nothing and `b`.
fn split_at_tests(name: &str) -> Option<(&str, &str)> {
    if let Some(test) = name.strip_prefix("tests::") {
        return Some(("", test));
    }
    name.split_once("::tests::")
}

/// Whether a file holds the tests of a module: `foo/tests.rs`, `foo/tests/bar.rs`, or `tests.rs` beside `lib.rs`.
fn is_tests_of(file: &Text, folder: &str, stem: &str) -> bool {
    let module = if matches!(stem, "lib" | "main") { folder.to_owned() } else { format!("{folder}/{stem}") };
    file.path == format!("{module}/tests.rs") || file.path.starts_with(&format!("{module}/tests/"))
}

fn names_a_test_file(name: &str) -> bool {
    let (path, test) = name.split_once("::").unwrap_or((name, ""));
    let path = path.trim_end_matches('/');
    let is_under =
        |it: &&Text| it.path.strip_prefix(path).is_some_and(|it| it == ".rs" || it.is_empty() || it.starts_with('/'));
    tree().texts.iter().filter(is_under).any(|it| test.is_empty() || defines(&it.text, test))
}

/// Whether a text has that function; `name_*` stands for all whose names begin so.
fn defines(text: &str, function: &str) -> bool {
    let name = function.rsplit("::").next().unwrap_or(function);
    match name.strip_suffix('*') {
        Some(beginning) => text.contains(&format!("fn {beginning}")),
        None => text.contains(&format!("fn {name}(")),
    }
}
