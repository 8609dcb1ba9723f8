//! Shares: how many of the examples passed.
//!
//! The interval is Wilson's (1927), on the effective number of examples: the examples over the design effect, which is
//! the variance between documents over that of independent draws (Kish, 1965), with the correction for few documents by
//! quantiles of Student's t (Korn and Graubard, "Confidence intervals for proportions with small expected number of
//! positive counts estimated from survey data", 1998; compared by Franco et al., 2019).
//!
//! Invariants
//! - with one example a document it is the plain Wilson interval (`tests::one_example_a_document_is_plain_wilson`);
//! - the effective number is never above the number of examples (`tests::documents_never_narrow_an_interval`);
//! - where all passed or none, the examples of a document count as one
//!   (`tests::what_always_passed_counts_by_documents`).

use std::hash::Hash;

use super::sample::Sample;
use super::special::{normal_quantile, t_quantile};
use super::{Estimate, Method, StatsError};

/// The share of examples with that outcome, each with the name of its document.
///
/// # Errors
/// [`StatsError::TooFew`].
pub fn proportion<D: Hash + Eq>(
    outcomes: impl IntoIterator<Item = (D, bool)>,
    level: f64,
) -> Result<Estimate, StatsError> {
    let outcomes = outcomes.into_iter().map(|(document, passed)| (document, f64::from(u8::from(passed))));
    Ok(of_sample(&Sample::new(outcomes)?, level))
}

fn of_sample(sample: &Sample, level: f64) -> Estimate {
    let share = sample.mean();
    let interval = wilson(share, effective_size(sample, level), level);
    Estimate::new(share, interval, level, sample.counts(), Method::Wilson)
}

/// How many independent examples those of the sample are worth.
fn effective_size(sample: &Sample, level: f64) -> f64 {
    let (n, documents) = (sample.n() as f64, sample.documents() as f64);
    if sample.is_all_alike() {
        return documents;
    }
    let share = sample.mean();
    // With the factor n / (n - 1) as the variance between documents has it, one example a document gives an effect of 1.
    let independent = share * (1.0 - share) / (n - 1.0);
    let effect = (sample.standard_error().powi(2) / independent).max(1.0);
    let upper = 0.5 + level / 2.0;
    let few = t_quantile(upper, n - 1.0) / t_quantile(upper, documents - 1.0);
    (n / effect * few.powi(2)).min(n)
}

/// Wilson's interval of a share among `n` independent examples.
fn wilson(share: f64, n: f64, level: f64) -> (f64, f64) {
    let square = normal_quantile(0.5 + level / 2.0).powi(2);
    let center = (share + square / (2.0 * n)) / (1.0 + square / n);
    let half = (square * (share * (1.0 - share) / n + square / (4.0 * n * n))).sqrt() / (1.0 + square / n);
    ((center - half).max(0.0), (center + half).min(1.0))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::super::LEVEL;
    use super::*;

    #[test]
    fn one_example_a_document_is_plain_wilson() {
        let estimate = proportion((0..50).map(|it| (it, it < 45)), LEVEL).unwrap();
        let (low, high) = wilson(0.9, 50.0, LEVEL);
        assert!((estimate.low() - low).abs() < 1e-12 && (estimate.high() - high).abs() < 1e-12);
    }

    #[test]
    fn what_always_passed_counts_by_documents() {
        let estimate = proportion((0..50).map(|it| (it / 10, true)), LEVEL).unwrap();
        let (low, _) = wilson(1.0, 5.0, LEVEL);
        assert!((estimate.low() - low).abs() < 1e-12, "{estimate}");
        assert!((estimate.high() - 1.0).abs() < 1e-12, "{estimate}");
    }

    proptest! {
        #[test]
        fn documents_never_narrow_an_interval(outcomes in prop::collection::vec((0_u8..12, any::<bool>()), 2..60)) {
            if let Ok(together) = proportion(outcomes.iter().copied(), LEVEL) {
                let apart = outcomes.iter().enumerate().map(|(index, &(_, passed))| (index, passed));
                let apart = proportion(apart, LEVEL).unwrap();
                prop_assert!(together.low() <= apart.low() + 1e-9 && together.high() >= apart.high() - 1e-9);
                prop_assert!(0.0 <= together.low() && together.high() <= 1.0);
            }
        }
    }
}
