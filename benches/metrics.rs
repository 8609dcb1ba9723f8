//! The validator's measures beside their peers in Python, in one run on the same texts: syntax trees beside `ast` and
//! `difflib`, embeddings beside sentence-transformers.
//!
//! `-- --sentence-transformers PYTHON,FOLDER` names a Python that has the library and the folder of all-MiniLM-L6-v2.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use benches::{arguments, compress, compressor, data_folder, machine, unnamed};
use compressor::engine::Cancel;
use compressor::language::Language;
use compressor::policy::{EngineChoice, Level, Policy};
use serde_json::{Value, json};
use validator::metric::ast;

/// Passes, of which the fastest counts: other work on the machine only ever adds to a time.
const PASSES: usize = 3;

fn main() {
    let Some(folder) = data_folder() else {
        println!("skipped: metrics: COMPRESSION_LAYER_DATA names no data folder");
        return;
    };
    println!("## Measures beside their peers\n{}\n", machine::line());
    println!("| measure | texts | ours | peer | peer / ours |");
    println!("|---|---|---|---|---|");
    let texts = texts(&folder);
    trees(&texts);
    embeddings(&texts);
}

/// The originals of the held-out pairs.
fn texts(folder: &Path) -> Vec<String> {
    let file =
        std::fs::read_to_string(folder.join("pairs_teacher_valid.jsonl")).expect("the data folder has the pairs");
    let verbose =
        |line: &str| serde_json::from_str::<Value>(line).expect("a row")["verbose"].as_str().map(str::to_owned);
    file.lines().filter_map(verbose).collect()
}

/// Python code beside what is left of it without its comments.
fn trees(texts: &[String]) {
    let python = Language::from_name("python");
    let policy = Policy::new(Level::Tight).with_engine(EngineChoice::Structural);
    let (compressor, mut pairs) = (compressor(), Vec::new());
    for text in texts.iter().filter(|text| compressor::domain::detect_language(text) == python) {
        let shorter = compress(&compressor, &unnamed(text), &policy).text;
        pairs.push((text.as_str(), shorter));
    }
    let lines: Vec<String> = pairs.iter().map(|(text, shorter)| json!([text, shorter]).to_string()).collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/metrics/ast_peer.py");
    // The peer tells which pairs it can parse: both are timed on those.
    let Some(peer) = python_says(Command::new("python3").arg(script), &lines) else {
        println!("\nskipped: metrics: python3 is not there, or failed");
        return;
    };
    let parsed: Vec<usize> = serde_json::from_value(peer["parsed"].clone()).expect("the script tells indices");
    let ours = fastest(|| {
        for &index in &parsed {
            let (text, shorter) = &pairs[index];
            ast::similarity(text, shorter, python).expect("it parses");
        }
    });
    print("syntax trees: `ast`, `difflib`", parsed.len(), ours, &peer);
}

fn embeddings(texts: &[String]) {
    let arguments = arguments::list("--sentence-transformers");
    let [python, folder] = arguments.as_slice() else {
        println!("\nskipped: metrics: embeddings: name a Python and a model by --sentence-transformers PYTHON,FOLDER");
        return;
    };
    let compressor = compressor();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    compressor.load().expect("the embedded model runs here");
    let ours = fastest(|| {
        compressor.embed(&texts, &Cancel::new()).expect("texts can be embedded");
    });
    let lines: Vec<String> = texts.iter().map(|text| json!(text).to_string()).collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/metrics/embedding_peer.py");
    match python_says(Command::new(python).arg(script).arg(folder), &lines) {
        Some(peer) => print("embeddings: sentence-transformers", texts.len(), ours, &peer),
        None => println!("\nskipped: metrics: embeddings: {python} failed"),
    }
}

fn print(name: &str, texts: usize, ours: Duration, peer: &Value) {
    let peer = peer["seconds"].as_f64().expect("the script tells its time");
    let each = |seconds: f64| seconds * 1e3 / texts as f64;
    let (ours, factor) = (ours.as_secs_f64(), peer / ours.as_secs_f64());
    println!("| {name} | {texts} | {:.3} ms each | {:.3} ms each | {factor:.1} |", each(ours), each(peer));
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let pass = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..PASSES).map(pass).min().unwrap_or_default()
}

/// What a script writes to stdout as JSON, given lines on stdin.
fn python_says(command: &mut Command, lines: &[String]) -> Option<Value> {
    let mut child = command.arg(PASSES.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut input = child.stdin.take()?;
    for line in lines {
        writeln!(input, "{line}").ok()?;
    }
    drop(input);
    let output = child.wait_with_output().ok()?;
    serde_json::from_slice(&output.stdout).ok()
}
