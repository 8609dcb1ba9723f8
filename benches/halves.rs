//! Half code: pieces of real files and files with a typing error; what is understood of them, and whether it was right.
//!
//! What may go from a piece is put back into the file that it was cut out of: if the file is then other code, more went than
//! comments.
//!
//! `-- --files N`: how many files of each language.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::ops::Range;

use benches::machine::cpu_time;
use benches::random::Random;
use benches::sources::{self, Kind, Source};
use benches::statistics::{Share, median, percentile};
use benches::{arguments, machine};
use compressor::draft::Part;
use compressor::language::Language;
use compressor::policy::Level;
use compressor::structural::{self, Draft, Treatment};
use compressor::tokens::Tokenizer;

/// What happens to a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Accident {
    Head,
    Tail,
    Lines,
    Anywhere,
    BracketGone,
    QuoteGone,
    LineGone,
    Dots,
}

impl Accident {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Head, "beginning cut off"),
        (Self::Tail, "end cut off"),
        (Self::Lines, "some lines"),
        (Self::Anywhere, "cut anywhere"),
        (Self::BracketGone, "a bracket missing"),
        (Self::QuoteGone, "a quote missing"),
        (Self::LineGone, "a line missing"),
        (Self::Dots, "lines replaced by ..."),
    ];

    /// What is left, as ranges of the file with what was put after each.
    fn happen(self, text: &str, random: &mut Random) -> Vec<(Range<usize>, String)> {
        let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let line = |random: &mut Random| starts[random.below(starts.len())];
        let place = |random: &mut Random| text.floor_char_boundary(random.below(text.len()));
        let piece = |range: Range<usize>| vec![(range, String::new())];
        let without = |gone: Range<usize>, put: &str| {
            vec![(0..gone.start, put.to_owned()), (gone.end..text.len(), String::new())]
        };
        let one_of = |random: &mut Random, marks: &[char]| {
            let from = place(random);
            let at = text[from..].find(marks).map(|at| from + at);
            at.map_or_else(|| piece(0..text.len()), |at| without(at..at + 1, ""))
        };
        match self {
            Self::Head => piece(line(random)..text.len()),
            Self::Tail => piece(0..line(random)),
            Self::Lines => {
                let from = random.below(starts.len());
                let to = (from + 5 + random.below(60)).min(starts.len() - 1);
                piece(starts[from.min(to)]..starts[to])
            }
            Self::Anywhere => {
                let (from, to) = (place(random), place(random));
                piece(from.min(to)..from.max(to))
            }
            Self::BracketGone => one_of(random, &['(', ')', '[', ']', '{', '}']),
            Self::QuoteGone => one_of(random, &['"', '\'', '`']),
            Self::LineGone => {
                let from = random.below(starts.len());
                without(starts[from]..starts.get(from + 1).copied().unwrap_or(text.len()), "")
            }
            Self::Dots => {
                let from = random.below(starts.len());
                let to = (from + 1 + random.below(20)).min(starts.len() - 1);
                let margin: String =
                    text[starts[from.min(to)]..].chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
                without(starts[from.min(to)]..starts[to], &format!("{margin}...\n"))
            }
        }
    }
}

/// What became of the pieces of one kind.
#[derive(Default)]
struct Row {
    pieces: usize,
    bytes: usize,
    /// Bytes laid out by line, or passed through.
    by_line: usize,
    /// Tokens of the pieces.
    before: usize,
    all_words: usize,
    no_words: usize,
    /// Tokens of the files.
    whole_before: usize,
    whole_after: usize,
    other_code: usize,
    milliseconds: Vec<f64>,
}

fn main() {
    println!("## Half code: what is understood of it");
    println!("{}\n", machine::line());
    println!(
        "| language | accident | pieces | by line | reduction, all words of comments kept | no words | the same of the whole files | same code | ms of a core: median | p95 |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let count = arguments::number("--files", 60);
    for kind in Kind::CODE.into_iter().filter(|kind| kind.language().is_some_and(Language::is_parsed)) {
        let files = sources::choose(kind, count);
        if files.is_empty() {
            println!("{}", sources::missing(kind));
            continue;
        }
        for (accident, title) in Accident::ALL {
            let mut random = Random::new(7);
            let mut row = Row::default();
            for file in &files {
                row.add(file, accident, &mut random);
            }
            row.print(kind.name, title);
        }
    }
}

impl Row {
    /// What becomes of a file after an accident; files that do not parse before are left out.
    fn add(&mut self, file: &Source, accident: Accident, random: &mut Random) {
        let text = &file.text;
        let Some(language) = Language::from_path(&file.path) else { return };
        let draft =
            |text: &str| structural::draft(text, 0..text.len(), language, Level::Balanced, Tokenizer::O200kBase);
        let count = |text: &str| Tokenizer::O200kBase.count(text);
        let whole = draft(text);
        let left = accident.happen(text, random);
        let broken: String = left.iter().map(|(range, put)| text[range.clone()].to_owned() + put).collect();
        if whole.treatment != Treatment::Parsed || broken.trim().is_empty() {
            return;
        }
        self.pieces += 1;
        self.whole_before += count(text);
        self.whole_after += count(&render(text, &whole, false));
        let start = cpu_time();
        let draft = draft(&broken);
        self.milliseconds.push(cpu_time().saturating_sub(start).as_secs_f64() * 1e3);
        self.bytes += broken.len();
        self.by_line += match draft.treatment {
            Treatment::PassedThrough(_) => broken.len(),
            _ => draft.by_line().map(|range| range.len()).sum(),
        };
        self.before += count(&broken);
        self.all_words += count(&render(&broken, &draft, true));
        self.no_words += count(&render(&broken, &draft, false));
        if structural::check(text, &put_back(text, &left, &draft), language).is_err() {
            println!("other code: {}", file.path.display());
            self.other_code += 1;
        }
    }

    fn print(&self, language: &str, title: &str) {
        let gone = |before: usize, after: usize| Share { having: before.saturating_sub(after), of: before }.percent();
        println!(
            "| {language} | {title} | {} | {} | {} | {} | {} | {} | {:.1} | {:.1} |",
            self.pieces,
            Share { having: self.by_line, of: self.bytes }.percent(),
            gone(self.before, self.all_words),
            gone(self.before, self.no_words),
            gone(self.whole_before, self.whole_after),
            Share { having: self.pieces - self.other_code, of: self.pieces }.percent(),
            median(&self.milliseconds),
            percentile(&self.milliseconds, 0.95),
        );
    }
}

/// The file, less what may go from the piece; lines that are continued stay so.
fn put_back(text: &str, left: &[(Range<usize>, String)], draft: &Draft) -> String {
    let mut gone = vec![false; text.len()];
    for part in &draft.parts {
        let (source, kept) = match part {
            Part::Fold { source, text } => (source.clone(), text.clone()),
            Part::Prose(prose) => (prose.source.clone(), prose.when_empty.clone()),
            _ => continue,
        };
        let length: usize = left.iter().map(|(range, put)| range.len() + put.len()).sum();
        // What stands for it is kept, it is the end of a line that is continued, or it was cut itself.
        if !kept.trim().is_empty() || source.start == 0 || source.end + 1 >= length {
            continue;
        }
        // A part that holds the accident stays.
        let mut at = 0;
        for (range, put) in left {
            let length = range.len();
            if source.start >= at && source.end <= at + length {
                gone[range.start + source.start - at..range.start + source.end - at].fill(true);
            }
            at += length + put.len();
        }
    }
    let mut back = String::with_capacity(text.len());
    for (at, char) in text.char_indices() {
        if !gone[at] || matches!(char, '\n' | '\\') {
            back.push(char);
        }
    }
    back
}

fn render(text: &str, draft: &Draft, words: bool) -> String {
    let mut out = String::new();
    for part in &draft.parts {
        match part {
            Part::Prose(prose) if words => {
                out.push_str(&prose.open);
                for (index, line) in prose.lines.iter().enumerate() {
                    if index > 0 {
                        out.push_str(if line.starts { &prose.line_break } else { " " });
                    }
                    out.push_str(&text[line.text.clone()]);
                }
                out.push_str(&prose.close);
            }
            Part::Prose(prose) => out.push_str(&prose.when_empty),
            decided => out.push_str(decided.decided().unwrap_or_default()),
        }
    }
    out
}
