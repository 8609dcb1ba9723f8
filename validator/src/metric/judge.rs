//! What other models say of two answers: how alike they are, and which facts only one of them has.
//!
//! Each judge is asked twice, with the answers in either order, since models prefer the one that stands first (Zheng et al.,
//! "Judging LLM-as-a-Judge", `NeurIPS` 2023). Its vote is the mean of the two, and it agrees with itself if both fall on the same
//! side of the threshold. Of several judges the lower median counts, so that a strict majority must pass.
//!
//! Invariants
//! - the order of the answers cancels out (`tests::a_judge_that_prefers_the_first_is_heard_evenly`);
//! - a verdict is of the strict form or none: nothing is guessed from prose (`tests::what_is_no_verdict_is_none`);
//! - judges are heard by majority (`tests::a_strict_majority_must_pass`).
//!
//! Deliberately absent: asking (`interview`).

use serde::Deserialize;
use serde_json::json;

use crate::provider::{ModelName, Request, Schema};
use crate::record::{Judgement, Vote};

/// The version of the prompt.
pub const VERSION: &str = "judge-1";

/// What requests to judges are called in estimates.
pub const KIND: &str = "judge";

const SYSTEM: &str = "You compare two answers to the same question and say how alike they are in what they tell a reader. \
    Words, order, length and style do not count. What counts is what is claimed: names, numbers, units, conditions, \
    negations, causes; of code, what it does. You answer with JSON alone.";

const RUBRIC: &str = "Give `equivalence` from 0 to 100: 100 where a reader of either knows and does the same; 75 where only \
    details differ on which nothing depends; 50 where something that matters is missing from one; 25 where they share \
    their subject alone; 0 where they contradict each other or have nothing in common. In `only_first` list the facts that \
    only the first answer tells, in `only_second` those that only the second tells, a few words each, the weightiest first, \
    at most eight.";

/// What a judge said, asked once.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// From 0 to 100.
    equivalence: f64,
    only_first: Vec<String>,
    only_second: Vec<String>,
}

/// The request to a judge.
#[must_use]
pub fn request(judge: &ModelName, question: &str, first: &str, second: &str) -> Request {
    let facts = json!({"type": "array", "items": {"type": "string"}});
    let schema = json!({
        "type": "object",
        "properties": {"only_first": facts, "only_second": facts, "equivalence": {"type": "integer"}},
        "required": ["only_first", "only_second", "equivalence"],
        "additionalProperties": false
    });
    Request {
        model: judge.clone(),
        system: SYSTEM.to_owned(),
        user: format!(
            "<question>\n{question}\n</question>\n\n<first>\n{first}\n</first>\n\n<second>\n{second}\n</second>\n\n{RUBRIC}"
        ),
        max_tokens: 800,
        schema: Some(Schema { name: "verdict", schema }),
        sample: 0,
        prompt_version: VERSION,
        kind: KIND,
        expected_tokens: 90,
    }
}

/// Reads what a judge said; `None` if it is no verdict.
#[must_use]
pub fn read(text: &str) -> Option<Opinion> {
    let opinion: Opinion = serde_json::from_str(text.trim()).ok()?;
    (0.0..=100.0).contains(&opinion.equivalence).then_some(opinion)
}

/// The vote of a judge that was asked about original and shorter form (`forward`), and the other way round (`backward`).
#[must_use]
pub fn vote(judge: String, forward: Opinion, backward: Opinion, threshold: f64, cost_usd: f64) -> Vote {
    let [one, two] = [&forward, &backward].map(|opinion| opinion.equivalence / 100.0);
    Vote {
        judge,
        equivalence: f64::midpoint(one, two),
        missing: without_repetition(forward.only_first, backward.only_second),
        added: without_repetition(forward.only_second, backward.only_first),
        agrees_with_itself: Some((one >= threshold) == (two >= threshold)),
        cost_usd,
    }
}

fn without_repetition(one: Vec<String>, other: Vec<String>) -> Vec<String> {
    let mut all = one;
    for fact in other {
        if !all.iter().any(|known| known.eq_ignore_ascii_case(&fact)) {
            all.push(fact);
        }
    }
    all
}

/// What the judges say together; `None` if none gave a verdict.
#[must_use]
pub fn majority(votes: Vec<Vote>) -> Option<Judgement> {
    let mut sorted: Vec<f64> = votes.iter().map(|vote| vote.equivalence).collect();
    sorted.sort_by(f64::total_cmp);
    let equivalence = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    Some(Judgement { equivalence, votes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(equivalence: f64, only_first: &[&str], only_second: &[&str]) -> Opinion {
        let owned = |facts: &[&str]| facts.iter().map(|fact| (*fact).to_owned()).collect();
        Opinion { equivalence, only_first: owned(only_first), only_second: owned(only_second) }
    }

    #[test]
    fn a_judge_that_prefers_the_first_is_heard_evenly() {
        let forward = opinion(90.0, &["the port"], &[]);
        let backward = opinion(60.0, &["a guess"], &["The port", "the date"]);
        let heard = vote("a/b".to_owned(), forward.clone(), backward.clone(), 0.75, 0.1);
        assert!((heard.equivalence - 0.75).abs() < 1e-12);
        assert_eq!(heard.missing, ["the port", "the date"]);
        assert_eq!(heard.added, ["a guess"]);
        assert_eq!(heard.agrees_with_itself, Some(false));
        let swapped = vote("a/b".to_owned(), backward, forward, 0.75, 0.1);
        assert!((swapped.equivalence - heard.equivalence).abs() < 1e-12);
        assert_eq!(swapped.added, ["The port", "the date"]);
    }

    #[test]
    fn what_is_no_verdict_is_none() {
        let good = r#"{"only_first": [], "only_second": ["x"], "equivalence": 80}"#;
        assert_eq!(read(good), Some(opinion(80.0, &[], &["x"])));
        assert_eq!(read(&format!("\n{good}\n")), read(good));
        for nothing in [
            "",
            "80",
            "They are alike: 80",
            r#"{"equivalence": 80}"#,
            r#"{"only_first": [], "only_second": [], "equivalence": 101}"#,
            r#"{"only_first": [], "only_second": [], "equivalence": null}"#,
            r#"{"only_first": [], "only_second": ["#,
        ] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_strict_majority_must_pass() {
        let votes = |values: &[f64]| -> Vec<Vote> {
            let of =
                |value: &f64| vote("a/b".to_owned(), opinion(*value, &[], &[]), opinion(*value, &[], &[]), 0.75, 0.0);
            values.iter().map(of).collect()
        };
        let passes = |values: &[f64]| majority(votes(values)).map(|it| it.equivalence >= 0.75);
        assert_eq!(passes(&[]), None);
        assert_eq!(passes(&[80.0]), Some(true));
        assert_eq!(passes(&[80.0, 50.0]), Some(false));
        assert_eq!(passes(&[10.0, 80.0, 90.0]), Some(true));
        assert_eq!(passes(&[10.0, 20.0, 90.0]), Some(false));
        assert_eq!(passes(&[10.0, 20.0, 80.0, 90.0]), Some(false));
    }
}
