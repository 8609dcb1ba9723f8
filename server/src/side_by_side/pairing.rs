//! Which lines of the original stand beside which lines of the result.
//!
//! Invariants
//! - the pairs tile both texts, in order (`side_by_side::tests::every_line_appears_once`).

use std::ops::Range;

/// So many lines of the original stand beside so many lines of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub original: usize,
    pub result: usize,
}

/// The lines of a text; a final newline ends the last line and begins no other.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').map(|line| line.strip_suffix('\n').unwrap_or(line))
}

/// Pairs the lines. Characters are matched from left to right, white space aside; what is kept of the original is a
/// subsequence of the result, so the first match is always right or leaves room for the right one.
pub fn pairs(original: &str, result: &str, dropped: &[Range<usize>]) -> Vec<Pair> {
    let mut kept = kept(original, dropped).peekable();
    let has_text = lines_with_kept_text(original, dropped);
    let mut pairs: Vec<Pair> = Vec::new();
    // Original lines that stand in a pair already.
    let mut placed = 0;
    for line in split(result) {
        let mut span: Option<(usize, usize)> = None;
        for character in line.chars().filter(|character| !character.is_whitespace()) {
            if let Some((_, number)) = kept.next_if(|(next, _)| *next == character) {
                span = Some((span.map_or(number, |(first, _)| first), number));
            }
        }
        match span {
            // Begins in a line that stands beside an earlier result line: they share a pair.
            Some((first, last)) if first < placed => {
                if let Some(pair) = pairs.last_mut() {
                    pair.original += (last + 1).saturating_sub(placed);
                    pair.result += 1;
                }
                placed = placed.max(last + 1);
            }
            Some((first, last)) => {
                pairs.extend((placed..first).map(|_| Pair { original: 1, result: 0 }));
                pairs.push(Pair { original: last + 1 - first, result: 1 });
                placed = last + 1;
            }
            // A blank line stands beside a blank one, a line of symbols beside what came before.
            None if has_text.get(placed) == Some(&false) && line.trim().is_empty() => {
                pairs.push(Pair { original: 1, result: 1 });
                placed += 1;
            }
            None => pairs.push(Pair { original: 0, result: 1 }),
        }
    }
    pairs.extend((placed..has_text.len()).map(|_| Pair { original: 1, result: 0 }));
    pairs
}

/// The characters that were kept, white space aside, with their lines.
fn kept<'a>(original: &'a str, dropped: &'a [Range<usize>]) -> impl Iterator<Item = (char, usize)> + 'a {
    let mut dropped = dropped.iter().peekable();
    let mut number = 0;
    original.char_indices().filter_map(move |(offset, character)| {
        let line = number;
        number += usize::from(character == '\n');
        while dropped.next_if(|range| range.end <= offset).is_some() {}
        let gone = dropped.peek().is_some_and(|range| range.contains(&offset));
        (!gone && !character.is_whitespace()).then_some((character, line))
    })
}

fn lines_with_kept_text(original: &str, dropped: &[Range<usize>]) -> Vec<bool> {
    let mut has_text = vec![false; split(original).count()];
    for (_, line) in kept(original, dropped) {
        has_text[line] = true;
    }
    has_text
}
