//! The conventions of the house, checked on every file that git tracks. CONTRIBUTING.md explains them.
//!
//! Invariants
//! - a failure names the file, the line where there is one, and what to do;
//! - what is checked is the code: the text of comments and string literals never trips a rule about code, nor hides
//!   anything from it (`tests/tidy::a_rule_sees_code_and_nothing_else`).
//!
//! Deliberately absent: what rustfmt, clippy, rustc or cargo deny check better.

#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/habits.rs"]
mod habits;
#[path = "tidy/headers.rs"]
mod headers;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/layout.rs"]
mod layout;
#[path = "tidy/manifests.rs"]
mod manifests;
#[path = "tidy/models.rs"]
mod models;
#[path = "tidy/tree.rs"]
mod tree;
