//! Compressed blocks: which stretches of a document came out of a compression, and what their receipts say.
//!
//! An edit that the server computed is applied by the client, at a time of its own; a block begins when the text that was
//! proposed for a place is seen there.
//!
//! Invariants
//! - a block is told of only while its text is what was written (`tests::a_block_ends_where_it_is_edited`).
//!
//! Deliberately absent: blocks of earlier sessions.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use compressor::receipt::Receipt;
use ropey::Rope;

use super::edit::Edit;

/// Proposals that are remembered for a document; older ones were not applied.
const PROPOSED: usize = 32;

/// The blocks of a document.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    proposed: VecDeque<(usize, Arc<Outcome>)>,
    written: Vec<(Range<usize>, Arc<Outcome>)>,
}

/// A text that came out of a compression.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The text.
    pub(crate) text: String,
    /// What was saved, kept and lost.
    pub(crate) receipt: Receipt,
    /// Bytes of the original that are not in it, in order.
    pub(crate) dropped: Vec<Range<usize>>,
    /// How to have the original again.
    pub(crate) handle: Option<String>,
}

impl Blocks {
    /// A text may soon stand at a byte.
    pub(crate) fn propose(&mut self, start: usize, outcome: Arc<Outcome>) {
        if self.proposed.len() == PROPOSED {
            self.proposed.pop_front();
        }
        self.proposed.push_back((start, outcome));
    }

    /// The outcome whose text holds a byte.
    pub(crate) fn at(&self, offset: usize) -> Option<(Range<usize>, Arc<Outcome>)> {
        let found = self.written.iter().find(|(range, _)| range.start <= offset && offset <= range.end)?;
        Some((found.0.clone(), Arc::clone(&found.1)))
    }

    /// Follows an edit. What is cut into may come back: by undo, or by redo.
    pub(crate) fn edited(&mut self, edit: &Edit) {
        for (range, outcome) in std::mem::take(&mut self.written) {
            if edit.old_end <= range.start || edit.start >= range.end {
                self.written.push((edit.moved(&range), outcome));
            } else {
                self.propose(range.start, outcome);
            }
        }
    }

    /// Looks whether proposals were applied, after all edits of a change.
    pub(crate) fn settle(&mut self, text: &Rope) {
        let written = &mut self.written;
        self.proposed.retain(|(start, outcome)| {
            let range = *start..start + outcome.text.len();
            let applied = text.get_byte_slice(range.clone()).is_some_and(|slice| slice == outcome.text.as_str());
            if applied {
                written.push((range, Arc::clone(outcome)));
            }
            !applied
        });
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::num::NonZeroUsize;
    use std::time::Duration;

    use compressor::engine::Cancel;
    use compressor::model::ModelSource;
    use compressor::pipeline::{Compressor, Document, Runtime};
    use compressor::policy::{EngineChoice, Level, Policy};

    use super::*;

    /// What level safe makes of a text, without a model.
    pub(crate) fn outcome(text: &str) -> Arc<Outcome> {
        let runtime = Runtime { lanes: NonZeroUsize::MIN, clock: || Duration::ZERO };
        let compressor = Compressor::new(ModelSource::Folder("none".into()), runtime);
        let policy = Policy::new(Level::Safe).with_engine(EngineChoice::Structural);
        let document = Document { text, name: None, language: None };
        let result = compressor.compress(&document, &policy, &Cancel::new()).expect("no model is needed");
        Arc::new(Outcome { text: result.text, receipt: result.receipt, dropped: result.dropped, handle: None })
    }

    #[test]
    fn a_block_begins_when_its_text_is_seen() {
        let mut blocks = Blocks::default();
        blocks.propose(4, outcome("short"));
        blocks.settle(&Rope::from_str("the longer text"));
        assert!(blocks.at(5).is_none(), "not applied yet");
        blocks.settle(&Rope::from_str("the short text"));
        assert_eq!(blocks.at(5).map(|(range, _)| range), Some(4..9));
        assert!(blocks.at(3).is_none() && blocks.at(10).is_none());
    }

    #[test]
    fn a_block_ends_where_it_is_edited() {
        let mut blocks = Blocks::default();
        blocks.propose(4, outcome("short"));
        blocks.settle(&Rope::from_str("the short text"));
        blocks.edited(&Edit { start: 0, old_end: 0, new_end: 2 });
        assert_eq!(blocks.at(7).map(|(range, _)| range), Some(6..11), "it follows the text");
        blocks.edited(&Edit { start: 8, old_end: 8, new_end: 9 });
        assert!(blocks.at(7).is_none(), "it is another text now");
        blocks.settle(&Rope::from_str("12the shXort text"));
        assert!(blocks.at(7).is_none(), "it still is");
        blocks.edited(&Edit { start: 8, old_end: 9, new_end: 8 });
        blocks.settle(&Rope::from_str("12the short text"));
        assert_eq!(blocks.at(7).map(|(range, _)| range), Some(6..11), "the edit was undone");
    }
}
