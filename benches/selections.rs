//! Selections: what a person marks in an editor, some lines in a row of a real file.

use std::ops::{Range, RangeInclusive};
use std::path::PathBuf;

use compressor::tokens::Tokenizer;

use crate::random::Random;
use crate::sources::{self, Kind, Source};

/// Marked lines and the file they stand in.
pub struct Selection {
    /// The file, whose name tells the language.
    pub path: PathBuf,
    /// The lines.
    pub text: String,
}

/// Tokens of a selection, at least and at most.
const TOKENS: RangeInclusive<usize> = 50..=300;

/// So many selections, half of them code of three languages and half prose.
#[must_use]
pub fn mixed(count: usize) -> Vec<Selection> {
    let kinds = [Kind::PYTHON, Kind::PROSE, Kind::RUST, Kind::PROSE, Kind::TYPESCRIPT, Kind::PROSE];
    let mut random = Random::new(100);
    let files = kinds.map(|kind| sources::choose(kind, 40));
    let mut selections = Vec::new();
    // Some places give no selection of the right size.
    for attempt in 0..count * 20 {
        let files = &files[attempt % files.len()];
        if selections.len() == count || files.is_empty() {
            continue;
        }
        let file = &files[random.below(files.len())];
        let aim = TOKENS.start() + random.below(TOKENS.end() - TOKENS.start());
        let text = cut(&file.text, aim, &mut random);
        if TOKENS.contains(&Tokenizer::O200kBase.count(&text)) {
            selections.push(Selection { path: file.path.clone(), text });
        }
    }
    selections
}

/// Lines of a file that are marked, and where they stand.
pub struct Marked {
    /// The file as a whole.
    pub file: Source,
    /// Which of its lines, from 0.
    pub lines: Range<usize>,
    /// Those lines.
    pub text: String,
}

/// So many selections from files of these kinds in turn, small ones as often as large ones: the logarithm of their tokens
/// is evenly spread. Fewer where the files have no such places.
#[must_use]
pub fn marked(kinds: &[Kind], tokens: &RangeInclusive<usize>, count: usize, seed: u64) -> Vec<Marked> {
    let mut random = Random::new(seed);
    let files: Vec<_> = kinds.iter().map(|&kind| sources::choose(kind, 100)).collect();
    let mut selections = Vec::new();
    // Some places give no selection of the right size.
    for attempt in 0..count * 40 {
        let files = &files[attempt % files.len()];
        if selections.len() == count || files.is_empty() {
            continue;
        }
        let file = &files[random.below(files.len())];
        let times = *tokens.end() as f64 / *tokens.start() as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two sizes")]
        let aim = (*tokens.start() as f64 * times.powf(random.share())) as usize;
        let lines: Vec<&str> = file.text.split_inclusive('\n').collect();
        let start = random.below(lines.len().max(1)).min(lines.len());
        let mut counted = 0;
        let taken = lines[start..].iter().take_while(|line| {
            let wanted = counted < aim;
            counted += Tokenizer::O200kBase.count(line);
            wanted
        });
        let lines = start..start + taken.count();
        let text: String = file.text.split_inclusive('\n').skip(start).take(lines.len()).collect();
        if tokens.contains(&Tokenizer::O200kBase.count(&text)) {
            selections.push(Marked { file: file.clone(), lines, text });
        }
    }
    selections
}

/// Prose of about so many tokens, from as many files as it takes.
#[must_use]
pub fn prose(tokens: usize) -> String {
    let mut text = String::new();
    let files = sources::choose(Kind::PROSE, 100);
    for paragraph in
        files.iter().flat_map(|file| file.text.split("\n\n")).filter(|paragraph| is_running_text(paragraph))
    {
        if Tokenizer::O200kBase.count(&text) >= tokens {
            break;
        }
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    text
}

fn is_running_text(paragraph: &str) -> bool {
    let letters = paragraph.chars().filter(|char| char.is_alphabetic() || *char == ' ').count();
    paragraph.len() > 200
        && letters * 10 > paragraph.chars().count() * 9
        && paragraph.lines().all(|line| line.starts_with(char::is_alphabetic))
}

/// Lines in a row from a place of chance on, until they have `aim` tokens.
fn cut(text: &str, aim: usize, random: &mut Random) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut selected = String::new();
    for line in &lines[random.below(lines.len().max(1)).min(lines.len())..] {
        if Tokenizer::O200kBase.count(&selected) >= aim {
            break;
        }
        selected.push_str(line);
    }
    selected
}
