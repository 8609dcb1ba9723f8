//! A document before anything was chosen: its segments, the parts of their drafts, its running text and the scores of it.

use std::collections::HashSet;
use std::ops::Range;

use super::Document;
use super::sections::{self, Section};
use crate::atoms::{Atom, Category};
use crate::data;
use crate::domain::{self, Classification};
use crate::draft::{Form, Omitted, Part, Prose};
use crate::engine::Cancel;
use crate::error::CompressError;
use crate::language::Language;
use crate::layout;
use crate::policy::{EngineChoice, Level, Policy};
use crate::segment::{self, Kind, Segment};
use crate::stream::Stream;
use crate::structural::{self, Aim, Reduced};
use crate::tagger::Tagger;
use crate::tagger::units::{Unit, Units, units};
use crate::tokens::Tokenizer;
use crate::view::View;

/// A document as it is read.
pub(super) struct Reading<'document> {
    pub(super) document: Document<'document>,
    original: &'document str,
    pub(super) view: Option<&'document View>,
    classification: Classification,
}

impl<'document> Reading<'document> {
    pub(super) fn of(document: Document<'document>, view: Option<&'document View>) -> Self {
        let original = document.text;
        let document = Document { text: view.map_or(original, View::text), ..document };
        Self { document, original, view, classification: domain::classify(document.text) }
    }

    /// It, as it is in its file.
    pub(super) fn original(&self) -> &'document str {
        self.original
    }

    /// All of it.
    pub(super) fn whole(&self, policy: &Policy) -> Section {
        let text = self.document.text;
        let hint = language(&self.document, policy).filter(|_| self.view.is_none());
        Section { range: 0..text.len(), segments: segment::segments(text, hint) }
    }

    /// It, cut where its parts do not depend on each other.
    pub(super) fn sections(&self, policy: &Policy) -> Vec<Section> {
        let whole = self.whole(policy);
        if self.view.is_some() { vec![whole] } else { sections::sections(self.document.text, whole.segments) }
    }
}

/// How much of a document may be left out.
#[derive(Clone, Copy)]
pub(super) struct Extent<'a> {
    /// The level of data, and at `tight` of long literals in code.
    level: Level,
    /// Bytes that stay whole while the rest of the code becomes its skeleton, as the document is read; `None` for no focus.
    focus: Option<&'a [Range<usize>]>,
}

impl<'a> Extent<'a> {
    pub(super) fn of(level: Level, focus: Option<&'a [Range<usize>]>) -> Self {
        Self { level, focus }
    }
}

/// A document before anything was chosen.
pub(super) struct Prepared<'document> {
    /// As it is read: of a notebook, its view.
    pub(super) document: Document<'document>,
    /// What it stands for, as it is in its file: all, or a section.
    pub(super) original: &'document str,
    pub(super) view: Option<&'document View>,
    pub(super) classification: Classification,
    pub(super) segments: Vec<Planned>,
    pub(super) parts: Vec<Part>,
    pub(super) stream: Stream,
    pub(super) units: Vec<Unit>,
    /// The atoms of the running text, in bytes of the stream.
    pub(super) atoms: Vec<Atom>,
    /// For each atom, whether it stands in the code around its comment, which keeps every token.
    pub(super) stands_in_code: Vec<bool>,
    /// Tokens of the original.
    pub(super) before: usize,
    /// Whether its code is the skeleton but for a focus.
    pub(super) has_focus: bool,
}

/// A segment and what is planned for it.
pub(super) struct Planned {
    pub(super) segment: Segment,
    /// Its parts within the draft.
    pub(super) parts: Range<usize>,
    /// The draft of code, its parts moved out: how it was treated, and what checks the result.
    pub(super) code: Option<structural::Draft>,
    /// Why less is left out of code than the level allows.
    pub(super) objection: Option<String>,
}

impl<'document> Prepared<'document> {
    /// Drafts the segments of a section.
    pub(super) fn of(reading: &Reading<'document>, section: Section, policy: &Policy, extent: Extent<'_>) -> Self {
        let Reading { document, original, view, .. } = *reading;
        let text = document.text;
        // A view is never cut: where its parts are in the file, only the whole knows.
        let original = if view.is_some() { original } else { &text[section.range] };
        let mut parts = Vec::new();
        let mut segments = Vec::new();
        for segment in section.segments {
            let first = parts.len();
            let (code, objection) = draft(text, &segment, policy, extent, &mut parts).unzip();
            segments.push(Planned { segment, parts: first..parts.len(), code, objection: objection.flatten() });
        }
        Self {
            document,
            original,
            view,
            classification: reading.classification.clone(),
            segments,
            stream: Stream::of(text, &parts),
            parts,
            units: Vec::new(),
            atoms: Vec::new(),
            stands_in_code: Vec::new(),
            before: policy.tokenizer().count(original),
            has_focus: extent.focus.is_some(),
        }
    }

    /// Whether something was left out of data, or of literals and repeats in code.
    pub(super) fn leaves_out(&self) -> bool {
        let is_told = |what: Omitted| matches!(what, Omitted::Elements | Omitted::Characters | Omitted::Repeats);
        let leaves_out = |part: &Part| {
            matches!(part, Part::Rewritten(rewritten) if match rewritten.form {
                Form::Elided => true,
                Form::Omitted(omission) => is_told(omission.what),
                Form::Table | Form::Lines => false,
            })
        };
        self.parts.iter().any(leaves_out)
    }

    /// Tokens of the result if every word stays.
    pub(super) fn tokens_with_all_words(&self, tokenizer: Tokenizer) -> usize {
        let written = |part: &Part| part.decided().unwrap_or(&self.document.text[part.source()]).to_owned();
        tokenizer.count(&self.parts.iter().map(written).collect::<String>())
    }

    /// Where a stretch of the text stands in the file.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.view.map_or_else(|| range.clone(), |view| view.source(range))
    }

    /// Scores the running text; without a tagger every word stays.
    pub(super) fn score(
        &mut self,
        tagger: Option<&Tagger>,
        policy: &Policy,
        cancel: &Cancel,
    ) -> Result<(), CompressError> {
        let scores = match tagger {
            Some(tagger) if !self.stream.text.is_empty() => tagger.scores(&self.stream.text, cancel)?,
            _ => Vec::new(),
        };
        let Units { all, atoms } = units(&self.stream, &scores, policy.tokenizer());
        self.stands_in_code = self.found_in_code(&atoms);
        self.units = all;
        self.release(&atoms);
        self.atoms = atoms;
        Ok(())
    }

    /// The prose part that a unit belongs to.
    pub(super) fn prose_of(&self, unit: &Unit) -> &Prose {
        match &self.parts[self.stream.lines[unit.line].part] {
            Part::Prose(prose) => prose,
            Part::Fixed { .. } | Part::Fold { .. } | Part::Rewritten(_) => {
                unreachable!("the stream is made of prose parts")
            }
        }
    }

    /// Whether a paragraph begins after one line of the stream and up to another.
    pub(super) fn begins_paragraph(&self, after: usize, to: usize) -> bool {
        let lines = &self.stream.lines;
        (after + 1..=to).any(|line| lines[line].after_blank || lines[line].part != lines[line - 1].part)
    }

    /// Whether each atom of a comment stands in the code too, which loses nothing.
    fn found_in_code(&self, atoms: &[Atom]) -> Vec<bool> {
        let mut words: HashSet<&str> = HashSet::new();
        for planned in self.segments.iter().filter(|planned| matches!(planned.segment.kind, Kind::Code(_))) {
            for part in &self.parts[planned.parts.clone()] {
                if let Part::Fixed { text, .. } = part {
                    words.extend(text.split(|char: char| !(char.is_alphanumeric() || char == '_')));
                    words.extend(text.split(|char: char| !(char.is_alphanumeric() || "_.-/".contains(char))));
                }
            }
        }
        let in_comment = |atom: &Atom| {
            let part = &self.parts[self.stream.lines[self.stream.line_at(atom.range.start)].part];
            matches!(part, Part::Prose(prose) if prose.comment)
        };
        let known = |atom: &Atom| {
            let bare = self.stream.text[atom.range.clone()].trim_matches(['`', '"', '\'']).trim_end_matches("()");
            atom.category != Category::Negation && words.contains(bare) && in_comment(atom)
        };
        atoms.iter().map(known).collect()
    }

    /// A comment's unit whose atoms all stand in the code is a word like others.
    fn release(&mut self, atoms: &[Atom]) {
        let mut at = 0;
        for unit in &mut self.units {
            while at < atoms.len() && atoms[at].range.end <= unit.whole.start {
                at += 1;
            }
            let held = atoms[at..]
                .iter()
                .zip(&self.stands_in_code[at..])
                .take_while(|(atom, _)| atom.range.start < unit.whole.end);
            let (mut some, mut all) = (false, true);
            for (_, &known) in held {
                some = true;
                all &= known;
            }
            if some && all {
                unit.protected = false;
            }
        }
    }
}

/// The language of a document as a whole, where one is told.
pub(super) fn language(document: &Document<'_>, policy: &Policy) -> Option<Language> {
    policy.language().or(document.language).or_else(|| document.name.and_then(Language::from_path))
}

/// Drafts one segment; code comes with what checks it, and why less is left out than the level allows.
fn draft(
    text: &str,
    segment: &Segment,
    policy: &Policy,
    extent: Extent<'_>,
    parts: &mut Vec<Part>,
) -> Option<(structural::Draft, Option<String>)> {
    let words = policy.level() > Level::Safe && policy.engine() != EngineChoice::Structural;
    let as_text = words && policy.engine() == EngineChoice::Tagger;
    match segment.kind {
        Kind::Prose if words || policy.level() == Level::Skeleton => {
            parts.push(Part::Prose(prose(text, segment.range.clone())));
        }
        Kind::Code(_) | Kind::Data(_) if as_text => parts.push(Part::Prose(prose(text, segment.range.clone()))),
        Kind::Code(Some(language)) => {
            let level = if words || policy.level() >= Level::Tight { policy.level() } else { Level::Safe };
            let level = if level == Level::Tight && extent.focus.is_none() { extent.level } else { level };
            let (range, tokenizer) = (segment.range.clone(), policy.tokenizer());
            let (mut draft, objection) = if level >= Level::Tight {
                let aim = Aim { level, focus: extent.focus, tokenizer };
                let Reduced { draft, objection, .. } = structural::reduce(text, range, language, &aim);
                (draft, objection)
            } else {
                (structural::draft(text, range, language, level, tokenizer), None)
            };
            parts.append(&mut draft.parts);
            return Some((draft, objection));
        }
        Kind::Code(None) => {
            parts.push(Part::Fixed { source: segment.range.clone(), text: text[segment.range.clone()].to_owned() });
        }
        Kind::Data(_) => parts.extend(data::draft(text, segment, extent.level, policy.tokenizer())),
        Kind::Prose | Kind::Verbatim => parts.extend(layout::draft(text, segment, policy.tokenizer())),
    }
    None
}

/// Running text as it stands: the white space around it shrinks to what separates paragraphs.
fn prose(text: &str, source: Range<usize>) -> Prose {
    let piece = &text[source.clone()];
    let body = piece.trim();
    let start = source.start + (piece.len() - piece.trim_start().len());
    let newlines = |space: &str| "\n".repeat(space.bytes().filter(|&byte| byte == b'\n').count().min(2));
    Prose {
        open: newlines(&text[source.start..start]),
        close: newlines(&text[start + body.len()..source.end]),
        when_empty: String::new(),
        line_break: "\n".to_owned(),
        lines: segment::lines(text, source.clone()),
        comment: false,
        source,
    }
}
