//! What of a text is not in its shorter form, word by word, for the two side by side.
//!
//! Invariants
//! - the pieces are the text, in order (`tests::the_pieces_are_the_text`);
//! - the work is bounded: of a long text, only the beginning is marked and shown (`tests::a_long_text_is_cut_off`).
//!
//! Deliberately absent: whether what went matters. Lost atoms are marked apart, since those a reader cannot do without.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::record::Piece;

/// The most bytes of a text that are shown.
const SHOWN: usize = 8_000;

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Kind,
}

/// What became of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// In both texts.
    Kept,
    /// In this one only.
    Apart,
    /// An atom that the other text lacks.
    Atom,
}

/// A text in stretches, and how many characters more it has.
#[derive(Debug)]
pub(super) struct Marked<'a> {
    pub(super) stretches: Vec<Stretch<'a>>,
    pub(super) hidden: usize,
}

/// Marks what each of two texts has that the other lacks.
pub(super) fn mark<'a>(
    (verbose, lost): (&'a str, &[Piece]),
    (compressed, invented): (&'a str, &[Piece]),
) -> (Marked<'a>, Marked<'a>) {
    let (old, new) = (beginning(verbose), beginning(compressed));
    let (old_words, new_words) = (words(old), words(new));
    let texts = |text: &'a str, words: &[Range<usize>]| -> Vec<&'a str> {
        words.iter().map(|word| &text[word.clone()]).collect()
    };
    let mut only_old = vec![false; old.len()];
    let mut only_new = vec![false; new.len()];
    let set = |bytes: &mut [bool], words: &[Range<usize>], which: Range<usize>| {
        for word in &words[which] {
            bytes[word.clone()].fill(true);
        }
    };
    for step in capture_diff_slices(Algorithm::Myers, &texts(old, &old_words), &texts(new, &new_words)) {
        if matches!(step, DiffOp::Delete { .. } | DiffOp::Replace { .. }) {
            set(&mut only_old, &old_words, step.old_range());
        }
        if matches!(step, DiffOp::Insert { .. } | DiffOp::Replace { .. }) {
            set(&mut only_new, &new_words, step.new_range());
        }
    }
    // Where the other text goes on out of sight, what seems to be missing may be there.
    (
        Marked { stretches: stretches(old, &only_old, lost), hidden: verbose[old.len()..].chars().count() },
        Marked { stretches: stretches(new, &only_new, invented), hidden: compressed[new.len()..].chars().count() },
    )
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(SHOWN)]
}

/// Words, and every other character that is no space.
fn words(text: &str) -> Vec<Range<usize>> {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut in_word = false;
    for (start, it) in text.char_indices() {
        let end = start + it.len_utf8();
        match words.last_mut() {
            Some(last) if in_word && is_word(it) => last.end = end,
            _ if it.is_whitespace() => {}
            _ => words.push(start..end),
        }
        in_word = is_word(it);
    }
    words
}

fn stretches<'a>(text: &'a str, apart: &[bool], atoms: &[Piece]) -> Vec<Stretch<'a>> {
    let mut kinds: Vec<Kind> = apart.iter().map(|&it| if it { Kind::Apart } else { Kind::Kept }).collect();
    for atom in atoms.iter().map(|it| it.text.as_str()).filter(|it| !it.is_empty()) {
        let places: Vec<usize> = text.match_indices(atom).map(|(start, _)| start).collect();
        // Of the places of an atom, those are marked that went; all are if it can't be told which.
        let went = |&start: &usize| apart[start..start + atom.len()].contains(&true);
        let some_went = places.iter().any(went);
        for start in places.into_iter().filter(|start| !some_went || went(start)) {
            kinds[start..start + atom.len()].fill(Kind::Atom);
        }
    }
    if text.is_empty() {
        return Vec::new();
    }
    // A space between two words of the same kind goes with them.
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < text.len() {
        let space = bytes[start..].iter().take_while(|it| it.is_ascii_whitespace()).count();
        if space > 0 && start > 0 && start + space < text.len() && kinds[start - 1] == kinds[start + space] {
            let kind = kinds[start - 1];
            kinds[start..start + space].fill(kind);
        }
        start += space.max(1);
    }
    let mut stretches: Vec<Stretch<'a>> = Vec::new();
    let mut start = 0;
    for (end, _) in text.char_indices().skip(1).chain(std::iter::once((text.len(), ' '))) {
        if end == text.len() || kinds[end] != kinds[start] {
            stretches.push(Stretch { text: &text[start..end], kind: kinds[start] });
            start = end;
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use compressor::atoms::Category;
    use proptest::prelude::*;

    use super::*;

    fn shown(marked: &Marked<'_>) -> String {
        marked
            .stretches
            .iter()
            .map(|it| match it.kind {
                Kind::Kept => it.text.to_owned(),
                Kind::Apart => format!("({})", it.text),
                Kind::Atom => format!("<{}>", it.text),
            })
            .collect()
    }

    fn piece(text: &str) -> Piece {
        Piece { category: Category::Number, text: text.to_owned() }
    }

    #[test]
    fn what_went_is_marked_and_atoms_apart() {
        let verbose = "The server did, in most cases, answer with status 504 after 30 s.";
        let (old, new) = mark((verbose, &[piece("30 s")]), ("server answered status 504.", &[piece("answered")]));
        assert_eq!(shown(&old), "(The) server (did, in most cases, answer with) status 504 (after) <30 s>.");
        assert_eq!(shown(&new), "server <answered> status 504.");
    }

    #[test]
    fn a_long_text_is_cut_off() {
        let long = "größer ".repeat(3_000);
        let (old, new) = mark((&long, &[]), ("größer", &[]));
        let length: usize = old.stretches.iter().map(|it| it.text.chars().count()).sum();
        assert_eq!(length + old.hidden, long.chars().count());
        assert!(old.hidden > 10_000 && new.hidden == 0);
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(old in "[a-c ü\n.]{0,40}", new in "[a-c ü\n.]{0,40}", atom in "[a-c ü]{1,3}") {
            let pieces = [piece(&atom)];
            let (left, right) = mark((&old, &pieces), (&new, &pieces));
            let text = |marked: &Marked<'_>| marked.stretches.iter().map(|it| it.text).collect::<String>();
            prop_assert_eq!(text(&left), old.as_str());
            prop_assert_eq!(text(&right), new.as_str());
        }
    }
}
