//! Code: how much shorter real files become, and whether their code stays the same.
//!
//! `-- --languages go,java`: some of the languages; `-- --files N`: so many files of each at most; `-- --list`: their paths
//! and nothing else.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use benches::sources::{self, Kind, Source};
use benches::statistics::{Share, mean, median, percentile};
use benches::{arguments, compress, compressor, machine};
use compressor::language::Language;
use compressor::pipeline::{Compressor, Document};
use compressor::policy::{Level, Policy};
use compressor::structural::{self, Treatment};
use compressor::tokens::Tokenizer;

fn main() {
    if arguments::has("--list") {
        for kind in asked_for() {
            for file in sources::choose(kind, wanted(kind)) {
                println!("{}\t{}", kind.id(), file.path.display());
            }
        }
        return;
    }
    let compressor = compressor();
    // The model is loaded before the first file's time is taken.
    compressor.load().expect("the embedded model runs here");
    println!("## Code: real files of 50 to 1,500 lines, o200k_base");
    println!("{}\n", machine::line());
    println!(
        "| language | rule | files | tokens | median reduction | mean | of all tokens | same code | parsed / by line / passed through | ms a file: median | p95 |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for kind in asked_for() {
        let files = sources::choose(kind, wanted(kind));
        if files.is_empty() {
            println!("{}", sources::missing(kind));
            continue;
        }
        if kind == Kind::PYTHON {
            match stripped(&files, kind) {
                Some(results) => print_row(kind, "comments and docstrings stripped", &results, "", None),
                None => println!("skipped: what stands beside Python: python3 is not installed"),
            }
        }
        for level in [Level::Safe, Level::Balanced] {
            let results: Vec<Outcome> = files.iter().map(|file| outcome(file, kind, level, &compressor)).collect();
            print_row(kind, level.name(), &results, &treatments(&files, kind, level), Some(&results));
        }
    }
}

/// The languages that are told, and that the compressor knows.
fn asked_for() -> impl Iterator<Item = Kind> {
    let languages = arguments::list("--languages");
    let asked = move |kind: &Kind| languages.is_empty() || languages.iter().any(|language| language == kind.id());
    Kind::CODE.into_iter().filter(asked).filter(|kind| kind.language().is_some())
}

/// How many files of a language are measured.
fn wanted(kind: Kind) -> usize {
    kind.count.min(arguments::number("--files", usize::MAX))
}

/// What became of a file.
struct Outcome {
    before: usize,
    after: usize,
    same_code: bool,
    milliseconds: f64,
}

impl Outcome {
    fn reduction(&self) -> f64 {
        1.0 - self.after as f64 / self.before as f64
    }
}

fn outcome(file: &Source, kind: Kind, level: Level, compressor: &Compressor) -> Outcome {
    let document = Document { text: &file.text, name: Some(&file.path), language: kind.language() };
    let start = Instant::now();
    let result = compress(compressor, &document, &Policy::new(level));
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    let tokens = result.receipt.tokens;
    let same_code = structural::check(&file.text, &result.text, language(kind)).is_ok();
    if !same_code {
        println!("other code: {}", file.path.display());
    }
    Outcome { before: tokens.before, after: tokens.after, same_code, milliseconds }
}

fn language(kind: Kind) -> Language {
    kind.language().expect("only languages that the compressor knows")
}

/// How many files parse, are treated by line, and are passed through.
fn treatments(files: &[Source], kind: Kind, level: Level) -> String {
    let mut counts = [0; 3];
    for file in files {
        let draft = structural::draft(&file.text, 0..file.text.len(), language(kind), level, Tokenizer::O200kBase);
        let place = match draft.treatment {
            Treatment::Parsed => 0,
            Treatment::ByLine => 1,
            Treatment::PassedThrough(_) => 2,
        };
        counts[place] += 1;
    }
    counts.map(|count| Share { having: count, of: files.len() }.percent()).join(" / ")
}

/// The files without comments and docstrings by Python's own parser; those that it does not parse are left out.
fn stripped(files: &[Source], kind: Kind) -> Option<Vec<Outcome>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/strip_comments.py");
    let mut python = Command::new("python3");
    let mut python = python.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut stdin = python.stdin.take()?;
    let paths = files.iter().map(|file| file.path.to_string_lossy()).collect::<Vec<_>>().join("\n");
    // Written beside: the script answers before it has read everything.
    let writer = std::thread::spawn(move || stdin.write_all(paths.as_bytes()));
    let output = python.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    let answers = std::str::from_utf8(&output.stdout).ok()?.lines();
    let texts = answers.map(|line| serde_json::from_str::<Option<String>>(line).expect("the script writes JSON"));
    let outcomes = files.iter().zip(texts).filter_map(|(file, text)| {
        let text = text?;
        let same_code = structural::check(&file.text, &text, language(kind)).is_ok();
        let count = |text: &str| Tokenizer::O200kBase.count(text);
        Some(Outcome { before: count(&file.text), after: count(&text), same_code, milliseconds: f64::NAN })
    });
    Some(outcomes.collect())
}

fn print_row(kind: Kind, rule: &str, outcomes: &[Outcome], treatments: &str, timed: Option<&[Outcome]>) {
    let reductions: Vec<f64> = outcomes.iter().map(Outcome::reduction).collect();
    let sum = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let (before, after) = (sum(|outcome| outcome.before), sum(|outcome| outcome.after));
    let same = Share { having: outcomes.iter().filter(|outcome| outcome.same_code).count(), of: outcomes.len() };
    let times: Vec<f64> = timed.unwrap_or_default().iter().map(|outcome| outcome.milliseconds).collect();
    let time = |share: f64| if times.is_empty() { String::new() } else { format!("{:.0}", percentile(&times, share)) };
    println!(
        "| {} | {rule} | {} | {} | {:.1} % | {:.1} % | {:.1} % | {} | {treatments} | {} | {} |",
        kind.name,
        outcomes.len(),
        compressor::receipt::grouped(before),
        median(&reductions) * 100.0,
        mean(&reductions) * 100.0,
        (1.0 - after as f64 / before as f64) * 100.0,
        same.percent(),
        time(0.5),
        time(0.95),
    );
}
