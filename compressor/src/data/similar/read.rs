//! Reads lines that are folded as a stranger would: finds the places by the first row's values, and writes a line for each row.
//!
//! Invariants
//! - shares with what writes folds only what a field is;
//! - any text may be read (`similar::tests::any_text_may_be_read`).

use super::fields::{Field, Sort, fields};

/// The lines that a block with its marker stands for; `None` if there is no marker that can be followed.
pub(in crate::data) fn read(text: &str) -> Option<Vec<String>> {
    let (text, marker) = text.trim_end().strip_suffix(')')?.rsplit_once(" (")?;
    let (head, rows) = marker.split_once(": ")?;
    let (block, copies) = match head.strip_prefix("last ") {
        Some(head) => head.split_once(" lines ×").map(|(block, copies)| (block.parse::<usize>(), copies))?,
        None => (Ok(1), head.strip_prefix('×')?),
    };
    let lines: Vec<&str> = text.split('\n').collect();
    let rows: Vec<Vec<&str>> = rows.split(", ").map(|row| row.split(' ').collect()).collect();
    if block != Ok(lines.len()) || copies.parse() != Ok(rows.len()) {
        return None;
    }
    let places = places(&lines, rows.first()?)?;
    let mut read = Vec::new();
    let mut time = String::new();
    for row in &rows {
        if row.len() != places.len() {
            return None;
        }
        let mut values = row.iter().zip(&places).peekable();
        for (index, line) in lines.iter().enumerate() {
            let mut out = String::new();
            let mut at = 0;
            while let Some((value, (_, field))) = values.next_if(|(_, (line, _))| *line == index) {
                out.push_str(&line[at..field.range.start]);
                at = field.range.end;
                if field.sort == Sort::Time {
                    time = whole_time(&time, value)?;
                    out.push_str(&time);
                } else {
                    out.push_str(value);
                }
            }
            out.push_str(&line[at..]);
            read.push(out);
        }
    }
    Some(read)
}

/// Where the values of the first row stand: each is the next field with its text.
fn places(lines: &[&str], first: &[&str]) -> Option<Vec<(usize, Field)>> {
    let all = lines.iter().enumerate().flat_map(|(index, line)| fields(line).into_iter().map(move |it| (index, it)));
    let mut wanted = first.iter().peekable();
    let places: Vec<(usize, Field)> = all
        .filter(|(line, field)| wanted.next_if(|value| **value == &lines[*line][field.range.clone()]).is_some())
        .collect();
    (places.len() == first.len()).then_some(places)
}

/// A time from what it has that the time before it has not.
fn whole_time(before: &str, value: &str) -> Option<String> {
    let kept = match value.strip_prefix(':').map(|rest| rest.contains(':')) {
        None => 0,
        Some(false) => 5,
        Some(true) => 2,
    };
    Some(before.get(..kept)?.to_owned() + value)
}
