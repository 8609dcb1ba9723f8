//! Layout: writes the tokens of a text with the white space between them in its cheapest equal form.
//!
//! Invariants
//! - every token of code is written, in order, byte for byte; what is decided here is white space only, but for a
//!   backslash that continues a line, which becomes a `Fold` (`properties`);
//! - a line break that is syntax stays, unless the body that it begins may stand on the line of its head;
//! - the sources of the parts tile the text.
//!
//! Deliberately absent: what becomes of comments and docstrings, which `comments` decides; what is cut, which is planned
//! elsewhere.

mod scissors;

use std::iter;
use std::ops::Range;

use super::comments::{self, Place, Remarks};
use super::indentation::{Ground, Indentation};
use super::outline::{Kind, Outline, Standing};
use super::plan::Plan;
use super::seam::{Neighbours, Seam};
use super::spacing::{Settler, Spaced};
use crate::draft::{Cut, Part};
use crate::language::{CommentRules, Language, LineRules, Margins, Spacing, Syntax};
use crate::policy::Level;
use scissors::{Edge, Scissors};

/// What may be done besides indentation, trailing space and blank lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Nothing: lines stay lines, comments stay.
    Lines,
    /// Lines that mean the same as one are joined, spaces go where that is cheaper, comments become prose.
    Tokens,
    /// As `Tokens`, and of comments only the first sentence of those that document stays.
    Skeleton,
}

/// A text in its cheapest equal form, and what can be left out of it.
pub(crate) struct Written {
    /// Their sources tile the text.
    pub(crate) parts: Vec<Part>,
    /// In order, an outer one before those within it.
    pub(crate) cuts: Vec<Cut>,
}

/// Writes a text in its cheapest equal form; `None` if its blocks are unclear.
pub(crate) fn write(
    text: &str,
    outline: &Outline,
    syntax: &Syntax,
    plan: &Plan,
    ground: Ground,
    settler: &mut Settler,
) -> Option<Written> {
    let indentation = Indentation::read(text, &outline.tokens, syntax.indentation, ground, settler)?;
    let indentation = if syntax.spacing.keeps_margins() {
        indentation.kept(text, &outline.tokens)?
    } else if syntax.flow.is_some() && plan.reach != Reach::Lines {
        // Tags tell what belongs to what.
        indentation.unwritten()
    } else {
        indentation
    };
    let (rules, spacing, indentation) = (syntax.comment_rules(), syntax.spacing, &indentation);
    let (parts, scissors) = (Parts::new(settler), Scissors::new(&plan.cuts));
    let (reach, whole) = (plan.reach, &plan.whole[..]);
    Some(Writer { text, outline, rules, spacing, reach, whole, indentation, parts, scissors }.write())
}

/// Writes a text of lines; `None` if their indentation is unclear.
pub(crate) fn write_lines(
    text: &str,
    outline: &Outline,
    rules: &LineRules,
    reach: Reach,
    settler: &mut Settler,
) -> Option<Vec<Part>> {
    let indentation = Indentation::read(text, &outline.tokens, false, Ground::default(), settler)?;
    let indentation = if rules.margins == Margins::Free { indentation } else { indentation.unwritten() };
    let (rules, spacing, indentation) = (rules.comment_rules(), Spacing::Kept, &indentation);
    let (parts, scissors) = (Parts::new(settler), Scissors::new(&[]));
    Some(Writer { text, outline, rules, spacing, reach, whole: &[], indentation, parts, scissors }.write().parts)
}

struct Writer<'a> {
    text: &'a str,
    outline: &'a Outline,
    rules: CommentRules,
    spacing: Spacing,
    reach: Reach,
    /// For each token whether it stands in what stays whole; none do where it is empty.
    whole: &'a [bool],
    indentation: &'a Indentation,
    parts: Parts<'a>,
    scissors: Scissors<'a>,
}

/// A gap between two tokens of code, comments and docstrings in it left out.
struct Gap {
    /// The token of code before it.
    before: Option<usize>,
    /// The token of code after it.
    after: Option<usize>,
    /// Whether comments or docstrings stand in it.
    remarks: bool,
    /// The bytes that are left to write: up to the token of code, from the last comment or docstring.
    rest: Range<usize>,
    /// Whether it has a line break, within or between comments too.
    breaks: bool,
    /// The white space in it, outside of comments.
    white: White,
}

/// How much white space there is.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum White {
    #[default]
    None,
    Some,
    /// With a blank line.
    Blank,
}

impl White {
    fn of(piece: &str) -> Self {
        match piece.bytes().filter(|&byte| byte == b'\n').count() {
            _ if piece.is_empty() => Self::None,
            0 | 1 => Self::Some,
            _ => Self::Blank,
        }
    }
}

impl<'a> Writer<'a> {
    fn write(mut self) -> Written {
        let tokens = &self.outline.tokens;
        let mut before = None;
        let mut index = 0;
        let first = tokens.iter().position(|token| self.is_code(&token.kind));
        // Before comments alone, which may go, it would be all that is left of their line.
        if first.is_some() {
            self.parts.spaced.push(&self.indentation.outermost(first));
        }
        loop {
            let next = tokens[index..].iter().position(|token| self.is_code(&token.kind)).map(|offset| index + offset);
            let remarks = index..next.unwrap_or(tokens.len());
            let from = before.map_or(0, |before: usize| tokens[before].range.end);
            let to = next.map_or(self.text.len(), |next| tokens[next].range.start);
            let rest = tokens[remarks.clone()].last().map_or(from, |last| last.range.end)..to;
            let breaks = self.text[from..to].contains('\n');
            let starts = tokens[remarks.clone()].iter().map(|remark| remark.range.start).chain([to]);
            let ends = iter::once(from).chain(tokens[remarks.clone()].iter().map(|remark| remark.range.end));
            let pieces = starts.zip(ends).filter_map(|(start, end)| self.text.get(end..start));
            let white = pieces.map(White::of).max().unwrap_or_default();
            let gap = Gap { before, after: next, remarks: !remarks.is_empty(), rest, breaks, white };
            self.write_groups(remarks, &gap);
            self.write_gap_with_edges(&gap);
            let Some(next) = next else {
                return Written { parts: self.parts.finish(self.text.len()), cuts: self.scissors.finish() };
            };
            match tokens[next].standing {
                Standing::Held(language) => self.write_held(tokens[next].range.clone(), language),
                _ => self.write_token(tokens[next].range.clone()),
            }
            before = Some(next);
            index = next + 1;
        }
    }

    /// Writes comments and docstrings, apart where a cut begins or ends between them.
    fn write_groups(&mut self, remarks: Range<usize>, gap: &Gap) {
        let tokens = &self.outline.tokens;
        let mut from = gap.before.map_or(0, |before| tokens[before].range.end);
        let mut first = remarks.start;
        while first < remarks.end {
            if self.scissors.end_by(from) {
                self.parts.flush(from);
                let edge = Edge { next: Some(first), ..self.edge(gap, false) };
                self.scissors.end(from, &edge);
            }
            let start = tokens[first].range.start;
            if self.scissors.begin_by(start) {
                self.parts.flush(from);
                let follows_code = first == remarks.start;
                let edge = Edge { next: Some(first), follows_code, ..self.edge(gap, true) };
                self.scissors.begin(start, &edge);
            }
            let goes_on = |scissors: &Scissors<'_>, next: usize| {
                let (last, next) = (next - 1, next);
                let is_cut = scissors.begin_by(tokens[next].range.start) || scissors.end_by(tokens[last].range.end);
                !is_cut && self.whole.get(last) == self.whole.get(next)
            };
            let mut last = first + 1;
            while last < remarks.end && goes_on(&self.scissors, last) {
                last += 1;
            }
            self.write_remarks(first..last, from, gap);
            from = tokens[last - 1].range.end;
            first = last;
        }
    }

    /// Writes the white space before a token, and begins and ends the cuts that it belongs to.
    fn write_gap_with_edges(&mut self, gap: &Gap) {
        let Range { start, end } = gap.rest;
        let token = gap.after.map(|after| self.outline.tokens[after].range.start);
        let ends = self.scissors.end_by(start);
        let begins = token.filter(|&token| self.scissors.begin_by(token));
        if let Some(token) = begins.filter(|_| !ends) {
            self.parts.flush(start);
            let edge = Edge { follows_code: !gap.remarks, ..self.edge(gap, true) };
            self.scissors.begin(token, &edge);
        }
        self.write_gap(gap);
        if ends {
            self.parts.flush(end);
            let has_space = gap.after.is_some() || self.text[gap.rest.clone()].contains('\n');
            let edge = self.edge(gap, has_space);
            self.scissors.end(start, &edge);
            if let Some(token) = begins {
                let edge = self.edge(gap, false);
                self.scissors.begin(token, &edge);
            }
        }
    }

    fn write_token(&mut self, range: Range<usize>) {
        let mut from = range.start;
        while let Some(cut) = self.scissors.within(&(from..range.end)) {
            let gap = Gap {
                before: Some(0),
                after: None,
                remarks: false,
                rest: cut.clone(),
                breaks: false,
                white: White::Some,
            };
            self.parts.spaced.push(&self.text[from..cut.start]);
            self.parts.flush(cut.start);
            let edge = self.edge(&gap, false);
            self.scissors.begin(cut.start, &edge);
            self.parts.spaced.push(&self.text[cut.clone()]);
            self.parts.flush(cut.end);
            let edge = self.edge(&gap, false);
            self.scissors.end(cut.end, &edge);
            from = cut.end;
        }
        self.parts.spaced.push(&self.text[from..range.end]);
    }

    /// Writes text of another language in the form that it has by itself.
    fn write_held(&mut self, range: Range<usize>, language: Language) {
        let level = if self.reach == Reach::Lines { Level::Safe } else { Level::Balanced };
        let white = self.text[range.clone()].len() - self.text[range.clone()].trim_ascii_start().len();
        let code = range.start + white..range.end;
        if self.text[range.start..code.start].contains('\n') {
            self.parts.spaced.push("\n");
        }
        self.parts.flush(code.start);
        for part in super::draft(self.text, code, language, level, self.parts.settler.tokenizer()).parts {
            self.parts.push(part);
        }
    }

    fn edge(&self, gap: &Gap, has_space: bool) -> Edge<'a> {
        Edge {
            indentation: self.indentation,
            tokens: &self.outline.tokens,
            part: self.parts.done.len(),
            next: gap.after,
            has_space,
            follows_code: false,
            is_head: gap.before.is_none(),
        }
    }

    /// Below `Reach::Tokens`, comments and docstrings are written as code is.
    fn is_code(&self, kind: &Kind) -> bool {
        self.reach == Reach::Lines || *kind == Kind::Code
    }

    fn write_remarks(&mut self, remarks: Range<usize>, from: usize, gap: &Gap) {
        let tokens = &self.outline.tokens;
        let whole = self.whole.get(remarks.start).copied().unwrap_or_default();
        self.parts.flush(from);
        let free = gap.after.is_some_and(|after| gap.before.is_some() && !tokens[after].own_line);
        let place = if gap.before.is_none() && gap.after.is_some() {
            Place::Head
        } else if free {
            Place::Within
        } else {
            Place::Line
        };
        let remarks = Remarks {
            text: self.text,
            outline: self.outline,
            rules: self.rules,
            indentation: self.indentation,
            tokens: remarks,
            from,
            place,
            next: gap.after,
            outlined: self.reach == Reach::Skeleton && !whole && !self.scissors.is_within(),
            is_told_by_space: matches!(self.spacing, Spacing::Beside(_)),
        };
        for part in comments::parts(&remarks) {
            self.parts.push(part);
        }
    }

    fn write_gap(&mut self, gap: &Gap) {
        let white = &self.text[gap.rest.clone()];
        match (gap.before, gap.after) {
            (Some(before), Some(after)) => self.write_between(before, after, gap, white),
            // What stands before the first token goes, and so do blank lines after the last.
            (_, None) if white.contains('\\') => self.parts.spaced.push(white),
            (_, None) if white.contains('\n') => self.parts.spaced.push("\n"),
            _ => {}
        }
    }

    /// Where two tokens meet around an operator that may lose the spaces on both its sides: which of its sides this is.
    fn operator_seam(&self, before: usize, after: usize) -> Option<Seam> {
        let Spacing::Sided { operators, .. } = self.spacing else { return None };
        let tokens = &self.outline.tokens;
        let is_operator = |index: usize| {
            let operator = self.text.get(tokens[index].range.clone())?;
            (operators.contains(&operator) && tokens[index].standing != Standing::BesideName).then_some(index)
        };
        let (operator, seam) = match is_operator(after) {
            Some(operator) => (operator, Seam::First),
            None => (is_operator(before)?, Seam::Second),
        };
        let (left, right) = (operator.checked_sub(1)?, operator + 1);
        let loose = |before: usize, after: usize| {
            let (before, token) = (tokens.get(before)?, tokens.get(after)?);
            let white = self.text.get(before.range.end..token.range.start)?;
            let spaced = !white.is_empty() && white.bytes().all(is_space);
            let code = before.kind == Kind::Code && token.kind == Kind::Code;
            let breaks = before.standing == Standing::WholeLines || token.own_line && white.contains('\n');
            let plain = Neighbours::new(self.text, before, token, false).is_plain();
            (spaced && code && !breaks && plain).then_some(())
        };
        loose(left, operator).and_then(|()| loose(operator, right)).map(|()| seam)
    }

    /// Whether a sign that touched the number after it would be taken for part of that: `(a) + 1`, `- 1`.
    fn would_sign(&self, sign: usize, seam: Neighbours<'_>) -> bool {
        let tokens = &self.outline.tokens;
        let signs = || {
            let before = tokens[..sign].iter().rev().find(|token| token.kind == Kind::Code);
            let bracket = before.is_some_and(|token| self.text[token.range.clone()].ends_with(')'));
            bracket || tokens[sign].standing == Standing::Prefix
        };
        let number = || seam.right.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        matches!(self.spacing, Spacing::Signed) && matches!(seam.left, "+" | "-") && number() && signs()
    }

    fn write_between(&mut self, before: usize, after: usize, gap: &Gap, white: &str) {
        let [left, token] = [before, after].map(|index| &self.outline.tokens[index]);
        let tightens = self.reach != Reach::Lines;
        let joins = tightens
            && left.standing != Standing::WholeLines
            && (!token.own_line || (token.joins_head && !gap.remarks));
        let seam = Neighbours::new(self.text, left, token, gap.breaks || gap.remarks);
        let seam = Neighbours { apart: seam.apart || self.would_sign(before, seam), ..seam };
        let spaced = &mut self.parts.spaced;
        if token.standing == Standing::WholeLines && seam.right.starts_with(['\n', '\r']) {
            // The line ends with what stands before it.
        } else if token.standing == Standing::Raw && white.contains('\n') && !is_continuation(white, true, self.spacing)
        {
            // The grammar takes the line below for the text of a directive that ends in a space.
            spaced.push(white);
        } else if matches!(self.spacing, Spacing::Beside(_)) && gap.white == White::None {
            // They touched before.
        } else if !gap.remarks && self.spacing.keeps_after(seam.left) {
            spaced.push(white);
        } else if !white.bytes().all(is_space) {
            // A continued line becomes one; any other white space is left alone.
            if tightens && is_continuation(white, token.own_line, self.spacing) {
                let apart = matches!(seam.seam(self.spacing, None), Seam::Space | Seam::Optional { stays: true });
                self.parts.fold(gap.rest.clone(), if apart { " " } else { "" });
            } else {
                spaced.push(white);
            }
        } else if gap.breaks && !joins {
            spaced.push("\n");
            if self.spacing.keeps_lines() && seam.right.starts_with(['(', '[', '{']) {
                // It would be taken for what goes on, were it not for a blank line.
                spaced.push(if gap.white == White::Blank { "\n" } else { "" });
            } else if white.bytes().filter(|&byte| byte == b'\n').count() > 1 {
                spaced.push_optional('\n', true);
            }
            spaced.push(&self.indentation.before(after));
        } else if white.is_empty() && !gap.remarks {
            // They touched before.
        } else {
            let operator = if tightens { self.operator_seam(before, after) } else { None };
            let spaced = &mut self.parts.spaced;
            match seam.seam(self.spacing, operator) {
                _ if !tightens => spaced.push(" "),
                Seam::Closed => {}
                Seam::Space => spaced.push(" "),
                Seam::Optional { stays } => spaced.push_optional(' ', stays),
                Seam::First => spaced.push_optional(' ', true),
                Seam::Second => spaced.push_tied(),
            }
        }
    }
}

/// White space of code.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Whether white space carries a line on by backslashes, and means the same as a space. Before a token that stands on a
/// line of its own, each line break must have its backslash; where spaces mean much, a backslash that touches both its
/// neighbours may make one word of them.
fn is_continuation(white: &str, own_line: bool, spacing: Spacing) -> bool {
    let lines = white.split('\n').map(|line| line.trim_end_matches('\r'));
    let last = white.rsplit('\n').next().unwrap_or_default();
    let escaped = last.bytes().all(is_space) && lines.rev().skip(1).all(|line| line.ends_with('\\'));
    white.bytes().all(|byte| byte == b'\\' || is_space(byte))
        && (escaped || !own_line)
        && (matches!(spacing, Spacing::Free | Spacing::Signed) || white.contains([' ', '\t']))
}

/// The parts written so far, and the code that is not yet one.
struct Parts<'a> {
    done: Vec<Part>,
    /// Where the code that is not yet a part begins.
    start: usize,
    spaced: Spaced,
    settler: &'a mut Settler,
}

impl<'a> Parts<'a> {
    fn new(settler: &'a mut Settler) -> Self {
        Self { done: Vec::new(), start: 0, spaced: Spaced::default(), settler }
    }

    /// Ends the part at hand before a byte of the text.
    fn flush(&mut self, end: usize) {
        if self.start < end || !self.spaced.is_empty() {
            let text = self.settler.settle(std::mem::take(&mut self.spaced));
            self.done.push(Part::Fixed { source: self.start..end, text });
            self.start = end;
        }
    }

    fn push(&mut self, part: Part) {
        self.start = part.source().end;
        self.done.push(part);
    }

    fn fold(&mut self, source: Range<usize>, text: &str) {
        self.flush(source.start);
        self.push(Part::Fold { source, text: text.to_owned() });
    }

    fn finish(mut self, end: usize) -> Vec<Part> {
        self.flush(end);
        self.done
    }
}
