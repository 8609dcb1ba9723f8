//! Kept units -> text that reads well.
//!
//! Invariants
//! - no doubled or orphaned punctuation: what closes a sentence follows its last kept word, a comma stands only between
//!   two kept words (`tests::punctuation_is_neither_doubled_nor_orphaned`);
//! - quotes and brackets that were paired stay paired (`tests::pairs_stay_paired`);
//! - every word is a copy of the source or an admitted short form.

use std::ops::Range;

use super::units::{Sort, Unit};
use crate::draft::Prose;
use crate::notation::{Joint, joint};
use crate::stream::Stream;

/// What is fixed while a document is rendered again and again for a budget.
pub(crate) struct Renderer<'draft> {
    pub(crate) stream: &'draft Stream,
    pub(crate) units: &'draft [Unit],
    /// Brackets and quotes that open in one unit's punctuation and close in another's.
    pairs: Vec<Pair>,
    /// For each line the one where its paragraph or item begins.
    items: Vec<usize>,
    symbols: &'draft [String],
    symbol_threshold: f32,
}

#[derive(Debug)]
struct Pair {
    open: usize,
    open_at: usize,
    close: usize,
    close_at: usize,
}

/// Which units stay, and how sure a comma must be.
pub(crate) struct Selection<'kept> {
    /// One flag for each unit.
    pub(crate) kept: &'kept [bool],
    /// Least keep probability of punctuation within a sentence.
    pub(crate) threshold: f32,
}

/// A piece of punctuation of the result: where it stood and what it is.
type Mark = (usize, char);

impl<'draft> Renderer<'draft> {
    pub(crate) fn new(
        stream: &'draft Stream,
        units: &'draft [Unit],
        symbols: &'draft [String],
        symbol_threshold: f32,
    ) -> Self {
        let mut item = 0;
        let lines = stream.lines.iter().enumerate();
        let items = lines
            .map(|(index, line)| {
                item = if line.starts { index } else { item };
                item
            })
            .collect();
        Self { stream, units, pairs: pairs(stream, units), items, symbols, symbol_threshold }
    }

    /// Settles what depends on other units: one word of a sentence says nothing, markers stay with their line, dashes
    /// between kept words.
    pub(crate) fn settle(&self, kept: &mut [bool], threshold: f32) {
        self.drop_fragments(kept);
        let mut word_kept_in_line = vec![false; self.stream.lines.len()];
        let mut previous: Option<usize> = None;
        for (index, unit) in self.units.iter().enumerate().filter(|(_, unit)| unit.sort == Sort::Word) {
            word_kept_in_line[self.items[unit.line]] |= kept[index];
            // Dashes since the word before: kept between two kept words of one sentence.
            if let Some(last) = previous {
                let between: Range<usize> = last + 1..index;
                let joined = kept[last] && kept[index] && self.units[last].sentence == unit.sentence;
                for dash in between.filter(|&at| self.units[at].sort == Sort::Dash) {
                    // Between two atoms that stood side by side it is a range: 1914 – 1918.
                    let range = index == last + 2 && self.units[last].protected && self.units[index].protected;
                    kept[dash] = joined && (range || self.units[dash].keep >= threshold);
                }
            }
            previous = Some(index);
        }
        for (index, unit) in self.units.iter().enumerate().filter(|(_, unit)| unit.sort == Sort::Marker) {
            kept[index] = word_kept_in_line[self.items[unit.line]];
        }
    }

    /// Drops the last word of a sentence that has no atom and lost all others.
    fn drop_fragments(&self, kept: &mut [bool]) {
        let mut start = 0;
        for sentence in self.units.chunk_by(|a, b| a.sentence == b.sentence) {
            let kept = &mut kept[start..start + sentence.len()];
            start += sentence.len();
            let stays = |at: &usize| kept[*at] && sentence[*at].sort == Sort::Word;
            let words = (0..sentence.len()).filter(stays).count();
            let held = (0..sentence.len()).filter(stays).any(|at| sentence[at].protected);
            if words <= FRAGMENT && !held && sentence.len() >= SENTENCE {
                kept.fill(false);
            }
        }
    }

    /// The text of a part, empty if none of its units stays.
    pub(crate) fn part(&self, part: usize, prose: &Prose, document: &str, selection: &Selection<'_>) -> String {
        let range = self.units_of(part);
        let mut out = String::new();
        let mut last: Option<usize> = None;
        let (mut before, mut after) = self.marks(&range, selection);
        for index in range.clone().filter(|&index| selection.kept[index]) {
            match last {
                None => out.push_str(&prose.open),
                Some(last) => self.separate(&mut out, last, index, prose, document, selection),
            }
            let at = index - range.start;
            out.extend(before[at].drain(..).map(|(_, mark)| mark));
            self.write_core(&mut out, index);
            after[at].sort_by_key(|mark| mark.0);
            write_marks(&mut out, &after[at]);
            last = Some(index);
        }
        out.push_str(if last.is_some() { &prose.close } else { &prose.when_empty });
        out
    }

    /// The units of a part.
    pub(crate) fn units_of(&self, part: usize) -> Range<usize> {
        let part_of = |unit: &Unit| self.stream.lines[unit.line].part;
        self.units.partition_point(|unit| part_of(unit) < part)
            ..self.units.partition_point(|unit| part_of(unit) <= part)
    }

    /// An atom keeps its bytes, but for a line break within, which becomes a space.
    fn write_core(&self, out: &mut String, index: usize) {
        let unit = &self.units[index];
        let core = unit.short.unwrap_or(&self.stream.text[unit.core.clone()]);
        let mut lines = core.split('\n');
        out.push_str(lines.next().unwrap_or_default());
        for line in lines {
            out.push(' ');
            out.push_str(line.trim_start());
        }
    }

    /// What stands between two kept units: a line break, a symbol, a space.
    fn separate(
        &self,
        out: &mut String,
        last: usize,
        index: usize,
        prose: &Prose,
        document: &str,
        selection: &Selection<'_>,
    ) {
        let (from, to) = (self.units[last].line, self.units[index].line);
        let breaks = (from + 1..=to).filter(|&line| self.stream.lines[line].starts);
        let (mut broken, mut blank, mut start) = (false, false, to);
        for line in breaks {
            broken = true;
            blank |= self.stream.lines[line].after_blank;
            start = line;
        }
        if broken {
            if blank && !prose.comment {
                out.push('\n');
            }
            out.push_str(&prose.line_break);
            if !prose.comment {
                out.push_str(self.indentation(start, document));
            }
            return;
        }
        match self.symbol(last, index, selection) {
            Some((symbol, Joint::AfterWord)) => out.push_str(symbol),
            Some((symbol, Joint::Spaced)) => {
                out.push(' ');
                out.push_str(symbol);
            }
            None => {}
        }
        out.push(' ');
    }

    /// White space before a list item, whose depth means something.
    fn indentation<'text>(&self, line: usize, document: &'text str) -> &'text str {
        let start = self.stream.lines[line].source.start;
        let from = document[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let indentation = &document[from..start];
        let item = document[start..].starts_with(['-', '*', '+', '•'])
            || document[start..].starts_with(|c: char| c.is_ascii_digit());
        if item && indentation.bytes().all(|byte| matches!(byte, b' ' | b'\t')) { indentation } else { "" }
    }

    /// The symbol between two kept words of a sentence, where it stands for dropped words that cost more.
    fn symbol(&self, last: usize, index: usize, selection: &Selection<'_>) -> Option<(&'draft str, Joint)> {
        let (left, right) = (&self.units[last], &self.units[index]);
        let (class, probability) = right.symbol;
        let symbol = self.symbols.get(class)?.as_str();
        let joint = joint(symbol)?;
        let dropped: usize = self.units[last + 1..index].iter().map(|unit| unit.cost).sum();
        let bare = left.core.end == left.whole.end && right.core.start == right.whole.start;
        let fits = left.sentence == right.sentence && left.sort == Sort::Word && right.sort == Sort::Word && bare;
        (fits && dropped >= SYMBOL_COST && probability >= self.symbol_threshold.max(selection.threshold))
            .then_some((symbol, joint))
    }

    /// Punctuation before and after each unit of a range.
    fn marks(&self, range: &Range<usize>, selection: &Selection<'_>) -> (Vec<Vec<Mark>>, Vec<Vec<Mark>>) {
        let (mut before, mut after) = (vec![Vec::new(); range.len()], vec![Vec::new(); range.len()]);
        let mut next = vec![usize::MAX; range.len() + 1];
        let mut previous = vec![usize::MAX; range.len() + 1];
        for index in range.clone().rev() {
            let at = index - range.start;
            next[at] = if selection.kept[index] { index } else { next[at + 1] };
        }
        for index in range.clone() {
            let at = index - range.start;
            previous[at + 1] = if selection.kept[index] { index } else { previous[at] };
        }
        let first = self.pairs.partition_point(|pair| pair.open < range.start);
        let mut paired = std::collections::HashSet::new();
        for pair in self.pairs[first..].iter().take_while(|pair| pair.open < range.end) {
            paired.extend([pair.open_at, pair.close_at]);
            let (open, close) = (next[pair.open - range.start], previous[pair.close - range.start + 1]);
            if open <= pair.close && close != usize::MAX && close >= pair.open {
                before[open - range.start].push((pair.open_at, self.char_at(pair.open_at)));
                after[close - range.start].push((pair.close_at, self.char_at(pair.close_at)));
            }
        }
        for index in range.clone() {
            let unit = &self.units[index];
            let at = index - range.start;
            if selection.kept[index] {
                let open = self.stream.text[unit.whole.start..unit.core.start].char_indices();
                before[at].extend(
                    open.map(|(offset, mark)| (unit.whole.start + offset, mark))
                        .filter(|mark| !paired.contains(&mark.0)),
                );
                before[at].sort_by_key(|mark| mark.0);
            }
            let follows = next[at + 1];
            let goes_on = follows != usize::MAX && self.units[follows].sentence == unit.sentence;
            let holder = previous[at + 1];
            let close = self.stream.text[unit.core.end..unit.whole.end].char_indices();
            for (offset, mark) in close.map(|(offset, mark)| (unit.core.end + offset, mark)) {
                if paired.contains(&offset) {
                    continue;
                }
                if is_sentence_end(mark) {
                    let same = holder != usize::MAX && self.units[holder].sentence == unit.sentence;
                    // An inner full stop, as in "St. Louis", goes with its word; the last one ends the sentence.
                    if same && (!goes_on || holder == index) {
                        after[holder - range.start].push((offset, mark));
                    }
                } else if selection.kept[index] && self.mid(index, mark, goes_on, follows, selection) {
                    after[at].push((offset, mark));
                }
            }
        }
        (before, after)
    }

    /// Whether a comma, colon or the like after a kept unit stays.
    fn mid(&self, index: usize, mark: char, goes_on: bool, follows: usize, selection: &Selection<'_>) -> bool {
        let unit = &self.units[index];
        match mark {
            ',' | ';' | '–' | '—' => {
                // Between two atoms that stood side by side it separates the items of a list.
                let list = goes_on && follows == index + 1 && unit.protected && self.units[follows].protected;
                goes_on && (list || unit.punctuation >= selection.threshold)
            }
            ':' => !goes_on || unit.punctuation >= selection.threshold,
            _ => true,
        }
    }

    fn char_at(&self, offset: usize) -> char {
        self.stream.text[offset..].chars().next().expect("an offset of a mark")
    }
}

/// Words that are no sentence, and units of what was one.
const FRAGMENT: usize = 1;
const SENTENCE: usize = 4;

/// Tokens that dropped words must have cost for a symbol, a token itself, to stand in their place.
const SYMBOL_COST: usize = 2;

/// A comma or colon whose sentence ends right there gives way to the end.
fn write_marks(out: &mut String, marks: &[Mark]) {
    for (index, &(_, mark)) in marks.iter().enumerate() {
        let ends = marks.get(index + 1).is_some_and(|&(_, next)| is_sentence_end(next));
        if !(ends && matches!(mark, ',' | ';' | ':')) {
            out.push(mark);
        }
    }
}

fn is_sentence_end(mark: char) -> bool {
    matches!(mark, '.' | '!' | '?' | '…')
}

/// Finds brackets, quotes and emphasis that open before one unit's core and close after another's, within a sentence or
/// a few of one part: parts are rendered apart.
fn pairs(stream: &Stream, units: &[Unit]) -> Vec<Pair> {
    let text = &stream.text;
    let part = |unit: usize| stream.lines[units[unit].line].part;
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, usize, char)> = Vec::new();
    let mut line_item = usize::MAX;
    for (index, unit) in units.iter().enumerate() {
        let is_far = |&(first, ..): &(usize, usize, char)| {
            units[first].line + PAIR_LINES < unit.line || part(first) != part(index)
        };
        if unit.line != line_item && open.first().is_some_and(is_far) {
            open.clear();
        }
        line_item = unit.line;
        for (offset, mark) in text[unit.whole.start..unit.core.start].char_indices() {
            if closing(mark).is_some() && unit.sort == Sort::Word {
                open.push((index, unit.whole.start + offset, mark));
            }
        }
        for (offset, mark) in text[unit.core.end..unit.whole.end].char_indices() {
            if let Some(depth) = open.iter().rposition(|&(.., opened)| closing(opened) == Some(mark)) {
                let (opened_in, open_at, _) = open[depth];
                open.truncate(depth);
                pairs.push(Pair { open: opened_in, open_at, close: index, close_at: unit.core.end + offset });
            }
        }
        open.drain(..open.len().saturating_sub(PAIR_DEPTH));
    }
    pairs.sort_by_key(|pair| (pair.open, pair.open_at));
    pairs
}

/// Lines that a pair may span.
const PAIR_LINES: usize = 20;
/// Pairs that may be open at once; what nests deeper is not running text.
const PAIR_DEPTH: usize = 16;

fn closing(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        '"' | '\'' | '*' | '_' => open,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
