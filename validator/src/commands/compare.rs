//! `compare`: whether a run is worse than an earlier one on the same examples.

use anyhow::Context;

use super::report::{read, system};
use crate::cli::CompareFlags;
use crate::compare::{Side, compare};
use crate::exit::Exit;
use crate::folder::write_whole;
use crate::stats::bootstrap::Resampling;
use crate::terminal::Terminal;

/// Runs it.
pub fn run(flags: &CompareFlags, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let (first_run, first) = read(&flags.first, &flags.figures)?;
    let (second_run, second) = read(&flags.second, &flags.figures)?;
    let outcome = compare(
        Side { run: &first_run, gathered: &first, system: system(&first, &flags.figures)? },
        Side { run: &second_run, gathered: &second, system: system(&second, &flags.figures)? },
        flags.measure,
        first_run.delta,
        Resampling::seeded(flags.figures.seed),
    )?;
    terminal.result(&outcome.tables())?;
    if let Some(path) = &flags.json {
        write_whole(path, serde_json::to_string_pretty(&outcome)?.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(if outcome.not_worse { Exit::Passed } else { Exit::GateFailed })
}
