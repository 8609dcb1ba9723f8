//! `downstream`: tasks with known answers, on whole and on shorter contexts, with baselines of the same size beside.

use std::sync::Arc;

use anyhow::Context;

use super::measuring::Measuring;
use crate::cli::DownstreamFlags;
use crate::exit::Exit;
use crate::plan::{self, Surroundings};
use crate::terminal::Terminal;

/// Runs it.
pub fn run(flags: &DownstreamFlags, surroundings: &Surroundings, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let source = flags.benchmark.open(&flags.file).with_context(|| format!("cannot read {}", flags.file.display()))?;
    let encoder = Arc::new(surroundings.model(flags.run.encoder.as_deref())?);
    let systems = plan::systems(&flags.system, surroundings, flags.run.encoder.is_none().then_some(&encoder))?;
    Measuring { kind: "downstream", source, systems, encoder, flags: &flags.run }.run(surroundings, terminal)
}
