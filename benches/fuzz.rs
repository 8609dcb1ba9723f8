//! Fuzz: bytes at random, damaged real files and nested input, as every language and at every level, for as long as is asked.
//!
//! Each input is made by its number: `-- --first N --count 1` makes it again.
//!
//! - `-- --minutes N`: how long, on one core; 1 without it;
//! - `-- --first N --count N`: so many inputs from a number on;
//! - `-- --show`: each input before it is read, so that one that ends the process is seen.
//!
//! Deliberately absent: the model. No word of a comment is dropped by it here, and all other paths are the same.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use benches::machine::cpu_time;
use benches::random::Random;
use benches::sources::{self, Kind};
use benches::{arguments, compress, compressor, machine};
use compressor::language::Language;
use compressor::pipeline::{Compressor, Document};
use compressor::policy::{EngineChoice, Level, Policy};
use compressor::structural::{self, Treatment};
use compressor::tokens::Tokenizer;

/// Files of each language that are damaged.
const FILES: usize = 20;

/// Bytes of one input at most.
const LONGEST: usize = 200_000;

/// Seconds that an input may take on a core.
const LIMIT: f64 = 2.0;

/// An input.
struct Input {
    form: &'static str,
    language: Language,
    level: Level,
    text: String,
}

/// What became of the inputs of one form.
#[derive(Default)]
struct Row {
    inputs: usize,
    bytes: usize,
    failures: usize,
    slowest: f64,
    slowest_input: String,
}

fn main() {
    let first = arguments::number("--first", 0) as u64;
    let count = arguments::number("--count", usize::MAX);
    let time = Duration::from_secs(60 * arguments::number("--minutes", 1) as u64);
    println!("## Fuzz: every language and level, without the model");
    println!("{}\n", machine::line());
    let files = files();
    let compressor = compressor();
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let start = Instant::now();
    for number in (first..).take(count).take_while(|_| start.elapsed() < time) {
        let input = input(&mut Random::new(number), &files);
        // Before it is read: what ends the process is seen, too.
        if arguments::has("--show") {
            let (name, level) = (input.language.name(), input.level.name());
            println!("input {number}: {}, {name} at {level}:\n{}\n----", input.form, input.text);
        }
        let (result, seconds) = compressed(&input, &compressor);
        let failure = result.map_or(Some("panics".to_owned()), |text| failure(&input, &text));
        let (name, level) = (input.language.name(), input.level.name());
        let failure = failure.or_else(|| (seconds > LIMIT).then(|| format!("takes {seconds:.1} s")));
        let row = rows.entry(input.form).or_default();
        row.inputs += 1;
        row.bytes += input.text.len();
        if seconds > row.slowest {
            row.slowest = seconds;
            row.slowest_input = format!("{number}: {name} at {level}, {} bytes", input.text.len());
        }
        if let Some(failure) = failure {
            row.failures += 1;
            println!("input {number}: {}, {name} at {level}, {} bytes: {failure}", input.form, input.text.len());
        }
    }
    println!("| form | inputs | MB | failures | slowest, s of a core | its input |");
    println!("|{}", "---|".repeat(6));
    for (form, row) in rows {
        let megabytes = row.bytes as f64 / 1e6;
        println!(
            "| {form} | {} | {megabytes:.1} | {} | {:.2} | {} |",
            row.inputs, row.failures, row.slowest, row.slowest_input
        );
    }
}

/// Real files of each language, or something short where nothing was fetched.
fn files() -> Vec<(Language, Vec<String>)> {
    let of = |language: Language| {
        let kind = Kind::CODE.into_iter().find(|kind| kind.language() == Some(language));
        let texts = kind.map(|kind| sources::choose(kind, FILES).into_iter().map(|file| file.text).collect());
        let texts: Vec<String> = texts.unwrap_or_default();
        let short = "# a\nx = f(1, \"b\") // c\nif (x) {\n  /* d */ y;\n}\n".to_owned();
        (language, if texts.is_empty() { vec![short] } else { texts })
    };
    Language::all().map(of).collect()
}

fn input(random: &mut Random, files: &[(Language, Vec<String>)]) -> Input {
    let (language, texts) = &files[random.below(files.len())];
    let level = Level::ALL[random.below(Level::ALL.len())];
    let (form, mut text) = match random.below(4) {
        0 => ("bytes at random", bytes(random)),
        1 => ("nested", nested(random)),
        2 => {
            // As another language reads it.
            let (_, others) = &files[random.below(files.len())];
            ("file of another language", others[random.below(others.len())].clone())
        }
        _ => ("damaged file", damaged(&texts[random.below(texts.len())], random)),
    };
    text.truncate(text.floor_char_boundary(LONGEST));
    Input { form, language: *language, level, text }
}

fn bytes(random: &mut Random) -> String {
    let length = random.below(4_000);
    // All bytes, those of ASCII, or marks alone.
    let (lowest, count) = [(0, 256), (9, 118), (32, 33)][random.below(3)];
    let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(lowest + random.below(count)).unwrap_or(b' ')).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Openings without end, or with all their ends, or what lies within.
fn nested(random: &mut Random) -> String {
    const PAIRS: [(&str, &str); 16] = [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("a<", ">"),
        ("<a>", "</a>"),
        ("/*", "*/"),
        ("\"${", "}\""),
        ("`${", "}`"),
        ("if (a) {\n", "}\n"),
        ("if a:\n ", "\n"),
        ("begin\n", "end\n"),
        ("case a in b)\n", ";; esac\n"),
        ("- ", "\n"),
        ("> ", "\n"),
        ("function a() {\n", "}\n"),
        ("class A {\n", "}\n"),
    ];
    let depth = [10, 100, 1_000, 100_000][random.below(4)];
    let (open, close) = PAIRS[random.below(PAIRS.len())];
    let (other, _) = PAIRS[random.below(PAIRS.len())];
    match random.below(4) {
        0 => open.repeat(depth),
        1 => open.repeat(depth) + &close.repeat(depth),
        2 => close.repeat(depth),
        _ => (open.to_owned() + other).repeat(depth),
    }
}

/// A file with some of it gone, doubled, exchanged or typed in the wrong place.
fn damaged(text: &str, random: &mut Random) -> String {
    const TYPED: [&str; 24] = [
        "(", ")", "[", "]", "{", "}", "\"", "'", "`", "/*", "*/", "//", "#", "\\", "\r\n", "\r", "\u{2028}",
        "\u{feff}", "é", "<<EOF\n", "<!--", "=begin\n", "\t", "\0",
    ];
    let mut text = text.to_owned();
    for _ in 0..=random.below(8) {
        let place = |random: &mut Random| text.floor_char_boundary(random.below(text.len() + 1));
        let (from, to) = (place(random), place(random));
        let (from, to) = (from.min(to), from.max(to));
        let near = text.floor_char_boundary((from + random.below(40)).min(text.len())).max(from);
        text = match random.below(6) {
            0 => text[from..to].to_owned(),
            1 => [&text[..from], &text[near..]].concat(),
            2 => [&text[..near], &text[from..]].concat(),
            3 => [&text[..from], TYPED[random.below(TYPED.len())], &text[from..]].concat(),
            4 => text.replace('\n', ["\r\n", " ", "\n\n"][random.below(3)]),
            _ => [&text[to..], &text[..from]].concat(),
        };
    }
    text
}

/// What becomes of an input, unless it panics, and the seconds of a core that this took.
fn compressed(input: &Input, compressor: &Compressor) -> (Option<String>, f64) {
    let document = Document { text: &input.text, name: None, language: Some(input.language) };
    let policy = Policy::new(input.level).with_engine(EngineChoice::Structural);
    let before = cpu_time();
    let result = catch_unwind(AssertUnwindSafe(|| compress(compressor, &document, &policy)));
    (result.ok().map(|result| result.text), cpu_time().saturating_sub(before).as_secs_f64())
}

/// What is wrong with what became of an input.
fn failure(input: &Input, result: &str) -> Option<String> {
    let Input { language, level, text, .. } = input;
    let count = |text: &str| Tokenizer::O200kBase.count(text);
    let (before, after) = (count(text), count(result));
    if after > before {
        return Some(format!("is longer: {after} tokens, and {before} before"));
    }
    if !matches!(level, Level::Safe | Level::Balanced) {
        return None;
    }
    let draft = structural::draft(text, 0..text.len(), *language, *level, Tokenizer::O200kBase);
    if draft.treatment == Treatment::Parsed {
        return structural::check(text, result, *language).err().map(|difference| format!("other code: {difference}"));
    }
    // How the tokens of code that does not parse belong together is a guess: its lines are all there.
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let written = bare(result);
    let mut from = 0;
    draft.by_line().find_map(|range| {
        let lines = bare(&text[range.clone()]);
        let found = written.get(from..).and_then(|rest| rest.find(&lines));
        from += found.unwrap_or_default() + lines.len();
        found.is_none().then(|| format!("bytes {} to {} are gone", range.start, range.end))
    })
}
