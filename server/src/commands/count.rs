//! `count`: tokens of each text and of all, by one tokenizer or by every one.

use std::io::Write;

use compressor::tokens::Tokenizer;
use serde_json::{Map, Value, json};

use crate::cli::{CountFlags, Rulers};
use crate::console::{Console, WriteError};
use crate::exit::{Exit, describe};
use crate::inputs::{self, Input, Origin, ReadError};
use crate::plan::Surroundings;

/// Columns of a count, with room for `about ` before ten million.
const COLUMN: usize = 15;

pub fn run(flags: &CountFlags, surroundings: &Surroundings, console: &mut Console) -> anyhow::Result<Exit> {
    let inputs = inputs::resolve(&flags.files)?;
    inputs.announce(surroundings, console);
    let rulers = match flags.tokenizer {
        Rulers::All => Tokenizer::ALL.to_vec(),
        Rulers::One(tokenizer) => vec![tokenizer],
    };
    let mut table = Table { rulers, json: flags.json, rows: Vec::new(), totals: Vec::new() };
    table.totals = vec![0; table.rulers.len()];
    table.header(console)?;
    let mut exit = Exit::Done;
    for input in &inputs.list {
        match input.read() {
            Ok(text) => table.row(input, &text, console)?,
            Err(error) if input.origin == Origin::Found && matches!(error, ReadError::NoText(_)) => {
                console.remark(format_args!("{input}: skipped: {error}"));
            }
            Err(error) => {
                exit = Exit::Failed;
                console.remark(format_args!("{input}: {}", describe(&error.into())));
            }
        }
    }
    table.finish(inputs.several, console)?;
    Ok(exit)
}

/// Counts, written as they come, or collected for JSON.
struct Table {
    rulers: Vec<Tokenizer>,
    json: bool,
    rows: Vec<Value>,
    totals: Vec<usize>,
}

impl Table {
    /// The names of the tokenizers, where there are several or an error to state.
    fn header(&self, console: &mut Console) -> Result<(), WriteError> {
        let plain = self.rulers.len() == 1 && self.rulers[0].exact();
        if self.json || plain {
            return Ok(());
        }
        let names = self.rulers.iter().map(|ruler| match ruler.relative_error() {
            0.0 => ruler.name().to_owned(),
            error => format!("{} ±{:.0}%", ruler.name(), error * 100.0),
        });
        line(names, "", console)
    }

    fn row(&mut self, input: &Input, text: &str, console: &mut Console) -> Result<(), WriteError> {
        let counts: Vec<_> = self.rulers.iter().map(|ruler| ruler.count(text)).collect();
        for (total, count) in self.totals.iter_mut().zip(&counts) {
            *total += count;
        }
        if self.json {
            self.rows.push(json!({ "path": input.to_string(), "tokens": self.object(&counts) }));
            return Ok(());
        }
        line(self.cells(&counts), &input.to_string(), console)
    }

    fn finish(self, several: bool, console: &mut Console) -> Result<(), WriteError> {
        if self.json {
            let total = self.object(&self.totals);
            return console.json(&json!({ "files": self.rows, "total": total }));
        }
        if several { line(self.cells(&self.totals), "total", console) } else { Ok(()) }
    }

    fn cells(&self, counts: &[usize]) -> impl Iterator<Item = String> {
        self.rulers.iter().zip(counts).map(|(ruler, count)| {
            let about = if ruler.exact() { "" } else { "about " };
            format!("{about}{count}")
        })
    }

    fn object(&self, counts: &[usize]) -> Value {
        let entry = |(ruler, count): (&Tokenizer, &usize)| {
            let mut entry = json!({ "count": count, "exact": ruler.exact() });
            if !ruler.exact() {
                entry["relative_error"] = ruler.relative_error().into();
            }
            (ruler.name().to_owned(), entry)
        };
        Value::Object(self.rulers.iter().zip(counts).map(entry).collect::<Map<_, _>>())
    }
}

fn line(cells: impl Iterator<Item = String>, name: &str, console: &mut Console) -> Result<(), WriteError> {
    let out = console.results();
    for cell in cells {
        write!(out, "{cell:>COLUMN$}")?;
    }
    writeln!(out, "{}{name}", if name.is_empty() { "" } else { "  " })?;
    console.flush()
}
