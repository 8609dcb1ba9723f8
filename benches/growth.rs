//! How cost grows with length: `safe` on logs, both paths of code and the tagger path, from 10 KB to 10 MB; and code of each
//! language.
//!
//! Times are on a core, all threads together. The tagger path runs over a stand-in encoder whose time is taken off: the
//! model's own is a constant for each window.
//! `-- --megabytes N`: the size of the largest log; `-- --languages go,java`: these languages, and nothing else.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "growth/languages.rs"]
mod languages;

use std::path::Path;
use std::time::Instant;

use benches::encoders::{Watched, stand_in};
use benches::machine::cpu_time;
use benches::sources::{self, Kind};
use benches::{arguments, compress, compressor_with, logs, machine, selections};
use compressor::pipeline::{Compressor, Document};
use compressor::policy::{EngineChoice, Level, Policy};

const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

fn main() {
    println!("## Growth: milliseconds on a core, without the model");
    println!("{}\n", machine::line());
    let watched = Watched::new(stand_in());
    let compressor = compressor_with(Box::new(watched.clone()));
    let asked_for = arguments::list("--languages");
    if !asked_for.is_empty() {
        languages::print(&asked_for, &compressor, &watched);
        return;
    }
    println!("| path | 10 KB | 100 KB | 1 MB | 10 MB | 10 MB beside 1 MB, linear is 10 |");
    println!("|---|---|---|---|---|---|");
    let code: String = sources::choose(Kind::PYTHON, 300).into_iter().map(|file| file.text + "\n").collect();
    let prose = selections::prose(20_000);
    let structural = Policy::new(Level::Balanced).with_engine(EngineChoice::Structural);
    let rows = [
        ("`safe`, log", logs::log(10_100_000), "service.log", Policy::new(Level::Safe)),
        ("`--engine structural`, Python", code.clone(), "joined.py", structural),
        ("`balanced`, Python", code, "joined.py", Policy::new(Level::Balanced)),
        ("`balanced`, prose", prose, "joined.md", Policy::new(Level::Balanced)),
    ];
    for (name, text, file, policy) in rows {
        if text.is_empty() {
            println!("skipped: {name}: no real files; benches/fetch fetches them");
            continue;
        }
        let times = SIZES.map(|size| {
            let text = repeated(&text, size);
            let document = Document { text: &text, name: Some(Path::new(file)), language: None };
            time(&document, &policy, &compressor, &watched)
        });
        let cells: Vec<String> = times.iter().map(|time| format!("{time:.1}")).collect();
        println!("| {name} | {} | {:.1} |", cells.join(" | "), times[3] / times[2]);
    }
    print_large_log(arguments::number("--megabytes", 50), &compressor);
    languages::print(&[], &compressor, &watched);
}

/// The quickest of some runs, fewer for long texts, less the time within the encoder.
fn time(document: &Document<'_>, policy: &Policy, compressor: &Compressor, watched: &Watched) -> f64 {
    let runs = (3_000_000 / document.text.len()).clamp(1, 20);
    let run = |_| {
        let _ = watched.take();
        let start = cpu_time();
        let _ = compress(compressor, document, policy);
        cpu_time().saturating_sub(start).saturating_sub(watched.take().cpu).as_secs_f64() * 1e3
    };
    (0..runs).map(run).fold(f64::INFINITY, f64::min)
}

/// What the user pays: engine, counting and receipt; reading the file is left out.
fn print_large_log(megabytes: usize, compressor: &Compressor) {
    let text = logs::log(megabytes * 1_000_000);
    let run = |_| {
        let (start, start_cpu) = (Instant::now(), cpu_time());
        let _ = compress(compressor, &benches::unnamed(&text), &Policy::new(Level::Safe));
        (start.elapsed().as_secs_f64(), cpu_time().saturating_sub(start_cpu).as_secs_f64())
    };
    let (seconds, cpu) = (0..3).map(run).min_by(|a, b| a.0.total_cmp(&b.0)).expect("three runs");
    println!(
        "\n`safe` on a log of {megabytes} MB: {:.0} MB/s ({:.0} ms, {:.0} ms on a core); at least 50 MB/s is asked for.",
        text.len() as f64 / 1e6 / seconds,
        seconds * 1e3,
        cpu * 1e3
    );
}

/// A text again and again up to a size, cut at a line.
fn repeated(text: &str, bytes: usize) -> String {
    let mut text = text.repeat(bytes.div_ceil(text.len()));
    text.truncate(text.floor_char_boundary(bytes));
    let end = text.rfind('\n').map_or(text.len(), |at| at + 1);
    text.truncate(end);
    text
}
