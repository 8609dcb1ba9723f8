//! The atoms of what was left out of data: the receipt lists those that stand nowhere in the result.
//!
//! Invariants
//! - an atom of what was left out is in the result, or in the receipt (`tests/properties`).

use std::collections::{BTreeMap, HashSet};

use super::prepare::Prepared;
use crate::atoms::{self, Category};
use crate::draft::{Form, Part};
use crate::receipt::AtomCounts;

/// Adds the atoms of what was left out; `pieces` holds what stands for each part, `None` for its source.
pub(super) fn count(
    document: &Prepared<'_>,
    pieces: &[Option<&str>],
    result: &str,
    counts: &mut BTreeMap<Category, AtomCounts>,
) {
    let text = document.document.text;
    let mut known: Option<HashSet<&str>> = None;
    for (part, piece) in document.parts.iter().zip(pieces) {
        let (Part::Rewritten(rewritten), Some(_)) = (part, piece) else { continue };
        if rewritten.form != Form::Elided {
            continue;
        }
        let known =
            known.get_or_insert_with(|| atoms::find(result).into_iter().map(|atom| &result[atom.range]).collect());
        for range in &rewritten.dropped {
            let dropped = &text[range.clone()];
            for atom in atoms::find(dropped) {
                let written = &dropped[atom.range];
                let entry = counts.entry(atom.category).or_default();
                entry.found += 1;
                if known.contains(written) {
                    entry.kept += 1;
                } else {
                    entry.lost.push(written.to_owned());
                }
            }
        }
    }
}
