//! classify -> segment -> shorten each -> guard -> fit the budget -> receipt.
//!
//! Invariants
//! - never longer: a result that counts as many tokens as the original is replaced by the original
//!   (`tests/properties`);
//! - same input, same bytes: nothing here depends on the clock, on threads or on what was compressed before
//!   (`tests/properties`);
//! - at `safe` and `balanced` no atom is missing; at `tight` the receipt lists those that are (`tests/properties`);
//! - the model is unpacked and loaded when a text first needs it, and only then.
//!
//! Deliberately absent: files, terminals, the clock; a caller hands them in.

mod dropped;
mod finish;
mod life;
mod lost;
mod prepare;
mod probe;
mod select;
mod settle;

use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use crate::engine::{Cancel, Encoder, EngineError};
use crate::error::CompressError;
use crate::language::Language;
use crate::model::ModelSource;
use crate::policy::{EngineChoice, Level, Policy};
use crate::rank;
use crate::receipt::{ModelRecord, Receipt};
use life::Life;
pub use life::ModelState;
use prepare::Prepared;

/// A text to compress.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The text.
    pub text: &'a str,
    /// Its path, for its language.
    pub name: Option<&'a Path>,
    /// Its language, where the caller knows.
    pub language: Option<Language>,
}

/// A result.
#[derive(Clone, Debug, PartialEq)]
pub struct Compressed {
    /// The shorter text, or the original where nothing could be shortened.
    pub text: String,
    /// What was saved, kept and lost.
    pub receipt: Receipt,
    /// Bytes of the original that are not in the result, in order; layout aside.
    pub dropped: Vec<Range<usize>>,
}

/// What the machine gives.
#[derive(Clone, Copy, Debug)]
pub struct Runtime {
    /// Threads for the model; the result does not depend on it.
    pub lanes: NonZeroUsize,
    /// Time since some fixed moment, for receipts.
    pub clock: fn() -> Duration,
}

/// Compresses texts, one model at a time. `Send` and `Sync`: share it.
pub struct Compressor {
    runtime: Runtime,
    life: Life,
}

impl Compressor {
    /// A compressor that has loaded nothing yet.
    #[must_use]
    pub fn new(source: ModelSource, runtime: Runtime) -> Self {
        Self { life: Life::new(source, runtime.lanes), runtime }
    }

    /// A compressor whose scores come from another encoder than the model's: for tests.
    ///
    /// # Errors
    /// A model folder whose tokenizer or heads cannot be read.
    pub fn with_encoder(
        source: ModelSource,
        runtime: Runtime,
        encoder: Box<dyn Encoder>,
    ) -> Result<Self, CompressError> {
        Ok(Self { life: Life::with_encoder(source, runtime.lanes, encoder)?, runtime })
    }

    /// Shortens one document.
    ///
    /// # Errors
    /// A text that is too large, a model that cannot be used, or a stop by `cancel`.
    ///
    /// # Panics
    /// Never: one document gives one result.
    pub fn compress(
        &self,
        document: &Document<'_>,
        policy: &Policy,
        cancel: &Cancel,
    ) -> Result<Compressed, CompressError> {
        let mut results = self.compress_all(std::slice::from_ref(document), policy, cancel)?;
        Ok(results.pop().expect("one document, one result"))
    }

    /// Shortens several documents under one budget and one query: the budget is for their sum, and what bears on the query
    /// is ranked across all.
    ///
    /// # Errors
    /// As for [`Self::compress`].
    pub fn compress_all(
        &self,
        documents: &[Document<'_>],
        policy: &Policy,
        cancel: &Cancel,
    ) -> Result<Vec<Compressed>, CompressError> {
        let mut spent = Duration::ZERO;
        let start = (self.runtime.clock)();
        let mut prepared = Vec::with_capacity(documents.len());
        for document in documents {
            check_size(document.text, policy.level())?;
            if cancel.is_cancelled() {
                return Err(CompressError::Cancelled);
            }
            prepared.push(Prepared::of(*document, policy, policy.level()));
        }
        if let Some(whole) = whole_if_it_fits(documents, &prepared, policy) {
            prepared = whole;
        }
        spent += (self.runtime.clock)().saturating_sub(start);
        let needs_model = prepared.iter().any(|document| !document.stream.text.is_empty());
        // Loading is told apart: it is paid once, not for each text.
        let tagger =
            if needs_model && policy.engine() != EngineChoice::Structural { Some(self.life.tagger()?) } else { None };
        let start = (self.runtime.clock)();
        for document in &mut prepared {
            document.score(tagger.as_deref(), policy, cancel)?;
        }
        if cancel.is_cancelled() {
            return Err(CompressError::Cancelled);
        }
        let selected = select::select(&prepared, tagger.as_deref(), policy, cancel)?;
        let mut results = Vec::with_capacity(prepared.len());
        for (document, selection) in prepared.iter().zip(selected) {
            if cancel.is_cancelled() {
                return Err(CompressError::Cancelled);
            }
            results.push(finish::finish(document, selection, tagger.as_deref(), policy));
        }
        note_missed_budget(&prepared, &mut results, policy);
        spent += (self.runtime.clock)().saturating_sub(start);
        for result in &mut results {
            result.receipt.milliseconds = spent.as_secs_f64() * 1e3 / documents.len() as f64;
        }
        Ok(results)
    }

    /// How much each text bears on a query, in [0, 1]: as its best sentence does. For putting texts in order; what is close
    /// to what depends on all of them, and loads the model.
    ///
    /// # Errors
    /// A model that cannot be used, or a stop by `cancel`.
    pub fn relevance(&self, texts: &[&str], query: &str, cancel: &Cancel) -> Result<Vec<f32>, CompressError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        Ok(rank::of_texts(&*self.life.tagger()?, texts, query, cancel)?)
    }

    /// Loads the model now and says which it is.
    ///
    /// # Errors
    /// A model that cannot be unpacked, read or run here.
    pub fn load(&self) -> Result<ModelRecord, CompressError> {
        Ok(life::record(&*self.life.tagger()?))
    }

    /// Where the model is. Never waits, also while it is loaded.
    #[must_use]
    pub fn model_state(&self) -> ModelState {
        self.life.state()
    }

    /// Drops the model: its threads end and its memory is given back, at once or when the work under way on it is done.
    /// The next text that needs it loads it again. A load under way is not stopped.
    pub fn unload(&self) {
        self.life.unload();
    }
}

/// The documents with all of their data, if they fit into the budget so.
fn whole_if_it_fits<'document>(
    documents: &[Document<'document>],
    prepared: &[Prepared<'_>],
    policy: &Policy,
) -> Option<Vec<Prepared<'document>>> {
    let budget = select::tokens(policy.budget()?, prepared);
    if !prepared.iter().any(Prepared::leaves_data_out) {
        return None;
    }
    let whole: Vec<_> = documents.iter().map(|document| Prepared::of(*document, policy, Level::Balanced)).collect();
    let tokens: usize = whole.iter().map(|document| document.tokens_with_all_words(policy.tokenizer())).sum();
    (tokens <= budget).then_some(whole)
}

/// Says the smallest size where the budget could not be met, the guard's objections included.
fn note_missed_budget(prepared: &[Prepared<'_>], results: &mut [Compressed], policy: &Policy) {
    let Some(budget) = policy.budget().map(|budget| select::tokens(budget, prepared)) else { return };
    let after: usize = results.iter().map(|result| result.receipt.tokens.after).sum();
    if after <= budget {
        return;
    }
    let note = match (policy.engine(), policy.level()) {
        (EngineChoice::Structural, _) | (_, Level::Safe) => {
            format!(
                "a budget of {budget} tokens is not reached by layout alone, which gives {after}: level balanced drops words"
            )
        }
        (_, Level::Balanced) => format!(
            "a budget of {budget} tokens is not reached at level balanced: the smallest text that keeps every atom has {after}; level tight goes further"
        ),
        (_, Level::Tight) => format!("a budget of {budget} tokens is not reached: what cannot be dropped has {after}"),
    };
    for result in results {
        result.receipt.notes.push(note.clone());
    }
}

/// Takes bytes as text.
///
/// # Errors
/// A zero byte, which no text has, or bytes that are not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, CompressError> {
    if let Some(offset) = memchr::memchr(0, bytes) {
        return Err(CompressError::Binary { offset });
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        CompressError::InvalidUtf8 { offset, line: 1 + memchr::memchr_iter(b'\n', &bytes[..offset]).count() }
    })
}

/// Bytes of a text at most: words take about 30 bytes of memory for each of the text, layout about 3.
fn check_size(text: &str, level: Level) -> Result<(), CompressError> {
    let limit = match level {
        Level::Safe => 1 << 30,
        Level::Balanced | Level::Tight => 16 << 20,
    };
    if text.len() > limit {
        return Err(CompressError::TooLarge { bytes: text.len(), limit, level: level.name() });
    }
    Ok(())
}

impl From<EngineError> for CompressError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Cancelled => Self::Cancelled,
            error => Self::Engine(error),
        }
    }
}
