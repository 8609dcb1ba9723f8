//! The structural engine: code in its cheapest equal form, its comments and docstrings as prose for the tagger.
//!
//! Invariants
//! - the sources of a draft's parts tile its range (`properties`);
//! - whichever words of its prose are kept, `check` finds the code of the result equal to the original's
//!   (`properties::any_words_of_the_comments_may_be_kept`);
//! - code that does not parse changes in layout only, and only if `check` agrees; all else is passed through;
//! - each text is parsed once for a draft, and no parse is unbounded (`parse`).
//!
//! Deliberately absent: the guard over atoms, and the fit to a budget, which belong to `pipeline`.

mod by_line;
mod check;
mod comments;
mod cuts;
mod indentation;
mod layout;
mod line_wise;
mod outline;
mod parse;
mod passages;
mod reduced;
mod restate;
mod seam;
mod skeleton;
mod spacing;
mod symbols;

pub use check::{Difference, Elision, check};
pub use reduced::{Reduced, elisions, reduce};
pub use symbols::{Symbol, symbol_at, symbols};

use std::ops::Range;

use tree_sitter::Tree;

use crate::draft::{Cut, Part};
use crate::language::Language;
use crate::policy::Level;
use crate::tokens::Tokenizer;
use layout::{Reach, Written};
use spacing::Settler;

/// What the engine proposes for a stretch of code.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The parts; their sources tile the range.
    pub parts: Vec<Part>,
    /// What can be left out, in order, an outer one before those within it.
    pub cuts: Vec<Cut>,
    /// How the code was treated.
    pub treatment: Treatment,
    /// The tree of the code, a byte order mark left out.
    tree: Option<Tree>,
}

impl Draft {
    /// As [`check`] of the code of the draft's range, with the tree that the draft was made from. Of code that does not
    /// parse, only the tokens are compared: how they belong together is the parser's guess. `elisions` are what was left
    /// out, in order and apart.
    ///
    /// # Errors
    /// The first place where the result is other code; the beginning of both if it is too hard to parse.
    pub fn check<'a>(
        &self,
        original: &str,
        result: &str,
        language: Language,
        elisions: &[Elision<'a>],
    ) -> Result<(), Difference> {
        let bare = |text: &'_ str| text.strip_prefix(BYTE_ORDER_MARK).map_or(0, |_| BYTE_ORDER_MARK.len_utf8());
        match (&self.tree, language.0.syntax) {
            (Some(tree), Some(syntax)) if !elisions.is_empty() && bare(original) == bare(result) => {
                let mark = bare(original);
                let shifted = |elision: &Elision<'a>| Elision {
                    range: elision.range.start.saturating_sub(mark)..elision.range.end.saturating_sub(mark),
                    text: elision.text,
                };
                let elisions: Vec<Elision<'_>> = elisions.iter().map(shifted).collect();
                check::check_elided(&original[mark..], tree, &result[mark..], syntax, &elisions)
            }
            (Some(tree), Some(syntax)) if bare(original) == bare(result) => {
                let compare = match self.treatment {
                    Treatment::Parsed => check::check_against,
                    Treatment::ByLine | Treatment::PassedThrough(_) => check::check_tokens_against,
                };
                compare(&original[bare(original)..], tree, &result[bare(result)..], syntax)
            }
            _ => check(original, result, language),
        }
    }
}

/// How a stretch of code was treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// It parses: layout is settled token by token, comments are prose.
    Parsed,
    /// It does not parse, as half a function does not: layout by line, comments kept.
    ByLine,
    /// Not touched.
    PassedThrough(Reason),
}

/// Why code was not touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no grammar for the language.
    NoGrammar,
    /// The parser would have taken too long.
    TooHard,
    /// A change of layout could not be shown to leave the code the same.
    Unproven,
}

impl std::fmt::Display for Treatment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Parsed => "parsed",
            Self::ByLine => "does not parse: layout by line",
            Self::PassedThrough(Reason::NoGrammar) => "passed through: no grammar for this language",
            Self::PassedThrough(Reason::TooHard) => "passed through: too hard to parse",
            Self::PassedThrough(Reason::Unproven) => "passed through: no layout is certain to leave it the same",
        })
    }
}

/// Proposes a shorter form of the code in a range of a text.
///
/// The range lies on `char` boundaries. The parts are relative to the text.
#[must_use]
pub fn draft(text: &str, range: Range<usize>, language: Language, level: Level, tokenizer: Tokenizer) -> Draft {
    let code = text.get(range.clone()).unwrap_or_default();
    let through = |reason| Draft {
        parts: vec![Part::Fixed { source: range.clone(), text: code.to_owned() }],
        cuts: Vec::new(),
        treatment: Treatment::PassedThrough(reason),
        tree: None,
    };
    if !language.is_parsed() {
        return through(Reason::NoGrammar);
    }
    // A byte order mark is no white space, and belongs to no token.
    let mark = if code.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let (mark, code) = code.split_at(mark);
    if has_lone_return(code) {
        return through(Reason::Unproven);
    }
    let mut settler = Settler::new(tokenizer);
    let reach = match level {
        Level::Safe => Reach::Lines,
        Level::Balanced | Level::Tight => Reach::Tokens,
        Level::Skeleton => Reach::Skeleton,
    };
    let by = range.start + mark.len();
    let head = (!mark.is_empty()).then(|| Part::Fixed { source: range.start..by, text: mark.to_owned() });
    let placed = |parts: Vec<Part>| head.into_iter().chain(parts.into_iter().map(|part| shifted(part, by))).collect();
    let Some(syntax) = language.0.syntax else {
        let rules = language.line_rules();
        // Lines have no skeleton.
        let reach = if reach == Reach::Skeleton { Reach::Tokens } else { reach };
        let parts = rules.and_then(|rules| line_wise::write(code, rules, reach, &mut settler));
        let Some(parts) = parts else { return through(Reason::Unproven) };
        return Draft { parts: placed(parts), cuts: Vec::new(), treatment: Treatment::Parsed, tree: None };
    };
    let Some(tree) = parse::parse(code, syntax) else {
        return through(if (syntax.scannable)(code) { Reason::TooHard } else { Reason::Unproven });
    };
    let parsed = if tree.root_node().has_error() {
        None
    } else {
        let outline = outline::read(code, &tree, syntax);
        let planned = match level {
            Level::Safe | Level::Balanced | Level::Tight => Vec::new(),
            Level::Skeleton => cuts::settled(skeleton::cuts(code, &tree, &outline, syntax), code, &outline, syntax),
        };
        layout::write(code, &outline, syntax, reach, &planned, &mut settler)
    };
    let (parts, cuts, treatment) = match parsed {
        Some(Written { parts, cuts }) => (parts, cuts, Treatment::Parsed),
        None => match by_line::write(code, &tree, syntax, &settler) {
            Some(parts) => (parts, Vec::new(), Treatment::ByLine),
            None => return through(Reason::Unproven),
        },
    };
    let shift = usize::from(!mark.is_empty());
    let cuts = cuts::worthwhile(code, &parts, cuts, &settler);
    let cuts =
        cuts.into_iter().map(|cut| Cut { parts: cut.parts.start + shift..cut.parts.end + shift, ..cut }).collect();
    Draft { parts: placed(parts), cuts, treatment, tree: Some(tree) }
}

/// Whether a carriage return ends a line by itself: languages and grammars do not agree on that.
fn has_lone_return(code: &str) -> bool {
    let bytes = code.as_bytes();
    memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A part of a text that begins `by` bytes later.
fn shifted(part: Part, by: usize) -> Part {
    let shift = |range: Range<usize>| range.start + by..range.end + by;
    match part {
        Part::Fixed { source, text } => Part::Fixed { source: shift(source), text },
        Part::Fold { source, text } => Part::Fold { source: shift(source), text },
        Part::Rewritten(mut rewritten) => {
            rewritten.source = shift(rewritten.source);
            rewritten.dropped = rewritten.dropped.into_iter().map(shift).collect();
            Part::Rewritten(rewritten)
        }
        Part::Prose(mut prose) => {
            prose.source = shift(prose.source);
            for line in &mut prose.lines {
                line.text = shift(line.text.clone());
            }
            Part::Prose(prose)
        }
    }
}

#[cfg(test)]
mod bash;
#[cfg(test)]
mod c;
#[cfg(all(test, feature = "large-grammars"))]
mod c_sharp;
#[cfg(all(test, feature = "large-grammars"))]
mod cpp;
#[cfg(test)]
mod css;
#[cfg(test)]
mod go;
#[cfg(test)]
mod html;
#[cfg(test)]
mod java;
#[cfg(test)]
mod javascript;
#[cfg(all(test, feature = "large-grammars"))]
mod kotlin;
#[cfg(test)]
mod lua;
#[cfg(test)]
mod php;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod python;
#[cfg(test)]
mod rendering;
#[cfg(all(test, feature = "large-grammars"))]
mod ruby;
#[cfg(test)]
mod rust;
#[cfg(all(test, feature = "large-grammars"))]
mod scala;
#[cfg(all(test, feature = "large-grammars"))]
mod sql;
#[cfg(all(test, feature = "large-grammars"))]
mod swift;
#[cfg(test)]
mod toml;
#[cfg(test)]
mod typescript;
#[cfg(test)]
mod yaml;
