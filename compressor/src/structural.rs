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
mod conflicts;
mod cuts;
mod focus;
mod imports;
mod indentation;
mod layout;
mod line_wise;
mod literals;
mod named;
mod notes;
mod outline;
mod parse;
mod passages;
mod plan;
mod recovery;
mod reduced;
mod region;
mod repeats;
mod restate;
mod seam;
mod skeleton;
mod spacing;
mod symbols;
mod syntax_tree;

pub use check::{Difference, Elision, check};
pub use named::named;
pub use reduced::{Reduced, elisions, reduce};
pub use symbols::{Symbol, symbol_at, symbols};
pub use syntax_tree::{TreeNode, syntax_tree};

use std::ops::Range;

use crate::conflict;
use crate::draft::{Cut, Part};
use crate::language::Language;
use crate::policy::Level;
use crate::tokens::Tokenizer;
use indentation::Ground;
use layout::{Reach, Written};
use recovery::Frame;
use region::{Proof, Region};
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
    /// What is checked one by one; none where the code was passed through.
    regions: Vec<Region>,
    /// Its range.
    range: Range<usize>,
    /// How many parts it has, when they were taken out, too.
    count: usize,
    /// Whether it has conflicts, of which each side is checked as a whole.
    has_conflict: bool,
}

impl Draft {
    /// The stretches of the text that do not parse and were laid out by line.
    pub fn by_line(&self) -> impl Iterator<Item = Range<usize>> {
        self.regions.iter().filter(|region| region.is_by_line()).map(|region| region.source.clone())
    }

    /// Makes some of its cuts, given in order, an outer one before those within it.
    pub fn cut(&mut self, cuts: &[Cut]) {
        self.parts = crate::draft::cut(std::mem::take(&mut self.parts), cuts);
        self.count = self.parts.len();
        self.cuts.clear();
        let mut end = 0;
        let made = cuts.iter().map(|cut| cut.parts.clone()).filter(|parts| {
            let is_outer = parts.start >= end && !parts.is_empty();
            end = if is_outer { parts.end } else { end };
            is_outer
        });
        let mut made = made.peekable();
        let mut gone = 0;
        for region in &mut self.regions {
            let start = region.parts.start - gone;
            while let Some(parts) = made.next_if(|parts| parts.end <= region.parts.end) {
                gone += parts.len() - 1;
            }
            region.parts = start..region.parts.end - gone;
        }
    }

    /// Whether what was written for the parts is the same code, comments, docstrings and layout aside; `text` is the text
    /// that the draft was made of, and `written` tells what stands for a part. The trees of the draft are used again.
    /// `elisions` are what was left out, in order and apart, in bytes from the beginning of the draft's range.
    ///
    /// # Errors
    /// The first place where the result is other code, within the region that differs; its beginning if it is too hard to
    /// parse.
    pub fn check<'w>(
        &self,
        text: &str,
        written: impl Fn(usize) -> &'w str,
        language: Language,
        elisions: &[Elision<'_>],
    ) -> Result<(), Difference> {
        if self.has_conflict {
            let result: String = (0..self.count).map(&written).collect();
            let original = text.get(self.range.clone()).unwrap_or_default();
            conflicts::check(original, &result, language, elisions.is_empty())?;
        }
        let end = self.regions.last().map_or(0, |region| region.source.end);
        self.regions.iter().try_for_each(|region| {
            let written: String = region.parts.clone().map(&written).collect();
            region.check(end, text, &written, language, &region.elisions(elisions, self.range.start))
        })
    }
}

/// What a draft is made for.
#[derive(Clone, Copy, Debug)]
pub struct Aim<'a> {
    /// How far to go.
    pub level: Level,
    /// Bytes of the text that stay whole with what they use, at `tight` and `skeleton`; the rest becomes its skeleton. `None`
    /// for no focus: the level is for all.
    pub focus: Option<&'a [Range<usize>]>,
    /// What counts.
    pub tokenizer: Tokenizer,
}

impl Aim<'_> {
    fn reach(&self) -> Reach {
        match (self.level, self.focus) {
            (Level::Safe, _) => Reach::Lines,
            (Level::Balanced, _) | (Level::Tight, None) => Reach::Tokens,
            (Level::Tight, Some(_)) | (Level::Skeleton, _) => Reach::Skeleton,
        }
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
    draft_for(text, range, language, &Aim { level, focus: None, tokenizer })
}

/// As [`draft`], around a focus.
fn draft_for(text: &str, range: Range<usize>, language: Language, aim: &Aim<'_>) -> Draft {
    let code = text.get(range.clone()).unwrap_or_default();
    let through = |reason| Draft {
        parts: vec![Part::Fixed { source: range.clone(), text: code.to_owned() }],
        cuts: Vec::new(),
        treatment: Treatment::PassedThrough(reason),
        regions: Vec::new(),
        range: range.clone(),
        count: 1,
        has_conflict: false,
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
    let mut settler = Settler::new(aim.tokenizer);
    let by = range.start + mark.len();
    let head = (!mark.is_empty()).then(|| Part::Fixed { source: range.start..by, text: mark.to_owned() });
    let places = aim.focus.map(|places| focus::within(places, &(by..range.end)));
    let aim = Aim { focus: places.as_deref(), ..*aim };
    let Drafted { parts, cuts, mut regions } = match drafted(code, language, &aim, &mut settler) {
        Ok(drafted) => drafted,
        Err(reason) => return through(reason),
    };
    let shift = usize::from(head.is_some());
    let cuts = cuts::worthwhile(code, &parts, cuts, &settler);
    let cuts = cuts.into_iter().map(|cut| cut.moved(shift)).collect();
    for region in &mut regions {
        region.place(shift, by);
    }
    let parts: Vec<Part> = head.into_iter().chain(parts.into_iter().map(|part| part.moved(by))).collect();
    let count = parts.len();
    let treatment = treatment(&regions);
    let has_conflict = conflict::stands_in(code);
    let draft = Draft { parts, cuts, treatment, regions, range: range.clone(), count, has_conflict };
    // With all words at least it must be sure.
    let is_unproven = || {
        let whole = crate::draft::written(text, &draft.parts, &mut || true);
        conflicts::check(text.get(range.clone()).unwrap_or_default(), &whole, language, true).is_err()
    };
    if has_conflict && is_unproven() { through(Reason::Unproven) } else { draft }
}

/// What is proposed for a text without a byte order mark.
struct Drafted {
    parts: Vec<Part>,
    cuts: Vec<Cut>,
    regions: Vec<Region>,
}

impl Drafted {
    /// One region.
    fn whole(code: &str, written: Written, proof: Proof) -> Self {
        let Written { parts, cuts } = written;
        let region = Region { parts: 0..parts.len(), source: 0..code.len(), lines: code.lines().count(), proof };
        Self { parts, cuts, regions: vec![region] }
    }
}

/// The focus of `aim` is in bytes of `code`.
fn drafted(code: &str, language: Language, aim: &Aim<'_>, settler: &mut Settler) -> Result<Drafted, Reason> {
    let Some(syntax) = language.0.syntax else {
        // Lines have no skeleton.
        let reach = if aim.reach() == Reach::Skeleton { Reach::Tokens } else { aim.reach() };
        let rules = language.line_rules().ok_or(Reason::NoGrammar)?;
        let parts = line_wise::write(code, rules, reach, settler).ok_or(Reason::Unproven)?;
        // White space that goes can cost a token at a seam.
        let written = crate::draft::written(code, &parts, &mut || true);
        if settler.count(&written) > settler.count(code) {
            return Err(Reason::Unproven);
        }
        return Ok(Drafted::whole(code, Written { parts, cuts: Vec::new() }, Proof::Lines));
    };
    let too_hard = || if (syntax.scannable)(code) { Reason::TooHard } else { Reason::Unproven };
    let tree = parse::parse(code, syntax).ok_or_else(too_hard)?;
    // What parses all the same would hold the marks of conflicts as text.
    if !tree.root_node().has_error() && !conflict::stands_in(code) {
        let outline = outline::read(code, &tree, syntax);
        let plan = plan::plan(code, &tree, &outline, syntax, aim);
        if let Some(written) = layout::write(code, &outline, syntax, &plan, Ground::default(), settler) {
            return Ok(Drafted::whole(code, written, Proof::Tree { frame: Frame::NONE, tree }));
        }
    }
    recovery::write(code, tree, syntax, aim, settler).ok_or(Reason::Unproven)
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
mod bounds;
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
