//! Recovery: code that does not parse as a whole, as a selection out of a function does not, or a file with a typing error.
//!
//! What the parser understood all the same is taken out, in the largest stretches of whole lines, and parsed again by
//! itself (`reading`); where that is without an error, it is treated as any code that parses. The lines between are laid out
//! by line, their comments kept.
//!
//! Invariants
//! - the regions tile the text, each of whole lines (`properties::the_sources_of_the_parts_tile_the_text`);
//! - a region is the same code by its own parse, before and after (`properties::any_words_of_the_comments_may_be_kept`);
//! - what goes from half a file is a comment of the whole file too
//!   (`properties::what_goes_from_half_a_file_is_a_comment_of_the_whole`);
//! - of two lines, the deeper stays deeper and equals stay equal, wherever they stand among the regions;
//! - what cannot be shown to be the same code stays as it is;
//! - what a focus uses is looked for in its own region.
//!
//! Deliberately absent: guesses at what is missing.

mod frame;
mod reading;
mod sound;

use std::ops::Range;

use tree_sitter::Tree;

use super::by_line::{Lines, Margins};
use super::check;
use super::cuts::Planned;
use super::focus;
use super::indentation::Ground;
use super::layout::{self, Written};
use super::outline::{self, Outline, Token};
use super::parse;
use super::plan::{self, Plan};
use super::region::{Proof, Region};
use super::spacing::Settler;
use super::{Aim, Drafted};
use crate::draft::{Part, written};
use crate::language::Syntax;
pub(super) use frame::Frame;
use reading::Sound;
use sound::Stretch;

/// What is proposed for a text that does not parse; `None` if no layout of it can be shown to be the same code.
pub(super) fn write(
    text: &str,
    tree: Tree,
    syntax: &'static Syntax,
    aim: &Aim<'_>,
    settler: &mut Settler,
) -> Option<Drafted> {
    let (found, tokens) = reading::find(text, tree.clone(), syntax, settler);
    let lines = Lines::read(text, &tokens);
    let drafted = Drafted { parts: Vec::new(), cuts: Vec::new(), regions: Vec::new() };
    let mut writer = Writer { text, tree, syntax, lines, drafted };
    let margins = writer.margins(&found, settler);
    let mut at = 0;
    for sound in found {
        writer.by_line(at..sound.stretch.range.start, &margins)?;
        at = sound.stretch.range.end;
        writer.sound(sound, &margins, aim, settler)?;
    }
    writer.by_line(at..text.len(), &margins)?;
    let Writer { drafted, lines, tree, .. } = writer;
    // One line that stands out makes all others deeper, and what was a tab becomes two spaces.
    if settler.count(&written(text, &drafted.parts, &mut || true)) <= settler.count(text) {
        return Some(drafted);
    }
    let parts = vec![Part::Fixed { source: 0..text.len(), text: text.to_owned() }];
    let proof = Proof::Leaves { tree, checked: text.to_owned() };
    let region = Region { parts: 0..1, source: 0..text.len(), lines: lines.count(0..text.len()), proof };
    Some(Drafted { parts, cuts: Vec::new(), regions: vec![region] })
}

struct Writer<'a> {
    text: &'a str,
    /// That of the text.
    tree: Tree,
    syntax: &'static Syntax,
    lines: Lines<'a>,
    drafted: Drafted,
}

impl Writer<'_> {
    /// The margins of everything whose margin is not told by its own tree.
    fn margins(&self, found: &[Sound], settler: &Settler) -> Margins {
        let mut widths: Vec<usize> = Vec::new();
        let mut at = 0;
        for sound in found {
            widths.extend(self.lines.widths(at..sound.stretch.range.start));
            widths.push(sound.stretch.width);
            at = sound.stretch.range.end;
        }
        widths.extend(self.lines.widths(at..self.text.len()));
        Margins::new(widths, self.lines.cheapest_unit(settler))
    }

    fn by_line(&mut self, range: Range<usize>, margins: &Margins) -> Option<()> {
        if range.is_empty() {
            return Some(());
        }
        let written = self.lines.write(range.clone(), margins);
        let source = &self.text[range.clone()];
        let is_all = source.len() == self.text.len();
        let tree = if is_all { self.tree.clone() } else { parse::parse(source, self.syntax)? };
        let same = check::check_tokens_against(source, &tree, &written, self.syntax).is_ok();
        let text = if same { written } else { source.to_owned() };
        let parts = vec![Part::Fixed { source: range.clone(), text: text.clone() }];
        self.push(Written { parts, cuts: Vec::new() }, range, Proof::Leaves { tree, checked: text });
        Some(())
    }

    fn sound(&mut self, sound: Sound, margins: &Margins, aim: &Aim<'_>, settler: &mut Settler) -> Option<()> {
        let Sound { stretch: Stretch { range, width }, frame, tree, outline } = sound;
        let code = &self.text[range.clone()];
        let ground = Ground { level: margins.level(width), unit: Some(margins.unit()) };
        let places = aim.focus.map(|places| focus::within(places, &range));
        let plan = self.plan(code, frame, &tree, &outline, &Aim { focus: places.as_deref(), ..*aim });
        let Written { parts, cuts } = layout::write(code, &outline, self.syntax, &plan, ground, settler)?;
        let parts = parts.into_iter().map(|part| part.moved(range.start)).collect();
        self.push(Written { parts, cuts }, range, Proof::Tree { frame, tree });
        Some(())
    }

    /// Plans a piece that parses in a frame.
    fn plan(&self, code: &str, frame: Frame, tree: &Tree, outline: &Outline, aim: &Aim<'_>) -> Plan {
        let framed = frame.around(code);
        let (start, end) = (frame.before.len(), frame.before.len() + code.len());
        let places: Option<Vec<Range<usize>>> =
            aim.focus.map(|places| places.iter().map(|it| it.start + start..it.end + start).collect());
        let framed_outline = outline::read(&framed, tree, self.syntax);
        let plan = plan::plan(&framed, tree, &framed_outline, self.syntax, &Aim { focus: places.as_deref(), ..*aim });
        let inside = plan.cuts.into_iter().filter(|cut| start <= cut.range.start && cut.range.end <= end);
        let cuts = inside.map(|cut| Planned { range: cut.range.start - start..cut.range.end - start, ..cut }).collect();
        let whole = |token: &Token| {
            let index = framed_outline.tokens.partition_point(|it| it.range.start < token.range.start + start);
            plan.whole.get(index).copied().unwrap_or_default()
        };
        Plan { reach: plan.reach, cuts, whole: outline.tokens.iter().map(whole).collect() }
    }

    fn push(&mut self, written: Written, source: Range<usize>, proof: Proof) {
        let Written { parts, cuts } = written;
        let drafted = &mut self.drafted;
        let first = drafted.parts.len();
        drafted.parts.extend(parts);
        drafted.cuts.extend(cuts.into_iter().map(|cut| cut.moved(first)));
        let lines = self.lines.count(source.clone());
        drafted.regions.push(Region { parts: first..drafted.parts.len(), source, lines, proof });
    }
}

#[cfg(test)]
mod tests;
