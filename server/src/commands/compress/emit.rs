//! Writes the results of `compress` in one of its forms, and keeps the totals.
//!
//! Invariants
//! - a single result is written byte for byte, nothing before or after it (`tests/cli/compress`);
//! - an input that failed never hides the others; it decides the exit code at the end (`tests/cli/exit_codes`).

use std::path::PathBuf;

use compressor::pipeline::Compressed;
use compressor::receipt::Receipt;
use serde::Serialize;

use super::is_passed_over;
use crate::console::{Console, WriteError};
use crate::exit::{Exit, describe};
use crate::inputs::{Input, ReadError};
use crate::interrupt::Interrupt;
use crate::mirror;
use crate::summary::{self, Totals};

/// How results are written.
#[derive(Debug)]
pub enum Form {
    /// The text alone.
    Bare,
    /// Texts under lines of the form `==> path <==`.
    Headed { begun: bool },
    /// A JSON object a line.
    Json,
    /// A file each, by the index of the input.
    Files(Vec<PathBuf>),
}

/// One result as JSON.
#[derive(Serialize)]
struct Record<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    text: &'a str,
    receipt: &'a Receipt,
}

/// An input that failed, as JSON.
#[derive(Serialize)]
struct Failure<'a> {
    path: String,
    error: &'a str,
}

pub struct Emitter<'a> {
    form: Form,
    several: bool,
    stats: bool,
    /// Where notes are told without being asked for: the last that was.
    told: Option<String>,
    failed: bool,
    interrupt: &'a Interrupt,
    pub totals: Totals,
    pub console: &'a mut Console,
}

impl<'a> Emitter<'a> {
    pub fn new(form: Form, several: bool, stats: bool, interrupt: &'a Interrupt, console: &'a mut Console) -> Self {
        let totals = Totals::default();
        Self { form, several, stats, told: None, failed: false, interrupt, totals, console }
    }

    /// Tells notes without being asked for: where a focus is, what became of it must not go unnoticed.
    pub fn telling_notes(self, tells_notes: bool) -> Self {
        Self { told: (tells_notes && !self.stats).then(String::new), ..self }
    }

    /// Writes a result.
    pub fn result(&mut self, index: usize, input: &Input, compressed: &Compressed) -> anyhow::Result<()> {
        let Compressed { text, receipt, .. } = compressed;
        match &mut self.form {
            Form::Bare => self.console.result(text.as_bytes())?,
            Form::Headed { begun } => {
                let first = !std::mem::replace(begun, true);
                write_headed(input, text, first, self.console)?;
            }
            Form::Json => {
                let path = self.several.then(|| input.to_string());
                self.console.json(&Record { path, text, receipt })?;
            }
            Form::Files(places) => mirror::write(&places[index], text, self.interrupt)?,
        }
        self.console.flush()?;
        self.totals.add(receipt);
        if self.stats {
            for line in summary::lines(receipt) {
                let path = if self.several { format!("{input}: ") } else { String::new() };
                self.console.line(format_args!("{path}{line}"));
            }
        }
        if let Some(told) = &mut self.told {
            for note in &receipt.notes {
                if note != told {
                    self.console.remark(format_args!("{note}"));
                    told.clone_from(note);
                }
            }
        }
        self.console.advance(input);
        Ok(())
    }

    /// Reports an input that is no text.
    pub fn unread(&mut self, input: &Input, error: ReadError) -> Result<(), WriteError> {
        if is_passed_over(input, &error) {
            self.console.remark(format_args!("{input}: skipped: {error}"));
            self.console.advance(input);
            return Ok(());
        }
        self.failure(input, &error.into())
    }

    /// Reports an input that could not be compressed.
    pub fn failure(&mut self, input: &Input, error: &anyhow::Error) -> Result<(), WriteError> {
        self.failed = true;
        let error = describe(error);
        self.console.remark(format_args!("{input}: {error}"));
        if matches!(self.form, Form::Json) && self.several {
            self.console.json(&Failure { path: input.to_string(), error: &error })?;
        }
        self.console.advance(input);
        Ok(())
    }

    /// Prints the totals and chooses the exit code.
    pub fn finish(self) -> Exit {
        if self.stats && self.several {
            self.console.line(format_args!("{}", self.totals));
        }
        self.totals.exit(self.failed)
    }
}

fn write_headed(input: &Input, text: &str, first: bool, console: &mut Console) -> Result<(), WriteError> {
    let gap = if first { "" } else { "\n" };
    console.result(format!("{gap}==> {input} <==\n").as_bytes())?;
    console.result(text.as_bytes())?;
    if text.is_empty() || text.ends_with('\n') { Ok(()) } else { console.result(b"\n") }
}
