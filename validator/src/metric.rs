//! What is measured of a text and its shorter form: one measure a file.
//!
//! Invariants
//! - a measure depends on the two texts alone (`tests::a_text_beside_itself_has_the_best_of_every_measure`).
//!
//! Deliberately absent: what passes (`gate`).

pub mod answer;
pub mod ast;
mod atoms;
mod cosine;
pub mod facts;
pub mod judge;
pub(crate) mod presence;

use std::sync::Arc;

use compressor::domain::Domain;
use compressor::engine::Cancel;
use compressor::error::CompressError;
use compressor::language::Language;
use compressor::pipeline::Compressor;
use compressor::tokens::Tokenizer;

use crate::case::Case;
use crate::gate;
use crate::record::{Example, Measure, Measures, Piece, Thresholds, Tokens};

/// Measures texts.
pub struct Meter {
    /// What counts the tokens.
    pub tokenizer: Tokenizer,
    /// Whose base encoder embeds.
    pub encoder: Arc<Compressor>,
    /// What passes.
    pub thresholds: Thresholds,
}

/// What a system made of a case.
#[derive(Clone, Debug)]
pub struct Shortened {
    /// The text.
    pub case: Arc<Case>,
    /// Which system.
    pub system: String,
    /// The shorter form.
    pub compressed: String,
    /// What the system took, where it ran.
    pub milliseconds: Option<f64>,
    /// What the system said, a sentence each.
    pub notes: Vec<String>,
}

/// Two answers to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// What answers to this question are.
    pub domain: Domain,
    /// The language of code.
    pub language: Option<Language>,
    /// One answer, such as that to the original.
    pub first: &'a str,
    /// The other.
    pub second: &'a str,
}

/// What is found without the model.
struct Found {
    tokens: Tokens,
    measures: Measures,
    lost: Vec<Piece>,
    invented: Vec<Piece>,
    notes: Vec<String>,
}

impl Meter {
    /// Measures a batch; the other measures are taken while the model works.
    ///
    /// # Errors
    /// A model that cannot be used, or a wish to stop.
    pub fn measure(&self, batch: &[Shortened], cancel: &Cancel) -> Result<Vec<Example>, CompressError> {
        let pairs: Vec<(&str, &str)> =
            batch.iter().map(|item| (item.case.verbose.as_str(), item.compressed.as_str())).collect();
        let mut cosines = vec![Measures::new(); batch.len()];
        let found = std::thread::scope(|scope| {
            let found = scope.spawn(|| batch.iter().map(|item| self.find(item)).collect::<Vec<_>>());
            cosine::measure(&self.encoder, &pairs, &mut cosines, cancel)?;
            Ok::<_, CompressError>(found.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })?;
        Ok(batch
            .iter()
            .zip(found)
            .zip(cosines)
            .map(|((item, found), cosines)| self.put(item, found, cosines))
            .collect())
    }

    /// Measures pairs of answers: their cosine, and of code their syntax trees, of prose their facts.
    ///
    /// # Errors
    /// A model that cannot be used, or a wish to stop.
    pub fn compare(&self, answers: &[Compared<'_>], cancel: &Cancel) -> Result<Vec<Measures>, CompressError> {
        let pairs: Vec<_> = answers.iter().map(|it| (it.first, it.second)).collect();
        let mut measures = vec![Measures::new(); answers.len()];
        cosine::measure(&self.encoder, &pairs, &mut measures, cancel)?;
        for (it, measures) in answers.iter().zip(&mut measures) {
            if it.domain == Domain::Code {
                // Of code that does not parse the cosine is left, as of any text.
                measures.extend(ast::similarity(it.first, it.second, it.language).ok().map(|it| (Measure::Ast, it)));
            } else {
                measures.extend(facts::overlap(it.first, it.second).map(|it| (Measure::Facts, it)));
            }
        }
        Ok(measures)
    }

    /// Takes the measures that need no model.
    fn find(&self, item: &Shortened) -> Found {
        let (verbose, compressed) = (item.case.verbose.as_str(), item.compressed.as_str());
        let tokens = Tokens { before: self.tokenizer.count(verbose), after: self.tokenizer.count(compressed) };
        let mut measures = Measures::from([(Measure::Ratio, tokens.ratio())]);
        let mut notes = item.notes.clone();
        let (lost, invented) = atoms::measure(verbose, compressed, &mut measures);
        if let Some(milliseconds) = item.milliseconds {
            measures.insert(Measure::CompressionMilliseconds, milliseconds);
        }
        if item.case.domain == Domain::Code {
            match ast::similarity(verbose, compressed, item.case.language) {
                Ok(similarity) => _ = measures.insert(Measure::Ast, similarity),
                Err(note) => notes.push(note),
            }
        } else if let Some(held) = facts::held(verbose, compressed) {
            measures.insert(Measure::Facts, held);
        }
        if let Some(gold) = &item.case.gold {
            presence::measure(verbose, compressed, gold, &mut measures);
        }
        Found { tokens, measures, lost, invented, notes }
    }

    fn put(&self, item: &Shortened, found: Found, cosines: Measures) -> Example {
        let Found { tokens, mut measures, lost, invented, notes } = found;
        measures.extend(cosines);
        let case = &item.case;
        if let Some(equivalence) = gate::equivalence(case.domain, &measures) {
            measures.insert(Measure::Equivalence, equivalence);
        }
        Example {
            id: case.id.clone(),
            document: case.document.clone(),
            system: item.system.clone(),
            domain: case.domain,
            language: case.language.map(|language| language.name().to_owned()),
            question: case.question.clone(),
            verbose: case.verbose.clone(),
            compressed: item.compressed.clone(),
            tokens,
            verdict: gate::over_all(&measures, &[], &self.thresholds),
            measures,
            lost,
            invented,
            answers: Vec::new(),
            notes,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::path::PathBuf;
    use std::time::Duration;

    use compressor::engine::scripted::Scripted;
    use compressor::model::ModelSource;
    use compressor::pipeline::Runtime;

    use super::*;
    use crate::case;

    fn meter() -> Meter {
        let source = ModelSource::Folder(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../models/embedded")));
        let runtime = Runtime { lanes: NonZeroUsize::MIN, clock: || Duration::ZERO };
        let encoder = Scripted { width: 384, window: 256, seed: 1 };
        let encoder = Compressor::with_encoder(source, runtime, Box::new(encoder)).expect("the model is there");
        Meter { tokenizer: Tokenizer::O200kBase, encoder: Arc::new(encoder), thresholds: Thresholds::PUBLISHED }
    }

    #[test]
    fn a_text_beside_itself_has_the_best_of_every_measure() {
        let long = "It answered with 504, not 200. ".repeat(60);
        let rows = [
            serde_json::json!({ "verbose": "It answered with 504, not 200." }),
            serde_json::json!({ "verbose": long }),
            serde_json::json!({ "verbose": "def f(x):\n    return x + 1\n" }),
        ];
        let shortened = rows.map(|row| {
            let case = Arc::new(case::pair(1, row.to_string().as_bytes()).expect("a row"));
            let compressed = case.verbose.clone();
            Shortened { case, system: "identity".to_owned(), compressed, milliseconds: None, notes: Vec::new() }
        });
        let examples = meter().measure(&shortened, &Cancel::new()).expect("it is measured");
        for example in &examples {
            for (measure, value) in &example.measures {
                let best = if *measure == Measure::AtomsInvented { 0.0 } else { 1.0 };
                assert!((value - best).abs() < 1e-6, "{}: {value}", measure.name());
            }
            assert!(example.verdict.passed && example.notes.is_empty(), "{example:?}");
        }
        let has = |at: usize, measure| examples[at].measures.contains_key(&measure);
        assert!(has(0, Measure::Facts) && !has(0, Measure::Ast) && !has(0, Measure::CosineWhole));
        assert!(has(1, Measure::CosineWhole));
        assert!(has(2, Measure::Ast) && !has(2, Measure::Facts));
    }
}
