//! The command line as a user has it: the built program, real files, real pipes, real signals.
//!
//! Invariants
//! - no test reads or writes outside its own scratch folder and the target folder; all share one unpacked model.
#![expect(clippy::unwrap_used, reason = "tests")]

mod bad_input;
mod bad_model;
mod compress;
mod count;
mod diff;
mod doctor;
mod exit_codes;
mod foreign_model;
mod full_disk;
mod gguf;
mod interrupts;
mod jsonl;
mod logs;
mod model;
mod old_processor;
mod pipes;
mod program;
mod receipts;
mod schema;
