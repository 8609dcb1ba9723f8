//! Repeats: of neighbours that are the same but for a few tokens the first stays whole, of the others what differs.
//!
//! What is written is enough to read the others again: they are the first with other tokens, and where it is not plain which
//! these are, the announcement names them.
//!
//! Invariants
//! - what has a name that others may look for stays, and so does what a comment stands in or beside
//!   (`tests::what_stays_whole`);
//! - each node is looked at a bounded number of times, and a tree is walked with a cursor, never by recursion.
//!
//! Deliberately absent: whether it is worth it, which `cuts` counts.

mod shape;

use std::ops::Range;

use tree_sitter::Tree;

use super::cuts::Planned;
use super::focus::{joined, touched};
use super::outline::Outline;
use crate::draft::Omitted;
use crate::language::Syntax;
use shape::Shapes;

/// Neighbours that must follow the first.
const FEW: usize = 3;
/// Tokens that may differ; one that stands in several places counts once.
const DIFFERENT: usize = 3;
/// Nodes of one of them: what is longer is seldom repeated, and would be compared for long.
const LARGE: usize = 600;
/// Bytes of a token that is written beside others.
const LONG: usize = 120;
/// Between two values of one, and between two of the others.
const BETWEEN: [&str; 2] = [", ", "; "];

/// The neighbours that are told by their first; none that touches `cuts`, a token that stays `whole` or one of the `places`.
pub(crate) fn folded(
    text: &str,
    tree: &Tree,
    outline: &Outline,
    syntax: &Syntax,
    cuts: &[Planned],
    whole: &[bool],
    places: &[Range<usize>],
) -> Vec<Planned> {
    // Tags are short, and what they hold is text.
    if syntax.flow.is_some() {
        return Vec::new();
    }
    let shapes = Shapes::read(text, tree, syntax);
    let tokens = outline.tokens.iter().zip(whole).filter(|(_, whole)| **whole).map(|(token, _)| token.range.clone());
    let kept = joined(tokens.chain(places.iter().cloned()).chain(cuts.iter().map(|cut| cut.range.clone())).collect());
    Finder { text, shapes, syntax, kept }.find()
}

struct Finder<'a> {
    text: &'a str,
    shapes: Shapes<'a>,
    syntax: &'a Syntax,
    /// What is not touched, in order and apart.
    kept: Vec<Range<usize>>,
}

impl Finder<'_> {
    fn find(&self) -> Vec<Planned> {
        let mut planned = Vec::new();
        // What is told by another, and that other, stay as they are.
        let mut is_told = vec![false; self.shapes.len()];
        for parent in 0..self.shapes.len() {
            if is_told[parent] || !self.shapes.may_fold(parent) {
                continue;
            }
            let children = self.shapes.children(parent);
            let mut first = 0;
            while first + FEW < children.len() {
                let others = self.others(parent, &children[first..]);
                if let Some(run) = self.plan(parent, children[first], others) {
                    planned.push(run);
                    for &child in &children[first..=first + others.len()] {
                        is_told[self.shapes.within(child)].fill(true);
                    }
                }
                first += if others.len() < FEW { 1 } else { others.len() + 1 };
            }
        }
        planned
    }

    /// Of some neighbours those after the first that it can tell.
    fn others<'c>(&self, parent: usize, children: &'c [usize]) -> &'c [usize] {
        let Some((&first, rest)) = children.split_first() else { return &[] };
        let may_go = |&child: &usize| {
            self.shapes.may_go(parent, child, LARGE) && touched(&self.kept, &self.shapes.range(child)).is_none()
        };
        if !may_go(&first) {
            return &[];
        }
        let ends = |child: usize| self.shapes.separators(parent, child).into_iter().map(|it| self.shapes.text(it));
        let mut told = Told::new(&self.shapes, first);
        let mut before = first;
        let takes = |&&child: &&usize| {
            let takes = ends(before).eq(ends(first))
                && self.shapes.are_beside(parent, before, child)
                && may_go(&child)
                && told.takes(child, self.syntax);
            before = child;
            takes
        };
        let count = rest.iter().take_while(takes).count();
        &rest[..count]
    }

    fn plan(&self, parent: usize, first: usize, others: &[usize]) -> Option<Planned> {
        let (&next, &last) = others.first().zip(others.last()).filter(|_| others.len() >= FEW)?;
        let mut told = Told::new(&self.shapes, first);
        let all = others.iter().all(|&other| told.takes(other, self.syntax));
        let words = told.words(others).filter(|_| all)?;
        let [parting, ending] = [first, last].map(|child| self.shapes.separators(parent, child));
        let written = |tokens: &[usize]| tokens.iter().map(|&token| self.shapes.text(token)).collect::<Vec<_>>();
        let ends = ending.get(..parting.len()).filter(|ending| written(ending) == written(&parting));
        if ends.is_none() && written(&parting).iter().any(|token| !matches!(*token, "," | ";")) {
            return None;
        }
        let end =
            ends.and_then(<[usize]>::last).map_or(self.shapes.range(last).end, |&token| self.shapes.range(token).end);
        let range = self.shapes.range(next).start..end;
        let is_shorter = words.len() < range.len();
        let is_free = touched(&self.kept, &(self.shapes.range(first).start..end)).is_none();
        let planned = Planned::of_lines(self.text, range, Omitted::Repeats, others.len());
        (is_shorter && is_free).then_some(Planned { words, ..planned })
    }
}

/// What differs from the first in the others.
struct Told<'s, 'a> {
    shapes: &'s Shapes<'a>,
    first: usize,
    /// The tokens of the first that differ, each by the first of its places.
    places: Vec<usize>,
}

impl<'s, 'a> Told<'s, 'a> {
    fn new(shapes: &'s Shapes<'a>, first: usize) -> Self {
        Self { shapes, first, places: Vec::new() }
    }

    /// Takes in another one; false, and nothing is taken in, if the first cannot tell it.
    fn takes(&mut self, other: usize, syntax: &Syntax) -> bool {
        let Self { shapes, first, .. } = *self;
        if !shapes.are_alike(first, other) {
            return false;
        }
        let pair = |place: usize| (shapes.text(first + place), shapes.text(other + place));
        let mut places = self.places.clone();
        for place in shapes.leaves(first) {
            let (one, another) = pair(place);
            if one == another || places.iter().any(|&known| shapes.text(first + known) == one) {
                continue;
            }
            let is_word =
                shapes.is_named(first + place) || [one, another].iter().all(|it| it.chars().all(char::is_alphanumeric));
            if places.len() == DIFFERENT || !is_word || !is_plain(one, syntax) {
                return false;
            }
            places.push(place);
        }
        // A token that stands in several places is another one in all of them.
        let is_one = |place: usize| {
            let (one, another) = pair(place);
            let known = places.iter().find(|&&known| shapes.text(first + known) == one);
            known.map_or(one == another, |&known| shapes.text(other + known) == another)
        };
        let holds = shapes.leaves(first).all(is_one)
            && places.iter().all(|&place| is_plain(shapes.text(other + place), syntax));
        if holds {
            self.places = places;
        }
        holds
    }

    /// What is said of the others after their number; `None` where they are all the same.
    fn words(mut self, others: &[usize]) -> Option<String> {
        self.places.sort_unstable();
        let told = |node: usize| {
            let values = self.places.iter().map(|place| self.shapes.text(node + place));
            values.collect::<Vec<_>>().join(BETWEEN[0])
        };
        let rows: Vec<String> = others.iter().map(|&other| told(other)).collect();
        let first = told(self.first);
        let head = if self.is_plain_which() { " with: ".to_owned() } else { format!(", instead of {first}: ") };
        let is_clear = !(self.places.is_empty() || first.contains(": "));
        is_clear.then(|| head + &rows.join(BETWEEN[1]))
    }

    /// Whether a reader sees which tokens of the first differ: all words do, or all numbers, or all strings.
    fn is_plain_which(&self) -> bool {
        let text = |place: usize| self.shapes.text(self.first + place);
        let sorts: Vec<Sort> = self.places.iter().map(|&place| Sort::of(text(place))).collect();
        self.shapes.leaves(self.first).all(|place| {
            let differs = || self.places.iter().any(|&known| text(known) == text(place));
            !self.shapes.is_named(self.first + place) || !sorts.contains(&Sort::of(text(place))) || differs()
        })
    }
}

/// What a token looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Number,
    Quoted,
    Other,
}

impl Sort {
    fn of(token: &str) -> Self {
        match token.chars().next() {
            _ if token.ends_with(['"', '\'', '`']) => Self::Quoted,
            Some(first) if first.is_ascii_digit() => Self::Number,
            Some(first) if first.is_alphabetic() || first == '_' => Self::Word,
            _ => Self::Other,
        }
    }
}

/// Whether a token can be read among others in a comment.
fn is_plain(token: &str, syntax: &Syntax) -> bool {
    let marks = syntax.block_markers.iter().flat_map(|&(open, close)| [open, close]).chain(BETWEEN);
    !token.is_empty()
        && token.len() <= LONG
        && token.trim() == token
        && !token.ends_with('\\')
        && !token.contains(char::is_control)
        && !marks.into_iter().any(|mark| token.contains(mark.trim_matches('\n')))
}

#[cfg(test)]
mod tests;
