//! The plan: what of a text goes and what stays whole, by its level and its focus.
//!
//! Deliberately absent: how any of it is found, which a pass each knows.

use tree_sitter::Tree;

use super::Aim;
use super::cuts::{self, Planned};
use super::layout::Reach;
use super::outline::Outline;
use super::{focus, imports, literals, repeats, skeleton, symbols};
use crate::language::Syntax;
use crate::policy::Level;

/// What goes and what stays.
pub(crate) struct Plan {
    /// What may be done with layout and comments.
    pub(crate) reach: Reach,
    /// What goes, in order, an outer one before those within it.
    pub(crate) cuts: Vec<Planned>,
    /// For each token whether it stands in what stays whole; none do where it is empty.
    pub(crate) whole: Vec<bool>,
}

/// Plans a text; the focus is in bytes of it.
pub(crate) fn plan(text: &str, tree: &Tree, outline: &Outline, syntax: &'static Syntax, aim: &Aim<'_>) -> Plan {
    let reach = aim.reach();
    let settled = |cuts| cuts::settled(cuts, text, outline, syntax);
    let (cuts, whole) = match (aim.level, aim.focus) {
        (Level::Safe | Level::Balanced, _) => (Vec::new(), Vec::new()),
        (Level::Tight, None) => {
            let mut cuts = literals::long(text, tree, outline, syntax, &[]);
            cuts.append(&mut repeats::folded(text, tree, outline, syntax, &cuts, &[], &[]));
            (settled(cuts), Vec::new())
        }
        (Level::Skeleton, None) => (settled(skeleton::cuts(text, tree, outline, syntax)), Vec::new()),
        (Level::Tight | Level::Skeleton, Some(places)) => {
            let cuts = settled(skeleton::cuts(text, tree, outline, syntax));
            let symbols = symbols::of_tree(text, tree, syntax);
            let focus = focus::around(text, outline, syntax, &symbols, &cuts, places);
            let mut cuts: Vec<Planned> =
                cuts.into_iter().zip(focus.goes).filter_map(|(cut, goes)| goes.then_some(cut)).collect();
            cuts.append(&mut imports::unused(text, tree, outline, syntax, &cuts, places));
            if aim.level == Level::Tight {
                cuts.append(&mut literals::long(text, tree, outline, syntax, &focus.whole));
                cuts.append(&mut repeats::folded(text, tree, outline, syntax, &cuts, &focus.whole, places));
            }
            (settled(cuts), focus.whole)
        }
    };
    Plan { reach, cuts, whole }
}
