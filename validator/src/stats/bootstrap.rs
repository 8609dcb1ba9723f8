//! Intervals by the bootstrap: documents are drawn with replacement, each with all of its examples, and the figure is
//! computed again.
//!
//! Means and ratios get the `BCa` interval (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 14,
//! with the jackknife over documents), quantiles the percentile interval. Drawing whole documents is the cluster
//! bootstrap (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8). Both intervals are too
//! narrow for few documents; their tails are those of Student's t with a factor (Hesterberg, "What teachers should know
//! about the bootstrap", 2015, section 5.2), which for 40 documents of skewed values brings 92 % coverage to 93.5 %.
//!
//! Invariants
//! - `tests::an_interval_holds_its_value`, `tests::a_seed_makes_it_repeatable`;
//! - `tests::examples_of_one_document_widen_the_interval`;
//! - of 100 test sets, about 95 have the truth in their interval (`tests::the_truth_is_inside_as_often_as_promised`).

use oorandom::Rand64;

use super::sample::{Sample, Sum};
use super::special::{normal_below, normal_quantile, t_quantile};
use super::{Estimate, Method, StatsError};

/// How a bootstrap draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// How often at most; more make the ends of the interval steadier.
    pub resamples: usize,
    /// Where the generator starts. The same seed draws the same documents for each figure.
    pub seed: u64,
}

/// With this many, an end of a 95 % interval moves by about a fortieth of the interval's width from seed to seed.
pub const RESAMPLES: usize = 4_000;

impl Resampling {
    /// The usual number of draws.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Resampling { resamples: RESAMPLES, seed }
    }

    /// How often to draw that many documents: seldom where there are many, since their means are nearly normal and each
    /// draw takes long.
    fn draws(self, documents: usize) -> usize {
        const DOCUMENTS: usize = 8_000_000;
        const FEWEST: usize = 1_000;
        self.resamples.min((DOCUMENTS / documents.max(1)).max(FEWEST))
    }
}

/// The mean over all examples.
#[must_use]
pub fn mean(sample: &Sample, resampling: Resampling, level: f64) -> Estimate {
    if sample.is_all_alike() {
        return all_alike(sample, level);
    }
    of_sums(&sample.sums(), sample.counts(), resampling, level)
}

/// The sum of one sample over the sum of another: for instance tokens after over tokens before.
///
/// # Errors
/// [`StatsError::NotPaired`]; [`StatsError::NoDenominator`] where the denominators add up to 0.
pub fn ratio(
    numerators: &Sample,
    denominators: &Sample,
    resampling: Resampling,
    level: f64,
) -> Result<Estimate, StatsError> {
    numerators.must_pair(denominators)?;
    let sums: Vec<Sum> = (numerators.sums().iter().zip(denominators.sums()))
        .map(|(numerator, denominator)| Sum { of: numerator.of, over: denominator.of })
        .collect();
    if sums.iter().map(|sum| sum.over).sum::<f64>().abs() < f64::MIN_POSITIVE {
        return Err(StatsError::NoDenominator);
    }
    Ok(of_sums(&sums, numerators.counts(), resampling, level))
}

/// The smallest value that the share `q` of all examples does not pass (definition 1 of Hyndman and Fan, 1996): the
/// median is that of 0.5.
#[must_use]
pub fn quantile(sample: &Sample, q: f64, resampling: Resampling, level: f64) -> Estimate {
    if sample.is_all_alike() {
        return all_alike(sample, level);
    }
    let mut order: Vec<usize> = (0..sample.n()).collect();
    order.sort_by(|&a, &b| sample.values()[a].total_cmp(&sample.values()[b]));
    // With how often each document was drawn, one walk over the sorted values finds the quantile.
    let of_draw = |times: &[u32]| {
        let drawn = |index: usize| u64::from(times[sample.document_of()[index]]);
        let total: u64 = order.iter().map(|&index| drawn(index)).sum();
        let needed = q * total as f64;
        let mut seen = 0;
        let found = order.iter().find(|&&index| {
            seen += drawn(index);
            drawn(index) > 0 && seen as f64 >= needed
        });
        found.or(order.last()).map_or(f64::NAN, |&index| sample.values()[index])
    };
    let value = of_draw(&vec![1; sample.documents()]);
    let mut random = Rand64::new(u128::from(resampling.seed));
    let mut times = vec![0_u32; sample.documents()];
    let mut drawn: Vec<f64> = (0..resampling.draws(times.len()))
        .map(|_| {
            times.fill(0);
            for _ in 0..times.len() {
                let document = draw(&mut random, times.len());
                times[document] += 1;
            }
            of_draw(&times)
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    let tail = widened_tail(level, sample.documents());
    let interval = (percentile(&drawn, tail), percentile(&drawn, 1.0 - tail));
    Estimate::new(value, interval, level, sample.counts(), Method::Percentile)
}

fn all_alike(sample: &Sample, level: f64) -> Estimate {
    let value = sample.values().first().copied().unwrap_or_default();
    Estimate::new(value, (value, value), level, sample.counts(), Method::AllAlike)
}

/// The ratio of two sums over documents.
fn of_sums(sums: &[Sum], counts: (usize, usize), resampling: Resampling, level: f64) -> Estimate {
    let of = sums.iter().map(|sum| sum.of).sum::<f64>();
    let over = sums.iter().map(|sum| sum.over).sum::<f64>();
    let value = of / over;
    let mut random = Rand64::new(u128::from(resampling.seed));
    let mut drawn: Vec<f64> = (0..resampling.draws(sums.len()))
        .map(|_| {
            let mut total = Sum::default();
            for _ in 0..sums.len() {
                let sum = sums[draw(&mut random, sums.len())];
                total.of += sum.of;
                total.over += sum.over;
            }
            total.of / total.over
        })
        // Denominators of some documents may be 0, and then those of a draw may all be.
        .filter(|drawn| drawn.is_finite())
        .collect();
    drawn.sort_by(f64::total_cmp);
    let without_one: Vec<f64> = sums.iter().map(|sum| (of - sum.of) / (over - sum.over)).collect();
    let tail = widened_tail(level, sums.len());
    let (interval, method) = interval(&drawn, value, &without_one, tail);
    Estimate::new(value, interval, level, counts, method)
}

#[expect(clippy::cast_possible_truncation, reason = "the number drawn is smaller than a length")]
fn draw(random: &mut Rand64, length: usize) -> usize {
    random.rand_range(0..length as u64) as usize
}

/// The share of draws to leave out at each end, for that many documents.
fn widened_tail(level: f64, documents: usize) -> f64 {
    let documents = documents as f64;
    normal_below(t_quantile((1.0 - level) / 2.0, documents - 1.0) * (documents / (documents - 1.0)).sqrt())
}

/// The `BCa` interval of sorted draws, of the figure itself and of the figure without each document in turn; the
/// percentile interval where the correction is not finite. At each end the share `tail` is left out.
pub(super) fn interval(drawn: &[f64], value: f64, without_one: &[f64], tail: f64) -> ((f64, f64), Method) {
    let below = drawn.partition_point(|&it| it < value);
    let at_most = drawn.partition_point(|&it| it <= value);
    // Draws equal to the value count one half.
    let bias = normal_quantile((below + at_most) as f64 / 2.0 / drawn.len() as f64);
    let center = without_one.iter().sum::<f64>() / without_one.len() as f64;
    let squares: f64 = without_one.iter().map(|it| (center - it).powi(2)).sum();
    let cubes: f64 = without_one.iter().map(|it| (center - it).powi(3)).sum();
    let acceleration = cubes / (6.0 * squares.powf(1.5));
    let corrected = |tail: f64| {
        let shifted = bias + normal_quantile(tail);
        normal_below(bias + shifted / (1.0 - acceleration * shifted))
    };
    let ends = (corrected(tail), corrected(1.0 - tail));
    if bias.is_finite() && acceleration.is_finite() && ends.0 < ends.1 {
        ((percentile(drawn, ends.0), percentile(drawn, ends.1)), Method::Bca)
    } else {
        ((percentile(drawn, tail), percentile(drawn, 1.0 - tail)), Method::Percentile)
    }
}

/// The value at the share `p` of sorted values, between two of them by a straight line.
fn percentile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = p.clamp(0.0, 1.0) * last as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let index = (at.floor() as usize).min(last);
    let next = sorted[(index + 1).min(last)];
    sorted[index] + (next - sorted[index]) * (at - index as f64)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::super::LEVEL;
    use super::*;

    const QUICK: Resampling = Resampling { resamples: 400, seed: 7 };

    #[test]
    fn examples_of_one_document_widen_the_interval() {
        // Forty examples that agree within their documents are worth eight.
        let of = |document: fn(u32) -> u32| {
            let values = (0..40).map(|it| (document(it), f64::from(it / 5 % 2)));
            mean(&Sample::new(values).unwrap(), Resampling::seeded(1), LEVEL)
        };
        let (apart, together) = (of(|it| it), of(|it| it / 5));
        assert!((apart.value() - together.value()).abs() < 1e-12);
        let width = |estimate: Estimate| estimate.high() - estimate.low();
        assert!(width(together) > 1.8 * width(apart), "{apart} {together}");
        assert_eq!((together.n(), together.documents()), (40, 8));
    }

    #[test]
    fn a_seed_makes_it_repeatable() {
        let sample = Sample::new((0..50).map(|it| (it, f64::from(it).sin()))).unwrap();
        let at = |seed| mean(&sample, Resampling::seeded(seed), LEVEL);
        assert_eq!(at(3), at(3));
        assert_ne!(at(3), at(4));
    }

    #[test]
    fn the_truth_is_inside_as_often_as_promised() {
        // Skewed values of documents of uneven size, with a part that the document's examples share. The exponential
        // distribution has the mean 1.
        let mut random = Rand64::new(42);
        let mut exponential = || -(1.0 - random.rand_float()).ln();
        let inside = (0..400)
            .filter(|_| {
                let mut observations = Vec::new();
                for document in 0..40 {
                    let shared = exponential();
                    for _ in 0..=document % 4 {
                        observations.push((document, 0.5 * shared + 0.5 * exponential()));
                    }
                }
                let estimate = mean(&Sample::new(observations).unwrap(), QUICK, LEVEL);
                estimate.low() <= 1.0 && 1.0 <= estimate.high()
            })
            .count();
        // 95 % of 400 are 380; with 40 documents of skewed values a bootstrap falls somewhat short.
        assert!((366..=392).contains(&inside), "{inside} of 400");
    }

    #[test]
    fn a_ratio_weighs_by_its_denominator() {
        let numerators = Sample::new([("a", 10.0), ("b", 300.0), ("c", 50.0)]).unwrap();
        let denominators = Sample::new([("a", 100.0), ("b", 400.0), ("c", 100.0)]).unwrap();
        let estimate = ratio(&numerators, &denominators, QUICK, LEVEL).unwrap();
        assert!((estimate.value() - 0.6).abs() < 1e-12);
        let nothing = Sample::new([("a", 0.0), ("b", 0.0), ("c", 0.0)]).unwrap();
        assert_eq!(ratio(&numerators, &nothing, QUICK, LEVEL), Err(StatsError::NoDenominator));
    }

    #[test]
    fn values_that_are_all_alike_are_named_so() {
        let sample = Sample::new((0..9).map(|it| (it, 1.0))).unwrap();
        let estimate = mean(&sample, QUICK, LEVEL);
        assert_eq!((estimate.low(), estimate.high(), estimate.method()), (1.0, 1.0, Method::AllAlike));
    }

    #[test]
    fn a_median_stands_between_its_neighbours() {
        let sample = Sample::new((0..101).map(|it| (it, f64::from(it)))).unwrap();
        let estimate = quantile(&sample, 0.5, Resampling::seeded(1), LEVEL);
        assert!((estimate.value() - 50.0).abs() < 1e-12);
        // The exact interval of order statistics for 101 values is [40, 60].
        assert!((38.0..=42.0).contains(&estimate.low()), "{estimate}");
        assert!((58.0..=62.0).contains(&estimate.high()), "{estimate}");
        assert!((quantile(&sample, 0.95, QUICK, LEVEL).value() - 95.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_value(
            observations in prop::collection::vec((0_u8..9, -1e6_f64..1e6), 2..40),
            q in 0.0_f64..=1.0,
        ) {
            if let Ok(sample) = Sample::new(observations) {
                for estimate in [mean(&sample, QUICK, LEVEL), quantile(&sample, q, QUICK, LEVEL)] {
                    prop_assert!(estimate.low() <= estimate.value() && estimate.value() <= estimate.high());
                    prop_assert!(estimate.low().is_finite() && estimate.high().is_finite());
                }
            }
        }
    }
}
