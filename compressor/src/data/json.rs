//! JSON: minified, and objects that have keys in common as a table wherever that counts fewer tokens. From `tight` on, long arrays
//! and tables are left with their ends.
//!
//! Invariants
//! - a table can be read back byte for byte, white space aside: numbers, the order of keys, escapes
//!   (`tests::a_table_reads_back_as_what_it_was`);
//! - tables do not nest, and each counts fewer tokens than what it stands for (`tests::a_table_counts_fewer_tokens`);
//! - nothing recurses over the depth of the text, and time is linear (`tests::deep_and_odd_texts_take_linear_time`).
//!
//! Deliberately absent: what is no JSON, comments for example. It stays as it is.

mod columns;
mod long;
mod read;
mod tree;
mod write;

use std::ops::Range;

use crate::draft::{Form, Part, Rewritten};
use crate::layout::json::{Minifier, is_valid, minified};
use crate::policy::Level;
use crate::tokens::{Counter, Tokenizer};
use columns::Columns;
use long::{Ends, Gap};
pub(super) use read::read;
use tree::{Kind, Member, Tree};
use write::{Run, Short, Table, saving, table};

/// How often, compared with the length of a text, tokens may be counted in vain.
const PATIENCE: usize = 4;

/// The parts of a text that is JSON values and nothing else; `None` where it is something else, or is at its shortest without
/// white space.
pub(super) fn parts(text: &str, range: Range<usize>, level: Level, tokenizer: Tokenizer) -> Option<Vec<Part>> {
    let source = &text[range.clone()];
    if u32::try_from(source.len()).is_err() || !is_valid(source) {
        return None;
    }
    let mut counter = Counter::new(tokenizer);
    let ends = Ends::of(level);
    let gaps = ends.map_or_else(Vec::new, |ends| long::gaps(source, ends, &mut counter));
    let short = ends.map(|ends| Short { ends, gaps: &gaps });
    let tables = Plan::of(source).tables(short, &mut counter);
    let pieces = pieces(range.start, tables, &gaps);
    if pieces.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    let mut minifier = Minifier::default();
    let mut at = 0;
    let gap = |minifier: &mut Minifier, from: usize, to: usize, parts: &mut Vec<Part>| {
        minifier.push(&source[from..to]);
        if from < to {
            let text = std::mem::take(&mut minifier.out);
            parts.push(Part::Fixed { source: range.start + from..range.start + to, text });
        }
    };
    for piece in pieces {
        let place = piece.source.start - range.start..piece.source.end - range.start;
        gap(&mut minifier, at, place.start, &mut parts);
        minifier.skip();
        at = place.end;
        parts.push(Part::Rewritten(piece));
    }
    gap(&mut minifier, at, source.len(), &mut parts);
    Some(parts)
}

/// The tables and the gaps that lie in no other, in order.
fn pieces(base: usize, tables: Vec<(Range<usize>, Table)>, gaps: &[Gap]) -> Vec<Rewritten> {
    let mut pieces = Vec::new();
    let mut gaps = gaps.iter().peekable();
    let mut end = 0;
    let left_out = |gap: &Gap| {
        let source = base + gap.range.start..base + gap.range.end;
        Rewritten { dropped: vec![source.clone()], source, text: gap.text.clone(), form: Form::Elided }
    };
    for (place, table) in tables {
        while let Some(gap) = gaps.next_if(|gap| gap.range.start < place.start) {
            end = gap.range.end;
            pieces.push(left_out(gap));
        }
        if place.start < end {
            continue;
        }
        while gaps.next_if(|gap| gap.range.start < place.end).is_some() {}
        pieces.push(rewritten(base, place, table));
    }
    pieces.extend(gaps.map(left_out));
    pieces
}

fn rewritten(base: usize, place: Range<usize>, table: Table) -> Rewritten {
    let form = if table.is_whole { Form::Table } else { Form::Elided };
    let mut dropped = Vec::new();
    let mut at = place.start;
    for kept in table.kept {
        if at < kept.start {
            dropped.push(base + at..base + kept.start);
        }
        at = kept.end;
    }
    if at < place.end {
        dropped.push(base + at..base + place.end);
    }
    let source = base + place.start..base + place.end;
    Rewritten { source, text: table.text, dropped, form }
}

/// Which containers become tables.
struct Plan<'text> {
    text: &'text str,
    tree: Tree,
    /// For each container the bytes that its table saves, if one of it saves more than those of what lies within it.
    worth: Vec<bool>,
}

impl<'text> Plan<'text> {
    fn of(text: &'text str) -> Self {
        let mut plan = Self { text, tree: Tree::of(text), worth: Vec::new() };
        // The best that can be had of containers that lie in none of those looked at: index and bytes.
        let mut roots: Vec<(usize, isize)> = Vec::new();
        for index in 0..plan.tree.containers.len() {
            let within = index - plan.tree.containers[index].within as usize;
            let mut inner = 0;
            while let Some((_, saved)) = roots.pop_if(|(root, _)| *root >= within) {
                inner += saved;
            }
            let own = plan.saving(index);
            plan.worth.push(own > inner);
            roots.push((index, own.max(inner)));
        }
        plan
    }

    /// Bytes that tables of a container's objects save.
    fn saving(&self, index: usize) -> isize {
        let kind = self.tree.containers[index].kind;
        self.runs(index).iter().map(|run| saving(self.text, kind, run).max(0)).sum()
    }

    /// The values of a container as tables: all of them as one, or, where they stand on lines of their own and their shape
    /// changes seldom, one for each shape.
    fn runs(&self, index: usize) -> Vec<Run<'_>> {
        let container = &self.tree.containers[index];
        if container.objects < 2 {
            return Vec::new();
        }
        let members = self.tree.members(u32::try_from(index).unwrap_or_default());
        if container.kind != Kind::Lines {
            return self.run(members).into_iter().collect();
        }
        let blocks: Vec<&[Member]> = members.chunk_by(|one, next| self.next_line(*one, *next)).collect();
        let as_one: Vec<Run<'_>> = blocks.iter().filter_map(|block| self.run(block)).collect();
        let by_shape = blocks.iter().flat_map(|block| block.chunk_by(|one, next| self.alike(*one, *next)));
        let by_shape: Vec<Run<'_>> = by_shape.filter_map(|block| self.run(block)).collect();
        let saved =
            |runs: &[Run<'_>]| -> isize { runs.iter().map(|run| saving(self.text, Kind::Lines, run).max(0)).sum() };
        if saved(&by_shape) > saved(&as_one) { by_shape } else { as_one }
    }

    /// The values as one table, if most of them are objects.
    fn run<'plan>(&'plan self, members: &'plan [Member]) -> Option<Run<'plan>> {
        let object = |member: &Member| member.container.filter(|&index| self.tree.is_filled_object(index));
        let odd: Vec<bool> = members.iter().map(|member| object(member).is_none()).collect();
        let objects: Vec<u32> = members.iter().filter_map(object).collect();
        if objects.len() < 2 || 2 * objects.len() < members.len() {
            return None;
        }
        let columns = Columns::of(self.text, &self.tree, &objects);
        // A value that stands alone in its row is told from a row of several values, and from no other.
        (objects.len() == members.len() || columns.own() > 1).then_some(Run { members, odd, columns })
    }

    /// Whether one value stands on the line after another.
    fn next_line(&self, one: Member, next: Member) -> bool {
        let between = &self.text[one.value.end as usize..next.value.start as usize];
        between.contains('\n') && !between.contains('\r')
    }

    /// Whether one of two values has all keys of the other, in the same order.
    fn alike(&self, one: Member, next: Member) -> bool {
        let keys = |member: Member| {
            let members = member.container.map_or(&[][..], |index| self.tree.members(index));
            members.iter().map(|member| member.key.of(self.text))
        };
        let holds = |more: Member, less: Member| {
            let mut more = keys(more);
            keys(less).all(|key| more.any(|other| other == key))
        };
        holds(one, next) || holds(next, one)
    }

    /// The tables, in order and apart.
    fn tables(&self, short: Option<Short<'_>>, counter: &mut Counter) -> Vec<(Range<usize>, Table)> {
        let mut patience = self.text.len().saturating_mul(PATIENCE);
        let mut tables = Vec::new();
        let mut next = self.worth.len();
        while let Some(index) = next.checked_sub(1) {
            next = index;
            if !self.worth[index] {
                continue;
            }
            let kind = self.tree.containers[index].kind;
            let mut any = false;
            for run in self.runs(index).iter().rev() {
                let place = self.place(index, run.members);
                let source = &self.text[place.clone()];
                if source.len() > patience {
                    return reversed(tables);
                }
                patience -= source.len();
                let table = table(self.text, kind, run, short);
                if counter.count(&table.text) < counter.count(&minified(source)) {
                    tables.push((place, table));
                    any = true;
                }
            }
            if any {
                next = index - self.tree.containers[index].within as usize;
            }
        }
        reversed(tables)
    }

    /// The bytes that a table stands for.
    fn place(&self, index: usize, members: &[Member]) -> Range<usize> {
        let container = &self.tree.containers[index];
        let span = |start: u32, end: u32| start as usize..end as usize;
        match (container.kind, members) {
            (Kind::Lines, [first, .., last]) => span(first.value.start, last.value.end),
            _ => span(container.span.start, container.span.end),
        }
    }
}

fn reversed<T>(mut items: Vec<T>) -> Vec<T> {
    items.reverse();
    items
}

#[cfg(test)]
mod tests;
