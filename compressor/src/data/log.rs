//! Logs and what tools print: lines that differ only in times, numbers and identifiers are folded into one with the values of all.
//!
//! Lines that report an error, what belongs to them, and the first and the last line of the log stand whole
//! (`tests::log::errors_and_ends_stand_whole`).

use std::ops::Range;

use super::similar::{self, Candidate, Fold};
use crate::draft::{Form, Part, Rewritten};
use crate::layout::fold::Folded;
use crate::layout::space::Cleaning;
use crate::tokens::{Counter, Tokenizer};

/// The parts of a log. With `ranges`, only what the values lie between is said where that is shorter.
pub(super) fn parts(
    text: &str,
    range: Range<usize>,
    cleaning: Cleaning,
    ranges: bool,
    tokenizer: Tokenizer,
) -> Vec<Part> {
    let folded = Folded::of(text, range, cleaning, tokenizer);
    let folds = similar::folds(&candidates(&folded), ranges, &mut Counter::new(tokenizer));
    let mut parts = Vec::new();
    let mut at = 0;
    for fold in folds {
        parts.extend(folded.parts(at..fold.lines.start));
        at = fold.lines.end;
        parts.push(Part::Rewritten(rewritten(&folded, fold)));
    }
    parts.extend(folded.parts(at..folded.units.len()));
    parts
}

fn rewritten(folded: &Folded, fold: Fold) -> Rewritten {
    let Fold { lines, block, marker, is_range } = fold;
    let written = &folded.units[lines.start..lines.start + block];
    let last = &folded.units[lines.end - 1];
    let mut text = String::new();
    for (index, unit) in written.iter().enumerate() {
        text.push_str(&folded.buffer[unit.text.clone()]);
        if index + 1 < block {
            text.push_str(&folded.buffer[unit.line_end.clone()]);
        }
    }
    text.push_str(&marker);
    text.push_str(&folded.buffer[last.line_end.clone()]);
    let source = folded.start(lines.start)..last.repeats_end;
    let dropped = folded.units[lines.start + block - 1].text_end..source.end;
    let form = if is_range { Form::Elided } else { Form::Lines };
    Rewritten { source, text, dropped: vec![dropped], form }
}

fn candidates(folded: &Folded) -> Vec<Candidate<'_>> {
    let last = folded.units.len().saturating_sub(1);
    let mut within_error = false;
    let candidate = |(index, unit): (usize, &crate::layout::fold::Unit)| {
        let text = &folded.buffer[unit.text.clone()];
        // What is indented after an error is its trace.
        within_error = reports_error(text) || (within_error && (text.is_empty() || text.starts_with([' ', '\t'])));
        let stands = within_error || text.is_empty() || !unit.marker.is_empty() || index == last;
        Candidate { text, template: (!stands).then(|| similar::template(text)) }
    };
    folded.units.iter().enumerate().map(candidate).collect()
}

/// Whether a line says that something went wrong, by its words.
fn reports_error(line: &str) -> bool {
    const WORDS: [&str; 13] = [
        "error",
        "err",
        "fatal",
        "critical",
        "severe",
        "panic",
        "panicked",
        "exception",
        "traceback",
        "emerg",
        "alert",
        "fail",
        "failed",
    ];
    line.split(|char: char| !char.is_ascii_alphanumeric()).any(|word| {
        let ends = |ending: &str| word.len() > ending.len() && word.ends_with(ending);
        WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)) || ends("Error") || ends("Exception")
    })
}
