//! What the words around a word say about keeping it, which the labels of single words do not.
//!
//! Invariants
//! - only what is no atom gains, and nothing loses: the guard's words stay what they were;
//! - comments gain by their negations alone: beside the code that they explain, the tagger's own view is enough
//!   (`tests/cli`, `what_a_comment_denies_stays_to_the_end_of_its_clause`).

use super::units::{Sort, Unit};
use crate::atoms::{Atom, Category};
use crate::stream::Stream;

/// Adds to the keep values of words by their neighbours; the sums are an order, no longer probabilities.
pub(super) fn weigh(stream: &Stream, units: &mut [Unit], atoms: &[Atom]) {
    let text = &stream.text;
    follow_negations(stream, units, atoms);
    for prose in units.chunk_by_mut(|a, b| stream.lines[a.line].comment == stream.lines[b.line].comment) {
        if stream.lines[prose[0].line].comment {
            continue;
        }
        for unit in prose.iter_mut().filter(|unit| text[stream.lines[unit.line].range.clone()].starts_with('#')) {
            unit.keep = HEADING;
        }
        subjects(stream, prose);
        bridge(text, prose);
    }
}

/// Keep value of the words of a heading, which says what the text below is about.
const HEADING: f32 = 1.0;

/// What a negation denies goes with it, up to two words of meaning or a comma: "no payment was lost" without "lost", or
/// "must never be lowered" without "lowered", would deny something else. In a comment, of which little else may stay, it goes
/// to the end of its clause or as far as is looked: "but not the one just" without "written" would say nothing.
fn follow_negations(stream: &Stream, units: &mut [Unit], atoms: &[Atom]) {
    let text = &stream.text;
    let mut at = 0;
    for atom in atoms.iter().filter(|atom| atom.category == Category::Negation) {
        while at < units.len() && units[at].whole.end < atom.range.end {
            at += 1;
        }
        let Some(sentence) = units.get(at).map(|unit| unit.sentence) else { return };
        if stream.lines[units[at].line].comment && ends_clause(units, at) {
            // Nothing follows: what it denies stands before it, as in "counts nothing".
            if let Some(before) = at.checked_sub(1).filter(|&before| units[before].sentence == sentence) {
                units[before].keep = units[before].keep.max(DENIED);
            }
            continue;
        }
        let mut meant = 0;
        for unit in units[at + 1..].iter_mut().take(DENIED_WORDS).take_while(|unit| unit.sentence == sentence) {
            unit.keep = unit.keep.max(DENIED);
            meant += usize::from(!is_function_word(&text[unit.core.clone()]));
            let is_enough = meant == 2 && !stream.lines[unit.line].comment;
            if is_enough || unit.whole.end > unit.core.end {
                break;
            }
        }
    }
}

/// Whether a unit is the last of its clause.
fn ends_clause(units: &[Unit], at: usize) -> bool {
    let unit = &units[at];
    unit.whole.end > unit.core.end || units.get(at + 1).is_none_or(|next| next.sentence != unit.sentence)
}

/// Keep value of the words that a negation denies, at least.
const DENIED: f32 = 0.9;
/// How far they are looked for.
const DENIED_WORDS: usize = 6;

/// The subject of a paragraph's first sentence is what the paragraph is about: "Dirt track racing is a type of".
fn subjects(stream: &Stream, units: &mut [Unit]) {
    let text = &stream.text;
    let mut start = 0;
    while start < units.len() {
        let sentence = units[start].sentence;
        let length = units[start..].iter().take_while(|unit| unit.sentence == sentence).count();
        let line = units[start].line;
        let first = stream.lines[line].starts && (line == 0 || stream.lines[line].after_blank);
        let sentence = &mut units[start..start + length];
        let verb = sentence.iter().take(SUBJECT_WORDS + 1).position(|unit| is_copula(&text[unit.core.clone()]));
        if first && let Some(verb) = verb {
            for unit in sentence[..verb].iter_mut().filter(|unit| !is_article(&text[unit.core.clone()])) {
                unit.keep += SUBJECT;
            }
        }
        start += length;
    }
}

/// What the words of a subject gain.
const SUBJECT: f32 = 0.6;
/// Longer subjects are clauses.
const SUBJECT_WORDS: usize = 8;

fn is_copula(word: &str) -> bool {
    matches!(word, "is" | "was" | "are" | "were")
}

/// What a lone word between two atoms gains, and each of two.
const BRIDGE: [f32; 2] = [0.8, 0.3];
/// What the word after an atom gains.
const AFTER_ATOM: f32 = 0.2;

/// The few words between two atoms say how they belong together, as in "Charles and Thomas" or "directed by Eduardo Serra",
/// and the word after an atom often says what it is: "British art dealer". The model, trained on labels of single words, does
/// not see which words the guard will keep around them.
fn bridge(text: &str, units: &mut [Unit]) {
    let is_content = |unit: &Unit| unit.sort == Sort::Word && !is_article(&text[unit.core.clone()]);
    let mut last: Option<usize> = None;
    for index in 0..units.len() {
        if index > 0 && units[index - 1].sentence != units[index].sentence {
            last = None;
        }
        if !units[index].protected {
            continue;
        }
        let between = last.map_or(index, |last| last + 1)..index;
        let words = between.clone().filter(|&at| is_content(&units[at])).count();
        if let Some(gain) = words.checked_sub(1).and_then(|at| BRIDGE.get(at)) {
            for at in between.filter(|&at| is_content(&units[at])).collect::<Vec<_>>() {
                units[at].keep += gain;
            }
        }
        last = Some(index);
    }
    for index in 1..units.len() {
        if units[index - 1].protected && units[index - 1].sentence == units[index].sentence {
            units[index].keep += AFTER_ATOM;
        }
    }
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the" | "A" | "An" | "The")
}

fn is_function_word(word: &str) -> bool {
    is_article(word)
        || matches!(
            word.to_ascii_lowercase().as_str(),
            "be" | "been"
                | "being"
                | "is"
                | "are"
                | "was"
                | "were"
                | "have"
                | "has"
                | "had"
                | "do"
                | "does"
                | "did"
                | "will"
                | "would"
                | "can"
                | "could"
                | "should"
                | "may"
                | "might"
                | "to"
                | "of"
                | "in"
                | "on"
                | "at"
                | "by"
                | "for"
                | "with"
                | "from"
                | "and"
                | "or"
                | "it"
                | "its"
                | "that"
                | "this"
                | "their"
                | "any"
                | "yet"
                | "also"
        )
}
