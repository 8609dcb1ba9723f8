//! Where the focus is: the places that a policy names, or that bear on its question, in each text.
//!
//! Invariants
//! - without a focus and a question at `tight` nothing is looked for, and no text is parsed;
//! - what is not found is said, and then the code is its skeleton (`tests/properties`).
//!
//! Deliberately absent: what stays around the places, which `structural` decides.

use std::ops::Range;

use super::prepare::Reading;
use crate::engine::Cancel;
use crate::error::CompressError;
use crate::policy::{Focus, Level, Policy};
use crate::rank::definitions;
use crate::segment::{self, Kind};
use crate::structural;
use crate::tagger::Tagger;

/// What the focus is in some texts.
pub(super) struct Found {
    /// For each text the bytes that stay whole; `None` where the level is for all of it.
    pub(super) places: Vec<Option<Vec<Range<usize>>>>,
    /// What a person should know.
    pub(super) note: Option<String>,
}

/// Whether a question chooses the focus.
pub(super) fn ranks(policy: &Policy) -> bool {
    policy.focus().is_none() && policy.query().is_some() && policy.level() == Level::Tight
}

/// Finds the focus in some texts.
pub(super) fn find(
    readings: &[Reading<'_>],
    policy: &Policy,
    ranker: Option<&Tagger>,
    cancel: &Cancel,
) -> Result<Found, CompressError> {
    let Some(focus) = policy.focus() else {
        let question = policy.query().filter(|_| ranks(policy));
        return match question {
            Some(question) => by_question(readings, policy, question, ranker, cancel),
            None => Ok(Found { places: vec![None; readings.len()], note: None }),
        };
    };
    let places: Vec<Vec<Range<usize>>> = readings.iter().map(|reading| places(reading, policy, focus)).collect();
    let note = places.iter().all(Vec::is_empty).then(|| match focus {
        Focus::Name(name) => format!("nothing is defined under the name `{name}`: of all code the skeleton stays"),
        Focus::Bytes(_) | Focus::Lines(_) => {
            format!("the focus {focus} lies behind the end: of all code the skeleton stays")
        }
    });
    Ok(Found { places: places.into_iter().map(Some).collect(), note })
}

/// The places of a focus in one text.
fn places(reading: &Reading<'_>, policy: &Policy, focus: &Focus) -> Vec<Range<usize>> {
    let text = reading.document.text;
    match focus {
        Focus::Name(name) => {
            let in_code = |(code, symbols): (Range<usize>, Vec<structural::Symbol>)| {
                let found = structural::named(&text[code.clone()], &symbols, name);
                found.into_iter().map(move |it| it.start + code.start..it.end + code.start).collect::<Vec<_>>()
            };
            definitions_of(reading, policy).flat_map(in_code).collect()
        }
        Focus::Bytes(bytes) => in_view(reading, policy, bytes.clone()),
        Focus::Lines(lines) => {
            let original = reading.original();
            let start = |line: usize| match line.checked_sub(2) {
                None => Some(0),
                Some(breaks) => memchr::memchr_iter(b'\n', original.as_bytes()).nth(breaks).map(|at| at + 1),
            };
            let end = start(lines.end().saturating_add(1)).unwrap_or(original.len());
            start(*lines.start()).map(|start| in_view(reading, policy, start..end)).unwrap_or_default()
        }
    }
}

/// Bytes of the file as the text is read: of a view each segment that shows some of them.
fn in_view(reading: &Reading<'_>, policy: &Policy, bytes: Range<usize>) -> Vec<Range<usize>> {
    let overlaps = |range: &Range<usize>| range.start < bytes.end && bytes.start < range.end;
    let Some(view) = reading.view else {
        return Some(bytes.start..bytes.end.min(reading.document.text.len()))
            .filter(|it| !it.is_empty())
            .into_iter()
            .collect();
    };
    let segments = reading.whole(policy).segments.into_iter().map(|segment| segment.range);
    segments.filter(|range| overlaps(&view.source(range))).collect()
}

/// The code of a text, and what is defined in each stretch of it.
fn definitions_of(
    reading: &Reading<'_>,
    policy: &Policy,
) -> impl Iterator<Item = (Range<usize>, Vec<structural::Symbol>)> {
    let text = reading.document.text;
    let code = |segment: segment::Segment| match segment.kind {
        Kind::Code(Some(language)) => {
            Some((segment.range.clone(), structural::symbols(&text[segment.range], language)))
        }
        _ => None,
    };
    reading.whole(policy).segments.into_iter().filter_map(code)
}

/// The definitions of all texts that bear most on a question.
fn by_question(
    readings: &[Reading<'_>],
    policy: &Policy,
    question: &str,
    ranker: Option<&Tagger>,
    cancel: &Cancel,
) -> Result<Found, CompressError> {
    let (mut owners, mut ranges, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    let mut has_code = vec![false; readings.len()];
    for (index, reading) in readings.iter().enumerate() {
        let text = reading.document.text;
        for (code, symbols) in definitions_of(reading, policy) {
            has_code[index] = true;
            for (at, symbol) in symbols.iter().enumerate() {
                let range = symbol.range.start + code.start..symbol.range.end + code.start;
                // What lies in it is ranked by itself.
                let inner = symbols.get(at + 1).map(|next| next.range.start + code.start);
                let end = inner.filter(|&inner| inner < range.end).unwrap_or(range.end);
                owners.push(index);
                texts.push(&text[range.start..end]);
                ranges.push(if end < range.end { range.start..end } else { range });
            }
        }
    }
    let chosen = definitions::best(ranker, &texts, question, cancel)?;
    // Where nothing bears on the question more than all else, nothing is left out for it.
    let none = chosen.is_empty();
    let mut places: Vec<Option<Vec<Range<usize>>>> =
        has_code.into_iter().map(|has_code| (has_code && !none).then(Vec::new)).collect();
    for index in chosen {
        if let Some(places) = &mut places[owners[index]] {
            places.push(ranges[index].clone());
        }
    }
    Ok(Found { places, note: None })
}
