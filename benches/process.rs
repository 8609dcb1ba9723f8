//! The program as a whole: the most memory it takes, and what its first call costs.
//!
//! `-- --kilobytes N`: the size of the text, 1,000 unless told. With the model that takes minutes.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::hint::black_box;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use benches::{arguments, logs, machine, selections};
use compressor::tokens::Tokenizer;

fn main() {
    println!("## The program: memory and first calls");
    println!("{}\n", machine::line());
    first_calls_within();
    let program = benches::target_folder().join("release/compression-layer");
    if !program.is_file() {
        println!("skipped: the program: it is not built; cargo build --release builds it");
        return;
    }
    first_calls(&program);
    memory(&program, arguments::number("--kilobytes", 1_000) * 1_000);
}

/// What is built once in a process.
fn first_calls_within() {
    let time = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e3
    };
    let count = || {
        black_box(Tokenizer::O200kBase.count("a first text"));
    };
    let (first, second) = (time(&count), time(&count));
    let compressor = benches::compressor();
    let load = time(&|| drop(compressor.load().expect("the embedded model runs here")));
    println!("| first call within a process | ms |");
    println!("|---|---|");
    println!("| o200k tables (60 to 90 expected) | {first:.0}; the second call {second:.3} |");
    println!("| model: check of its files, load, heads and tokenizer | {load:.0} |");
}

fn first_calls(program: &Path) {
    println!("\n| first call of the program, 20 words | ms |");
    println!("|---|---|");
    let cache = std::env::temp_dir().join(format!("compression-layer-bench-{}", std::process::id()));
    let structural = ["compress", "--engine", "structural"];
    for (name, arguments) in [
        ("`--engine structural`", &structural[..]),
        ("`balanced`, the model unpacked by this call", &["compress"]),
        ("`balanced`, the model in the cache", &["compress"]),
    ] {
        let start = Instant::now();
        let _ = run(
            program,
            arguments,
            &cache,
            "The quick brown fox jumps over the lazy dog because it can, and it really likes to do so every day.\n",
        );
        println!("| {name} | {:.0} |", start.elapsed().as_secs_f64() * 1e3);
    }
    let _ = std::fs::remove_dir_all(cache);
}

fn memory(program: &Path, bytes: usize) {
    let cache = std::env::temp_dir().join("compression-layer-bench");
    let model = folder_size(&compressor::model::unpack::folder(&cache)) as f64 / 1e6;
    let asked = format!("{:.0} (the model's {model:.0} + 150)", model + 150.0);
    println!("\n| most memory, {} KB | MB | at most | seconds |", bytes / 1_000);
    println!("|---|---|---|---|");
    let mut prose = selections::prose(20_000);
    prose = if prose.is_empty() { String::new() } else { prose.repeat(bytes.div_ceil(prose.len())) };
    prose.truncate(prose.floor_char_boundary(bytes));
    let log = logs::log(bytes);
    for (name, arguments, text) in [
        ("`safe`, log", &["compress", "--level", "safe"][..], &log),
        ("`--engine structural`, prose", &["compress", "--engine", "structural"], &prose),
        ("`balanced`, prose", &["compress"], &prose),
    ] {
        let start = Instant::now();
        match run(program, arguments, &cache, text) {
            Some(peak) => println!("| {name} | {peak:.0} | {asked} | {:.1} |", start.elapsed().as_secs_f64()),
            None => println!("skipped: {name}: this system does not tell a process's peak in /proc"),
        }
    }
}

/// Runs the program on a text and tells the most memory it took, in megabytes, where the system tells it.
///
/// The peak is read when the first byte of the result has come: the work is done, and a result larger than a pipe holds
/// keeps the program alive.
fn run(program: &Path, arguments: &[&str], cache: &Path, text: &str) -> Option<f64> {
    let mut command = Command::new(program);
    command.args(arguments).env("COMPRESSION_LAYER_CACHE", cache);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut stdin = child.stdin.take()?;
    let text = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let mut stdout = child.stdout.take()?;
    let mut first = [0];
    stdout.read_exact(&mut first).ok()?;
    let peak = peak(child.id());
    stdout.read_to_end(&mut Vec::new()).ok()?;
    child.wait().ok()?;
    writer.join().ok()?.ok()?;
    peak
}

/// `VmHWM` of a process, in megabytes.
fn peak(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(PathBuf::from(format!("/proc/{process}/status"))).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1.024 / 1e3)
}

fn folder_size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|facts| facts.len()).sum()
}
