//! nl, code or mixed, and in which language, by regex.
//!
//! Invariants
//! - no model, and at most 1 ms for 100 KB: of a longer text, 32 stretches at fixed places are looked at
//!   (`tests::a_long_text_is_sampled`);
//! - the same text gives the same answer; confidence lies in [0, 1] (`tests::any_text_gets_an_answer`).
//!
//! Deliberately absent: cutting a text into segments (`segment`), which looks at every line.

mod content;
pub(crate) mod evidence;

use serde::{Deserialize, Serialize};

pub use content::detect_language;
use evidence::{Evidence, Tongue};

/// What a text is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Domain {
    /// Natural language.
    Nl,
    /// Source code.
    Code,
    /// Both.
    Mixed,
}

/// The domain, how sure, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Classification {
    /// What the text is made of.
    pub domain: Domain,
    /// From 0 to 1.
    pub confidence: f32,
    /// Names of the patterns that spoke, strongest first.
    pub indicators: Vec<&'static str>,
}

/// How many indicators are named.
const NAMED: usize = 6;

/// Below this share of code lines a text is natural language, above one minus this share it is code.
const MINOR: f32 = 0.12;

/// Natural language, code or both.
///
/// Every line votes by the patterns it matches. Comments and docstrings are code.
#[must_use]
pub fn classify(text: &str) -> Classification {
    let mut votes = Votes::default();
    for stretch in sample(text) {
        votes.add(stretch);
    }
    votes.classification()
}

/// What the lines said.
#[derive(Default)]
struct Votes {
    code: f32,
    prose: f32,
    patterns: Vec<f32>,
}

impl Votes {
    fn add(&mut self, stretch: &str) {
        self.patterns.resize(evidence::NAMES.len(), 0.0);
        let mut tracker = Tracker::default();
        for line in stretch.lines() {
            let evidence = if tracker.inside_comment(line) { Evidence::comment() } else { evidence::of(line) };
            for (pattern, weight) in evidence.patterns() {
                self.patterns[pattern] += weight;
            }
            match evidence.tongue {
                Tongue::Code => self.code += evidence.strength(),
                Tongue::Prose => self.prose += evidence.strength(),
                Tongue::Neither => {}
            }
        }
    }

    fn classification(&self) -> Classification {
        let total = self.code + self.prose;
        let share = if total > 0.0 { self.code / total } else { 0.0 };
        let (domain, clearness) = if share < MINOR {
            (Domain::Nl, 1.0 - share / MINOR / 2.0)
        } else if share > 1.0 - MINOR {
            (Domain::Code, 1.0 - (1.0 - share) / MINOR / 2.0)
        } else {
            (Domain::Mixed, 1.0 - (share - 0.5).abs() / (0.5 - MINOR) / 2.0)
        };
        // A single weak line says little, ten lines say enough.
        let amount = total / (total + 2.0);
        let mut indicators: Vec<usize> = (0..self.patterns.len()).filter(|&index| self.patterns[index] > 0.0).collect();
        indicators.sort_by(|&a, &b| self.patterns[b].total_cmp(&self.patterns[a]).then(a.cmp(&b)));
        Classification {
            domain,
            confidence: (clearness * (0.4 + 0.6 * amount)).clamp(0.0, 1.0),
            indicators: indicators.into_iter().take(NAMED).map(|index| evidence::NAMES[index]).collect(),
        }
    }
}

/// Follows block comments and docstrings from line to line.
#[derive(Default)]
pub(crate) struct Tracker {
    close: Option<&'static str>,
}

/// What opens a stretch of comment at the start of a line, and what closes it.
const COMMENTS: [(&str, &str); 5] =
    [("\"\"\"", "\"\"\""), ("'''", "'''"), ("r\"\"\"", "\"\"\""), ("/*", "*/"), ("<!--", "-->")];

impl Tracker {
    /// Whether `line` lies in a block comment or docstring, its first and last line included.
    pub(crate) fn inside_comment(&mut self, line: &str) -> bool {
        if let Some(close) = self.close {
            if line.contains(close) {
                self.close = None;
            }
            return true;
        }
        let line = line.trim_start();
        for (open, close) in COMMENTS {
            if let Some(rest) = line.strip_prefix(open) {
                if !rest.contains(close) {
                    self.close = Some(close);
                }
                return true;
            }
        }
        false
    }
}

/// Stretches of whole lines: all of a short text, [`STRETCHES`] of [`STRETCH`] bytes at equal distances of a long one.
fn sample(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.len() <= STRETCHES * STRETCH;
    let count = if whole { 1 } else { STRETCHES };
    (0..count).map(move |index| {
        if whole {
            return text;
        }
        let from = text.len() / STRETCHES * index;
        let bytes = text.as_bytes();
        let start = if from == 0 {
            0
        } else {
            // The line that is cut by the stretch's begin is left out, unless it is longer than the stretch.
            memchr::memchr(b'\n', &bytes[from..from + STRETCH]).map_or(from, |offset| from + offset + 1)
        };
        &text[text.floor_char_boundary(start)..text.floor_char_boundary((from + STRETCH).min(text.len()))]
    })
}

const STRETCHES: usize = 32;
const STRETCH: usize = 512;

#[cfg(test)]
mod tests;
