//! `compression-validator` as a user has it: the built program, real files, real kills.
//!
//! Invariants
//! - no test needs a key or the network.
#![expect(clippy::unwrap_used, reason = "tests")]

mod certify;
mod compressor;
mod cosine;
mod downstream;
mod models;
mod pairs;
mod report;
mod resume;

use e2e::scratch::Scratch;

/// A scratch folder for the program with these files.
fn scratch(files: &[(&str, &str)]) -> Scratch {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    Scratch::of("compression-validator", &files)
}

/// So many different pairs that lose an atom each.
fn pairs(count: usize) -> String {
    let pair = |number| {
        let verbose = format!("On that day request {number} was answered by the service with status 504, not 200.");
        serde_json::json!({ "verbose": verbose, "compressed": format!("request {number} status 504, 200") }).to_string()
    };
    (0..count).map(|number| pair(number) + "\n").collect()
}
