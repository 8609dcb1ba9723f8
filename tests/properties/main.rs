//! What holds for every text, every level, every budget and every answer of a model, tried on made-up texts.
//!
//! The texts are cut out of real ones and spliced, with any Unicode between them; most of the models are stand-ins that
//! answer at random, so that nothing holds because the embedded model happens to be good.
//!
//! Invariants
//! - no test depends on time, on the number of cores or on another test.
#![expect(clippy::unwrap_used, reason = "tests")]

mod atoms;
mod code;
mod determinism;
mod diffs;
mod models;
mod parts;
mod ranges;
mod size;
mod texts;
