//! What models answered, as a table: means by model and task.
//!
//! Invariants
//! - its size does not depend on how many examples there are.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::record::{Answer, Measure};

/// The columns, as far as anything was measured.
const MEASURES: [Measure; 5] =
    [Measure::Equivalence, Measure::NoiseFloor, Measure::Judge, Measure::Cosine, Measure::Facts];

/// Means of answers.
#[derive(Debug, Default)]
pub struct Answers {
    groups: BTreeMap<(String, String), Group>,
}

/// The answers of one model to one task.
#[derive(Debug, Default)]
struct Group {
    answers: usize,
    passed: usize,
    votes: usize,
    steady: usize,
    sums: BTreeMap<Measure, (f64, usize)>,
}

impl Answers {
    /// Takes answers in.
    pub fn add(&mut self, answers: &[Answer]) {
        for answer in answers {
            let group = self.groups.entry((answer.model.clone(), answer.task.clone())).or_default();
            group.answers += 1;
            group.passed += usize::from(answer.verdict.passed);
            for vote in answer.judgement.iter().flat_map(|judgement| &judgement.votes) {
                group.votes += usize::from(vote.agrees_with_itself.is_some());
                group.steady += usize::from(vote.agrees_with_itself == Some(true));
            }
            for (&measure, value) in &answer.measures {
                let sum = group.sums.entry(measure).or_default();
                *sum = (sum.0 + value, sum.1 + 1);
            }
        }
    }

    /// The table in Markdown; nothing where no model was asked.
    pub fn table(&self) -> String {
        if self.groups.is_empty() {
            return String::new();
        }
        let measured = |measure: &Measure| self.groups.values().any(|group| group.sums.contains_key(measure));
        let measures: Vec<Measure> = MEASURES.into_iter().filter(measured).collect();
        let judged = self.groups.values().any(|group| group.votes > 0);
        let mut out = String::from("\n| model | task | n | pass |");
        for measure in &measures {
            let _ = write!(out, " {} |", measure.title());
        }
        out += if judged { " judges agree with themselves |" } else { "" };
        let _ = write!(out, "\n|---|---|---|---|{}", "---|".repeat(measures.len() + usize::from(judged)));
        for ((model, task), group) in &self.groups {
            let percent = |part: usize, of: usize| part as f64 * 100.0 / of as f64;
            let pass = percent(group.passed, group.answers);
            let _ = write!(out, "\n| {model} | {task} | {} | {pass:.1} % |", group.answers);
            for measure in &measures {
                let _ = match group.sums.get(measure) {
                    Some((sum, count)) => write!(out, " {:.3} |", sum / *count as f64),
                    None => write!(out, " |"),
                };
            }
            let _ = match (judged, group.votes) {
                (false, _) => Ok(()),
                (true, 0) => write!(out, " |"),
                (true, votes) => write!(out, " {:.1} % |", percent(group.steady, votes)),
            };
        }
        out + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::example;

    #[test]
    fn means_are_by_model_and_task() {
        let mut answers = Answers::default();
        assert_eq!(answers.table(), "");
        let first = example("a").answers;
        let mut second = first.clone();
        for answer in &mut second {
            answer.measures.insert(Measure::Equivalence, 0.5);
            answer.measures.insert(Measure::NoiseFloor, 1.0);
        }
        answers.add(&first);
        answers.add(&second);
        expect_test::expect![[r"

            | model | task | n | pass | equivalence | noise floor | judges agree with themselves |
            |---|---|---|---|---|---|---|
            | anthropic/claude | question answering | 2 | 100.0 % | 0.715 | 1.000 | 100.0 % |
        "]]
        .assert_eq(&answers.table());
    }
}
