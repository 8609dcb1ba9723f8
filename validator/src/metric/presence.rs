//! What of the gold answer and of its evidence stands in the shorter form: without it, no reader could answer from the text.
//!
//! Answer presence is 1 if a gold answer stands in the shorter form, normalized as `SQuAD` does, and 0 if none does; where
//! none stands in the original (`yes`, a reader's own words, a program) it does not apply. Evidence presence is the mean share
//! of facts held (`facts`) of the sentences that bear the answer out, or of the names that its program takes from the text.
//!
//! Invariants
//! - the original has all of its answer and of its evidence (`tests::what_is_there_is_found`).

use std::collections::HashSet;

use super::{answer, facts};
use crate::case::{Evidence, Gold};
use crate::record::{Measure, Measures};

/// Adds both measures, those that apply.
pub fn measure(verbose: &str, compressed: &str, gold: &Gold, measures: &mut Measures) {
    if answer::contains(verbose, &gold.answers) {
        let stands = answer::contains(compressed, &gold.answers);
        measures.insert(Measure::AnswerPresence, f64::from(u8::from(stands)));
    }
    let shares: Vec<f64> = match &gold.evidence {
        Evidence::Sentences(sentences) => {
            sentences.iter().filter_map(|sentence| facts::held(sentence, compressed)).collect()
        }
        Evidence::Names(wanted) => {
            let there: HashSet<&str> = names(compressed).collect();
            wanted.iter().map(|name| f64::from(u8::from(there.contains(name.as_str())))).collect()
        }
    };
    if !shares.is_empty() {
        measures.insert(Measure::EvidencePresence, shares.iter().sum::<f64>() / shares.len() as f64);
    }
}

/// The names of a program and of a text about it, in order: words of two letters or more that may be identifiers.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_alphanumeric() && char != '_')
        .filter(|word| word.chars().count() > 1 && !word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(verbose: &str, compressed: &str, evidence: Evidence) -> (Option<f64>, Option<f64>) {
        let gold = Gold { answers: vec!["Turku".to_owned()], evidence };
        let mut measures = Measures::new();
        measure(verbose, compressed, &gold, &mut measures);
        let get = |measure| measures.get(&measure).copied();
        (get(Measure::AnswerPresence), get(Measure::EvidencePresence))
    }

    #[test]
    fn what_is_there_is_found() {
        let text = "Anna is a director. She was born in Turku.";
        let sentences = || Evidence::Sentences(vec!["She was born in Turku.".to_owned()]);
        assert_eq!(of(text, text, sentences()), (Some(1.0), Some(1.0)));
        assert_eq!(of(text, "Anna: director, born Turku", sentences()), (Some(1.0), Some(1.0)));
        assert_eq!(of(text, "Anna is a director.", sentences()), (Some(0.0), Some(0.0)));
        assert_eq!(of("nothing", "nothing", Evidence::Sentences(Vec::new())), (None, None));
        let names = || Evidence::Names(vec!["df".to_owned(), "total_sum".to_owned()]);
        assert_eq!(of("Turku", "df.total_sum", names()).1, Some(1.0));
        assert_eq!(of("Turku", "df.total", names()).1, Some(0.5));
    }
}
