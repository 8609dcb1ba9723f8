//! Scissors: notes which parts a cut takes while they are written, and writes what then stands for them.
//!
//! The white space before the first token of a cut belongs to it, and that after its last token too, unless a comment
//! follows, which brings its own. So the parts around a cut are the same whether it is made or not.
//!
//! Deliberately absent: whether a cut is made.

use std::cmp::Reverse;
use std::ops::Range;

use crate::draft::Cut;
use crate::structural::cuts::Planned;
use crate::structural::indentation::Indentation;
use crate::structural::outline::Token;

/// What is cut, and how far that is.
pub(super) struct Scissors<'a> {
    planned: &'a [Planned],
    /// Those of them that have begun, the innermost last.
    open: Vec<Open<'a>>,
    made: Vec<Cut>,
}

struct Open<'a> {
    planned: &'a Planned,
    /// Its first part.
    part: usize,
    /// What stands before its mark.
    lead: String,
}

/// Where a cut begins or ends.
pub(super) struct Edge<'a> {
    pub(super) indentation: &'a Indentation,
    pub(super) tokens: &'a [Token],
    /// The number of parts that are written.
    pub(super) part: usize,
    /// The token after it; none at the end of the text.
    pub(super) next: Option<usize>,
    /// Whether the white space here belongs to the cut.
    pub(super) has_space: bool,
    /// Whether code stands before it, and no comment or docstring between.
    pub(super) follows_code: bool,
    /// Whether no code stands before it.
    pub(super) is_head: bool,
}

impl<'a> Scissors<'a> {
    pub(super) fn new(planned: &'a [Planned]) -> Self {
        Self { planned, open: Vec::new(), made: Vec::new() }
    }

    /// Whether a cut begins at or before a byte.
    pub(super) fn begin_by(&self, at: usize) -> bool {
        self.planned.first().is_some_and(|cut| cut.range.start <= at)
    }

    /// Whether a cut ends at or before a byte.
    pub(super) fn end_by(&self, at: usize) -> bool {
        self.open.last().is_some_and(|open| open.planned.range.end <= at)
    }

    /// Whether what is written now is left out if all cuts are made.
    pub(super) fn is_within(&self) -> bool {
        !self.open.is_empty()
    }

    /// The next cut within a token.
    pub(super) fn within(&self, token: &Range<usize>) -> Option<Range<usize>> {
        let cut = &self.planned.first()?.range;
        (token.start < cut.start && cut.end < token.end).then(|| cut.clone())
    }

    /// Begins the cuts that begin at or before a byte.
    pub(super) fn begin(&mut self, at: usize, edge: &Edge<'_>) {
        while let Some((planned, rest)) = self.planned.split_first().filter(|(cut, _)| cut.range.start <= at) {
            self.planned = rest;
            let lead = if edge.has_space { lead(planned, edge) } else { String::new() };
            self.open.push(Open { planned, part: edge.part, lead });
        }
    }

    /// Ends the cuts that end at or before a byte.
    pub(super) fn end(&mut self, at: usize, edge: &Edge<'_>) {
        while let Some(open) = self.open.pop_if(|open| open.planned.range.end <= at) {
            let Open { planned, part, lead } = open;
            let trail = if edge.has_space { trail(planned, edge) } else { String::new() };
            if part < edge.part {
                let text = lead + &planned.mark.text + &trail;
                self.made.push(Cut { parts: part..edge.part, text, omission: planned.omission });
            }
        }
    }

    /// The cuts in order, an outer one before those within it.
    pub(super) fn finish(mut self) -> Vec<Cut> {
        self.made.sort_by_key(|cut| (cut.parts.start, Reverse(cut.parts.end)));
        self.made
    }
}

/// Whether a mark may stand within a line, between what encloses the cut.
fn is_enclosed(planned: &Planned) -> bool {
    planned.is_whole_body
}

fn lead(planned: &Planned, edge: &Edge<'_>) -> String {
    let Some(next) = edge.next else { return " ".to_owned() };
    let may_join = !planned.keeps_apart && edge.follows_code && (planned.mark.stands_in || !planned.mark.ends_line);
    if edge.is_head {
        String::new()
    } else if edge.tokens[next].own_line && !(is_enclosed(planned) && may_join) {
        format!("\n{}", edge.indentation.before(next))
    } else {
        " ".to_owned()
    }
}

fn trail(planned: &Planned, edge: &Edge<'_>) -> String {
    let Some(next) = edge.next else { return "\n".to_owned() };
    if planned.mark.ends_line || (edge.tokens[next].own_line && !is_enclosed(planned)) {
        format!("\n{}", edge.indentation.before(next))
    } else {
        " ".to_owned()
    }
}
