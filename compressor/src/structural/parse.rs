//! Bounded parsing: no text, however broken, holds a parser for longer than in proportion to its length.
//!
//! Invariants
//! - the bounds count steps of the parser and bytes that it reads, never time, so that the same text is always treated the
//!   same way (`tests::a_text_beyond_the_bound_is_refused_every_time`);
//! - what the scanner of a grammar cannot hold is refused before it crosses into native code
//!   (`tests::indentation_deeper_than_the_scanner_can_store_is_refused`, and those of the rows of the table).

use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, Parser, Tree};

use crate::language::Syntax;

/// What a parse, or several, may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Reports of progress, of a hundred steps each.
    steps: usize,
    /// Pieces of the text that the lexer asks for, again where it goes back.
    reads: usize,
}

impl Allowance {
    /// What one parse of a text may take. Real files of the supported languages take 4 to 8 steps for each KiB and 3 or 4
    /// reads, the worst of 6,000 took 37 and 41, and halves of files cut at random no more. A long text evens that out.
    pub(crate) fn of(text: &str) -> Self {
        let kibibytes = text.len() / 1024;
        let most = 256 + kibibytes.min(64) * 128 + kibibytes.saturating_sub(64) * 16;
        Self { steps: most, reads: most }
    }

    /// What the many small parses of a text may take together that does not parse as a whole.
    pub(crate) fn to_recover(text: &str) -> Self {
        let Self { steps, reads } = Self::of(text);
        Self { steps: steps + 2_048, reads: reads + 2_048 }
    }

    /// Takes off what was used; false where that was more than was left.
    fn take(&mut self, used: Self) -> bool {
        let enough = used.steps < self.steps && used.reads < self.reads;
        self.steps = self.steps.saturating_sub(used.steps);
        self.reads = self.reads.saturating_sub(used.reads);
        enough
    }
}

/// Bytes that the lexer is handed at once. What it reads again within a piece is not counted.
const PIECE: usize = 512;

/// Nested blocks of indentation. The scanner of the Python grammar stores two bytes for each and has 1,024 in all.
const INDENTATIONS: usize = 256;

/// Brackets that may be open at once. Of such text a parser keeps many readings, each as deep: steps that each copy all that
/// is open take memory without end, and none of them is counted.
const BRACKETS: usize = 2_000;

/// Closing brackets that nothing opened, beside one for each [`BYTES_A_STRAY`]: at each the parser tries all that could have
/// come before, which takes longer than its steps say.
const STRAYS: usize = 2_000;

/// Bytes that allow for one more.
const BYTES_A_STRAY: usize = 64;

/// The tree of a text; `None` where the parser would take too long.
pub(crate) fn parse(text: &str, syntax: &Syntax) -> Option<Tree> {
    parse_within(text, syntax, &mut Allowance::of(text))
}

/// As [`parse`], within what is left of an allowance, which is used up.
pub(crate) fn parse_within(text: &str, syntax: &Syntax, allowance: &mut Allowance) -> Option<Tree> {
    let deep = syntax.indentation && indentations(text) > INDENTATIONS;
    let (open, strays) = brackets(text);
    let unbalanced = open > BRACKETS || strays > STRAYS + text.len() / BYTES_A_STRAY;
    if u32::try_from(text.len()).is_err() || deep || unbalanced || !(syntax.scannable)(text) {
        return None;
    }
    let mut parser = Parser::new();
    parser.set_language(&(syntax.grammar)()).ok()?;
    let most = *allowance;
    let mut used = Allowance { steps: 0, reads: 0 };
    let mut progress = |_: &tree_sitter::ParseState| {
        used.steps += 1;
        if used.steps < most.steps { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let bytes = text.as_bytes();
    let mut reads = 0;
    let mut read = |at: usize, _| {
        reads += 1;
        // To the lexer the text then ends: the parse comes to its end soon, and is thrown away.
        let rest = if reads < most.reads { bytes.get(at..).unwrap_or_default() } else { &[] };
        &rest[..rest.len().min(PIECE)]
    };
    let tree = parser.parse_with_options(&mut read, None, Some(ParseOptions::new().progress_callback(&mut progress)));
    used.reads = reads;
    tree.filter(|_| allowance.take(used))
}

/// The most brackets that are open at once, those in strings counted too, and how many close one of a kind that none opened.
/// Angle brackets count within a line, where they may be comparisons, and as open alone: some are arrows.
fn brackets(text: &str) -> (usize, usize) {
    let (mut open, mut angles, mut deepest, mut strays) = (0_usize, 0_usize, 0, 0);
    let mut kinds = [0_usize; 3];
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => {
                open += 1;
                kinds[kind(byte)] += 1;
            }
            b')' | b']' | b'}' => {
                open = open.saturating_sub(1);
                let of_kind = &mut kinds[kind(byte)];
                strays += usize::from(*of_kind == 0);
                *of_kind = of_kind.saturating_sub(1);
            }
            b'<' => angles += 1,
            b'>' => angles = angles.saturating_sub(1),
            b'\n' => angles = 0,
            _ => {}
        }
        deepest = deepest.max(open + angles);
    }
    (deepest, strays)
}

/// Round, square or curly.
fn kind(bracket: u8) -> usize {
    match bracket {
        b'(' | b')' => 0,
        b'[' | b']' => 1,
        _ => 2,
    }
}

/// The steps that a parse of a text takes; `None` where they are too many.
#[cfg(test)]
pub(crate) fn work(text: &str, syntax: &Syntax) -> Option<usize> {
    let most = Allowance::of(text);
    let mut left = most;
    parse_within(text, syntax, &mut left).map(|_| most.steps - left.steps)
}

/// The steps that one may take.
#[cfg(test)]
pub(crate) fn most_work(text: &str) -> usize {
    Allowance::of(text).steps
}

/// The most blocks that can be open at once, strings and brackets taken for code.
fn indentations(text: &str) -> usize {
    let mut open: Vec<usize> = Vec::new();
    let mut deepest = 0;
    for line in text.split_inclusive('\n') {
        let code = line.trim_start_matches([' ', '\t', '\x0c', '\r']);
        if code.is_empty() || code == "\n" {
            continue;
        }
        // As wide as the scanner takes it to be.
        let white = &line[..line.len() - code.len()];
        let from = white.rfind(['\x0c', '\r']).map_or(0, |at| at + 1);
        let width: usize = white[from..].bytes().map(|byte| if byte == b'\t' { 8 } else { 1 }).sum();
        while open.last().is_some_and(|&top| top >= width) {
            open.pop();
        }
        open.push(width);
        deepest = deepest.max(open.len());
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn python() -> &'static Syntax {
        Language::from_name("python").and_then(|language| language.0.syntax).expect("a row with a grammar")
    }

    #[test]
    fn a_text_beyond_the_bound_is_refused_every_time() {
        let text = "x = [1, 2, 3]\n".repeat(2_000);
        for _ in 0..3 {
            assert!(parse_within(&text, python(), &mut Allowance { steps: 4, reads: 1_000 }).is_none());
            assert!(parse_within(&text, python(), &mut Allowance { steps: 1_000, reads: 4 }).is_none());
            assert!(parse(&text, python()).is_some());
        }
    }

    #[test]
    fn indentation_deeper_than_the_scanner_can_store_is_refused() {
        let nested = |depth: usize| (0..depth).map(|level| " ".repeat(level) + "if x:\n").collect::<String>();
        assert!(parse(&(nested(200) + &" ".repeat(200) + "pass\n"), python()).is_some());
        assert!(parse(&(nested(600) + &" ".repeat(600) + "\"\"\"a\n\"\"\"\n"), python()).is_none());
        // A form feed sets the scanner's count of columns back.
        let feeds =
            |depth: usize| (0..depth).map(|level| " ".repeat(600 - level) + "\x0c" + &" ".repeat(level) + "if x:\n");
        assert!(parse(&feeds(600).collect::<String>(), python()).is_none());
        let tabs = |depth: usize| {
            let margin =
                |level: usize| if level.is_multiple_of(2) { "\t".repeat(level) } else { " ".repeat(8 * level) };
            (0..depth).map(move |level| margin(level) + "if x:\n").collect::<String>()
        };
        assert!(parse(&tabs(300), python()).is_none());
    }

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
    fn brackets_nested_a_hundred_thousand_deep_end_no_process() {
        let text = "(".repeat(100_000);
        drop(parse(&text, python()));
        drop(parse(&(text.clone() + &")".repeat(100_000)), python()));
    }
}
