//! What stands beside Python: its comments and docstrings stripped with Python's own parser.

use std::io::Write;
use std::process::{Command, Stdio};

use benches::sources::{self, Kind, Source};
use benches::statistics::{Share, mean, median};
use compressor::structural;
use compressor::tokens::Tokenizer;

use super::lengths::{of_all_tokens, reductions};
use super::measured::{Outcome, language};
use super::wanted;

/// Prints how short the files become, where Python is one of the languages.
pub fn print(kinds: &[Kind]) {
    if !kinds.contains(&Kind::PYTHON) {
        return;
    }
    let files = sources::choose(Kind::PYTHON, wanted(Kind::PYTHON));
    let Some(texts) = stripped(&files) else {
        println!("\nskipped: what stands beside Python: python3 is not installed");
        return;
    };
    let pairs: Vec<(&Source, String)> =
        files.iter().zip(texts).filter_map(|(file, text)| Some((file, text?))).collect();
    let same = |(file, text): &&(&Source, String)| structural::check(&file.text, text, language(Kind::PYTHON)).is_ok();
    let same = Share { having: pairs.iter().filter(same).count(), of: pairs.len() };
    let outcomes: Vec<Outcome> = pairs.iter().map(|(file, text)| Outcome::of(&file.text, text, Kind::PYTHON)).collect();
    let outcomes: Vec<&Outcome> = outcomes.iter().collect();
    let before = pairs.iter().map(|(file, _)| Tokenizer::O200kBase.count(&file.text)).sum();
    println!(
        "\nPython, all comments and docstrings stripped by its own parser, {} files: reduction {} (median), {} (mean), {} (of all \
         tokens); the same code in {}",
        pairs.len(),
        reductions(&outcomes, median),
        reductions(&outcomes, mean),
        of_all_tokens(&outcomes, before),
        same.percent(),
    );
}

/// The files without comments and docstrings; nothing for those that Python does not parse.
fn stripped(files: &[Source]) -> Option<Vec<Option<String>>> {
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
    Some(answers.map(|line| serde_json::from_str(line).expect("the script writes JSON")).collect())
}
