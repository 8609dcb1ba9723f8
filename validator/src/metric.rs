//! What is measured of a text and its shorter form: one measure a file.
//!
//! Invariants
//! - a measure depends on the two texts alone (`tests::a_text_beside_itself_has_the_best_of_every_measure`).

mod atoms;

use compressor::tokens::Tokenizer;

use crate::case::Case;
use crate::record::{Example, Measure, Measures, Tokens, Verdict};

/// Measures texts.
pub struct Meter {
    /// What counts the tokens.
    pub tokenizer: Tokenizer,
}

impl Meter {
    /// Measures what a system made of a case.
    pub fn measure(&self, case: Case, system: &str, compressed: String) -> Example {
        let tokens = Tokens { before: self.tokenizer.count(&case.verbose), after: self.tokenizer.count(&compressed) };
        let mut measures = Measures::from([(Measure::Ratio, tokens.ratio())]);
        let (lost, invented) = atoms::measure(&case.verbose, &compressed, &mut measures);
        Example {
            id: case.id,
            document: case.document,
            system: system.to_owned(),
            domain: case.domain,
            language: case.language.map(|language| language.name().to_owned()),
            question: case.question,
            verbose: case.verbose,
            compressed,
            tokens,
            measures,
            lost,
            invented,
            answers: Vec::new(),
            verdict: Verdict::of(Vec::new()),
            notes: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case;

    #[test]
    fn a_text_beside_itself_has_the_best_of_every_measure() {
        let case = case::pair(1, br#"{"verbose": "It answered with 504, not 200."}"#).expect("a row");
        let text = case.verbose.clone();
        let example = Meter { tokenizer: Tokenizer::O200kBase }.measure(case, "identity", text);
        for (measure, value) in example.measures {
            let best = if measure == Measure::AtomsInvented { 0.0 } else { 1.0 };
            assert!((value - best).abs() < 1e-6, "{}: {value}", measure.name());
        }
    }
}
