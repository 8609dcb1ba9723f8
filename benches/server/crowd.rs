//! 100 requests at once: each is answered or refused as busy, in the order in which they came.

use std::time::{Duration, Instant};

use benches::session::{Answer, Said, Server, Session};
use serde_json::json;

use crate::peers::{COMPRESS, warm};
use crate::texts;

const AT_ONCE: usize = 100;
const ROUNDS: usize = 5;
/// A request that is not answered by then is lost.
const PATIENCE: Duration = Duration::from_mins(2);

/// Prints the table.
pub fn print(server: &Server) {
    println!("\n### {AT_ONCE} requests at once, {ROUNDS} times, texts of about 250 tokens\n");
    println!(
        "| requests | answered | refused as busy | otherwise refused | lost, limit 0 | out of order, limit 0 | seconds |"
    );
    println!("|---|---|---|---|---|---|---|");
    let texts = texts::prose(250, AT_ONCE);
    let mut session = warm(server);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let answers = all_at_once(&mut session, &texts);
        let busy = answers.iter().filter(|answer| is_busy(answer)).count();
        let sound: Vec<i64> = answers.iter().filter(|answer| answer.outcome.is_ok()).map(|answer| answer.id).collect();
        println!(
            "| {AT_ONCE} | {} | {busy} | {} | {} | {} | {:.1} |",
            sound.len(),
            answers.len() - sound.len() - busy,
            AT_ONCE - answers.len(),
            sound.windows(2).filter(|pair| pair[0] > pair[1]).count(),
            start.elapsed().as_secs_f64()
        );
    }
    session.leave();
}

/// The answers, in the order in which they came.
fn all_at_once(session: &mut Session, texts: &[String]) -> Vec<Answer> {
    for text in texts {
        session.send(COMPRESS, &json!({ "text": text }));
    }
    let mut answers = Vec::new();
    let until = Instant::now() + PATIENCE;
    while answers.len() < texts.len() {
        match session.next(until.saturating_duration_since(Instant::now())) {
            Some(Said::Answer(answer)) => answers.push(answer),
            Some(Said::Notification(..)) => {}
            None => break,
        }
    }
    answers
}

fn is_busy(answer: &Answer) -> bool {
    answer.outcome.as_ref().is_err_and(|error| error["data"]["kind"] == "busy")
}
