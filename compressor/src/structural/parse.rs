//! Bounded parsing: no text, however broken, holds a parser for longer than in proportion to its length.
//!
//! Invariants
//! - the bound counts steps of the parser, never time, so that the same text is always treated the same way
//!   (`tests::a_text_beyond_the_bound_is_refused_every_time`);
//! - what the scanner of a grammar cannot hold is refused before it crosses into native code
//!   (`tests::indentation_deeper_than_the_scanner_can_store_is_refused`, and those of the rows of the table).

use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, Parser, Tree};

use crate::language::Syntax;

/// Reports of progress that a parse may take for each KiB of text. Real files of the supported languages take 4 to 8,
/// the worst of 6,000 took 37, and halves of files cut at random no more.
const STEPS_PER_KIB: usize = 128;

/// Reports that any text may take.
const STEPS_AT_LEAST: usize = 256;

/// Nested blocks of indentation. The scanner of the Python grammar stores two bytes for each and has 1,024 in all.
const INDENTATIONS: usize = 256;

/// The tree of a text; `None` where the parser would take too long.
pub(crate) fn parse(text: &str, syntax: &Syntax) -> Option<Tree> {
    parse_within(text, syntax, STEPS_AT_LEAST + text.len() / 1024 * STEPS_PER_KIB)
}

fn parse_within(text: &str, syntax: &Syntax, steps: usize) -> Option<Tree> {
    let deep = syntax.indentation && indentations(text) > INDENTATIONS;
    if u32::try_from(text.len()).is_err() || deep || !(syntax.scannable)(text) {
        return None;
    }
    let mut parser = Parser::new();
    parser.set_language(&(syntax.grammar)()).ok()?;
    let mut left = steps;
    let mut progress = |_: &tree_sitter::ParseState| {
        left = left.saturating_sub(1);
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let bytes = text.as_bytes();
    let mut read = |at: usize, _| bytes.get(at..).unwrap_or_default();
    parser.parse_with_options(&mut read, None, Some(ParseOptions::new().progress_callback(&mut progress)))
}

/// The most blocks that can be open at once, strings and brackets taken for code.
fn indentations(text: &str) -> usize {
    let mut open: Vec<usize> = Vec::new();
    let mut deepest = 0;
    for line in text.lines() {
        let code = line.trim_start();
        if code.is_empty() {
            continue;
        }
        let width = line.len() - code.len();
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
            assert!(parse_within(&text, python(), 4).is_none());
            assert!(parse(&text, python()).is_some());
        }
    }

    #[test]
    fn indentation_deeper_than_the_scanner_can_store_is_refused() {
        let nested = |depth: usize| (0..depth).map(|level| " ".repeat(level) + "if x:\n").collect::<String>();
        assert!(parse(&(nested(200) + &" ".repeat(200) + "pass\n"), python()).is_some());
        assert!(parse(&(nested(600) + &" ".repeat(600) + "\"\"\"a\n\"\"\"\n"), python()).is_none());
    }

    #[test]
    fn brackets_nested_a_hundred_thousand_deep_end_no_process() {
        let text = "(".repeat(100_000);
        drop(parse(&text, python()));
        drop(parse(&(text.clone() + &")".repeat(100_000)), python()));
    }
}
