//! The running text of a document as one string: prose as it stands, comments without their markers.
//!
//! The tagger reads this string, so that a comment has the comments around it as context and many short ones cost no more
//! than one long text.
//!
//! Invariants
//! - every line of the stream is a copy of a range of the document, so that offsets map back (`tests::offsets_map_back`).

use std::ops::Range;

use crate::draft::{Part, Prose};

/// The running text of a document.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    /// Lines joined by `\n`, paragraphs and parts by an empty line.
    pub(crate) text: String,
    /// In order.
    pub(crate) lines: Vec<StreamLine>,
}

/// A line of the stream.
#[derive(Debug)]
pub(crate) struct StreamLine {
    /// Bytes of the stream.
    pub(crate) range: Range<usize>,
    /// The same bytes in the document.
    pub(crate) source: Range<usize>,
    /// Index of the part within the draft.
    pub(crate) part: usize,
    /// Whether it is from a comment or docstring of code.
    pub(crate) comment: bool,
    /// Whether it begins a paragraph, item or heading.
    pub(crate) starts: bool,
    /// Whether an empty line stands before it in the document.
    pub(crate) after_blank: bool,
}

impl Stream {
    /// Collects the running text of a draft.
    pub(crate) fn of(document: &str, parts: &[Part]) -> Self {
        let mut stream = Self::default();
        for (index, part) in parts.iter().enumerate() {
            if let Part::Prose(prose) = part {
                stream.push(document, index, prose);
            }
        }
        stream
    }

    fn push(&mut self, document: &str, part: usize, prose: &Prose) {
        let mut before: Option<usize> = None;
        for line in &prose.lines {
            let after_blank = before
                .is_some_and(|end| document[end..line.text.start].bytes().filter(|&byte| byte == b'\n').count() > 1);
            let starts = line.starts || before.is_none();
            if !self.text.is_empty() {
                self.text.push_str(if starts { "\n\n" } else { "\n" });
            }
            let start = self.text.len();
            self.text.push_str(&document[line.text.clone()]);
            self.lines.push(StreamLine {
                range: start..self.text.len(),
                source: line.text.clone(),
                part,
                comment: prose.comment,
                starts,
                after_blank,
            });
            before = Some(line.text.end);
        }
    }

    /// The index of the line that holds an offset, or of the last before it.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.range.start <= offset).saturating_sub(1)
    }

    /// A range of the stream in the document; over several lines it takes the markers between them along.
    pub(crate) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let line = &self.lines[self.line_at(offset)];
            line.source.start + (offset - line.range.start).min(line.range.len())
        };
        at(range.start)..at(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Line;

    #[test]
    fn offsets_map_back() {
        let document = "x = 1  # first part\n# second part\n";
        let prose = Prose {
            source: 7..33,
            open: "  # ".into(),
            close: String::new(),
            when_empty: String::new(),
            line_break: "\n# ".into(),
            lines: vec![Line { text: 9..19, starts: true }, Line { text: 22..33, starts: false }],
            comment: true,
        };
        let stream = Stream::of(document, &[Part::Prose(prose)]);
        assert_eq!(stream.text, "first part\nsecond part");
        for word in ["first", "second", "part"] {
            let at = stream.text.find(word).expect("there");
            assert_eq!(&document[stream.source(&(at..at + word.len()))], word);
        }
        assert_eq!(&document[stream.source(&(6..17))], "part\n# second");
    }
}
