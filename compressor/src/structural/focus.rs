//! The focus: what stays whole while the rest of a text becomes its skeleton. A place in the text, what it uses, and what that
//! uses, by name.
//!
//! Names are looked up within the text only, and by themselves: whatever is called as the focus says is taken for what it
//! means, so that a common name may keep more than needed, and never less.
//!
//! Invariants
//! - no cut that a place touches is made, whatever else there is (`tests::the_place_itself_stays`);
//! - each token is read a fixed number of times, so that time grows linearly with the text.
//!
//! Deliberately absent: types, scopes, and what other files define.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::cuts::Planned;
use super::outline::{Kind, Outline};
use super::symbols::Symbol;
use crate::language::Syntax;

/// Steps from the focus to what stays: what it uses, and what that uses.
const STEPS: usize = 2;

/// What stays whole.
pub(crate) struct Focus {
    /// For each cut, whether it is made.
    pub(crate) goes: Vec<bool>,
    /// For each token of the outline, whether it stands in what stays whole.
    pub(crate) whole: Vec<bool>,
}

/// What stays around some places, which are in order and apart. Symbols and cuts are in order of their beginnings.
pub(crate) fn around(
    text: &str,
    outline: &Outline,
    syntax: &Syntax,
    symbols: &[Symbol],
    cuts: &[Planned],
    places: &[Range<usize>],
) -> Focus {
    // What the places touch stays whole, and so is in the focus itself.
    let cut = cuts.iter().map(|cut| cut.range.clone()).filter(|range| touched(places, range).is_some());
    let places = &joined(cut.chain(places.iter().cloned()).collect());
    let owners = innermost(symbols, cuts.iter().map(|cut| cut.range.clone()));
    let mut has_cut = vec![false; symbols.len()];
    for &owner in owners.iter().flatten() {
        has_cut[owner] = true;
    }
    let holders = innermost(symbols, outline.tokens.iter().map(|token| token.range.clone()));
    let near = Near { text, outline, syntax, symbols, has_cut, parents: parents(symbols), holders };
    let reached = near.reached(&near.spread(places));
    let touches = |range: &Range<usize>| touched(places, range).is_some();
    let is_near = |symbol: &Option<usize>| symbol.is_some_and(|symbol| reached[symbol].is_some());
    Focus {
        goes: cuts.iter().zip(&owners).map(|(cut, owner)| !touches(&cut.range) && !is_near(owner)).collect(),
        whole: outline
            .tokens
            .iter()
            .zip(&near.holders)
            .map(|(token, holder)| touches(&token.range) || is_near(holder))
            .collect(),
    }
}

/// The first of some ranges, in order and apart, that overlaps another.
pub(crate) fn touched<'a>(places: &'a [Range<usize>], range: &Range<usize>) -> Option<&'a Range<usize>> {
    let first = places.get(places.partition_point(|place| place.end <= range.start))?;
    (first.start < range.end).then_some(first)
}

/// What of some ranges lies in a part of a text, in bytes from its beginning, in order and apart.
pub(crate) fn within(ranges: &[Range<usize>], part: &Range<usize>) -> Vec<Range<usize>> {
    let clipped = ranges.iter().map(|range| range.start.max(part.start)..range.end.min(part.end));
    joined(clipped.filter(|range| !range.is_empty()).map(|it| it.start - part.start..it.end - part.start).collect())
}

/// Ranges in order and apart.
pub(crate) fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// For each symbol the one that it lies in.
fn parents(symbols: &[Symbol]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(symbols.len());
    for (index, symbol) in symbols.iter().enumerate() {
        while open.last().is_some_and(|&outer| symbols[outer].range.end < symbol.range.end) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    parents
}

/// For each of some ranges, in order of their beginnings, the innermost symbol that holds it.
fn innermost(symbols: &[Symbol], ranges: impl Iterator<Item = Range<usize>>) -> Vec<Option<usize>> {
    let (mut next, mut open): (usize, Vec<usize>) = (0, Vec::new());
    let holder = |range: Range<usize>| {
        while symbols.get(next).is_some_and(|symbol| symbol.range.start <= range.start) {
            open.push(next);
            next += 1;
        }
        while open.last().is_some_and(|&symbol| symbols[symbol].range.end <= range.start) {
            open.pop();
        }
        // One that begins in it and ends before it does holds only a part.
        open.iter().rev().copied().find(|&symbol| range.end <= symbols[symbol].range.end)
    };
    ranges.map(holder).collect()
}

struct Near<'a> {
    text: &'a str,
    outline: &'a Outline,
    syntax: &'a Syntax,
    symbols: &'a [Symbol],
    /// Whether a cut lies in each symbol, and in none within it: its own body or statements.
    has_cut: Vec<bool>,
    parents: Vec<Option<usize>>,
    /// For each token the innermost symbol that holds it.
    holders: Vec<Option<usize>>,
}

impl Near<'_> {
    /// How far each symbol is from some places, in steps; `None` for what they do not lead to.
    fn spread(&self, places: &[Range<usize>]) -> Vec<Option<usize>> {
        let mut steps = self.begin(places);
        let by_name = self.by_name();
        for step in 0..STEPS {
            let reached = self.reached(&steps);
            let tokens = self.outline.tokens.iter().zip(&self.holders);
            let mut names: HashSet<&str> = HashSet::new();
            for (token, holder) in tokens.filter(|(token, _)| token.kind == Kind::Code) {
                let is_meant = holder.is_some_and(|holder| reached[holder] == Some(step))
                    || (step == 0 && touched(places, &token.range).is_some());
                if is_meant && let Some(text) = self.text.get(token.range.clone()) {
                    names.insert(plain(text));
                }
            }
            for &symbol in names.iter().filter_map(|name| by_name.get(name)).flatten() {
                steps[symbol].get_or_insert(step + 1);
                for constructor in self.constructors(symbol) {
                    steps[constructor].get_or_insert(step + 1);
                }
            }
        }
        steps
    }

    /// The innermost symbols with a body of their own that the places touch, and all within one that they cover.
    fn begin(&self, places: &[Range<usize>]) -> Vec<Option<usize>> {
        let mut steps = vec![None; self.symbols.len()];
        let mut is_outer = vec![false; self.symbols.len()];
        for (index, symbol) in self.symbols.iter().enumerate().rev() {
            let place = touched(places, &symbol.range);
            let covered = place.is_some_and(|it| it.start <= symbol.range.start && symbol.range.end <= it.end);
            if covered || (place.is_some() && !is_outer[index]) {
                steps[index] = Some(0);
            }
            // What has no body of its own is a part of what it lies in.
            if place.is_some()
                && let Some(parent) = self.parents[index]
            {
                is_outer[parent] |= self.has_cut[index] || is_outer[index];
            }
        }
        steps
    }

    /// How far each symbol is: one without a body of its own as far as what it lies in.
    fn reached(&self, steps: &[Option<usize>]) -> Vec<Option<usize>> {
        let mut reached: Vec<Option<usize>> = Vec::with_capacity(steps.len());
        for (index, step) in steps.iter().enumerate() {
            let outer = self.parents[index].filter(|_| !self.has_cut[index]).and_then(|parent| reached[parent]);
            reached.push(step.or(outer));
        }
        reached
    }

    fn by_name(&self) -> HashMap<&str, Vec<usize>> {
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, symbol) in self.symbols.iter().enumerate() {
            let name = self.text.get(symbol.name.clone()).map(plain).unwrap_or_default();
            by_name.entry(name).or_default().push(index);
        }
        by_name.remove("");
        by_name
    }

    /// What makes a value of a type, and is called by the name of the type.
    fn constructors(&self, of: usize) -> Vec<usize> {
        let end = self.symbols[of].range.end;
        let inner = (of + 1..self.symbols.len()).take_while(|&index| self.symbols[index].range.start < end);
        let is_constructor = |&index: &usize| {
            let name = self.text.get(self.symbols[index].name.clone()).unwrap_or_default();
            self.parents[index] == Some(of) && self.syntax.constructors.contains(&name)
        };
        inner.filter(is_constructor).collect()
    }
}

/// A name without its parameters, path, and marks before it: `Session` of `&auth::Session<T>`.
fn plain(name: &str) -> &str {
    let name = name.split(['<', '(', '[', ' ', '\n']).next().unwrap_or_default();
    let name = name.rsplit("::").next().unwrap_or_default();
    name.trim_matches(|c: char| !(c.is_alphanumeric() || c == '_'))
}

#[cfg(test)]
mod tests;
