//! A preview as a document: the receipt, then what would change, line by line, as a diff.
//!
//! Invariants
//! - nothing of the text ends the block that it stands in (`tests::a_fence_in_the_text_does_not_end_the_preview`).

use std::fmt::Write;

use super::blocks::Outcome;
use super::chat;
use crate::side_by_side::pairing;

/// Markdown with the receipt of an outcome and the lines of its original that change.
pub(crate) fn preview(title: &str, original: &str, outcome: &Outcome) -> String {
    let mut diff = String::new();
    let mut before = pairing::split(original);
    let mut after = pairing::split(&outcome.text);
    for pair in pairing::pairs(original, &outcome.text, &outcome.dropped) {
        let old: Vec<_> = before.by_ref().take(pair.original).collect();
        let new: Vec<_> = after.by_ref().take(pair.result).collect();
        let same = old == new;
        let marked = old.iter().map(|line| (if same { ' ' } else { '-' }, line));
        let marked = marked.chain(new.iter().filter(|_| !same).map(|line| ('+', line)));
        for (mark, line) in marked {
            diff.extend([mark].into_iter().chain(line.chars()).chain(['\n']));
        }
    }
    let fence = chat::fence(&diff);
    let mut out = format!("# {title}\n\n{}\n", outcome.receipt);
    for note in &outcome.receipt.notes {
        let _ = writeln!(out, "\n- {note}");
    }
    let lost = outcome.receipt.atoms.values().flat_map(|counts| &counts.lost);
    for atom in lost {
        let _ = writeln!(out, "- lost: {}", atom.replace('\n', " "));
    }
    let _ = write!(out, "\n{fence}diff\n{diff}{fence}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::session::blocks::tests::outcome;

    #[test]
    fn a_preview_shows_what_changes_and_what_stays() {
        let original = "first   line\nsecond line\n";
        let shown = preview("a.txt (preview)", original, &outcome(original));
        assert!(shown.starts_with("# a.txt (preview)\n\n"), "{shown}");
        assert!(shown.ends_with("```diff\n-first   line\n+first line\n second line\n```\n"), "{shown}");
    }

    #[test]
    fn a_fence_in_the_text_does_not_end_the_preview() {
        let original = "a   fence:\n````\ncode\n````\n";
        let shown = preview("a.md", original, &outcome(original));
        assert!(shown.contains("\n`````diff\n") && shown.ends_with("\n`````\n"), "{shown}");
    }
}
