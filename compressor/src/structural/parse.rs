//! Bounded parsing: no text, however broken, holds a parser for longer than in proportion to its length.
//!
//! Invariants
//! - the bounds count steps of the parser and bytes that it reads, never time, so that the same text is always treated the
//!   same way (`tests::a_text_beyond_the_bound_is_refused_every_time`);
//! - what parsers take longer for than their steps say is refused (`marks`,
//!   `tests::a_long_text_that_begins_as_no_code_does_is_refused`);
//! - what the scanner of a grammar cannot hold is refused before it crosses into native code
//!   (`tests::indentation_deeper_than_the_scanner_can_store_is_refused`, and those of the rows of the table).

mod marks;

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
        Self::with(text, 12)
    }

    /// What the many small parses of a text may take together that does not parse as a whole. Where the parser is at a loss its
    /// steps are slow, so that of a long text they are fewer than for one parse of it.
    pub(crate) fn to_recover(text: &str) -> Self {
        let Self { steps, reads } = Self::with(text, 2);
        Self { steps: steps + 2_048, reads: reads + 2_048 }
    }

    /// With so many for each KiB of a long text.
    fn with(text: &str, of_kibibyte: usize) -> Self {
        let kibibytes = text.len() / 1024;
        let most = 256 + kibibytes.min(64) * 96 + kibibytes.saturating_sub(64) * of_kibibyte;
        Self { steps: most, reads: most }
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

/// Bytes from which on the beginning of a text is parsed first.
const LONG: usize = 64 << 10;

/// Bytes of that beginning.
const BEGINNING: usize = 16 << 10;

/// Bytes of a beginning that tell something.
const LEAST: usize = 1 << 10;

/// A beginning is not understood where the parser is at a loss more than once in so many bytes.
const BYTES_A_LOSS: usize = 16;

/// The tree of a text; `None` where the parser would take too long.
pub(crate) fn parse(text: &str, syntax: &Syntax) -> Option<Tree> {
    parse_within(text, syntax, &mut Allowance::of(text))
}

/// As [`parse`], within what is left of an allowance, which is used up.
pub(crate) fn parse_within(text: &str, syntax: &Syntax, allowance: &mut Allowance) -> Option<Tree> {
    let deep = syntax.indentation && indentations(text) > INDENTATIONS;
    if u32::try_from(text.len()).is_err() || deep || marks::are_too_many(text, syntax) || !(syntax.scannable)(text) {
        return None;
    }
    // Last, since it parses.
    if begins_as_another(text, syntax) {
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

/// Whether a long text does not begin as one of the language: where the parser is at a loss at every word, its steps take a
/// hundred times as long, and what it makes of the text is chance.
fn begins_as_another(text: &str, syntax: &Syntax) -> bool {
    if text.len() < LONG {
        return false;
    }
    let beginning = before_open_text(&text[..text.floor_char_boundary(BEGINNING)]);
    let is_foreign = |tree: Tree| losses(&tree) > beginning.len() / BYTES_A_LOSS;
    beginning.len() >= LEAST && parse(beginning, syntax).is_none_or(is_foreign)
}

/// What stands before a string or comment that does not end in the beginning of a text: read as code, it would be nonsense.
fn before_open_text(beginning: &str) -> &str {
    const PAIRS: [(&str, &str); 9] = [
        ("\"\"\"", "\"\"\""),
        ("'''", "'''"),
        ("`", "`"),
        ("/*", "*/"),
        ("<!--", "-->"),
        ("=begin", "=end"),
        ("[[", "]]"),
        ("\"", "\""),
        ("'", "'"),
    ];
    PAIRS.iter().fold(beginning, |text, &(opens, closes)| {
        // In most languages a quotation mark ends with its line.
        let from = if matches!(opens, "\"" | "'") { text.rfind('\n').map_or(0, |at| at + 1) } else { 0 };
        let Some(last) = text[from..].rfind(opens).map(|at| from + at) else { return text };
        let is_open = if opens == closes {
            text[from..].matches(opens).count() % 2 == 1
        } else {
            !text[last + opens.len()..].contains(closes)
        };
        if is_open { &text[..last] } else { text }
    })
}

/// How often a parser was at a loss: errors, what it put in, and words that it skipped. Where an error runs to the end, values
/// and commas after an open bracket are no loss: they may be a table that goes on.
fn losses(tree: &Tree) -> usize {
    #[derive(Clone, Copy)]
    enum Within {
        Code,
        Error,
        LastError,
        Table,
    }
    let end = tree.root_node().end_byte();
    let mut losses = 0;
    let mut cursor = tree.walk();
    let mut open = vec![Within::Code];
    loop {
        let node = cursor.node();
        let is_leaf = node.child_count() == 0;
        let is_skipped = match open.last_mut() {
            Some(within @ Within::LastError) if matches!(node.kind(), "(" | "[" | "{") => {
                *within = Within::Table;
                false
            }
            Some(Within::Error | Within::LastError) => is_leaf,
            Some(Within::Table) => is_leaf && !node.is_named() && node.kind() != ",",
            Some(Within::Code) | None => false,
        };
        losses += usize::from(node.is_error() || node.is_missing() || is_skipped);
        if cursor.goto_first_child() {
            open.push(match node.is_error() {
                true if node.end_byte() == end => Within::LastError,
                true => Within::Error,
                false => Within::Code,
            });
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return losses;
            }
            open.pop();
        }
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

    pub(super) fn syntax(name: &str) -> &'static Syntax {
        Language::from_name(name).and_then(|language| language.0.syntax).expect("a row with a grammar")
    }

    pub(super) fn python() -> &'static Syntax {
        syntax("python")
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
    fn a_long_text_that_begins_as_no_code_does_is_refused() {
        let rust = syntax("rust");
        assert!(parse(&"if a:\n ".repeat(1_000), rust).is_some());
        assert!(parse(&"if a:\n ".repeat(10_000), rust).is_none());
        assert!(parse(&"else while \\ class = \n".repeat(10_000), python()).is_none());
        assert!(parse(&"a, ".repeat(30_000), rust).is_none());
        // A string or a comment that is longer than the beginning.
        let prose = "It is the case that this, which is long, is not code.\n".repeat(3_000);
        assert!(parse(&format!("\"\"\"{prose}\"\"\"\nx = 1\n"), python()).is_some());
        assert!(parse(&format!("/* {prose} */\nfn a() {{}}\n"), rust).is_some());
        assert!(parse(&format!("x = '{}'\n", "QUJD/+aa".repeat(9_000)), python()).is_some());
        // Half a file, and one with an error.
        let members = "    int a = 1; // and so on\n".repeat(4_000);
        let java = syntax("java");
        assert!(parse(&(members.clone() + "}\n"), java).is_some());
        assert!(parse(&format!("int a() {{ f(); }}\nint[] b = {{\n{}}};", "1, 2,\n".repeat(12_000)), java).is_some());
        assert!(parse(&("  } else {\nint x = ;\n".to_owned() + &members), java).is_some());
    }

    #[test]
    fn brackets_nested_a_hundred_thousand_deep_end_no_process() {
        let text = "(".repeat(100_000);
        drop(parse(&text, python()));
        drop(parse(&(text.clone() + &")".repeat(100_000)), python()));
    }
}
