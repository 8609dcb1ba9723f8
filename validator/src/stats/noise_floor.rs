//! The noise floor: how alike two answers to the same prompt are, and equivalence measured against that.
//!
//! A model that is asked twice gives two answers. Where they are 0.93 alike, an equivalence of 0.91 between the answers
//! to the full and to the compressed text is a loss of 0.02, not of 0.09.

use serde::{Deserialize, Serialize};

use super::bootstrap::{self, Resampling};
use super::equivalence::{Equivalence, equivalence};
use super::sample::Sample;
use super::{Estimate, LEVEL, StatsError};

/// Equivalence beside the noise floor of the same examples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Relative {
    /// How alike the answers to the full and to the compressed text are.
    pub equivalence: Estimate,
    /// How alike two answers to the full text are.
    pub floor: Estimate,
    /// The first over the second: 1 where compression changes no more than asking again does.
    pub relative: Estimate,
    /// Whether the loss against the floor is shown to be smaller than a margin.
    pub test: Equivalence,
}

/// Compares equivalence, 0 to 1, with the noise floor of the same examples.
///
/// # Errors
/// [`StatsError::NotPaired`]; [`StatsError::NoDenominator`] where no two answers to the full text are alike at all.
pub fn relative(
    equivalences: &Sample,
    floors: &Sample,
    delta: f64,
    resampling: Resampling,
) -> Result<Relative, StatsError> {
    Ok(Relative {
        equivalence: bootstrap::mean(equivalences, resampling, LEVEL),
        floor: bootstrap::mean(floors, resampling, LEVEL),
        relative: bootstrap::ratio(equivalences, floors, resampling, LEVEL)?,
        test: equivalence(&equivalences.minus(floors)?, delta, 1.0, resampling),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::equivalence::Verdict;
    use super::*;

    #[test]
    fn a_loss_is_measured_from_the_floor() {
        let wave = |it: usize, by: f64| (it as f64 * by).sin() / 50.0;
        let equivalences = Sample::new((0..120).map(|it| (it, 0.91 + wave(it, 1.0)))).unwrap();
        let floors = Sample::new((0..120).map(|it| (it, 0.93 + wave(it, 2.0)))).unwrap();
        let result = relative(&equivalences, &floors, 0.05, Resampling::seeded(1)).unwrap();
        assert!((result.relative.value() - 0.91 / 0.93).abs() < 1e-3, "{:?}", result.relative);
        assert_eq!(result.test.verdict, Verdict::Equivalent);
        let stricter = relative(&equivalences, &floors, 0.01, Resampling::seeded(1)).unwrap();
        assert_eq!(stricter.test.verdict, Verdict::Worse);
    }
}
