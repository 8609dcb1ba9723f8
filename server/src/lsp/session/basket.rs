//! The basket: snippets from several files, which follow their texts.
//!
//! A document is known by its URI; ranges are bytes. A snippet has three states: fresh, changed since it was added, deleted.
//!
//! Invariants
//! - a range lies on character boundaries of its document (`tests::ranges_follow_as_a_naive_count_does`);
//! - a snippet that no edit touched keeps its text, its place and its state
//!   (`tests::ranges_follow_as_a_naive_count_does`);
//! - what is undone is fresh again, at its place (`tests::what_is_undone_is_fresh_again`);
//! - ranges of one document neither overlap nor touch when one is added (`tests::overlapping_and_touching_ranges_merge`).
//!
//! Deliberately absent: reading documents and files; callers bring the texts.

mod assembly;
mod place;
#[cfg(test)]
mod tests;
mod tracking;

use std::ops::{Range, RangeInclusive};

use compressor::language::Language;
use compressor::receipt::grouped;

pub(crate) use super::edit::Edit;
pub(crate) use assembly::{Assembled, render};

/// The most snippets.
pub(crate) const MOST_SNIPPETS: usize = 1_000;

/// The most bytes of text.
pub(crate) const MOST_BYTES: usize = 8 << 20;

/// The snippets of a session.
#[derive(Debug, Default)]
pub(crate) struct Basket {
    /// In the order in which they were added.
    snippets: Vec<Snippet>,
    /// The id that was given last.
    last_id: u64,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snippet {
    pub(crate) id: u64,
    pub(crate) uri: String,
    /// For display.
    pub(crate) path: String,
    pub(crate) language: Option<Language>,
    /// Bytes of the document; of a deleted snippet, where it was.
    pub(crate) range: Range<usize>,
    /// From 1, as of the last refresh.
    pub(crate) lines: RangeInclusive<usize>,
    /// As of the last refresh; of a deleted snippet, what was there.
    pub(crate) text: String,
    pub(crate) state: State,
    /// The text as it was added, where it is no longer `text`.
    added: Option<String>,
    /// Whether the text stands at `range`, or stood there once.
    located: bool,
    borders: tracking::Borders,
}

/// What became of a snippet since it was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The text is as it was added.
    Fresh,
    /// The text is another one.
    Changed,
    /// The text is gone.
    Deleted,
}

/// Where a snippet is from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'a> {
    pub(crate) uri: &'a str,
    /// For display.
    pub(crate) path: &'a str,
    pub(crate) language: Option<Language>,
}

/// What adding did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Added {
    /// The snippet that holds the range.
    pub(crate) id: u64,
    /// Those that went into it.
    pub(crate) merged: Vec<u64>,
}

/// Why a snippet was not added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BasketError {
    #[error("the basket holds {} snippets, which is the most: remove some first", grouped(MOST_SNIPPETS))]
    Full,
    #[error(
        "the basket would hold {} bytes, but at most {} fit: remove some snippets first", grouped(*bytes), grouped(MOST_BYTES)
    )]
    TooLarge { bytes: usize },
    #[error("there is no text in the range")]
    Blank,
    #[error("the range {start}..{end} does not lie on characters of the document, which has {length} bytes")]
    Outside { start: usize, end: usize, length: usize },
}

/// The order of the snippets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// As the files were first added, then by position.
    File,
    /// What bears most on the question comes first.
    Relevance,
}

impl Order {
    /// All orders, the default first.
    pub(crate) const ALL: [Self; 2] = [Self::File, Self::Relevance];

    /// The name in options and requests.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Relevance => "relevance",
        }
    }
}

impl State {
    /// The name in answers to requests.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Changed => "changed",
            Self::Deleted => "deleted",
        }
    }
}

impl Basket {
    /// Adds a range of a document, whose text at this moment is `document`. Snippets that it overlaps or touches go into
    /// one, which has the smallest id and is fresh.
    pub(crate) fn add(
        &mut self,
        origin: Origin<'_>,
        range: Range<usize>,
        document: &str,
    ) -> Result<Added, BasketError> {
        let Some(text) = document.get(range.clone()) else {
            return Err(BasketError::Outside { start: range.start, end: range.end, length: document.len() });
        };
        if text.trim().is_empty() {
            return Err(BasketError::Blank);
        }
        self.refresh(origin.uri, document);
        let (whole, absorbed) = self.united(origin.uri, range);
        self.check(&absorbed, whole.len())?;

        let mut ids: Vec<_> = absorbed.iter().map(|index| self.snippets[*index].id).collect();
        ids.sort_unstable();
        let id = ids.first().copied().unwrap_or(self.last_id + 1);
        self.last_id = self.last_id.max(id);
        let snippet = Snippet {
            id,
            uri: origin.uri.to_owned(),
            path: origin.path.to_owned(),
            language: origin.language,
            text: document[whole.clone()].to_owned(),
            lines: place::lines(document, std::slice::from_ref(&whole)).remove(0),
            range: whole,
            state: State::Fresh,
            added: None,
            located: true,
            borders: tracking::Borders::default(),
        };
        self.snippets.retain(|it| !ids.contains(&it.id));
        let index = self.snippets.partition_point(|it| it.id < id);
        self.snippets.insert(index, snippet);
        Ok(Added { id, merged: ids.into_iter().skip(1).collect() })
    }

    /// Follows an edit of an open document. Its text is told by `refresh`.
    pub(crate) fn edited(&mut self, uri: &str, edit: Edit) {
        for snippet in self.snippets.iter_mut().filter(|it| it.uri == uri) {
            snippet.follow(edit);
        }
    }

    /// Compares the snippets of an open document with its text. To be called before snippets are shown or assembled.
    pub(crate) fn refresh(&mut self, uri: &str, document: &str) {
        self.compare(uri, document, Snippet::refresh);
    }

    /// The document was closed: the snippets keep their last text, and no edit can be undone any more.
    pub(crate) fn closed(&mut self, uri: &str) {
        for snippet in self.snippets.iter_mut().filter(|it| it.uri == uri) {
            snippet.borders = tracking::Borders::default();
        }
    }

    /// The file of a document that is not open has this text now; `None` if it is gone. To be called, too, when a document
    /// was closed or opened, since its file may have another text than its editor.
    pub(crate) fn disk_changed(&mut self, uri: &str, text: Option<&str>) {
        match text {
            Some(text) => self.compare(uri, text, Snippet::search),
            None => self.snippets.iter_mut().filter(|it| it.uri == uri).for_each(Snippet::delete),
        }
    }

    /// Removes a snippet; false if there is none of that id.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.snippets.len();
        self.snippets.retain(|snippet| snippet.id != id);
        self.snippets.len() < before
    }

    /// Removes all snippets. No id is given a second time.
    pub(crate) fn clear(&mut self) {
        self.snippets.clear();
    }

    /// All snippets, by id.
    pub(crate) fn list(&self) -> &[Snippet] {
        &self.snippets
    }

    /// The range with all those that it overlaps or touches, and their indices.
    fn united(&self, uri: &str, mut whole: Range<usize>) -> (Range<usize>, Vec<usize>) {
        let mut others: Vec<_> = (0..self.snippets.len())
            .filter(|index| self.snippets[*index].uri == uri && self.snippets[*index].located)
            .collect();
        others.sort_by_key(|index| self.snippets[*index].range.start);
        let mut absorbed = Vec::new();
        // To the left from the right and back: what grew may touch what it did not before.
        loop {
            let before = absorbed.len();
            others.retain(|index| {
                let range = &self.snippets[*index].range;
                let touches = range.start <= whole.end && whole.start <= range.end;
                if touches {
                    whole = whole.start.min(range.start)..whole.end.max(range.end);
                    absorbed.push(*index);
                }
                !touches
            });
            if absorbed.len() == before {
                return (whole, absorbed);
            }
        }
    }

    /// Whether there is room for so many bytes in place of some snippets.
    fn check(&self, absorbed: &[usize], bytes: usize) -> Result<(), BasketError> {
        if self.snippets.len() - absorbed.len() >= MOST_SNIPPETS {
            return Err(BasketError::Full);
        }
        let held: usize = self.snippets.iter().map(|snippet| snippet.text.len()).sum();
        let freed: usize = absorbed.iter().map(|index| self.snippets[*index].text.len()).sum();
        let bytes = held - freed + bytes;
        if bytes > MOST_BYTES { Err(BasketError::TooLarge { bytes }) } else { Ok(()) }
    }

    /// Holds the snippets of a document against its text, and counts their lines in one pass.
    fn compare(&mut self, uri: &str, document: &str, with: fn(&mut Snippet, &str, &mut usize)) {
        let mut effort = place::MOST_SEARCHED;
        let mut found: Vec<_> = Vec::new();
        for snippet in self.snippets.iter_mut().filter(|it| it.uri == uri) {
            with(snippet, document, &mut effort);
            if snippet.located {
                found.push(snippet);
            }
        }
        let ranges: Vec<_> = found.iter().map(|snippet| snippet.range.clone()).collect();
        for (snippet, lines) in found.into_iter().zip(place::lines(document, &ranges)) {
            snippet.lines = lines;
        }
    }
}
