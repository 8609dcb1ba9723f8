//! Fields: the words of a line. What lies between them is what lines have in common that differ only in some of these.
//!
//! A word is made of letters, digits and `_.-` within; a time of day is a word of its own.

use std::ops::Range;

/// A word of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Bytes of the line.
    pub(super) range: Range<usize>,
    pub(super) sort: Sort,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A time of day, `10:02:01.123`.
    Time,
    /// A number or an identifier: it holds a digit.
    Number,
    Word,
}

/// The fields of a line, in order.
pub(super) fn fields(line: &str) -> Vec<Field> {
    let bytes = line.as_bytes();
    let mut fields = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(length) = time(&bytes[at..]).filter(|_| at == 0 || !bytes[at - 1].is_ascii_digit()) {
            fields.push(Field { range: at..at + length, sort: Sort::Time });
            at += length;
        } else if bytes[at].is_ascii_alphanumeric() {
            let (end, has_digit) = word(bytes, at);
            fields.push(Field { range: at..end, sort: if has_digit { Sort::Number } else { Sort::Word } });
            at = end;
        } else {
            at += 1;
        }
    }
    fields
}

/// The end of a word, and whether it holds a digit. A time of day ends it.
fn word(bytes: &[u8], start: usize) -> (usize, bool) {
    let mut has_digit = false;
    let mut end = start;
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' => {
                if !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit())
                    && time(&bytes[at..]).is_some()
                {
                    break;
                }
                has_digit = true;
            }
            b'A'..=b'Z' | b'a'..=b'z' => {}
            b'_' | b'.' | b'-' => {
                at += 1;
                continue;
            }
            _ => break,
        }
        at += 1;
        end = at;
    }
    (end.max(start + 1), has_digit)
}

/// The length of a time of day that begins here: `10:02:01`, with a fraction perhaps.
fn time(bytes: &[u8]) -> Option<usize> {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let pair = |at: usize| digit(at) && digit(at + 1) && bytes.get(at + 2) == Some(&b':');
    if !(pair(0) && pair(3) && digit(6) && digit(7)) || digit(8) || bytes.get(8) == Some(&b':') {
        return None;
    }
    let fraction = bytes[9.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let has_fraction = matches!(bytes.get(8), Some(b'.' | b',')) && fraction > 0;
    Some(if has_fraction { 9 + fraction } else { 8 })
}

/// A number for what stands between the fields: equal for lines that differ only in these.
pub(in crate::data) fn template(line: &str) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |state: u64, word: u64| (state.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let between = |state: u64, text: &str| spaced(text).fold(state, |state, byte| mix(state, u64::from(byte)));
    let mut state = 1;
    let mut at = 0;
    for field in fields(line) {
        state = between(state, &line[at..field.range.start]);
        state = mix(state, 256 + u64::from(field.sort == Sort::Time));
        at = field.range.end;
    }
    between(state, &line[at..])
}

/// The bytes of a text with runs of spaces as one: numbers that stand in a column have more or fewer before them.
fn spaced(text: &str) -> impl Iterator<Item = u8> {
    let mut before = 0;
    text.bytes().filter(move |&byte| std::mem::replace(&mut before, byte) != b' ' || byte != b' ')
}

/// Whether two lines have as many fields and the same between these, times in the same places.
pub(super) fn is_same_between(one: &str, other: &str) -> bool {
    let (fields_of_one, fields_of_other) = (fields(one), fields(other));
    let (mut at, mut at_other) = (0, 0);
    let same = fields_of_one.iter().zip(&fields_of_other).all(|(field, field_of_other)| {
        let between = spaced(&one[at..field.range.start]).eq(spaced(&other[at_other..field_of_other.range.start]));
        (at, at_other) = (field.range.end, field_of_other.range.end);
        between && (field.sort == Sort::Time) == (field_of_other.sort == Sort::Time)
    });
    same && fields_of_one.len() == fields_of_other.len() && spaced(&one[at..]).eq(spaced(&other[at_other..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let marks = fields(line).into_iter().rev();
        marks.fold(line.to_owned(), |mut shown, field| {
            let (open, close) = match field.sort {
                Sort::Time => ("<", ">"),
                Sort::Number => ("{", "}"),
                Sort::Word => ("", "´"),
            };
            shown.insert_str(field.range.end, close);
            shown.insert_str(field.range.start, open);
            shown
        })
    }

    #[test]
    fn words_numbers_and_times_are_fields() {
        for (line, expected) in [
            (
                "2026-11-22T10:02:01.123Z INFO [api-7] GET /v2/orders/17 200",
                "{2026-11-22T}<10:02:01.123>Z´ INFO´ [{api-7}] GET´ /{v2}/orders´/{17} {200}",
            ),
            ("22/Nov/2025:09:59:41 +0000 12.5ms.", "{22}/Nov´/{2025}:<09:59:41> +{0000} {12.5ms}."),
            ("10:02:01,004 id=a3f-9 (0x7ff) ß 3", "<10:02:01,004> id´={a3f-9} ({0x7ff}) ß {3}"),
            ("no digits at all -- here.", "no´ digits´ at´ all´ -- here´."),
            ("12:30 1:2:3 10:20:30:4", "{12}:{30} {1}:{2}:{3} {10}:{20}:{30}:{4}"),
            ("110:02:01 x", "{110}:{02}:{01} x´"),
        ] {
            assert_eq!(shown(line), expected);
        }
    }

    #[test]
    fn lines_that_differ_only_in_fields_have_one_template() {
        let one = "10:02:01 GET /orders/17 200";
        for other in ["23:59:59.9 GET /orders/a-1 404", "10:02:01 PUT /users/9   200"] {
            assert_eq!(template(one), template(other));
            assert!(is_same_between(one, other));
        }
        for other in ["10:02:01 GET /orders/17", "10:02:01 GET orders/17 200", "10-02-01 GET /orders/17 200"] {
            assert_ne!(template(one), template(other), "{other}");
            assert!(!is_same_between(one, other));
        }
    }
}
