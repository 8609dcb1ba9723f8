//! `compressor`: runs a compressor over texts, with baselines of the same size beside it, and measures what it made of them.

use anyhow::Context;

use super::measuring::Measuring;
use crate::cli::CompressorFlags;
use crate::exit::Exit;
use crate::plan::Surroundings;
use crate::source;
use crate::terminal::Terminal;

/// Runs it.
pub fn run(flags: &CompressorFlags, surroundings: &Surroundings, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let source = source::texts(&flags.file).with_context(|| format!("cannot read {}", flags.file.display()))?;
    Measuring::examine("compressor", source, &flags.examined, surroundings)?.run(surroundings, terminal)
}
