//! The structural engine: code in its cheapest equal form, its comments and docstrings as prose for the tagger.
//!
//! Invariants
//! - the sources of a draft's parts tile its range (`properties`);
//! - whichever words of its prose are kept, `check` finds the code of the result equal to the original's
//!   (`properties::any_words_of_the_comments_may_be_kept`);
//! - of code that does not parse as a whole, what parses by itself is treated alike; the rest changes in layout only, line by
//!   line, and only if `check` agrees (`recovery`);
//! - a text that parses is parsed once for a draft, and no parse is unbounded (`parse`).
//!
//! Deliberately absent: the guard over atoms, and the fit to a budget, which belong to `pipeline`.

mod by_line;
mod check;
mod comments;
mod indentation;
mod layout;
mod line_wise;
mod outline;
mod parse;
mod passages;
mod recovery;
mod region;
mod restate;
mod seam;
mod spacing;
mod symbols;

pub use check::{Difference, check};
pub use symbols::{Symbol, symbol_at, symbols};

use std::ops::Range;

use crate::draft::Part;
use crate::language::Language;
use crate::policy::Level;
use crate::tokens::Tokenizer;
use indentation::Ground;
use layout::Reach;
use recovery::Frame;
use region::{Proof, Region};
use spacing::Settler;

/// What the engine proposes for a stretch of code.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The parts; their sources tile the range.
    pub parts: Vec<Part>,
    /// How the code was treated.
    pub treatment: Treatment,
    /// What is checked one by one; none where the code was passed through.
    regions: Vec<Region>,
}

impl Draft {
    /// The stretches of the text that do not parse and were laid out by line.
    pub fn by_line(&self) -> impl Iterator<Item = Range<usize>> {
        self.regions.iter().filter(|region| region.is_by_line()).map(|region| region.source.clone())
    }

    /// Whether what was written for the parts is the same code, comments, docstrings and layout aside; `text` is the text
    /// that the draft was made of, and `written` tells what stands for a part. The trees of the draft are used again.
    ///
    /// # Errors
    /// The first place where the result is other code, within the region that differs; its beginning if it is too hard to
    /// parse.
    pub fn check<'w>(
        &self,
        text: &str,
        written: impl Fn(usize) -> &'w str,
        language: Language,
    ) -> Result<(), Difference> {
        self.regions.iter().try_for_each(|region| {
            let written: String = region.parts.clone().map(&written).collect();
            region.check(text, &written, language)
        })
    }
}

/// How a stretch of code was treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// It parses: layout is settled token by token, comments are prose.
    Parsed,
    /// It does not parse as a whole: some lines are laid out by line, their comments kept; the others as if it did.
    InPart {
        /// Lines that do not parse, blank ones aside.
        lines: usize,
        /// All lines, blank ones aside.
        of: usize,
    },
    /// Nothing of it parses: layout by line, comments kept.
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
            Self::InPart { lines, of } => {
                let (them, do_not) = if *lines == 1 { ("line", "does not") } else { ("lines", "do not") };
                return write!(out, "{lines} {them} of {of} {do_not} parse: layout by line there");
            }
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
        treatment: Treatment::PassedThrough(reason),
        regions: Vec::new(),
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
    let reach = if level == Level::Safe { Reach::Lines } else { Reach::Tokens };
    let by = range.start + mark.len();
    let mark = (!mark.is_empty()).then(|| Part::Fixed { source: range.start..by, text: mark.to_owned() });
    let (parts, mut regions) = match written(code, language, reach, &mut settler) {
        Ok(written) => written,
        Err(reason) => return through(reason),
    };
    for region in &mut regions {
        region.place(usize::from(mark.is_some()), by);
    }
    let parts = mark.into_iter().chain(parts.into_iter().map(|part| part.moved(by))).collect();
    Draft { parts, treatment: treatment(&regions), regions }
}

/// The parts of a text without a byte order mark, and the regions that they form.
fn written(
    code: &str,
    language: Language,
    reach: Reach,
    settler: &mut Settler,
) -> Result<(Vec<Part>, Vec<Region>), Reason> {
    let whole = |parts: Vec<Part>, proof| {
        let region = Region { parts: 0..parts.len(), source: 0..code.len(), lines: code.lines().count(), proof };
        (parts, vec![region])
    };
    let Some(syntax) = language.0.syntax else {
        let rules = language.line_rules().ok_or(Reason::NoGrammar)?;
        let parts = line_wise::write(code, rules, reach, settler).ok_or(Reason::Unproven)?;
        // White space that goes can cost a token at a seam.
        let written: String = parts.iter().map(|part| part.decided().unwrap_or(&code[part.source()])).collect();
        let longer = settler.count(&written) > settler.count(code);
        return if longer { Err(Reason::Unproven) } else { Ok(whole(parts, Proof::Lines)) };
    };
    let tree = parse::parse(code, syntax).ok_or(Reason::TooHard)?;
    if !tree.root_node().has_error() {
        let outline = outline::read(code, &tree, syntax);
        if let Some(parts) = layout::write(code, &outline, syntax, reach, Ground::default(), settler) {
            return Ok(whole(parts, Proof::Tree { frame: Frame::NONE, tree }));
        }
    }
    recovery::write(code, tree, syntax, reach, settler).ok_or(Reason::Unproven)
}

fn treatment(regions: &[Region]) -> Treatment {
    let of = regions.iter().map(|region| region.lines).sum();
    let by_line = regions.iter().filter(|region| region.is_by_line()).map(|region| region.lines).sum();
    match by_line {
        0 => Treatment::Parsed,
        _ if by_line == of => Treatment::ByLine,
        lines => Treatment::InPart { lines, of },
    }
}

/// Whether a carriage return ends a line by itself: languages and grammars do not agree on that.
fn has_lone_return(code: &str) -> bool {
    let bytes = code.as_bytes();
    memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

const BYTE_ORDER_MARK: char = '\u{feff}';

#[cfg(test)]
mod bash;
#[cfg(test)]
mod go;
#[cfg(test)]
mod javascript;
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
#[cfg(test)]
mod typescript;
