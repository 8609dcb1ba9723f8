//! The validator: measures how much of a text its shorter form has, and says what passes.
//!
//! # Map
//! - What is typed: `cli`; what it means on this machine: `plan`, the only place that reads environment and clock.
//! - What is saved and shown: [`record`], in a run folder that `folder` writes and resumes.
//! - What is measured: `source` and `downstream` read data as `case`s, `system` and [`baseline`] shorten them, [`metric`] measures,
//!   `suite` does so for all cases in batches.
//! - Who is asked, where models are: `tasks`, `interview`, [`provider`].
//! - What was found: `gate`, a verdict on each; `summary`, a table; `exit`, a code; [`stats`], how sure it is; `report`, all
//!   of it for a terminal, a program and a browser; `compare`, two runs; `certificate`, what holds of a compressor.
//!
//! # Invariants
//! - A run holds a batch in memory, whatever the size of its data.
//! - No text of the user reaches a log.

pub mod baseline;
mod case;
mod certificate;
mod cli;
mod commands;
mod compare;
mod downstream;
mod exit;
mod folder;
mod gate;
mod interview;
pub mod metric;
mod plan;
pub mod provider;
pub mod record;
mod report;
mod source;
pub mod stats;
mod suite;
mod summary;
mod system;
mod tasks;
mod terminal;
pub mod words;

use clap::Parser;

/// Runs the command line of this process and says how it ended.
#[must_use]
pub fn run() -> std::process::ExitCode {
    let surroundings = plan::Surroundings::read();
    let arguments = cli::Cli::parse();
    let mut terminal = terminal::Terminal::new();
    let exit = commands::run(&arguments, &surroundings, &mut terminal).unwrap_or_else(|error| {
        terminal.remark(format_args!("{error:#}"));
        exit::Exit::NotRun
    });
    exit.into()
}
