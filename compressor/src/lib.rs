//! Shortens texts for LLMs and proves that nothing that matters was lost.

pub mod atoms;
mod budget;
pub mod domain;
pub mod draft;
pub mod engine;
pub mod error;
mod guard;
pub mod language;
mod layout;
pub mod model;
mod notation;
pub mod pipeline;
pub mod policy;
mod rank;
pub mod receipt;
pub mod segment;
mod stream;
pub mod structural;
mod tagger;
pub mod tokens;
