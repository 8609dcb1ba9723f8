//! The life of the model: loaded when first needed, dropped on request, its state told at any time.
//!
//! Invariants
//! - asking for the state never waits, also while a model is loaded (`tests::the_state_is_told_while_loading`);
//! - at most one model is loaded at a time; whoever needs it meanwhile waits for that one;
//! - work under way holds the model it began with, whatever is unloaded (`tests::work_under_way_outlives_an_unload`).
//!
//! Deliberately absent: when to unload, which the caller knows.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::engine;
use crate::error::CompressError;
use crate::model::ModelSource;
use crate::receipt::ModelRecord;
use crate::tagger::Tagger;

/// Where the model is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelState {
    /// Not in memory: the next text that needs it loads it.
    Unloaded,
    /// On its way into memory.
    Loading,
    /// In memory.
    Loaded(ModelRecord),
}

/// A model that is there or not.
pub(super) struct Life {
    source: ModelSource,
    lanes: NonZeroUsize,
    /// Held while a model is loaded.
    loading: Mutex<()>,
    /// Held for moments only.
    held: Mutex<Held>,
}

enum Held {
    Nothing,
    Loading,
    Model(Arc<Tagger>),
}

impl Life {
    pub(super) fn new(source: ModelSource, lanes: NonZeroUsize) -> Self {
        Self { source, lanes, loading: Mutex::new(()), held: Mutex::new(Held::Nothing) }
    }

    /// The model from its source with another encoder than its own.
    pub(super) fn with_encoder(
        source: ModelSource,
        lanes: NonZeroUsize,
        encoder: Box<dyn engine::Encoder>,
    ) -> Result<Self, CompressError> {
        let (folder, manifest) = source.open()?;
        let tagger = Tagger::new(&folder, manifest, encoder)?;
        let life = Self::new(source, lanes);
        *life.held() = Held::Model(Arc::new(tagger));
        Ok(life)
    }

    /// Where the model is now.
    pub(super) fn state(&self) -> ModelState {
        match &*self.held() {
            Held::Nothing => ModelState::Unloaded,
            Held::Loading => ModelState::Loading,
            Held::Model(tagger) => ModelState::Loaded(record(tagger)),
        }
    }

    /// The model; loads it where it is not in memory.
    pub(super) fn tagger(&self) -> Result<Arc<Tagger>, CompressError> {
        if let Some(tagger) = self.loaded() {
            return Ok(tagger);
        }
        let _one_at_a_time = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tagger) = self.loaded() {
            return Ok(tagger);
        }
        *self.held() = Held::Loading;
        let unfinished = Unfinished(self);
        let (folder, manifest) = self.source.open()?;
        let encoder = engine::load(&folder, &manifest, self.lanes)?;
        let tagger = Arc::new(Tagger::new(&folder, manifest, encoder)?);
        std::mem::forget(unfinished);
        *self.held() = Held::Model(Arc::clone(&tagger));
        Ok(tagger)
    }

    /// Drops the model that is in memory. One that is on its way into memory arrives all the same.
    pub(super) fn unload(&self) {
        let mut held = self.held();
        if matches!(*held, Held::Model(_)) {
            let model = std::mem::replace(&mut *held, Held::Nothing);
            drop(held);
            // Outside of the lock: its threads are waited for.
            drop(model);
        }
    }

    fn loaded(&self) -> Option<Arc<Tagger>> {
        match &*self.held() {
            Held::Model(tagger) => Some(Arc::clone(tagger)),
            Held::Nothing | Held::Loading => None,
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A load that has not succeeded: where it fails, nothing is held.
struct Unfinished<'life>(&'life Life);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        *self.0.held() = Held::Nothing;
    }
}

/// Which model it is, for receipts.
pub(super) fn record(tagger: &Tagger) -> ModelRecord {
    ModelRecord { name: tagger.manifest.name.clone(), hash: tagger.manifest.hash() }
}

#[cfg(test)]
mod tests;
