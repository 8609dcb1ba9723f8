//! `report`: what a run found, as tables, JSON and a page.

use std::path::Path;

use anyhow::{Context, anyhow};

use crate::cli::{FigureFlags, ReportFlags};
use crate::exit::Exit;
use crate::folder::{self, EXAMPLES};
use crate::record::Run;
use crate::report::Report;
use crate::report::gather::Gathered;
use crate::report::page::page;
use crate::report::table::tables;
use crate::terminal::Terminal;

/// The report for programs, in the folder of a run.
const JSON: &str = "report.json";
/// The report for a browser.
const PAGE: &str = "report.html";

/// Runs it.
pub fn run(flags: &ReportFlags, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let (run, gathered) = read(&flags.run, &flags.figures)?;
    let subject = system(&gathered, &flags.figures)?;
    let report = Report::of(run, &gathered, subject, flags.figures.seed);
    terminal.result(&tables(&report))?;
    let out = flags.out.as_deref().unwrap_or(&flags.run);
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let write = |name: &str, text: &str| {
        let path = out.join(name);
        folder::write_whole(&path, text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
    };
    write(JSON, &serde_json::to_string_pretty(&report)?)?;
    write(PAGE, &page(&report, &gathered))?;
    terminal.remark(format_args!("wrote {} and {PAGE}", out.join(JSON).display()));
    Ok(Exit::Passed)
}

/// The run in a folder and its examples.
pub fn read(folder: &Path, flags: &FigureFlags) -> anyhow::Result<(Run, Gathered)> {
    let mut run = folder::read_run(folder)?;
    run.delta = flags.delta.unwrap_or(run.delta);
    let mut gathered = Gathered::new(&run.systems);
    folder::read(&folder.join(EXAMPLES), &mut |example| gathered.add(example))?;
    Ok((run, gathered))
}

/// Which system is judged.
pub fn system(gathered: &Gathered, flags: &FigureFlags) -> anyhow::Result<usize> {
    let Some(name) = &flags.system else { return Ok(0) };
    let there = || anyhow!("the run has no system `{name}`; there are {}", gathered.systems.join(", "));
    gathered.systems.iter().position(|it| it == name).ok_or_else(there)
}
