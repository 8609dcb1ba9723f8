//! Readings: what a piece of a text is taken for, and what of it is sound.
//!
//! A piece is read as it stands and in each frame of its language; the reading in which most is sound is the likeliest. What
//! is sound in it is read again by itself, and so is what comes after the line where the parser lost its way.
//!
//! Invariants
//! - what all parses take together is bounded (`parse::Allowance`): past that nothing more is found;
//! - what is found is in order, and no piece lies in another.

use std::cell::Cell;
use std::iter::Peekable;
use std::ops::Range;

use tree_sitter::Tree;

use super::frame::Frame;
use super::sound::{self, Stretch};
use crate::conflict;
use crate::language::Syntax;
use crate::structural::indentation::{Ground, Indentation, width_of_line};
use crate::structural::outline::{self, Kind, Outline, Token};
use crate::structural::parse::{self, Allowance};
use crate::structural::spacing::Settler;

/// How often what was understood in a stretch is taken out and parsed by itself in turn.
const DEPTH: usize = 4;

/// Bytes at the beginning of a text by which it is decided what stood before it.
const WINDOW: usize = 16 << 10;

/// Bytes from which on a stretch of which next to nothing was understood is not looked into further: every parse of such a
/// text is slow, and what is found in it is chance.
const LONG: usize = 64 << 10;

/// Next to nothing: one byte of so many.
const SHARE: usize = 16;

/// A stretch that parses by itself.
pub(super) struct Sound {
    pub(super) stretch: Stretch,
    pub(super) frame: Frame,
    pub(super) tree: Tree,
    pub(super) outline: Outline,
}

/// What parses by itself in a text that does not parse as a whole, in order, and the tokens of the text as its likeliest
/// reading has them. `tree` is that of the text.
pub(super) fn find(text: &str, tree: Tree, syntax: &'static Syntax, settler: &Settler) -> (Vec<Sound>, Vec<Token>) {
    if syntax.frames.is_none() {
        return (Vec::new(), outline::read(text, &tree, syntax).tokens);
    }
    let allowance = Cell::new(Allowance::to_recover(text));
    let mut finder = Finder { text, syntax, settler, allowance, found: Vec::new() };
    if conflict::stands_in(text) {
        // The sides of a conflict are read by themselves, and so is what lies around it.
        for range in conflict::stretches(text) {
            let begins = range.start + text[range.clone()].find(|c: char| !c.is_whitespace()).unwrap_or_default();
            finder.look(Stretch { width: width_of_line(text, begins), range }, 0);
        }
        return (finder.found, outline::read(text, &tree, syntax).tokens);
    }
    let all = Stretch { range: 0..text.len(), width: 0 };
    let mut reading = finder.likeliest(&all, tree);
    let tokens = std::mem::take(&mut reading.tokens);
    finder.take(all, reading, &tokens, 0);
    (finder.found, tokens)
}

/// A stretch as it is read in a frame.
struct Reading {
    frame: Frame,
    tree: Tree,
    /// Its tokens, of which the first and the last may be cut off.
    tokens: Vec<Token>,
    /// What is sound in it, in bytes of the stretch.
    found: Vec<Stretch>,
    /// The outline of the stretch, if all of it is sound.
    outline: Option<Outline>,
}

impl Reading {
    /// Bytes that are sound. A string or a comment of several lines tells nothing: it might as well be code, if what is
    /// taken for its end were its beginning.
    fn understood(&self, code: &str) -> usize {
        let mut tokens = self.tokens.iter().filter(|token| code[token.range.clone()].contains('\n')).peekable();
        let mut bytes = 0;
        for Stretch { range, .. } in &self.found {
            let mut untold = 0;
            while let Some(token) = tokens.next_if(|token| token.range.start < range.end) {
                untold += token.range.end.min(range.end).saturating_sub(token.range.start.max(range.start));
            }
            bytes += range.len().saturating_sub(untold);
        }
        bytes
    }

    /// Whether next to nothing is sound in a stretch of so many bytes, and it is long.
    fn is_hopeless(&self, length: usize) -> bool {
        length >= LONG && self.found.iter().map(|it| it.range.len()).sum::<usize>() < length / SHARE
    }
}

struct Finder<'a> {
    text: &'a str,
    syntax: &'static Syntax,
    settler: &'a Settler,
    /// What is left of it.
    allowance: Cell<Allowance>,
    found: Vec<Sound>,
}

impl Finder<'_> {
    fn parse(&self, text: &str) -> Option<Tree> {
        let mut allowance = self.allowance.get();
        let tree = parse::parse_within(text, self.syntax, &mut allowance);
        self.allowance.set(allowance);
        tree
    }

    /// Takes a stretch if it is sound by itself, or else what is sound in it.
    fn take(&mut self, stretch: Stretch, reading: Reading, tokens: &[Token], depth: usize) {
        let is_hopeless = reading.is_hopeless(stretch.range.len());
        let Reading { frame, tree, found, outline, .. } = reading;
        if let Some(outline) = outline {
            return self.found.push(Sound { stretch, frame, tree, outline });
        }
        if depth == DEPTH || is_hopeless {
            return;
        }
        let by = stretch.range.start;
        let mut at = 0;
        let mut tokens = tokens.iter().peekable();
        for found in found.into_iter().map(Some).chain([None]) {
            let gap = at..found.as_ref().map_or(stretch.range.len(), |found| found.range.start);
            // Where there is running text, a line of it may look like one of code.
            let rest = after_error(&self.text[stretch.range.clone()], gap, &mut tokens);
            if let Some(rest) = rest.filter(|_| self.syntax.markup.is_empty()) {
                self.look(Stretch { range: rest.range.start + by..rest.range.end + by, width: rest.width }, depth + 1);
            }
            let Some(found) = found else { break };
            at = found.range.end;
            self.look(Stretch { range: found.range.start + by..found.range.end + by, width: found.width }, depth + 1);
        }
    }

    fn look(&mut self, stretch: Stretch, depth: usize) {
        let Some(bare) = self.parse(&self.text[stretch.range.clone()]) else { return };
        let mut reading = self.likeliest(&stretch, bare);
        let tokens = std::mem::take(&mut reading.tokens);
        self.take(stretch, reading, &tokens, depth);
    }

    /// The reading of a stretch in which most is sound, and no frame if that makes no difference; `bare` is its tree.
    fn likeliest(&self, stretch: &Stretch, bare: Tree) -> Reading {
        let code = &self.text[stretch.range.clone()];
        let bare = self.reading(stretch, code, Frame::NONE, bare);
        if bare.outline.is_some() {
            return bare;
        }
        // What is understood but for a place or two needs nothing before it.
        let without_frame = bare.understood(code);
        if without_frame >= code.len() - code.len() / SHARE {
            return bare;
        }
        // Of a long text the beginning tells what stood before it.
        let window = window(code);
        let framed = |frame: Frame, code: &str| {
            let tree = self.parse(&frame.around(code))?;
            let reading = self.reading(stretch, code, frame, tree);
            let opens = |token: &Token| token.range.start == 0 && !token.hidden;
            (!frame.is_opener() || reading.tokens.first().is_some_and(opens)).then_some(reading)
        };
        let understood = |reading: &Reading| reading.understood(window);
        let short = window.len() == code.len();
        let mut most = if short { without_frame } else { framed(Frame::NONE, window).map_or(0, |r| understood(&r)) };
        let mut likeliest: Option<Reading> = None;
        for reading in Frame::all(self.syntax).filter_map(|frame| framed(frame, window)) {
            let all = reading.outline.is_some();
            // Where there is running text, half of it may look like code in the wrong frame.
            if all || (self.syntax.markup.is_empty() && understood(&reading) > most) {
                most = understood(&reading);
                likeliest = Some(reading);
            }
            if all {
                break;
            }
        }
        match likeliest {
            Some(reading) if short => reading,
            Some(reading) => framed(reading.frame, code).unwrap_or(bare),
            None => bare,
        }
    }

    /// What a tree of a piece of a stretch in a frame tells of it.
    fn reading(&self, stretch: &Stretch, code: &str, frame: Frame, tree: Tree) -> Reading {
        let whole = frame.around(code);
        let within = frame.before.len()..frame.before.len() + code.len();
        let found = sound::find(&whole, within.clone(), &tree, self.syntax);
        let outline = outline::read(&whole, &tree, self.syntax);
        let tokens = outline.tokens.iter().filter_map(|token| {
            let range = token.range.start.max(within.start)..token.range.end.min(within.end);
            let range = range.start - within.start..range.end.max(range.start) - within.start;
            (!range.is_empty()).then(|| Token { range, ..token.clone() })
        });
        let tokens = tokens.collect();
        let sound = || {
            let begins_text = stretch.range.start == 0 && stretch.width == 0;
            let mut outline = outline.within(within)?;
            // What is left of markup may be running text, and a comment on the level of its statements no comment.
            let may_be_text = !self.syntax.markup.is_empty() && stretch.range.len() < self.text.len();
            let is_told = |token: &Token| token.kind == Kind::Comment && token.depth == 0;
            if may_be_text && outline.tokens.iter().any(is_told) {
                return None;
            }
            for token in &mut outline.tokens {
                // In the middle of a text no string documents the file.
                if matches!(token.kind, Kind::Docstring { signature: None, .. }) && !begins_text {
                    token.kind = Kind::Code;
                }
            }
            let ground = Ground::default();
            Indentation::read(code, &outline.tokens, self.syntax.indentation, ground, self.settler)?;
            Some(outline)
        };
        let outline = if tree.root_node().has_error() { None } else { sound() };
        Reading { frame, tree, tokens, found, outline }
    }
}

/// What comes after the first line of a gap between sound stretches, where the parser lost its way: the line where it
/// may find it again.
fn after_error<'t>(
    code: &str,
    gap: Range<usize>,
    tokens: &mut Peekable<impl Iterator<Item = &'t Token>>,
) -> Option<Stretch> {
    let line_end = |at: usize| code[at..gap.end].find('\n').map_or(gap.end, |newline| at + newline + 1);
    let first = gap.start + code[gap.clone()].find(|c: char| !c.is_whitespace())?;
    // Blank lines after the last are no part of it.
    let gap = gap.start..line_end(gap.start + code[gap.clone()].trim_end().len());
    let mut from = line_end(first);
    while tokens.next_if(|token| token.range.end <= from).is_some() {}
    if let Some(token) = tokens.peek().filter(|token| token.range.start < from) {
        from = line_end(token.range.end.min(gap.end));
    }
    let begins = from + code.get(from..gap.end)?.find(|c: char| !c.is_whitespace())?;
    let from = code[..begins].rfind('\n').map_or(0, |newline| newline + 1);
    Some(Stretch { range: from..gap.end, width: width_of_line(code, begins) })
}

/// The beginning of a text, up to the end of a line.
fn window(text: &str) -> &str {
    let window = &text[..text.floor_char_boundary(WINDOW)];
    match window.rfind('\n').filter(|_| window.len() < text.len()) {
        Some(newline) => &window[..=newline],
        None => window,
    }
}
