//! What the models took: calls, tokens, money and time.

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use crate::record::{Answer, Reply};
use crate::stats::bootstrap::Resampling;

/// Calls of one model, summed up; sums are facts of this run and no estimates.
#[derive(Debug, Clone, Default)]
pub struct Calls {
    total: Total,
    /// Milliseconds of the calls, each with the document that it was about.
    milliseconds: Vec<(String, f64)>,
}

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// Calls, those answered from the cache included.
    pub calls: u64,
    /// Calls that the cache answered.
    pub cached: u64,
    /// Tokens that went in.
    pub input_tokens: u64,
    /// Tokens that came out.
    pub output_tokens: u64,
    /// What the calls of this run cost, judges included.
    pub cost_usd: f64,
}

/// What one model took.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cost {
    /// Provider and model.
    pub model: String,
    /// The sums.
    #[serde(flatten)]
    pub total: Total,
    /// The median of the milliseconds of a call.
    pub median_milliseconds: Figure,
    /// Of 100 calls, 95 took so many milliseconds at most.
    pub p95_milliseconds: Figure,
}

impl Calls {
    /// Adds the calls of an answer.
    pub fn add(&mut self, document: &str, answer: &Answer) {
        for reply in [Some(&answer.verbose), Some(&answer.compressed), answer.again.as_ref()].into_iter().flatten() {
            self.add_reply(document, reply);
        }
        let votes = answer.judgement.iter().flat_map(|judgement| &judgement.votes);
        self.total.cost_usd += votes.map(|vote| vote.cost_usd).sum::<f64>();
    }

    fn add_reply(&mut self, document: &str, reply: &Reply) {
        self.total.calls += 1;
        self.total.cached += u64::from(reply.cached);
        self.total.input_tokens += reply.input_tokens;
        self.total.output_tokens += reply.output_tokens;
        self.total.cost_usd += reply.cost_usd;
        self.milliseconds.push((document.to_owned(), reply.milliseconds));
    }

    /// The line of the report.
    #[must_use]
    pub fn cost(&self, model: &str, resampling: Resampling) -> Cost {
        let quantile = |q| Figure::quantile(self.milliseconds.iter().map(|(it, ms)| (it.as_str(), *ms)), q, resampling);
        Cost {
            model: model.to_owned(),
            total: self.total,
            median_milliseconds: quantile(0.5),
            p95_milliseconds: quantile(0.95),
        }
    }
}
