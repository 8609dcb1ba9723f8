//! Cosine of embeddings by the base encoder that is part of the program: all-MiniLM-L6-v2, mean-pooled and normalized, as
//! sentence-transformers computes it.
//!
//! Of a text of more than 256 word pieces the model reads the beginning alone, so that a shorter form which lacks the end
//! looks like the original. Where one of the texts is longer, a second cosine is of all windows of both.
//!
//! Invariants
//! - each text of a batch is encoded once, however many shorter forms it has (`tests/validator/cosine`);
//! - the cosine is that of sentence-transformers within the error of the weights' quantization (`tests/validator/cosine`).

use std::collections::HashMap;

use compressor::embedding::Embedding;
use compressor::engine::Cancel;
use compressor::error::CompressError;
use compressor::pipeline::Compressor;

use crate::record::{Measure, Measures};

/// Adds the cosines of pairs of texts to their measures.
///
/// # Errors
/// A model that cannot be used, or a wish to stop.
pub fn measure(
    encoder: &Compressor,
    pairs: &[(&str, &str)],
    measures: &mut [Measures],
    cancel: &Cancel,
) -> Result<(), CompressError> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut texts: Vec<&str> = Vec::new();
    for text in pairs.iter().flat_map(|(verbose, compressed)| [*verbose, *compressed]) {
        places.entry(text).or_insert_with(|| {
            texts.push(text);
            texts.len() - 1
        });
    }
    let embeddings: Vec<Embedding> = encoder.embed(&texts, cancel)?;
    for ((verbose, compressed), measures) in pairs.iter().zip(measures) {
        let [verbose, compressed] = [verbose, compressed].map(|text| &embeddings[places[text]]);
        measures.insert(Measure::Cosine, verbose.cosine(compressed));
        if let Some(whole) = verbose.cosine_whole(compressed) {
            measures.insert(Measure::CosineWhole, whole);
        }
    }
    Ok(())
}
