//! Manifests: versions in one place with their reasons, and which package may depend on which.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::tree::{report, tree};

/// Packages at the end of the chain: only tests and benches may depend on them.
const FACES: [&str; 3] = ["server", "trainer", "validator"];

/// What only a program needs; a library leaves it to its caller.
const FOR_PROGRAMS: [&str; 2] = ["anyhow", "clap"];

const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

#[test]
fn each_dependency_has_its_reason() {
    let manifest = tree().required("Cargo.toml");
    let problems: Vec<_> = manifest
        .lines()
        .skip_while(|line| line.trim() != "[workspace.dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| line.contains('='))
        .filter(|line| line.split_once(" # ").is_none_or(|(_, reason)| reason.trim().is_empty()))
        .map(|line| format!("Cargo.toml: `{line}`: say in a comment on the line what it is for"))
        .collect();
    report(&problems);
}

#[test]
fn versions_stand_in_the_workspace_only() {
    let mut problems = Vec::new();
    for (path, manifest) in members() {
        for (name, value) in dependencies(&manifest).map(|(_, name, value)| (name, value)) {
            let inherited = value.get("workspace").and_then(Value::as_bool) == Some(true);
            if !inherited {
                problems
                    .push(format!("{path}: write `{name}.workspace = true` and the version in the root Cargo.toml"));
            }
        }
        if manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(Value::as_bool) != Some(true) {
            problems.push(format!("{path}: the lints of the workspace hold everywhere: [lints] workspace = true"));
        }
    }
    report(&problems);
}

#[test]
fn each_dependency_of_the_workspace_is_used() {
    let root = parse("Cargo.toml");
    let declared = root.get("workspace").and_then(|it| it.get("dependencies")).and_then(Value::as_table);
    let members = members();
    let problems: Vec<_> = declared
        .into_iter()
        .flat_map(Table::keys)
        .filter(|name| !members.values().any(|it| dependencies(it).any(|(_, used, _)| used == name.as_str())))
        .map(|name| format!("Cargo.toml: no member uses `{name}`: delete the line"))
        .collect();
    report(&problems);
}

#[test]
fn dependencies_point_one_way() {
    let mut problems = Vec::new();
    for (path, manifest) in members() {
        let folder = path.trim_end_matches("/Cargo.toml");
        let is_program = tree().has(&format!("{folder}/src/main.rs"));
        for (kind, name, _) in dependencies(&manifest) {
            if FACES.contains(&name) && !matches!(folder, "tests" | "benches") {
                problems.push(format!("{path}: only tests and benches may depend on `{name}`"));
            }
            if FOR_PROGRAMS.contains(&name) && !is_program && kind == "dependencies" {
                problems.push(format!("{path}: `{name}` is for programs; a library returns typed errors and values"));
            }
        }
    }
    report(&problems);
}

/// The manifests of the members, by path.
fn members() -> BTreeMap<String, Table> {
    let root = parse("Cargo.toml");
    let members = root.get("workspace").and_then(|it| it.get("members")).and_then(Value::as_array);
    members
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|folder| format!("{folder}/Cargo.toml"))
        .map(|path| (path.clone(), parse(&path)))
        .collect()
}

/// Kind, name and value of each dependency, those for one platform included.
fn dependencies(manifest: &Table) -> impl Iterator<Item = (&'static str, &str, &Value)> {
    let targets = manifest.get("target").and_then(Value::as_table);
    let places =
        std::iter::once(manifest).chain(targets.into_iter().flat_map(Table::values).filter_map(Value::as_table));
    places.flat_map(|place| {
        KINDS.into_iter().flat_map(move |kind| {
            let table = place.get(kind).and_then(Value::as_table);
            table.into_iter().flatten().map(move |(name, value)| (kind, name.as_str(), value))
        })
    })
}

fn parse(path: &str) -> Table {
    tree().required(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}
