//! Sessions: what was typed stays byte for byte, the space at the ends of its lines aside; of the answers, lines that repeat
//! are folded.

use std::ops::Range;

use super::fold;
use super::space::Cleaning;
use crate::draft::Part;
use crate::segment::session_stretches;
use crate::tokens::Tokenizer;

/// A part for each stretch of what was typed, and those of the answers between them.
pub(super) fn parts(text: &str, range: Range<usize>, tokenizer: Tokenizer) -> Vec<Part> {
    parts_with(text, range, |answers| fold::parts(text, answers, Cleaning::TRACE, tokenizer))
}

/// As [`parts`], with the answers drafted otherwise.
pub(crate) fn parts_with(text: &str, range: Range<usize>, answers: impl Fn(Range<usize>) -> Vec<Part>) -> Vec<Part> {
    let mut parts = Vec::new();
    for stretch in session_stretches(text, range) {
        if stretch.typed {
            let written = text[stretch.range.clone()].split_inclusive('\n').map(without_end_space).collect();
            parts.push(Part::Fixed { source: stretch.range, text: written });
        } else {
            parts.extend(answers(stretch.range));
        }
    }
    parts
}

/// A line without the space at its end, except after a backslash, which would then carry it on.
fn without_end_space(line: &str) -> String {
    let body = line.trim_end_matches(['\r', '\n']);
    let bare = body.trim_end_matches([' ', '\t']);
    let kept = if bare.ends_with('\\') { body } else { bare };
    format!("{kept}{}", &line[body.len()..])
}
