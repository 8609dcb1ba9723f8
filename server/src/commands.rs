//! One file for each subcommand.

mod compress;
mod count;
mod diff;
mod doctor;
mod lsp;

use std::sync::Arc;

use crate::cli::{Cli, Command};
use crate::console::Console;
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::plan::Surroundings;

/// Does what was typed.
pub fn run(
    arguments: Cli,
    surroundings: &Surroundings,
    interrupt: &Arc<Interrupt>,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    match arguments.command {
        Command::Compress(flags) => compress::run(&flags, surroundings, interrupt, console),
        Command::Count(flags) => count::run(&flags, surroundings, console),
        Command::Diff(flags) => diff::run(&flags, surroundings, interrupt, console),
        Command::Doctor(flags) => doctor::run(&flags, surroundings, console),
        Command::Lsp(flags) => lsp::run(&flags, surroundings, interrupt),
    }
}
