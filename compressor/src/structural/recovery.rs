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
//! - what cannot be shown to be the same code stays as it is.
//!
//! Deliberately absent: guesses at what is missing.

mod frame;
mod heredocs;
mod reading;
mod sound;

use std::ops::Range;

use tree_sitter::Tree;

use super::by_line::{Lines, Margins};
use super::check;
use super::indentation::Ground;
use super::layout::{self, Reach};
use super::parse;
use super::region::{Proof, Region};
use super::spacing::Settler;
use crate::draft::Part;
use crate::language::Syntax;
pub(super) use frame::Frame;
use reading::Sound;
use sound::Stretch;

/// The parts of a text that does not parse, and the regions that they form; `None` if no layout of it can be shown to be the same code.
pub(super) fn write(
    text: &str,
    tree: Tree,
    syntax: &'static Syntax,
    reach: Reach,
    settler: &mut Settler,
) -> Option<(Vec<Part>, Vec<Region>)> {
    let (found, tokens) = reading::find(text, tree, syntax, settler);
    let lines = Lines::read(text, &tokens);
    let mut writer = Writer { text, syntax, lines, parts: Vec::new(), regions: Vec::new() };
    let margins = writer.margins(&found, settler);
    let mut at = 0;
    for sound in found {
        writer.by_line(at..sound.stretch.range.start, &margins)?;
        at = sound.stretch.range.end;
        writer.sound(sound, &margins, reach, settler)?;
    }
    writer.by_line(at..text.len(), &margins)?;
    let Writer { parts, regions, .. } = writer;
    // One line that stands out makes all others deeper, and what was a tab becomes two spaces.
    let written: String = parts.iter().map(|part| part.decided().unwrap_or(&text[part.source()])).collect();
    if settler.count(&written) > settler.count(text) {
        let tree = parse::parse(text, syntax)?;
        let lines = writer.lines.count(0..text.len());
        let parts = vec![Part::Fixed { source: 0..text.len(), text: text.to_owned() }];
        return Some((
            parts,
            vec![Region { parts: 0..1, source: 0..text.len(), lines, proof: Proof::Leaves { tree } }],
        ));
    }
    Some((parts, regions))
}

struct Writer<'a> {
    text: &'a str,
    syntax: &'static Syntax,
    lines: Lines<'a>,
    parts: Vec<Part>,
    regions: Vec<Region>,
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
        let tree = parse::parse(source, self.syntax)?;
        let same = check::check_tokens_against(source, &tree, &written, self.syntax).is_ok();
        let text = if same { written } else { source.to_owned() };
        self.push(vec![Part::Fixed { source: range.clone(), text }], range, Proof::Leaves { tree });
        Some(())
    }

    fn sound(&mut self, sound: Sound, margins: &Margins, reach: Reach, settler: &mut Settler) -> Option<()> {
        let Sound { stretch: Stretch { range, width }, frame, tree, outline } = sound;
        let code = &self.text[range.clone()];
        let ground = Ground { level: margins.level(width), unit: Some(margins.unit()) };
        let parts = layout::write(code, &outline, self.syntax, reach, ground, settler)?;
        let parts = parts.into_iter().map(|part| part.moved(range.start)).collect();
        self.push(parts, range, Proof::Tree { frame, tree });
        Some(())
    }

    fn push(&mut self, parts: Vec<Part>, source: Range<usize>, proof: Proof) {
        let first = self.parts.len();
        self.parts.extend(parts);
        let lines = self.lines.count(source.clone());
        self.regions.push(Region { parts: first..self.parts.len(), source, lines, proof });
    }
}

#[cfg(test)]
mod tests;
