//! Inputs: what the arguments name, in a fixed order, each once.
//!
//! Invariants
//! - every argument names at least one text, or nothing is read at all (`tests::what_names_nothing_is_refused`);
//! - folders and patterns respect `.gitignore` and skip hidden files (`tests::folders_respect_gitignore`);
//! - the order is that of the arguments, and by path within one (`tests::the_order_is_fixed`).
//!
//! Deliberately absent: following symbolic links while walking.

use std::collections::HashSet;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;
use ignore::WalkBuilder;

pub use self::reading::ReadError;
use crate::console::Console;
use crate::plan::Surroundings;

mod reading;

/// One text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub source: Source,
    /// Whether the user named it or a walk came upon it: what was found and is no text is skipped, not an error.
    pub origin: Origin,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Stdin,
    File {
        path: PathBuf,
        /// Its place under an output folder, as `cp -r` would choose it.
        under: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Named,
    Found,
}

/// The path, or `-` for stdin.
impl fmt::Display for Input {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Stdin => out.write_str("-"),
            Source::File { path, .. } => path.display().fmt(out),
        }
    }
}

impl Input {
    /// The path of a file.
    pub fn path(&self) -> Option<&Path> {
        match &self.source {
            Source::Stdin => None,
            Source::File { path, .. } => Some(path),
        }
    }
}

/// What the arguments name.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The texts, in order.
    pub list: Vec<Input>,
    /// Whether the arguments could name several, so that the form of the output does not hang on what a folder holds.
    pub several: bool,
    /// What was left out, a sentence each.
    remarks: Vec<String>,
}

/// Why the arguments are refused.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("{}: no such file or folder", .0.display())]
    Missing(PathBuf),
    #[error("{}: cannot be read", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{}: no text file in this folder (hidden and ignored files are left out)", .0.display())]
    EmptyFolder(PathBuf),
    #[error("{0}: no file matches this pattern (hidden and ignored files are left out)")]
    NoMatch(String),
    #[error("{pattern}: not a pattern")]
    Pattern { pattern: String, source: globset::Error },
    #[error("stdin (-) can be read once only")]
    StdinTwice,
}

/// Finds out what the arguments name; without any, stdin.
pub fn resolve(arguments: &[PathBuf]) -> Result<Inputs, InputError> {
    let mut inputs = Inputs { several: arguments.len() > 1, ..Inputs::default() };
    if arguments.is_empty() {
        inputs.list.push(Input { source: Source::Stdin, origin: Origin::Named });
    }
    for argument in arguments {
        if argument.as_os_str() == "-" {
            inputs.list.push(Input { source: Source::Stdin, origin: Origin::Named });
            continue;
        }
        match std::fs::metadata(argument) {
            Ok(about) if about.is_dir() => inputs.folder(argument)?,
            Ok(_) => {
                let under = argument.file_name().map(PathBuf::from).unwrap_or_default();
                inputs.file(argument.clone(), under, Origin::Named);
            }
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(InputError::Unreadable { path: argument.clone(), source: error });
            }
            Err(_) => match argument.to_str().filter(|text| text.contains(['*', '?', '[', '{'])) {
                Some(pattern) => inputs.pattern(pattern)?,
                None => return Err(InputError::Missing(argument.clone())),
            },
        }
    }
    if inputs.list.iter().filter(|input| input.source == Source::Stdin).count() > 1 {
        return Err(InputError::StdinTwice);
    }
    let mut seen = HashSet::new();
    inputs.list.retain(|input| seen.insert(input.path().map(Path::to_owned)));
    Ok(inputs)
}

impl Inputs {
    /// Says on stderr what was left out, and that a person is expected to type.
    pub fn announce(&self, surroundings: &Surroundings, console: &mut Console) {
        for remark in &self.remarks {
            console.remark(format_args!("{remark}"));
        }
        if surroundings.terminals.stdin && self.list.iter().any(|input| input.source == Source::Stdin) {
            console.remark(format_args!("reading what you type; end with Ctrl-D"));
        }
    }

    fn file(&mut self, path: PathBuf, under: PathBuf, origin: Origin) {
        self.list.push(Input { source: Source::File { path, under }, origin });
    }

    fn folder(&mut self, folder: &Path) -> Result<(), InputError> {
        self.several = true;
        // Nobody types `./` before what is here, but where nothing follows it stays.
        let folder = folder.strip_prefix("./").ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(folder);
        let name: PathBuf = folder.file_name().map(PathBuf::from).unwrap_or_default();
        let found = self.walk(folder);
        if found.is_empty() {
            return Err(InputError::EmptyFolder(folder.to_owned()));
        }
        for path in found {
            let under = name.join(path.strip_prefix(folder).unwrap_or(&path));
            self.file(path, under, Origin::Found);
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &str) -> Result<(), InputError> {
        self.several = true;
        let wrong = |source| InputError::Pattern { pattern: pattern.to_owned(), source };
        let matcher = GlobBuilder::new(pattern.strip_prefix("./").unwrap_or(pattern))
            .literal_separator(true)
            .build()
            .map_err(wrong)?
            .compile_matcher();
        // The walk starts at the deepest folder that the pattern names outright.
        let start: PathBuf = Path::new(pattern)
            .components()
            .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
            .filter(|part| *part != Component::CurDir)
            .collect();
        let root = if start.as_os_str().is_empty() { Path::new(".") } else { &start };
        let before = self.list.len();
        for path in self.walk(root) {
            if matcher.is_match(&path) {
                let under = path.strip_prefix(&start).unwrap_or(&path).to_owned();
                self.file(path, under, Origin::Found);
            }
        }
        if self.list.len() == before { Err(InputError::NoMatch(pattern.to_owned())) } else { Ok(()) }
    }

    /// Every file below a folder, by path.
    fn walk(&mut self, folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        // `.gitignore` counts outside of repositories too: the user wrote it for a reason.
        for entry in WalkBuilder::new(folder).require_git(false).sort_by_file_path(Path::cmp).build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    let path = entry.into_path();
                    found.push(path.strip_prefix("./").map(Path::to_owned).unwrap_or(path));
                }
                Ok(_) => {}
                Err(error) => self.remarks.push(format!("skipped: {error}")),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests;
