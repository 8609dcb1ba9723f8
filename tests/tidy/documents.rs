//! Documents: what they promise about themselves.

use serde_json::Value;

use crate::tree::{Text, report, tree};

#[test]
fn the_architecture_fits_in_one_sitting() {
    let lines = tree().required("docs/ARCHITECTURE.md").lines().count();
    assert!(
        lines <= 200,
        "docs/ARCHITECTURE.md: {lines} lines, at most 200: it is a map, details belong to the headers"
    );
}

#[test]
fn the_readme_begins_with_the_two_commands() {
    let top: Vec<_> = tree().required("README.md").lines().take(20).collect();
    for command in ["make demo", "make test"] {
        assert!(
            top.iter().any(|line| line.starts_with(command)),
            "README.md: `{command}` must stand in a code block within the first 20 lines"
        );
    }
}

#[test]
fn the_changelog_keeps_its_form() {
    const GROUPS: [&str; 6] = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
    let text = tree().required("CHANGELOG.md");
    let mut problems = Vec::new();
    if !text.starts_with("# Changelog\n") || !text.contains("keepachangelog.com") {
        problems.push("CHANGELOG.md: begin with `# Changelog` and name Keep a Changelog".to_owned());
    }
    let releases: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    if releases.first() != Some(&"[Unreleased]") {
        problems.push("CHANGELOG.md: the first release is `## [Unreleased]`".to_owned());
    }
    for release in releases.iter().skip(1).filter(|release| !is_dated_release(release)) {
        problems.push(format!("CHANGELOG.md: `## {release}`: write `## [1.2.3] - 2026-01-31`"));
    }
    for group in text.lines().filter_map(|line| line.strip_prefix("### ")).filter(|group| !GROUPS.contains(group)) {
        problems.push(format!("CHANGELOG.md: `### {group}`: one of {}", GROUPS.join(", ")));
    }
    report(&problems);
}

#[test]
fn each_measured_number_names_its_command() {
    let mut problems = Vec::new();
    for file in tree().markdown().filter(|file| file.path == "README.md" || file.path.starts_with("docs/")) {
        for section in sections(&file.text) {
            let measured = has_number_table(&section) || (file.name() == "BENCHMARKS.md" && section.depth > 1);
            if measured && !section.commands {
                problems.push(format!(
                    "{}:{}: \"{}\": give the command that makes these numbers in a ```sh block",
                    file.path, section.line, section.title
                ));
            }
        }
    }
    report(&problems);
}

#[test]
fn links_lead_somewhere() {
    let mut problems = Vec::new();
    for file in tree().markdown().filter(|file| !file.path.starts_with("tests/fixtures/")) {
        for target in file.text.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next()) {
            let is_local = !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:");
            if is_local && !tree().has(&resolve(file, target)) {
                problems.push(format!("{}: links to {target}, which is not there", file.path));
            }
        }
    }
    report(&problems);
}

#[test]
fn schemas_are_whole() {
    let mut problems = Vec::new();
    for file in tree().texts.iter().filter(|file| file.path.ends_with(".schema.json")) {
        let schema: Value = match serde_json::from_str(&file.text) {
            Ok(schema) => schema,
            Err(error) => {
                problems.push(format!("{}: not JSON: {error}", file.path));
                continue;
            }
        };
        for key in ["$schema", "title", "description"] {
            if schema.get(key).is_none() {
                problems.push(format!("{}: has no `{key}`", file.path));
            }
        }
        for reference in references(&schema) {
            if reference.strip_prefix('#').and_then(|pointer| schema.pointer(pointer)).is_none() {
                problems.push(format!("{}: refers to {reference}, which is not there", file.path));
            }
        }
    }
    report(&problems);
}

#[test]
fn no_path_of_somebodys_machine_got_in() {
    let mut places =
        vec![format!("{}/", tree().root.display()), ["", "root", ""].join("/"), ["", "Users", ""].join("/")];
    // What a checkout is called on build machines.
    places.push(["", "work", ""].join("/"));
    if let Some(home) = std::env::var("HOME").ok().filter(|home| home.len() > 1) {
        places.push(format!("{}/", home.trim_end_matches('/')));
    }
    let mut problems = Vec::new();
    for file in &tree().texts {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(place) = places.iter().find(|place| starts_a_path(line, place)) {
                problems.push(format!("{}:{}: `{place}` exists on one machine only", file.path, index + 1));
            }
        }
    }
    report(&problems);
}

/// Whether the folder stands in the line as the beginning of a path, and not within a longer one or a URL.
fn starts_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(start, _)| {
        !line[..start]
            .ends_with(|it: char| it.is_alphanumeric() || matches!(it, '.' | '-' | '_' | '~' | '}' | ')' | '*'))
    })
}

fn is_dated_release(release: &str) -> bool {
    let Some((version, date)) = release.strip_prefix('[').and_then(|rest| rest.split_once("] - ")) else {
        return false;
    };
    let are_numbers = |text: &str, separator| text.split(separator).all(|it| it.parse::<u32>().is_ok());
    version.split('.').count() == 3 && are_numbers(version, '.') && date.len() == 10 && are_numbers(date, '-')
}

/// The path that a link in a file leads to.
fn resolve(file: &Text, target: &str) -> String {
    let mut parts: Vec<_> = file.folder().split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// What stands under one heading of a Markdown file, up to the next.
struct Section<'a> {
    title: &'a str,
    /// The line of the heading, from 1.
    line: usize,
    /// The number of `#`.
    depth: usize,
    /// Whether a block of shell commands is in it.
    commands: bool,
    /// The rows of its tables, heads and rules left out.
    rows: Vec<&'a str>,
}

fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections = vec![Section { title: "", line: 1, depth: 0, commands: false, rows: Vec::new() }];
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            fenced = !fenced;
            if let Some(section) = sections.last_mut() {
                section.commands |= fenced && matches!(language.trim(), "sh" | "bash" | "console");
            }
        } else if line.starts_with('#') && !fenced {
            let title = line.trim_start_matches('#');
            let depth = line.len() - title.len();
            sections.push(Section { title: title.trim(), line: index + 1, depth, commands: false, rows: Vec::new() });
        } else if let Some(section) = sections.last_mut().filter(|_| line.starts_with('|') && !fenced) {
            section.rows.push(line);
        }
    }
    sections
}

/// Whether a table has a column, its first aside, in which each row has a number.
fn has_number_table(section: &Section<'_>) -> bool {
    // Head and rule come first; without a row there is no number.
    let rows: Vec<Vec<&str>> = section.rows.iter().skip(2).map(|row| row.split('|').collect()).collect();
    let columns = rows.iter().map(Vec::len).min().unwrap_or(0).saturating_sub(1);
    (2..columns).any(|column| rows.iter().all(|row| row[column].contains(|it: char| it.is_ascii_digit())))
}

fn references(schema: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = vec![schema];
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                rest.extend(map.values());
            }
            Value::Array(values) => rest.extend(values),
            _ => {}
        }
    }
    found
}
