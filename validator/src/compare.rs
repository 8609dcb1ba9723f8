//! Two runs on the same examples: whether the second is worse than the first.
//!
//! Invariants
//! - the verdict is that of a test at the margin: what is not shown not to be worse counts as worse
//!   (`tests::what_is_not_shown_counts_as_worse`);
//! - runs whose numbers cannot be compared are told apart by name (`tests::what_differs_between_runs_is_named`).

use std::collections::HashMap;
use std::fmt::Write;

use serde::Serialize;

use crate::record::{Measure, Run};
use crate::report::against::{self, Comparison};
use crate::report::gather::{Gathered, Row};
use crate::report::table::{aligned, difference, p_value};
use crate::stats::bootstrap::Resampling;

/// How many examples are listed that got worse.
const LISTED: usize = 10;

/// One system of a run.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its examples.
    pub gathered: &'a Gathered,
    /// Which of its systems.
    pub system: usize,
}

/// What the second run is beside the first.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// The measure that decides.
    pub measure: Measure,
    /// The margin.
    pub delta: f64,
    /// Whether the second is shown not to be worse than the first by the margin, in the measure that decides.
    pub not_worse: bool,
    /// Differences, second minus first.
    pub comparison: Comparison,
    /// The examples that got worse, the worst first.
    pub regressions: Vec<Regression>,
    /// What makes the comparison weaker.
    pub remarks: Vec<String>,
}

/// An example that got worse.
#[derive(Debug, Serialize)]
pub struct Regression {
    /// The text's name.
    pub id: String,
    /// By the measure that decides, in the first run.
    pub before: f64,
    /// In the second.
    pub after: f64,
    /// Whether it passed in the first run and in the second.
    pub passed: [bool; 2],
    /// Atoms lost in the first run and in the second.
    pub lost: [usize; 2],
}

/// Why two runs cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// They have no example in common.
    #[error("the runs have no example in common: {first} of the first and {second} of the second have other ids")]
    Apart {
        /// Examples of the first.
        first: usize,
        /// Examples of the second.
        second: usize,
    },
    /// No example that both have was measured so in both.
    #[error("no example has `{measure}` in both runs; there are {}", there.join(", "))]
    NotMeasured {
        /// What was asked for.
        measure: &'static str,
        /// What both have.
        there: Vec<&'static str>,
    },
}

/// Compares two runs; the measure that decides is the quality of the first unless another is named.
///
/// # Errors
/// [`CompareError`].
pub fn compare(
    first: Side<'_>,
    second: Side<'_>,
    measure: Option<Measure>,
    delta: f64,
    resampling: Resampling,
) -> Result<Outcome, CompareError> {
    let rows = |side: Side<'_>| side.gathered.of(side.system).count();
    let mut comparison = against::compare(
        ("second", second.gathered.of(second.system)),
        ("first", first.gathered.of(first.system)),
        delta,
        resampling,
    );
    against::adjust(std::slice::from_mut(&mut comparison));
    if comparison.paired == 0 {
        return Err(CompareError::Apart { first: rows(first), second: rows(second) });
    }
    let measure = measure.or_else(|| first.gathered.quality()).unwrap_or(Measure::AtomsKept);
    let decides = comparison.differences.iter().find(|it| it.measure == measure && it.equivalence.is_some());
    let Some(verdict) = decides.and_then(|it| it.equivalence).map(|it| it.verdict) else {
        let tested = comparison.differences.iter().filter(|it| it.equivalence.is_some());
        let there = tested.map(|it| it.measure.name()).collect();
        return Err(CompareError::NotMeasured { measure: measure.name(), there });
    };
    Ok(Outcome {
        measure,
        delta,
        not_worse: verdict.is_not_worse(),
        regressions: regressions(first, second, measure),
        remarks: remarks(first.run, second.run),
        comparison,
    })
}

/// The examples that got worse by a measure, the worst first.
fn regressions(first: Side<'_>, second: Side<'_>, measure: Measure) -> Vec<Regression> {
    let before: HashMap<&str, &Row> = first.gathered.of(first.system).map(|row| (row.id.as_str(), row)).collect();
    let sign = if measure.is_better_low() { -1.0 } else { 1.0 };
    let mut all: Vec<(f64, Regression)> = second
        .gathered
        .of(second.system)
        .filter_map(|row| {
            let earlier = before.get(row.id.as_str())?;
            let (old, new) = (*earlier.measures.get(&measure)?, *row.measures.get(&measure)?);
            let regression = Regression {
                id: row.id.clone(),
                before: old,
                after: new,
                passed: [earlier.passed, row.passed],
                lost: [earlier.lost, row.lost],
            };
            Some((sign * (new - old), regression))
        })
        .filter(|(gain, it)| *gain < 0.0 || it.lost[1] > it.lost[0] || (it.passed[0] && !it.passed[1]))
        .collect();
    all.sort_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| one.id.cmp(&other.id)));
    all.truncate(LISTED);
    all.into_iter().map(|(_, regression)| regression).collect()
}

fn remarks(first: &Run, second: &Run) -> Vec<String> {
    let mut remarks = Vec::new();
    let mut differ = |what: &str, differ: bool, consequence: &str| {
        if differ {
            remarks.push(format!("the runs have other {what}: {consequence}"));
        }
    };
    differ("data", first.data.sha256 != second.data.sha256, "only examples with the same id are compared");
    differ("tokenizers", first.tokenizer != second.tokenizer, "their ratios are not");
    differ("encoders", first.model != second.model, "where the encoder measures, it may be the encoder that differs");
    differ("prompts", first.prompt_version != second.prompt_version, "answers differ by more than the texts");
    differ("models", first.models != second.models, "answers differ by more than the texts");
    differ("judges", first.judges != second.judges, "what they say may differ by more than the answers");
    remarks
}

impl Outcome {
    /// For a terminal.
    #[must_use]
    pub fn tables(&self) -> String {
        let it = &self.comparison;
        let mut out = format!(
            "{} examples in both, {} only in the first, {} only in the second; differences are second minus first\n\n",
            it.paired, it.only_other, it.only_subject
        );
        let head = ["measure", "difference", "p", "p adjusted", &format!("verdict (delta {})", self.delta)];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        rows.extend(it.differences.iter().map(|row| difference(it, row).split_off(1)));
        let passing = &it.passing;
        rows.push(vec![
            "passed".to_owned(),
            format!("{} only second, {} only first, n={}", passing.only_first, passing.only_second, it.paired),
            p_value(Some(passing.exact_p)),
            String::new(),
            format!("McNemar, exact; mid-p {}", p_value(Some(passing.mid_p))),
        ]);
        out.push_str(&aligned(&rows));
        if !self.regressions.is_empty() {
            let _ = write!(out, "\nWorst regressions by {}\n\n", self.measure.title());
            let head = ["example", "first", "second", "passed", "atoms lost"];
            let mut rows = vec![head.map(str::to_owned).to_vec()];
            let passed = |passed: bool| if passed { "yes" } else { "no" };
            rows.extend(self.regressions.iter().map(|it| {
                vec![
                    it.id.clone(),
                    format!("{:.3}", it.before),
                    format!("{:.3}", it.after),
                    format!("{} -> {}", passed(it.passed[0]), passed(it.passed[1])),
                    format!("{} -> {}", it.lost[0], it.lost[1]),
                ]
            }));
            out.push_str(&aligned(&rows));
        }
        for remark in &self.remarks {
            let _ = write!(out, "\n- {remark}");
        }
        let shown = if self.not_worse { "is shown not to be worse" } else { "is not shown not to be worse" };
        let newline = if self.remarks.is_empty() { "\n" } else { "\n\n" };
        let _ = writeln!(out, "{newline}The second run {shown} by {} within {}.", self.measure.title(), self.delta);
        out
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::record::tests::run;
    use crate::report::tests::{examples, gathered};

    const QUICK: Resampling = Resampling { resamples: 400, seed: 1 };

    /// A run of texts whose measures are moved so far.
    fn moved(count: u32, by: impl Fn(usize) -> f64) -> Gathered {
        let mut all = examples(count);
        for (index, example) in all.iter_mut().enumerate() {
            for value in example.answers[0].measures.values_mut().chain(example.measures.values_mut()) {
                *value += by(index);
            }
        }
        gathered(all)
    }

    fn outcome(first: &Gathered, second: &Gathered) -> Result<Outcome, CompareError> {
        let run = run();
        let side = |gathered| Side { run: &run, gathered, system: 0 };
        compare(side(first), side(second), None, 0.05, QUICK)
    }

    #[test]
    fn what_is_not_shown_counts_as_worse() {
        let first = moved(60, |_| 0.0);
        assert!(outcome(&first, &moved(60, |index| (index % 5) as f64 / 1000.0)).unwrap().not_worse);
        assert!(!outcome(&first, &moved(60, |index| -0.1 - (index % 5) as f64 / 1000.0)).unwrap().not_worse);
        // So few that nothing is shown, though nothing differs.
        let few = moved(8, |_| 0.0);
        assert!(!outcome(&few, &few).unwrap().not_worse);
    }

    #[test]
    fn runs_without_common_examples_are_not_compared() {
        let mut others = examples(4);
        for example in &mut others {
            example.id.insert_str(0, "other ");
        }
        let error = outcome(&moved(3, |_| 0.0), &gathered(others)).unwrap_err();
        assert_eq!(error, CompareError::Apart { first: 3, second: 4 });
    }

    #[test]
    fn what_differs_between_runs_is_named() {
        let mut other = run();
        assert_eq!(remarks(&run(), &other), [] as [&str; 0]);
        other.tokenizer = "cl100k_base".to_owned();
        other.data.sha256 = "1".repeat(64);
        let remarks = remarks(&run(), &other);
        assert!(remarks[0].contains("other data") && remarks[1].contains("other tokenizers"), "{remarks:?}");
    }

    #[test]
    fn a_terminal_shows_what_got_worse() {
        let second = moved(60, |index| if index % 12 == 0 { -0.2 } else { 0.001 * (index % 3) as f64 });
        expect![[r"
            60 examples in both, 10 only in the first, 0 only in the second; differences are second minus first

            | measure        | difference                                   | p     | p adjusted | verdict (delta 0.05)        |
            |----------------|----------------------------------------------|-------|------------|-----------------------------|
            | ratio          | -0.032 [-0.052, -0.016] n=60 of 30 documents | 0.002 | 0.012      |                             |
            | equivalence    | -0.032 [-0.052, -0.016] n=60 of 30 documents | 0.002 | 0.012      | equivalent within delta     |
            | cosine         | -0.032 [-0.052, -0.016] n=60 of 30 documents | 0.002 | 0.012      | equivalent within delta     |
            | atoms kept     | -0.032 [-0.052, -0.016] n=60 of 30 documents | 0.002 | 0.012      | equivalent within delta     |
            | ms to compress | -0.032 [-0.052, -0.016] n=60 of 30 documents | 0.002 | 0.012      |                             |
            | passed         | 0 only second, 0 only first, n=60            | 1.000 |            | McNemar, exact; mid-p 1.000 |

            Worst regressions by equivalence

            | example | first | second | passed     | atoms lost |
            |---------|-------|--------|------------|------------|
            | text 0  | 0.900 | 0.700  | yes -> yes | 1 -> 1     |
            | text 12 | 0.940 | 0.740  | yes -> yes | 0 -> 0     |
            | text 30 | 0.900 | 0.700  | yes -> yes | 0 -> 0     |
            | text 36 | 0.920 | 0.720  | yes -> yes | 0 -> 0     |
            | text 42 | 0.940 | 0.740  | yes -> yes | 0 -> 0     |
            | text 6  | 0.920 | 0.720  | yes -> yes | 0 -> 0     |
            | text 18 | 0.960 | 0.760  | yes -> yes | 0 -> 0     |
            | text 24 | 0.980 | 0.780  | yes -> yes | 0 -> 0     |
            | text 48 | 0.960 | 0.760  | yes -> yes | 0 -> 0     |
            | text 54 | 0.980 | 0.780  | yes -> yes | 0 -> 0     |

            The second run is shown not to be worse by equivalence within 0.05.
        "]].assert_eq(&outcome(&moved(70, |_| 0.0), &second).unwrap().tables());
    }
}
