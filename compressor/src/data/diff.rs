//! Diffs and patches: of the unchanged lines around a change, one on each side stays, and for the others stands how many there
//! are; of a file that is no text, how many lines of data.
//!
//! Headers, hunks and signs are never touched, so that the line numbers of a hunk are those of the files.
//!
//! Invariants
//! - the lines that stand there and the announced ones are all there were (`diff::tests::counts_are_true`).

use std::ops::Range;

use crate::draft::{Form, Part, Rewritten};
use crate::segment::{FillerSort, diff_fillers};
use crate::tokens::{Counter, Tokenizer};

/// The parts of a diff of which so many unchanged lines stay on each side of a change.
pub(super) fn parts(text: &str, range: Range<usize>, kept: usize, tokenizer: Tokenizer) -> Vec<Part> {
    let mut counter = Counter::new(tokenizer);
    let mut parts = Vec::new();
    let mut at = range.start;
    let fixed = |source: Range<usize>| {
        let text = text[source.clone()].to_owned();
        (!source.is_empty()).then_some(Part::Fixed { source, text })
    };
    for filler in diff_fillers(text, range.clone()) {
        let lines: Vec<&str> = text[filler.range.clone()].split_inclusive('\n').collect();
        let (above, below, what) = match filler.sort {
            FillerSort::Context { after_change, before_change } => {
                (kept * usize::from(after_change), kept * usize::from(before_change), "unchanged line")
            }
            FillerSort::Binary => (0, 0, "line of data"),
        };
        let Some(count) = lines.len().checked_sub(above + below).filter(|count| *count > 0) else { continue };
        let bytes = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
        let source = filler.range.start + bytes(&lines[..above])..filler.range.end - bytes(&lines[above + count..]);
        let written = &text[source.clone()];
        let line_end = &written[written.trim_end_matches(['\r', '\n']).len()..];
        let marker = format!(" ... {count} {}{}", plural(what, count), if line_end.is_empty() { "" } else { "\n" });
        if counter.count(&marker) >= counter.count(written) {
            continue;
        }
        parts.extend(fixed(at..source.start));
        at = source.end;
        let dropped = vec![source.clone()];
        parts.push(Part::Rewritten(Rewritten { source, text: marker, dropped, form: Form::Elided }));
    }
    parts.extend(fixed(at..range.end));
    parts
}

fn plural(what: &str, count: usize) -> String {
    if count == 1 { what.to_owned() } else { what.replacen("line", "lines", 1) }
}
