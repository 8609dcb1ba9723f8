//! Indentation: the level of each token, and the cheapest text for a level.
//!
//! Invariants
//! - of two statements, the one that stood deeper gets the higher level, and equals stay equal, wherever the blocks of
//!   a language are told by that; where they cannot be told, there is no indentation (`tests::a_block_without_a_margin_of_its_own_is_refused`);
//! - a comment opens no block (`tests::a_comment_takes_the_level_of_the_block_it_stands_in`).

use std::collections::HashMap;

use super::outline::{Kind, Standing, Token};
use super::spacing::Settler;

/// The texts for one level, in the order of preference where they cost the same.
const UNITS: [&str; 4] = [" ", "\t", "  ", "    "];

/// Levels beyond this are not looked at when the unit is chosen.
const DEEPEST: usize = 24;

/// Where a text stands that is a part of another.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ground {
    /// The level of its outermost lines.
    pub(crate) level: usize,
    /// What a level is written as; `None`: what costs least.
    pub(crate) unit: Option<&'static str>,
}

/// The levels of a text, and what a level is written as.
pub(crate) struct Indentation {
    /// The level of each token that begins a line; 0 for others.
    levels: Vec<usize>,
    /// What is added to each.
    ground: usize,
    unit: &'static str,
    /// The spaces that begin the line of each token, where they stay.
    margins: Option<Vec<usize>>,
}

impl Indentation {
    /// Written as nothing, for lines that have their indentation with them and comments that need none.
    pub(crate) fn unwritten(self) -> Self {
        Self { unit: "", ..self }
    }

    /// Written as it stands in the text; `None` if that is not made of spaces.
    pub(crate) fn kept(self, text: &str, tokens: &[Token]) -> Option<Self> {
        let mut end = 0;
        let margin = |token: &Token| {
            let between = &text[end..token.range.start];
            end = token.range.end;
            let white =
                between.rsplit('\n').next().filter(|_| between.len() == token.range.start || between.contains('\n'));
            let white = white.unwrap_or_default();
            white.bytes().all(|byte| byte == b' ').then_some(white.len())
        };
        let margins = tokens.iter().map(margin).collect::<Option<Vec<usize>>>()?;
        Some(Self { margins: Some(margins), ..self })
    }

    /// The level of a token that begins a line.
    pub(crate) fn level(&self, token: usize) -> usize {
        self.levels.get(token).copied().unwrap_or_default()
    }

    /// Reads the levels off the tokens; `None` if the blocks of a language with syntactic indentation are unclear.
    pub(crate) fn read(
        text: &str,
        tokens: &[Token],
        syntactic: bool,
        ground: Ground,
        settler: &Settler,
    ) -> Option<Self> {
        let mut levels = vec![0; tokens.len()];
        let mut open: Vec<usize> = Vec::new();
        let mut inner: Vec<usize> = Vec::new();
        let mut end = 0;
        for (index, token) in tokens.iter().enumerate() {
            let breaks = text[end..token.range.start].contains('\n');
            end = token.range.end;
            if !breaks && !open.is_empty() {
                continue;
            }
            let width = width_of_line(text, token.range.start);
            levels[index] = if token.kind == Kind::Comment || token.standing == Standing::Directive {
                // A comment joins the block that it stands in, and so does a directive; they open none and close none.
                open.iter().chain(&inner).filter(|&&margin| margin < width).count()
            } else if token.own_line || open.is_empty() {
                inner.clear();
                let deeper = open.last().is_some_and(|&margin| margin > width);
                open.truncate(open.partition_point(|&margin| margin <= width));
                let known = open.last() == Some(&width);
                if !known {
                    open.push(width);
                }
                let level = open.len() - 1;
                // In a cut text the margins may tell of blocks that are not in the tree, or the tree of blocks that have
                // no margin.
                if syntactic && ((deeper && !known) || level != token.depth) {
                    return None;
                }
                level
            } else {
                inner.truncate(inner.partition_point(|&margin| margin <= width));
                if inner.last() != Some(&width) && open.last().is_some_and(|&margin| margin < width) {
                    inner.push(width);
                }
                open.len().saturating_sub(1) + inner.len()
            };
        }
        let heads = tokens.iter().zip(&levels).map(|(token, &level)| (level, &text[token.range.clone()]));
        let unit = ground.unit.unwrap_or_else(|| cheapest_unit(heads, settler));
        Some(Self { levels, ground: ground.level, unit, margins: None })
    }

    /// The text before the outermost lines, by the first token of code: lines that keep their margins are as deep as that.
    pub(crate) fn outermost(&self, first: Option<usize>) -> String {
        match first.filter(|_| self.margins.is_some()) {
            Some(first) => self.before(first),
            None => self.unit.repeat(self.ground),
        }
    }

    /// The text before a token that begins a line.
    pub(crate) fn before(&self, token: usize) -> String {
        match &self.margins {
            Some(margins) => " ".repeat(margins.get(token).copied().unwrap_or_default()),
            None => self.unit.repeat(self.ground + self.level(token)),
        }
    }
}

/// The width of the white space that begins the line of a byte; a tab counts eight, as in the grammars.
pub(super) fn width_of_line(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let white = text.as_bytes()[line..at].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\x0c' | b'\r'));
    white.fold(0, |width, byte| match byte {
        b' ' => width + 1,
        b'\t' => width + 8,
        _ => 0,
    })
}

/// The unit that costs least before these lines, each given as its level and what follows its indentation.
pub(super) fn cheapest_unit<'a>(lines: impl Iterator<Item = (usize, &'a str)>, settler: &Settler) -> &'static str {
    // How often each first word stands at each level.
    let mut times: HashMap<(usize, &str), usize> = HashMap::new();
    for (level, line) in lines.filter(|(level, _)| (1..=DEEPEST).contains(level)) {
        let word = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len()).clamp(1, SIGHT);
        *times.entry((level, &line[..line.floor_char_boundary(word)])).or_default() += 1;
    }
    let cost = |unit: &&str| -> usize {
        times.iter().map(|((level, word), times)| settler.count(&(unit.repeat(*level) + word)) * times).sum()
    };
    UNITS.into_iter().min_by_key(cost).unwrap_or(" ")
}

/// Bytes of a line's first word that are looked at.
const SIGHT: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::structural::{outline, parse};
    use crate::tokens::Tokenizer;

    fn levels(text: &str) -> Option<Vec<usize>> {
        let syntax =
            Language::from_name("python").and_then(|language| language.0.syntax).expect("a row with a grammar");
        let tree = parse::parse(text, syntax).expect("a short text");
        let tokens = outline::read(text, &tree, syntax).tokens;
        let indentation =
            Indentation::read(text, &tokens, true, Ground::default(), &Settler::new(Tokenizer::O200kBase))?;
        let begins_line = |token: &Token| text[..token.range.start].trim_end_matches(' ').ends_with('\n');
        let lines = tokens.iter().zip(&indentation.levels).filter(|(token, _)| begins_line(token));
        Some(lines.map(|(_, &level)| level).collect())
    }

    #[test]
    fn a_block_without_a_margin_of_its_own_is_refused() {
        assert_eq!(levels("\nif a:\n      b\nelse:\n   c\n   d\n"), Some(vec![0, 1, 0, 1, 1]));
        assert_eq!(levels("\n        return x\n    y = 1\n"), None);
        assert_eq!(levels("\n        if x:\n        return y\n"), None);
    }

    #[test]
    fn a_comment_takes_the_level_of_the_block_it_stands_in() {
        assert_eq!(levels("\nif a:\n    # b\n    c\n    # d\n# e\nf\n"), Some(vec![0, 1, 1, 1, 0, 0]));
    }
}
