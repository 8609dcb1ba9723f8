//! Settles one segment under the guard: as it was rendered, else its layout alone, else the original.
//!
//! Invariants
//! - what is written was looked at by the guard, or is the original (`tests/properties`);
//! - code is written only if its tokens are the original's (`tests/properties`).

use std::borrow::Cow;

use super::finish::Assembled;
use super::prepare::{Planned, Prepared};
use crate::data;
use crate::draft::{Form, Part};
use crate::guard;
use crate::layout;
use crate::notation;
use crate::policy::{Level, Policy};
use crate::receipt::EngineName;
use crate::segment::{Kind, Segment};
use crate::structural::{self, Reason, Treatment};
use crate::tagger::render::Renderer;
use crate::tagger::units::Unit;

/// A rendered choice, about to be looked at.
pub(super) struct Settling<'run> {
    pub(super) document: &'run Prepared<'run>,
    pub(super) renderer: &'run Renderer<'run>,
    pub(super) assembled: &'run Assembled,
    /// One flag for each unit.
    pub(super) kept: &'run [bool],
    pub(super) policy: &'run Policy,
}

/// What is written for a segment.
pub(super) struct Settled<'text> {
    pub(super) text: Cow<'text, str>,
    pub(super) engine: EngineName,
    /// What a person should know.
    pub(super) note: Option<String>,
    /// Whether the guard objected, so that no word was dropped.
    pub(super) fell_back: bool,
}

impl Settling<'_> {
    /// Settles a segment.
    pub(super) fn segment<'text>(&self, planned: &Planned, rendered: &'text str) -> Settled<'text> {
        let Segment { range, .. } = &planned.segment;
        let original = &self.document.document.text[range.clone()];
        if let Some(objection) = self.objection(planned, original, rendered) {
            let text = self.layout_alone(planned, original);
            let engine = if text == original { EngineName::None } else { EngineName::Structural };
            let place = self.document.place(range);
            let note = format!("bytes {} to {} keep their words: {objection}", place.start, place.end);
            return Settled { text: Cow::Owned(text), engine, note: Some(note), fell_back: true };
        }
        let engine = if rendered == original {
            EngineName::None
        } else if self.document.parts[planned.parts.clone()].iter().any(|part| matches!(part, Part::Prose(_))) {
            EngineName::Tagger
        } else {
            EngineName::Structural
        };
        Settled { text: Cow::Borrowed(rendered), engine, note: self.treatment_note(planned), fell_back: false }
    }

    /// What speaks against a rendered segment.
    fn objection(&self, planned: &Planned, original: &str, rendered: &str) -> Option<String> {
        if rendered == original {
            return None;
        }
        planned.parts.clone().find_map(|part| self.part_objection(part)).or_else(|| {
            let (Kind::Code(Some(language)), Some(code)) = (planned.segment.kind, &planned.code) else { return None };
            let elisions =
                structural::elisions(&self.document.parts[planned.parts.clone()], planned.segment.range.start);
            let written = |part: usize| self.assembled.part(planned.parts.start + part);
            let text = self.document.document.text;
            code.check(text, written, language, &elisions).err().map(|difference| difference.to_string())
        })
    }

    /// What the guard has against a rendered part.
    fn part_objection(&self, index: usize) -> Option<String> {
        let part = &self.document.parts[index];
        let text = self.document.document.text;
        let prose = match part {
            Part::Prose(prose) => prose,
            _ if !guard::keeps_bytes(text, part) => return Some("its layout changed more than white space".to_owned()),
            Part::Rewritten(rewritten) => {
                let is_less = matches!(rewritten.form, Form::Elided | Form::Omitted(_));
                let may_be_less = self.policy.level() >= Level::Tight && is_less;
                let objects = !may_be_less && !data::says_the_same(text, rewritten);
                return objects.then(|| "it could not be read back".to_owned());
            }
            _ => return None,
        };
        let rendered = self.assembled.part(index);
        let units = self.renderer.units_of(index);
        let expected = self.kept_atoms(&self.document.units[units.clone()], &self.kept[units]);
        let lost = guard::lost(&expected, rendered);
        if !lost.is_empty() {
            return Some(format!("the guard missed {} atoms", lost.len()));
        }
        let source = &text[prose.lines.first()?.text.start..prose.lines.last()?.text.end];
        let body = rendered.strip_prefix(prose.open.as_str()).unwrap_or(rendered);
        let body = body.strip_suffix(prose.close.as_str()).unwrap_or(body);
        guard::invented(source, body, notation::SHORT_FORMS)
            .map(|_| "the guard found a word that the source lacks".to_owned())
    }

    /// The atoms of kept units.
    fn kept_atoms(&self, units: &[Unit], kept: &[bool]) -> Vec<&str> {
        let atoms = &self.document.atoms;
        let mut expected = Vec::new();
        for (unit, _) in units.iter().zip(kept).filter(|(_, kept)| **kept) {
            let first = atoms.partition_point(|atom| atom.range.end <= unit.whole.start);
            let held = atoms[first..].iter().take_while(|atom| atom.range.start < unit.whole.end);
            expected.extend(held.map(|atom| &self.document.stream.text[atom.range.clone()]));
        }
        expected
    }

    /// Layout alone, where even that is sure; else the original.
    fn layout_alone(&self, planned: &Planned, original: &str) -> String {
        let Segment { range, kind } = &planned.segment;
        let text = self.document.document.text;
        let tokenizer = self.policy.tokenizer();
        let (parts, code) = match kind {
            Kind::Code(Some(language)) => {
                let mut draft = structural::draft(text, range.clone(), *language, Level::Safe, tokenizer);
                (std::mem::take(&mut draft.parts), Some((draft, *language)))
            }
            Kind::Code(None) => return original.to_owned(),
            Kind::Prose | Kind::Data(_) | Kind::Verbatim => (layout::draft(text, &planned.segment, tokenizer), None),
        };
        let mut pieces = Vec::with_capacity(parts.len());
        for part in &parts {
            match part {
                Part::Fixed { text: piece, .. } | Part::Fold { text: piece, .. } if guard::keeps_bytes(text, part) => {
                    pieces.push(piece.as_str());
                }
                _ => return original.to_owned(),
            }
        }
        match code {
            Some((draft, language)) if draft.check(text, |part| pieces[part], language, &[]).is_err() => {
                original.to_owned()
            }
            _ => pieces.concat(),
        }
    }

    /// What a person should know of how code was treated.
    fn treatment_note(&self, planned: &Planned) -> Option<String> {
        let Segment { range, kind } = &planned.segment;
        let range = self.document.place(range);
        let Kind::Code(language) = kind else { return None };
        let as_text =
            matches!(self.document.parts.get(planned.parts.start), Some(Part::Prose(prose)) if !prose.comment);
        let treatment =
            planned.code.as_ref().map_or(Treatment::PassedThrough(Reason::NoGrammar), |code| code.treatment);
        let name = language.map_or("code of an unknown language", |language| language.name());
        let why = if treatment == Treatment::Parsed { planned.objection.clone() } else { Some(treatment.to_string()) };
        why.filter(|_| !as_text).map(|why| format!("bytes {} to {}: {name}: {why}", range.start, range.end))
    }
}
