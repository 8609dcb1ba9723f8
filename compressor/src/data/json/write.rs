//! Writes objects as a table: their keys once, then a row of values for each.
//!
//! ```text
//! [4 rows of {"id","name","role":"user","size":{"w","h"}}:
//! 1,"Ann",,
//! 2,"Bob",10,20
//! 3,,10,20,"note":"new"
//! "a value that is no object"]
//! ```
//!
//! The braces show the shape that all objects have. A key without a value is a column, a key with one has it in all rows.
//! Values are those of the JSON text, byte for byte, and a row has one for each column, in order, nothing where its object
//! lacks the key. What else an object has stands with its key at its place in the row. `rows` come from an array, `lines`
//! from objects on lines of their own, and `entries` from an object, whose keys begin the rows: `"k":1,"Ann",,`.

use std::fmt::Write;
use std::ops::Range;

use super::columns::{Column, Columns, Content, Extra};
use super::long::{Ends, Gap};
use super::tree::{Kind, Member, Span};
use crate::layout::json::{Minifier, minified};

/// Values that become rows.
pub(super) struct Run<'tree> {
    pub(super) members: &'tree [Member],
    /// Whether each is no object: it stands alone in its row.
    pub(super) odd: Vec<bool>,
    /// Of those that are objects.
    pub(super) columns: Columns,
}

/// What may be left out of a table: rows in its middle, and values in the middle of long arrays.
#[derive(Clone, Copy)]
pub(super) struct Short<'gaps> {
    pub(super) ends: Ends,
    pub(super) gaps: &'gaps [Gap],
}

/// A table and what of its source stands in it.
pub(super) struct Table {
    pub(super) text: String,
    /// Whether nothing was left out.
    pub(super) is_whole: bool,
    /// Bytes of the source that stand in the rows, in order.
    pub(super) kept: Vec<Range<usize>>,
}

/// Writes a run of values.
pub(super) fn table(text: &str, kind: Kind, run: &Run<'_>, short: Option<Short<'_>>) -> Table {
    let Run { members, odd, columns } = run;
    let (open, name, close) = match kind {
        Kind::Array => ('[', "rows", ']'),
        Kind::Lines => ('[', "lines", ']'),
        Kind::Object => ('{', "entries", '}'),
    };
    let gaps = short.map_or(&[][..], |short| short.gaps);
    let mut writer = Writer { text, gaps, out: String::new(), kept: Vec::new(), is_whole: true };
    let _ = write!(writer.out, "{open}{} {name} of ", members.len());
    shape(text, &columns.columns, &mut writer.out);
    let leaves = leaves(&columns.columns);
    let mut extras = columns.extras.as_slice();
    let says_all = leaves.is_empty() && extras.is_empty() && kind != Kind::Object;
    let rows = if says_all { 0 } else { members.len() };
    let left_out = short.map_or(0..0, |short| short.ends.left_out(rows));
    let mut row = 0;
    for (index, (member, odd)) in members.iter().zip(odd).enumerate().take(rows) {
        if left_out.contains(&index) {
            if index == left_out.start {
                let _ = write!(writer.out, "\n... {} {name}", left_out.len());
                writer.is_whole = false;
            }
            row += usize::from(!*odd);
            continue;
        }
        writer.out.push_str(if index == 0 { ":\n" } else { "\n" });
        if kind == Kind::Object {
            writer.value(member.key);
            writer.out.push(':');
        }
        if *odd {
            writer.value(member.value);
            continue;
        }
        let before = extras.partition_point(|extra| extra.row < row);
        let own = extras.partition_point(|extra| extra.row <= row);
        writer.row(row, &leaves, &extras[before..own]);
        extras = &extras[own..];
        row += 1;
    }
    writer.out.push(close);
    Table { text: writer.out, is_whole: writer.is_whole, kept: writer.kept }
}

/// A column that differs, and the outermost column that it lies in.
type Leaf<'run> = (usize, &'run [Span]);

struct Writer<'text> {
    text: &'text str,
    /// Values in the middle of long arrays.
    gaps: &'text [Gap],
    out: String,
    kept: Vec<Range<usize>>,
    is_whole: bool,
}

impl Writer<'_> {
    fn row(&mut self, row: usize, leaves: &[Leaf<'_>], extras: &[Extra]) {
        let mut extras = extras.iter().peekable();
        let mut first = true;
        let mut comma = |out: &mut String| {
            if !std::mem::take(&mut first) {
                out.push(',');
            }
        };
        for (column, cells) in leaves {
            while let Some(extra) = extras.next_if(|extra| extra.before <= *column) {
                comma(&mut self.out);
                self.extra(extra);
            }
            comma(&mut self.out);
            self.value(cells[row]);
        }
        for extra in extras {
            comma(&mut self.out);
            self.extra(extra);
        }
    }

    fn extra(&mut self, extra: &Extra) {
        self.value(extra.member.key);
        self.out.push(':');
        self.value(extra.member.value);
    }

    fn value(&mut self, value: Span) {
        if value.is_empty() {
            return;
        }
        let range = value.start as usize..value.end as usize;
        match self.text.as_bytes()[range.start] {
            b'{' | b'[' => self.container(range),
            _ => {
                self.out.push_str(value.of(self.text));
                self.kept.push(range);
            }
        }
    }

    /// An object or an array without white space, and without what is left out of it.
    fn container(&mut self, range: Range<usize>) {
        let first = self.gaps.partition_point(|gap| gap.range.start < range.start);
        let within = self.gaps[first..].iter().take_while(|gap| gap.range.end <= range.end);
        let mut minifier = Minifier::default();
        let mut at = range.start;
        for gap in within {
            minifier.push(&self.text[at..gap.range.start]);
            minifier.out.push_str(&gap.text);
            self.kept.push(at..gap.range.start);
            self.is_whole = false;
            at = gap.range.end;
        }
        minifier.push(&self.text[at..range.end]);
        self.out.push_str(&minifier.out);
        self.kept.push(at..range.end);
    }
}

/// `{"id","role":"user","size":{"w","h"}}`.
fn shape(text: &str, columns: &[Column], out: &mut String) {
    out.push('{');
    for (index, column) in columns.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { "," });
        out.push_str(column.key.of(text));
        match &column.content {
            Content::Cells(_) => {}
            Content::Same(value) => {
                out.push(':');
                out.push_str(&minified(value.of(text)));
            }
            Content::Fields(fields) => {
                out.push(':');
                shape(text, fields, out);
            }
        }
    }
    out.push('}');
}

/// The columns that differ, those of objects within objects in their places.
fn leaves(columns: &[Column]) -> Vec<Leaf<'_>> {
    fn add<'run>(outer: usize, column: &'run Column, leaves: &mut Vec<Leaf<'run>>) {
        match &column.content {
            Content::Cells(cells) => leaves.push((outer, cells)),
            Content::Same(_) => {}
            Content::Fields(fields) => fields.iter().for_each(|field| add(outer, field, leaves)),
        }
    }
    let mut leaves = Vec::new();
    columns.iter().enumerate().for_each(|(index, column)| add(index, column, &mut leaves));
    leaves
}

/// How many bytes fewer a table has than the minified objects; about, since white space within values is not looked at.
pub(super) fn saving(text: &str, kind: Kind, run: &Run<'_>) -> isize {
    const INTRODUCTION: isize = 16;
    let signed = |bytes: usize| isize::try_from(bytes).unwrap_or(isize::MAX);
    let rows = signed(run.odd.iter().filter(|odd| !**odd).count());
    let mut header = String::new();
    shape(text, &run.columns.columns, &mut header);
    // The braces and the comma of each object for a line break.
    let mut saved = 2 * rows - INTRODUCTION - signed(header.len());
    let mut open: Vec<&Column> = run.columns.columns.iter().collect();
    while let Some(column) = open.pop() {
        let key = signed(column.key.len()) + 1;
        match &column.content {
            Content::Same(value) => saved += rows * (key + signed(value.len()) + 1),
            Content::Cells(cells) => {
                let filled = signed(cells.iter().filter(|cell| !cell.is_empty()).count());
                saved += filled * (key + 1) - rows;
            }
            Content::Fields(fields) => {
                saved += rows * (key + 2);
                open.extend(fields);
            }
        }
    }
    if kind == Kind::Object { saved - rows } else { saved }
}
