//! Systems: what makes the shorter form of a text. The one that is examined, and the baselines beside it.
//!
//! Invariants
//! - baselines that keep to a size keep to that of the examined system, text by text: what differs is what was kept
//!   (`tests/validator/compressor`).

mod command;

use std::sync::Arc;
use std::time::Duration;

use compressor::engine::Cancel;
use compressor::error::CompressError;
use compressor::pipeline::{Compressor, Document};
use compressor::policy::Policy;
use compressor::tokens::Tokenizer;

use crate::baseline::Baseline;
use crate::case::Case;
pub use command::{Command, CommandError};

/// The name of the system that made shorter forms which come with the data.
pub const GIVEN: &str = "pairs";

/// What is examined.
pub enum System {
    /// The shorter forms that come with the data.
    Given,
    /// Our compressor.
    Ours {
        /// With its model.
        compressor: Arc<Compressor>,
        /// How far it goes.
        policy: Policy,
        /// Whether a question of the data steers it.
        asks: bool,
        /// What it is called.
        name: String,
    },
    /// A program that reads stdin and writes stdout.
    Command(Command),
    /// A baseline alone.
    Baseline(Baseline),
}

/// A shorter form.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// The text.
    pub text: String,
    /// What it took, loading a model left out.
    pub milliseconds: Option<f64>,
    /// What the system said, a sentence each.
    pub notes: Vec<String>,
}

/// Why there is no shorter form.
#[derive(Debug, thiserror::Error)]
pub enum SystemError {
    /// The data has none.
    #[error("it has no `compressed`")]
    NotGiven,
    /// Our compressor could not.
    #[error("not compressed")]
    Compress(#[from] CompressError),
    /// A program failed.
    #[error("not compressed")]
    Command(#[from] CommandError),
}

impl SystemError {
    /// Whether it is the user's wish to stop.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Compress(CompressError::Cancelled) | Self::Command(CommandError::Cancelled))
    }
}

impl System {
    /// The name in records.
    pub fn name(&self) -> &str {
        match self {
            Self::Given => GIVEN,
            Self::Ours { name, .. } => name,
            Self::Command(command) => command.name(),
            Self::Baseline(baseline) => baseline.name(),
        }
    }

    /// Makes the shorter form of a case.
    ///
    /// # Errors
    /// It could not be made.
    pub fn shorten(
        &self,
        case: &Case,
        size: usize,
        tokenizer: Tokenizer,
        clock: fn() -> Duration,
        cancel: &Cancel,
    ) -> Result<Output, SystemError> {
        match self {
            Self::Given => {
                let text = case.compressed.clone().ok_or(SystemError::NotGiven)?;
                Ok(Output { text, milliseconds: None, notes: Vec::new() })
            }
            Self::Ours { compressor, policy, asks, .. } => {
                let document = Document { text: &case.verbose, name: None, language: case.language };
                let question = case.question.as_deref().filter(|_| *asks);
                // A question without a word steers nothing.
                let asked = question.and_then(|question| policy.clone().with_query(question).ok());
                let result = compressor.compress(&document, asked.as_ref().unwrap_or(policy), cancel)?;
                let milliseconds = Some(result.receipt.milliseconds);
                Ok(Output { text: result.text, milliseconds, notes: result.receipt.notes })
            }
            Self::Command(command) => {
                let start = clock();
                let text = command.run(&case.verbose, cancel)?;
                let milliseconds = Some(clock().saturating_sub(start).as_secs_f64() * 1e3);
                Ok(Output { text, milliseconds, notes: Vec::new() })
            }
            Self::Baseline(baseline) => {
                let question = case.question.as_deref();
                let text = baseline.shorten(&case.verbose, case.domain, question, size, tokenizer);
                Ok(Output { text, milliseconds: None, notes: Vec::new() })
            }
        }
    }
}
