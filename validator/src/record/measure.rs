//! The measures there are: their names in records, what to call them, and which way is better.
//!
//! Invariants
//! - a measure has one name in records, reports and on the command line (`tests::names_are_those_of_records`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What was measured; a value that cannot be computed is left out, so that no value is ever NaN.
pub type Measures = BTreeMap<Measure, f64>;

/// One measure. All lie in [0, 1] unless told otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Tokens after / tokens before; may exceed 1.
    Ratio,
    /// How alike the two are: of answers, or of the texts themselves where no model was asked.
    Equivalence,
    /// Cosine of mean-pooled all-MiniLM-L6-v2 embeddings, as sentence-transformers computes it: of the first 256 word
    /// pieces. In [-1, 1].
    Cosine,
    /// The same over the whole of both texts, where one of them is longer than that. In [-1, 1].
    CosineWhole,
    /// How alike two syntax trees are.
    Ast,
    /// The share of the original's facts that the other text has.
    Facts,
    /// The share of the original's atoms that the shorter form has.
    AtomsKept,
    /// The share of the shorter form's atoms that hold a word the original lacks.
    AtomsInvented,
    /// What the judges say of the two answers.
    Judge,
    /// Whether the answer is the gold answer, normalized as `SQuAD` does: 0 or 1.
    ExactMatch,
    /// F1 of the answer's words against the gold answer's, normalized as `SQuAD` does.
    AnswerF1,
    /// Whether the gold answer stands in the shorter form, of those whose original has it: 0 or 1.
    AnswerPresence,
    /// The share of the gold evidence that the shorter form has.
    EvidencePresence,
    /// How alike two answers of the same model to the same original are.
    NoiseFloor,
    /// Perplexity of a compressor's model on the shorter form; at least 1.
    Perplexity,
    /// Milliseconds that the compressor took.
    CompressionMilliseconds,
}

impl Measure {
    /// Every measure, in the order of tables.
    pub const ALL: [Self; 16] = [
        Self::Ratio,
        Self::Equivalence,
        Self::Cosine,
        Self::CosineWhole,
        Self::Ast,
        Self::Facts,
        Self::AtomsKept,
        Self::AtomsInvented,
        Self::Judge,
        Self::ExactMatch,
        Self::AnswerF1,
        Self::AnswerPresence,
        Self::EvidencePresence,
        Self::NoiseFloor,
        Self::Perplexity,
        Self::CompressionMilliseconds,
    ];

    /// The name in records and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Equivalence => "equivalence",
            Self::Cosine => "cosine",
            Self::CosineWhole => "cosine_whole",
            Self::Ast => "ast",
            Self::Facts => "facts",
            Self::AtomsKept => "atoms_kept",
            Self::AtomsInvented => "atoms_invented",
            Self::Judge => "judge",
            Self::ExactMatch => "exact_match",
            Self::AnswerF1 => "answer_f1",
            Self::AnswerPresence => "answer_presence",
            Self::EvidencePresence => "evidence_presence",
            Self::NoiseFloor => "noise_floor",
            Self::Perplexity => "perplexity",
            Self::CompressionMilliseconds => "compression_milliseconds",
        }
    }

    /// What to call it when speaking to a person.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Equivalence => "equivalence",
            Self::Cosine => "cosine",
            Self::CosineWhole => "cosine of the whole",
            Self::Ast => "syntax trees",
            Self::Facts => "facts",
            Self::AtomsKept => "atoms kept",
            Self::AtomsInvented => "atoms invented",
            Self::Judge => "judge",
            Self::ExactMatch => "exact match",
            Self::AnswerF1 => "answer F1",
            Self::AnswerPresence => "answer present",
            Self::EvidencePresence => "evidence present",
            Self::NoiseFloor => "noise floor",
            Self::Perplexity => "perplexity",
            Self::CompressionMilliseconds => "ms to compress",
        }
    }

    /// Whether less of it is better.
    #[must_use]
    pub fn is_better_low(self) -> bool {
        matches!(self, Self::Ratio | Self::AtomsInvented | Self::Perplexity | Self::CompressionMilliseconds)
    }

    /// Whether each value is 0 or 1, so that its mean is a share of examples.
    #[must_use]
    pub fn is_yes_or_no(self) -> bool {
        matches!(self, Self::ExactMatch | Self::AnswerPresence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_records() {
        for measure in Measure::ALL {
            assert_eq!(serde_json::to_value(measure).expect("a name"), measure.name());
        }
        let sorted = Measure::ALL.is_sorted();
        assert!(sorted, "the order of tables is that of the type");
    }
}
