//! Shared fixtures of the end-to-end tests.

pub mod data;
pub mod scratch;
pub mod server;
pub mod tools;

/// Says that the running test could not do what it is there for; `scripts/check` collects these lines.
#[expect(clippy::print_stderr, reason = "the harness collects it with the output of the test")]
pub fn skipped(reason: &str) {
    // The harness names the thread of a test after the test.
    let thread = std::thread::current();
    eprintln!("skipped: {}: {reason}", thread.name().unwrap_or("a test"));
}
