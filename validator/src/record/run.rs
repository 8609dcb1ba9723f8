//! The run that examples belong to: everything that changes a result, by name and hash.
//!
//! Invariants
//! - a run is resumed only as what it was: [`Run::differs_from`] names what is not the same
//!   (`tests::another_run_is_told_apart`).

use serde::{Deserialize, Serialize};

/// What a run was made with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The program that made it.
    pub tool: Version,
    /// The subcommand: `pairs`, `compressor` or `downstream`.
    pub kind: String,
    /// What was typed, without keys.
    pub command: Vec<String>,
    /// The texts.
    pub data: Data,
    /// Compressors and baselines, as examples name them.
    pub systems: Vec<String>,
    /// What counts the tokens.
    pub tokenizer: String,
    /// The encoder of the embeddings; it is the compressor's own where that is ours.
    pub model: Option<Model>,
    /// The version of the prompts, where models were asked.
    #[serde(default)]
    pub prompt_version: Option<String>,
    /// Models that were asked, as `provider/model`.
    #[serde(default)]
    pub models: Vec<String>,
    /// Models that judged, as `provider/model`.
    #[serde(default)]
    pub judges: Vec<String>,
    /// What passes.
    pub thresholds: Thresholds,
    /// The difference that counts as none, for a verdict of equivalence.
    pub delta: f64,
}

/// A program and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A file of texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// The file's name, without its folder.
    pub name: String,
    /// sha256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its rows, broken ones included.
    pub rows: usize,
}

/// A model, as receipts name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// Its name in its manifest.
    pub name: String,
    /// sha256 over the hashes of its files, in hexadecimal.
    pub hash: String,
}

/// The least value at each gate, and the share of examples that must pass them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Of equivalence, for the least of all models.
    pub equivalence: f64,
    /// Of the embeddings' cosine.
    pub embedding: f64,
    /// Of fact overlap.
    pub facts: f64,
    /// Of the judges, where there are any.
    pub judge: f64,
    /// Of examples that pass, for the run to pass.
    pub pass_share: f64,
}

impl Thresholds {
    /// Those of the published harness; every example must pass.
    pub const PUBLISHED: Self = Self { equivalence: 0.72, embedding: 0.60, facts: 0.55, judge: 0.75, pass_share: 1.0 };
}

impl Run {
    /// What is another than in `other`, so that examples of both cannot stand in one folder. The command may be typed in
    /// another way, and other shares may pass.
    #[must_use]
    pub fn differs_from(&self, other: &Self) -> Vec<&'static str> {
        let gates = |it: &Self| Thresholds { pass_share: 0.0, ..it.thresholds };
        let same = [
            ("version of the program", self.tool == other.tool),
            ("subcommand", self.kind == other.kind),
            ("data", self.data.sha256 == other.data.sha256),
            ("compressors", self.systems == other.systems),
            ("tokenizer", self.tokenizer == other.tokenizer),
            ("model", self.model == other.model),
            ("prompts", self.prompt_version == other.prompt_version),
            ("models that are asked", self.models == other.models),
            ("judges", self.judges == other.judges),
            ("thresholds", gates(self) == gates(other)),
        ];
        same.into_iter().filter(|(_, same)| !same).map(|(what, _)| what).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn run() -> Run {
        Run {
            tool: Version { name: "compression-validator".to_owned(), version: "0.1.0".to_owned() },
            kind: "pairs".to_owned(),
            command: vec!["pairs".to_owned(), "a.jsonl".to_owned()],
            data: Data { name: "a.jsonl".to_owned(), sha256: "0".repeat(64), rows: 2 },
            systems: vec!["pairs".to_owned()],
            tokenizer: "o200k_base".to_owned(),
            model: None,
            prompt_version: None,
            models: Vec::new(),
            judges: Vec::new(),
            thresholds: Thresholds::PUBLISHED,
            delta: 0.05,
        }
    }

    #[test]
    fn another_run_is_told_apart() {
        let first = run();
        let mut again = first.clone();
        again.command.push("--resume".to_owned());
        again.thresholds.pass_share = 0.9;
        assert_eq!(first.differs_from(&again), [] as [&str; 0]);
        again.thresholds.facts = 0.5;
        again.tokenizer = "cl100k_base".to_owned();
        assert_eq!(first.differs_from(&again), ["tokenizer", "thresholds"]);
    }
}
