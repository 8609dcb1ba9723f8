//! A document in the form in which it is read, where that is not the form of its file: a notebook as Markdown.
//!
//! What comes after, segments and drafts and checks, is of the view and knows nothing of the file. What is told of the
//! result, ranges and sizes, is of the file: the view knows where each of its bytes stood.
//!
//! Deliberately absent: a way back; the original is what is kept.

mod json;
mod mapped;
mod notebook;

use std::ops::Range;

use crate::language::Language;
use mapped::Mapped;

/// A document in another form.
#[derive(Clone, Debug)]
pub(crate) struct View {
    mapped: Mapped,
    /// What a person should know of it.
    pub(crate) note: String,
}

/// The view of a text that is not read as it stands.
pub(crate) fn of(text: &str, language: Option<Language>) -> Option<View> {
    match language.map(Language::name) {
        None | Some("notebook" | "json") => notebook::view(text),
        Some(_) => None,
    }
}

impl View {
    /// The text to read.
    pub(crate) fn text(&self) -> &str {
        &self.mapped.text
    }

    /// Where a stretch stood in the file.
    pub(crate) fn source(&self, range: &Range<usize>) -> Range<usize> {
        self.mapped.source(range)
    }

    /// Bytes of the file that are not in a result that lacks these stretches of the view, in order and apart.
    pub(crate) fn dropped(&self, original: &str, stretches: &[Range<usize>]) -> Vec<Range<usize>> {
        let copied = stretches.iter().flat_map(|stretch| self.mapped.copied(stretch).map(|(_, source)| source));
        let mut ranges: Vec<Range<usize>> = self.mapped.left_out(original).into_iter().chain(copied).collect();
        ranges.sort_unstable_by_key(|range| range.start);
        let mut dropped: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match dropped.last_mut() {
                Some(last)
                    if original.get(last.end..range.start.max(last.end)).is_some_and(|it| it.trim().is_empty()) =>
                {
                    last.end = last.end.max(range.end);
                }
                _ => dropped.push(range),
            }
        }
        dropped
    }
}
