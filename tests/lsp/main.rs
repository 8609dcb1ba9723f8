//! The language server as an editor has it: the true server, in process, over a duplex pipe.
//!
//! Invariants
//! - each test ends its session properly and has read all that the server said (`tests/lsp/client`).
#![expect(clippy::unwrap_used, reason = "tests")]
#![expect(clippy::needless_pass_by_value, reason = "a message is made where it is sent")]

mod capabilities;
mod client;
mod editor;
mod host;
mod samples;
mod wire;

mod actions;
mod basket;
mod cancellation;
mod commands;
mod documents;
mod faults;
mod hover;
mod lens;
mod lifecycle;
mod load;
mod models;
mod noise;
mod partial;
mod plain_client;
mod progress;
mod secrets;
mod settings;
mod shim_client;
