use unicode_width::UnicodeWidthStr;

use super::*;

/// What is shown for an original whose dropped parts stand in `‹›`.
fn shown(marked: &str, result: &str, width: usize) -> String {
    let (original, dropped) = unmark(marked);
    let mut out = Vec::new();
    write(&original, result, &dropped, Style { width, colour: false }, &mut out).expect("writes to memory");
    let text = String::from_utf8(out).expect("text");
    // Without the two lines of the header.
    text.splitn(3, '\n').nth(2).expect("a header").to_owned()
}

fn unmark(marked: &str) -> (String, Vec<Range<usize>>) {
    let (mut original, mut dropped, mut start) = (String::new(), Vec::new(), 0);
    for character in marked.chars() {
        match character {
            '‹' => start = original.len(),
            '›' => dropped.push(start..original.len()),
            _ => original.push(character),
        }
    }
    (original, dropped)
}

#[test]
fn drops_are_marked_beside_the_result() {
    let marked = "‹In order to› install,‹ you will› need Rust.\n\n‹This is all.›\nEnd.\n";
    assert_eq!(
        shown(marked, "install, need Rust.\n\nEnd.\n", 83),
        "[-In order to-] install, [-you will-]    │ install, need Rust.\n\
         need Rust.                               │\n\
         \x20                                        │\n\
         [-This is all.-]                         │\n\
         End.                                     │ End.\n"
    );
}

#[test]
fn lines_that_were_joined_stand_beside_their_sources() {
    assert_eq!(
        shown("one\ntwo\nthree\n", "one two\nthree\n", 24),
        "one        │ one two\ntwo        │\nthree      │ three\n"
    );
    assert_eq!(
        shown("one two\nthree\n", "one\ntwo\nthree\n", 24),
        "one two    │ one\n           │ two\nthree      │ three\n"
    );
}

#[test]
fn symbols_that_stand_for_words_shift_nothing() {
    assert_eq!(
        shown("a ‹leads to› b\n‹x\n›‹x\n›c\n", "a → b\n(×2)\nc\n", 60),
        "a [-leads to-] b             │ a → b\n                             │ (×2)\n[-x-]                        │\n[-x-]                        │\nc                            │ c\n"
    );
}

#[test]
fn dropped_space_alone_is_not_marked() {
    assert_eq!(
        shown("if x:‹ ›\n‹   › y\n", "if x:\n y\n", 40),
        "if x:              │ if x:\n    y              │  y\n"
    );
}

#[test]
fn every_line_appears_once() {
    let cases = [
        ("", ""),
        ("\n", ""),
        ("", "x"),
        ("a\n\n\nb", "a\n\nb"),
        ("‹a\nb\nc\n›", ""),
        ("unrelated\n", "völlig\nanders\n\n"),
        ("a\nb\nc\n", "a b c"),
        ("\r\na\r\n", "a\r\n"),
    ];
    for (marked, result) in cases {
        let (original, dropped) = unmark(marked);
        let pairs = pairing::pairs(&original, result, &dropped);
        let sum = |side: fn(&pairing::Pair) -> usize| pairs.iter().map(side).sum::<usize>();
        assert_eq!(sum(|pair| pair.original), pairing::split(&original).count(), "{marked:?}");
        assert_eq!(sum(|pair| pair.result), pairing::split(result).count(), "{result:?}");
    }
}

#[test]
fn no_row_is_wider_than_asked() {
    let text = "漢字かな交じり文と English と 👩‍👩‍👧 e\u{301}e\u{301} עברית\n".repeat(3);
    for width in [0, 24, 25, 40, 81, 200] {
        for row in shown(&format!("‹{text}›"), &text, width).lines() {
            // Sequences that join into one picture count by their parts here, which is never too few columns.
            assert!(row.width() <= width.max(NARROWEST), "{width}: {row}");
        }
    }
}

#[test]
fn control_characters_are_shown_not_sent() {
    let row = shown("\x1b[2Jred\u{9b}\u{202e}\x7f\n", "", 80);
    assert!(row.starts_with("␛[2Jred���"), "{row:?}");
    assert!(!row.contains(|character: char| character.is_control() && character != '\n'));
}

#[test]
fn colour_marks_end_with_their_row() {
    let mut out = Vec::new();
    let dropped = std::iter::once(0..22).collect::<Vec<_>>();
    write("a long line of dropped words", "words", &dropped, Style { width: 24, colour: true }, &mut out)
        .expect("writes");
    let text = String::from_utf8(out).expect("text");
    for row in text.lines() {
        assert_eq!(row.matches("\x1b[31;9m").count(), row.matches("\x1b[0m").count(), "{row:?}");
    }
    assert!(!text.contains("[-"));
}
