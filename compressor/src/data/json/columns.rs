//! What objects have in common: keys in one order, values that are the same in all, and what differs.
//!
//! A key that at least half of the objects have is a column. What an object has beside its columns, or in another order, is an
//! extra, which stands with its key between the values of its row.
//!
//! Invariants
//! - every member of an object is a value in a column or an extra, and they stand in the object's own order
//!   (`json::tests::a_table_reads_back_as_what_it_was`);
//! - a column of objects is opened into its fields at most [`DEEPEST`] times, and only if all of them have the same.

use std::collections::HashMap;

use super::tree::{Member, Span, Tree};

/// Columns that a table may have, those of objects within it not counted.
const MOST: usize = 128;

/// How often objects within objects are opened.
const DEEPEST: usize = 4;

/// What a key holds in all objects.
#[derive(Debug)]
pub(super) struct Column {
    /// With its quotes.
    pub(super) key: Span,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    /// Every object has this value.
    Same(Span),
    /// A value for each object; empty where the object lacks the key.
    Cells(Vec<Span>),
    /// An object for each object, or none.
    Fields(Vec<Column>),
}

/// A member that is in no column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extra {
    pub(super) row: usize,
    /// The column that it stands before; one too many where it stands after all.
    pub(super) before: usize,
    pub(super) member: Member,
}

/// Objects by columns.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) columns: Vec<Column>,
    /// By row, and in order within it.
    pub(super) extras: Vec<Extra>,
}

impl Columns {
    /// Finds the columns of some objects.
    pub(super) fn of(text: &str, tree: &Tree, objects: &[u32]) -> Self {
        let rows: Vec<Option<u32>> = objects.iter().copied().map(Some).collect();
        Self::at(text, tree, &rows, 0)
    }

    fn at(text: &str, tree: &Tree, rows: &[Option<u32>], depth: usize) -> Self {
        let mut header = Header::of(text, tree, rows);
        header.settle(text, tree, rows);
        let (cells, extras) = header.placed(text, tree, rows);
        let mut keeps_its_place = vec![true; cells.len() + 1];
        for extra in &extras {
            keeps_its_place[extra.before] = false;
        }
        let all_are_there = rows.iter().all(Option::is_some);
        let columns =
            cells.into_iter().zip(&header.order).zip(keeps_its_place).map(|((cells, &id), keeps_its_place)| {
                let first = cells.first().map(|cell| cell.value).unwrap_or_default();
                let is_first = |cell: &Cell| !cell.value.is_empty() && cell.value.of(text) == first.of(text);
                // Where an extra stands before a value that is not written, it could stand after it as well.
                let same = all_are_there && keeps_its_place && cells.iter().all(is_first);
                let content = if same {
                    Content::Same(first)
                } else {
                    let own = || Content::Cells(cells.iter().map(|cell| cell.value).collect());
                    fields(text, tree, &cells, depth).map_or_else(own, Content::Fields)
                };
                Column { key: header.keys[id], content }
            });
        Self { columns: columns.collect(), extras }
    }

    /// How many values a row has, extras aside.
    pub(super) fn own(&self) -> usize {
        own(&self.columns)
    }
}

fn own(columns: &[Column]) -> usize {
    let each = columns.iter().map(|column| match &column.content {
        Content::Cells(_) => 1,
        Content::Same(_) => 0,
        Content::Fields(fields) => own(fields),
    });
    each.sum()
}

/// The columns within a column, if its values are objects of one shape.
fn fields(text: &str, tree: &Tree, cells: &[Cell], depth: usize) -> Option<Vec<Column>> {
    if depth >= DEEPEST || cells.iter().any(|cell| cell.object.is_none() && !cell.value.is_empty()) {
        return None;
    }
    let rows: Vec<Option<u32>> = cells.iter().map(|cell| cell.object).collect();
    let Columns { columns, extras } = Columns::at(text, tree, &rows, depth + 1);
    (extras.is_empty() && own(&columns) > 0).then_some(columns)
}

/// A value in a column and the object that it is.
#[derive(Clone, Copy, Default)]
struct Cell {
    value: Span,
    object: Option<u32>,
}

/// The keys that at least half of the objects have.
struct Header<'text> {
    ids: HashMap<&'text str, usize>,
    keys: Vec<Span>,
    /// For each key those that must come after it, a bit each.
    after: Vec<u128>,
    /// The keys in order, and the place of each in it.
    order: Vec<usize>,
    places: Vec<usize>,
}

impl<'text> Header<'text> {
    fn of(text: &'text str, tree: &Tree, rows: &[Option<u32>]) -> Self {
        let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut keys = Vec::new();
        for (row, object) in rows.iter().enumerate() {
            for member in object.map_or(&[][..], |object| tree.members(object)) {
                let (count, last) = seen.entry(member.key.of(text)).or_insert_with(|| {
                    keys.push(member.key);
                    (0, usize::MAX)
                });
                *count += usize::from(*last != row);
                *last = row;
            }
        }
        keys.retain(|key| seen.get(key.of(text)).is_some_and(|(count, _)| 2 * count >= rows.len()));
        keys.truncate(MOST);
        let ids = keys.iter().enumerate().map(|(id, key)| (key.of(text), id)).collect();
        Self { ids, after: vec![0; keys.len()], keys, order: Vec::new(), places: Vec::new() }
    }

    /// Finds the order that most objects have their keys in.
    fn settle(&mut self, text: &str, tree: &Tree, rows: &[Option<u32>]) {
        let size = self.keys.len();
        // For each two keys how many objects have the one right before the other.
        let mut votes = vec![0_usize; size * size];
        for object in rows.iter().flatten() {
            let mut before = None;
            for id in tree.members(*object).iter().filter_map(|member| self.ids.get(member.key.of(text))) {
                if let Some(before) = before.replace(id) {
                    votes[before * size + id] += 1;
                }
            }
        }
        let mut pairs: Vec<usize> = (0..votes.len()).filter(|&pair| votes[pair] > 0).collect();
        pairs.sort_by_key(|&pair| std::cmp::Reverse(votes[pair]));
        for pair in pairs {
            self.put_after(pair / size, pair % size);
        }
        let mut left: Vec<usize> = (0..self.keys.len()).collect();
        self.places = vec![0; self.keys.len()];
        while !left.is_empty() {
            let is_next = |&id: &usize| left.iter().all(|&other| !self.comes_after(other, id));
            // Nothing comes after itself, so that there is always one.
            let place = left.iter().position(is_next).unwrap_or_default();
            let id = left.remove(place);
            self.places[id] = self.order.len();
            self.order.push(id);
        }
    }

    fn comes_after(&self, before: usize, id: usize) -> bool {
        self.after[before] >> id & 1 == 1
    }

    /// Notes that a key comes after another, if it can.
    fn put_after(&mut self, before: usize, id: usize) {
        if before == id || self.comes_after(id, before) {
            return;
        }
        let later = self.after[id] | 1 << id;
        for (other, after) in self.after.iter_mut().enumerate() {
            if other == before || *after >> before & 1 == 1 {
                *after |= later;
            }
        }
    }

    /// For each column its value in each object, and what is in no column.
    fn placed(&self, text: &str, tree: &Tree, rows: &[Option<u32>]) -> (Vec<Vec<Cell>>, Vec<Extra>) {
        let mut cells = vec![vec![Cell::default(); rows.len()]; self.order.len()];
        let mut extras = Vec::new();
        for (row, object) in rows.iter().enumerate() {
            let mut next = 0;
            for &member in object.map_or(&[][..], |object| tree.members(object)) {
                let place = self.ids.get(member.key.of(text)).map(|&id| self.places[id]);
                match place.filter(|&place| place >= next) {
                    Some(place) => {
                        let object = member.container.filter(|&index| tree.is_filled_object(index));
                        cells[place][row] = Cell { value: member.value, object };
                        next = place + 1;
                    }
                    None => extras.push(Extra { row, before: next, member }),
                }
            }
        }
        (cells, extras)
    }
}
