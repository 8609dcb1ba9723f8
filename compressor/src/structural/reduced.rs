//! Code of which something is left out: a draft at the level that is asked for, or at the next milder one to which the check
//! has no objection.
//!
//! Invariants
//! - what comes out was found to be the original's code but for what it announces, with all words of its comments
//!   (`properties::what_is_left_out_is_announced`).

use std::ops::Range;

use super::{Aim, Draft, Elision, Treatment, draft_for};
use crate::draft::{self, Cut, Form, Omitted, Part};
use crate::language::Language;
use crate::policy::Level;

/// A draft, and what spoke against further ones.
#[derive(Clone, Debug)]
pub struct Reduced {
    /// The draft; what it cuts is cut.
    pub draft: Draft,
    /// The level that it has.
    pub level: Level,
    /// Why it is not the level that was asked for.
    pub objection: Option<String>,
}

/// Proposes a form of the code in a range of a text from which more is left out than comments.
#[must_use]
pub fn reduce(text: &str, range: Range<usize>, language: Language, aim: &Aim<'_>) -> Reduced {
    let mut objection = None;
    let level = aim.level;
    for milder in Level::ALL.into_iter().rev().filter(|milder| (Level::Balanced..=level).contains(milder)) {
        let whole = draft_for(text, range.clone(), language, &Aim { level: milder, ..*aim });
        let is_parsed = matches!(whole.treatment, Treatment::Parsed | Treatment::InPart { .. });
        if milder == Level::Balanced || !is_parsed {
            return Reduced { draft: made(whole, |_| true), level: milder, objection };
        }
        // Where repeats may not go, all else still may.
        let repeats = whole.cuts.iter().any(|cut| cut.omission.what == Omitted::Repeats);
        let other = repeats.then(|| made(whole.clone(), |cut| cut.omission.what != Omitted::Repeats));
        let mut found = None;
        for draft in [made(whole, |_| true)].into_iter().chain(other) {
            let written = |part: &Part| draft::written(text, std::slice::from_ref(part), &mut || true);
            let pieces: Vec<String> = draft.parts.iter().map(written).collect();
            match draft.check(text, |part| pieces[part].as_str(), language, &elisions(&draft.parts, range.start)) {
                Ok(()) => return Reduced { draft, level: milder, objection },
                Err(difference) => found = Some(format!("not at level {}: {difference}", milder.name())),
            }
        }
        objection = found;
    }
    Reduced { draft: draft_for(text, range, language, aim), level, objection }
}

/// A draft with some of its cuts made.
fn made(mut draft: Draft, makes: impl Fn(&Cut) -> bool) -> Draft {
    let mut cuts = std::mem::take(&mut draft.cuts);
    cuts.retain(makes);
    draft.cut(&cuts);
    draft
}

/// What some parts leave out of the code, in bytes from the beginning of its range.
#[must_use]
pub fn elisions(parts: &[Part], start: usize) -> Vec<Elision<'_>> {
    let omitted = |part: &'_ Part| matches!(part, Part::Rewritten(it) if matches!(it.form, Form::Omitted(it) if it.what != Omitted::Comments));
    let range = |source: Range<usize>| source.start.saturating_sub(start)..source.end.saturating_sub(start);
    let parts = parts.iter().filter(|part| omitted(part));
    parts.filter_map(|part| part.decided().map(|text| Elision { range: range(part.source()), text })).collect()
}
