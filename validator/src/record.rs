//! What is known of one example, and of the run that it belongs to: what is saved, resumed, compared and shown.
//!
//! A run folder holds `run.json`, a [`Run`], and `examples.jsonl`, an [`Example`] a line, in the order in which they were
//! finished.
//!
//! Invariants
//! - what was written is read back as it was (`tests::an_example_reads_back_as_it_was`);
//! - what a later version adds is no reason not to read an older line (`tests::a_bare_line_is_an_example`);
//! - no key of a provider is in a record.
//!
//! Deliberately absent: how anything is measured (`metric`), and what passes (`gate`).

mod answer;
mod measure;
mod run;

use serde::{Deserialize, Serialize};

use compressor::atoms::Category;
use compressor::domain::Domain;

pub use answer::{Answer, Judgement, Reply, Vote};
pub use measure::{Measure, Measures};
pub use run::{Data, Model, Run, Thresholds, Version};

/// A text, its shorter form by one system, and all that was found out about the two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Names the text within the data: its own id, or `line 12`. The same text has the same id under every system.
    pub id: String,
    /// The document that the text was taken from: texts of one document are not independent of each other.
    pub document: String,
    /// Which compressor or baseline made the shorter form; `pairs` where it came with the data.
    pub system: String,
    /// Prose, code or both.
    pub domain: Domain,
    /// The language of code, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What the text is for: a question about it, if the data has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The original.
    pub verbose: String,
    /// The shorter form.
    pub compressed: String,
    /// Sizes by the tokenizer of the run.
    pub tokens: Tokens,
    /// What was measured of the texts alone. A measure that does not apply is not there.
    #[serde(default)]
    pub measures: Measures,
    /// Atoms of the original that the shorter form lacks, in order.
    #[serde(default)]
    pub lost: Vec<Piece>,
    /// Atoms of the shorter form with words that the original lacks, in order.
    #[serde(default)]
    pub invented: Vec<Piece>,
    /// What models answered; none in a run without providers.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// Whether it passed every gate, over all models.
    pub verdict: Verdict,
    /// What a person should know, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Sizes of original and shorter form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Tokens of the original.
    pub before: usize,
    /// Tokens of the shorter form.
    pub after: usize,
}

impl Tokens {
    /// Tokens after / tokens before; 1 for an empty text.
    #[must_use]
    pub fn ratio(self) -> f64 {
        if self.before == 0 { 1.0 } else { self.after as f64 / self.before as f64 }
    }
}

/// An atom as it stood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Piece {
    /// What it is.
    pub category: Category,
    /// Its text.
    pub text: String,
}

/// Whether something passed, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether every active gate was passed.
    pub passed: bool,
    /// A sentence for each gate that was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

impl Verdict {
    /// Passed, unless there is a reason why not.
    #[must_use]
    pub fn of(reasons: Vec<String>) -> Self {
        Self { passed: reasons.is_empty(), reasons }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    pub(crate) use run::tests::run;

    pub(crate) fn example(id: &str) -> Example {
        let reply = Reply {
            text: "504".to_owned(),
            input_tokens: 812,
            output_tokens: 3,
            cost_usd: 0.0021,
            milliseconds: 412.5,
            cached: true,
        };
        Example {
            id: id.to_owned(),
            document: "incident".to_owned(),
            system: "balanced".to_owned(),
            domain: Domain::Nl,
            language: None,
            question: Some("Which status was answered?".to_owned()),
            verbose: "It answered with status 504.".to_owned(),
            compressed: "status 504".to_owned(),
            tokens: Tokens { before: 6, after: 2 },
            measures: Measures::from([(Measure::Ratio, 2.0 / 6.0), (Measure::AtomsKept, 1.0)]),
            lost: vec![Piece { category: Category::ErrorLine, text: "error: x".to_owned() }],
            invented: Vec::new(),
            answers: vec![Answer {
                model: "anthropic/claude".to_owned(),
                task: "question answering".to_owned(),
                verbose: reply.clone(),
                compressed: reply.clone(),
                again: Some(reply),
                measures: Measures::from([(Measure::Equivalence, 0.93)]),
                judgement: Some(Judgement {
                    equivalence: 1.0,
                    votes: vec![Vote {
                        judge: "openai/gpt".to_owned(),
                        equivalence: 1.0,
                        missing: Vec::new(),
                        added: vec!["a name".to_owned()],
                        agrees_with_itself: Some(true),
                        cost_usd: 0.001,
                    }],
                }),
                verdict: Verdict::of(Vec::new()),
            }],
            verdict: Verdict::of(vec!["facts 0.40 < 0.55".to_owned()]),
            notes: Vec::new(),
        }
    }

    #[test]
    fn an_example_reads_back_as_it_was() {
        let example = example("line 1");
        let line = serde_json::to_string(&example).expect("an example is JSON");
        assert_eq!(serde_json::from_str::<Example>(&line).expect("it reads back"), example);
    }

    #[test]
    fn a_bare_line_is_an_example() {
        let line = r#"{"id": "1", "document": "1", "system": "pairs", "domain": "code", "verbose": "a", "compressed": "b",
            "tokens": {"before": 1, "after": 1}, "verdict": {"passed": true}, "of a later version": 1}"#;
        let example: Example = serde_json::from_str(line).expect("it reads");
        assert!(example.verdict.passed && example.answers.is_empty() && example.measures.is_empty());
    }
}
