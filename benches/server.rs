//! The language server under load: a client over standard streams drives the built program and, where the method is the
//! same, `ruff server` beside it in the same run.
//!
//! `-- --table N`: one of the seven tables; `--seconds N`: how long is typed, 60 unless told; `--compressions N`: after
//! how many memory is looked at, 1,000 unless told.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "server/crowd.rs"]
mod crowd;
#[path = "server/endurance.rs"]
mod endurance;
#[path = "server/leaving.rs"]
mod leaving;
#[path = "server/load.rs"]
mod load;
#[path = "server/own_time.rs"]
mod own_time;
#[path = "server/peers.rs"]
mod peers;
#[path = "server/stopping.rs"]
mod stopping;
#[path = "server/texts.rs"]
mod texts;
#[path = "server/typing.rs"]
mod typing;
#[path = "server/waiting.rs"]
mod waiting;

use benches::sources::{self, Kind};
use benches::{arguments, machine};

fn main() {
    println!("## The language server");
    println!("{}\n", machine::line());
    let Some(ours) = peers::ours() else {
        println!("skipped: the program: it is not built; cargo build --release builds it");
        return;
    };
    if let Some(kind) = [Kind::PYTHON, Kind::PROSE].into_iter().find(|&kind| sources::choose(kind, 1).is_empty()) {
        println!("{}", sources::missing(kind));
        return;
    }
    let ruff = peers::ruff();
    if ruff.is_none() {
        println!("skipped: ruff server: it is not there; benches/fetch fetches it");
    }
    let only = arguments::number("--table", 0);
    let wanted = |table: usize| only == 0 || only == table;
    if wanted(1) {
        waiting::print(&ours, ruff.as_ref());
    }
    if wanted(2) {
        typing::print(&ours, ruff.as_ref(), arguments::number("--seconds", 60));
    }
    if wanted(3) {
        stopping::print(&ours);
    }
    if wanted(4) {
        leaving::print(&ours);
    }
    if wanted(5) {
        own_time::print(&ours);
    }
    if wanted(6) {
        endurance::print(&ours, arguments::number("--compressions", 1_000));
    }
    if wanted(7) {
        crowd::print(&ours);
    }
    // What cannot be removed stays in the folder of temporary files.
    let _ = std::fs::remove_dir_all(&ours.folder);
}
