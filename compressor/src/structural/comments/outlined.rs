//! Comments of a skeleton: the first sentence of those that document stays, and what stands beside code; the rest goes.
//!
//! Deliberately absent: examples, licences, notes on what is left to do: at this level they go like other comments.

use super::Remark;
use crate::atoms;
use crate::draft::{Form, Line, Omission, Omitted, Part, Rewritten};
use crate::structural::cuts;
use crate::structural::passages::{self, Passage, Row};

/// The lines that stay of a comment whose rows these are.
pub(super) fn lines(remark: &Remark<'_>, rows: &[Row], passages: &[Passage]) -> Vec<Line> {
    if !remark.stays_outlined {
        return Vec::new();
    }
    let prose = passages.iter().find(|passage| !passage.exact);
    let lines = prose.map(|passage| passages::lines(remark.text, &rows[passage.rows.clone()])).unwrap_or_default();
    let text = remark.text;
    first_sentence(text, lines.into_iter().filter(|line| !is_tag(&text[line.text.clone()])).collect())
}

/// Whether a line is a tag alone, which encloses what it says.
fn is_tag(line: &str) -> bool {
    let name = line.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    name.is_some_and(|name| !name.contains(['<', '>', ' ']))
}

/// The lines up to the end of their first sentence, or of their first paragraph.
fn first_sentence(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let mut sentence: Vec<Line> = Vec::new();
    for line in lines {
        if line.starts && !sentence.is_empty() {
            break;
        }
        let words = &text[line.text.clone()];
        let chunks = atoms::chunks(words);
        let next = chunks.iter().skip(1).find(|chunk| chunk.begins);
        let end = next.map_or(words.len(), |next| words[..next.whole.start].trim_end().len());
        sentence.push(Line { text: line.text.start..line.text.start + end, starts: line.starts });
        if next.is_some() || words.ends_with(['.', '!', '?']) || sentence.len() == MOST_LINES {
            break;
        }
    }
    sentence
}

/// Lines that a sentence takes at most.
const MOST_LINES: usize = 4;

/// What stands for a comment of which nothing stays.
pub(super) fn nothing(remark: &Remark<'_>, text: String) -> Part {
    let source = remark.source.clone();
    let lines = cuts::lines(remark.text[source.clone()].trim());
    let omission = Omission { what: Omitted::Comments, count: 1, lines };
    Part::Rewritten(Rewritten { text, dropped: vec![source.clone()], source, form: Form::Omitted(omission) })
}
