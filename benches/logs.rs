//! A made-up log of any size: lines of a service, with bursts of equal ones.

use std::fmt::Write;

use crate::random::Random;

const EVENTS: [(&str, &str); 6] = [
    ("INFO", "GET /api/v2/orders/{} 200"),
    ("INFO", "session {} renewed for 3600 s"),
    ("DEBUG", "cache hit for key user:{}:profile"),
    ("WARN", "retry 2 of 5 for job {}: connection reset by peer"),
    ("ERROR", "payment {} failed: upstream timed out after 30000 ms"),
    ("INFO", "worker {} idle"),
];

/// A log of at least so many bytes.
#[must_use]
pub fn log(bytes: usize) -> String {
    let mut random = Random::new(50);
    let mut out = String::with_capacity(bytes + 4096);
    let mut millisecond = 0;
    while out.len() < bytes {
        let (level, event) = EVENTS[random.below(EVENTS.len())];
        let event = event.replace("{}", &random.below(100_000).to_string());
        millisecond += random.below(400);
        let burst = if random.below(12) == 0 { 2 + random.below(6) } else { 1 };
        for _ in 0..burst {
            let (second, minute, hour) =
                (millisecond / 1_000 % 60, millisecond / 60_000 % 60, millisecond / 3_600_000 % 24);
            writeln!(
                out,
                "2026-11-22T{hour:02}:{minute:02}:{second:02}.{:03}Z {level:<5} [api-7] {event}",
                millisecond % 1_000
            )
            .expect("writing to a string does not fail");
        }
    }
    out
}
