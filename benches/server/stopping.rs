//! Cancellation: how soon the answer comes, and how soon the work has really stopped.

use std::time::{Duration, Instant};

use benches::random::Random;
use benches::session::{Said, Server, Session};
use benches::statistics::{median, percentile};
use benches::vitals;
use serde_json::{Value, json};

use crate::peers::{COMPRESS, milliseconds, warm};
use crate::texts;

const ROUNDS: usize = 20;
/// Less work than this in [`QUIET`] is none: timers take some.
const NOTHING: Duration = Duration::from_millis(4);
const QUIET: Duration = Duration::from_millis(200);

/// Prints the table.
pub fn print(server: &Server) {
    println!("\n### Cancellation, {ROUNDS} times, of about 20,000 tokens of prose\n");
    let mut session = warm(server);
    let text = texts::prose(20_000, 1).remove(0);
    let mut random = Random::new(20);
    let (mut answers, mut stops, mut work) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (answer, stop) = cancelled(&mut session, &text, round, Duration::from_millis(random.next_number() % 300));
        answers.push(answer);
        if let Some(stop) = stop {
            stops.push(stop.at);
            work.push(stop.work);
        }
    }
    session.leave();
    println!("| from `$/cancelRequest` to, ms | median | slowest | limit |");
    println!("|---|---|---|---|");
    row("its answer", "100", &answers);
    if stops.is_empty() {
        println!("skipped: the end of the work: this system does not tell a process's time on cores in /proc");
    } else {
        row("the end of the work: no thread takes time on a core any more", "100", &stops);
        row("the same, as time on cores, all threads together", "", &work);
    }
}

/// The end of the work, in milliseconds after the wish for it.
struct Stop {
    at: f64,
    /// What was done until then.
    work: f64,
}

/// Cancels a request some time after it first told of windows that are done. Returns the time to its answer and, where the
/// system tells, the end of the work.
fn cancelled(session: &mut Session, text: &str, round: usize, later: Duration) -> (f64, Option<Stop>) {
    let token = format!("round {round}");
    let id = session.send(COMPRESS, &json!({ "text": text, "workDoneToken": token }));
    loop {
        match session.next(Duration::from_mins(1)).expect("long work tells how far it is") {
            Said::Answer(answer) => panic!("answered before it was cancelled: {:?}", answer.outcome.map(drop)),
            Said::Notification(method, params) => {
                if method == "$/progress" && params["token"] == token && params["value"]["kind"] == "report" {
                    break;
                }
            }
        }
    }
    session.listen(later);
    let start = Instant::now();
    session.notify("$/cancelRequest", &json!({ "id": id }));
    watch(session, start)
}

/// Looks at the process every millisecond until it was quiet for a while.
fn watch(session: &mut Session, start: Instant) -> (f64, Option<Stop>) {
    let process = session.process();
    let mut samples: Vec<(Duration, Duration)> = Vec::new();
    let mut answered = None;
    loop {
        if let Some(Said::Answer(answer)) = session.next(Duration::from_millis(1)) {
            let code = answer.outcome.expect_err("a cancelled request has no result")["code"].clone();
            assert_eq!(code, Value::from(-32800), "cancelled");
            answered = Some(milliseconds(answer.at.duration_since(start)));
        }
        samples.extend(vitals::on_cores(process).map(|time| (start.elapsed(), time)));
        let Some(&(now, worked)) = samples.last() else {
            match answered {
                Some(answered) => return (answered, None),
                None => continue,
            }
        };
        assert!(now < Duration::from_mins(1), "the work goes on");
        // What was done after a sample is what lies between it and now.
        let stopped = samples.iter().find(|(_, then)| worked.saturating_sub(*then) < NOTHING).map(|&(at, _)| at);
        if let (Some(answered), Some(stopped)) = (answered, stopped)
            && now >= stopped + QUIET
        {
            let work = worked.saturating_sub(samples[0].1);
            return (answered, Some(Stop { at: milliseconds(stopped), work: milliseconds(work) }));
        }
    }
}

fn row(name: &str, limit: &str, times: &[f64]) {
    println!("| {name} | {:.1} | {:.1} | {limit} |", median(times), percentile(times, 1.0));
}
