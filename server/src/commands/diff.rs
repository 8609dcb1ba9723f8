//! `diff`: original and result side by side, with what was dropped marked.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context, ensure};
use compressor::pipeline::{Compressed, Document};
use serde_json::json;

use crate::cli::DiffFlags;
use crate::console::{Console, WriteError};
use crate::exit::Exit;
use crate::inputs;
use crate::interrupt::Interrupt;
use crate::plan::{self, Surroundings};
use crate::side_by_side::{self, Style};
use crate::summary;
use crate::worker::Worker;

pub fn run(
    flags: &DiffFlags,
    surroundings: &Surroundings,
    interrupt: &Interrupt,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let policy = plan::policy(&flags.steering)?;
    let compressor = plan::compressor(&flags.steering.model, surroundings)?;
    let mut inputs = inputs::resolve(std::slice::from_ref(&flags.file))?;
    inputs.announce(surroundings, console);
    ensure!(!inputs.several, "{}: diff shows one file at a time", flags.file.display());
    let input = inputs.list.remove(0);
    let text: Arc<str> = input.read().with_context(|| input.to_string())?.into();
    let worker = Worker::start(compressor, 1, 1)?;
    let (document, asked) = (Arc::clone(&text), policy.clone());
    let job = worker.submit(Arc::clone(interrupt.cancel()), move |compressor, cancel| {
        compressor.compress(&Document { text: &document, name: input.path(), language: None }, &asked, cancel)
    })?;
    let compressed = job.wait()?;
    if flags.json {
        print_json(&compressed, console)?;
    } else {
        print(&text, &compressed, surroundings, console).map_err(WriteError::from)?;
    }
    summary::warn(&compressed.receipt.tokens, compressed.receipt.lost(), &policy, console);
    Ok(if summary::is_shortened(&compressed.receipt) { Exit::Done } else { Exit::Unshortened })
}

fn print(
    original: &str,
    compressed: &Compressed,
    surroundings: &Surroundings,
    console: &mut Console,
) -> std::io::Result<()> {
    let style = Style { width: surroundings.width, colour: surroundings.colour };
    let out = console.results();
    side_by_side::write(original, &compressed.text, &compressed.dropped, style, out)?;
    writeln!(out)?;
    for line in summary::lines(&compressed.receipt) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn print_json(compressed: &Compressed, console: &mut Console) -> Result<(), WriteError> {
    let dropped: Vec<_> =
        compressed.dropped.iter().map(|range| json!({ "start": range.start, "end": range.end })).collect();
    console.json(&json!({ "text": compressed.text, "receipt": compressed.receipt, "dropped": dropped }))
}
