//! All rows of a file through a run: read, shorten, measure, save, a batch at a time.
//!
//! Invariants
//! - what is finished is saved before more is begun, so that a stop at any moment costs a batch at most
//!   (`tests/validator/resume`);
//! - an example that a run has is not made again.

use std::collections::HashSet;
use std::sync::Arc;

use compressor::engine::Cancel;
use compressor::error::CompressError;

use crate::case::{self, BrokenRow, Lines};
use crate::folder::Folder;
use crate::metric::{Meter, Shortened};
use crate::summary::Summary;
use crate::terminal::Terminal;

/// Rows that are saved together: what a kill costs at most.
const BATCH: usize = 32;

/// The name of the system that made shorter forms which come with the data.
pub const GIVEN: &str = "pairs";

/// A run over the rows of a file.
pub struct Suite<'a> {
    /// Measures.
    pub meter: &'a Meter,
    /// Where the run is kept, if it is.
    pub folder: Option<Folder>,
    /// What was found so far, by an earlier run too.
    pub summary: Summary,
    /// Ids of the examples that an earlier run finished.
    pub done: HashSet<String>,
    /// Whether broken rows are passed over.
    pub skip_broken: bool,
}

/// How the reading of the rows ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All rows were read.
    Whole,
    /// The user stopped it.
    Stopped,
}

impl Suite<'_> {
    /// Goes through the first so many rows.
    ///
    /// # Errors
    /// A broken row, unless those are passed over, or a folder that cannot be written. What was finished before is saved.
    pub fn run(&mut self, rows: Lines, limit: usize, terminal: &Terminal, cancel: &Cancel) -> anyhow::Result<End> {
        let mut batch = Vec::with_capacity(BATCH);
        for row in rows.take(limit) {
            if cancel.is_cancelled() {
                return Ok(End::Stopped);
            }
            match row.and_then(|(line, text)| pair_of(line, &text)) {
                Ok(item) if self.done.contains(&item.case.id) => continue,
                Ok(item) => batch.push(item),
                Err(broken) => self.broken(broken, &mut batch, terminal, cancel)?,
            }
            if batch.len() == BATCH && self.finish(&mut batch, terminal, cancel)? == End::Stopped {
                return Ok(End::Stopped);
            }
        }
        self.finish(&mut batch, terminal, cancel)
    }

    fn broken(
        &mut self,
        broken: BrokenRow,
        batch: &mut Vec<Shortened>,
        terminal: &Terminal,
        cancel: &Cancel,
    ) -> anyhow::Result<()> {
        if self.skip_broken && !matches!(broken, BrokenRow::Read { .. }) {
            terminal.remark(format_args!("passed over: {:#}", anyhow::Error::from(broken)));
            self.summary.broken += 1;
            return Ok(());
        }
        self.finish(batch, terminal, cancel)?;
        Err(anyhow::Error::from(broken).context("mend the row, or pass over such rows by --skip-broken"))
    }

    /// Measures and saves a batch. One that is stopped in the middle is begun again by a run that goes on.
    fn finish(&mut self, batch: &mut Vec<Shortened>, terminal: &Terminal, cancel: &Cancel) -> anyhow::Result<End> {
        let examples = match self.meter.measure(batch, cancel) {
            Err(CompressError::Cancelled) => return Ok(End::Stopped),
            measured => measured?,
        };
        if let Some(folder) = &mut self.folder {
            folder.append(&examples)?;
        }
        for example in &examples {
            self.summary.add(example);
        }
        terminal.advance(examples.len(), self.summary.remark());
        batch.clear();
        Ok(End::Whole)
    }
}

fn pair_of(line: usize, text: &[u8]) -> Result<Shortened, BrokenRow> {
    let mut case = case::pair(line, text)?;
    let compressed = case.compressed.take();
    let compressed = compressed.ok_or(BrokenRow::Content { line, reason: "it has no `compressed`" })?;
    let system = GIVEN.to_owned();
    Ok(Shortened { case: Arc::new(case), system, compressed, milliseconds: None, notes: Vec::new() })
}
