//! Providers: what a language model is asked, and what comes back.
//!
//! # Map
//! - One form of request and of answer for all: [`Request`], [`Answer`].
//! - What is particular to a provider, a file each: `anthropic`, `openai`, `gemini`, `local` (anything that speaks the
//!   form of `openai`). They make and read bodies and open no connection.
//! - What is configured: [`settings`], [`keys`], [`cost`].
//! - The way of a call: [`gateway`] looks into the [`cache`], takes a lane (`lanes`, `pace`), sets the worst case aside
//!   ([`limit`], and [`ledger`] on the disk), sends (`http`), and tries again after a wait (`retry`).
//! - What a run will cost: [`estimate`].
//!
//! # Invariants
//! - temperature 0 wherever the model takes one (`tests::shapes::anthropic_as_its_reference_shows_it`);
//! - equal requests are paid once (`tests::properties::equal_requests_are_paid_once_and_no_limit_is_passed`);
//! - no key is in a log, an error, the cache or a request's address
//!   (`tests::keys::no_key_is_in_the_cache_an_error_or_an_address`).
//!
//! Deliberately absent: prompts (`tasks`), and what an answer is worth (`metric`).

mod anthropic;
pub mod cache;
pub mod cost;
mod error;
pub mod estimate;
pub mod gateway;
mod gemini;
mod http;
pub mod keys;
mod lanes;
pub mod ledger;
pub mod limit;
mod local;
mod models;
mod openai;
mod pace;
mod retry;
mod secret;
pub mod settings;
mod station;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use compressor::tokens::Tokenizer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use error::ProviderError;
pub use models::Traits;
pub use secret::Secret;

use cost::Usd;

/// What a model is asked. Everything in it but `kind` and `expected_tokens` changes the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Who is asked.
    pub model: ModelName,
    /// What it is to be; may be empty.
    pub system: String,
    /// The question.
    pub user: String,
    /// Tokens of the answer at most, thinking aside.
    pub max_tokens: u32,
    /// The form of the answer, if it is to be JSON.
    pub schema: Option<Schema>,
    /// Which of several answers to the same question this is, from 0.
    pub sample: u32,
    /// The version of the prompt.
    pub prompt_version: &'static str,
    /// What it is for; answers to requests of one kind are expected to be of one size.
    pub kind: &'static str,
    /// Tokens that the answer is expected to have, where nothing better is known.
    pub expected_tokens: u32,
}

/// A JSON schema that an answer must follow: objects closed, every property required, as all providers ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Its name, of letters and underscores.
    pub name: &'static str,
    /// The schema.
    pub schema: Value,
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The text; empty where the model refused without a word.
    pub text: String,
    /// What the provider counted.
    pub usage: Usage,
    /// Why it ended.
    pub stop: Stop,
    /// What it cost when it was asked; nothing is paid again for one from the cache.
    pub cost: Usd,
    /// From request to answer, when it was asked.
    pub latency: Duration,
    /// Whether nothing was paid for it now: it stood in the cache, or an equal request was under way.
    pub from_cache: bool,
}

impl Answer {
    /// What was paid for it now.
    #[must_use]
    pub fn paid(&self) -> Usd {
        if self.from_cache { Usd::ZERO } else { self.cost }
    }
}

/// Tokens as the provider counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Going in, cached ones included.
    pub input: u64,
    /// Coming out, thinking included.
    pub output: u64,
    /// Of those going in, the ones billed at the price for cached tokens.
    pub cached: u64,
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// It was complete.
    End,
    /// It had as many tokens as were allowed.
    Length,
    /// The model, or a filter of the provider, would not answer.
    Refusal,
}

/// What an adapter reads of a body: an answer without its cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The text.
    pub text: String,
    /// What was counted.
    pub usage: Usage,
    /// Why it ended.
    pub stop: Stop,
}

/// Why a body is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Malformed {
    /// Cut off, or of another form.
    #[error("the answer is cut off or not of the documented form")]
    Form(#[source] serde_json::Error),
    /// Of the right form, with nothing in it.
    #[error("the answer holds no text, and no reason why")]
    Empty,
}

/// What is particular to a provider: where requests go, what they look like, how answers are read.
pub trait Provider: fmt::Debug + Send + Sync {
    /// The path under the base URL.
    fn path(&self, model: &str) -> String;

    /// Headers besides the content type; the one that holds the key comes from [`Provider::key_header`].
    fn headers(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// The header that shows the key.
    fn key_header(&self, key: &Secret) -> (&'static str, String);

    /// The body of a request.
    fn body(&self, request: &Request, traits: &Traits) -> Value;

    /// Reads the body of an answer with status 200.
    ///
    /// # Errors
    /// It is cut off, of another form, or empty.
    fn reply(&self, body: &[u8]) -> Result<Reply, Malformed>;

    /// What counts its tokens, exactly or about.
    fn tokenizer(&self) -> Tokenizer;

    /// About how many tokens it counts for a request besides those of its texts.
    fn overhead_tokens(&self) -> u64;
}

/// The forms of API there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Api {
    /// Anthropic's Messages API.
    Anthropic,
    /// `OpenAI`'s Chat Completions.
    Openai,
    /// Google's Gemini API.
    Gemini,
    /// Anything that speaks Chat Completions: llama-server, Ollama, vLLM, a gateway.
    OpenaiCompatible,
}

impl Api {
    /// What is particular to it.
    #[must_use]
    pub fn provider(self) -> &'static dyn Provider {
        match self {
            Self::Anthropic => &anthropic::Anthropic,
            Self::Openai => &openai::OpenAi,
            Self::Gemini => &gemini::Gemini,
            Self::OpenaiCompatible => &local::OpenAiCompatible,
        }
    }
}

/// A provider and its model, typed as `anthropic:claude-haiku-4-5` or `anthropic/claude-haiku-4-5` and shown as the latter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelName {
    /// The provider's name in the settings.
    pub provider: String,
    /// The model, as the provider calls it.
    pub model: String,
}

impl FromStr for ModelName {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        match typed.split_once([':', '/']) {
            Some((provider, model)) if !provider.is_empty() && !model.is_empty() => {
                Ok(Self { provider: provider.to_owned(), model: model.to_owned() })
            }
            _ => Err(format!("`{typed}` names no model: write provider:model, such as anthropic:claude-haiku-4-5")),
        }
    }
}

impl fmt::Display for ModelName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.provider, self.model)
    }
}

#[cfg(test)]
mod naming {
    use super::*;

    #[test]
    fn a_model_is_named_by_its_provider_and_its_own_name() {
        let name =
            |typed: &str| typed.parse::<ModelName>().map(|it| (it.provider.clone(), it.model.clone(), it.to_string()));
        let parts =
            |provider: &str, model: &str, shown: &str| Ok((provider.to_owned(), model.to_owned(), shown.to_owned()));
        assert_eq!(
            name("anthropic:claude-haiku-4-5"),
            parts("anthropic", "claude-haiku-4-5", "anthropic/claude-haiku-4-5")
        );
        assert_eq!(name("local:qwen3:4b"), parts("local", "qwen3:4b", "local/qwen3:4b"));
        assert_eq!(name("router/meta/llama"), parts("router", "meta/llama", "router/meta/llama"));
        for nothing in ["", "gpt", ":gpt", "openai:"] {
            assert!(name(nothing).is_err(), "{nothing}");
        }
    }
}
