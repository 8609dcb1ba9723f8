//! What a run has found so far, as a table: means by system and domain.
//!
//! Invariants
//! - its size does not depend on how many examples there are.

mod answers;

use std::collections::BTreeMap;
use std::fmt::Write;

use answers::Answers;
use compressor::domain::Domain;

use crate::record::{Example, Measure};

/// What was found.
#[derive(Debug, Default)]
pub struct Summary {
    /// In the order of tables; the first is the examined one.
    systems: Vec<String>,
    /// By the number of the system.
    groups: BTreeMap<(usize, Domain), Group>,
    answers: Answers,
    /// Rows that were passed over.
    pub broken: usize,
}

/// The examples of one system and domain.
#[derive(Debug, Default)]
struct Group {
    examples: usize,
    passed: usize,
    tokens: [usize; 2],
    sums: BTreeMap<Measure, (f64, usize)>,
}

impl Summary {
    /// Nothing yet, of these systems.
    pub fn new(systems: Vec<String>) -> Self {
        Self { systems, ..Self::default() }
    }

    /// Takes an example in.
    pub fn add(&mut self, example: &Example) {
        self.answers.add(&example.answers);
        let known = self.systems.iter().position(|system| *system == example.system);
        let system = known.unwrap_or_else(|| {
            self.systems.push(example.system.clone());
            self.systems.len() - 1
        });
        let group = self.groups.entry((system, example.domain)).or_default();
        group.examples += 1;
        group.passed += usize::from(example.verdict.passed);
        group.tokens[0] += example.tokens.before;
        group.tokens[1] += example.tokens.after;
        for (&measure, value) in &example.measures {
            let sum = group.sums.entry(measure).or_default();
            *sum = (sum.0 + value, sum.1 + 1);
        }
    }

    /// The share of the examined system's examples that passed; 1 of none.
    pub fn pass_share(&self) -> f64 {
        let (mut examples, mut passed) = (0_usize, 0_usize);
        for (_, group) in self.groups.iter().filter(|((system, _), _)| *system == 0) {
            examples += group.examples;
            passed += group.passed;
        }
        if examples == 0 { 1.0 } else { passed as f64 / examples as f64 }
    }

    /// A few words for the progress.
    pub fn remark(&self) -> String {
        format!("{:.1} % pass", self.pass_share() * 100.0)
    }

    /// The table, in Markdown.
    pub fn table(&self) -> String {
        let measured = |measure: &Measure| self.groups.values().any(|group| group.sums.contains_key(measure));
        let measures: Vec<Measure> = Measure::ALL.into_iter().filter(measured).collect();
        let mut out = String::from("| system | domain | n | pass | tokens |");
        for measure in &measures {
            let _ = write!(out, " {} |", measure.title());
        }
        let _ = write!(out, "\n|---|---|---|---|---|{}", "---|".repeat(measures.len()));
        for (&(system, domain), group) in &self.groups {
            let system = &self.systems[system];
            let [before, after] = group.tokens;
            let domain = match domain {
                Domain::Nl => "prose",
                Domain::Code => "code",
                Domain::Mixed => "mixed",
            };
            let pass = group.passed as f64 * 100.0 / group.examples as f64;
            let _ = write!(out, "\n| {system} | {domain} | {} | {pass:.1} % | {before} -> {after} |", group.examples);
            for measure in &measures {
                match group.sums.get(measure) {
                    Some((sum, count)) => write!(out, " {:.3} |", sum / *count as f64),
                    None => write!(out, " |"),
                }
                .unwrap_or_default();
            }
        }
        out + "\n" + &self.answers.table()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::example;

    #[test]
    fn means_are_by_system_and_domain() {
        let mut summary = Summary::default();
        let mut other = example("b");
        other.verdict.passed = true;
        other.measures.insert(Measure::AtomsKept, 0.5);
        for mut example in [example("a"), other] {
            example.answers.clear();
            summary.add(&example);
        }
        let expected = "| system | domain | n | pass | tokens | ratio | atoms kept |\n\
            |---|---|---|---|---|---|---|\n\
            | balanced | prose | 2 | 50.0 % | 12 -> 4 | 0.333 | 0.750 |\n";
        assert_eq!(summary.table(), expected);
        assert_eq!(summary.remark(), "50.0 % pass");
    }
}
