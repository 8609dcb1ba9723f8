//! `certify`: writes the certificate of a run, or looks whether one is as it was sealed.

use std::path::Path;

use anyhow::Context;

use super::report::{read, system};
use crate::certificate::{Soundness, certify, check, markdown};
use crate::cli::CertifyFlags;
use crate::exit::Exit;
use crate::folder::write_whole;
use crate::report::Report;
use crate::terminal::Terminal;

/// The certificate for programs.
const JSON: &str = compressor::model::certificate::FILE;
/// The certificate for readers.
const MARKDOWN: &str = "certificate.md";

/// Runs it.
pub fn run(flags: &CertifyFlags, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    match (&flags.check, &flags.run) {
        (Some(file), _) => look(file, terminal),
        (None, Some(run)) => write(run, flags, terminal),
        // The command line asks for one of the two.
        (None, None) => Ok(Exit::NotRun),
    }
}

fn write(folder: &Path, flags: &CertifyFlags, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let (run, gathered) = read(folder, &flags.figures)?;
    let subject = system(&gathered, &flags.figures)?;
    let report = Report::of(run, &gathered, subject, flags.figures.seed);
    let certificate = match certify(&report) {
        Ok(certificate) => certificate,
        Err(reasons) => {
            for reason in reasons {
                terminal.remark(format_args!("not certified: {reason}"));
            }
            return Ok(Exit::GateFailed);
        }
    };
    let out = flags.out.as_deref().unwrap_or(folder);
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let text = markdown(&certificate);
    for (name, text) in [(MARKDOWN, &text), (JSON, &serde_json::to_string_pretty(&certificate)?)] {
        let path = out.join(name);
        write_whole(&path, text.trim_end().as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    terminal.result(&text)?;
    Ok(Exit::Passed)
}

/// Says whether a certificate, and the page for readers beside it, are as they were written.
fn look(file: &Path, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let (soundness, certificate) = check(&text);
    if let Some(certificate) = certificate {
        let beside = file.with_file_name(MARKDOWN);
        let is_told_otherwise =
            std::fs::read_to_string(&beside).is_ok_and(|beside| beside.trim_end() != markdown(&certificate).trim_end());
        if is_told_otherwise {
            terminal.remark(format_args!("{} does not say what {} says", beside.display(), file.display()));
            return Ok(Exit::GateFailed);
        }
        terminal.result(&format!("{}: as it was sealed, {}\n", file.display(), certificate.seal))?;
        return Ok(Exit::Passed);
    }
    match soundness {
        Soundness::Foreign => anyhow::bail!("{} is no certificate of this program", file.display()),
        Soundness::Sound | Soundness::Changed => {
            terminal.remark(format_args!("{} was changed after it was sealed", file.display()));
            Ok(Exit::GateFailed)
        }
    }
}
