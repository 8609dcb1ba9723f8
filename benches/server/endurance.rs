//! Memory after many texts, beside that after the first.

use benches::selections;
use benches::session::Server;
use benches::sources::Kind;
use benches::vitals;
use compressor::tokens::Tokenizer;
use serde_json::json;

use crate::peers::{COMPRESS, warm};

const TOKENS: std::ops::RangeInclusive<usize> = 50..=2_000;
const FIRST: usize = 10;

/// Prints the table.
pub fn print(server: &Server, compressions: usize) {
    println!("\n### Memory, over texts of 50 to 2,000 tokens, half prose and half code\n");
    let kinds = [Kind::PROSE, Kind::PYTHON, Kind::PROSE, Kind::RUST, Kind::PROSE, Kind::TYPESCRIPT];
    let texts = selections::marked(&kinds, &TOKENS, compressions, 1_000);
    let mut session = warm(server);
    let process = session.process();
    println!("| compressions | tokens | resident, MB | beside the first {FIRST}, MB | limit |");
    println!("|---|---|---|---|---|");
    let (mut tokens, mut first) = (0, None);
    for (done, marked) in (1..).zip(&texts) {
        let _ = session.request(COMPRESS, &json!({ "text": marked.text })).result();
        tokens += Tokenizer::O200kBase.count(&marked.text);
        if done != FIRST && done % (compressions / 4).max(1) != 0 {
            continue;
        }
        let Some(now) = vitals::resident(process) else {
            println!("skipped: memory: this system does not tell of it in /proc");
            break;
        };
        let first = *first.get_or_insert(now);
        let limit = if done == texts.len() { "+10" } else { "" };
        println!("| {done} | {tokens} | {now:.1} | {:+.1} | {limit} |", now - first);
    }
    session.leave();
}
