//! Real files, as `benches/fetch` unpacked them: code of three languages and the prose of their packages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::random::Random;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `.py` of pip packages.
    Python,
    /// `.rs` of crates.
    Rust,
    /// `.ts` of npm packages, declarations aside.
    TypeScript,
    /// Read-me files and descriptions of all packages.
    Prose,
}

impl Kind {
    /// The languages of code.
    pub const CODE: [Self; 3] = [Self::Python, Self::Rust, Self::TypeScript];

    /// The name of the language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::Rust => "Rust",
            Self::TypeScript => "TypeScript",
            Self::Prose => "prose",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Rust => "rust",
            Self::TypeScript => "typescript",
            Self::Prose => "",
        }
    }

    fn has(self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let ends = |ending: &str| path.extension().is_some_and(|found| found == ending);
        match self {
            Self::Python => ends("py"),
            Self::Rust => ends("rs"),
            Self::TypeScript => ends("ts") && !name.ends_with(".d.ts"),
            Self::Prose => name == "METADATA" || name == "README.md",
        }
    }
}

/// A real file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it stands.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Lines of a file of code, at least and at most.
const LINES: std::ops::RangeInclusive<usize> = 50..=1_500;

/// At most `count` files, spread evenly over the packages, or none where nothing was fetched.
///
/// # Panics
/// Never: what was collected below a folder is below it.
#[must_use]
pub fn choose(kind: Kind, count: usize) -> Vec<Source> {
    let folder = crate::target_folder().join("bench-files");
    let mut paths = Vec::new();
    collect(&folder.join(kind.folder()), kind, &mut paths);
    let mut packages: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let below = path.strip_prefix(&folder).expect("collected from there");
        packages.entry(below.iter().take(2).collect()).or_default().push(path);
    }
    let mut random = Random::new(300);
    let mut queues: Vec<Vec<PathBuf>> = packages.into_values().collect();
    for queue in &mut queues {
        random.shuffle(queue);
    }
    let mut chosen = Vec::new();
    while chosen.len() < count && queues.iter().any(|queue| !queue.is_empty()) {
        for queue in &mut queues {
            while let Some(path) = queue.pop() {
                if let Some(source) = read(kind, path) {
                    chosen.push(source);
                    break;
                }
            }
        }
    }
    chosen.truncate(count);
    chosen
}

/// What to print where [`choose`] finds nothing.
#[must_use]
pub fn missing(kind: Kind) -> String {
    format!("skipped: {}: no real files; benches/fetch fetches them", kind.name())
}

fn read(kind: Kind, path: PathBuf) -> Option<Source> {
    let text = std::fs::read_to_string(&path).ok()?;
    let text = match kind {
        // The description of a Python package follows its headers.
        Kind::Prose if path.ends_with("METADATA") => text.split_once("\n\n")?.1.to_owned(),
        _ => text,
    };
    (kind == Kind::Prose || LINES.contains(&text.lines().count())).then_some(Source { path, text })
}

/// Files below a folder, in the order of their names. Links are not followed.
fn collect(folder: &Path, kind: Kind, paths: &mut Vec<PathBuf>) {
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let Ok(file_type) = entry.file_type() else { continue };
            let path = entry.path();
            if file_type.is_dir() {
                waiting.push(path);
            } else if file_type.is_file() && kind.has(&path) {
                paths.push(path);
            }
        }
    }
    paths.sort();
}
