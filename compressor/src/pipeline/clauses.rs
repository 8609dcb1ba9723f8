//! Headings and first clauses: what a skeleton has of running text.
//!
//! A heading stays whole. Of a paragraph or an item of a list its first clause stays: up to the end of its first sentence, or
//! to a semicolon, a colon, a dash or a comma before a conjunction, once it says something.
//!
//! Invariants
//! - whatever begins with a word keeps one (`tests::every_paragraph_keeps_its_first_clause`).

use super::prepare::Prepared;
use crate::stream::Stream;
use crate::tagger::units::{Sort, Unit};

/// Words of a clause before it may end within a sentence.
const FEWEST: usize = 4;

/// Words that go on with another clause after a comma.
const CONJUNCTIONS: [&str; 26] = [
    "which",
    "who",
    "whom",
    "whose",
    "where",
    "when",
    "while",
    "whereas",
    "because",
    "since",
    "although",
    "though",
    "as",
    "but",
    "and",
    "so",
    "or",
    "nor",
    "yet",
    "then",
    "thus",
    "hence",
    "therefore",
    "however",
    "including",
    "such",
];

/// For each unit, whether it stands in a heading or a first clause, or in what is left of a comment.
pub(super) fn stay(document: &Prepared<'_>) -> Vec<bool> {
    first_clauses(&document.stream, &document.units)
}

fn first_clauses(stream: &Stream, units: &[Unit]) -> Vec<bool> {
    let mut stay = Vec::with_capacity(units.len());
    let mut open = true;
    let mut words = 0;
    let mut before: Option<&Unit> = None;
    for unit in units {
        let line = &stream.lines[unit.line];
        let begins = before.is_none_or(|before| (before.line + 1..=unit.line).any(|at| stream.lines[at].starts));
        if begins {
            (open, words) = (true, 0);
        }
        let heading = stream.text[line.range.clone()].starts_with('#');
        if let Some(before) = before.filter(|before| !begins && open && !heading && before.sort == Sort::Word) {
            open = before.sentence == unit.sentence && !(words >= FEWEST && ends_clause(stream, before, unit));
        }
        words += usize::from(unit.sort == Sort::Word);
        stay.push(open || line.comment);
        before = Some(unit);
    }
    stay
}

/// Whether a clause ends between two units.
fn ends_clause(stream: &Stream, before: &Unit, after: &Unit) -> bool {
    let marks = &stream.text[before.core.end..before.whole.end];
    let word = stream.text[after.core.clone()].to_lowercase();
    marks.contains([';', ':', '—'])
        || after.sort == Sort::Dash
        || (marks.contains(',') && CONJUNCTIONS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Part, Prose};
    use crate::tagger::units::units;
    use crate::tokens::Tokenizer;
    use crate::{segment, stream};

    fn first_clauses_of(text: &str) -> String {
        let prose = Prose {
            source: 0..text.len(),
            open: String::new(),
            close: String::new(),
            when_empty: String::new(),
            line_break: "\n".to_owned(),
            lines: segment::lines(text, 0..text.len()),
            comment: false,
        };
        let stream = stream::Stream::of(text, &[Part::Prose(prose)]);
        let units = units(&stream, &[], Tokenizer::O200kBase).all;
        let stay = first_clauses(&stream, &units);
        let kept = units.iter().zip(stay).filter(|(_, stays)| *stays);
        kept.map(|(unit, _)| &stream.text[unit.whole.clone()]).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_paragraph_keeps_its_first_clause() {
        assert_eq!(
            first_clauses_of(
                "# How it works: an overview\n\nThe server reads the file, which takes a while. Then it rests.\n\n- one thing. And more.\n\
                 - Note: it must not be restarted while it runs, because that would harm it.\n\nYes.\n"
            ),
            "# How it works: an overview The server reads the file, - one thing. - Note: it must not be restarted while it \
             runs, Yes."
        );
    }

    #[test]
    fn a_clause_says_something() {
        assert_eq!(
            first_clauses_of("Red, and green, and blue are colours; others too."),
            "Red, and green, and blue are colours;"
        );
        assert_eq!(first_clauses_of("First: do this."), "First: do this.");
    }
}
