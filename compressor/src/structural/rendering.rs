//! Test support: a draft as text, with any choice of words.

use std::ops::Range;

use expect_test::Expect;

use super::{Aim, Draft, draft, reduce};
use crate::draft::written;
use crate::language::Language;
use crate::policy::Level;
use crate::tokens::Tokenizer;

/// The text of a draft; `keep` is asked for each word in order.
pub(super) fn render(text: &str, draft: &Draft, keep: &mut dyn FnMut() -> bool) -> String {
    render_parts(text, draft, keep).concat()
}

/// As [`render`], what stands for each part.
pub(super) fn render_parts(text: &str, draft: &Draft, keep: &mut dyn FnMut() -> bool) -> Vec<String> {
    draft.parts.iter().map(|part| written(text, std::slice::from_ref(part), keep)).collect()
}

/// The draft of a whole text.
pub(super) fn draft_all(language: &str, level: Level, text: &str) -> Draft {
    let language = Language::from_name(language).expect("a known language");
    draft(text, 0..text.len(), language, level, Tokenizer::O200kBase)
}

/// Both bounds at `balanced`, all words kept and none, with their treatment and token counts, for golden tests.
pub(super) fn bounds(language: &str, text: &str) -> String {
    let draft = draft_all(language, Level::Balanced, text);
    let count = |text: &str| Tokenizer::O200kBase.count(text);
    let all = render(text, &draft, &mut || true);
    let none = render(text, &draft, &mut || false);
    let (before, with, without) = (count(text), count(&all), count(&none));
    let [all, none] = [all, none].map(|text| text.replace('\r', "␍"));
    format!("{}: {before} tokens\nall words: {with}\n{all}\n----\nno words: {without}\n{none}\n", draft.treatment)
}

/// The text at `skeleton`.
pub(super) fn skeleton(language: &str, text: &str) -> String {
    reduced(language, Level::Skeleton, None, text)
}

/// The text at `tight`, without a focus.
pub(super) fn tight(language: &str, text: &str) -> String {
    reduced(language, Level::Tight, None, text)
}

/// Compares the text at `tight` with a golden result.
#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
pub(super) fn check_tight(language: &str, text: &str, expected: Expect) {
    expected.assert_eq(&tight(language, text));
}

/// The text at a level that leaves code out, around a focus if there is one.
pub(super) fn reduced(language: &str, level: Level, focus: Option<&[Range<usize>]>, text: &str) -> String {
    let language = Language::from_name(language).expect("a known language");
    let aim = Aim { level, focus, tokenizer: Tokenizer::O200kBase };
    let reduced = reduce(text, 0..text.len(), language, &aim);
    assert_eq!(reduced.objection, None);
    written(text, &reduced.draft.parts, &mut || true)
}

/// The text at `safe`.
pub(super) fn safe(language: &str, text: &str) -> String {
    render(text, &draft_all(language, Level::Safe, text), &mut || true)
}
