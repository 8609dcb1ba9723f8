//! `compressor`: runs a compressor over texts, with baselines of the same size beside it, and measures what it made of them.

use std::sync::Arc;

use anyhow::Context;

use super::measuring::Measuring;
use crate::cli::CompressorFlags;
use crate::exit::Exit;
use crate::plan::{self, Surroundings};
use crate::source;
use crate::terminal::Terminal;

/// Runs it.
pub fn run(flags: &CompressorFlags, surroundings: &Surroundings, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let source = source::texts(&flags.file).with_context(|| format!("cannot read {}", flags.file.display()))?;
    let encoder = Arc::new(surroundings.model(flags.run.encoder.as_deref())?);
    let systems = plan::systems(&flags.system, surroundings, flags.run.encoder.is_none().then_some(&encoder))?;
    Measuring { kind: "compressor", source, systems, encoder, flags: &flags.run }.run(surroundings, terminal)
}
