//! A temporary pipeline: runs of white space become one, nothing else. It has the face of the real one.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use crate::domain::{Classification, Domain};
use crate::engine::Cancel;
use crate::error::CompressError;
use crate::language::Language;
use crate::model::ModelSource;
use crate::policy::{Level, Policy};
use crate::receipt::{EngineName, ModelRecord, Receipt, SegmentRecord, TokenCounts};

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
#[derive(Clone, Debug)]
pub struct Compressed {
    /// The shorter text.
    pub text: String,
    /// What was saved, kept and lost.
    pub receipt: Receipt,
    /// Bytes of the original that are not in the result.
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

/// The pipeline.
pub struct Compressor {
    source: ModelSource,
    runtime: Runtime,
}

impl Compressor {
    /// Loads nothing.
    #[must_use]
    pub fn new(source: ModelSource, runtime: Runtime) -> Self {
        Self { source, runtime }
    }

    /// Shortens one document.
    ///
    /// # Errors
    /// A stop by `cancel`.
    pub fn compress(
        &self,
        document: &Document<'_>,
        policy: &Policy,
        cancel: &Cancel,
    ) -> Result<Compressed, CompressError> {
        let limit = if policy.level() == Level::Safe { 1 << 30 } else { 16 << 20 };
        if document.text.len() > limit {
            return Err(CompressError::TooLarge { bytes: document.text.len(), limit, level: policy.level().name() });
        }
        let start = (self.runtime.clock)();
        tracing::debug!(?self.source, ?self.runtime.lanes, name = ?document.name, language = ?document.language, "compress");
        let mut text = String::with_capacity(document.text.len());
        let mut dropped: Vec<Range<usize>> = Vec::new();
        let mut after_space = false;
        for (offset, character) in document.text.char_indices() {
            if offset.is_multiple_of(4096) && cancel.is_cancelled() {
                return Err(CompressError::Cancelled);
            }
            let space = character == ' ' || character == '\n';
            if space && after_space {
                match dropped.last_mut().filter(|last| last.end == offset) {
                    Some(last) => last.end += 1,
                    None => dropped.push(offset..offset + 1),
                }
            } else {
                text.push(character);
            }
            after_space = space;
        }
        let before = policy.tokenizer().count(document.text);
        let mut after = policy.tokenizer().count(&text);
        if after >= before {
            (text, after) = (document.text.to_owned(), before);
            dropped.clear();
        }
        let length = document.text.len();
        let segment = SegmentRecord {
            start: 0,
            end: length,
            kind: "prose",
            language: None,
            engine: EngineName::Structural,
            bytes_before: length,
            bytes_after: text.len(),
        };
        let receipt = Receipt {
            tokens: TokenCounts {
                tokenizer: policy.tokenizer().name(),
                exact: policy.tokenizer().exact(),
                before,
                after,
            },
            level: policy.level(),
            domain: Classification { domain: Domain::Nl, confidence: 1.0, indicators: Vec::new() },
            atoms: BTreeMap::new(),
            segments: if length == 0 { Vec::new() } else { vec![segment] },
            model: None,
            milliseconds: (self.runtime.clock)().saturating_sub(start).as_secs_f64() * 1e3,
            notes: Vec::new(),
        };
        Ok(Compressed { text, receipt, dropped })
    }

    /// Shortens several documents under one budget.
    ///
    /// # Errors
    /// A stop by `cancel`.
    pub fn compress_all(
        &self,
        documents: &[Document<'_>],
        policy: &Policy,
        cancel: &Cancel,
    ) -> Result<Vec<Compressed>, CompressError> {
        documents.iter().map(|document| self.compress(document, policy, cancel)).collect()
    }

    /// Loads the model now.
    ///
    /// # Errors
    /// None.
    pub fn load(&self) -> Result<ModelRecord, CompressError> {
        Ok(ModelRecord { name: "temporary".to_owned(), hash: "0".repeat(64) })
    }
}

/// The text of some bytes.
///
/// # Errors
/// A zero byte, or bytes that are not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, CompressError> {
    if let Some(offset) = memchr::memchr(0, bytes) {
        return Err(CompressError::Binary { offset });
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        CompressError::InvalidUtf8 { offset, line: memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1 }
    })
}
