//! Embeddings: the mean of an encoder's states over a text, as sentence-transformers computes it.
//!
//! all-MiniLM-L6-v2 reads 256 word pieces, both special tokens included, pools all of their states by the mean and normalizes
//! the result (its card, `1_Pooling/config.json`). What comes after them it does not see. So a longer text has a second
//! embedding, of all its windows, each with special tokens of its own.
//!
//! Invariants
//! - every vector has length 1 (`tests::vectors_have_length_one`);
//! - the cosine of the first windows is that of sentence-transformers within the error of the weights' quantization
//!   (`tests/validator/cosine`).

/// What an encoder makes of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedding {
    /// Of its first window.
    first: Vec<f32>,
    /// Of all its windows, where there are several.
    whole: Option<Vec<f32>>,
}

impl Embedding {
    /// From the sums of states of a text's windows.
    pub(crate) fn of(windows: &[Vec<f32>]) -> Self {
        let first = direction(&windows[..windows.len().min(1)]);
        Self { first, whole: (windows.len() > 1).then(|| direction(windows)) }
    }

    /// The cosine of the first windows, in [-1, 1]: what sentence-transformers gives.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f64 {
        dot(&self.first, &other.first)
    }

    /// The cosine over the whole of both texts, in [-1, 1]; `None` where both fit into a window, so that it is the other.
    #[must_use]
    pub fn cosine_whole(&self, other: &Self) -> Option<f64> {
        let is_longer = self.whole.is_some() || other.whole.is_some();
        let whole = |it: &'_ Self| it.whole.clone().unwrap_or_else(|| it.first.clone());
        is_longer.then(|| dot(&whole(self), &whole(other)))
    }
}

/// The direction of the mean of some states, of length 1; sums of states have that of their mean.
pub(crate) fn direction(windows: &[Vec<f32>]) -> Vec<f32> {
    let mut sum = vec![0.0_f32; windows.first().map_or(0, Vec::len)];
    for window in windows {
        for (sum, value) in sum.iter_mut().zip(window) {
            *sum += value;
        }
    }
    let norm = sum.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    for value in &mut sum {
        *value /= norm;
    }
    sum
}

fn dot(left: &[f32], right: &[f32]) -> f64 {
    let product: f64 = left.iter().zip(right).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
    product.clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_have_length_one() {
        let near = |value: f64, expected: f64| assert!((value - expected).abs() < 1e-6, "{value} is not {expected}");
        let short = Embedding::of(&[vec![3.0, 4.0]]);
        near(short.cosine(&short), 1.0);
        assert_eq!(short.cosine_whole(&short), None);
        let long = Embedding::of(&[vec![30.0, 40.0], vec![-30.0, 40.0]]);
        near(long.cosine(&short), 1.0);
        near(long.cosine_whole(&short).expect("one is longer"), 0.8);
        near(Embedding::of(&[vec![0.0, 0.0]]).cosine(&short), 0.0);
    }
}
