//! Anything that speaks Chat Completions: llama-server, Ollama, vLLM, a gateway.
//!
//! As `openai`, but for the older name of the limit, which all of them know.

use compressor::tokens::Tokenizer;
use serde_json::Value;

use super::{Malformed, Provider, Reply, Request, Secret, Traits, openai};

/// The adapter.
#[derive(Debug)]
pub(super) struct OpenAiCompatible;

impl Provider for OpenAiCompatible {
    fn path(&self, _model: &str) -> String {
        openai::PATH.to_owned()
    }

    fn key_header(&self, key: &Secret) -> (&'static str, String) {
        openai::bearer(key)
    }

    fn body(&self, request: &Request, traits: &Traits) -> Value {
        openai::body(request, traits, "max_tokens")
    }

    fn reply(&self, body: &[u8]) -> Result<Reply, Malformed> {
        openai::reply(body)
    }

    fn tokenizer(&self) -> Tokenizer {
        Tokenizer::O200kBase
    }

    fn overhead_tokens(&self) -> u64 {
        12
    }
}
