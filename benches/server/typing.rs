//! 100 edits a second on a document of 1 MB: whether the server keeps up, and whether its text stays the client's.

use std::time::{Duration, Instant};

use benches::draft::Draft;
use benches::session::{Said, Server, Session};
use benches::statistics::percentile;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::peers::{HOVER, change, hover, milliseconds, open, start};
use crate::texts;

const A_SECOND: usize = 100;
const URI: &str = "file:///bench/document.py";

/// Prints the table.
pub fn print(ours: &Server, ruff: Option<&Server>, seconds: usize) {
    println!("\n### 100 edits a second on 1 MB, for {seconds} s\n");
    println!(
        "| server | edits | latest behind its time, ms | hover once a second: p99, ms | slowest | text at the end |"
    );
    println!("|---|---|---|---|---|---|");
    for server in [Some(ours), ruff].into_iter().flatten() {
        let (mut session, _) = start(server);
        let mut draft = Draft::new(&texts::megabyte(), 60);
        open(&mut session, URI, "python", &draft.text());
        let (late, hovers) = type_for(&mut session, &mut draft, seconds);
        // Only ours can be asked for its text.
        let text = if server.name == ours.name { compared(&mut session, &draft) } else { String::new() };
        session.leave();
        println!(
            "| {} | {} | {late:.1} | {:.2} | {:.2} | {text} |",
            server.name,
            draft.version() - 1,
            percentile(&hovers, 0.99),
            percentile(&hovers, 1.0)
        );
    }
    println!("\nLimit: the two texts are the same, by their sha256.");
}

/// Sends edits at their times. Tells how late the latest was, and the times of the hovers between, in milliseconds.
fn type_for(session: &mut Session, draft: &mut Draft, seconds: usize) -> (f64, Vec<f64>) {
    let (mut late, mut hovers, mut asked) = (Duration::ZERO, Vec::new(), 0);
    let begin = Instant::now();
    for (number, due) in (0..seconds * A_SECOND).zip((0..).map(|number| begin + Duration::from_millis(10) * number)) {
        let edit = draft.edit();
        loop {
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            hovers.extend(session.next(left).and_then(waited));
        }
        late = late.max(due.elapsed());
        change(session, URI, draft.version(), &edit);
        if number % A_SECOND == A_SECOND / 2 {
            session.send(HOVER, &hover(URI));
            asked += 1;
        }
    }
    while hovers.len() < asked {
        let said = session.next(Duration::from_mins(1)).expect("every request is answered");
        hovers.extend(waited(said));
    }
    (milliseconds(late), hovers)
}

fn waited(said: Said) -> Option<f64> {
    match said {
        Said::Answer(answer) => Some(milliseconds(answer.waited)),
        Said::Notification(..) => None,
    }
}

/// The server's text beside the client's.
fn compared(session: &mut Session, draft: &Draft) -> String {
    let document = session.request("compressionLayer/viewText", &json!({ "uri": URI })).result();
    let (theirs, own) = (hash(document["text"].as_str().unwrap_or_default()), hash(&draft.text()));
    let beginning = |hash: &[u8; 32]| u64::from_be_bytes(*hash.first_chunk().expect("32 bytes begin with 8"));
    if theirs == own && document["version"] == draft.version() {
        format!("the same, sha256 {:016x}…", beginning(&own))
    } else {
        format!("ANOTHER: {:016x}… instead of {:016x}…", beginning(&theirs), beginning(&own))
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}
