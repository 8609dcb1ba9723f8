//! Two systems on the same examples: differences with their intervals, and what they show.
//!
//! Invariants
//! - only examples that both have are compared, and how many only one has is said (`tests::examples_are_paired_by_id`);
//! - a verdict is about a measure of quality, where more is better after the sign was turned where less is
//!   (`tests::less_of_what_is_bad_is_better`).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::gather::{Row, is_quality};
use crate::record::Measure;
use crate::stats::LEVEL;
use crate::stats::bootstrap::{self, Resampling};
use crate::stats::equivalence::{Equivalence, equivalence};
use crate::stats::holm::holm;
use crate::stats::mcnemar::{McNemar, mcnemar};
use crate::stats::permutation::permutation_p;
use crate::stats::sample::Sample;

/// What is shown about one system by comparison with another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Comparison {
    /// The one that is judged.
    pub subject: String,
    /// What it is compared with.
    pub other: String,
    /// Examples that both have.
    pub paired: usize,
    /// Examples that only the subject has.
    pub only_subject: usize,
    /// Examples that only the other has.
    pub only_other: usize,
    /// Whether they pass the gates equally often; first is the subject.
    pub passing: McNemar,
    /// A difference for each measure that both have.
    pub differences: Vec<Difference>,
}

/// The difference in one measure.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Difference {
    /// Of what.
    pub measure: Measure,
    /// The mean over the paired examples: subject minus other.
    pub mean: Figure,
    /// Two-sided p of the paired permutation test; unknown where the examples are too few.
    pub p: Option<f64>,
    /// The same, adjusted for all tests of this table (Holm).
    pub adjusted_p: Option<f64>,
    /// Whether the subject is equivalent, where the measure is one of quality.
    pub equivalence: Option<Equivalence>,
}

/// Compares rows of the subject with those of another system.
pub fn compare<'a>(
    (subject, rows): (&str, impl Iterator<Item = &'a Row>),
    (other, others): (&str, impl Iterator<Item = &'a Row>),
    delta: f64,
    resampling: Resampling,
) -> Comparison {
    let mut others: HashMap<&str, &Row> = others.map(|row| (row.id.as_str(), row)).collect();
    let mut only_subject = 0;
    let pairs: Vec<(&Row, &Row)> = rows
        .filter_map(|row| {
            let other = others.remove(row.id.as_str());
            only_subject += usize::from(other.is_none());
            Some((row, other?))
        })
        .collect();
    let differences = Measure::ALL.into_iter().filter_map(|it| difference(&pairs, it, delta, resampling)).collect();
    Comparison {
        subject: subject.to_owned(),
        other: other.to_owned(),
        paired: pairs.len(),
        only_subject,
        only_other: others.len(),
        passing: mcnemar(pairs.iter().map(|(this, that)| (this.passed, that.passed))),
        differences,
    }
}

/// Adjusts the p values of all differences of a table together.
pub fn adjust(comparisons: &mut [Comparison]) {
    let mut all: Vec<&mut Difference> = comparisons.iter_mut().flat_map(|it| &mut it.differences).collect();
    let p_values: Vec<f64> = all.iter().filter_map(|it| it.p).collect();
    let known = all.iter_mut().filter(|it| it.p.is_some());
    for (difference, adjusted) in known.zip(holm(&p_values)) {
        difference.adjusted_p = Some(adjusted);
    }
}

fn difference(pairs: &[(&Row, &Row)], measure: Measure, delta: f64, resampling: Resampling) -> Option<Difference> {
    let values: Vec<(&str, f64)> = pairs
        .iter()
        .filter_map(|(this, that)| {
            Some((this.document.as_str(), this.measures.get(&measure)? - that.measures.get(&measure)?))
        })
        .collect();
    // The floor is a property of the model, not of the texts.
    if values.is_empty() || measure == Measure::NoiseFloor {
        return None;
    }
    let sample = Sample::new(values.iter().copied());
    let p = sample.as_ref().ok().map(|sample| permutation_p(sample, resampling));
    let figure = sample.map(|sample| bootstrap::mean(&sample, resampling, LEVEL)).into();
    let sign = if measure.is_better_low() { -1.0 } else { 1.0 };
    let gains = values.iter().map(|(document, value)| (*document, sign * value));
    let test = Sample::new(gains).ok().filter(|_| is_quality(measure));
    Some(Difference {
        measure,
        mean: figure,
        p,
        adjusted_p: None,
        equivalence: test.map(|sample| equivalence(&sample, delta, width(measure), resampling)),
    })
}

/// How far two values of a measure can be apart.
fn width(measure: Measure) -> f64 {
    if matches!(measure, Measure::Cosine | Measure::CosineWhole) { 2.0 } else { 1.0 }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use compressor::domain::Domain;

    use super::*;
    use crate::record::{Measures, Tokens};
    use crate::stats::equivalence::Verdict;

    fn rows(ids: std::ops::Range<u32>, measure: Measure, value: impl Fn(u32) -> f64) -> Vec<Row> {
        ids.map(|id| Row {
            id: id.to_string(),
            document: id.to_string(),
            system: 0,
            domain: Domain::Nl,
            tokens: Tokens { before: 10, after: 5 },
            passed: id % 3 != 0,
            measures: Measures::from([(measure, value(id))]),
            lost: 0,
            invented: 0,
        })
        .collect()
    }

    fn compared(ours: &[Row], theirs: &[Row]) -> Comparison {
        compare(("ours", ours.iter()), ("theirs", theirs.iter()), 0.05, Resampling { resamples: 300, seed: 1 })
    }

    #[test]
    fn examples_are_paired_by_id() {
        let noise = |id: u32| 0.8 + f64::from(id % 5) / 1000.0;
        let result = compared(&rows(0..90, Measure::Facts, noise), &rows(10..110, Measure::Facts, |_| 0.8));
        assert_eq!((result.paired, result.only_subject, result.only_other), (80, 10, 20));
        assert_eq!(result.passing.agreeing, 80);
        let facts = &result.differences[0];
        assert_eq!(facts.mean.known().unwrap().n(), 80);
        assert_eq!(facts.equivalence.map(|it| it.verdict), Some(Verdict::Equivalent));
    }

    #[test]
    fn less_of_what_is_bad_is_better() {
        let wave = |id: u32| f64::from(id % 4) / 100.0;
        let less = rows(0..80, Measure::AtomsInvented, wave);
        let more = rows(0..80, Measure::AtomsInvented, |id| 0.3 + wave(id + 1));
        let verdict = |it: &Comparison| it.differences[0].equivalence.map(|it| it.verdict);
        assert_eq!(verdict(&compared(&less, &more)), Some(Verdict::Better));
        assert_eq!(verdict(&compared(&more, &less)), Some(Verdict::Worse));
        let shorter = rows(0..80, Measure::Ratio, |id| 0.5 + wave(id));
        assert_eq!(verdict(&compared(&shorter, &shorter)), None, "a ratio is no quality");
    }

    #[test]
    fn several_tests_are_adjusted_together() {
        let ours = rows(0..12, Measure::Facts, |id| 0.5 + f64::from(id) / 1000.0);
        let mut all = [compared(&ours, &rows(0..12, Measure::Facts, |_| 0.4)), compared(&ours, &ours)];
        adjust(&mut all);
        let facts = &all[0].differences[0];
        let (p, adjusted) = (facts.p.unwrap(), facts.adjusted_p.unwrap());
        assert!((adjusted - 2.0 * p).abs() < 1e-12, "{p} {adjusted}");
    }
}
