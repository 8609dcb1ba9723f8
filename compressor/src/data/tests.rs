//! What holds for data of every format, and golden results for each.

mod delimited;
mod diff;
mod log;
mod trace;

use std::ops::Range;

use expect_test::Expect;

use super::*;
use crate::guard;
use crate::segment::segments;

const TOKENIZER: Tokenizer = Tokenizer::O200kBase;

/// A whole text at a level, its data drafted and the rest as it is, after checks that hold for every draft.
pub(super) fn written(text: &str, level: Level) -> String {
    let mut out = String::new();
    for segment in segments(text, None) {
        let piece = &text[segment.range.clone()];
        out.push_str(&if matches!(segment.kind, Kind::Data(_)) {
            drafted(text, &segment, level)
        } else {
            piece.to_owned()
        });
    }
    out
}

/// A segment at a level.
pub(super) fn drafted(text: &str, segment: &Segment, level: Level) -> String {
    let mut out = String::new();
    let mut at = segment.range.start;
    for part in draft(text, segment, level, TOKENIZER) {
        assert_eq!(part.source().start, at, "parts tile the segment");
        at = part.source().end;
        assert!(guard::keeps_bytes(text, &part), "{part:?}");
        if let Part::Rewritten(rewritten) = &part {
            let may_be_less = level >= Level::Tight && rewritten.form == Form::Elided;
            assert!(may_be_less || says_the_same(text, rewritten), "{rewritten:?}");
            assert!(is_apart(&rewritten.dropped, &rewritten.source), "{rewritten:?}");
        }
        out.push_str(part.decided().expect("data has no words"));
    }
    assert_eq!(at, segment.range.end);
    out
}

fn is_apart(ranges: &[Range<usize>], within: &Range<usize>) -> bool {
    let mut at = within.start;
    ranges
        .iter()
        .all(|range| at <= std::mem::replace(&mut at, range.end) && range.start < range.end && at <= within.end)
        && ranges.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

fn check(text: &str, level: Level, expect: &Expect) {
    expect.assert_eq(&written(text, level));
}
