//! All cases of a run: read, shorten, measure, save, a batch at a time.
//!
//! Invariants
//! - what is finished is saved before more is begun, so that a stop at any moment costs a batch at most
//!   (`tests/validator/resume`);
//! - an example that a run has is not measured again.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use compressor::engine::Cancel;
use compressor::error::CompressError;

use crate::case::{BrokenRow, Case};
use crate::folder::Folder;
use crate::interview::{Held, Interview};
use crate::metric::{Meter, Shortened};
use crate::provider::ProviderError;
use crate::source::Cases;
use crate::summary::Summary;
use crate::system::System;
use crate::terminal::Terminal;

/// Examples that are saved together: what a kill costs at most, but for the systems of one case.
const BATCH: usize = 32;

/// A run over cases.
pub struct Suite<'a> {
    /// Measures.
    pub meter: &'a Meter,
    /// Asks models, where any are named.
    pub interview: Option<&'a Interview>,
    /// What shortens; the first is the examined one, whose size the others keep to.
    pub systems: &'a [System],
    /// Where the run is kept, if it is.
    pub folder: Option<Folder>,
    /// What was found so far, by an earlier run too.
    pub summary: Summary,
    /// System and id of the examples that an earlier run finished.
    pub done: HashSet<(String, String)>,
    /// Whether broken rows are passed over.
    pub skip_broken: bool,
    /// Time since some fixed moment.
    pub clock: fn() -> Duration,
}

/// How the reading of the cases ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All were read.
    Whole,
    /// The user stopped it.
    Stopped,
}

impl Suite<'_> {
    /// Goes through the cases.
    ///
    /// # Errors
    /// A broken row, unless those are passed over, or a folder that cannot be written. What was finished before is saved.
    pub fn run(&mut self, cases: Cases, terminal: &Terminal, cancel: &Cancel) -> anyhow::Result<End> {
        let mut batch = Vec::with_capacity(BATCH);
        let mut seen = HashSet::new();
        for case in cases {
            let case = case.and_then(|case| {
                let is_new = seen.insert(case.id.clone());
                if is_new { Ok(case) } else { Err(BrokenRow::Twice { id: case.id }) }
            });
            let made = match case {
                Ok(case) => self.shorten(&Arc::new(case), &mut batch, cancel),
                Err(broken) => Err(broken.into()),
            };
            match made {
                Ok(End::Stopped) => return Ok(End::Stopped),
                Ok(End::Whole) => {}
                Err(error) if self.skip_broken && !is_unreadable(&error) => {
                    terminal.remark(format_args!("passed over: {error:#}"));
                    self.summary.broken += 1;
                }
                Err(error) => {
                    self.finish(&mut batch, terminal, cancel)?;
                    return Err(error.context("mend the row, or pass over such rows by --skip-broken"));
                }
            }
            if batch.len() >= BATCH && self.finish(&mut batch, terminal, cancel)? == End::Stopped {
                return Ok(End::Stopped);
            }
        }
        self.finish(&mut batch, terminal, cancel)
    }

    /// Adds what every system makes of a case to the batch, unless an earlier run has it.
    fn shorten(&self, case: &Arc<Case>, batch: &mut Vec<Shortened>, cancel: &Cancel) -> anyhow::Result<End> {
        let is_done = |system: &System| self.done.contains(&(system.name().to_owned(), case.id.clone()));
        if self.systems.iter().all(is_done) {
            return Ok(End::Whole);
        }
        let mut size = usize::MAX;
        for system in self.systems {
            if cancel.is_cancelled() {
                return Ok(End::Stopped);
            }
            let tokenizer = self.meter.tokenizer;
            let output = match system.shorten(case, size, tokenizer, self.clock, cancel) {
                Err(error) if error.is_cancelled() => return Ok(End::Stopped),
                output => output.with_context(|| format!("{}: {}", case.id, system.name()))?,
            };
            if size == usize::MAX {
                size = tokenizer.count(&output.text);
            }
            if !is_done(system) {
                batch.push(Shortened {
                    case: Arc::clone(case),
                    system: system.name().to_owned(),
                    compressed: output.text,
                    milliseconds: output.milliseconds,
                    notes: output.notes,
                });
            }
        }
        Ok(End::Whole)
    }

    /// Measures and saves a batch. One that is stopped in the middle is begun again by a run that goes on.
    fn finish(&mut self, batch: &mut Vec<Shortened>, terminal: &Terminal, cancel: &Cancel) -> anyhow::Result<End> {
        let measured = self.meter.measure(batch, cancel).and_then(|examples| match self.interview {
            Some(interview) => interview.hold(examples, self.meter, cancel),
            None => Ok(Held { examples, unanswered: Vec::new() }),
        });
        let Held { examples, unanswered } = match measured {
            Err(CompressError::Cancelled) => return Ok(End::Stopped),
            measured => measured?,
        };
        if let Some(folder) = &mut self.folder {
            folder.append(&examples)?;
        }
        for example in &examples {
            self.summary.add(example);
        }
        let billed = self.interview.map(|interview| format!(", {} billed", interview.gateway.billed()));
        terminal.advance(examples.len(), self.summary.remark() + &billed.unwrap_or_default());
        batch.clear();
        self.unanswered(unanswered, terminal)
    }

    /// Tells of examples that could not be asked about; a run that goes on asks again.
    fn unanswered(
        &mut self,
        unanswered: Vec<(String, Arc<ProviderError>)>,
        terminal: &Terminal,
    ) -> anyhow::Result<End> {
        for (id, error) in unanswered {
            if matches!(*error, ProviderError::Stopped) {
                return Ok(End::Stopped);
            }
            let ends = error.ends_the_run();
            let error = anyhow::Error::from(error);
            if ends {
                let next = if self.folder.is_some() { "go on by --resume" } else { "begin again" };
                return Err(error.context(format!("stopped at {id}: {next}; answers that were paid are kept")));
            }
            terminal.remark(format_args!("{id} is not finished: {error:#}"));
            self.summary.broken += 1;
        }
        Ok(End::Whole)
    }
}

/// Whether the file itself cannot be read on, which no passing over helps.
fn is_unreadable(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(BrokenRow::Read { .. }))
}
