//! Hard inputs: texts of 1 MB that parsers, or what walks over their trees, may take too long for, as each language.
//!
//! `-- --every` prints the time of each input.
//!
//! Deliberately absent: a check of the results. `tests/properties` has that; here the slowest is looked for.

use std::panic::{AssertUnwindSafe, catch_unwind};

use benches::machine::cpu_time;
use benches::random::Random;
use benches::sources::{self, Kind};
use benches::{arguments, compress, compressor};
use compressor::pipeline::Document;
use compressor::policy::{EngineChoice, Level, Policy};

use super::measured::{draft, skeleton};

const BYTES: usize = 1_000_000;

/// Prints the slowest of each language.
pub fn print(kinds: &[Kind]) {
    println!("\n### Hard inputs of 1 MB: seconds on a core, without the model; at most 2\n");
    println!("| language | inputs | slowest | its input | and level | second slowest | its input | over 2 s |");
    println!("|{}", "---|".repeat(8));
    let compressor = compressor();
    let structural = Policy::new(Level::Balanced).with_engine(EngineChoice::Structural);
    let policies: Vec<Policy> = std::iter::once(structural)
        .chain(skeleton().map(|level| Policy::new(level).with_engine(EngineChoice::Structural)))
        .collect();
    for &kind in kinds {
        let inputs = inputs(kind);
        let mut times = Vec::new();
        for ((name, text), policy) in inputs.iter().flat_map(|input| policies.iter().map(move |policy| (input, policy)))
        {
            let document = Document { text, name: None, language: kind.language() };
            let start = cpu_time();
            let done = catch_unwind(AssertUnwindSafe(|| compress(&compressor, &document, policy)));
            if done.is_err() {
                println!("panics: {}: {name} at {}", kind.name, policy.level().name());
            }
            let seconds = cpu_time().saturating_sub(start).as_secs_f64();
            if arguments::has("--every") {
                let start = cpu_time();
                let _ = draft(text, kind);
                let engine = cpu_time().saturating_sub(start).as_secs_f64();
                println!(
                    "{}: {name} at {}: {seconds:.2} s, {engine:.2} s of the engine alone",
                    kind.name,
                    policy.level().name()
                );
            }
            times.push((seconds, *name, policy.level().name()));
        }
        times.sort_by(|a, b| b.0.total_cmp(&a.0));
        let over = times.iter().filter(|time| time.0 > 2.0).count();
        let ((first, input, level), (second, other, _)) = (times[0], times[1]);
        println!(
            "| {} | {} | {first:.2} | {input} | {level} | {second:.2} | {other} | {over} |",
            kind.name,
            inputs.len()
        );
    }
}

/// Texts that are hard in one way or another, with names.
fn inputs(kind: Kind) -> Vec<(&'static str, String)> {
    let files: String = sources::choose(kind, 20).into_iter().map(|file| file.text + "\n").collect();
    let files = if files.is_empty() { "x = 1;\n".to_owned() } else { files };
    let mut inputs: Vec<(&str, String)> = REPEATED.iter().map(|&(name, piece)| (name, repeated(piece))).collect();
    let closed = |open: &str, close: &str| open.repeat(BYTES / 2) + &close.repeat(BYTES / 2);
    inputs.extend([
        ("brackets within brackets", closed("(", ")")),
        ("braces within braces", closed("{", "}")),
        ("blocks that are ever more indented", indented()),
        ("words at random", at_random()),
        ("files one after the other", repeated(&files)),
        ("files with every 200th character gone", damaged(&repeated(&files), 200)),
        ("files on one line", repeated(&files).replace('\n', " ")),
    ]);
    inputs
}

/// A piece again and again.
const REPEATED: [(&str, &str); 24] = [
    ("open brackets", "("),
    ("open square brackets", "["),
    ("open braces", "{"),
    ("open angle brackets", "a<"),
    ("closing brackets", ")"),
    ("quotation marks", "\""),
    ("apostrophes", "'"),
    ("backquotes", "`"),
    ("open comments", "/*"),
    ("line comments", "// a\n"),
    ("number signs", "# a\n"),
    ("minus signs", "-"),
    ("backslashes", "\\\n"),
    ("a sum on one line", "a + "),
    ("a list on one line", "a, "),
    ("a chain of calls", ".a()"),
    ("open tags", "<a>"),
    ("open templates", "${"),
    ("open conditions", "if (a) {\n"),
    ("else upon else", "if a: b\nelse "),
    ("heads without bodies", "def f(a:\n"),
    ("colons", "a: "),
    ("pipes", "| a "),
    ("empty lines with spaces", "  \n"),
];

fn repeated(piece: &str) -> String {
    let mut text = piece.repeat(BYTES.div_ceil(piece.len()));
    text.truncate(text.floor_char_boundary(BYTES));
    text
}

fn indented() -> String {
    let mut text = String::new();
    for depth in 0.. {
        if text.len() > BYTES {
            break;
        }
        text.extend(std::iter::repeat_n(' ', depth));
        text.push_str("if a:\n");
    }
    text
}

fn at_random() -> String {
    const WORDS: &str = "if else for while def class fn func ( ) { } [ ] < > ; : , . = == -> => \" ' ` # // /* */ <!-- --> \\ a b 1 2.5 $ @ % & | ! ? + - * / \n \n \t";
    let words: Vec<&str> = WORDS.split(' ').collect();
    let mut random = Random::new(6);
    let mut text = String::new();
    while text.len() < BYTES {
        text.push_str(words[random.below(words.len())]);
        text.push(' ');
    }
    text
}

/// Without every so-manieth character.
fn damaged(text: &str, every: usize) -> String {
    text.chars().enumerate().filter(|(index, _)| index % every != every - 1).map(|(_, char)| char).collect()
}
