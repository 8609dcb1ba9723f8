//! The record that comes with every result: what was saved, kept and lost, by which engine and model, in how long.
//!
//! Its JSON form is described by `docs/receipt.schema.json`; `tests/cli` validates real receipts against it.
//!
//! Invariants
//! - no text of the user but the atoms that were lost, so that a receipt of a complete result can be logged
//!   (`tests::a_complete_receipt_holds_no_text`).

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::atoms::Category;
use crate::draft::Omitted;
use crate::policy::Level;

/// What was saved, kept and lost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Receipt {
    /// Sizes by the tokenizer of the policy.
    pub tokens: TokenCounts,
    /// How far the compression was asked to go.
    pub level: Level,
    /// Prose, code or both.
    pub domain: crate::domain::Classification,
    /// What was found and what went, by category; categories without an atom are left out.
    pub atoms: BTreeMap<Category, AtomCounts>,
    /// What was left out of code, by what it is; what nothing was left out of is not there.
    pub omitted: BTreeMap<Omitted, OmittedCounts>,
    /// What happened to each stretch of the text, in order.
    pub segments: Vec<SegmentRecord>,
    /// The model that worked, if one did.
    pub model: Option<ModelRecord>,
    /// Time from text to result, without loading a model.
    pub milliseconds: f64,
    /// What a person should know, a sentence each.
    pub notes: Vec<String>,
}

/// Sizes of original and result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenCounts {
    /// The ruler's name.
    pub tokenizer: &'static str,
    /// Whether the counts are exact; otherwise they are estimates within the stated error of the tokenizer.
    pub exact: bool,
    /// Tokens of the original.
    pub before: usize,
    /// Tokens of the result.
    pub after: usize,
}

impl TokenCounts {
    /// Tokens after / tokens before; 1 for an empty text.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        if self.before == 0 { 1.0 } else { self.after as f64 / self.before as f64 }
    }
}

/// Atoms of one category.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AtomCounts {
    /// How many the original has.
    pub found: usize,
    /// How many of them the result has.
    pub kept: usize,
    /// The others, as they stood, in order.
    pub lost: Vec<String>,
}

/// What was left out of code of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OmittedCounts {
    /// How many there were.
    pub count: usize,
    /// Lines that they stood on.
    pub lines: usize,
}

/// What happened to one stretch of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SegmentRecord {
    /// First byte in the original.
    pub start: usize,
    /// Byte after the last in the original.
    pub end: usize,
    /// `prose`, `code`, `data` or `verbatim`.
    pub kind: &'static str,
    /// Language or data format, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'static str>,
    /// What shortened it.
    pub engine: EngineName,
    /// Bytes of the original.
    pub bytes_before: usize,
    /// Bytes of the result.
    pub bytes_after: usize,
}

/// What shortened a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineName {
    /// Nothing: passed through as it was.
    None,
    /// Layout and code by tree-sitter.
    Structural,
    /// Words by the encoder.
    Tagger,
}

/// The model that worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModelRecord {
    /// Its name in the manifest.
    pub name: String,
    /// sha256 over the manifest's file hashes, in order, in hexadecimal.
    pub hash: String,
}

impl Receipt {
    /// How many atoms went.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.atoms.values().map(|counts| counts.lost.len()).sum()
    }

    /// How many lines of code and comments were left out.
    #[must_use]
    pub fn omitted_lines(&self) -> usize {
        self.omitted.values().map(|counts| counts.lines).sum()
    }
}

/// The one-line form: `1,243 -> 598 tokens (48%, o200k_base), 0 atoms lost of 87, balanced, 41 ms`; where code was left out,
/// its lines are told after the atoms.
impl fmt::Display for Receipt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = if self.tokens.exact { "" } else { "about " };
        let found: usize = self.atoms.values().map(|counts| counts.found).sum();
        let lines = match self.omitted_lines() {
            0 => String::new(),
            lines => format!(" {} line{} left out,", grouped(lines), if lines == 1 { "" } else { "s" }),
        };
        write!(
            out,
            "{about}{} -> {} tokens ({:.0}%, {}), {} atoms lost of {found},{lines} {}, {:.0} ms",
            grouped(self.tokens.before),
            grouped(self.tokens.after),
            self.tokens.ratio() * 100.0,
            self.tokens.tokenizer,
            self.lost(),
            self.level.name(),
            self.milliseconds,
        )
    }
}

/// A number with commas between thousands.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt() -> Receipt {
        let text = "The password is hunter2, and it must never be told to Alice Cooper.";
        Receipt {
            tokens: TokenCounts { tokenizer: "o200k_base", exact: true, before: 1_243, after: 598 },
            level: Level::Balanced,
            domain: crate::domain::classify(text),
            atoms: BTreeMap::from([
                (Category::Negation, AtomCounts { found: 2, kept: 2, lost: Vec::new() }),
                (Category::Name, AtomCounts { found: 85, kept: 85, lost: Vec::new() }),
            ]),
            omitted: BTreeMap::new(),
            segments: vec![SegmentRecord {
                start: 0,
                end: text.len(),
                kind: "prose",
                language: None,
                engine: EngineName::Tagger,
                bytes_before: text.len(),
                bytes_after: 40,
            }],
            model: Some(ModelRecord { name: "tagger".to_owned(), hash: "0".repeat(64) }),
            milliseconds: 41.3,
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_complete_receipt_holds_no_text() {
        let json = serde_json::to_string(&receipt()).expect("a receipt is JSON");
        for word in ["password", "hunter2", "Alice"] {
            assert!(!json.contains(word), "{word} is in {json}");
        }
    }

    #[test]
    fn a_receipt_is_one_line() {
        let mut receipt = receipt();
        assert_eq!(receipt.to_string(), "1,243 -> 598 tokens (48%, o200k_base), 0 atoms lost of 87, balanced, 41 ms");
        receipt.tokens = TokenCounts { tokenizer: "claude", exact: false, before: 0, after: 0 };
        receipt.atoms.entry(Category::Name).or_default().lost.push("Alice Cooper".to_owned());
        assert_eq!(receipt.lost(), 1);
        receipt.omitted = BTreeMap::from([(Omitted::Bodies, OmittedCounts { count: 2, lines: 40 })]);
        assert_eq!(
            receipt.to_string(),
            "about 0 -> 0 tokens (100%, claude), 1 atoms lost of 87, 40 lines left out, balanced, 41 ms"
        );
    }

    #[test]
    fn thousands_are_set_apart() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567")];
        for (number, written) in cases {
            assert_eq!(grouped(number), written);
        }
    }
}
