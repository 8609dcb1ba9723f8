//! A figure of a report: an estimate, or why there is none. A bare number has no way into a report.
//!
//! Invariants
//! - what is printed has an interval and the number of examples, or says that they are too few
//!   (`tests::no_figure_is_a_bare_number`).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::stats::bootstrap::{self, Resampling};
use crate::stats::proportion::proportion;
use crate::stats::sample::Sample;
use crate::stats::{Estimate, LEVEL, StatsError};

/// An estimate where there can be one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Figure {
    /// A value with its interval.
    Known(Estimate),
    /// The examples are too few, or all of one document.
    Unknown {
        /// Examples.
        n: usize,
        /// Documents.
        documents: usize,
    },
}

impl Figure {
    /// The mean of values, each with its document.
    pub fn mean<'a>(values: impl IntoIterator<Item = (&'a str, f64)>, resampling: Resampling) -> Self {
        Sample::new(values).map(|sample| bootstrap::mean(&sample, resampling, LEVEL)).into()
    }

    /// A quantile of values, each with its document.
    pub fn quantile<'a>(values: impl IntoIterator<Item = (&'a str, f64)>, q: f64, resampling: Resampling) -> Self {
        Sample::new(values).map(|sample| bootstrap::quantile(&sample, q, resampling, LEVEL)).into()
    }

    /// The share of examples with an outcome, each with its document.
    pub fn share<'a>(outcomes: impl IntoIterator<Item = (&'a str, bool)>) -> Self {
        proportion(outcomes, LEVEL).into()
    }

    /// The sum of the first numbers over that of the second ones.
    pub fn ratio<'a>(values: impl IntoIterator<Item = (&'a str, f64, f64)> + Clone, resampling: Resampling) -> Self {
        let numerators = Sample::new(values.clone().into_iter().map(|(document, value, _)| (document, value)));
        let denominators = Sample::new(values.into_iter().map(|(document, _, value)| (document, value)));
        numerators.and_then(|numerators| bootstrap::ratio(&numerators, &denominators?, resampling, LEVEL)).into()
    }

    /// How many examples of how many documents it is of.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        match self {
            Figure::Known(it) => (it.n(), it.documents()),
            Figure::Unknown { n, documents } => (*n, *documents),
        }
    }

    /// The estimate, if there is one.
    #[must_use]
    pub fn known(&self) -> Option<&Estimate> {
        match self {
            Figure::Known(estimate) => Some(estimate),
            Figure::Unknown { .. } => None,
        }
    }
}

impl From<Estimate> for Figure {
    fn from(estimate: Estimate) -> Self {
        Figure::Known(estimate)
    }
}

impl From<Result<Estimate, StatsError>> for Figure {
    fn from(result: Result<Estimate, StatsError>) -> Self {
        match result {
            Ok(estimate) => Figure::Known(estimate),
            Err(StatsError::TooFew { n, documents }) => Figure::Unknown { n, documents },
            // Records hold finite numbers of the same examples; what cannot be computed is not known.
            Err(_) => Figure::Unknown { n: 0, documents: 0 },
        }
    }
}

/// As an [`Estimate`] prints itself, or `unknown: n=1 of 1 document`.
impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Figure::Known(estimate) => estimate.fmt(out),
            Figure::Unknown { n: 0, .. } => out.write_str("not measured"),
            Figure::Unknown { n, documents } => write!(out, "too few: n={n} of {documents} document(s)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_figure_is_a_bare_number() {
        let resampling = Resampling::seeded(1);
        let one = [("a", 0.5)];
        assert_eq!(Figure::mean(one, resampling).to_string(), "too few: n=1 of 1 document(s)");
        assert_eq!(Figure::share([]).to_string(), "not measured");
        let two = [("a", 0.25), ("b", 0.75)];
        let known = Figure::mean(two, resampling).to_string();
        assert!(known.starts_with("0.500 [0.250, 0.750] n=2"), "{known}");
        assert_eq!(Figure::ratio([("a", 1.0, 0.0), ("b", 1.0, 0.0)], resampling).known(), None);
    }
}
