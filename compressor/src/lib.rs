//! Shortens texts for LLMs, locally and in milliseconds, and proves that nothing that matters was lost.
//!
//! A text goes in with a [`Policy`](policy::Policy); a shorter text comes out with a [`Receipt`](receipt::Receipt) that says
//! what was saved, what was kept and what, if anything, was lost.
//!
//! ```
//! use std::num::NonZeroUsize;
//! use std::time::Duration;
//!
//! use compressor::engine::Cancel;
//! use compressor::model::ModelSource;
//! use compressor::pipeline::{Compressor, Document, Runtime};
//! use compressor::policy::{Budget, Level, Policy};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The model lies within the library and is unpacked into a cache folder when a text first needs it.
//! let cache = std::env::temp_dir().join("compression-layer-example");
//! let runtime = Runtime { lanes: NonZeroUsize::MIN, clock: || Duration::ZERO };
//! let compressor = Compressor::new(ModelSource::Embedded { cache }, runtime);
//!
//! let text = "On Tuesday the payment service, which had been running for quite some time without any trouble, \
//!             answered 1,204 of the requests with HTTP status 504. It must not be restarted while the migration \
//!             is still running, because that would leave `orders_v2` in a state that is only partly written.";
//! let policy = Policy::new(Level::Balanced).with_budget(Budget::Ratio(0.7))?;
//! let result = compressor.compress(&Document { text, name: None, language: None }, &policy, &Cancel::new())?;
//!
//! assert!(result.receipt.tokens.ratio() <= 0.7);
//! assert_eq!(result.receipt.lost(), 0);
//! for atom in ["1,204", "504", "must", "not", "`orders_v2`"] {
//!     assert!(result.text.contains(atom), "{}", result.text);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Map
//! - What is asked: [`policy`], with [`tokens`] as the ruler. What comes back: [`receipt`], [`error`].
//! - The way of a text: [`pipeline`] reads a notebook as Markdown (`view`), has [`domain`] classify it and [`segment`] cut it; code goes to [`structural`], running
//!   text to the tagger, data to shorter forms, all else to layout; each proposes a [`draft`]. The budget chooses among the words of all drafts, the
//!   guard looks at what was made of them.
//! - What must survive: [`atoms`], the only definition of it.
//! - What languages there are: [`language`], one row each.
//! - What runs a model: [`engine`]; where it comes from: [`model`]. What keeps originals: [`store`].
//! - What an editor asks before and beside: [`estimate`] of the result's size, [`structural::symbols`], [`secrets`].
//! - What a validator asks of two texts: [`atoms::compare`], [`embedding`], [`structural::syntax_tree`].
//!
//! # Invariants
//! - Nothing here reads the environment, the clock or a random source; callers hand in what they want used.
//! - No text of the user reaches a log.
//! - Same input, same bytes (`tests/properties`).

pub mod atoms;
mod budget;
mod conflict;
mod data;
pub mod domain;
pub mod draft;
pub mod embedding;
pub mod engine;
pub mod error;
pub mod estimate;
mod guard;
pub mod language;
mod layout;
pub mod model;
mod notation;
pub mod pipeline;
pub mod policy;
mod rank;
pub mod receipt;
pub mod secrets;
pub mod segment;
pub mod store;
mod stream;
pub mod structural;
mod tagger;
pub mod tokens;
mod view;
