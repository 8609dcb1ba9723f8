//! One pass over the examples of a run: the numbers of each, what the models cost, and the texts of the worst.
//!
//! Invariants
//! - texts are kept of the worst examples only, so that memory is that of the numbers
//!   (`worst::tests::only_the_worst_are_kept`).

use std::collections::BTreeMap;

use compressor::domain::Domain;

use super::costs::Calls;
use super::worst::Worst;
use crate::record::{Example, Measure, Measures, Tokens};

/// The examples of a run, without their texts.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Compressors and baselines, in the order of the run.
    pub systems: Vec<String>,
    /// A row for each example.
    pub rows: Vec<Row>,
    /// What was asked of each model, by name.
    pub calls: BTreeMap<String, Calls>,
    /// Measures of each model's answers, with the document of each.
    pub answers: BTreeMap<String, Vec<AnswerRow>>,
    /// The worst examples.
    pub worst: Worst,
}

/// The numbers of one example.
#[derive(Debug, Clone)]
pub struct Row {
    /// The text's name.
    pub id: String,
    /// The document's.
    pub document: String,
    /// Which of the systems.
    pub system: usize,
    /// Prose, code or both.
    pub domain: Domain,
    /// Sizes.
    pub tokens: Tokens,
    /// Whether every gate was passed.
    pub passed: bool,
    /// What was measured: of the texts, or the least good of all models' answers.
    pub measures: Measures,
    /// Atoms lost.
    pub lost: usize,
    /// Atoms invented.
    pub invented: usize,
}

/// The numbers of one answer.
#[derive(Debug, Clone)]
pub struct AnswerRow {
    /// Which of the systems.
    pub system: usize,
    /// The document of the example.
    pub document: String,
    /// What was measured of it.
    pub measures: Measures,
    /// Whether it passed.
    pub passed: bool,
}

/// What to go by where one measure must stand for the quality, the best evidence first.
const QUALITY: [Measure; 8] = [
    Measure::AnswerF1,
    Measure::ExactMatch,
    Measure::AnswerPresence,
    Measure::Equivalence,
    Measure::Judge,
    Measure::Cosine,
    Measure::Facts,
    Measure::AtomsKept,
];

/// The measure that stands for the quality of examples with those measures.
pub fn quality_of(measures: &Measures) -> Option<Measure> {
    QUALITY.into_iter().find(|measure| measures.contains_key(measure))
}

/// Whether a measure tells how good a text is, rather than how short or how fast.
pub fn is_quality(measure: Measure) -> bool {
    !matches!(measure, Measure::Ratio | Measure::Perplexity | Measure::CompressionMilliseconds | Measure::NoiseFloor)
}

/// What to call a domain.
pub fn domain_name(domain: Domain) -> &'static str {
    match domain {
        Domain::Nl => "prose",
        Domain::Code => "code",
        Domain::Mixed => "mixed",
    }
}

impl Gathered {
    /// Of a run with those systems; others are added as they come.
    #[must_use]
    pub fn new(systems: &[String]) -> Self {
        Gathered { systems: systems.to_vec(), ..Self::default() }
    }

    /// Takes an example in.
    pub fn add(&mut self, example: Example) {
        let system = self.systems.iter().position(|it| *it == example.system).unwrap_or_else(|| {
            self.systems.push(example.system.clone());
            self.systems.len() - 1
        });
        for answer in &example.answers {
            self.calls.entry(answer.model.clone()).or_default().add(&example.document, answer);
            self.answers.entry(answer.model.clone()).or_default().push(AnswerRow {
                system,
                document: example.document.clone(),
                measures: answer.measures.clone(),
                passed: answer.verdict.passed,
            });
        }
        let row = Row {
            id: example.id.clone(),
            document: example.document.clone(),
            system,
            domain: example.domain,
            tokens: example.tokens,
            passed: example.verdict.passed,
            measures: all_measures(&example),
            lost: example.lost.len(),
            invented: example.invented.len(),
        };
        self.worst.add(&row, example);
        self.rows.push(row);
    }

    /// The rows of one system.
    pub fn of(&self, system: usize) -> impl Iterator<Item = &Row> + Clone {
        self.rows.iter().filter(move |row| row.system == system)
    }

    /// The measures that some example has, in the order of tables.
    #[must_use]
    pub fn measures(&self) -> Vec<Measure> {
        Measure::ALL.into_iter().filter(|it| self.rows.iter().any(|row| row.measures.contains_key(it))).collect()
    }

    /// The measure that stands for the quality of most examples.
    #[must_use]
    pub fn quality(&self) -> Option<Measure> {
        let mut counts: BTreeMap<Measure, usize> = BTreeMap::new();
        for measure in self.rows.iter().filter_map(|row| quality_of(&row.measures)) {
            *counts.entry(measure).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(measure, _)| measure)
    }
}

/// Measures of the texts, and of the answers: as for the gates, the model that did worst counts.
fn all_measures(example: &Example) -> Measures {
    let mut all = Measures::new();
    for (&measure, &value) in example.answers.iter().flat_map(|answer| &answer.measures) {
        let worst = all.entry(measure).or_insert(value);
        *worst = if measure.is_better_low() { worst.max(value) } else { worst.min(value) };
    }
    // What is known of the answers says more than what is known of the texts.
    for (&measure, &value) in &example.measures {
        all.entry(measure).or_insert(value);
    }
    all.entry(Measure::Ratio).or_insert_with(|| example.tokens.ratio());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::example;

    #[test]
    fn the_model_that_did_worst_counts() {
        let mut two = example("a");
        let mut other = two.answers[0].clone();
        other.model = "openai/gpt".to_owned();
        other.measures.insert(Measure::Equivalence, 0.4);
        two.answers.push(other);
        let mut gathered = Gathered::new(&["identity".to_owned()]);
        gathered.add(two);
        assert_eq!(gathered.systems, ["identity", "balanced"]);
        assert!((gathered.rows[0].measures[&Measure::Equivalence] - 0.4).abs() < 1e-12);
        assert_eq!(gathered.quality(), Some(Measure::Equivalence));
        assert_eq!(gathered.answers.len(), 2);
    }
}
