//! `compress`: texts in, shorter texts out.
//!
//! Texts without a common budget or query are read, compressed and written side by side, a bounded number at a time, and
//! come out in order. With a budget or a query they are ranked against each other, so all are read first.

mod emit;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

use anyhow::{Context, ensure};
use compressor::pipeline::{Compressed, Compressor, Document};
use compressor::policy::Policy;

use self::emit::{Emitter, Form};
use crate::cli::CompressFlags;
use crate::console::Console;
use crate::exit::{Exit, is_cancelled};
use crate::inputs::{self, Input, Inputs, Origin, ReadError};
use crate::interrupt::Interrupt;
use crate::plan::{self, Surroundings};
use crate::worker::{Ticket, Worker};
use crate::{jsonl, mirror, summary};

pub fn run(
    flags: &CompressFlags,
    surroundings: &Surroundings,
    interrupt: &Arc<Interrupt>,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let policy = plan::policy(&flags.steering)?;
    let compressor = plan::compressor(&flags.steering.model, surroundings)?;
    let mut inputs = inputs::resolve(&flags.files)?;
    inputs.announce(surroundings, console);
    if flags.jsonl {
        ensure!(inputs.list.len() == 1, "--jsonl reads one input: pipe several through `cat`");
        let (input, cores) = (inputs.list.remove(0), surroundings.cores.get());
        return jsonl::Stream { input, policy, compressor, cores, stats: flags.stats }.run(interrupt, console);
    }
    let places = flags.output.as_deref().map(|root| mirror::places(root, &inputs.list)).transpose()?;
    let shown = surroundings.terminals.stderr && (places.is_some() || !surroundings.terminals.stdout);
    if shown && inputs.list.len() > 1 {
        console.show_progress(inputs.list.len());
    }
    let form = form(flags, inputs.several, places);
    let together = inputs.several && policy.chooses_across();
    let emitter = Emitter::new(form, inputs.several, flags.stats, interrupt, console);
    let mut emitter = emitter.telling_notes(policy.focus().is_some());
    if together {
        compress_together(inputs, &policy, compressor, interrupt, &mut emitter)?;
        emitter.totals.warn(&policy, emitter.console);
    } else {
        compress_each(inputs, &policy, compressor, surroundings.cores.get(), interrupt, &mut emitter)?;
    }
    Ok(emitter.finish())
}

fn form(flags: &CompressFlags, several: bool, places: Option<Vec<PathBuf>>) -> Form {
    match places {
        Some(places) => Form::Files(places),
        None if flags.json => Form::Json,
        None if several => Form::Headed { begun: false },
        None => Form::Bare,
    }
}

/// All texts under one budget and one query.
fn compress_together(
    inputs: Inputs,
    policy: &Policy,
    compressor: Compressor,
    interrupt: &Interrupt,
    emitter: &mut Emitter<'_>,
) -> anyhow::Result<()> {
    let mut texts = Vec::with_capacity(inputs.list.len());
    for (index, input) in inputs.list.into_iter().enumerate() {
        match input.read() {
            Ok(text) => texts.push((index, input, text)),
            Err(error) => emitter.unread(&input, error)?,
        }
    }
    let worker = Worker::start(compressor, 1, 1)?;
    let policy = policy.clone();
    let job = worker.submit(Arc::clone(interrupt.cancel()), move |compressor, cancel| {
        let documents: Vec<_> = texts.iter().map(|(_, input, text)| document(input, text)).collect();
        let results = compressor.compress_all(&documents, &policy, cancel)?;
        Ok(texts.into_iter().map(|(index, input, _)| (index, input)).zip(results).collect::<Vec<_>>())
    })?;
    for ((index, input), compressed) in job.wait()? {
        emitter.result(index, &input, &compressed)?;
    }
    Ok(())
}

fn document<'a>(input: &'a Input, text: &'a str) -> Document<'a> {
    Document { text, name: input.path(), language: None }
}

/// A text on its way.
struct Pending {
    index: usize,
    input: Input,
    job: Result<Ticket<Compressed>, anyhow::Error>,
}

/// Each text by itself.
fn compress_each(
    inputs: Inputs,
    policy: &Policy,
    compressor: Compressor,
    cores: usize,
    interrupt: &Arc<Interrupt>,
    emitter: &mut Emitter<'_>,
) -> anyhow::Result<()> {
    for Pending { index, input, job } in read_ahead(inputs, policy, compressor, cores, interrupt)? {
        match job.and_then(|ticket| Ok(ticket.wait()?)) {
            Ok(compressed) => {
                emitter.result(index, &input, &compressed)?;
                summary::warn(&compressed.receipt.tokens, compressed.receipt.lost(), policy, emitter.console);
            }
            Err(error) if is_cancelled(&error) => return Err(error),
            Err(error) => match error.downcast::<ReadError>() {
                Ok(error) => emitter.unread(&input, error)?,
                Err(error) => emitter.failure(&input, &error)?,
            },
        }
    }
    Ok(())
}

/// Reads the inputs on a thread of its own, so that reading, compressing and writing overlap. At most `cores` texts
/// wait in order, and as many are in work.
fn read_ahead(
    inputs: Inputs,
    policy: &Policy,
    compressor: Compressor,
    cores: usize,
    interrupt: &Arc<Interrupt>,
) -> anyhow::Result<Receiver<Pending>> {
    let (sender, receiver) = sync_channel(cores);
    // Those in the channel, the one being read and the one being written.
    let worker = Worker::start(compressor, cores.min(inputs.list.len()), cores + 2)?;
    let (policy, interrupt) = (Arc::new(policy.clone()), Arc::clone(interrupt));
    let read = move || {
        for (index, input) in inputs.list.into_iter().enumerate() {
            let job = input.read().map_err(anyhow::Error::from).and_then(|text| {
                let (input, policy) = (input.clone(), Arc::clone(&policy));
                let job = worker.submit(Arc::clone(interrupt.cancel()), move |compressor, cancel| {
                    compressor.compress(&document(&input, &text), &policy, cancel)
                });
                Ok(job?)
            });
            if sender.send(Pending { index, input, job }).is_err() {
                return;
            }
        }
    };
    std::thread::Builder::new().name("reader".to_owned()).spawn(read).context("no thread to read files")?;
    Ok(receiver)
}

/// Whether an input that is no text is passed over: it was come upon, not named.
fn is_passed_over(input: &Input, error: &ReadError) -> bool {
    input.origin == Origin::Found && matches!(error, ReadError::NoText(_))
}
