//! A wish to stop, and how far the work is: shared between the one who waits and the one who works.
//!
//! Invariants
//! - the windows that are done never outnumber those that are expected (`tests::done_follows_expected`);
//! - nothing here waits, and nothing locks.
//!
//! Deliberately absent: times and texts; whoever shows the progress knows both.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A wish to stop, and how far the work is.
#[derive(Debug, Default)]
pub struct Cancel {
    stop: AtomicBool,
    done: AtomicUsize,
    expected: AtomicUsize,
}

/// How far the work is, in windows of the model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Windows {
    /// Encoded so far.
    pub done: usize,
    /// Known of so far. A later step can add to it: the query is ranked after the words were scored.
    pub expected: usize,
}

impl Cancel {
    /// Nobody wants to stop yet, and nothing is done.
    #[must_use]
    pub const fn new() -> Self {
        Self { stop: AtomicBool::new(false), done: AtomicUsize::new(0), expected: AtomicUsize::new(0) }
    }

    /// Asks to stop. Whoever works leaves within milliseconds; windows that wait are not encoded, and those that lanes
    /// are at end unheard.
    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether someone asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// How far the work is. Both are 0 until the model is asked.
    #[must_use]
    pub fn windows(&self) -> Windows {
        // In this order: what is done was expected before.
        let done = self.done.load(Ordering::Acquire);
        Windows { done, expected: self.expected.load(Ordering::Relaxed) }
    }

    /// So many more windows are to be encoded.
    pub(crate) fn expect(&self, windows: usize) {
        self.expected.fetch_add(windows, Ordering::Relaxed);
    }

    /// So many fewer are: what was a guess is known now.
    pub(crate) fn expect_fewer(&self, windows: usize) {
        self.expected.fetch_sub(windows, Ordering::Relaxed);
    }

    /// One more window is encoded.
    pub(crate) fn advance(&self) {
        self.done.fetch_add(1, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn done_follows_expected() {
        let cancel = Cancel::new();
        assert_eq!(cancel.windows(), Windows::default());
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..10_000 {
                    cancel.expect(1);
                    cancel.advance();
                }
            });
            for _ in 0..10_000 {
                let Windows { done, expected } = cancel.windows();
                assert!(done <= expected, "{done} of {expected}");
            }
        });
        assert_eq!(cancel.windows(), Windows { done: 10_000, expected: 10_000 });
    }
}
