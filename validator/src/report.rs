//! The report of a run: what was found, with intervals, for a terminal, a program and a browser.
//!
//! Invariants
//! - every figure has its interval and its number of examples (`figure::tests::no_figure_is_a_bare_number`);
//! - text of the examples cannot act in the page (`page::tests::hostile_text_stays_text`);
//! - the page asks for nothing from anywhere (`page::tests::the_page_needs_no_network`);
//! - the same run gives the same report (`tests::the_same_run_gives_the_same_report`).
//!
//! Deliberately absent: a single grade. What is good enough is said by the thresholds and the margin of the run.

pub(crate) mod against;
pub(crate) mod costs;
pub(crate) mod figure;
pub(crate) mod gather;
pub(crate) mod limits;
pub(crate) mod page;
pub(crate) mod table;
pub(crate) mod worst;

use std::collections::BTreeMap;

use compressor::domain::Domain;
use serde::Serialize;

use against::Comparison;
use costs::Cost;
use figure::Figure;
use gather::{AnswerRow, Gathered, Row, domain_name, is_quality};

use crate::record::{Measure, Run};
use crate::stats::bootstrap::Resampling;
use crate::stats::noise_floor::{Relative, relative};
use crate::stats::sample::Sample;
use crate::stats::{LEVEL, StatsError};

/// Everything that the report says, as `report.json` has it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What the run was made with.
    pub run: Run,
    /// Where the generator of the bootstrap started.
    pub seed: u64,
    /// The confidence level of intervals, unless one says otherwise.
    pub level: f64,
    /// The system that is judged; the others stand beside it.
    pub subject: String,
    /// The measure that stands for the quality, if any was measured.
    pub quality: Option<Measure>,
    /// Examples of the run, over all systems.
    pub examples: usize,
    /// Documents that they are from.
    pub documents: usize,
    /// What was found about each system, the subject first.
    pub systems: Vec<SystemFigures>,
    /// The subject beside each other system.
    pub comparisons: Vec<Comparison>,
    /// What was found about the answers of each model, to texts of the subject.
    pub models: Vec<ModelFigures>,
    /// What asking took.
    pub costs: Vec<Cost>,
    /// What was not measured, and what the figures cannot say.
    pub limits: Vec<String>,
}

/// What was found about one system.
#[derive(Debug, Serialize)]
pub struct SystemFigures {
    /// Its name.
    pub system: String,
    /// Its examples.
    pub examples: usize,
    /// Over all domains.
    #[serde(flatten)]
    pub figures: Figures,
    /// By domain, where there are several.
    pub domains: BTreeMap<String, Figures>,
}

/// The figures of some examples.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// The share of examples that passed every gate.
    pub passed: Figure,
    /// Tokens after over tokens before, of all examples together.
    pub tokens: Figure,
    /// The share of examples that lost no atom.
    pub nothing_lost: Figure,
    /// Means of the measures; shares for those that are 0 or 1.
    pub measures: BTreeMap<Measure, Figure>,
}

/// What was found about the answers of one model.
#[derive(Debug, Serialize)]
pub struct ModelFigures {
    /// Provider and model.
    pub model: String,
    /// The share of answers that passed.
    pub passed: Figure,
    /// Means of the measures.
    pub measures: BTreeMap<Measure, Figure>,
    /// Equivalence beside how alike two answers to the full text are, where it was asked twice.
    pub relative: Option<Relative>,
}

impl Report {
    /// Computes all figures.
    #[must_use]
    pub fn of(run: Run, gathered: &Gathered, subject: usize, seed: u64) -> Self {
        let resampling = Resampling::seeded(seed);
        let order = std::iter::once(subject).chain((0..gathered.systems.len()).filter(|it| *it != subject));
        let systems: Vec<SystemFigures> = order
            .filter(|&system| gathered.of(system).next().is_some())
            .map(|system| system_figures(gathered, system, resampling))
            .collect();
        let name = gathered.systems.get(subject).cloned().unwrap_or_default();
        let mut comparisons: Vec<Comparison> = (0..gathered.systems.len())
            .filter(|&it| it != subject && gathered.of(it).next().is_some())
            .map(|it| {
                let other = (gathered.systems[it].as_str(), gathered.of(it));
                against::compare((&name, gathered.of(subject)), other, run.delta, resampling)
            })
            .collect();
        against::adjust(&mut comparisons);
        let models = gathered.answers.iter().filter_map(|(model, rows)| {
            let rows: Vec<&AnswerRow> = rows.iter().filter(|row| row.system == subject).collect();
            (!rows.is_empty()).then(|| model_figures(model, &rows, run.delta, resampling))
        });
        let mut documents: Vec<&str> = gathered.rows.iter().map(|row| row.document.as_str()).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut report = Report {
            seed,
            level: LEVEL,
            subject: name,
            quality: gathered.quality(),
            examples: gathered.rows.len(),
            documents: documents.len(),
            systems,
            comparisons,
            models: models.collect(),
            costs: gathered.calls.iter().map(|(model, calls)| calls.cost(model, resampling)).collect(),
            limits: Vec::new(),
            run,
        };
        report.limits = limits::limits(&report, gathered);
        report
    }

    /// The figures of the subject.
    #[must_use]
    pub fn subject(&self) -> Option<&SystemFigures> {
        self.systems.iter().find(|it| it.system == self.subject)
    }

    /// The measures of quality that some system has, in the order of tables.
    #[must_use]
    pub fn qualities(&self) -> Vec<Measure> {
        let has = |measure: &Measure| self.systems.iter().any(|system| system.figures.measures.contains_key(measure));
        Measure::ALL.into_iter().filter(|measure| is_quality(*measure) && has(measure)).collect()
    }
}

fn system_figures(gathered: &Gathered, system: usize, resampling: Resampling) -> SystemFigures {
    let mut domains = BTreeMap::new();
    for domain in [Domain::Nl, Domain::Code, Domain::Mixed] {
        let rows = gathered.of(system).filter(move |row| row.domain == domain);
        let count = rows.clone().count();
        if count > 0 && count < gathered.of(system).count() {
            domains.insert(domain_name(domain).to_owned(), figures(&rows, resampling));
        }
    }
    SystemFigures {
        system: gathered.systems[system].clone(),
        examples: gathered.of(system).count(),
        figures: figures(&gathered.of(system), resampling),
        domains,
    }
}

fn figures<'a>(rows: &(impl Iterator<Item = &'a Row> + Clone), resampling: Resampling) -> Figures {
    let measures = Measure::ALL.into_iter().filter_map(|measure| {
        let values = rows.clone().filter_map(move |row| Some((row.document.as_str(), *row.measures.get(&measure)?)));
        Some((measure, of_measure(measure, values, resampling)?))
    });
    Figures {
        passed: Figure::share(rows.clone().map(|row| (row.document.as_str(), row.passed))),
        tokens: Figure::ratio(
            rows.clone().map(|row| (row.document.as_str(), row.tokens.after as f64, row.tokens.before as f64)),
            resampling,
        ),
        nothing_lost: Figure::share(rows.clone().map(|row| (row.document.as_str(), row.lost == 0))),
        measures: measures.collect(),
    }
}

/// The figure of a measure; none where no example has it. Times have no useful mean: theirs is the median.
fn of_measure<'a>(
    measure: Measure,
    values: impl Iterator<Item = (&'a str, f64)> + Clone,
    resampling: Resampling,
) -> Option<Figure> {
    values.clone().next()?;
    Some(if measure.is_yes_or_no() {
        Figure::share(values.map(|(document, value)| (document, value > 0.5)))
    } else if measure == Measure::CompressionMilliseconds {
        Figure::quantile(values, 0.5, resampling)
    } else {
        Figure::mean(values, resampling)
    })
}

fn model_figures(model: &str, rows: &[&AnswerRow], delta: f64, resampling: Resampling) -> ModelFigures {
    let measures = Measure::ALL.into_iter().filter_map(|measure| {
        let values = rows.iter().filter_map(|row| Some((row.document.as_str(), *row.measures.get(&measure)?)));
        Some((measure, of_measure(measure, values, resampling)?))
    });
    ModelFigures {
        model: model.to_owned(),
        passed: Figure::share(rows.iter().map(|row| (row.document.as_str(), row.passed))),
        measures: measures.collect(),
        relative: beside_the_floor(rows, delta, resampling).ok(),
    }
}

fn beside_the_floor(rows: &[&AnswerRow], delta: f64, resampling: Resampling) -> Result<Relative, StatsError> {
    let both = || rows.iter().filter(|row| row.measures.contains_key(&Measure::NoiseFloor));
    let sample = |measure: Measure| {
        let has_both = both().filter(|row| row.measures.contains_key(&Measure::Equivalence));
        Sample::new(has_both.map(|row| (row.document.as_str(), row.measures[&measure])))
    };
    relative(&sample(Measure::Equivalence)?, &sample(Measure::NoiseFloor)?, delta, resampling)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
pub(crate) mod tests {
    use super::*;
    use crate::record::tests::{example, run};
    use crate::record::{Example, Measures, Piece, Tokens, Verdict};

    /// Examples of a run of two systems, some of them with answers.
    pub(crate) fn examples(count: u32) -> Vec<Example> {
        let mut all = Vec::new();
        for index in 0..count {
            for (system, factor) in [("balanced", 0.9), ("truncate", 0.6)] {
                let mut it = example(&format!("text {index}"));
                it.system = system.to_owned();
                it.document = format!("document {}", index / 2);
                it.domain = if index % 3 == 0 { Domain::Code } else { Domain::Nl };
                it.tokens = Tokens { before: 100, after: 55 + index as usize % 9 };
                let quality = factor + f64::from(index * 7 % 10) / 100.0;
                it.measures = Measures::from([
                    (Measure::Ratio, it.tokens.ratio()),
                    (Measure::Cosine, quality),
                    (Measure::AtomsKept, if system == "balanced" { 1.0 } else { quality }),
                    (Measure::CompressionMilliseconds, f64::from(index % 13)),
                ]);
                it.verdict = Verdict { passed: quality > 0.62, reasons: Vec::new() };
                if system == "balanced" {
                    it.lost.clear();
                }
                it.answers[0].measures.insert(Measure::Equivalence, quality);
                it.answers[0].measures.insert(Measure::NoiseFloor, 0.95 + f64::from(index % 3) / 100.0);
                all.push(it);
            }
        }
        if let Some(first) = all.first_mut() {
            first.lost =
                vec![Piece { category: compressor::atoms::Category::Number, text: "</script><b>504</b>".to_owned() }];
        }
        all
    }

    pub(crate) fn gathered(examples: Vec<Example>) -> Gathered {
        let mut gathered = Gathered::new(&["balanced".to_owned(), "truncate".to_owned()]);
        for example in examples {
            gathered.add(example);
        }
        gathered
    }

    pub(crate) fn report(count: u32) -> (Report, Gathered) {
        let gathered = gathered(examples(count));
        let models = vec!["anthropic/claude".to_owned()];
        let run = Run { models, judges: vec!["openai/gpt".to_owned()], ..run() };
        (Report::of(run, &gathered, 0, 1), gathered)
    }

    #[test]
    fn the_same_run_gives_the_same_report() {
        let as_json = || serde_json::to_string(&report(40).0).unwrap();
        assert_eq!(as_json(), as_json());
    }

    #[test]
    fn what_was_found_is_in_the_report() {
        let (report, _) = report(60);
        assert_eq!((report.examples, report.documents, report.subject.as_str()), (120, 30, "balanced"));
        assert_eq!(report.quality, Some(Measure::Equivalence));
        let subject = report.subject().unwrap();
        assert_eq!(subject.domains.keys().collect::<Vec<_>>(), ["code", "prose"]);
        let known = subject.figures.measures[&Measure::AtomsKept];
        assert!((known.known().unwrap().value() - 1.0).abs() < 1e-12);
        assert_eq!(report.comparisons.len(), 1);
        assert_eq!(report.comparisons[0].paired, 60);
        let relative = report.models[0].relative.unwrap();
        assert!(relative.relative.high() < 1.0, "{relative:?}");
        assert_eq!(report.costs[0].total.calls, 360);
    }

    #[test]
    fn a_run_without_examples_has_a_report() {
        let report = Report::of(run(), &Gathered::new(&["balanced".to_owned()]), 0, 1);
        assert_eq!((report.systems.len(), report.quality), (0, None));
        assert!(report.limits.iter().any(|it| it.contains("no example")), "{:?}", report.limits);
    }
}
