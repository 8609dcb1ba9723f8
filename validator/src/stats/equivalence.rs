//! Equivalence: whether a difference is shown to be smaller than what one is ready to lose.
//!
//! Two one-sided tests (TOST; Schuirmann, "A comparison of the two one-sided tests procedure and the power approach",
//! 1987) ask whether the mean difference lies above `-delta` and below `delta`, with Student's t and the variance between
//! documents. The bootstrap's 90 % interval must lie within as well: a verdict holds only where both say so.
//!
//! Where all differences are the same, their spread is unknown rather than 0. Among `k` documents without an exception the
//! share of exceptions may still be `1 - 0.05^(1/k)` (the rule of three, exact), and an exception may differ by the whole
//! width of the scale: so much is added on both sides.
//!
//! Invariants
//! - `tests::few_examples_decide_nothing`; `tests::no_difference_in_few_documents_is_no_proof`;
//! - what is equivalent is also not worse (`tests::verdicts_do_not_contradict_each_other`).

use serde::{Deserialize, Serialize};

use super::bootstrap::{self, Resampling};
use super::sample::Sample;
use super::special::{t_below, t_quantile};
use super::{Estimate, Method};

/// The chance of calling two things equivalent that are `delta` apart.
pub const ALPHA: f64 = 0.05;

/// What the tests say about the differences.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Equivalence {
    /// The margin, in the unit of the measure; positive.
    pub delta: f64,
    /// The mean difference with its 90 % interval by Student's t: the one that TOST reads.
    pub difference: Estimate,
    /// The same by the bootstrap.
    pub bootstrap: Estimate,
    /// The larger p of the two one-sided tests.
    pub p: f64,
    /// The p of the test that the mean difference is not above `-delta`: small where it is shown not to be worse.
    pub not_worse_p: f64,
    /// What follows.
    pub verdict: Verdict,
}

/// What is shown about the first of two, at a margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The difference is within the margin on both sides.
    Equivalent,
    /// It is not worse by the margin, and may be better.
    NotWorse,
    /// It is better by more than the margin.
    Better,
    /// It is worse by more than the margin.
    Worse,
    /// Nothing of these is shown: the examples are too few or too different.
    Undecided,
}

impl Verdict {
    /// The name in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Equivalent => "equivalent",
            Verdict::NotWorse => "not_worse",
            Verdict::Better => "better",
            Verdict::Worse => "worse",
            Verdict::Undecided => "undecided",
        }
    }

    /// What to say of the first of two.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Equivalent => "equivalent within delta",
            Verdict::NotWorse => "not worse within delta",
            Verdict::Better => "better by more than delta",
            Verdict::Worse => "worse by more than delta",
            Verdict::Undecided => "undecided",
        }
    }

    /// Whether it is shown not to be worse by the margin.
    #[must_use]
    pub fn is_not_worse(self) -> bool {
        matches!(self, Verdict::Equivalent | Verdict::NotWorse | Verdict::Better)
    }
}

/// Tests differences, where more is better, of a measure whose scale is `scale` wide: 1 for shares and scores.
#[must_use]
pub fn equivalence(differences: &Sample, delta: f64, scale: f64, resampling: Resampling) -> Equivalence {
    let level = 1.0 - 2.0 * ALPHA;
    let mean = differences.mean();
    let documents = differences.documents() as f64;
    let (difference, bootstrap);
    // The p value of the claim that the mean lies above 0 by so much.
    let p_of: Box<dyn Fn(f64) -> f64>;
    if differences.is_all_alike() {
        let reach = scale * (1.0 - ALPHA.powf(1.0 / documents));
        let interval = (mean - reach, mean + reach);
        difference = Estimate::new(mean, interval, level, differences.counts(), Method::AllAlike);
        bootstrap = difference;
        p_of = Box::new(move |room| (1.0 - (room / scale).clamp(0.0, 1.0)).powf(documents));
    } else {
        let error = differences.standard_error();
        let half = t_quantile(1.0 - ALPHA, documents - 1.0) * error;
        let interval = (mean - half, mean + half);
        difference = Estimate::new(mean, interval, level, differences.counts(), Method::T);
        bootstrap = bootstrap::mean(differences, resampling, level);
        // Documents whose differences cancel out leave no error to speak of; they prove nothing either.
        p_of = Box::new(move |room| if error > 0.0 { t_below(-room / error, documents - 1.0) } else { 0.5 });
    }
    let (p_low, p_high) = (p_of(mean + delta), p_of(delta - mean));
    let above = p_low < ALPHA && bootstrap.low() > -delta;
    let below = p_high < ALPHA && bootstrap.high() < delta;
    let verdict = if above && below {
        Verdict::Equivalent
    } else if p_of(mean - delta) < ALPHA && bootstrap.low() > delta {
        Verdict::Better
    } else if above {
        Verdict::NotWorse
    } else if p_of(-delta - mean) < ALPHA && bootstrap.high() < -delta {
        Verdict::Worse
    } else {
        Verdict::Undecided
    };
    Equivalence { delta, difference, bootstrap, p: p_low.max(p_high), not_worse_p: p_low, verdict }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(differences: impl IntoIterator<Item = (usize, f64)>, delta: f64) -> Equivalence {
        equivalence(&Sample::new(differences).unwrap(), delta, 1.0, Resampling { resamples: 400, seed: 2 })
    }

    #[test]
    fn few_examples_decide_nothing() {
        let result = of([0.3, -0.4, 0.1, -0.05, 0.2].into_iter().enumerate(), 0.05);
        assert_eq!(result.verdict, Verdict::Undecided, "{result:?}");
    }

    #[test]
    fn no_difference_in_few_documents_is_no_proof() {
        let alike = |n: usize| of((0..n).map(|it| (it, 0.0)), 0.05);
        assert_eq!(alike(30).verdict, Verdict::Undecided);
        // ln 0.05 / ln 0.95 = 58.4.
        assert_eq!(alike(58).verdict, Verdict::Undecided);
        assert_eq!(alike(59).verdict, Verdict::Equivalent);
        let in_one = of((0..500).map(|it| (it / 100, 0.0)), 0.05);
        assert_eq!(in_one.verdict, Verdict::Undecided, "five documents are five witnesses");
    }

    #[test]
    fn what_is_shown_is_said() {
        let noise = |it: usize| f64::from(u8::try_from(it % 7).unwrap()) / 100.0 - 0.03;
        let verdict = |shift: f64| of((0..200).map(|it| (it, shift + noise(it))), 0.05).verdict;
        assert_eq!(verdict(0.0), Verdict::Equivalent);
        assert_eq!(verdict(0.05), Verdict::NotWorse);
        assert_eq!(verdict(0.2), Verdict::Better);
        assert_eq!(verdict(-0.2), Verdict::Worse);
        assert_eq!(verdict(-0.05), Verdict::Undecided);
    }

    proptest! {
        #[test]
        fn verdicts_do_not_contradict_each_other(
            differences in prop::collection::vec((0_usize..30, -0.3_f64..0.3), 2..80),
            delta in 0.001_f64..0.5,
        ) {
            if let Ok(sample) = Sample::new(differences) {
                let result = equivalence(&sample, delta, 1.0, Resampling { resamples: 200, seed: 1 });
                let within = result.difference.low() > -delta && result.difference.high() < delta;
                prop_assert!(result.verdict != Verdict::Equivalent || within);
                prop_assert!((0.0..=1.0).contains(&result.p) && result.not_worse_p <= result.p);
                prop_assert!(!result.verdict.is_not_worse() || result.difference.low() > -delta);
            }
        }
    }
}
