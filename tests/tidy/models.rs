//! Models: the manifest says what the files are.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use toml::{Table, Value};

use crate::tree::{has_extension, report, tree};

const FOLDER: &str = "models/embedded";

#[test]
fn the_manifest_tells_the_truth_about_the_embedded_files() {
    let Some(text) = tree().text(&format!("{FOLDER}/manifest.toml")) else { return };
    let manifest: Table = text.parse().unwrap_or_else(|error| panic!("{FOLDER}/manifest.toml: {error}"));
    let files: Vec<_> = manifest.get("file").and_then(Value::as_array).into_iter().flatten().collect();
    assert!(!files.is_empty(), "{FOLDER}/manifest.toml: has no [[file]]");

    let mut problems = Vec::new();
    let mut named = BTreeSet::from([format!("{FOLDER}/manifest.toml")]);
    for file in files {
        let field = |key| file.get(key).and_then(Value::as_str).unwrap_or_default();
        let path = format!("{FOLDER}/{}", field("name"));
        named.insert(path.clone());
        let Ok(bytes) = std::fs::read(tree().root.join(&path)) else {
            problems.push(format!("{path}: is in the manifest but not there"));
            continue;
        };
        let sha256 = hexadecimal(&Sha256::digest(&bytes));
        if field("sha256") != sha256 {
            problems.push(format!("{path}: its sha256 is {sha256}, but the manifest says \"{}\"", field("sha256")));
        }
        if file.get("bytes").and_then(Value::as_integer) != i64::try_from(bytes.len()).ok() {
            problems.push(format!("{path}: has {} bytes, which the manifest does not say", bytes.len()));
        }
        if field("licence").is_empty() {
            problems.push(format!("{path}: the manifest names no licence"));
        }
    }
    let folder = format!("{FOLDER}/");
    for path in tree().paths.iter().filter(|path| path.starts_with(&folder) && !has_extension(path, "md")) {
        if !named.contains(path) {
            problems.push(format!("{path}: is not in the manifest: name it there or delete it"));
        }
    }
    report(&problems);
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from(b"0123456789abcdef"[usize::from(half)]))
        .collect()
}
