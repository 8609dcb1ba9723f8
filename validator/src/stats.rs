//! Statistics: what the results of a test set say about results to come, and how surely.
//!
//! Invariants
//! - no figure without its interval, the number of examples and that of documents: an [`Estimate`] is made here and
//!   nowhere else, and holds all of them (`tests::an_estimate_says_how_sure_it_is`);
//! - the interval holds the value (`bootstrap::tests::an_interval_holds_its_value`);
//! - examples of one document are not independent: every interval and every test takes documents as its units, save
//!   `McNemar`'s, which says so (`bootstrap::tests::examples_of_one_document_widen_the_interval`);
//! - that two things are alike is shown by a test that could have failed, never by a difference that was not found
//!   (`equivalence::tests::few_examples_decide_nothing`);
//! - same values, same seed, same bytes (`bootstrap::tests::a_seed_makes_it_repeatable`);
//! - the formulas give what scipy and statsmodels give, to 1e-9 (`tests::*`; the reference values are written by
//!   `validator/reference/statistics.py`).
//!
//! Deliberately absent: a choice of methods. There is one for each kind of figure, so that nobody can look for the one
//! that flatters. No correction makes up for a choice of measures after the results were seen.

pub mod bootstrap;
pub mod equivalence;
pub mod holm;
pub mod mcnemar;
pub mod noise_floor;
pub mod permutation;
pub mod proportion;
pub mod sample;
mod special;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

/// The confidence level of every interval in a report.
pub const LEVEL: f64 = 0.95;

/// With fewer documents than this, intervals that take documents as units tend to be too narrow (Cameron, Gelbach and
/// Miller, "Bootstrap-based improvements for inference with clustered errors", 2008, put the trouble at 5 to 30).
pub const FEW_DOCUMENTS: usize = 20;

/// A figure of a test set, with what is needed to judge it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    value: f64,
    low: f64,
    high: f64,
    level: f64,
    n: usize,
    documents: usize,
    method: Method,
}

/// How an interval was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Bias-corrected and accelerated bootstrap over documents: Efron and Tibshirani, "An Introduction to the
    /// Bootstrap", 1993, chapter 14.
    Bca,
    /// Percentiles of the bootstrap over documents; for quantiles, to which the jackknife of `Bca` does not apply, and
    /// where the correction cannot be computed.
    Percentile,
    /// Wilson's score interval, on the number of independent examples that the documents amount to.
    Wilson,
    /// Student's t with the variance between documents.
    T,
    /// All values are alike, so that they say nothing about their spread.
    AllAlike,
}

/// Why there is no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatsError {
    /// An interval needs two documents at least.
    #[error("{n} examples of {documents} documents are too few for an interval; 2 documents are the least")]
    TooFew {
        /// Examples.
        n: usize,
        /// Documents they are from.
        documents: usize,
    },
    /// A value is infinite or not a number.
    #[error("the value of example {index} is not finite")]
    NotFinite {
        /// Which one, from 0.
        index: usize,
    },
    /// Two samples do not belong to the same examples.
    #[error("the samples are not of the same examples")]
    NotPaired,
    /// The denominators add up to nothing.
    #[error("the ratio has a denominator of 0")]
    NoDenominator,
}

impl Estimate {
    /// The best guess.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value
    }

    /// The lower end of the interval.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The upper end of the interval.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The confidence level of the interval, 0 to 1.
    #[must_use]
    pub fn level(&self) -> f64 {
        self.level
    }

    /// How many examples it is of.
    #[must_use]
    pub fn n(&self) -> usize {
        self.n
    }

    /// How many documents the examples are from.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// How the interval was found.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Whether the interval is likely to be too narrow, since it is of few documents.
    #[must_use]
    pub fn has_few_documents(&self) -> bool {
        self.documents < FEW_DOCUMENTS
    }

    /// An estimate whose interval holds its value, which a bootstrap of few values does not promise.
    fn new(value: f64, (low, high): (f64, f64), level: f64, counts: (usize, usize), method: Method) -> Self {
        Estimate { value, low: low.min(value), high: high.max(value), level, n: counts.0, documents: counts.1, method }
    }
}

impl Method {
    /// What to call it in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Method::Bca => "BCa bootstrap",
            Method::Percentile => "percentile bootstrap",
            Method::Wilson => "Wilson",
            Method::T => "t",
            Method::AllAlike => "all values alike",
        }
    }
}

/// `0.912 [0.884, 0.935] n=300 of 41 documents`; the precision is that of the value, three digits if not told.
impl fmt::Display for Estimate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = out.precision().unwrap_or(3);
        let Estimate { value, low, high, n, documents, .. } = self;
        write!(out, "{value:.digits$} [{low:.digits$}, {high:.digits$}] n={n}")?;
        if documents == n { Ok(()) } else { write!(out, " of {documents} documents") }
    }
}
