//! Settings: what all options together mean.
//!
//! Invariants
//! - settings that exist are valid, whatever was written (`layers::tests::no_json_makes_settings_invalid`).
//!
//! Deliberately absent: how options are written, which `options` knows.

pub(crate) mod layers;

use std::path::PathBuf;
use std::time::Duration;

use compressor::policy::{Budget, Level};
use compressor::tokens::Tokenizer;

use super::basket::Order;

/// What counts for a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settings {
    pub(crate) level: Level,
    pub(crate) tokenizer: Tokenizer,
    /// Offered beside the level; each once.
    pub(crate) budgets: Vec<Budget>,
    pub(crate) query: Option<String>,
    pub(crate) model: ModelSettings,
    /// Originals kept on disk; 0 for none.
    pub(crate) store_megabytes: u64,
    pub(crate) code_lens: bool,
    /// Whether to warn of secrets.
    pub(crate) secrets: bool,
    pub(crate) basket: BasketSettings,
    pub(crate) chat: ChatSettings,
    pub(crate) trusted_workspace: bool,
}

/// Which model, and how long it stays.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ModelSettings {
    /// Absolute; `None` for the model within the program.
    pub(crate) path: Option<PathBuf>,
    pub(crate) load_at_start: bool,
    /// Unloaded after so long without work; `None` for never.
    pub(crate) idle: Option<Duration>,
}

/// How the basket is assembled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BasketSettings {
    pub(crate) order: Order,
    pub(crate) budget: Option<Budget>,
}

/// How a block for a chat is made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChatSettings {
    /// Whether path and lines stand above it.
    pub(crate) header: bool,
}

/// What holds if nobody sets anything; `docs/CONFIG.md` lists it.
impl Default for Settings {
    fn default() -> Self {
        Self {
            level: Level::Balanced,
            tokenizer: Tokenizer::O200kBase,
            budgets: vec![Budget::Ratio(0.5)],
            query: None,
            model: ModelSettings { path: None, load_at_start: false, idle: Some(Duration::from_mins(10)) },
            store_megabytes: 256,
            code_lens: false,
            secrets: true,
            basket: BasketSettings { order: Order::File, budget: None },
            chat: ChatSettings { header: true },
            trusted_workspace: false,
        }
    }
}
