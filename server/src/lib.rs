//! The faces of the compressor: command line and language server.
//!
//! # Map
//! - What is typed: `cli`; what it means on this machine: `plan`, the only place besides `main.rs` that reads the environment.
//! - One file for each subcommand: `commands`, with `inputs`, `console`, `summary`, `mirror`, `side_by_side` and `jsonl`.
//! - What works on texts: `worker`, threads of its own behind a bounded queue.
//! - The language server: [`lsp`].
//! - How a run ends: `exit`, `interrupt`.

mod cli;
mod commands;
mod console;
mod exit;
mod inputs;
mod interrupt;
mod jsonl;
mod logging;
pub mod lsp;
mod mirror;
mod plan;
mod side_by_side;
mod summary;
mod worker;

use clap::Parser;

/// Runs the command line of this process and says how it ended.
#[must_use]
pub fn run() -> std::process::ExitCode {
    let surroundings = plan::Surroundings::read();
    logging::start(surroundings.log.as_deref());
    let arguments = cli::Cli::parse();
    let mut console = console::Console::new();
    let interrupt = interrupt::Interrupt::install();
    let exit = commands::run(arguments, &surroundings, &interrupt, &mut console)
        .and_then(|exit| console.finish().map(|()| exit).map_err(Into::into))
        .unwrap_or_else(|error| exit::Exit::of(&error, &mut console));
    interrupt.overrules(exit).into()
}
