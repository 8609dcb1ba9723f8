//! Real files, as `benches/fetch` unpacked them: code of each language and the prose of all packages.
//!
//! Invariants
//! - the same packages give the same files in the same order, on every machine: by the hash of a file's path, in turns over
//!   the packages (`tests::files_are_taken_in_turns_by_the_hash_of_their_path`);
//! - no text is taken twice, and none that a program wrote (`fit`).

mod fit;
mod kind;

pub use kind::Kind;

use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A real file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it stands.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// At most `count` files, spread evenly over the packages, or none where nothing was fetched.
#[must_use]
pub fn choose(kind: Kind, count: usize) -> Vec<Source> {
    choose_where(kind, count, |_| true)
}

/// As [`choose`], of those files only that a condition holds for.
#[must_use]
pub fn choose_where(kind: Kind, count: usize, wanted: impl Fn(&Source) -> bool) -> Vec<Source> {
    let folder = crate::target_folder().join("bench-files");
    let packages = packages().filter(|(_, languages)| kind.is_prose() || languages.contains(&kind.id()));
    let packages = packages.map(|(package, _)| {
        let package = folder.join(package);
        let paths = below(&package, kind);
        in_order(paths, &folder).into_iter().map(move |path| (package.clone(), path)).collect()
    });
    let mut known = HashSet::new();
    in_turns(packages.collect(), count, |(package, path)| {
        let source = read(kind, &package, path).filter(&wanted)?;
        known.insert(fit::fingerprint(&source.text)).then_some(source)
    })
}

/// What to print where [`choose`] finds nothing.
#[must_use]
pub fn missing(kind: Kind) -> String {
    format!("skipped: {}: no real files; benches/fetch fetches them", kind.name)
}

/// The folder of each package, below that of all, and the languages that files are taken of: `benches/packages`.
fn packages() -> impl Iterator<Item = (PathBuf, Vec<&'static str>)> {
    let rows = include_str!("packages").lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let mut cells = row.split(' ');
        let mut cell = || cells.next().expect("registry, name, version, sha256 and languages");
        let (registry, name, version, _, languages) = (cell(), cell(), cell(), cell(), cell());
        let folder = format!("{name}-{version}").replace('@', "").replace(['/', ':'], "-");
        (Path::new(registry).join(folder), languages.split(',').collect())
    })
}

/// By the hash of the path below a folder, which is as good as chance and the same everywhere.
fn in_order(mut paths: Vec<PathBuf>, folder: &Path) -> VecDeque<PathBuf> {
    paths.sort_by_cached_key(|path| {
        let path = path.strip_prefix(folder).unwrap_or(path);
        let hash: [u8; 32] = Sha256::digest(path.as_os_str().as_encoded_bytes()).into();
        hash
    });
    paths.into()
}

/// One of each queue, and again, until there are so many: the first of a queue that something is made of.
fn in_turns<T, S>(mut queues: Vec<VecDeque<T>>, count: usize, mut make: impl FnMut(T) -> Option<S>) -> Vec<S> {
    let mut made = Vec::new();
    while made.len() < count && queues.iter().any(|queue| !queue.is_empty()) {
        for queue in &mut queues {
            while let Some(item) = queue.pop_front() {
                if let Some(item) = make(item) {
                    made.push(item);
                    break;
                }
            }
        }
    }
    made.truncate(count);
    made
}

fn read(kind: Kind, package: &Path, path: PathBuf) -> Option<Source> {
    let text = std::fs::read_to_string(&path).ok()?;
    if kind.is_prose() {
        // The description of a Python package follows its headers.
        let text = if path.ends_with("METADATA") { text.split_once("\n\n")?.1.to_owned() } else { text };
        return Some(Source { path, text });
    }
    let fits = fit::fits(kind, path.strip_prefix(package).unwrap_or(&path), &text);
    fits.then_some(Source { path, text })
}

/// Files of a kind below a folder. Links are not followed.
fn below(folder: &Path, kind: Kind) -> Vec<PathBuf> {
    let mut paths = Vec::new();
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
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_taken_in_turns_by_the_hash_of_their_path() {
        let paths = |names: &[&str]| names.iter().map(|name| Path::new("/a").join(name)).collect::<Vec<_>>();
        let order = in_order(paths(&["x/1", "x/2", "x/3"]), Path::new("/a"));
        let elsewhere = ["x/3", "x/1", "x/2"].map(|name| Path::new("/b/c").join(name));
        let below: Vec<PathBuf> = order.iter().map(|path| path.strip_prefix("/a").expect("below").to_owned()).collect();
        let again = in_order(elsewhere.to_vec(), Path::new("/b/c"));
        assert!(again.iter().zip(&below).all(|(path, below)| path.ends_with(below)), "{again:?} {below:?}");

        let queues = || vec![VecDeque::from([1, 2, 3]), VecDeque::from([10]), VecDeque::from([21, 22])];
        assert_eq!(in_turns(queues(), 5, Some), [1, 10, 21, 2, 22]);
        assert_eq!(in_turns(queues(), 9, |n| (n % 2 == 0).then_some(n)), [2, 10, 22]);
    }

    #[test]
    fn a_package_is_a_folder_of_its_registry() {
        let (folder, languages) = packages().find(|(folder, _)| folder.ends_with("theia-core-1.75.0")).expect("a row");
        assert_eq!(folder, Path::new("npm/theia-core-1.75.0"));
        assert!(languages.contains(&"tsx"));
    }
}
