//! classify -> segment -> shorten each -> guard -> fit the budget -> receipt.
//!
//! Invariants
//! - never longer: a result that counts as many tokens as the original is replaced by the original
//!   (`tests/properties`);
//! - same input, same bytes: nothing here depends on the clock, on threads or on what was compressed before
//!   (`tests/properties`);
//! - at `safe` and `balanced` no atom is missing; at `tight` the receipt lists those that are (`tests/properties`);
//! - parts that are handed over early are what the whole result is made of (`tests/properties`);
//! - the model is unpacked and loaded when a text first needs it, and only then.
//!
//! Deliberately absent: files, terminals, the clock; a caller hands them in.

mod clauses;
mod dropped;
mod finish;
mod focus;
mod life;
mod lost;
mod prepare;
mod probe;
mod sections;
mod select;
mod settle;

use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::embedding::Embedding;
use crate::engine::{Cancel, Encoder, EngineError};
use crate::error::CompressError;
use crate::language::Language;
use crate::model::ModelSource;
use crate::policy::{EngineChoice, Level, Policy};
use crate::rank;
use crate::receipt::{ModelRecord, Receipt};
use crate::tagger::Tagger;
use crate::view;
use life::Life;
pub use life::ModelState;
use prepare::{Extent, Prepared, Reading};

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
        self.compress_in_parts(document, policy, cancel, &mut |_| {})
    }

    /// As [`Self::compress`], and hands over each part of the result, in order, as soon as it is sure. With a budget or a
    /// query or a focus, which are for the whole, that is all of it at the end.
    ///
    /// # Errors
    /// As for [`Self::compress`]; what was handed over before is then the beginning of nothing.
    ///
    /// # Panics
    /// Never: one document gives one result.
    pub fn compress_in_parts(
        &self,
        document: &Document<'_>,
        policy: &Policy,
        cancel: &Cancel,
        part: &mut dyn FnMut(&str),
    ) -> Result<Compressed, CompressError> {
        if policy.chooses_across() {
            let mut results = self.compress_all(std::slice::from_ref(document), policy, cancel)?;
            let result = results.pop().expect("one document, one result");
            part(&result.text);
            return Ok(result);
        }
        check_size(document.text, policy.level())?;
        let mut spent = Stopwatch::new(self.runtime.clock);
        let view = view::of(document.text, prepare::language(document, policy));
        let reading = Reading::of(*document, view.as_ref());
        let sections = reading.sections(policy);
        let several = sections.len() > 1;
        let mut guessed = 0;
        let mut whole = None;
        for section in sections {
            if cancel.is_cancelled() {
                return Err(CompressError::Cancelled);
            }
            let end = section.range.end;
            let mut prepared = [Prepared::of(&reading, section, policy, Extent::of(policy.level(), None))];
            let tagger = spent.apart(|| self.tagger_for(&prepared, policy))?;
            if let Some(tagger) = tagger.as_deref().filter(|_| several) {
                // How far the work is can be told only if the sections to come are counted too.
                cancel.expect_fewer(std::mem::take(&mut guessed));
                guessed = tagger.windows_about(document.text.len() - end);
                cancel.expect(guessed);
            }
            let mut results = finish_all(&mut prepared, tagger.as_deref(), policy, cancel)?;
            let result = results.pop().expect("one section, one result");
            part(&result.text);
            whole = Some(sections::join(whole, result));
        }
        cancel.expect_fewer(guessed);
        let mut whole = whole.expect("a text has one section at least");
        if several {
            let count = |text: &str| policy.tokenizer().count(text);
            (whole.receipt.tokens.before, whole.receipt.tokens.after) = (count(document.text), count(&whole.text));
        }
        whole.receipt.milliseconds = spent.milliseconds();
        Ok(whole)
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
        for document in documents {
            check_size(document.text, policy.level())?;
        }
        if !policy.chooses_across() {
            return documents.iter().map(|document| self.compress(document, policy, cancel)).collect();
        }
        let mut spent = Stopwatch::new(self.runtime.clock);
        let views: Vec<_> =
            documents.iter().map(|document| view::of(document.text, prepare::language(document, policy))).collect();
        let readings: Vec<_> =
            documents.iter().zip(&views).map(|(document, view)| Reading::of(*document, view.as_ref())).collect();
        let ranks = focus::ranks(policy) && policy.engine() != EngineChoice::Structural;
        let ranker = spent.apart(|| ranks.then(|| self.life.tagger()).transpose())?;
        let focus = focus::find(&readings, policy, ranker.as_deref(), cancel)?;
        let mut prepared = prepare_all(&readings, policy, policy.level(), &focus.places, cancel)?;
        if let Some(whole) = whole_if_it_fits(&readings, &prepared, policy, &focus.places, cancel)? {
            prepared = whole;
        }
        let tagger = spent.apart(|| self.tagger_for(&prepared, policy))?;
        let mut results = finish_all(&mut prepared, tagger.as_deref(), policy, cancel)?;
        note_missed_budget(&prepared, &mut results, policy);
        for result in &mut results {
            result.receipt.notes.extend(focus.note.clone());
        }
        let milliseconds = spent.milliseconds() / documents.len() as f64;
        for result in &mut results {
            result.receipt.milliseconds = milliseconds;
        }
        Ok(results)
    }

    /// The model, if one of the texts has words for it.
    fn tagger_for(&self, prepared: &[Prepared<'_>], policy: &Policy) -> Result<Option<Arc<Tagger>>, CompressError> {
        let has_words = prepared.iter().any(|document| !document.stream.text.is_empty());
        (has_words && chooses_words(policy)).then(|| self.life.tagger()).transpose()
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

    /// What the base encoder makes of each text, for measuring how alike texts are. Loads the model.
    ///
    /// # Errors
    /// A model that cannot be used, or a stop by `cancel`.
    pub fn embed(&self, texts: &[&str], cancel: &Cancel) -> Result<Vec<Embedding>, CompressError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let pooled = self.life.tagger()?.pool(texts, usize::MAX, cancel)?;
        Ok(pooled.iter().map(|windows| Embedding::of(windows)).collect())
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

/// Drafts all that was read, data at a level of its own.
fn prepare_all<'document>(
    readings: &[Reading<'document>],
    policy: &Policy,
    level: Level,
    places: &[Option<Vec<Range<usize>>>],
    cancel: &Cancel,
) -> Result<Vec<Prepared<'document>>, CompressError> {
    let prepare = |(reading, places): (&Reading<'document>, &Option<Vec<Range<usize>>>)| {
        if cancel.is_cancelled() {
            return Err(CompressError::Cancelled);
        }
        let extent = Extent::of(level, places.as_deref());
        Ok(Prepared::of(reading, reading.whole(policy), policy, extent))
    };
    readings.iter().zip(places).map(prepare).collect()
}

/// What was read, with all of its data and of its literals, if it fits into the budget so.
fn whole_if_it_fits<'document>(
    readings: &[Reading<'document>],
    prepared: &[Prepared<'_>],
    policy: &Policy,
    places: &[Option<Vec<Range<usize>>>],
    cancel: &Cancel,
) -> Result<Option<Vec<Prepared<'document>>>, CompressError> {
    let Some(budget) = policy.budget() else { return Ok(None) };
    let budget = select::tokens(budget, prepared);
    if !prepared.iter().any(Prepared::leaves_out) {
        return Ok(None);
    }
    let whole = prepare_all(readings, policy, Level::Balanced, places, cancel)?;
    let tokens: usize = whole.iter().map(|document| document.tokens_with_all_words(policy.tokenizer())).sum();
    Ok((tokens <= budget).then_some(whole))
}

/// Whether words are chosen by the model: a skeleton without a budget and a question is chosen by structure alone.
fn chooses_words(policy: &Policy) -> bool {
    let chooses = policy.level() != Level::Skeleton || policy.budget().is_some() || policy.query().is_some();
    chooses && policy.engine() != EngineChoice::Structural
}

/// Scores what was prepared, chooses what stays, and writes it under the guard.
fn finish_all(
    prepared: &mut [Prepared<'_>],
    tagger: Option<&Tagger>,
    policy: &Policy,
    cancel: &Cancel,
) -> Result<Vec<Compressed>, CompressError> {
    for document in &mut *prepared {
        document.score(tagger, policy, cancel)?;
    }
    if cancel.is_cancelled() {
        return Err(CompressError::Cancelled);
    }
    let selected = select::select(prepared, tagger, policy, cancel)?;
    let mut results = Vec::with_capacity(prepared.len());
    for (document, selection) in prepared.iter().zip(selected) {
        if cancel.is_cancelled() {
            return Err(CompressError::Cancelled);
        }
        results.push(finish::finish(document, selection, tagger, policy));
    }
    Ok(results)
}

/// Time spent, loading a model left out: that is paid once, not for each text.
struct Stopwatch {
    clock: fn() -> Duration,
    start: Duration,
    apart: Duration,
}

impl Stopwatch {
    fn new(clock: fn() -> Duration) -> Self {
        Self { clock, start: clock(), apart: Duration::ZERO }
    }

    /// Does something that does not count.
    fn apart<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = (self.clock)();
        let result = work();
        self.apart += (self.clock)().saturating_sub(start);
        result
    }

    fn milliseconds(&self) -> f64 {
        (self.clock)().saturating_sub(self.start).saturating_sub(self.apart).as_secs_f64() * 1e3
    }
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
        (_, Level::Tight | Level::Skeleton) => {
            format!("a budget of {budget} tokens is not reached: what cannot be dropped has {after}")
        }
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
        Level::Balanced | Level::Tight | Level::Skeleton => 16 << 20,
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
