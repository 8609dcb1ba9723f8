//! The only place that writes to stdout and stderr: results to the one, remarks and progress to the other.
//!
//! Invariants
//! - a reader of stdout that went away ends the printing, not the run (`tests/validator/pairs`).

use std::fmt;
use std::io::{self, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Results, remarks and progress.
#[derive(Debug)]
pub struct Terminal {
    bar: ProgressBar,
}

impl Terminal {
    /// Without progress.
    pub fn new() -> Self {
        Self { bar: ProgressBar::hidden() }
    }

    /// Shows from now on how many of `examples` are done, the rate, and the time left. A terminal that is none shows nothing.
    pub fn show_progress(&mut self, examples: usize) {
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} examples, {per_sec}, {eta} left  {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar = ProgressBar::with_draw_target(Some(examples as u64), ProgressDrawTarget::stderr()).with_style(style);
        self.bar.enable_steady_tick(Duration::from_millis(500));
    }

    /// So many more examples are done; what is said of the whole stands behind the bar.
    pub fn advance(&self, examples: usize, remark: String) {
        self.bar.set_message(remark);
        self.bar.inc(examples as u64);
    }

    /// So many examples were done by an earlier run: they do not count for the rate.
    pub fn start_from(&self, examples: usize) {
        self.bar.set_position(examples as u64);
        self.bar.reset_eta();
    }

    /// Takes the progress away.
    pub fn hide_progress(&mut self) {
        self.bar.finish_and_clear();
    }

    /// Says something on stderr, with the program's name. That stderr is closed is no reason to stop.
    pub fn remark(&self, remark: impl fmt::Display) {
        self.bar.suspend(|| {
            let _ = writeln!(io::stderr().lock(), "compression-validator: {remark}");
        });
    }

    /// Writes a result to stdout, in the place of the progress.
    ///
    /// # Errors
    /// A full disk, for example; a reader that went away is no error.
    pub fn result(&mut self, text: &str) -> io::Result<()> {
        self.hide_progress();
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }
}
