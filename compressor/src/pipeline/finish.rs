//! From a choice to a result: render, guard, compare, and write the receipt.

use std::collections::BTreeMap;
use std::ops::Range;

use super::prepare::{Planned, Prepared};
use super::select::{Selected, renderer};
use super::{Compressed, record};
use crate::atoms::Category;
use crate::draft::Part;
use crate::guard;
use crate::layout;
use crate::policy::{Level, Policy};
use crate::receipt::{AtomCounts, EngineName, Receipt, SegmentRecord, TokenCounts};
use crate::segment::{Format, Kind, Segment};
use crate::structural::{self, Reason, Treatment};
use crate::tagger::Tagger;
use crate::tagger::render::{Renderer, Selection};
use crate::tagger::units::Unit;

/// A rendered draft.
pub(super) struct Assembled {
    pub(super) text: String,
    /// For each part its bytes of the text.
    parts: Vec<Range<usize>>,
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
            Part::Fixed { text: fixed, .. } | Part::Fold { text: fixed, .. } => text.push_str(fixed),
            Part::Prose(prose) => text.push_str(&renderer.part(index, prose, document.document.text, &selection)),
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
    let original = document.document.text;
    let no_symbols = [];
    let plain = || Renderer::new(&document.stream, &document.units, &no_symbols, 1.0);
    let renderer = tagger.map_or_else(plain, |tagger| renderer(document, tagger));
    let assembled = assemble(document, &renderer, &mut selected);
    let mut notes = std::mem::take(&mut selected.notes);
    let mut text = String::with_capacity(assembled.text.len());
    let mut segments = Vec::with_capacity(document.segments.len());
    // Parts that fell back keep all they have.
    let mut whole = vec![false; document.parts.len()];
    for planned in &document.segments {
        let start = text.len();
        let engine = settle_segment(
            document, planned, &assembled, &renderer, &selected, policy, &mut whole, &mut text, &mut notes,
        );
        segments.push(segment_record(&planned.segment, engine, text.len() - start));
    }
    for (index, _) in whole.iter().enumerate().filter(|(_, fell_back)| **fell_back) {
        for unit in renderer.units_of(index) {
            selected.kept[unit] = true;
        }
    }
    let after = policy.tokenizer().count(&text);
    let shortened = after < document.before;
    if !shortened {
        selected.kept.fill(true);
        text.clear();
        text.push_str(original);
        if document.before > 0 {
            notes.push("nothing could be shortened under the guard: this is the original".to_owned());
        }
        for (record, planned) in segments.iter_mut().zip(&document.segments) {
            *record = segment_record(&planned.segment, EngineName::None, planned.segment.range.len());
        }
    }
    let used = segments.iter().any(|record| record.engine == EngineName::Tagger);
    let receipt = Receipt {
        tokens: TokenCounts {
            tokenizer: policy.tokenizer().name(),
            exact: policy.tokenizer().exact(),
            before: document.before,
            after: if shortened { after } else { document.before },
        },
        level: policy.level(),
        domain: document.classification.clone(),
        atoms: count_atoms(document, &selected),
        segments,
        model: tagger.filter(|_| used).map(record),
        milliseconds: 0.0,
        notes,
    };
    let dropped = if shortened { dropped(document, &selected) } else { Vec::new() };
    Compressed { text, receipt, dropped }
}

/// Writes one segment: as it was rendered if the guard agrees, else its layout, else the original.
#[expect(clippy::too_many_arguments, reason = "one step of `finish`, cut out to be read on its own")]
fn settle_segment(
    document: &Prepared<'_>,
    planned: &Planned,
    assembled: &Assembled,
    renderer: &Renderer<'_>,
    selected: &Selected,
    policy: &Policy,
    whole: &mut [bool],
    text: &mut String,
    notes: &mut Vec<String>,
) -> EngineName {
    let Segment { range, kind } = &planned.segment;
    let original = &document.document.text[range.clone()];
    let parts = planned.parts.clone();
    let rendered = match (assembled.parts.get(parts.start), assembled.parts[..parts.end].last()) {
        (Some(first), Some(last)) if !parts.is_empty() => &assembled.text[first.start..last.end],
        _ => "",
    };
    let mut objection = parts
        .clone()
        .find_map(|part| object(document, part, &assembled.text[assembled.parts[part].clone()], renderer, selected));
    if objection.is_none()
        && let (Kind::Code(Some(language)), Some(code)) = (kind, &planned.code)
        && rendered != original
    {
        objection = code.check(original, rendered, *language).err().map(|difference| difference.to_string());
    }
    let Some(objection) = objection else {
        text.push_str(rendered);
        if matches!(kind, Kind::Code(_))
            && !matches!(document.parts.get(planned.parts.start), Some(Part::Prose(prose)) if !prose.comment)
        {
            notes.extend(treatment_note(planned));
        }
        return engine_of(document, parts, rendered == original);
    };
    notes.push(format!("bytes {} to {} keep their words: {objection}", range.start, range.end));
    for part in parts {
        whole[part] = true;
    }
    let layout = fall_back(document.document.text, planned, policy);
    let changed = layout != original;
    text.push_str(&layout);
    if changed { EngineName::Structural } else { EngineName::None }
}

/// Layout alone, where even that is sure; else the original.
fn fall_back(text: &str, planned: &Planned, policy: &Policy) -> String {
    let Segment { range, kind } = &planned.segment;
    let original = &text[range.clone()];
    let parts = match kind {
        Kind::Code(Some(language)) if language.is_parsed() => {
            structural::draft(text, range.clone(), *language, Level::Safe, policy.tokenizer()).parts
        }
        Kind::Code(_) => return original.to_owned(),
        _ => layout::draft(text, &planned.segment, policy.tokenizer()),
    };
    let mut out = String::with_capacity(original.len());
    for part in &parts {
        match part {
            Part::Fixed { text: fixed, .. } | Part::Fold { text: fixed, .. } if guard::keeps_bytes(text, part) => {
                out.push_str(fixed)
            }
            _ => return original.to_owned(),
        }
    }
    match kind {
        Kind::Code(Some(language)) if structural::check(original, &out, *language).is_err() => original.to_owned(),
        _ => out,
    }
}

/// What the guard has against a rendered part.
fn object(
    document: &Prepared<'_>,
    index: usize,
    rendered: &str,
    renderer: &Renderer<'_>,
    selected: &Selected,
) -> Option<String> {
    let part = &document.parts[index];
    let Part::Prose(prose) = part else {
        return (!guard::keeps_bytes(document.document.text, part))
            .then(|| "its layout changed more than white space".to_owned());
    };
    let units = renderer.units_of(index);
    let expected = kept_atoms(document, &document.units[units.clone()], &selected.kept[units.clone()]);
    let lost = guard::lost(&expected, rendered);
    if !lost.is_empty() {
        return Some(format!("the guard missed {} atoms", lost.len()));
    }
    let first = prose.lines.first()?.text.start;
    let last = prose.lines.last()?.text.end;
    let source = &document.document.text[first..last];
    let body = rendered.strip_prefix(prose.open.as_str()).unwrap_or(rendered);
    let body = body.strip_suffix(prose.close.as_str()).unwrap_or(body);
    let notation: Vec<&str> = document.units[units]
        .iter()
        .filter_map(|unit| unit.short)
        .map(|short| short.trim_end_matches('.'))
        .chain(["vs", "w/"])
        .collect();
    guard::invented(source, body, &notation).map(|_| "the guard found a word that the source lacks".to_owned())
}

/// The atoms of kept units.
fn kept_atoms<'stream>(document: &'stream Prepared<'_>, units: &[Unit], kept: &[bool]) -> Vec<&'stream str> {
    let mut atoms = Vec::new();
    for (unit, _) in units.iter().zip(kept).filter(|(_, kept)| **kept) {
        let first = document.atoms.partition_point(|atom| atom.range.end <= unit.whole.start);
        let held = document.atoms[first..].iter().take_while(|atom| atom.range.start < unit.whole.end);
        atoms.extend(held.map(|atom| &document.stream.text[atom.range.clone()]));
    }
    atoms
}

/// Counts the atoms of the running text. Code, data and layout lose none: they are compared token by token and byte by byte.
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

/// The bytes of the original whose words went, joined over the space between them.
fn dropped(document: &Prepared<'_>, selected: &Selected) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let units = document.units.iter().zip(&selected.kept).filter(|(_, kept)| !**kept);
    ranges.extend(units.map(|(unit, _)| document.stream.source(&unit.core)));
    ranges.extend(document.parts.iter().filter_map(|part| match part {
        Part::Fold { source, text } if text.is_empty() => Some(source.clone()),
        _ => None,
    }));
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges.into_iter().filter(|range| !range.is_empty()) {
        match joined.last_mut() {
            Some(last) if document.document.text[last.end..range.start.max(last.end)].trim().is_empty() => {
                last.end = last.end.max(range.end);
            }
            _ => joined.push(range),
        }
    }
    joined
}

fn engine_of(document: &Prepared<'_>, mut parts: Range<usize>, unchanged: bool) -> EngineName {
    if unchanged {
        EngineName::None
    } else if parts.any(|part| matches!(document.parts[part], Part::Prose(_))) {
        EngineName::Tagger
    } else {
        EngineName::Structural
    }
}

/// What a person should know of how code was treated.
fn treatment_note(planned: &Planned) -> Option<String> {
    let Segment { range, kind } = &planned.segment;
    let name = match kind {
        Kind::Code(Some(language)) => language.name(),
        _ => "code of an unknown language",
    };
    let treatment = planned.code.as_ref().map_or(Treatment::PassedThrough(Reason::NoGrammar), |code| code.treatment);
    (treatment != Treatment::Parsed).then(|| format!("bytes {} to {}: {name}: {treatment}", range.start, range.end))
}

fn segment_record(segment: &Segment, engine: EngineName, bytes_after: usize) -> SegmentRecord {
    let (kind, language) = match segment.kind {
        Kind::Prose => ("prose", None),
        Kind::Code(language) => ("code", language.map(|language| language.name())),
        Kind::Data(format) => ("data", Some(format_name(format))),
        Kind::Verbatim => ("verbatim", None),
    };
    let Range { start, end } = segment.range;
    SegmentRecord { start, end, kind, language, engine, bytes_before: end - start, bytes_after }
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Json => "json",
        Format::Table => "table",
        Format::Log => "log",
        Format::StackTrace => "stack trace",
        Format::Diff => "diff",
    }
}
