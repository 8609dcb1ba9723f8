//! What the server adds to the library: a selection of 256 tokens, from the request to its answer, less the receipt's time.

use benches::selections::{self, Marked};
use benches::session::{Server, Session};
use benches::sources::Kind;
use benches::statistics::{median, percentile};
use serde_json::json;

use crate::peers::{COMPRESS, milliseconds, open, warm};

const SELECTIONS: usize = 100;
const TOKENS: std::ops::RangeInclusive<usize> = 240..=272;

/// Prints the table.
pub fn print(server: &Server) {
    println!("\n### A selection of 256 tokens, from the request to its answer\n");
    println!("| selections | n | whole, ms: median | p95 | beside the library, ms: median | p95 | limit |");
    println!("|---|---|---|---|---|---|---|");
    let mut session = warm(server);
    for (kind, language) in [(Kind::PROSE, "markdown"), (Kind::PYTHON, "python")] {
        let selections = selections::marked(&[kind], &TOKENS, SELECTIONS, 256);
        let take = |(number, marked)| compress(&mut session, number, marked, language);
        let (whole, beside): (Vec<f64>, Vec<f64>) = selections.iter().enumerate().map(take).unzip();
        println!(
            "| {} | {} | {:.1} | {:.1} | {:.2} | {:.2} | 5 |",
            kind.name,
            whole.len(),
            median(&whole),
            percentile(&whole, 0.95),
            median(&beside),
            percentile(&beside, 0.95)
        );
    }
    session.leave();
}

/// The whole time, and what of it is not the library's, in milliseconds.
fn compress(session: &mut Session, number: usize, marked: &Marked, language: &str) -> (f64, f64) {
    let uri = format!("file:///bench/{language}/{number}");
    open(session, &uri, language, &marked.file.text);
    let position = |line: usize| json!({ "line": line, "character": 0 });
    let range = json!({ "start": position(marked.lines.start), "end": position(marked.lines.end) });
    let answer = session.request(COMPRESS, &json!({ "document": { "uri": uri, "range": range } }));
    let whole = milliseconds(answer.waited);
    let receipt = answer.result()["receipt"].take();
    let library = receipt["milliseconds"].as_f64().expect("a receipt has its time");
    session.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri } }));
    (whole, whole - library)
}
