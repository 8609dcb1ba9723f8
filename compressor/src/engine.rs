//! Engines: what turns token ids into hidden states.
//!
//! Invariants
//! - windows are independent: the states of one never depend on another, on the order or on the number of threads
//!   (`tests/properties`);
//! - every size is checked before it crosses into native code.

mod cancel;
pub(crate) mod llama;
pub mod scripted;

use std::num::NonZeroUsize;
use std::path::Path;

use crate::model::manifest::Role;
use crate::model::{Manifest, ModelError};
pub use cancel::{Cancel, Windows};
use llama::LlamaEncoder;

/// Which weights work on a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Adapter {
    /// The base encoder, for embeddings.
    Base,
    /// The base encoder with the compression adapter, for keep and drop.
    Compression,
}

/// Receives the states of a window: its index and `tokens × width` values, row by row.
pub type Sink<'a> = dyn FnMut(usize, &[f32]) + 'a;

/// A model that reads windows of token ids and answers with a vector for each token.
pub trait Encoder: Send + Sync {
    /// The number of values in a hidden state.
    fn width(&self) -> usize;

    /// The most tokens in a window, both special tokens included.
    fn window(&self) -> usize;

    /// Encodes every window and hands its states to `sink` on the caller's thread, in no particular order.
    ///
    /// # Errors
    /// A window that is empty or too long, a failure of the runtime, or a stop by `cancel`.
    fn encode(
        &self,
        windows: &[Vec<u32>],
        adapter: Adapter,
        cancel: &Cancel,
        sink: &mut Sink<'_>,
    ) -> Result<(), EngineError>;
}

/// Loads the encoder of a model folder whose files were checked, with so many threads of its own.
///
/// # Errors
/// A CPU without the instructions that the runtime needs, or a file that it refuses.
pub fn load(folder: &Path, manifest: &Manifest, lanes: NonZeroUsize) -> Result<Box<dyn Encoder>, ModelError> {
    let path = |role| folder.join(&manifest.file(role).name);
    let facts = &manifest.encoder;
    let (base, adapter) = (path(Role::Encoder), path(Role::Adapter));
    Ok(Box::new(LlamaEncoder::load(&base, &adapter, facts.window, facts.adapter_scale, lanes.get())?))
}

/// Why a window was not encoded.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A window the model cannot read.
    #[error("window {index} has {tokens} tokens but model reads 1 to {limit}")]
    Window {
        /// Which window.
        index: usize,
        /// Its size.
        tokens: usize,
        /// The model's limit.
        limit: usize,
    },
    /// A token id outside the model's vocabulary.
    #[error("token id {id} is outside the model's vocabulary of {vocabulary}: the tokenizer belongs to another model")]
    Vocabulary {
        /// The id.
        id: u32,
        /// The size of the vocabulary.
        vocabulary: usize,
    },
    /// A context could not be made, most likely for want of memory.
    #[error(
        "no room for a model context of {tokens} tokens ({reason}): close other programs, or use --engine structural"
    )]
    Context {
        /// The size of the context.
        tokens: usize,
        /// What the runtime said.
        reason: String,
    },
    /// The runtime refused a window.
    #[error("the model refused window {index}: {reason}")]
    Encode {
        /// Which window.
        index: usize,
        /// What the runtime said.
        reason: String,
    },
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
}
