//! What a person waits: the tagger path beside a bare encode of the same windows, and real selections on an idle and on a
//! busy machine.
//!
//! `-- --rounds N`: how often each text is taken.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::sync::Arc;
use std::time::Instant;

use benches::busy::Busy;
use benches::encoders::{Watched, embedded};
use benches::selections::{self, Selection};
use benches::statistics::{median, percentile};
use benches::{arguments, compress, compressor_with, machine, unnamed};
use compressor::engine::{Cancel, Encoder};
use compressor::pipeline::{Compressor, Document};
use compressor::policy::{Level, Policy};

fn main() {
    println!("## Latency, the model warm");
    println!("{}\n", machine::line());
    let encoder = embedded();
    let watched = Watched::new(Arc::clone(&encoder));
    let compressor = compressor_with(Box::new(watched.clone()));
    let rounds = arguments::number("--rounds", 9);
    beside_a_bare_encode(encoder.as_ref(), &watched, &compressor, rounds);
    waiting(&watched, &compressor, rounds.div_ceil(3));
}

/// Path and bare encode in turn, so that both meet the same machine.
fn beside_a_bare_encode(encoder: &dyn Encoder, watched: &Watched, compressor: &Compressor, rounds: usize) {
    println!(
        "| prose, tokens | windows | tagger path, ms | bare encode, ms | times, at most 1.15 | path less its own encode, ms |"
    );
    println!("|---|---|---|---|---|---|");
    for tokens in [100, 250, 1_000, 4_000] {
        let text = selections::prose(tokens);
        if text.is_empty() {
            println!("{}", benches::sources::missing(benches::sources::Kind::PROSE));
            return;
        }
        let policy = Policy::new(Level::Balanced);
        let (mut path, mut bare, mut besides) = (Vec::new(), Vec::new(), Vec::new());
        let mut windows = 0;
        let mut before = 0;
        // The first round warms up.
        for round in 0..=rounds {
            let _ = watched.take();
            let start = Instant::now();
            before = compress(compressor, &unnamed(&text), &policy).receipt.tokens.before;
            let whole = start.elapsed();
            let seen = watched.take();
            let start = Instant::now();
            for (adapter, windows) in &seen.calls {
                encoder.encode(windows, *adapter, &Cancel::new(), &mut |_, _| ()).expect("encoded a moment ago");
            }
            let encode = start.elapsed();
            if round > 0 {
                path.push(whole.as_secs_f64() * 1e3);
                bare.push(encode.as_secs_f64() * 1e3);
                besides.push(whole.saturating_sub(seen.spent).as_secs_f64() * 1e3);
            }
            windows = seen.calls.iter().map(|(_, windows)| windows.len()).sum();
        }
        let (path, bare) = (median(&path), median(&bare));
        println!("| {before} | {windows} | {path:.1} | {bare:.1} | {:.2} | {:.2} |", path / bare, median(&besides));
    }
}

/// 100 selections, idle, and with a busy process on each core.
fn waiting(watched: &Watched, compressor: &Compressor, rounds: usize) {
    let selections = selections::mixed(100);
    if selections.is_empty() {
        println!("{}", benches::sources::missing(benches::sources::Kind::PROSE));
        return;
    }
    let tokens: Vec<f64> = selections.iter().map(|selection| counted(&selection.text)).collect();
    println!(
        "\n{} selections of 50 to 300 tokens (median {:.0}), half code and half prose, `balanced`, end to end\n",
        selections.len(),
        median(&tokens)
    );
    println!("| machine | median, ms | p95, ms | slowest, ms | without the model, median | asked |");
    println!("|---|---|---|---|---|---|");
    let _ = times(&selections, watched, compressor, 1);
    let idle = times(&selections, watched, compressor, rounds);
    let median_idle = median(&idle.whole);
    print_times("idle", &idle, "median below 50 ms");
    let busy = {
        let _busy = Busy::every_core();
        times(&selections, watched, compressor, rounds)
    };
    print_times("every core busy", &busy, &format!("p95 at most {:.0} ms: 4 times the idle median", 4.0 * median_idle));
}

struct Times {
    whole: Vec<f64>,
    without_model: Vec<f64>,
}

fn times(selections: &[Selection], watched: &Watched, compressor: &Compressor, rounds: usize) -> Times {
    let mut times = Times { whole: Vec::new(), without_model: Vec::new() };
    let policy = Policy::new(Level::Balanced);
    for _ in 0..rounds {
        for selection in selections {
            let document = Document { text: &selection.text, name: Some(&selection.path), language: None };
            let _ = watched.take();
            let start = Instant::now();
            let _ = compress(compressor, &document, &policy);
            let whole = start.elapsed();
            times.whole.push(whole.as_secs_f64() * 1e3);
            times.without_model.push(whole.saturating_sub(watched.take().spent).as_secs_f64() * 1e3);
        }
    }
    times
}

fn print_times(name: &str, times: &Times, asked: &str) {
    println!(
        "| {name} | {:.1} | {:.1} | {:.1} | {:.2} | {asked} |",
        median(&times.whole),
        percentile(&times.whole, 0.95),
        percentile(&times.whole, 1.0),
        median(&times.without_model)
    );
}

fn counted(text: &str) -> f64 {
    compressor::tokens::Tokenizer::O200kBase.count(text) as f64
}
