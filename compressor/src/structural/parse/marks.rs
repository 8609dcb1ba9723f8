//! Marks: rows of brackets and operators that nobody writes and that parsers take long for.
//!
//! A step of a parser is quick in code. Where much is open, or where it is at a loss and tries all that could have come
//! before, a step takes as long as there is text, and memory; so such text is known by its marks, before it is parsed.
//!
//! One pass, in proportion to the text.

use crate::language::Syntax;

/// Brackets that may be open at once. Of such text a parser keeps many readings, each as deep: steps that each copy all that
/// is open take memory without end, and none of them is counted.
const OPEN: usize = 2_000;

/// Closing brackets that nothing opened, beside one for each [`BYTES_A_STRAY`].
const STRAYS: usize = 2_000;

/// Bytes that allow for one more.
const BYTES_A_STRAY: usize = 64;

/// Marks in a row, with no word or line break between; a quotation mark begins another row, unless it follows its like.
const ROW: usize = 2_500;

/// Angle brackets with nothing that ends an expression between, where the language has no tags.
const ANGLES: usize = 4_000;

/// Whether a text has rows of them that nobody writes.
pub(super) fn are_too_many(text: &str, syntax: &Syntax) -> bool {
    let marks = count(text);
    marks.open > OPEN
        || marks.strays > STRAYS + text.len() / BYTES_A_STRAY
        || marks.row > ROW
        || marks.angles > ANGLES && !syntax.may_have_tags()
}

/// The most of each.
#[derive(Default)]
struct Marks {
    /// Brackets open at once, those in strings counted too; angle brackets within a line, where they may be comparisons.
    open: usize,
    /// Brackets that close one of a kind that none opened, angle brackets aside: some are arrows.
    strays: usize,
    row: usize,
    angles: usize,
}

fn count(text: &str) -> Marks {
    let mut most = Marks::default();
    let (mut open, mut open_angles, mut row, mut angles) = (0_usize, 0_usize, 0, 0);
    let mut of_kind = [0_usize; 3];
    let mut before = 0;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            row = 0;
            continue;
        }
        match byte {
            b'(' | b'[' | b'{' => {
                open += 1;
                of_kind[kind(byte)] += 1;
                angles = 0;
            }
            b')' | b']' | b'}' => {
                open = open.saturating_sub(1);
                let of_kind = &mut of_kind[kind(byte)];
                most.strays += usize::from(*of_kind == 0);
                *of_kind = of_kind.saturating_sub(1);
                angles = 0;
            }
            b'<' => {
                open_angles += 1;
                angles += 1;
            }
            b'>' => {
                open_angles = open_angles.saturating_sub(1);
                angles += 1;
            }
            b';' | b',' => angles = 0,
            b'\n' => open_angles = 0,
            _ => {}
        }
        row = match byte {
            b'"' | b'\'' if byte != before => 1,
            _ if byte == b' ' || byte.is_ascii_punctuation() => row + 1,
            _ => 0,
        };
        before = byte;
        most.open = most.open.max(open + open_angles);
        most.row = most.row.max(row);
        most.angles = most.angles.max(angles);
    }
    most
}

/// Round, square or curly.
fn kind(bracket: u8) -> usize {
    match bracket {
        b'(' | b')' => 0,
        b'[' | b']' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use crate::structural::parse::parse;
    use crate::structural::parse::tests::{python, syntax};

    #[test]
    fn brackets_deeper_than_a_parser_has_memory_for_are_refused() {
        for open in ["(", "a<", "\"${", "[if a {\n"] {
            assert!(parse(&open.repeat(1_000), python()).is_some(), "{open}");
            assert!(parse(&open.repeat(3_000), python()).is_none(), "{open}");
        }
        assert!(parse(&"f(a < b)\n".repeat(3_000), python()).is_some());
    }

    #[test]
    fn thousands_of_brackets_that_close_nothing_are_refused() {
        for close in ["}`", ")]", "case a in b)\nif (a) {\n}"] {
            assert!(parse(&close.repeat(1_000), python()).is_some(), "{close}");
            assert!(parse(&close.repeat(5_000), python()).is_none(), "{close}");
        }
        // Those of strings and comments are few for the length of the text.
        let rest = "# As a text says it that has more to say.\nx = [1, 2, 3]\n".repeat(4);
        assert!(parse(&("# :)\n".to_owned() + &rest).repeat(3_000), python()).is_some());
    }

    #[test]
    fn thousands_of_marks_in_a_row_are_refused() {
        assert!(parse(&"/*".repeat(1_000), python()).is_some());
        assert!(parse(&"/*".repeat(2_000), python()).is_none());
        assert!(parse(&"\"".repeat(3_000), python()).is_none());
        assert!(parse(&format!("# {}\nx = '{}'\n", "-".repeat(200), "=".repeat(2_000)).repeat(30), python()).is_some());
    }

    #[test]
    fn thousands_of_angle_brackets_in_one_expression_are_refused_unless_they_are_tags() {
        let tags = "<a>b</a>\n".repeat(3_000);
        assert!(parse(&tags, syntax("java")).is_none());
        assert!(parse(&tags, syntax("html")).is_some());
        assert!(parse(&format!("<a>{tags}</a>"), syntax("javascript")).is_some());
        assert!(parse(&"List<Map<String, Set<Long>>> a = b;\n".repeat(3_000), syntax("java")).is_some());
    }
}
