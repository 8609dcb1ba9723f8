//! `doctor`: what is wrong with this machine, and how to mend it.
//!
//! A check is a row of a table: a name and a function from the machine to a finding. None asks another.
//!
//! Invariants
//! - every warning and every failure has a remedy (`tests::whatever_is_wrong_has_a_remedy`).

mod machine;
mod model;
mod storage;

use std::io::Write;

use compressor::model::ModelSource;
use compressor::pipeline::Compressor;
use serde::Serialize;

use crate::cli::DoctorFlags;
use crate::console::{Console, WriteError};
use crate::exit::Exit;
use crate::plan::{self, Surroundings};

/// The checks, in the order in which one explains the next.
const CHECKS: &[Check] = &[
    Check { name: "processor", look: machine::processor },
    Check { name: "cores", look: machine::cores },
    Check { name: "memory", look: machine::memory },
    Check { name: "cache", look: storage::cache },
    Check { name: "disk", look: storage::disk },
    Check { name: "model", look: model::loads },
    Check { name: "answer", look: model::answers },
    Check { name: "certificate", look: model::certificate },
    Check { name: "tokenizers", look: model::tokenizers },
];

/// One thing to look at.
struct Check {
    name: &'static str,
    look: fn(&Subject<'_>) -> Finding,
}

/// What is looked at.
struct Subject<'a> {
    surroundings: &'a Surroundings,
    source: ModelSource,
    compressor: Compressor,
}

/// What a check found.
#[derive(Debug, Serialize)]
struct Finding {
    status: Status,
    found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Ok,
    Warning,
    Failed,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }

    /// As errors are coloured everywhere.
    fn colour(self) -> &'static str {
        match self {
            Self::Ok => "\x1b[32m",
            Self::Warning => "\x1b[33m",
            Self::Failed => "\x1b[31m",
        }
    }
}

impl Finding {
    fn ok(found: impl Into<String>) -> Self {
        Self { status: Status::Ok, found: found.into(), remedy: None }
    }

    fn warning(found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { status: Status::Warning, found: found.into(), remedy: Some(remedy.into()) }
    }

    fn failed(found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { status: Status::Failed, found: found.into(), remedy: Some(remedy.into()) }
    }
}

/// A finding with the name of its check.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    #[serde(flatten)]
    finding: Finding,
}

/// All findings.
#[derive(Serialize)]
struct Diagnosis {
    ok: bool,
    checks: Vec<Row>,
}

pub fn run(flags: &DoctorFlags, surroundings: &Surroundings, console: &mut Console) -> anyhow::Result<Exit> {
    let source = plan::model_source(&flags.model, surroundings)?;
    let subject = Subject { surroundings, compressor: plan::compressor(&flags.model, surroundings)?, source };
    let mut diagnosis = Diagnosis { ok: true, checks: Vec::with_capacity(CHECKS.len()) };
    for check in CHECKS {
        let row = Row { name: check.name, finding: (check.look)(&subject) };
        // Each row appears when it is known: loading a model takes a moment.
        if !flags.json {
            print(&row, surroundings.colour, console)?;
        }
        diagnosis.ok &= row.finding.status != Status::Failed;
        diagnosis.checks.push(row);
    }
    if flags.json {
        console.json(&diagnosis)?;
    }
    Ok(if diagnosis.ok { Exit::Done } else { Exit::Failed })
}

fn print(row: &Row, colour: bool, console: &mut Console) -> Result<(), WriteError> {
    let Row { name, finding: Finding { status, found, remedy } } = row;
    let (on, off) = if colour { (status.colour(), "\x1b[0m") } else { ("", "") };
    let out = console.results();
    writeln!(out, "{on}{:8}{off} {name:11} {found}", status.name())?;
    if let Some(remedy) = remedy {
        writeln!(out, "{:20} -> {remedy}", "")?;
    }
    console.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::ModelFlags;

    #[test]
    fn whatever_is_wrong_has_a_remedy() {
        // A cache within a file: nothing can be unpacked there.
        let file = tempfile::NamedTempFile::new().expect("a scratch file");
        let nowhere = file.path().join("cache");
        let surroundings = Surroundings { cache: Some(nowhere.clone()), ..Surroundings::read() };
        let source = ModelSource::Embedded { cache: nowhere };
        let compressor = plan::compressor(&ModelFlags { model: None }, &surroundings).expect("a cache is named");
        let subject = Subject { surroundings: &surroundings, compressor, source };
        let findings: Vec<_> = CHECKS.iter().map(|check| (check.name, (check.look)(&subject))).collect();
        for (name, finding) in &findings {
            assert_eq!(finding.remedy.is_none(), finding.status == Status::Ok, "{name}");
        }
        let failed = findings.iter().filter(|(_, finding)| finding.status == Status::Failed).map(|(name, _)| *name);
        assert!(failed.collect::<Vec<_>>().contains(&"cache"));
    }

    #[test]
    fn names_are_unique_and_fit_their_column() {
        let names: std::collections::BTreeSet<_> = CHECKS.iter().map(|check| check.name).collect();
        assert_eq!(names.len(), CHECKS.len());
        assert!(names.iter().all(|name| name.len() <= 11));
    }
}
