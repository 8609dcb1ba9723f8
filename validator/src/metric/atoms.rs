//! Atoms kept and invented, as `compressor::atoms` defines them.
//!
//! Kept is the share of the original's atoms that stand in the shorter form, each occurrence counted once, wherever it stands;
//! invented the share of the shorter form's atoms that hold a word the original lacks.
//!
//! Invariants
//! - a text without atoms has kept all of them, and one without atoms has invented none (`tests::shares_and_pieces`).

use compressor::atoms::{Atom, compare};

use crate::record::{Measure, Measures, Piece};

/// Adds both measures, and tells which atoms were lost and which invented.
pub fn measure(verbose: &str, compressed: &str, measures: &mut Measures) -> (Vec<Piece>, Vec<Piece>) {
    let compared = compare(verbose, compressed);
    let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
    measures.insert(Measure::AtomsKept, 1.0 - share(compared.lost.len(), compared.found));
    measures.insert(Measure::AtomsInvented, share(compared.invented.len(), compared.written));
    (pieces(&compared.lost, verbose), pieces(&compared.invented, compressed))
}

fn pieces(atoms: &[Atom], text: &str) -> Vec<Piece> {
    atoms.iter().map(|atom| Piece { category: atom.category, text: text[atom.range.clone()].to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_pieces() {
        let mut measures = Measures::new();
        let (lost, invented) = measure("It took 42 km, not 7 km.", "It took 42 km, 9 km.", &mut measures);
        let texts = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.text).collect::<Vec<_>>();
        assert_eq!((texts(lost), texts(invented)), (vec!["not".into(), "7 km".into()], vec!["9 km".into()]));
        assert!((measures[&Measure::AtomsKept] - 1.0 / 3.0).abs() < 1e-9, "{measures:?}");
        assert!((measures[&Measure::AtomsInvented] - 0.5).abs() < 1e-9, "{measures:?}");
        measure("it rains", "rains", &mut measures);
        assert_eq!((measures[&Measure::AtomsKept], measures[&Measure::AtomsInvented]), (1.0, 0.0));
    }
}
