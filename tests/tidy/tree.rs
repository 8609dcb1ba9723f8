//! The files that git tracks, read once for all checks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What stands in the repository.
pub struct Tree {
    /// The folder that holds all of it.
    pub root: PathBuf,
    /// Every file, by its path with `/`.
    pub paths: BTreeSet<String>,
    /// Those of them that may be executed.
    pub executables: BTreeSet<String>,
    /// Those of them that are UTF-8.
    pub texts: Vec<Text>,
}

/// A file that is UTF-8.
pub struct Text {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl Text {
    /// The file's name.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The file's name without what follows its first dot.
    pub fn stem(&self) -> &str {
        self.name().split('.').next().unwrap_or_default()
    }

    /// The path up to the last slash, without it.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether this is Rust.
    pub fn is_rust(&self) -> bool {
        has_extension(&self.path, "rs")
    }

    /// Whether this is Markdown.
    pub fn is_markdown(&self) -> bool {
        has_extension(&self.path, "md")
    }

    /// Whether all of this file is there for tests or benches, or runs at build time.
    pub fn is_aside(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.starts_with("benches/")
            || self.is_unit_tests()
            || self.name() == "build.rs"
    }

    /// Whether this holds nothing but the unit tests of a module.
    pub fn is_unit_tests(&self) -> bool {
        self.path.contains("/src/") && (self.path.contains("/tests/") || self.path.ends_with("/tests.rs"))
    }
}

impl Tree {
    /// The text file of that path.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    /// The text file of that path, which must be there.
    pub fn required(&self, path: &str) -> &str {
        self.text(path).unwrap_or_else(|| panic!("{path} is missing: add it, or `git add` it"))
    }

    /// The Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter().filter(|file| file.is_rust())
    }

    /// The Markdown files.
    pub fn markdown(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter().filter(|file| file.is_markdown())
    }

    /// Whether a file or folder of that path is tracked.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.paths.contains(path)
            || self.paths.iter().any(|it| it.strip_prefix(path).is_some_and(|it| it.starts_with('/')))
    }
}

/// The tree, read at the first call.
pub fn tree() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(read)
}

/// Whether a path ends in a dot and the extension.
pub fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == extension)
}

/// Fails with all problems at once.
pub fn report(problems: &[String]) {
    assert!(problems.is_empty(), "\n  {}\n", problems.join("\n  "));
}

fn read() -> Tree {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the root").to_path_buf();
    // A clone may belong to another user than the one who runs the checks.
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--stage"])
        .current_dir(&root)
        .output()
        .expect("git must be installed: it says which files belong to the project");
    assert!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));

    let mut tree = Tree { root, paths: BTreeSet::new(), executables: BTreeSet::new(), texts: Vec::new() };
    for entry in output.stdout.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let entry = String::from_utf8_lossy(entry);
        let (stage, path) = entry.split_once('\t').expect("git separates mode and path with a tab");
        // A file that was deleted but not yet committed is no longer checked.
        let Ok(bytes) = std::fs::read(tree.root.join(path)) else { continue };
        if stage.starts_with("100755") {
            tree.executables.insert(path.to_owned());
        }
        if let Ok(text) = String::from_utf8(bytes) {
            tree.texts.push(Text { path: path.to_owned(), text });
        }
        tree.paths.insert(path.to_owned());
    }
    tree
}
