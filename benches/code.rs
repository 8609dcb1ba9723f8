//! Code of every language: how much shorter real files become, whether their code stays the same, how long that takes, what
//! hard inputs cost, and how repomix does on the same files in the same run.
//!
//! - `-- --table N`: one of the three tables; 1: lengths, and those of the peer; 2: files of 500 lines; 3: hard inputs;
//! - `-- --languages go,java`: some of the languages; `-- --files N`: so many files of each at most;
//! - `-- --stand-in`: an encoder of random answers in place of the model, which is quicker and harder to please;
//! - `-- --failures FOLDER`: lists of the files that fail, do not parse or take long, one for each language;
//! - `-- --list`: the paths of the files, and nothing else.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "code/failures.rs"]
mod failures;
#[path = "code/hard.rs"]
mod hard;
#[path = "code/lengths.rs"]
mod lengths;
#[path = "code/measured.rs"]
mod measured;
#[path = "code/peer.rs"]
mod peer;
#[path = "code/repomix.rs"]
mod repomix;
#[path = "code/script.rs"]
mod script;
#[path = "code/second_opinion.rs"]
mod second_opinion;
#[path = "code/stripped.rs"]
mod stripped;
#[path = "code/times.rs"]
mod times;

use benches::sources::{self, Kind};
use benches::{arguments, machine};

fn main() {
    let kinds: Vec<Kind> = asked_for().collect();
    if arguments::has("--list") {
        for kind in kinds {
            for file in sources::choose(kind, wanted(kind)) {
                println!("{}\t{}", kind.id(), file.path.display());
            }
        }
        return;
    }
    println!("## Code: real files of {} languages, o200k_base", kinds.len());
    println!("{}", machine::line());
    let only = arguments::number("--table", 0);
    let wanted = |table: usize| only == 0 || only == table;
    if wanted(1) {
        lengths::print(&kinds);
    }
    if wanted(2) {
        times::print(&kinds);
    }
    if wanted(3) {
        hard::print(&kinds);
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
