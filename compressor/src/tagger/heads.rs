//! The two heads: keep or drop, and the symbol before a kept word.

use std::ops::Range;
use std::path::Path;

use safetensors::SafeTensors;
use safetensors::tensor::Dtype;

use crate::model::{Manifest, ModelError};

/// What the heads say of a word piece.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PieceScore {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// Probability of keep: softmax over the two classes.
    pub(crate) keep: f32,
    /// The likeliest symbol class and its probability.
    pub(crate) symbol: (usize, f32),
}

/// Rows of weights with a bias each, applied to a hidden state.
struct Linear {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Both heads of a model.
pub(crate) struct Heads {
    keep: Linear,
    symbol: Linear,
    keep_class: usize,
}

impl Heads {
    pub(crate) fn read(path: &Path, manifest: &Manifest) -> Result<Self, ModelError> {
        let bytes = std::fs::read(path).map_err(|source| ModelError::Read { path: path.to_owned(), source })?;
        let refused = |reason: String| ModelError::Refused { path: path.to_owned(), reason };
        let tensors = SafeTensors::deserialize(&bytes).map_err(|error| refused(error.to_string()))?;
        let linear = |name: &str, classes: usize| {
            let weight = read_tensor(&tensors, &format!("{name}.weight"), &[classes, manifest.encoder.width])?;
            let bias = read_tensor(&tensors, &format!("{name}.bias"), &[classes])?;
            Ok::<_, String>(Linear { weight, bias })
        };
        Ok(Self {
            keep: linear("keep", 2).map_err(refused)?,
            symbol: linear("symbol", manifest.tagger.symbols.len()).map_err(refused)?,
            keep_class: manifest.tagger.keep_class,
        })
    }

    /// Applies both heads to a piece's hidden state.
    pub(crate) fn score(&self, state: &[f32], range: Range<usize>) -> PieceScore {
        let keep = self.keep.softmax(state)[self.keep_class];
        let symbols = self.symbol.softmax(state);
        let likeliest = symbols.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        PieceScore { range, keep, symbol: likeliest.expect("a head has classes") }
    }
}

impl Linear {
    fn softmax(&self, state: &[f32]) -> Vec<f32> {
        let rows = self.weight.chunks_exact(state.len()).zip(&self.bias);
        let logits: Vec<f32> = rows.map(|(row, bias)| bias + dot(row, state)).collect();
        let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let exponentials: Vec<f32> = logits.iter().map(|logit| (logit - largest).exp()).collect();
        let sum: f32 = exponentials.iter().sum();
        exponentials.into_iter().map(|exponential| exponential / sum).collect()
    }
}

/// The dot product as sixteen sums side by side, always in the same order: one sum alone waits for each addition before
/// the next, and takes most of the time of a text outside the model.
fn dot(left: &[f32], right: &[f32]) -> f32 {
    const SUMS: usize = 16;
    let (lefts, left_rest) = left.as_chunks::<SUMS>();
    let (rights, right_rest) = right.as_chunks::<SUMS>();
    let mut sums = [0.0_f32; SUMS];
    for (left, right) in lefts.iter().zip(rights) {
        for (sum, (left, right)) in sums.iter_mut().zip(left.iter().zip(right)) {
            *sum += left * right;
        }
    }
    let rest: f32 = left_rest.iter().zip(right_rest).map(|(left, right)| left * right).sum();
    sums.iter().sum::<f32>() + rest
}

fn read_tensor(tensors: &SafeTensors<'_>, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
    let tensor = tensors.tensor(name).map_err(|error| format!("{name}: {error}"))?;
    if tensor.dtype() != Dtype::F32 || tensor.shape() != shape {
        return Err(format!("{name} is {:?} {:?}, not F32 {shape:?}", tensor.dtype(), tensor.shape()));
    }
    let values = tensor.data().as_chunks::<4>().0;
    Ok(values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
}
