//! One file for each subcommand.

mod asking;
mod certify;
mod compare;
mod compressor;
mod downstream;
mod measuring;
mod pairs;
mod report;

use crate::cli::{Cli, Command};
use crate::exit::Exit;
use crate::plan::Surroundings;
use crate::terminal::Terminal;

/// Does what was typed.
pub fn run(arguments: &Cli, surroundings: &Surroundings, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::Pairs(flags) => pairs::run(flags, surroundings, terminal),
        Command::Compare(flags) => compare::run(flags, terminal),
        Command::Certify(flags) => certify::run(flags, terminal),
        Command::Compressor(flags) => compressor::run(flags, surroundings, terminal),
        Command::Downstream(flags) => downstream::run(flags, surroundings, terminal),
        Command::Report(flags) => report::run(flags, terminal),
    }
}
