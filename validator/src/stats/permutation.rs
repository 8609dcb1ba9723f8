//! The paired permutation test: whether a mean difference could be an accident of which was which.
//!
//! If the two were exchangeable, each document's differences could as well have the other sign. The p value is the share
//! of all assignments of signs whose mean is at least as far from 0. Up to [`EXACT`] documents every assignment is
//! tried; beyond that random ones are, and the share is `(b + 1) / (m + 1)`, which is never 0 (Phipson and Smyth,
//! "Permutation p-values should never be zero", 2010).

use oorandom::Rand64;

use super::bootstrap::Resampling;
use super::sample::Sample;

/// The most documents for which all 2^n assignments are tried.
pub const EXACT: usize = 16;

/// The two-sided p value of the paired permutation test for a mean difference of 0. Documents change sign as a whole.
#[must_use]
pub fn permutation_p(differences: &Sample, resampling: Resampling) -> f64 {
    let sums: Vec<f64> = differences.sums().iter().map(|sum| sum.of).collect();
    let observed = sums.iter().sum::<f64>().abs();
    // Sums that are equal but for the order of their terms count as equal.
    let least = observed - 1e-12 * sums.iter().map(|sum| sum.abs()).sum::<f64>();
    if sums.len() <= EXACT {
        let all = 1_u32 << sums.len();
        let extreme = (0..all).filter(|&signs| signed(&sums, u64::from(signs)).abs() >= least).count();
        return extreme as f64 / f64::from(all);
    }
    let mut random = Rand64::new(u128::from(resampling.seed));
    let extreme = (0..resampling.resamples)
        .filter(|_| {
            let total: f64 = sums.chunks(64).map(|chunk| signed(chunk, random.rand_u64())).sum();
            total.abs() >= least
        })
        .count();
    (extreme + 1) as f64 / (resampling.resamples + 1) as f64
}

/// The sum, with the sign turned where the bit is set; at most 64 terms.
fn signed(sums: &[f64], signs: u64) -> f64 {
    sums.iter().enumerate().map(|(index, sum)| if signs >> index & 1 == 1 { -sum } else { *sum }).sum()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn p(differences: impl IntoIterator<Item = (u32, f64)>) -> f64 {
        permutation_p(&Sample::new(differences).unwrap(), Resampling::seeded(5))
    }

    #[test]
    fn no_difference_is_never_a_surprise() {
        assert!((p((0..10).map(|it| (it, 0.0))) - 1.0).abs() < 1e-12);
        assert!((p((0..200).map(|it| (it, 0.0))) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn drawn_signs_come_close_to_all_signs() {
        // Sixteen documents of two examples and sixteen hundred of the same make-up.
        let exact = p((0..16).map(|it| (it, [0.3, -0.2, 0.25, -0.1][it as usize % 4])));
        let zeros = (16..400).map(|it| (it, 0.0));
        let drawn = p((0..16).map(|it| (it, [0.3, -0.2, 0.25, -0.1][it as usize % 4])).chain(zeros));
        assert!((exact - drawn).abs() < 0.03, "{exact} {drawn}");
    }

    #[test]
    fn examples_of_one_document_are_one_witness() {
        let apart = p((0..12).map(|it| (it, 0.1)));
        let together = p((0..12).map(|it| (it / 6, 0.1)));
        assert!((apart - 2.0 / 4096.0).abs() < 1e-12, "{apart}");
        assert!((together - 0.5).abs() < 1e-12, "{together}");
    }
}
