//! From a choice to a result: render it, have it settled under the guard, compare sizes, and write the receipt.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Compressed;
use super::dropped::dropped;
use super::life::record;
use super::lost;
use super::prepare::Prepared;
use super::select::{Selected, renderer};
use super::settle::{Settled, Settling};
use crate::atoms::Category;
use crate::draft::{Form, Omitted, Part, Rewritten};
use crate::language::Language;
use crate::policy::Policy;
use crate::receipt::{AtomCounts, EngineName, OmittedCounts, Receipt, SegmentRecord, TokenCounts};
use crate::segment::{Format, Kind, Segment};
use crate::tagger::Tagger;
use crate::tagger::render::{Renderer, Selection};
use crate::tagger::units::Sort;

/// What is said of a text that could not be shortened.
pub(super) const NOTHING: &str = "nothing could be shortened under the guard: this is the original";

/// A rendered draft.
pub(super) struct Assembled {
    pub(super) text: String,
    /// For each part its bytes of the text.
    parts: Vec<Range<usize>>,
}

impl Assembled {
    /// What stands for a part.
    pub(super) fn part(&self, index: usize) -> &str {
        &self.text[self.parts[index].clone()]
    }

    /// What stands for a row of parts.
    pub(super) fn segment(&self, parts: Range<usize>) -> &str {
        match self.parts[parts].split_first() {
            Some((first, rest)) => &self.text[first.start..rest.last().unwrap_or(first).end],
            None => "",
        }
    }
}

/// Renders a choice.
pub(super) fn assemble(document: &Prepared<'_>, renderer: &Renderer<'_>, selected: &mut Selected) -> Assembled {
    renderer.settle(&mut selected.kept, selected.threshold);
    let selection = Selection { kept: &selected.kept, threshold: selected.threshold };
    let mut text = String::with_capacity(document.document.text.len());
    let mut parts = Vec::with_capacity(document.parts.len());
    for (index, part) in document.parts.iter().enumerate() {
        let start = text.len();
        match part {
            Part::Prose(prose) => text.push_str(&renderer.part(index, prose, document.document.text, &selection)),
            decided => text.push_str(decided.decided().unwrap_or_default()),
        }
        parts.push(start..text.len());
    }
    Assembled { text, parts }
}

/// Renders a choice, has the guard look at it, and writes the receipt.
pub(super) fn finish(
    document: &Prepared<'_>,
    mut selected: Selected,
    tagger: Option<&Tagger>,
    policy: &Policy,
) -> Compressed {
    let original = document.original;
    let no_symbols = [];
    let plain = || Renderer::new(&document.stream, &document.units, &no_symbols, 1.0);
    let renderer = tagger.map_or_else(plain, |tagger| renderer(document, tagger));
    let assembled = assemble(document, &renderer, &mut selected);
    let mut notes = Vec::new();
    let mut omitted = BTreeMap::new();
    let mut text = String::with_capacity(assembled.text.len());
    let mut segments = Vec::with_capacity(document.segments.len());
    let mut pieces = Vec::with_capacity(document.parts.len());
    for planned in &document.segments {
        let rendered = assembled.segment(planned.parts.clone());
        let settled = Settling { document, renderer: &renderer, assembled: &assembled, kept: &selected.kept, policy };
        let Settled { text: piece, engine, note, fell_back } = settled.segment(planned, rendered);
        // What fell back stands whole.
        pieces.extend(planned.parts.clone().map(|part| (!fell_back).then(|| assembled.part(part))));
        text.push_str(&piece);
        notes.extend(note);
        segments.push(segment_record(document, &planned.segment, engine, piece.len()));
        if !fell_back {
            count_omitted(&document.parts[planned.parts.clone()], &mut omitted);
        }
        if fell_back {
            // What fell back keeps all it has.
            for unit in planned.parts.clone().flat_map(|part| renderer.units_of(part)) {
                selected.kept[unit] = true;
            }
        }
    }
    let after = policy.tokenizer().count(&text);
    // Nothing is no answer, unless a budget leaves no room for a document that has words to drop.
    let has_words = document.units.iter().any(|unit| unit.sort == Sort::Word);
    let empty = text.trim().is_empty() && !(policy.budget().is_some() && has_words);
    let shortened = after < document.before && !empty;
    if !shortened {
        omitted.clear();
        selected.kept.fill(true);
        text.clear();
        text.push_str(original);
        if document.before > 0 {
            notes.push(NOTHING.to_owned());
        }
        for (record, planned) in segments.iter_mut().zip(&document.segments) {
            *record = segment_record(document, &planned.segment, EngineName::None, 0);
            record.bytes_after = record.bytes_before;
        }
    }
    if let Some(view) = document.view.filter(|_| shortened) {
        notes.push(view.note.clone());
        segments.sort_by_key(|record| (record.start, record.end));
    }
    let used = segments.iter().any(|record| record.engine == EngineName::Tagger);
    let mut atoms = count_atoms(document, &selected);
    if shortened {
        lost::count(document, &pieces, &text, &mut atoms);
    }
    let receipt = Receipt {
        tokens: TokenCounts {
            tokenizer: policy.tokenizer().name(),
            exact: policy.tokenizer().exact(),
            before: document.before,
            after: if shortened { after } else { document.before },
        },
        level: policy.level(),
        domain: document.classification.clone(),
        atoms,
        omitted,
        segments,
        model: tagger.filter(|_| used).map(record),
        milliseconds: 0.0,
        notes,
    };
    let dropped = if shortened { dropped(document, &selected.kept, &pieces) } else { Vec::new() };
    let dropped = match document.view.filter(|_| shortened) {
        Some(view) => view.dropped(original, &dropped),
        None => dropped,
    };
    Compressed { text, receipt, dropped }
}

/// Counts the atoms of the running text. Code and layout lose none: they are compared token by token and byte by byte. Data
/// loses some only where something is left out of it, which is counted apart.
fn count_atoms(document: &Prepared<'_>, selected: &Selected) -> BTreeMap<Category, AtomCounts> {
    let mut counts: BTreeMap<Category, AtomCounts> = BTreeMap::new();
    for (atom, &in_code) in document.atoms.iter().zip(&document.stands_in_code) {
        let entry = counts.entry(atom.category).or_default();
        entry.found += 1;
        let unit = document.units.partition_point(|unit| unit.whole.end <= atom.range.start);
        if in_code || selected.kept.get(unit).copied().unwrap_or(true) {
            entry.kept += 1;
        } else {
            entry.lost.push(document.stream.text[atom.range.clone()].to_owned());
        }
    }
    counts
}

/// Counts what was left out of code.
fn count_omitted(parts: &[Part], counts: &mut BTreeMap<Omitted, OmittedCounts>) {
    for part in parts {
        if let Part::Rewritten(Rewritten { form: Form::Omitted(omission), .. }) = part {
            let entry = counts.entry(omission.what).or_default();
            entry.count += omission.count;
            entry.lines += omission.lines;
        }
    }
}

fn segment_record(document: &Prepared<'_>, segment: &Segment, engine: EngineName, bytes_after: usize) -> SegmentRecord {
    let (kind, language) = match segment.kind {
        Kind::Prose => ("prose", None),
        Kind::Code(language) => ("code", language.map(Language::name)),
        Kind::Data(format) => ("data", Some(format_name(format))),
        Kind::Verbatim => ("verbatim", None),
    };
    let Range { start, end } = document.place(&segment.range);
    SegmentRecord { start, end, kind, language, engine, bytes_before: end - start, bytes_after }
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Json => "json",
        Format::Table => "table",
        Format::Delimited => "delimited",
        Format::Log => "log",
        Format::Output => "output",
        Format::StackTrace => "stack trace",
        Format::Diff => "diff",
        Format::Session => "session",
    }
}
