//! A sample: one value for each example, grouped by the document that the example is from.
//!
//! Invariants
//! - every value is finite, and there are two documents at least (`tests::what_no_interval_can_be_of_is_refused`);
//! - the order of documents is that of their first examples, so that results do not depend on hashing
//!   (`tests::documents_keep_their_order`).

use std::collections::HashMap;
use std::hash::Hash;

use super::StatsError;

/// Values of the examples of a test set.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    values: Vec<f64>,
    /// The document of each example, counted from 0.
    document_of: Vec<usize>,
    documents: usize,
}

/// What a document adds to a mean.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sum {
    pub(super) of: f64,
    pub(super) over: f64,
}

impl Sample {
    /// Values with the name of the document that each is from. Where examples have no document, give each its own.
    ///
    /// # Errors
    /// [`StatsError::NotFinite`], [`StatsError::TooFew`].
    pub fn new<D: Hash + Eq>(observations: impl IntoIterator<Item = (D, f64)>) -> Result<Self, StatsError> {
        let mut numbers: HashMap<D, usize> = HashMap::new();
        let (mut values, mut document_of) = (Vec::new(), Vec::new());
        for (index, (document, value)) in observations.into_iter().enumerate() {
            if !value.is_finite() {
                return Err(StatsError::NotFinite { index });
            }
            let next = numbers.len();
            document_of.push(*numbers.entry(document).or_insert(next));
            values.push(value);
        }
        if numbers.len() < 2 {
            return Err(StatsError::TooFew { n: values.len(), documents: numbers.len() });
        }
        Ok(Sample { values, document_of, documents: numbers.len() })
    }

    /// The differences to another sample of the same examples in the same order: this minus `other`.
    ///
    /// # Errors
    /// [`StatsError::NotPaired`].
    pub fn minus(&self, other: &Sample) -> Result<Self, StatsError> {
        self.must_pair(other)?;
        let values = self.values.iter().zip(&other.values).map(|(this, that)| this - that).collect();
        Ok(Sample { values, document_of: self.document_of.clone(), documents: self.documents })
    }

    /// How many examples.
    #[must_use]
    pub fn n(&self) -> usize {
        self.values.len()
    }

    /// How many documents.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// The values, in the order in which they were given.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The mean over all examples.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.n() as f64
    }

    pub(super) fn document_of(&self) -> &[usize] {
        &self.document_of
    }

    pub(super) fn counts(&self) -> (usize, usize) {
        (self.n(), self.documents)
    }

    pub(super) fn must_pair(&self, other: &Sample) -> Result<(), StatsError> {
        if self.document_of == other.document_of { Ok(()) } else { Err(StatsError::NotPaired) }
    }

    /// For each document the sum of its values and their number.
    pub(super) fn sums(&self) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.documents];
        for (value, &document) in self.values.iter().zip(&self.document_of) {
            sums[document].of += value;
            sums[document].over += 1.0;
        }
        sums
    }

    /// The standard error of the mean with documents as units (Taylor linearization with the factor `G / (G - 1)` for
    /// `G` documents; the cluster-robust error of a regression on a constant). With one example a document it is the
    /// ordinary one.
    pub(super) fn standard_error(&self) -> f64 {
        let mean = self.mean();
        let documents = self.documents as f64;
        let squares: f64 = self.sums().iter().map(|sum| (sum.of - sum.over * mean).powi(2)).sum();
        (documents / (documents - 1.0) * squares).sqrt() / self.n() as f64
    }

    /// Whether all values are the same, the last digits of a computation aside: `0.9 - 0.6` is `0.8 - 0.5`.
    pub(super) fn is_all_alike(&self) -> bool {
        let first = self.values.first().copied().unwrap_or_default();
        self.values.iter().all(|value| (value - first).abs() <= 1e-12 * first.abs().max(1.0))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_no_interval_can_be_of_is_refused() {
        let sample = |values: &[f64]| Sample::new(values.iter().map(|&value| ("one document", value)));
        assert_eq!(sample(&[]).unwrap_err(), StatsError::TooFew { n: 0, documents: 0 });
        assert_eq!(sample(&[1.0, 0.0, 0.5]).unwrap_err(), StatsError::TooFew { n: 3, documents: 1 });
        assert_eq!(sample(&[1.0, f64::NAN]).unwrap_err(), StatsError::NotFinite { index: 1 });
    }

    #[test]
    fn documents_keep_their_order() {
        let sample = Sample::new([("z", 1.0), ("a", 2.0), ("z", 4.0), ("m", 8.0)]).unwrap();
        assert_eq!(sample.document_of(), [0, 1, 0, 2]);
        let sums: Vec<_> = sample.sums().iter().map(|sum| (sum.of, sum.over)).collect();
        assert_eq!(sums, [(5.0, 2.0), (2.0, 1.0), (8.0, 1.0)]);
    }

    #[test]
    fn the_last_digits_of_a_computation_make_no_spread() {
        let alike = |values: [f64; 2]| Sample::new(values.into_iter().enumerate()).unwrap().is_all_alike();
        assert!(alike([0.9 - 0.6, 0.8 - 0.5]) && alike([0.0, -0.0]));
        assert!(!alike([0.3, 0.300_000_1]));
    }

    #[test]
    fn samples_of_other_examples_are_not_subtracted() {
        let sample = Sample::new([("a", 1.0), ("b", 2.0)]).unwrap();
        let other = Sample::new([("a", 1.0), ("a", 2.0), ("b", 2.0)]).unwrap();
        assert_eq!(sample.minus(&other), Err(StatsError::NotPaired));
        assert_eq!(sample.minus(&sample).unwrap().values(), [0.0, 0.0]);
    }
}
