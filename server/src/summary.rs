//! Receipts in words: one text, the sum of several, and what a person must be told without asking.

use std::fmt;

use compressor::policy::{Budget, Policy};
use compressor::receipt::{Receipt, TokenCounts, grouped};
use serde::Serialize;

use crate::console::Console;
use crate::exit::Exit;

/// The sum of several receipts.
#[derive(Debug, Default)]
pub struct Totals {
    texts: usize,
    shortened: usize,
    tokens: Option<TokenCounts>,
    found: usize,
    lost: usize,
}

impl Totals {
    /// Adds a text.
    pub fn add(&mut self, receipt: &Receipt) {
        self.texts += 1;
        self.shortened += usize::from(is_shortened(receipt));
        self.found += receipt.atoms.values().map(|counts| counts.found).sum::<usize>();
        self.lost += receipt.lost();
        match &mut self.tokens {
            None => self.tokens = Some(receipt.tokens.clone()),
            Some(sum) => {
                sum.before += receipt.tokens.before;
                sum.after += receipt.tokens.after;
            }
        }
    }

    /// The exit code of a run over several texts.
    pub fn exit(&self, failed: bool) -> Exit {
        match self.shortened {
            _ if failed => Exit::Failed,
            0 => Exit::Unshortened,
            _ => Exit::Done,
        }
    }

    /// Says what must not go unnoticed about all texts together.
    pub fn warn(&self, policy: &Policy, console: &mut Console) {
        if let Some(tokens) = &self.tokens {
            warn(tokens, self.lost, policy, console);
        }
    }
}

/// `total of 12 texts: 1,243 -> 598 tokens (48%, o200k_base), 0 atoms lost of 87, 2 texts not shortened`.
impl fmt::Display for Totals {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "total of {} texts", grouped(self.texts))?;
        let Some(tokens) = &self.tokens else { return Ok(()) };
        write!(
            out,
            ": {}{} -> {} tokens ({:.0}%, {}), {} atoms lost of {}, {} not shortened",
            if tokens.exact { "" } else { "about " },
            grouped(tokens.before),
            grouped(tokens.after),
            tokens.ratio() * 100.0,
            tokens.tokenizer,
            self.lost,
            grouped(self.found),
            grouped(self.texts - self.shortened),
        )
    }
}

/// Whether the result is shorter than the original.
pub fn is_shortened(receipt: &Receipt) -> bool {
    receipt.tokens.after < receipt.tokens.before
}

/// The receipt in one line, its notes and the atoms that were lost.
pub fn lines(receipt: &Receipt) -> Vec<String> {
    let mut lines = vec![receipt.to_string()];
    lines.extend(receipt.notes.iter().map(|note| format!("note: {note}")));
    for (what, counts) in &receipt.omitted {
        lines.push(format!("left out {}: {} on {} lines", said(what), grouped(counts.count), grouped(counts.lines)));
    }
    for (category, counts) in receipt.atoms.iter().filter(|(_, counts)| !counts.lost.is_empty()) {
        lines.push(format!("lost {}: {}", said(category), counts.lost.join(", ")));
    }
    lines
}

/// A category by its name in receipts, in words.
fn said(category: &impl Serialize) -> String {
    let name = serde_json::to_value(category).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or("atom").replace('_', " ")
}

/// Says on stderr what must not go unnoticed: atoms that were lost and a budget that was not met.
pub fn warn(tokens: &TokenCounts, lost: usize, policy: &Policy, console: &mut Console) {
    if lost > 0 {
        console.remark(format_args!("{lost} atoms were lost: --stats or --json lists them"));
    }
    let limit = match policy.budget() {
        None => return,
        Some(Budget::Tokens(limit)) => limit as f64,
        Some(Budget::Ratio(ratio)) => ratio * tokens.before as f64,
    };
    if tokens.after as f64 > limit {
        console.remark(format_args!(
            "{} tokens is over the budget of {limit:.0}: nothing more can go at level {}",
            grouped(tokens.after),
            policy.level().name(),
        ));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use compressor::atoms::Category;
    use compressor::domain::{Classification, Domain};
    use compressor::policy::Level;
    use compressor::receipt::AtomCounts;

    use super::*;

    fn receipt(before: usize, after: usize, lost: &[&str]) -> Receipt {
        let lost: Vec<_> = lost.iter().map(ToString::to_string).collect();
        let counts = AtomCounts { found: 3, kept: 3 - lost.len(), lost };
        Receipt {
            omitted: BTreeMap::new(),
            tokens: TokenCounts { tokenizer: "o200k_base", exact: true, before, after },
            level: Level::Tight,
            domain: Classification { domain: Domain::Nl, confidence: 1.0, indicators: Vec::new() },
            atoms: BTreeMap::from([(Category::ErrorLine, counts)]),
            segments: Vec::new(),
            model: None,
            milliseconds: 1.0,
            notes: vec!["A note.".to_owned()],
        }
    }

    #[test]
    fn totals_add_up() {
        let mut totals = Totals::default();
        assert_eq!(totals.exit(false), Exit::Unshortened);
        totals.add(&receipt(1_000, 400, &["a"]));
        totals.add(&receipt(10, 10, &[]));
        assert_eq!(
            totals.to_string(),
            "total of 2 texts: 1,010 -> 410 tokens (41%, o200k_base), 1 atoms lost of 6, 1 not shortened"
        );
        assert_eq!((totals.exit(false), totals.exit(true)), (Exit::Done, Exit::Failed));
    }

    #[test]
    fn what_was_lost_is_listed() {
        let lines = lines(&receipt(10, 5, &["a", "b"]));
        assert_eq!(lines[1..], ["note: A note.".to_owned(), "lost error line: a, b".to_owned()]);
    }
}
