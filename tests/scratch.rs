//! The built programs in scratch folders, run to their end.
//!
//! Invariants
//! - the environment of a run is the same on every machine, and all runs share one unpacked model.
#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a fixture that fails fails the test")]
#![expect(clippy::must_use_candidate, clippy::return_self_not_must_use, reason = "a run is made for what it does, too")]

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::server::built;

/// Where the model is unpacked once for all tests.
pub fn cache() -> PathBuf {
    let program = built("compression-layer");
    program.ancestors().nth(2).unwrap().join("tmp").join("cache")
}

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// Its exit code; `None` after a signal.
    pub code: Option<i32>,
    /// What it wrote to stdout.
    pub out: String,
    /// What it wrote to stderr.
    pub err: String,
}

impl Run {
    /// Fails with everything that the run said, if the code is another.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{:.2000}\nstderr:\n{:.2000}", self.out, self.err);
        self
    }

    /// Fails unless stderr says this.
    #[track_caller]
    pub fn says(self, what: &str) -> Self {
        assert!(self.err.contains(what), "`{what}` is not in stderr:\n{:.2000}", self.err);
        self
    }

    /// Stdout as one JSON value.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {:.2000}", self.out))
    }

    /// Stdout as JSON Lines.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A scratch folder to run in.
pub struct Scratch {
    folder: TempDir,
    program: PathBuf,
}

impl Scratch {
    /// With these files, for `compression-layer`.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        Self::of("compression-layer", files)
    }

    /// With these files, for a program of the workspace.
    pub fn of(program: &str, files: &[(&str, &[u8])]) -> Self {
        let scratch = Self { folder: tempfile::tempdir().unwrap(), program: built(program) };
        for (name, bytes) in files {
            scratch.write(name, bytes);
        }
        scratch
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// What is in a file.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Names of everything below a folder, sorted.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(self.path().join(folder))
            .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
            .unwrap_or_default();
        names.sort();
        names
    }

    /// The program in this folder, with an environment that is the same on every machine.
    pub fn command(&self) -> std::process::Command {
        let mut command = std::process::Command::new(&self.program);
        command
            .current_dir(self.path())
            .env("COMPRESSION_LAYER_CACHE", cache())
            .env_remove("COMPRESSION_LAYER_LOG")
            .env_remove("NO_COLOR");
        command
    }

    /// Runs it without input.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    /// Runs it with this on stdin.
    pub fn run_with(&self, arguments: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
        let mut command = self.command();
        command.args(arguments);
        finish(command, stdin)
    }
}

/// Runs a command to its end.
pub fn finish(command: std::process::Command, stdin: impl Into<Vec<u8>>) -> Run {
    let output = assert_cmd::Command::from_std(command).write_stdin(stdin).output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
