//! The table beside repomix: both on the same files, those that it handles.

use benches::sources::Kind;
use benches::statistics::median;

use super::lengths::{of_all_tokens, parsing, reductions, signatures, times};
use super::measured::{Measured, Outcome};
use super::repomix::{Packed, Repomix};

/// The peer, where it is there; says so where it is not.
pub fn start() -> Option<Repomix> {
    let peer = Repomix::start();
    if peer.is_none() {
        println!("\nskipped: repomix: node or the package is not there; benches/fetch fetches it");
    }
    peer
}

/// The outcomes of the files of a language that the peer handles.
pub struct Beside {
    kind: Kind,
    files: usize,
    tokens: usize,
    rows: Vec<(&'static str, Vec<Outcome>)>,
}

impl Beside {
    /// Asks the peer for each file.
    pub fn measure(peer: &mut Repomix, kind: Kind, files: &[Measured]) -> Self {
        let mut beside = Self { kind, files: files.len(), tokens: 0, rows: Vec::new() };
        let (mut packed, mut bare, mut unmarked, mut balanced, mut skeleton) = (vec![], vec![], vec![], vec![], vec![]);
        for file in files {
            let (Some(with), Some(without)) = (peer.pack(&file.file, false), peer.pack(&file.file, true)) else {
                continue;
            };
            beside.tokens += file.tokens;
            unmarked.push(Outcome::of(&file.file.text, &with.text.replace(SEPARATOR, "\n"), kind).parses);
            packed.push(outcome(file, &with, kind));
            bare.push(outcome(file, &without, kind));
            balanced.push(file.balanced.clone());
            skeleton.extend(file.skeleton.clone());
        }
        // Whether it parses is told without the lines that stand between the pieces, which are meant for no parser.
        for (outcome, parses) in packed.iter_mut().zip(unmarked) {
            outcome.parses |= parses;
        }
        beside.rows = vec![
            ("repomix `--compress`", packed),
            ("repomix, comments removed", bare),
            ("`skeleton`", skeleton),
            ("`balanced`", balanced),
        ];
        beside
    }
}

/// What stands between two pieces of a file.
const SEPARATOR: &str = "\n⋮----\n";

fn outcome(file: &Measured, packed: &Packed, kind: Kind) -> Outcome {
    Outcome { milliseconds: packed.milliseconds, ..Outcome::of(&file.file.text, &packed.text, kind) }
}

/// Prints all languages, those that the peer handles and then the names of the others.
pub fn print(peer: Option<&Repomix>, besides: &[Beside]) {
    let Some(peer) = peer else { return };
    println!("\n### Beside {}, on the files that it handles\n", peer.name);
    println!(
        "| language | files that it handles | rule | median reduction | of all tokens | identifiers of signatures | parses | \
         ms a file: median | p95 |"
    );
    println!("|{}", "---|".repeat(9));
    let (handled, others): (Vec<&Beside>, Vec<&Beside>) = besides.iter().partition(|beside| beside.tokens > 0);
    for beside in handled {
        for (rule, outcomes) in beside.rows.iter().filter(|(_, outcomes)| !outcomes.is_empty()) {
            let refs: Vec<&Outcome> = outcomes.iter().collect();
            println!(
                "| {} | {} of {} | {rule} | {} | {} | {} | {} | {} |",
                beside.kind.name,
                outcomes.len(),
                beside.files,
                reductions(&refs, median),
                of_all_tokens(&refs, beside.tokens),
                signatures(&refs),
                parsing(&refs),
                times(&refs),
            );
        }
    }
    let names: Vec<&str> = others.iter().map(|beside| beside.kind.name).collect();
    println!(
        "\nLanguages that it packs whole: {}.",
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    );
    println!("Start of its process until it can be asked: {:.0} ms.", peer.start.as_secs_f64() * 1e3);
}
