//! Characters with their columns: marking, wrapping, padding.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::pairing::split;

const TAB: usize = 4;
const DROP: &str = "\x1b[31;9m";
const PLAIN: &str = "\x1b[0m";

/// One character on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    character: char,
    columns: usize,
    dropped: bool,
}

/// The lines of a text as cells. Without colour, what was dropped stands in `[-` and `-]`.
pub fn lines<'a>(text: &'a str, dropped: &'a [Range<usize>], colour: bool) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let mut dropped = dropped.iter().peekable();
    let mut offset = 0;
    text.split_inclusive('\n').map(move |line| {
        let mut cells = Vec::with_capacity(line.len());
        for (within, character) in split(line).next().unwrap_or_default().char_indices() {
            let at = offset + within;
            while dropped.next_if(|range| range.end <= at).is_some() {}
            push(&mut cells, character, dropped.peek().is_some_and(|range| range.contains(&at)));
        }
        offset += line.len();
        join_drops(&mut cells);
        if colour { cells } else { bracket(&cells) }
    })
}

fn push(cells: &mut Vec<Cell>, character: char, dropped: bool) {
    let mut add = |character: char, columns| cells.push(Cell { character, columns, dropped });
    match character {
        '\t' => (0..TAB).for_each(|_| add(' ', 1)),
        // The end of a line that Windows wrote.
        '\r' => {}
        '\0'..='\x1f' => add(char::from_u32('␀' as u32 + character as u32).unwrap_or('�'), 1),
        _ => match character.width() {
            Some(columns) if !is_direction_mark(character) => add(character, columns),
            _ => add('�', 1),
        },
    }
}

/// Marks that turn the direction of what follows, the other column included.
fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// White space counts as dropped between two dropped words and nowhere else: a mark around a lone space tells nobody anything.
fn join_drops(cells: &mut [Cell]) {
    let mut last_word: Option<usize> = None;
    for index in 0..cells.len() {
        if cells[index].character.is_whitespace() {
            cells[index].dropped = false;
        } else {
            if let Some(last) = last_word.filter(|last| cells[*last].dropped && cells[index].dropped) {
                cells[last..index].iter_mut().for_each(|cell| cell.dropped = true);
            }
            last_word = Some(index);
        }
    }
}

fn bracket(cells: &[Cell]) -> Vec<Cell> {
    let mut bracketed = Vec::with_capacity(cells.len());
    let mark = |bracketed: &mut Vec<Cell>, text: &str| {
        bracketed.extend(text.chars().map(|character| Cell { character, columns: 1, dropped: false }));
    };
    let mut open = false;
    for cell in cells {
        if cell.dropped != open {
            mark(&mut bracketed, if open { "-]" } else { "[-" });
            open = cell.dropped;
        }
        bracketed.push(*cell);
    }
    if open {
        mark(&mut bracketed, "-]");
    }
    bracketed
}

/// Breaks a line into rows of at most `columns`, after a space where one stands in the second half of the row.
pub fn wrap(line: &[Cell], columns: usize) -> Vec<&[Cell]> {
    let mut rows = Vec::new();
    let mut rest = line;
    loop {
        let mut used = 0;
        let full = rest.iter().position(|cell| {
            used += cell.columns;
            used > columns
        });
        let Some(full) = full else {
            rows.push(rest);
            return rows;
        };
        let space = rest[..full].iter().rposition(|cell| cell.character == ' ').filter(|space| *space > full / 2);
        // A character wider than the column still gets a row of its own.
        let (row, after) = rest.split_at(space.map_or(full, |space| space + 1).max(1));
        rows.push(row);
        rest = after;
    }
}

/// A row as text, and the columns that it leaves free.
pub fn row(cells: &[Cell], columns: usize, colour: bool) -> (String, usize) {
    let mut text = String::with_capacity(cells.len());
    let mut coloured = false;
    for cell in cells {
        if colour && cell.dropped != coloured {
            text.push_str(if cell.dropped { DROP } else { PLAIN });
            coloured = cell.dropped;
        }
        text.push(cell.character);
    }
    if coloured {
        text.push_str(PLAIN);
    }
    let used: usize = cells.iter().map(|cell| cell.columns).sum();
    (text, columns.saturating_sub(used))
}
