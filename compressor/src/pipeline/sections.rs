//! Sections: a long text whose parts do not depend on each other is shortened one stretch after the other, so that its
//! beginning is there long before its end, and memory holds one stretch at a time.
//!
//! Without a budget and a query nothing is chosen across a text but within its paragraphs, and tokens do not reach over a
//! blank line. So what is cut there is as if it were whole, and a text is cut whether or not anybody waits for its parts:
//! same input, same bytes.
//!
//! Invariants
//! - sections tile the segments of the text, and begin and end where a paragraph does (`tests::sections_tile_any_text`);
//! - the parts of a result, put together, are the result, and its receipt counts as one of the whole would
//!   (`tests::sizes_add_up_over_blank_lines`, `tests/properties`).

use std::ops::Range;

use super::Compressed;
use super::finish::NOTHING;
use crate::receipt::Receipt;
use crate::segment::{Kind, Segment};

/// Bytes after which a section ends at the next paragraph: about 30 windows, half a second on a core.
const LENGTH: usize = 32 << 10;

/// A stretch of the text.
pub(super) struct Section {
    pub(super) range: Range<usize>,
    pub(super) segments: Vec<Segment>,
}

/// Cuts a text into sections; one that is short, or has no running text to be cut, is one.
pub(super) fn sections(text: &str, segments: Vec<Segment>) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut open: Vec<Segment> = Vec::new();
    let mut start = 0;
    for segment in segments {
        let mut rest = segment;
        while rest.kind == Kind::Prose
            && let Some(cut) = paragraph(text, rest.range.start.max(start + LENGTH)..rest.range.end)
        {
            open.push(Segment { range: rest.range.start..cut, kind: rest.kind });
            sections.push(Section { range: start..cut, segments: std::mem::take(&mut open) });
            start = cut;
            rest.range.start = cut;
        }
        open.push(rest);
    }
    if !open.is_empty() || sections.is_empty() {
        sections.push(Section { range: start..text.len(), segments: open });
    }
    sections
}

/// Where the first paragraph that follows a blank line within the range begins.
fn paragraph(text: &str, range: Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes().get(range.clone())?;
    let blank_lines = memchr::memchr_iter(b'\n', bytes).filter_map(|at| match &bytes[at + 1..] {
        [b'\n', ..] => Some(range.start + at + 2),
        [b'\r', b'\n', ..] => Some(range.start + at + 3),
        _ => None,
    });
    // What is indented may belong to a list item above; space and a slash belong to the token before them.
    let mut blank_lines = blank_lines;
    blank_lines.find(|&at| text[at..range.end].starts_with(|first: char| !first.is_whitespace() && first != '/'))
}

/// Puts the results of sections together.
pub(super) fn join(whole: Option<Compressed>, part: Compressed) -> Compressed {
    let Some(mut whole) = whole else { return part };
    let Receipt { tokens, atoms, omitted, segments, model, notes, .. } = part.receipt;
    let receipt = &mut whole.receipt;
    // One that could not be shortened is worth a word only where none could.
    let (before, now) = (receipt.tokens.before == receipt.tokens.after, tokens.before == tokens.after);
    if !(before && now) {
        receipt.notes.retain(|note| note != NOTHING);
    }
    receipt.notes.extend(notes.into_iter().filter(|note| note != NOTHING));
    receipt.tokens.before += tokens.before;
    receipt.tokens.after += tokens.after;
    for (category, counts) in atoms {
        let sum = receipt.atoms.entry(category).or_default();
        sum.found += counts.found;
        sum.kept += counts.kept;
        sum.lost.extend(counts.lost);
    }
    for (what, counts) in omitted {
        let sum = receipt.omitted.entry(what).or_default();
        sum.count += counts.count;
        sum.lines += counts.lines;
    }
    receipt.segments.extend(segments);
    receipt.model = receipt.model.take().or(model);
    whole.text.push_str(&part.text);
    whole.dropped.extend(part.dropped);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::segments;
    use crate::tokens::Tokenizer;
    use proptest::prelude::*;

    fn texts() -> impl Strategy<Value = String> {
        let block = prop_oneof![
            "[A-Z][a-z]{1,8}( [a-z0-9]{1,9}){20,400}\\.\n",
            "(- [a-z]{1,9} [0-9]{1,4}\n){1,40}",
            Just("```python\n# what\nx = 1\n\n\ny = 2\n```\n".to_owned()),
            Just("{\"a\": [1, 2,\n 3]}\n".to_owned()),
            "\\PC{0,40}",
        ];
        let between = prop_oneof![Just("\n"), Just("\n\n"), Just("\n  "), Just("\n \n"), Just("")];
        prop::collection::vec((block, between), 0..120)
            .prop_map(|all| all.into_iter().fold(String::new(), |text, (block, between)| text + &block + between))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn sections_tile_any_text(text in texts()) {
            let found = segments(&text, None);
            let cut = sections(&text, found.clone());
            let mut end = 0;
            for section in &cut {
                prop_assert_eq!(section.range.start, end);
                let mut at = end;
                for segment in &section.segments {
                    prop_assert_eq!(segment.range.start, at);
                    at = segment.range.end;
                }
                prop_assert_eq!(section.range.end, at);
                prop_assert!(end == 0 || text[..end].ends_with("\n\n") || text[..end].ends_with("\n\r\n"));
                end = at;
            }
            prop_assert_eq!(end, text.len());
            // Beyond its length a section holds no paragraph of running text but its last.
            prop_assert!(cut.iter().all(|section| paragraph(&text, section.range.end..section.range.end).is_none()));
        }

        #[test]
        fn sizes_add_up_over_blank_lines(text in texts()) {
            for tokenizer in Tokenizer::ALL {
                let cut = sections(&text, segments(&text, None));
                let sum: usize = cut.iter().map(|section| tokenizer.count(&text[section.range.clone()])).sum();
                let (whole, most) = (tokenizer.count(&text), cut.len());
                // An estimate is rounded for each section.
                prop_assert!(sum == whole || (!tokenizer.exact() && sum.abs_diff(whole) <= most), "{sum} {whole}");
            }
        }
    }
}
