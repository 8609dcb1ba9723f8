//! What an editor waits for: the start, the list of code actions, and an edit.

use benches::draft::Draft;
use benches::random::Random;
use benches::session::{Server, Session};
use benches::statistics::{median, percentile};
use serde_json::json;

use crate::load::Load;
use crate::peers::{HOVER, change, hover, milliseconds, open, start, warm};
use crate::texts;

const STARTS: usize = 15;
const LISTS: usize = 300;
const EDITS: usize = 1_000;
const LINES: usize = 10_000;
const URI: &str = "file:///bench/document.py";

/// What is asked for a list of code actions.
#[derive(Clone, Copy)]
enum Asked {
    /// 5 to 60 lines are marked.
    Selection,
    /// Nothing is: the definition around the cursor, and the file.
    Cursor,
}

/// Prints the table.
pub fn print(ours: &Server, ruff: Option<&Server>) {
    println!("### Waiting\n");
    let name = ruff.map_or("ruff", |ruff| ruff.name.as_str());
    println!("| what, ms | times | limit | ours: median | p99 | slowest | {name}: median | p99 | slowest |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut times = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        times.0.push(begun(ours));
        times.1.extend(ruff.map(begun));
    }
    row("`initialize`, from the start of the process", "slowest 100", &times.0, &times.1);
    let text = texts::python(LINES);
    let both = |take: &dyn Fn(&mut Session) -> Vec<f64>| {
        let fresh = |server: &Server| {
            let (mut session, _) = start(server);
            let times = take(&mut session);
            session.leave();
            times
        };
        (fresh(ours), ruff.map(fresh).unwrap_or_default())
    };
    for (asked, name) in [(Asked::Selection, "5 to 60 lines marked"), (Asked::Cursor, "nothing marked")] {
        let idle = both(&|session| {
            open(session, URI, "python", &text);
            lists(session, asked, &mut |_| ())
        });
        row(&format!("code actions, 10,000 lines, {name}, idle"), "p99 20", &idle.0, &idle.1);
        let (times, note) = at_work(ours, asked, &text);
        row(&format!("the same, the model at work ({note})"), "p99 20", &times, &[]);
    }
    let megabyte = texts::megabyte();
    let alone = both(&|session| {
        open(session, URI, "python", &megabyte);
        (0..EDITS).map(|_| milliseconds(session.request(HOVER, &hover(URI)).waited)).collect()
    });
    row("hover alone, 1 MB", "", &alone.0, &alone.1);
    let edits = both(&|session| edits(session, &megabyte));
    row("`didChange` and hover, 1 MB", "p99 5", &edits.0, &edits.1);
}

fn begun(server: &Server) -> f64 {
    let (session, took) = start(server);
    session.leave();
    milliseconds(took)
}

/// Lists while texts are compressed without a pause, and what was done meanwhile.
fn at_work(server: &Server, asked: Asked, text: &str) -> (Vec<f64>, String) {
    let mut session = warm(server);
    open(&mut session, URI, "python", text);
    let mut load = Load::new();
    let times = lists(&mut session, asked, &mut |session| load.top_up(session));
    session.leave();
    let (texts, gaps) = load.done();
    (times, format!("{texts} texts, {gaps} gaps"))
}

/// Times of lists at places of chance, one after the other.
fn lists(session: &mut Session, asked: Asked, before_each: &mut dyn FnMut(&mut Session)) -> Vec<f64> {
    let mut random = Random::new(256);
    let mut list = |_| {
        before_each(session);
        let start = random.below(LINES - 100);
        let end = match asked {
            Asked::Selection => start + 5 + random.below(56),
            Asked::Cursor => start,
        };
        let position = |line: usize| json!({ "line": line, "character": 0 });
        let params = json!({
            "textDocument": { "uri": URI },
            "range": { "start": position(start), "end": position(end) },
            "context": { "diagnostics": [], "triggerKind": 1 },
        });
        let answer = session.request("textDocument/codeAction", &params);
        let waited = milliseconds(answer.waited);
        let _ = answer.result();
        waited
    };
    // The first ones read the definitions and the vocabulary.
    for number in 0..5 {
        let _ = list(number);
    }
    (0..LISTS).map(list).collect()
}

/// Times from an edit to the answer of the cheapest request after it.
fn edits(session: &mut Session, text: &str) -> Vec<f64> {
    let mut draft = Draft::new(text, 1_000);
    open(session, URI, "python", &draft.text());
    let mut edit = || {
        let edit = draft.edit();
        let start = std::time::Instant::now();
        change(session, URI, draft.version(), &edit);
        let answer = session.request(HOVER, &hover(URI));
        milliseconds(answer.at.duration_since(start))
    };
    (0..EDITS).map(|_| edit()).collect()
}

fn row(what: &str, limit: &str, ours: &[f64], ruff: &[f64]) {
    let cells = |times: &[f64]| {
        if times.is_empty() {
            return " | | ".to_owned();
        }
        format!("{:.2} | {:.2} | {:.2}", median(times), percentile(times, 0.99), percentile(times, 1.0))
    };
    println!("| {what} | {} | {limit} | {} | {} |", ours.len(), cells(ours), cells(ruff));
}
