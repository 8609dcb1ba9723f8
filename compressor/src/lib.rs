//! Shortens texts for LLMs and proves that nothing that matters was lost.

pub mod atoms;
pub mod domain;
pub mod draft;
pub mod engine;
pub mod error;
pub mod language;
pub mod model;
pub mod pipeline;
pub mod policy;
pub mod receipt;
pub mod segment;
pub mod structural;
pub mod tokens;
