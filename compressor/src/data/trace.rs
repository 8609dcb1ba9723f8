//! Stack traces: of several frames in libraries, one after the other, the first and the last stay, and between them stands how
//! many there are, and whose.
//!
//! ```text
//!     at Layer.handle [as handle_request] (/app/node_modules/express/lib/router/layer.js:95:5)
//!     ... 7 frames in express, node
//!     at onEnd (node:internal/streams/end-of-stream:191:5)
//! ```
//!
//! Messages, frames in the user's own files and all that is no frame stand whole.
//!
//! Invariants
//! - the frames that stand there and the announced ones are all there were (`trace::tests::counts_are_true`).

mod frame;
mod library;

use std::ops::Range;

use crate::draft::{Form, Part, Rewritten};
use crate::layout::fold::Folded;
use crate::layout::space::Cleaning;
use crate::tokens::{Counter, Tokenizer};

/// Libraries that are named, at most.
const MOST_NAMED: usize = 3;

/// Lines for which one stands.
pub(super) struct Fold {
    /// The lines, by index.
    pub(super) lines: Range<usize>,
    /// What is written in their place.
    marker: String,
}

/// The parts of a trace from which something may be left out.
pub(super) fn parts(text: &str, range: Range<usize>, tokenizer: Tokenizer) -> Vec<Part> {
    let folded = Folded::of(text, range, Cleaning::TRACE, tokenizer);
    let folds = folds(&folded, &mut Counter::new(tokenizer));
    folded.with(folds.into_iter().map(|fold| (fold.lines.clone(), rewritten(&folded, fold))))
}

/// Finds frames that may be left out, in order and apart.
pub(super) fn folds(folded: &Folded, counter: &mut Counter) -> Vec<Fold> {
    // A line that stands for several ends a run: it is counted already.
    let lines: Vec<&str> = folded
        .units
        .iter()
        .map(|unit| if unit.marker.is_empty() { &folded.buffer[unit.text.clone()] } else { "" })
        .collect();
    let mut folds = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(first) = frame::begins(&lines[at..]) else {
            at += 1;
            continue;
        };
        let mut run: Vec<(Range<usize>, &str)> = Vec::new();
        let mut next = Some(first);
        while let Some(frame) = next.filter(|frame| frame.form == first.form)
            && let Some(library) = frame.library
        {
            run.push((at..at + frame.lines, library));
            at += frame.lines;
            next = frame::begins(&lines[at..]);
        }
        if run.is_empty() {
            at += first.lines;
        }
        folds.extend(fold(&lines, &run, counter));
    }
    folds
}

/// What stands for the frames of a fold.
pub(super) fn rewritten(folded: &Folded, fold: Fold) -> Rewritten {
    let Fold { lines, marker } = fold;
    let last = &folded.units[lines.end - 1];
    let source = folded.start(lines.start)..last.repeats_end;
    let text = marker + &folded.buffer[last.line_end.clone()];
    Rewritten { dropped: vec![source.clone()], source, text, form: Form::Elided }
}

/// Folds what lies between the first and the last frame of a run, if that is cheaper.
fn fold(lines: &[&str], run: &[(Range<usize>, &str)], counter: &mut Counter) -> Option<Fold> {
    let [_, within @ .., _] = run else { return None };
    let folded = within.first()?.0.start..within.last()?.0.end;
    let head = lines[folded.start];
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in within {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let others = names.len().saturating_sub(MOST_NAMED);
    let mut named = names[..names.len() - others].join(", ");
    if others > 0 {
        named = format!("{named} and {others} other{}", if others == 1 { "" } else { "s" });
    }
    let indent = &head[..head.len() - head.trim_start().len()];
    let frames = if within.len() == 1 { "frame" } else { "frames" };
    let marker = format!("{indent}... {} {frames} in {named}", within.len());
    let whole = lines[folded.clone()].join("\n");
    (counter.count(&marker) < counter.count(&whole)).then_some(Fold { lines: folded, marker })
}
