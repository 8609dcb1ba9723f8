//! All snippets as one text: in order, and what occurs twice once.
//!
//! Invariants
//! - no text is carried twice, be it as a whole or within another (`basket::tests::nothing_is_carried_twice`).

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use compressor::language::Language;
use memchr::memmem;

use super::{Basket, Order, Snippet, State};
use crate::lsp::session::chat::{self, Block};

/// A text that stands in another need not be carried if it has so many lines or characters; less is no text of its own.
const LEAST_LINES: usize = 3;
const LEAST_CHARACTERS: usize = 80;

/// The most bytes that are searched for texts in others. A basket that needs more carries some of them twice.
const MOST_SEARCHED: usize = 2 << 30;

/// The basket, ready to be compressed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Assembled {
    pub(crate) pieces: Vec<Piece>,
    /// For a person: what was left out, and what is not as it was.
    pub(crate) notes: Vec<String>,
}

/// A text to carry.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) path: String,
    pub(crate) language: Option<Language>,
    pub(crate) lines: RangeInclusive<usize>,
    pub(crate) text: String,
    /// Where else this text or a part of it was taken from.
    pub(crate) also_in: Vec<(String, RangeInclusive<usize>)>,
    pub(crate) state: State,
}

/// A piece on its way.
struct Candidate {
    piece: Piece,
    /// The text without white space at the ends of its lines.
    bare: String,
    /// Smaller comes first.
    rank: usize,
}

impl Basket {
    /// The pieces in order. `scores` belong to the snippets in the order of `list`, better is greater; a snippet without
    /// one comes last. To be called after `refresh` of the documents that are open.
    pub(crate) fn assemble(&self, order: Order, scores: Option<&[f32]>) -> Assembled {
        let mut assembled = Assembled::default();
        let mut kept = Vec::new();
        for (snippet, score) in self.by_file(scores) {
            assembled.notes.extend(note(snippet));
            if snippet.state != State::Deleted && !snippet.text.trim().is_empty() {
                kept.push((snippet, score));
            }
        }
        let mut pieces = join(&kept);
        if order == Order::Relevance {
            // Stable: what scores the same stays in the order of the files.
            pieces.sort_by(|(_, left), (_, right)| right.total_cmp(left));
        }
        let candidates = once(pieces.into_iter().map(|(piece, _)| piece));
        assembled.pieces = without_parts(candidates, order);
        assembled
    }

    /// The snippets with their scores: files in the order in which they came, snippets by position.
    fn by_file(&self, scores: Option<&[f32]>) -> Vec<(&Snippet, f32)> {
        let mut files: HashMap<&str, u64> = HashMap::new();
        for snippet in &self.snippets {
            files.entry(&snippet.uri).or_insert(snippet.id);
        }
        let score = |index: usize| {
            let score = scores.and_then(|scores| scores.get(index)).copied();
            score.filter(|it| !it.is_nan()).unwrap_or(f32::NEG_INFINITY)
        };
        let mut snippets: Vec<_> =
            self.snippets.iter().enumerate().map(|(index, snippet)| (snippet, score(index))).collect();
        snippets.sort_by_key(|(snippet, _)| {
            let file = files.get(snippet.uri.as_str()).copied().unwrap_or(snippet.id);
            (file, snippet.range.start, snippet.id)
        });
        snippets
    }
}

/// The basket as Markdown for a chat: each piece with the text that it became.
pub(crate) fn render<'a>(pieces: impl IntoIterator<Item = (&'a Piece, &'a str)>) -> String {
    let blocks = pieces.into_iter().map(|(piece, text)| {
        chat::block(&Block {
            path: Some(&piece.path),
            lines: Some(&piece.lines),
            also_in: &piece.also_in,
            language: piece.language,
            note: None,
            text,
        })
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn note(snippet: &Snippet) -> Option<String> {
    let place = chat::place(&snippet.path, Some(&snippet.lines));
    match snippet.state {
        State::Deleted => Some(format!("{place} is left out: its text was deleted.")),
        _ if snippet.text.trim().is_empty() => Some(format!("{place} is left out: no text is left of it.")),
        State::Fresh => None,
        State::Changed if snippet.located => {
            Some(format!("{place} was changed since it was added: its text of now is taken."))
        }
        State::Changed => Some(format!(
            "{place} was changed in its file and is not found there any more: its last known text is taken."
        )),
    }
}

/// Edits across two snippets may have made them overlap: those become one piece, with the better score.
fn join(snippets: &[(&Snippet, f32)]) -> Vec<(Piece, f32)> {
    let mut pieces: Vec<(Piece, f32)> = Vec::new();
    // Where the last piece stands, if that is known.
    let mut last: Option<(&str, Range<usize>)> = None;
    for (snippet, score) in snippets {
        let overlapped = last.as_mut().filter(|(uri, span)| {
            *uri == snippet.uri
                && snippet.located
                && snippet.range.start < span.end
                && span.start <= snippet.range.start
        });
        if let Some((_, span)) = overlapped
            && let Some((piece, best)) = pieces.last_mut()
            && let Some(tail) = piece.text.get(snippet.range.start - span.start..)
            && let Some(rest) = snippet.text.strip_prefix(tail).or(tail.starts_with(&snippet.text).then_some(""))
        {
            piece.text.push_str(rest);
            piece.lines = *piece.lines.start()..=*piece.lines.end().max(snippet.lines.end());
            if snippet.state == State::Changed {
                piece.state = State::Changed;
            }
            *best = best.max(*score);
            span.end = span.end.max(snippet.range.end);
            continue;
        }
        let piece = Piece {
            path: snippet.path.clone(),
            language: snippet.language,
            lines: snippet.lines.clone(),
            text: snippet.text.clone(),
            also_in: Vec::new(),
            state: snippet.state,
        };
        pieces.push((piece, *score));
        last = snippet.located.then(|| (snippet.uri.as_str(), snippet.range.clone()));
    }
    pieces
}

/// Texts that are equal but for white space at line ends become one, at the place of the first.
fn once(pieces: impl Iterator<Item = Piece>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for piece in pieces {
        let bare = bare(&piece.text);
        if let Some(index) = known.get(&bare) {
            refer(&mut candidates[*index].piece, piece);
        } else {
            known.insert(bare.clone(), candidates.len());
            candidates.push(Candidate { piece, bare, rank: candidates.len() });
        }
    }
    candidates
}

/// Texts that stand within another go into it.
fn without_parts(mut candidates: Vec<Candidate>, order: Order) -> Vec<Piece> {
    candidates.sort_by(|left, right| right.bare.len().cmp(&left.bare.len()).then(left.rank.cmp(&right.rank)));
    let mut effort = MOST_SEARCHED;
    let mut carried: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match container(&carried, &candidate, &mut effort) {
            Some(index) => {
                let container = &mut carried[index];
                refer(&mut container.piece, candidate.piece);
                if order == Order::Relevance {
                    container.rank = container.rank.min(candidate.rank);
                }
            }
            None => carried.push(candidate),
        }
    }
    carried.sort_by_key(|candidate| candidate.rank);
    carried.into_iter().map(|candidate| candidate.piece).collect()
}

fn container(carried: &[Candidate], part: &Candidate, effort: &mut usize) -> Option<usize> {
    let is_text =
        part.bare.lines().nth(LEAST_LINES - 1).is_some() || part.bare.chars().nth(LEAST_CHARACTERS - 1).is_some();
    if !is_text {
        return None;
    }
    let finder = memmem::Finder::new(&part.bare);
    // Texts of one length that differ do not hold each other.
    carried.iter().take_while(|it| it.bare.len() > part.bare.len()).position(|it| {
        effort.checked_sub(it.bare.len()).is_some_and(|left| {
            *effort = left;
            finder.find(it.bare.as_bytes()).is_some()
        })
    })
}

/// Says in a piece that another was taken from elsewhere.
fn refer(piece: &mut Piece, other: Piece) {
    for place in std::iter::once((other.path, other.lines)).chain(other.also_in) {
        let is_own = place.0 == piece.path && place.1 == piece.lines;
        if !is_own && !piece.also_in.contains(&place) {
            piece.also_in.push(place);
        }
    }
}

fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    for line in text.lines() {
        bare.push_str(line.trim_end());
        bare.push('\n');
    }
    bare.truncate(bare.trim_end().len());
    bare
}
