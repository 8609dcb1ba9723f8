//! `compression-layer`: the faces of the compressor. Arguments, logging, exit code; nothing else.

mod cli;
mod commands;
mod console;
mod exit;
mod inputs;
mod interrupt;
mod jsonl;
mod logging;
#[cfg_attr(not(test), expect(dead_code, reason = "nothing serves the session yet"))]
mod lsp;
mod mirror;
mod plan;
mod side_by_side;
mod summary;
mod worker;

use clap::Parser;

fn main() -> std::process::ExitCode {
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
