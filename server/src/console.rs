//! The only place that writes to stdout and stderr.
//!
//! Invariants
//! - stdout carries results only; remarks, statistics and progress go to stderr;
//! - a reader that went away is told apart from a full disk (`tests/cli/pipes`).

use std::fmt;
use std::io::{self, BufWriter, Stdout, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Why a result could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The reader went away: nobody wants more.
    #[error("stdout is closed")]
    Closed,
    /// A full disk, for example.
    #[error("cannot write to stdout")]
    Failed(#[source] io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Failed(error) }
    }
}

/// Results, remarks and progress.
#[derive(Debug)]
pub struct Console {
    results: BufWriter<Stdout>,
    bar: ProgressBar,
}

impl Console {
    /// Without a progress bar.
    pub fn new() -> Self {
        Self { results: BufWriter::with_capacity(1 << 16, io::stdout()), bar: ProgressBar::hidden() }
    }

    /// Shows a progress bar on stderr.
    pub fn show_progress(&mut self, length: usize) {
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} left  {wide_msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr()).with_style(style);
    }

    /// One more file is done.
    pub fn advance(&self, done: impl fmt::Display) {
        if !self.bar.is_hidden() {
            self.bar.set_message(done.to_string());
            self.bar.inc(1);
        }
    }

    /// Writes a part of a result.
    pub fn result(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        Ok(self.results.write_all(bytes)?)
    }

    /// Writes a value as a line of JSON and hands it on at once.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<(), WriteError> {
        serde_json::to_writer(&mut self.results, value).map_err(io::Error::from)?;
        self.results.write_all(b"\n")?;
        self.flush()
    }

    /// Lets a writer of many small parts, such as a table, write its result.
    pub fn results(&mut self) -> &mut impl Write {
        &mut self.results
    }

    /// Hands on what was written.
    pub fn flush(&mut self) -> Result<(), WriteError> {
        Ok(self.results.flush()?)
    }

    /// Says something on stderr, with the program's name.
    pub fn remark(&mut self, remark: fmt::Arguments<'_>) {
        self.line(format_args!("compression-layer: {remark}"));
    }

    /// Writes a line to stderr. That stderr is closed is no reason to stop.
    pub fn line(&mut self, line: fmt::Arguments<'_>) {
        self.bar.suspend(|| {
            let _ = writeln!(io::stderr().lock(), "{line}");
        });
    }

    /// Removes the bar and hands on what was written.
    pub fn finish(&mut self) -> Result<(), WriteError> {
        self.bar.finish_and_clear();
        self.flush()
    }
}
