//! Windows: which pieces are read together, and which of them are judged.
//!
//! Invariants
//! - judged ranges tile the pieces, in order;
//! - but for the ends of the text, a judged piece has `margin` pieces of context on both sides
//!   (`tests::no_piece_is_judged_at_an_edge`);
//! - the cut depends on the text alone.

use std::ops::Range;

use super::pieces::Piece;

/// A stretch of pieces that is read at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Pieces that the model reads.
    pub(crate) read: Range<usize>,
    /// Pieces whose scores are taken from this window.
    pub(crate) judged: Range<usize>,
}

/// Cuts pieces into windows of at most `window` tokens, two special ones included, of which `stride` are judged.
pub(crate) fn cut(pieces: &[Piece], text: &str, window: usize, stride: usize) -> Vec<Window> {
    let margin = (window - 2 - stride) / 2;
    let mut windows = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let end = boundary(pieces, text, start, stride);
        windows
            .push(Window { read: start.saturating_sub(margin)..(end + margin).min(pieces.len()), judged: start..end });
        start = end;
    }
    windows
}

/// The end of the stretch that begins at `start`: the last sentence end in its second half, else the last word end.
fn boundary(pieces: &[Piece], text: &str, start: usize, stride: usize) -> usize {
    let remaining = pieces.len() - start;
    if remaining <= stride {
        return pieces.len();
    }
    // Equal stretches rather than a full one and a stump: lanes end together.
    let stretches = remaining.div_ceil(stride);
    let aim = start + remaining.div_ceil(stretches).min(stride);
    let apart = |at: usize| pieces[at - 1].range.end < pieces[at].range.start;
    let sentence = |at: usize| apart(at) && text[pieces[at - 1].range.clone()].ends_with(['.', '!', '?']);
    let earliest = start + (aim - start).div_ceil(2);
    let backwards = || (earliest..=aim).rev();
    backwards().find(|&at| sentence(at)).or_else(|| backwards().find(|&at| apart(at))).unwrap_or(aim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Piece> {
        let mut at = 0;
        text.split_inclusive(' ')
            .map(|word| {
                let start = at;
                at += word.len();
                Piece { id: 0, range: start..start + word.trim_end().len() }
            })
            .collect()
    }

    #[test]
    fn no_piece_is_judged_at_an_edge() {
        let text = "one two three. four five ".repeat(200);
        let pieces = pieces(&text);
        for (window, stride) in [(256, 192), (32, 10), (12, 10)] {
            let margin = (window - 2 - stride) / 2;
            let windows = cut(&pieces, &text, window, stride);
            let mut next = 0;
            for Window { read, judged } in windows {
                assert_eq!(judged.start, next, "tiles");
                assert!(read.len() + 2 <= window);
                assert!(read.start == 0 || judged.start - read.start == margin);
                assert!(read.end == pieces.len() || read.end - judged.end == margin);
                next = judged.end;
            }
            assert_eq!(next, pieces.len());
        }
    }

    #[test]
    fn a_short_text_is_one_window_and_an_empty_one_none() {
        assert_eq!(cut(&pieces("a b c "), "a b c ", 256, 192).len(), 1);
        assert_eq!(cut(&[], "", 256, 192).len(), 0);
    }
}
