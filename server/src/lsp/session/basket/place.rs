//! Where the text of a snippet stands in a document: at its range, elsewhere, or nowhere.
//!
//! Deliberately absent: guessing. A text is somewhere else only if it stands there and nowhere besides.

use std::ops::{Range, RangeInclusive};

use memchr::memmem;

use super::{Snippet, State, tracking};

/// The most bytes that are searched for the lost snippets of a document at once; the others stay lost until the next time.
pub(super) const MOST_SEARCHED: usize = 1 << 30;

/// How many times its size a snippet may have after a change that nobody saw.
const MOST_GROWTH: usize = 4;

impl Snippet {
    /// Compares the snippet with the text of its open document, whose edits its range has followed.
    pub(super) fn refresh(&mut self, document: &str, effort: &mut usize) {
        let current = document.get(self.range.clone()).unwrap_or_default();
        if let Some(range) = self.undone(document, current, effort) {
            self.is_fresh_at(range);
        } else if self.located && !current.is_empty() {
            self.is_changed_to(current.to_owned());
        } else if let Some(range) = unique(document, self.as_added(), effort) {
            self.is_fresh_at(range);
        } else if self.located {
            // The caller's edits do not fit its text.
            self.delete();
        }
    }

    /// Searches the snippet in a text of which nothing but itself is known.
    pub(super) fn search(&mut self, document: &str, effort: &mut usize) {
        self.borders = tracking::Borders::default();
        let current = document.get(self.range.clone());
        if current == Some(self.as_added()) {
            self.is_fresh_at(self.range.clone());
        } else if let Some(range) = unique(document, self.as_added(), effort) {
            self.is_fresh_at(range);
        } else if current == Some(self.text.as_str()) {
            self.is_changed_at(self.range.clone());
        } else if let Some(range) = self.added.is_some().then(|| unique(document, &self.text, effort)).flatten() {
            self.is_changed_at(range);
        } else if let Some(range) = between_its_ends(document, self.as_added(), effort) {
            self.range = range.clone();
            self.located = true;
            self.is_changed_to(document[range].to_owned());
        } else {
            // Another text has its place: to take that for the snippet would be worse than an old text.
            self.state = State::Changed;
            self.located = false;
        }
    }

    /// The file is gone, or the place is.
    pub(super) fn delete(&mut self) {
        self.state = State::Deleted;
        self.located = false;
    }

    fn as_added(&self) -> &str {
        self.added.as_deref().unwrap_or(&self.text)
    }

    /// The range of the text as it was added, if it stands where the edits left it.
    fn undone(&self, document: &str, current: &str, effort: &mut usize) -> Option<Range<usize>> {
        let added = self.as_added();
        let start = self.range.start;
        let narrowed = self.borders.narrowed(&self.range);
        if current == added {
            Some(self.range.clone())
        } else if document.get(narrowed.clone()) == Some(added) {
            Some(narrowed)
        } else if self.borders.are_cut() {
            // What came back may have come between other edits at the border.
            let inside = unique(current, added, effort)?;
            Some(start + inside.start..start + inside.end)
        } else {
            None
        }
    }

    fn is_fresh_at(&mut self, range: Range<usize>) {
        self.range = range;
        if let Some(added) = self.added.take() {
            self.text = added;
        }
        self.state = State::Fresh;
        self.located = true;
        self.borders = tracking::Borders::default();
    }

    fn is_changed_at(&mut self, range: Range<usize>) {
        self.range = range;
        self.state = State::Changed;
        self.located = true;
    }

    fn is_changed_to(&mut self, text: String) {
        if self.text != text {
            let before = std::mem::replace(&mut self.text, text);
            self.added.get_or_insert(before);
        }
        self.state = State::Changed;
    }
}

/// The lines, from 1, on which each range begins and has its last byte. A line ends with `\n`, `\r\n` or `\r`.
pub(super) fn lines(document: &str, ranges: &[Range<usize>]) -> Vec<RangeInclusive<usize>> {
    let mut wanted: Vec<_> = ranges
        .iter()
        .enumerate()
        .flat_map(|(index, range)| {
            [(range.start, 2 * index), (range.end.saturating_sub(1).max(range.start), 2 * index + 1)]
        })
        .collect();
    wanted.sort_unstable();
    let bytes = document.as_bytes();
    let mut ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .map(|at| at + 1)
        .peekable();
    let mut line = 1;
    let mut found = vec![1; wanted.len()];
    for (offset, slot) in wanted {
        while ends.next_if(|end| *end <= offset).is_some() {
            line += 1;
        }
        found[slot] = line;
    }
    found.chunks(2).map(|pair| pair[0]..=pair[1]).collect()
}

/// The range of a text that stands in a document exactly once.
fn unique(document: &str, text: &str, effort: &mut usize) -> Option<Range<usize>> {
    if text.trim().is_empty() {
        return None;
    }
    *effort = effort.checked_sub(document.len())?;
    let finder = memmem::Finder::new(text);
    let start = finder.find(document.as_bytes())?;
    // From the next byte on: an occurrence may overlap the first.
    let again = finder.find(&document.as_bytes()[start + 1..]);
    again.is_none().then(|| start..start + text.len())
}

/// The range from the first line of a text, which stands in the document exactly once, to the next line that is its last.
fn between_its_ends(document: &str, text: &str, effort: &mut usize) -> Option<Range<usize>> {
    let first = text.lines().next()?;
    let last = text.lines().next_back().filter(|last| !last.trim().is_empty())?;
    let has_inside = text.lines().nth(2).is_some();
    if !has_inside || first.trim().is_empty() {
        return None;
    }
    let opening = unique(document, first, effort)?;
    let mut start = opening.end;
    for line in document[opening.end..].split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        // The rest of the first line is no line; a selection may end within its last.
        let ends_here = if text.ends_with('\n') { content == last } else { content.starts_with(last) };
        if ends_here && start > opening.end {
            let end = if text.ends_with('\n') { start + line.len() } else { start + last.len() };
            // Much longer than the snippet was is another text.
            return (end - opening.start <= MOST_GROWTH * text.len()).then_some(opening.start..end);
        }
        start += line.len();
    }
    None
}
