//! `pairs`: measures pairs of a text and its shorter form.

use std::sync::Arc;

use anyhow::Context;

use super::asking;
use super::measuring::Measuring;
use crate::cli::PairsFlags;
use crate::exit::Exit;
use crate::plan::{self, Surroundings};
use crate::record::Thresholds;
use crate::source;
use crate::system::System;
use crate::terminal::Terminal;

/// Runs it.
pub fn run(flags: &PairsFlags, surroundings: &Surroundings, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let source = source::rows(&flags.file, |line, text| crate::case::pair(line, text).map(|case| vec![case]));
    let source = source.with_context(|| format!("cannot read {}", flags.file.display()))?;
    let encoder = Arc::new(surroundings.model(flags.run.encoder.as_deref())?);
    let thresholds = Thresholds { pass_share: flags.run.pass_share, ..Thresholds::PUBLISHED };
    let interview = plan::interview(&flags.asking, surroundings, thresholds)?;
    if let Some(interview) = interview.as_ref().filter(|_| flags.asking.dry_run) {
        return asking::dry_run(interview, source.cases, &flags.run, terminal);
    }
    let systems = vec![System::Given];
    Measuring { kind: "pairs", source, systems, encoder, interview, flags: &flags.run }.run(surroundings, terminal)
}
