//! Thresholds -> a verdict with reasons.
//!
//! A pair passes if the least value over all models passes at every gate. Where no model was asked, the texts themselves stand
//! in for the answers. A gate whose measure is not there is not active: syntax trees of prose, facts of code, a judge nobody
//! asked. Equivalence is, as in the published harness, the cosine for prose and the mean of syntax trees and cosine for code;
//! with judges it is 0.6 of what they say and 0.4 of that.
//!
//! Invariants
//! - each gate that was not passed is told with its value and its threshold (`tests::each_gate_says_what_it_saw`);
//! - one model that fails is enough to fail (`tests::the_least_of_all_models_counts`).

use compressor::domain::Domain;

use crate::record::{Answer, Measure, Measures, Thresholds, Verdict};

/// How much of the equivalence is the judges'.
const JUDGE: f64 = 0.6;

/// How alike two texts or answers are, of what was measured of them; `None` if no cosine was.
#[must_use]
pub fn equivalence(domain: Domain, measures: &Measures) -> Option<f64> {
    let get = |measure: Measure| measures.get(&measure).copied();
    // The model reads the beginning of a long text: where all of it was looked at, that is what counts.
    let cosine = get(Measure::CosineWhole).or(get(Measure::Cosine))?;
    let alike = match get(Measure::Ast).filter(|_| domain == Domain::Code) {
        Some(ast) => f64::midpoint(ast, cosine),
        None => cosine,
    };
    Some(get(Measure::Judge).map_or(alike, |judge| JUDGE * judge + (1.0 - JUDGE) * alike))
}

/// Whether measures pass every gate that is active.
#[must_use]
pub fn verdict(measures: &Measures, thresholds: &Thresholds) -> Verdict {
    let gates = [
        (Measure::Equivalence, thresholds.equivalence),
        (Measure::Cosine, thresholds.embedding),
        (Measure::CosineWhole, thresholds.embedding),
        (Measure::Facts, thresholds.facts),
        (Measure::Judge, thresholds.judge),
    ];
    let missed = gates.into_iter().filter_map(|(measure, least)| {
        let value = *measures.get(&measure)?;
        // Rounded down, so that 0.7196 is not told as 0.720 < 0.72.
        let told = (value * 1000.0).floor() / 1000.0;
        (value < least).then(|| format!("{} {told:.3} < {least}", measure.title()))
    });
    Verdict::of(missed.collect())
}

/// The verdict over all models, or over the texts where no model was asked.
#[must_use]
pub fn over_all(texts: &Measures, answers: &[Answer], thresholds: &Thresholds) -> Verdict {
    if answers.is_empty() {
        return verdict(texts, thresholds);
    }
    let told = |answer: &Answer| -> Vec<String> {
        answer.verdict.reasons.iter().map(|reason| format!("{}: {reason}", answer.model)).collect()
    };
    Verdict::of(answers.iter().flat_map(told).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::example;

    #[test]
    fn each_gate_says_what_it_saw() {
        let mut measures = Measures::from([(Measure::Cosine, 0.7196), (Measure::Facts, 0.4)]);
        let value = equivalence(Domain::Nl, &measures).expect("a cosine is there");
        measures.insert(Measure::Equivalence, value);
        let verdict = verdict(&measures, &Thresholds::PUBLISHED);
        assert_eq!(verdict.reasons, ["equivalence 0.719 < 0.72", "facts 0.400 < 0.55"]);
    }

    #[test]
    fn code_is_half_tree_and_half_cosine_and_judges_have_the_larger_part() {
        let near = |value: Option<f64>, expected: f64| {
            assert!(value.is_some_and(|value| (value - expected).abs() < 1e-12), "{value:?}, not {expected}");
        };
        let mut measures = Measures::from([(Measure::Cosine, 0.8), (Measure::Ast, 0.4)]);
        near(equivalence(Domain::Code, &measures), 0.6);
        near(equivalence(Domain::Nl, &measures), 0.8);
        measures.insert(Measure::Judge, 1.0);
        near(equivalence(Domain::Code, &measures), 0.6 + 0.4 * 0.6);
        measures.insert(Measure::CosineWhole, 0.2);
        near(equivalence(Domain::Nl, &measures), 0.6 + 0.4 * 0.2);
        assert_eq!(equivalence(Domain::Nl, &Measures::new()), None);
    }

    #[test]
    fn the_least_of_all_models_counts() {
        let passes = example("a").answers[0].clone();
        let fails = Answer {
            model: "openai/gpt".to_owned(),
            verdict: Verdict::of(vec!["judge 0.500 < 0.75".to_owned()]),
            ..passes.clone()
        };
        let bad_texts = Measures::from([(Measure::Facts, 0.1)]);
        let thresholds = Thresholds::PUBLISHED;
        assert!(!over_all(&bad_texts, &[], &thresholds).passed);
        assert!(over_all(&bad_texts, std::slice::from_ref(&passes), &thresholds).passed);
        assert_eq!(over_all(&bad_texts, &[passes, fails], &thresholds).reasons, ["openai/gpt: judge 0.500 < 0.75"]);
    }
}
