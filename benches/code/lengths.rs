//! Lengths: how much shorter the files of each language become, and the same files beside repomix.

use benches::encoders::{Blank, stand_in};
use benches::sources::{self, Kind};
use benches::statistics::{Share, mean, median, percentile};
use benches::{arguments, compressor, compressor_with};
use compressor::receipt::grouped;
use compressor::structural::Treatment;

use super::failures::Failures;
use super::measured::{Measured, Outcome, measure};
use super::peer::{self, Beside};
use super::{second_opinion, stripped, wanted};

/// Prints a row for each language, and after that the peer's.
pub fn print(kinds: &[Kind]) {
    let stand_in = arguments::has("--stand-in").then(stand_in_compressor);
    let compressor = stand_in.unwrap_or_else(compressor);
    // The model is loaded before the first file's time is taken.
    compressor.load().expect("the embedded model runs here");
    let wordless = compressor_with(Box::new(Blank::embedded()));
    let mut peer = peer::start();
    let mut failures = Failures::default();
    let (mut opinions, mut besides) = (Vec::new(), Vec::new());
    println!("\n### Lengths\n");
    println!(
        "| language | files | tokens | parsed / by line / passed through | same code: safe | balanced | reduction at safe, median | \
         at balanced, median | mean | of all tokens | with a model that keeps no word, median | at skeleton, median | mean | \
         of all tokens | skeletons that parse | identifiers of signatures: balanced | skeleton |"
    );
    println!("|{}", "---|".repeat(17));
    for &kind in kinds {
        let files = sources::choose(kind, wanted(kind));
        if files.is_empty() {
            println!("{}", sources::missing(kind));
            continue;
        }
        let files: Vec<Measured> = files.into_iter().map(|file| measure(file, kind, &compressor, &wordless)).collect();
        print_row(kind, &files);
        failures.add(kind, &files);
        opinions.extend(second_opinion::ask(kind, &files));
        besides.extend(peer.as_mut().map(|peer| Beside::measure(peer, kind, &files)));
    }
    stripped::print(kinds);
    failures.print();
    second_opinion::print(&opinions);
    peer::print(peer.as_ref(), &besides);
}

fn stand_in_compressor() -> compressor::pipeline::Compressor {
    compressor_with(Box::new(benches::encoders::Watched::new(stand_in())))
}

fn print_row(kind: Kind, files: &[Measured]) {
    let tokens: usize = files.iter().map(|file| file.tokens).sum();
    let at = |level: fn(&Measured) -> Option<&Outcome>| files.iter().filter_map(level).collect::<Vec<_>>();
    let (safe, balanced) = (at(|file| Some(&file.safe)), at(|file| Some(&file.balanced)));
    let skeleton = at(|file| file.skeleton.as_ref());
    let cells = [
        kind.name.to_owned(),
        files.len().to_string(),
        grouped(tokens),
        treatments(files),
        same_code(&safe),
        same_code(&balanced),
        reductions(&safe, median),
        reductions(&balanced, median),
        reductions(&balanced, mean),
        of_all_tokens(&balanced, tokens),
        reductions(&at(|file| Some(&file.wordless)), median),
        reductions(&skeleton, median),
        reductions(&skeleton, mean),
        of_all_tokens(&skeleton, tokens),
        parsing(&skeleton),
        signatures(&balanced),
        signatures(&skeleton),
    ];
    println!("| {} |", cells.join(" | "));
}

/// How many files parse, are treated by line, and are passed through.
fn treatments(files: &[Measured]) -> String {
    let mut counts = [0; 3];
    for file in files {
        let place = match file.treatment {
            Treatment::Parsed => 0,
            Treatment::InPart { .. } | Treatment::ByLine => 1,
            Treatment::PassedThrough(_) => 2,
        };
        counts[place] += 1;
    }
    counts.map(|count| Share { having: count, of: files.len() }.percent()).join(" / ")
}

fn same_code(outcomes: &[&Outcome]) -> String {
    share(outcomes, |outcome| outcome.failure.is_none())
}

/// How many of them parse; of none nothing.
pub fn parsing(outcomes: &[&Outcome]) -> String {
    share(outcomes, |outcome| outcome.parses)
}

fn share(outcomes: &[&Outcome], has: impl Fn(&Outcome) -> bool) -> String {
    let share = Share { having: outcomes.iter().filter(|outcome| has(outcome)).count(), of: outcomes.len() };
    if share.of == 0 { String::new() } else { share.percent() }
}

/// A figure of all reductions, in percent.
pub fn reductions(outcomes: &[&Outcome], figure: fn(&[f64]) -> f64) -> String {
    let values: Vec<f64> = outcomes.iter().map(|outcome| outcome.reduction).collect();
    if values.is_empty() { String::new() } else { format!("{:.1} %", figure(&values) * 100.0) }
}

/// How many of all tokens went.
pub fn of_all_tokens(outcomes: &[&Outcome], before: usize) -> String {
    let after: usize = outcomes.iter().map(|outcome| outcome.tokens).sum();
    if outcomes.is_empty() { String::new() } else { format!("{:.1} %", (1.0 - after as f64 / before as f64) * 100.0) }
}

/// How many identifiers of signatures are still there.
pub fn signatures(outcomes: &[&Outcome]) -> String {
    let mut all = Share::default();
    for outcome in outcomes {
        all.join(outcome.signatures);
    }
    if all.of == 0 { String::new() } else { all.percent() }
}

/// Milliseconds of a file: median and p95.
pub fn times(outcomes: &[&Outcome]) -> String {
    let values: Vec<f64> = outcomes.iter().map(|outcome| outcome.milliseconds).collect();
    format!("{:.1} | {:.1}", median(&values), percentile(&values, 0.95))
}
