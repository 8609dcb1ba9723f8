//! Rows of delimited values without the padding that sets them in columns.
//!
//! Spaces beside a delimiter are part of a value, unless they stand there to set columns: where the delimiters of each column
//! stand one below the other in all rows.

use std::ops::Range;

use crate::draft::Part;
use crate::segment::{delimited_records, delimiter};

/// All rows.
pub(super) fn parts(text: &str, range: Range<usize>) -> Vec<Part> {
    let rows = rows(text, range.clone());
    let written = rows.iter().map(|(_, row)| row.as_str()).collect();
    rows.first().map(|_| Part::Fixed { source: range, text: written }).into_iter().collect()
}

/// The records of a range, and what is written for each.
pub(crate) fn rows(text: &str, range: Range<usize>) -> Vec<(Range<usize>, String)> {
    let records = delimited_records(text, range);
    let delimiter = records.first().map_or(b',', |first| delimiter(text[first.clone()].trim_end_matches(['\r', '\n'])));
    let is_set = is_set(text, &records, delimiter);
    let written = |record: Range<usize>| {
        let row = &text[record.clone()];
        (record, if is_set { unpadded(row, delimiter) } else { row.to_owned() })
    };
    records.into_iter().map(written).collect()
}

/// Whether the values are set in columns with spaces: several rows without quotes, with delimiters one below the other.
fn is_set(text: &str, records: &[Range<usize>], delimiter: u8) -> bool {
    let columns = |record: &Range<usize>| -> Vec<usize> {
        let chars = text[record.clone()].chars().enumerate();
        chars.filter(|(_, char)| *char == char::from(delimiter)).map(|(column, _)| column).collect()
    };
    let Some(first) = records.first().map(columns) else { return false };
    // A tab sets columns by itself.
    delimiter != b'\t'
        && !first.is_empty()
        && records.len() > 2
        && records.iter().any(|record| text[record.clone()].contains("  "))
        && records.iter().all(|record| !text[record.clone()].contains('"') && columns(record) == first)
}

/// A row without the spaces beside its delimiters.
fn unpadded(row: &str, delimiter: u8) -> String {
    let body = row.trim_end_matches(['\r', '\n']);
    let delimiter = char::from(delimiter);
    let values: Vec<&str> = body.split(delimiter).map(|value| value.trim_matches(' ')).collect();
    values.join(delimiter.encode_utf8(&mut [0; 4])) + &row[body.len()..]
}
