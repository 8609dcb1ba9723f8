//! What stands beside Python: its comments and docstrings stripped with Python's own parser.

use benches::sources::{self, Kind, Source};
use benches::statistics::{Share, mean, median};
use compressor::structural;
use compressor::tokens::Tokenizer;

use super::lengths::{of_all_tokens, reductions};
use super::measured::{Outcome, language};
use super::{script, wanted};

/// Prints how short the files become, where Python is one of the languages.
pub fn print(kinds: &[Kind]) {
    if !kinds.contains(&Kind::PYTHON) {
        return;
    }
    let files = sources::choose(Kind::PYTHON, wanted(Kind::PYTHON));
    // Nothing for a file that Python does not parse.
    let paths = files.iter().map(|file| file.path.display().to_string()).collect();
    let Some(texts) = script::answers::<Option<String>>("strip_comments.py", paths) else {
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
