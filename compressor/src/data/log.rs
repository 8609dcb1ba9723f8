//! Logs and what tools print: lines that differ only in times, numbers and identifiers are folded into one with the values of all.
//!
//! Lines that report an error, what belongs to them, and the first and the last line of the log stand whole
//! (`tests::log::errors_and_ends_stand_whole`).

use std::ops::Range;

use super::similar::{self, Candidate, Fold};
use super::trace;
use crate::draft::{Form, Part, Rewritten};
use crate::layout::fold::Folded;
use crate::layout::space::Cleaning;
use crate::tokens::{Counter, Tokenizer};

/// The parts of a log. Where things may be left out, only what the values lie between is said where that is shorter, and frames
/// of libraries are counted.
pub(super) fn parts(
    text: &str,
    range: Range<usize>,
    cleaning: Cleaning,
    leaves_out: bool,
    tokenizer: Tokenizer,
) -> Vec<Part> {
    let folded = Folded::of(text, range, cleaning, tokenizer);
    let mut counter = Counter::new(tokenizer);
    let frames = if leaves_out { trace::folds(&folded, &mut counter) } else { Vec::new() };
    let lines = similar::folds(&candidates(&folded, &frames), leaves_out, &mut counter);
    let frames = frames.into_iter().map(|fold| (fold.lines.clone(), trace::rewritten(&folded, fold)));
    let lines = lines.into_iter().map(|fold| (fold.lines.clone(), rewritten(&folded, fold)));
    let mut folds: Vec<(Range<usize>, Rewritten)> = frames.chain(lines).collect();
    folds.sort_by_key(|(lines, _)| lines.start);
    folded.with(folds)
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

fn candidates<'text>(folded: &'text Folded, frames: &[trace::Fold]) -> Vec<Candidate<'text>> {
    let last = folded.units.len().saturating_sub(1);
    let mut frames = frames.iter().peekable();
    let mut within_error = false;
    let candidate = |(index, unit): (usize, &crate::layout::fold::Unit)| {
        let text = &folded.buffer[unit.text.clone()];
        // What is indented after an error is its trace.
        within_error = reports_error(text) || (within_error && (text.is_empty() || text.starts_with([' ', '\t'])));
        while frames.next_if(|fold| fold.lines.end <= index).is_some() {}
        let is_frame = frames.peek().is_some_and(|fold| fold.lines.contains(&index));
        let stands = is_frame || within_error || text.is_empty() || !unit.marker.is_empty() || index == last;
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
