//! The tagger engine: scores -> keep, drop or replace each word -> text.
//!
//! Invariants
//! - no word is judged at the edge of a window (`windows::tests::no_piece_is_judged_at_an_edge`);
//! - scores depend on the running text of the document alone, never on threads or on what was compressed before
//!   (`tests/properties`);
//! - memory holds a window's states for as long as the heads read them, and no longer.

mod context;
pub(crate) mod heads;
pub(crate) mod pieces;
pub(crate) mod render;
pub(crate) mod units;
pub(crate) mod windows;

use std::path::Path;

use crate::embedding;
use crate::engine::{Adapter, Cancel, Encoder, EngineError};
use crate::model::{Manifest, ModelError, manifest::Role};
use heads::{Heads, PieceScore};
use pieces::Pieces;
use windows::{Window, cut};

/// A model with everything that turns text into scores.
pub(crate) struct Tagger {
    pub(crate) encoder: Box<dyn Encoder>,
    pub(crate) manifest: Manifest,
    pieces: Pieces,
    heads: Heads,
}

impl Tagger {
    /// Puts an encoder together with the tokenizer and heads of a checked model folder.
    pub(crate) fn new(folder: &Path, manifest: Manifest, encoder: Box<dyn Encoder>) -> Result<Self, ModelError> {
        let pieces = Pieces::read(&folder.join(&manifest.file(Role::Tokenizer).name))?;
        let heads = Heads::read(&folder.join(&manifest.file(Role::Heads).name), &manifest)?;
        if encoder.width() != manifest.encoder.width {
            return Err(ModelError::Refused {
                path: folder.join(&manifest.file(Role::Encoder).name),
                reason: format!(
                    "its states have {} values, the manifest says {}",
                    encoder.width(),
                    manifest.encoder.width
                ),
            });
        }
        Ok(Self { encoder, manifest, pieces, heads })
    }

    /// Scores every word piece of a text, in order.
    pub(crate) fn scores(&self, text: &str, cancel: &Cancel) -> Result<Vec<PieceScore>, EngineError> {
        let pieces = self.pieces.of(text);
        let facts = &self.manifest.encoder;
        let windows = cut(&pieces, text, facts.window, facts.stride);
        let ids: Vec<Vec<u32>> = windows.iter().map(|window| self.ids(&pieces, window)).collect();
        let mut scores: Vec<Option<PieceScore>> = vec![None; pieces.len()];
        let width = self.encoder.width();
        cancel.expect(ids.len());
        self.encoder.encode(&ids, Adapter::Compression, cancel, &mut |index, states| {
            let window = &windows[index];
            for piece in window.judged.clone() {
                // One row for the token before the first piece.
                let row = piece - window.read.start + 1;
                let state = &states[row * width..(row + 1) * width];
                scores[piece] = Some(self.heads.score(state, pieces[piece].range.clone()));
            }
            cancel.advance();
        })?;
        Ok(scores.into_iter().map(|score| score.expect("the judged ranges tile the pieces")).collect())
    }

    /// About how many windows a text of so many bytes takes.
    pub(crate) fn windows_about(&self, bytes: usize) -> usize {
        /// Bytes of a word piece, with the space before it.
        const PIECE: usize = 5;
        bytes / (PIECE * self.manifest.encoder.stride.max(1))
    }

    /// Mean of the base encoder's states for each text, of length 1: what cosine is computed of.
    ///
    /// A text longer than a window is cut off; sentences are shorter.
    pub(crate) fn embed(&self, texts: &[&str], cancel: &Cancel) -> Result<Vec<Vec<f32>>, EngineError> {
        let pooled = self.pool(texts, 1, cancel)?;
        Ok(pooled.iter().map(|windows| embedding::direction(windows)).collect())
    }

    /// The sum of the base encoder's states for each of at most so many windows of each text. Windows follow each other
    /// without a margin; an empty text has one.
    pub(crate) fn pool(
        &self,
        texts: &[&str],
        most_windows: usize,
        cancel: &Cancel,
    ) -> Result<Vec<Vec<Vec<f32>>>, EngineError> {
        let width = self.encoder.width();
        let room = self.manifest.encoder.window - 2;
        let (mut ids, mut places, mut pooled) = (Vec::new(), Vec::new(), Vec::with_capacity(texts.len()));
        for (text, pieces) in texts.iter().map(|text| self.pieces.of(text)).enumerate() {
            let windows = pieces.len().div_ceil(room).clamp(1, most_windows.max(1));
            for window in 0..windows {
                let read = window * room..pieces.len().min((window + 1) * room);
                ids.push(self.ids(&pieces, &Window { judged: read.clone(), read }));
                places.push((text, window));
            }
            pooled.push(vec![vec![0.0_f32; width]; windows]);
        }
        cancel.expect(ids.len());
        self.encoder.encode(&ids, Adapter::Base, cancel, &mut |index, states| {
            let (text, window) = places[index];
            for state in states.chunks_exact(width) {
                for (sum, value) in pooled[text][window].iter_mut().zip(state) {
                    *sum += value;
                }
            }
            cancel.advance();
        })?;
        Ok(pooled)
    }

    fn ids(&self, pieces: &[pieces::Piece], window: &Window) -> Vec<u32> {
        let facts = &self.manifest.encoder;
        let mut ids = Vec::with_capacity(window.read.len() + 2);
        ids.push(facts.first_token);
        ids.extend(pieces[window.read.clone()].iter().map(|piece| piece.id));
        ids.push(facts.last_token);
        ids
    }
}
