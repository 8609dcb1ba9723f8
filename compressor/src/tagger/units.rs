//! Units: what is kept or dropped as one. A word, an atom of several words, a phrase with a short form.
//!
//! Invariants
//! - units are in order and do not overlap; every chunk of the stream lies in exactly one (`tests::units_hold_every_chunk`);
//! - a unit that holds an atom is protected.

use std::ops::Range;

use super::context;
use super::heads::PieceScore;
use crate::atoms::{self, Atom, Category, Chunk};
use crate::notation::Notation;
use crate::stream::Stream;
use crate::tokens::Tokenizer;

/// What is kept or dropped as one.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Bytes of the stream, punctuation included.
    pub(crate) whole: Range<usize>,
    /// Without opening and closing punctuation.
    pub(crate) core: Range<usize>,
    /// Index of the stream's line where it begins.
    pub(crate) line: usize,
    /// Running number of its sentence within the stream.
    pub(crate) sentence: usize,
    /// What sort of unit this is.
    pub(crate) sort: Sort,
    /// Whether it holds an atom or what the model cannot read.
    pub(crate) protected: bool,
    /// Probability of keep: the largest of its pieces'.
    pub(crate) keep: f32,
    /// The largest keep probability among the pieces of its closing punctuation.
    pub(crate) punctuation: f32,
    /// The symbol class before it and its probability.
    pub(crate) symbol: (usize, f32),
    /// What is written in its stead.
    pub(crate) short: Option<&'static str>,
    /// Tokens of its core with a space before it.
    pub(crate) cost: usize,
}

/// What sort of unit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Something with a letter or a digit.
    Word,
    /// A list bullet or heading mark where a line begins: stays if its line does.
    Marker,
    /// Punctuation between spaces: stays between two kept words.
    Dash,
}

/// The units of a document and the atoms they hold.
pub(crate) struct Units {
    pub(crate) all: Vec<Unit>,
    /// The atoms to be kept, in order, in bytes of the stream.
    pub(crate) atoms: Vec<Atom>,
}

/// Cuts a stream into units and gives each the scores of its pieces.
pub(crate) fn units(stream: &Stream, scores: &[PieceScore], tokenizer: Tokenizer) -> Units {
    let text = &stream.text;
    let chunks = atoms::chunks(text);
    let atoms: Vec<Atom> =
        atoms::find(text).into_iter().filter_map(|atom| without_opener(stream, &chunks, atom)).collect();
    let notation = Notation::of(tokenizer);
    let mut all = Vec::with_capacity(chunks.len());
    let mut scores = Scores { rest: scores };
    let mut sentence = 0;
    let mut atom = 0;
    let mut index = 0;
    while index < chunks.len() {
        let line = stream.line_at(chunks[index].whole.start);
        let begins_line = stream.lines[line].range.start == chunks[index].whole.start && stream.lines[line].starts;
        sentence += usize::from(chunks[index].begins || begins_line);
        while atom < atoms.len() && atoms[atom].range.end <= chunks[index].whole.start {
            atom += 1;
        }
        let mut whole = chunks[index].whole.clone();
        let mut core = chunks[index].core.clone();
        let mut count = 1;
        let mut protected = false;
        // Every atom that touches the unit belongs to it, with every chunk that the atom touches.
        while let Some(held) = atoms.get(atom).filter(|held| held.range.start < whole.end) {
            protected = true;
            while index + count < chunks.len() && chunks[index + count].whole.start < held.range.end {
                whole.end = chunks[index + count].whole.end;
                core.end = chunks[index + count].core.end;
                count += 1;
            }
            core = core.start.min(held.range.start)..core.end.max(held.range.end);
            atom += 1;
        }
        let mut short = None;
        if !protected && let Some((words, form)) = notation.at(|at| lower_word(text, &chunks, index + at, at)) {
            count = words;
            short = Some(form);
            whole.end = chunks[index + count - 1].whole.end;
            core.end = chunks[index + count - 1].core.end;
        }
        // An atom of punctuation alone, such as `(` in backticks, is neither a bullet nor a dash.
        let sort = if protected { Sort::Word } else { sort_of(text, &core, begins_line) };
        let core_text = &text[core.clone()];
        protected |= core_text.len() > LONGEST_WORD || core_text.chars().any(is_unread);
        let (keep, punctuation, symbol) = scores.take(&whole, &core);
        let cost = match sort {
            Sort::Word => tokenizer.count(&format!(" {}", short.unwrap_or(core_text))),
            Sort::Marker | Sort::Dash => 0,
        };
        all.push(Unit { whole, core, line, sentence, sort, protected, keep, punctuation, symbol, short, cost });
        index += count;
    }
    context::weigh(stream, &mut all, &atoms);
    Units { all, atoms }
}

/// Longer words are data that no model should judge.
const LONGEST_WORD: usize = 80;

/// Letters of scripts that the uncased English model was not trained on.
fn is_unread(char: char) -> bool {
    char.is_alphabetic() && char > '\u{24F}'
}

/// The capitalised word that begins a sentence of a comment is most often a verb, and no name: "Returns", "Parse".
fn without_opener(stream: &Stream, chunks: &[Chunk], atom: Atom) -> Option<Atom> {
    if atom.category != Category::Name || !stream.lines[stream.line_at(atom.range.start)].comment {
        return Some(atom);
    }
    let first = chunks.partition_point(|chunk| chunk.core.start < atom.range.start);
    if !chunks.get(first).is_some_and(|chunk| chunk.begins) {
        return Some(atom);
    }
    let rest = chunks.get(first + 1).filter(|chunk| chunk.core.end <= atom.range.end)?;
    let name = stream.text[rest.core.clone()].starts_with(char::is_uppercase);
    name.then_some(Atom { range: rest.core.start..atom.range.end, ..atom })
}

fn sort_of(text: &str, core: &Range<usize>, begins_line: bool) -> Sort {
    if text[core.clone()].contains(char::is_alphanumeric) {
        Sort::Word
    } else if begins_line {
        Sort::Marker
    } else {
        Sort::Dash
    }
}

/// The chunk's word if the phrase may go on through it: plain, in lower case, without punctuation before its end.
fn lower_word<'text>(text: &'text str, chunks: &[Chunk], index: usize, position: usize) -> Option<&'text str> {
    let chunk = chunks.get(index)?;
    let clean_before = position == 0 || chunk.core.start == chunk.whole.start;
    let clean_between = position == 0 || chunks[index - 1].core.end == chunks[index - 1].whole.end;
    (clean_before && clean_between).then(|| &text[chunk.core.clone()])
}

/// Hands out the scores of pieces in order.
struct Scores<'scores> {
    rest: &'scores [PieceScore],
}

impl Scores<'_> {
    /// Keep probability of the core, of the punctuation after it, and the symbol before the unit.
    fn take(&mut self, whole: &Range<usize>, core: &Range<usize>) -> (f32, f32, (usize, f32)) {
        let (mut keep, mut punctuation, mut symbol) = (0.0_f32, 0.0_f32, None);
        while let Some((score, rest)) = self.rest.split_first().filter(|(score, _)| score.range.start < whole.end) {
            self.rest = rest;
            if score.range.start >= core.end {
                punctuation = punctuation.max(score.keep);
            } else if score.range.end > core.start || core.is_empty() {
                keep = keep.max(score.keep);
                symbol.get_or_insert(score.symbol);
            }
        }
        (keep, punctuation, symbol.unwrap_or((0, 0.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Line, Part, Prose};
    use proptest::prelude::*;

    fn prose(text: &str) -> Vec<Part> {
        let mut at = 0;
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim_end_matches('\n');
            if !trimmed.is_empty() {
                lines.push(Line { text: at..at + trimmed.len(), starts: false });
            }
            at += line.len();
        }
        let (open, close, line_break) = (String::new(), String::new(), "\n".to_owned());
        vec![Part::Prose(Prose {
            source: 0..text.len(),
            open,
            close,
            when_empty: String::new(),
            line_break,
            lines,
            comment: false,
        })]
    }

    #[test]
    fn atoms_of_several_words_are_one_unit() {
        let text = "He saw the University of Oxford, which leads to, and \"two big words\" there.";
        let parts = prose(text);
        let stream = Stream::of(text, &parts);
        let units = units(&stream, &[], Tokenizer::O200kBase);
        let words: Vec<&str> = units.all.iter().map(|unit| &stream.text[unit.core.clone()]).collect();
        assert_eq!(
            words,
            ["He", "saw", "the", "University of Oxford", "which leads to", "and", "\"two big words\"", "there"]
        );
        assert_eq!(units.all[4].short, Some("→"));
    }

    proptest! {
        #[test]
        fn units_hold_every_chunk(text in "(\\PC|[ \n\"'`.,()_/-]|[a-zA-Z0-9]{1,6}|for example ){0,60}") {
            let parts = prose(&text);
            let stream = Stream::of(&text, &parts);
            let units = units(&stream, &[], Tokenizer::O200kBase);
            let mut end = 0;
            for unit in &units.all {
                prop_assert!(unit.whole.start >= end);
                prop_assert!(stream.text[end..unit.whole.start].trim().is_empty());
                prop_assert!(unit.core.start >= unit.whole.start && unit.core.end <= unit.whole.end, "{unit:?}");
                end = unit.whole.end;
            }
            prop_assert!(stream.text[end..].trim().is_empty());
        }
    }
}
