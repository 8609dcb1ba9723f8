//! The end under full load: `shutdown` and `exit` while the queue is full.

use benches::session::{Server, Session};
use benches::statistics::{median, percentile};
use serde_json::{Value, json};

use crate::peers::{COMPRESS, warm};
use crate::texts;

const ROUNDS: usize = 10;
const QUEUED: usize = 64;

/// Prints the table.
pub fn print(server: &Server) {
    println!("\n### The end under full load, {ROUNDS} times: {QUEUED} texts of about 3,000 tokens are queued\n");
    let texts = texts::prose(3_000, QUEUED);
    let (mut times, mut properly, mut queues) = (Vec::new(), 0, Vec::new());
    for _ in 0..ROUNDS {
        let mut session = warm(server);
        queues.push(fill(&mut session, &texts));
        let (took, status) = session.ended();
        times.push(took.as_secs_f64());
        properly += usize::from(status.is_some_and(|status| status.code() == Some(0)));
    }
    println!(
        "| from `shutdown` to the end of the process, s | median | slowest | limit | exit code 0 | least queue before |"
    );
    println!("|---|---|---|---|---|---|");
    println!(
        "| | {:.3} | {:.3} | 2 | {properly} of {ROUNDS} | {} |",
        median(&times),
        percentile(&times, 1.0),
        queues.iter().min().unwrap_or(&0)
    );
}

/// Queues the texts, and tells how many the server then has.
fn fill(session: &mut Session, texts: &[String]) -> u64 {
    for text in texts {
        session.send(COMPRESS, &json!({ "text": text }));
    }
    let status = session.request("compressionLayer/status", &Value::Null).result();
    status["queue"].as_u64().unwrap_or_default()
}
