//! `downstream`: tasks with known answers, on whole and on shorter contexts, with baselines of the same size beside.

use anyhow::Context;

use super::measuring::Measuring;
use crate::cli::DownstreamFlags;
use crate::exit::Exit;
use crate::plan::Surroundings;
use crate::terminal::Terminal;

/// Runs it.
pub fn run(flags: &DownstreamFlags, surroundings: &Surroundings, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let source = flags.benchmark.open(&flags.file).with_context(|| format!("cannot read {}", flags.file.display()))?;
    Measuring::examine("downstream", source, &flags.examined, surroundings)?.run(surroundings, terminal)
}
