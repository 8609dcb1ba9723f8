//! JSON Lines: a stream of texts for pipelines, in order, in constant memory.
//!
//! A thread reads and queues lines while the caller writes results, so that a program that sends one line and waits for
//! its answer gets it at once.
//!
//! Invariants
//! - one line in, one line out, in order; a broken line is answered with its number and the stream goes on
//!   (`tests/cli/jsonl`);
//! - a bounded number of lines is held, and no line of more than 64 MB (`line::tests::a_line_over_the_limit_is_not_held`).

mod line;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Context;
use compressor::pipeline::{Compressed, Compressor, Document};
use compressor::policy::Policy;
use compressor::receipt::Receipt;
use serde::Serialize;
use serde_json::Value;

use self::line::{Lines, Refusal, Request};
use crate::console::Console;
use crate::exit::{Exit, describe, is_cancelled};
use crate::inputs::Input;
use crate::interrupt::Interrupt;
use crate::summary::Totals;
use crate::worker::{Ticket, Worker};

/// The answer to a line.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    text: &'a str,
    receipt: &'a Receipt,
}

/// The answer to a line that failed.
#[derive(Serialize)]
struct Failure<'a> {
    id: &'a Value,
    error: &'a str,
}

/// A line on its way.
struct Pending {
    id: Value,
    job: anyhow::Result<Ticket<Compressed>>,
}

/// How many lines wait in order, for each core: enough to keep the others busy while a long one is in work.
const WAITING_PER_CORE: usize = 4;

/// A stream to answer.
pub struct Stream {
    pub input: Input,
    pub policy: Policy,
    pub compressor: Compressor,
    pub cores: usize,
    /// Whether to print totals.
    pub stats: bool,
}

impl Stream {
    /// Answers every line.
    pub fn run(self, interrupt: &Arc<Interrupt>, console: &mut Console) -> anyhow::Result<Exit> {
        let mut totals = Totals::default();
        let mut failed = false;
        let stats = self.stats;
        for Pending { id, job } in self.read_ahead(interrupt)? {
            match job.and_then(|ticket| Ok(ticket.wait()?)) {
                Ok(Compressed { text, receipt, .. }) => {
                    totals.add(&receipt);
                    console.json(&Answer { id: &id, text: &text, receipt: &receipt })?;
                }
                Err(error) if is_cancelled(&error) => return Err(error),
                Err(error) => {
                    failed = true;
                    console.json(&Failure { id: &id, error: &describe(&error) })?;
                }
            }
        }
        if stats {
            console.line(format_args!("{totals}"));
        }
        Ok(totals.exit(failed))
    }

    fn read_ahead(self, interrupt: &Arc<Interrupt>) -> anyhow::Result<Receiver<Pending>> {
        let source: Box<dyn BufRead + Send> = match self.input.path() {
            None => Box::new(BufReader::with_capacity(1 << 16, io::stdin())),
            Some(path) => {
                let file = File::open(path).with_context(|| format!("{}: cannot be read", self.input))?;
                Box::new(BufReader::with_capacity(1 << 16, file))
            }
        };
        let waiting = WAITING_PER_CORE * self.cores;
        let (sender, receiver) = sync_channel(waiting);
        // The lines that wait in order, the one being read and the one being written.
        let worker = Worker::start(self.compressor, self.cores, waiting + 2)?;
        let lines = Lines::new(source, self.policy);
        let interrupt = Arc::clone(interrupt);
        let read = move || queue(lines, &worker, &interrupt, &sender);
        std::thread::Builder::new().name("reader".to_owned()).spawn(read).context("no thread to read lines")?;
        Ok(receiver)
    }
}

/// Queues every line, until the input ends or nobody wants more.
fn queue(lines: Lines<impl BufRead>, worker: &Worker, interrupt: &Interrupt, sender: &SyncSender<Pending>) {
    for line in lines {
        let pending = match line {
            Ok(Request { id, text, language, policy }) => {
                let job = worker.submit(Arc::clone(interrupt.cancel()), move |compressor, cancel| {
                    compressor.compress(&Document { text: &text, name: None, language }, &policy, cancel)
                });
                Pending { id, job: job.map_err(Into::into) }
            }
            Err(Refusal { id, error }) => Pending { id, job: Err(error.into()) },
        };
        if sender.send(pending).is_err() {
            return;
        }
    }
}
