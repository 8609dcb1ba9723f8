use proptest::prelude::*;

use super::assembly::{Assembled, render};
use super::*;

const A: Origin<'static> = Origin { uri: "file:///a.py", path: "a.py", language: None };
const B: Origin<'static> = Origin { uri: "file:///b.py", path: "b.py", language: None };

const DOCUMENT: &str = "import os\n\ndef one():\n    return 1\n\ndef two():\n    x = 2\n    return x\n\nprint(one())\n";

/// The range of a text in a document.
fn range(document: &str, text: &str) -> Range<usize> {
    let start = document.find(text).expect("it is there");
    start..start + text.len()
}

fn add(basket: &mut Basket, origin: Origin<'_>, document: &str, text: &str) -> u64 {
    basket.add(origin, range(document, text), document).expect("it fits").id
}

/// Replaces the first occurrence in the document and tells the basket.
fn replace(basket: &mut Basket, document: &mut String, old: &str, new: &str) {
    let Range { start, end } = range(document, old);
    document.replace_range(start..end, new);
    basket.edited(A.uri, Edit { start, old_end: end, new_end: start + new.len() });
}

fn shown(basket: &Basket) -> Vec<(u64, &str, RangeInclusive<usize>, State)> {
    basket.list().iter().map(|it| (it.id, it.text.as_str(), it.lines.clone(), it.state)).collect()
}

fn texts(assembled: &Assembled) -> Vec<&str> {
    assembled.pieces.iter().map(|piece| piece.text.as_str()).collect()
}

#[test]
fn a_snippet_knows_its_lines() {
    let mut basket = Basket::default();
    for (text, lines) in [("import os\n", 1..=1), ("def two", 6..=6), ("return x\n\nprint", 8..=10)] {
        let id = add(&mut basket, A, DOCUMENT, text);
        assert_eq!(basket.list().iter().find(|it| it.id == id).map(|it| it.lines.clone()), Some(lines), "{text}");
    }
    let ends = "a\rb\r\nc\nd";
    let expected = [1..=1, 1..=1, 2..=2, 2..=2, 2..=2, 3..=3, 3..=3, 4..=4];
    let ranges: Vec<_> = (0..ends.len()).map(|at| at..at + 1).collect();
    assert_eq!(place::lines(ends, &ranges), expected);
}

#[test]
fn overlapping_and_touching_ranges_merge() {
    let mut basket = Basket::default();
    let text = "0123456789abcdef";
    let mut add = |range: Range<usize>| basket.add(A, range, text).expect("it fits");
    assert_eq!(add(0..2), Added { id: 1, merged: vec![] });
    assert_eq!(add(4..6), Added { id: 2, merged: vec![] });
    assert_eq!(add(8..10), Added { id: 3, merged: vec![] });
    assert_eq!(add(4..6), Added { id: 2, merged: vec![] }, "the same range");
    assert_eq!(add(12..14), Added { id: 4, merged: vec![] });
    assert_eq!(add(2..3), Added { id: 1, merged: vec![] }, "it touches");
    assert_eq!(add(5..9), Added { id: 2, merged: vec![3] });
    assert_eq!(
        shown(&basket).iter().map(|it| (it.0, it.1)).collect::<Vec<_>>(),
        [(1, "012"), (2, "456789"), (4, "cdef".get(..2).unwrap_or_default())]
    );
    assert_eq!(basket.add(B, 0..3, text), Ok(Added { id: 5, merged: vec![] }), "another document");
    assert_eq!(basket.add(A, 0..16, text), Ok(Added { id: 1, merged: vec![2, 4] }));
    assert!(basket.remove(1) && !basket.remove(1));
    basket.clear();
    assert_eq!(basket.add(A, 0..1, text), Ok(Added { id: 6, merged: vec![] }), "no id comes twice");
}

#[test]
fn what_cannot_be_added_is_refused() {
    let mut basket = Basket::default();
    assert_eq!(basket.add(A, 2..3, "ab \n"), Err(BasketError::Blank));
    assert_eq!(basket.add(A, 1..1, "ab"), Err(BasketError::Blank));
    assert_eq!(basket.add(A, 0..3, "ab"), Err(BasketError::Outside { start: 0, end: 3, length: 2 }));
    assert_eq!(basket.add(A, 0..1, "ä"), Err(BasketError::Outside { start: 0, end: 1, length: 2 }));
    let backwards = Range { start: 2, end: 1 };
    assert_eq!(basket.add(A, backwards, "abc"), Err(BasketError::Outside { start: 2, end: 1, length: 3 }));

    let large = "x".repeat(MOST_BYTES);
    assert!(basket.add(A, 0..large.len(), &large).is_ok());
    assert!(basket.add(A, 0..5, &large).is_ok(), "it is in there already");
    let error = basket.add(B, 0..1, "x").expect_err("it is full");
    assert_eq!(
        error.to_string(),
        "the basket would hold 8,388,609 bytes, but at most 8,388,608 fit: remove some snippets first"
    );
    basket.clear();
    let many = "x ".repeat(MOST_SNIPPETS + 1);
    for index in 0..MOST_SNIPPETS {
        assert!(basket.add(A, 2 * index..2 * index + 1, &many).is_ok());
    }
    assert_eq!(basket.add(A, 2 * MOST_SNIPPETS..2 * MOST_SNIPPETS + 1, &many), Err(BasketError::Full));
    assert!(basket.add(A, 0..3, &many).is_ok(), "what merges needs no room");
}

#[test]
fn ranges_follow_the_text() {
    let mut basket = Basket::default();
    let mut document = DOCUMENT.to_owned();
    add(&mut basket, A, DOCUMENT, "def two():\n    x = 2\n    return x\n");

    replace(&mut basket, &mut document, "import os\n", "import os\nimport sys\n");
    replace(&mut basket, &mut document, "print(one())", "print(two())");
    replace(&mut basket, &mut document, "return 1\n", "return 1\n\n");
    replace(&mut basket, &mut document, "x = 2", "# all\n    x = 2");
    basket.refresh(A.uri, &document);
    assert_eq!(shown(&basket), [(1, "def two():\n    # all\n    x = 2\n    return x\n", 8..=11, State::Changed)]);
    replace(&mut basket, &mut document, "# all\n    ", "");
    replace(&mut basket, &mut document, "x = 2", "x = 3");
    basket.refresh(A.uri, &document);
    assert_eq!(shown(&basket)[0].3, State::Changed);
    replace(&mut basket, &mut document, "x = 3", "x = 2");
    basket.refresh(A.uri, &document);
    assert_eq!(shown(&basket), [(1, "def two():\n    x = 2\n    return x\n", 8..=10, State::Fresh)]);
}

#[test]
fn what_is_deleted_keeps_its_text_until_it_is_back() {
    let mut basket = Basket::default();
    let mut document = DOCUMENT.to_owned();
    add(&mut basket, A, DOCUMENT, "    return 1\n");
    replace(&mut basket, &mut document, "one():\n    return 1\n\n", "");
    basket.refresh(A.uri, &document);
    assert_eq!(shown(&basket), [(1, "    return 1\n", 4..=4, State::Deleted)]);
    let assembled = basket.assemble(Order::File, None);
    assert_eq!(
        (assembled.pieces.len(), assembled.notes),
        (0, vec!["`a.py:4` is left out: its text was deleted.".to_owned()])
    );

    // Cut in one place, pasted in another.
    replace(&mut basket, &mut document, "print(one())\n", "print(one())\n    return 1\n");
    basket.refresh(A.uri, &document);
    assert_eq!(shown(&basket), [(1, "    return 1\n", 8..=8, State::Fresh)]);
}

#[test]
fn a_document_that_is_replaced_as_a_whole_keeps_its_snippets() {
    let mut basket = Basket::default();
    add(&mut basket, A, DOCUMENT, "def two():\n    x = 2\n");
    let new = format!("# new\n{DOCUMENT}");
    basket.edited(A.uri, Edit { start: 0, old_end: DOCUMENT.len(), new_end: new.len() });
    assert_eq!(shown(&basket)[0].3, State::Deleted);
    basket.refresh(A.uri, &new);
    assert_eq!(shown(&basket), [(1, "def two():\n    x = 2\n", 7..=8, State::Fresh)]);
}

#[test]
fn adding_again_takes_the_change() {
    let mut basket = Basket::default();
    let mut document = DOCUMENT.to_owned();
    add(&mut basket, A, DOCUMENT, "x = 2");
    replace(&mut basket, &mut document, "= 2", "= 7");
    add(&mut basket, A, &document, "x = 7");
    assert_eq!(shown(&basket), [(1, "x = 7", 7..=7, State::Fresh)]);
}

#[test]
fn a_file_that_changes_on_disk_moves_its_snippets() {
    let two = "def two():\n    x = 2\n    return x\n";
    let mut basket = Basket::default();
    add(&mut basket, A, DOCUMENT, two);
    add(&mut basket, A, DOCUMENT, "import os");
    basket.closed(A.uri);

    let moved = format!("import os # first\n{DOCUMENT}").replacen("\nimport os", "\nimport re", 1);
    basket.disk_changed(A.uri, Some(&moved));
    assert_eq!(shown(&basket), [(1, two, 7..=9, State::Fresh), (2, "import os", 1..=1, State::Fresh)]);

    let changed = moved.replace("x = 2\n", "x = 2\n    x += 1\n").replace("import os", "import json");
    basket.disk_changed(A.uri, Some(&changed));
    let longer = "def two():\n    x = 2\n    x += 1\n    return x\n";
    assert_eq!(shown(&basket), [(1, longer, 7..=10, State::Changed), (2, "import os", 1..=1, State::Changed)]);
    assert_eq!(
        basket.assemble(Order::File, None).notes,
        [
            "`a.py:1` was changed in its file and is not found there any more: its last known text is taken.",
            "`a.py:7-10` was changed since it was added: its text of now is taken."
        ]
    );

    basket.disk_changed(A.uri, None);
    assert!(shown(&basket).iter().all(|it| it.3 == State::Deleted));
    assert_eq!(shown(&basket)[0].1, longer, "it keeps its text");
    basket.disk_changed(A.uri, Some(&format!("\n{DOCUMENT}")));
    assert_eq!(shown(&basket), [(1, two, 7..=9, State::Fresh), (2, "import os", 2..=2, State::Fresh)]);
    basket.disk_changed(B.uri, None);
    assert!(shown(&basket).iter().all(|it| it.3 == State::Fresh), "another file");
}

#[test]
fn a_text_that_stands_twice_is_not_taken_for_the_lost_one() {
    let mut basket = Basket::default();
    add(&mut basket, A, DOCUMENT, "    return 1\n");
    basket.disk_changed(A.uri, Some("    return 1\n    return 1\n"));
    assert_eq!(shown(&basket)[0].3, State::Changed);
    assert_eq!(shown(&basket)[0].1, "    return 1\n");
}

#[test]
fn files_come_in_the_order_of_their_first_snippets() {
    let mut basket = Basket::default();
    let numbers = "zero\none\ntwo\nthree\nfour\n";
    add(&mut basket, B, numbers, "three");
    add(&mut basket, A, DOCUMENT, "import os");
    add(&mut basket, B, numbers, "one");
    assert_eq!(texts(&basket.assemble(Order::File, None)), ["one", "three", "import os"]);
    let by_score = |scores: &[f32]| {
        let assembled = basket.assemble(Order::Relevance, Some(scores));
        assembled.pieces.into_iter().map(|piece| piece.text).collect::<Vec<_>>()
    };
    assert_eq!(by_score(&[0.1, 0.9, 0.5]), ["import os", "one", "three"]);
    assert_eq!(by_score(&[0.5, 0.5, 0.5]), ["one", "three", "import os"]);
    assert_eq!(by_score(&[f32::NAN, 0.1]), ["import os", "one", "three"], "what has no score comes last");
}

#[test]
fn text_that_occurs_twice_is_carried_once() {
    let mut basket = Basket::default();
    let licence = "# one\n# two\n# three\n";
    let a = format!("{licence}import a\n");
    let b = format!("import b\n{}", licence.replace('\n', "  \n"));
    let whole = format!("first\n{licence}last\n");
    add(&mut basket, A, &a, licence);
    add(&mut basket, B, &b, "# one  \n# two  \n# three  \n");
    add(&mut basket, Origin { uri: "c", path: "c.py", language: None }, &a, "import a\n");
    add(&mut basket, Origin { uri: "d", path: "d.py", language: None }, &whole, &whole);
    let assembled = basket.assemble(Order::File, None);
    assert_eq!(texts(&assembled), ["import a\n", &whole], "a short text is no text of its own");
    assert_eq!(assembled.pieces[1].also_in, [("a.py".to_owned(), 1..=3), ("b.py".to_owned(), 2..=4)]);
    let best_first = basket.assemble(Order::Relevance, Some(&[0.9, 0.0, 0.5, 0.1]));
    assert_eq!(texts(&best_first), [&whole, "import a\n"], "it comes where the best of it comes");
}

#[test]
fn ranges_that_an_edit_made_overlap_are_carried_as_one() {
    let mut basket = Basket::default();
    let mut document = "alpha beta gamma delta".to_owned();
    let text = document.clone();
    add(&mut basket, A, &text, "alpha beta");
    add(&mut basket, A, &text, "gamma delta");
    replace(&mut basket, &mut document, "beta gamma", "BETA-GAMMA");
    basket.refresh(A.uri, &document);
    let assembled = basket.assemble(Order::File, None);
    assert_eq!(texts(&assembled), ["alpha BETA-GAMMA delta"]);
    assert_eq!(assembled.pieces[0].state, State::Changed);
}

#[test]
fn a_basket_is_written_for_a_chat() {
    let mut basket = Basket::default();
    let python = Origin { language: Language::from_name("python"), ..A };
    add(&mut basket, python, DOCUMENT, "def one():\n    return 1\n");
    add(&mut basket, Origin { path: "notes.md", ..B }, "Run `x`:\n```\nx\n```\n", "Run `x`:\n```\nx\n```\n");
    let assembled = basket.assemble(Order::File, None);
    let written = render(assembled.pieces.iter().map(|piece| (piece, piece.text.as_str())));
    assert_eq!(
        written,
        "`a.py:3-4`\n```python\ndef one():\n    return 1\n```\n\n`notes.md:1-4`\n````markdown\nRun `x`:\n```\nx\n```\n````\n"
    );
}

/// An edit by shares of the document's length, so that it fits any document.
type Wish = (f64, f64, String);

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let wish = (0.0..=1.0, prop_oneof![2 => Just(0.0), 3 => 0.0..0.2, 1 => 0.0..=1.0], "[a-cä\n]{0,4}");
    proptest::collection::vec(wish, 0..12)
}

/// The offset of the character at a share of the text.
fn offset(text: &str, share: f64) -> usize {
    let count = text.chars().count();
    let nth = (0..=count).take_while(|nth| (*nth as f64) <= share * count as f64).count() - 1;
    text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at)
}

/// Makes the edit; what undoes it is the edit the other way round.
fn apply(basket: &mut Basket, document: &mut String, start: usize, old: &str, new: &str) {
    document.replace_range(start..start + old.len(), new);
    basket.edited(A.uri, Edit { start, old_end: start + old.len(), new_end: start + new.len() });
}

/// A character with its offset in the beginning.
type Tagged = (Option<usize>, char);

/// Where a snippet stands, if all its characters do, side by side.
fn standing(document: &[Tagged], snippet: &Snippet) -> Option<Range<usize>> {
    let is_inside = |it: &Tagged| it.0.is_some_and(|at| snippet.range.contains(&at));
    let first = document.iter().position(is_inside)?;
    let last = document.iter().rposition(is_inside)? + 1;
    let is_whole = document[first..last].iter().all(is_inside) && last - first == snippet.text.chars().count();
    let offset = |index: usize| document[..index].iter().map(|(_, it)| it.len_utf8()).sum::<usize>();
    is_whole.then(|| offset(first)..offset(last))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranges_follow_as_a_naive_count_does(
        text in "[a-eäö\n]{1,60}",
        ranges in proptest::collection::vec((0.0..=1.0, 0.0..=1.0), 1..5),
        wishes in wishes(),
    ) {
        let mut basket = Basket::default();
        for (from, to) in ranges {
            let (from, to) = (offset(&text, from), offset(&text, to));
            let _ = basket.add(A, from.min(to)..from.max(to), &text);
        }
        let before = basket.list().to_vec();
        let mut document = text.clone();
        let mut untouched: Vec<_> = before.iter().map(|snippet| snippet.id).collect();
        let mut tagged: Vec<Tagged> = text.char_indices().map(|(at, it)| (Some(at), it)).collect();
        for (from, length, new) in wishes {
            let start = offset(&document, from);
            let end = start + offset(&document[start..], length);
            let first = document[..start].chars().count();
            let last = document[..end].chars().count();
            tagged.splice(first..last, new.chars().map(|it| (None, it)));
            let old = document[start..end].to_owned();
            apply(&mut basket, &mut document, start, &old, &new);
            untouched.retain(|id| before.iter().any(|it| it.id == *id && standing(&tagged, it).is_some()));
        }
        for (snippet, old) in basket.list().iter().zip(&before) {
            prop_assert!(document.get(snippet.range.clone()).is_some(), "{:?} in {document:?}", snippet.range);
            if untouched.contains(&snippet.id) {
                prop_assert_eq!(Some(snippet.range.clone()), standing(&tagged, old));
                prop_assert_eq!(snippet.state, State::Fresh);
            } else {
                prop_assert_ne!(snippet.state, State::Fresh);
            }
        }
        basket.refresh(A.uri, &document);
        for snippet in basket.list() {
            let now = document.get(snippet.range.clone());
            prop_assert!(now.is_some());
            prop_assert!(snippet.state == State::Deleted || now == Some(snippet.text.as_str()));
        }
    }

    #[test]
    fn what_is_undone_is_fresh_again(
        ranges in proptest::collection::vec((0.0..=1.0, 0.0..=1.0), 1..5),
        wishes in wishes(),
    ) {
        // No character stands twice, so that only one place is right.
        let text = "0123456789 äöüß\nABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let mut basket = Basket::default();
        for (from, to) in ranges {
            let (from, to) = (offset(text, from), offset(text, to));
            let _ = basket.add(A, from.min(to)..from.max(to), text);
        }
        let before = basket.list().to_vec();
        let mut document = text.to_owned();
        let mut done = Vec::new();
        for (from, length, new) in wishes {
            let start = offset(&document, from);
            let end = start + offset(&document[start..], length);
            let old = document[start..end].to_owned();
            apply(&mut basket, &mut document, start, &old, &new);
            done.push((start, old, new));
        }
        for (start, old, new) in done.into_iter().rev() {
            apply(&mut basket, &mut document, start, &new, &old);
        }
        prop_assert_eq!(&document, text);
        basket.refresh(A.uri, &document);
        prop_assert_eq!(basket.list(), before);
    }

    #[test]
    fn nothing_is_carried_twice(
        files in proptest::collection::vec("((one|two|three) ?\n){0,12}", 1..4),
        ranges in proptest::collection::vec((0..4_usize, 0.0..=1.0, 0.0..=1.0), 1..12),
        edits in proptest::collection::vec((0..4_usize, 0.0..=1.0, 0.0..0.3, "(one\n){0,2}"), 0..6),
        scores in proptest::option::of(proptest::collection::vec(any::<f32>(), 0..12)),
        order in proptest::sample::select(Order::ALL.to_vec()),
    ) {
        let mut files: Vec<_> = files.into_iter().enumerate().map(|(index, text)| (index.to_string(), text)).collect();
        let mut basket = Basket::default();
        let count = files.len();
        for (file, from, to) in ranges {
            let (uri, text) = &files[file % count];
            let (from, to) = (offset(text, from), offset(text, to));
            let origin = Origin { uri, path: uri, language: None };
            let _ = basket.add(origin, from.min(to)..from.max(to), text);
        }
        for (file, from, length, new) in edits {
            let (uri, text) = &mut files[file % count];
            let start = offset(text, from);
            let end = start + offset(&text[start..], length);
            text.replace_range(start..end, &new);
            basket.edited(uri, Edit { start, old_end: end, new_end: start + new.len() });
        }
        for (uri, text) in &files {
            basket.refresh(uri, text);
        }
        let assembled = basket.assemble(order, scores.as_deref());
        let bare = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned();
        let texts: Vec<_> = assembled.pieces.iter().map(|piece| bare(&piece.text)).collect();
        for (index, text) in texts.iter().enumerate() {
            prop_assert!(!text.is_empty());
            for (_, other) in texts.iter().enumerate().filter(|(other, _)| *other != index) {
                prop_assert_ne!(text, other);
                prop_assert!(text.lines().count() < 3 || !other.contains(text.as_str()), "{text:?} in {other:?}");
            }
        }
        for snippet in basket.list().iter().filter(|it| it.state != State::Deleted && !it.text.trim().is_empty()) {
            let text = bare(&snippet.text);
            prop_assert!(texts.iter().any(|piece| piece.contains(&text)), "{text:?} is not in {texts:?}");
        }
    }

    #[test]
    fn no_edit_and_no_text_makes_it_panic(
        texts in proptest::collection::vec("[ab\r\nä]{0,20}", 1..8),
        steps in proptest::collection::vec((0..6_u8, any::<usize>(), 0..24_usize, 0..24_usize, 0..24_usize), 0..30),
    ) {
        let mut basket = Basket::default();
        for (step, which, start, old_end, new_end) in steps {
            let text = &texts[which % texts.len()];
            match step {
                0 => drop(basket.add(A, start..old_end, text)),
                1 => basket.edited(A.uri, Edit { start, old_end, new_end }),
                2 => basket.edited(A.uri, Edit { start, old_end, new_end: which }),
                3 => basket.refresh(A.uri, text),
                4 => basket.disk_changed(A.uri, (start > 3).then_some(text.as_str())),
                _ => basket.closed(A.uri),
            }
            let assembled = basket.assemble(Order::Relevance, None);
            render(assembled.pieces.iter().map(|piece| (piece, piece.text.as_str())));
        }
    }
}
