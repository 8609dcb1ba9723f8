//! Conflicts: the lines that git writes where it could not settle a merge.
//!
//! They are no code and no text, and stay as they are, so that both sides of a conflict can be told apart.
//!
//! Invariants
//! - a line marks a conflict only in its place: ours, base perhaps, theirs, end
//!   (`tests::lines_mark_a_conflict_in_their_order`).

use std::ops::Range;

/// How often its character stands at the beginning of a mark.
const LENGTH: usize = 7;

/// Follows the marks of a text, line by line.
#[derive(Clone, Copy, Default)]
pub(crate) struct Conflict {
    /// The last mark, if the conflict has not ended.
    open: Option<u8>,
}

impl Conflict {
    /// Whether the next line marks a conflict: `<<<<<<< ours`, `||||||| base`, `=======`, `>>>>>>> theirs`.
    pub(crate) fn marks(&mut self, line: &str) -> bool {
        let Some(mark) = mark(line) else { return false };
        let follows = matches!(
            (self.open, mark),
            (None, b'<') | (Some(b'<'), b'|' | b'=') | (Some(b'|'), b'=') | (Some(_), b'>')
        );
        if follows {
            self.open = Some(mark).filter(|mark| *mark != b'>');
        }
        follows
    }
}

/// Whether a text holds a conflict.
pub(crate) fn stands_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memmem::find(bytes, b"<<<<<<<").is_some() && memchr::memmem::find(bytes, b"\n=======").is_some() && {
        let mut conflict = Conflict::default();
        text.lines().filter(|line| conflict.marks(line)).count() > 2
    }
}

/// The stretches between the marks of a text and around them, of whole lines, without those that are blank.
pub(crate) fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut conflict = Conflict::default();
    let mut stretches = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if conflict.marks(line) {
            stretches.push(start..at);
            start = end;
        }
        at = end;
    }
    stretches.push(start..at);
    stretches.retain(|stretch| !text[stretch.clone()].trim().is_empty());
    stretches
}

/// The character of a line that may mark a conflict.
fn mark(line: &str) -> Option<u8> {
    let mark = *line.as_bytes().first().filter(|byte| matches!(byte, b'<' | b'|' | b'=' | b'>'))?;
    let length = line.bytes().take_while(|byte| *byte == mark).count();
    let rest = &line[length..];
    let is_named = mark != b'=' && rest.starts_with(' ');
    (length == LENGTH && (is_named || rest.trim_end().is_empty())).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_mark_a_conflict_in_their_order() {
        let marks = |text: &str| {
            let mut conflict = Conflict::default();
            text.lines().map(|line| if conflict.marks(line) { '!' } else { '.' }).collect::<String>()
        };
        assert_eq!(marks("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x y\nd\n=======\n"), ".!.!.!..");
        assert_eq!(marks("<<<<<<<\n||||||| 1a2b\nb\n=======\r\n>>>>>>> x\n<<<<<<< y"), "!!.!!!");
        assert_eq!(marks("A title\n=======\n>>>>>>> quoted\n"), "...");
        assert_eq!(marks("<<<<<<<< a\n ======= \n<<<<<<<b\n"), "...");
        let text = "a\n<<<<<<< HEAD\nb\n||||||| c\n\n=======\nd\n>>>>>>> e\nf";
        let between: Vec<&str> = stretches(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(between, ["a\n", "b\n", "d\n", "f"]);
        assert!(stands_in("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n"));
        assert!(!stands_in("x <<<<<<< y\n=======\n"));
    }
}
