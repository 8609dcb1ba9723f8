//! What a model answered to the original and to the shorter form, and what judges said of the two answers.
//!
//! Deliberately absent: prompts, which their version in the run names, and keys.

use serde::{Deserialize, Serialize};

use super::{Measures, Verdict};

/// The answers of one model to one task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Provider and model: `anthropic/claude-sonnet-4-5`.
    pub model: String,
    /// What was asked: `question answering`, `reasoning`, `code`.
    pub task: String,
    /// The answer to the original.
    pub verbose: Reply,
    /// The answer to the shorter form.
    pub compressed: Reply,
    /// A second answer to the original: what the model differs by from itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Reply>,
    /// What was measured of the answers: equivalence, cosine, facts, noise floor, exact match, F1.
    #[serde(default)]
    pub measures: Measures,
    /// What the judges said, if any were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<Judgement>,
    /// Whether this model's answers passed every active gate.
    pub verdict: Verdict,
}

/// One answer, and what it took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// What was answered.
    pub text: String,
    /// Tokens that the provider counted going in.
    pub input_tokens: u64,
    /// Tokens that the provider counted coming out.
    pub output_tokens: u64,
    /// What the call cost when it was made; 0 for one that came from the cache.
    pub cost_usd: f64,
    /// From request to answer, when it was made.
    pub milliseconds: f64,
    /// Whether it came from the cache.
    pub cached: bool,
}

/// What several judges said together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The median of the votes, in [0, 1].
    pub equivalence: f64,
    /// Each judge's.
    pub votes: Vec<Vote>,
}

/// What one judge said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vote {
    /// Provider and model.
    pub judge: String,
    /// How alike the answers are, in [0, 1].
    pub equivalence: f64,
    /// Facts that the answer to the shorter form lacks.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Facts that only the answer to the shorter form has.
    #[serde(default)]
    pub added: Vec<String>,
    /// Whether the judge said the same with the answers in the other order; unknown if asked once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agrees_with_itself: Option<bool>,
    /// What asking cost.
    #[serde(default)]
    pub cost_usd: f64,
}
