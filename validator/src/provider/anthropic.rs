//! Anthropic's Messages API: `POST /v1/messages`.
//!
//! Its form: <https://docs.anthropic.com/en/api/messages>; structured answers by `output_config.format`.

use compressor::tokens::Tokenizer;
use serde::Deserialize;
use serde_json::{Value, json};

use super::openai::or_zero;
use super::{Malformed, Provider, Reply, Request, Secret, Stop, Traits, Usage};

/// The adapter.
#[derive(Debug)]
pub(super) struct Anthropic;

impl Provider for Anthropic {
    fn path(&self, _model: &str) -> String {
        "/v1/messages".to_owned()
    }

    fn headers(&self) -> &'static [(&'static str, &'static str)] {
        &[("anthropic-version", "2023-06-01")]
    }

    fn key_header(&self, key: &Secret) -> (&'static str, String) {
        ("x-api-key", key.expose().to_owned())
    }

    fn body(&self, request: &Request, traits: &Traits) -> Value {
        let mut body = json!({
            "model": request.model.model,
            "max_tokens": traits.max_tokens(request),
            "messages": [{"role": "user", "content": request.user}],
        });
        if !request.system.is_empty() {
            body["system"] = json!(request.system);
        }
        if traits.temperature {
            body["temperature"] = json!(0);
        }
        if let Some(schema) = &request.schema {
            body["output_config"] = json!({"format": {"type": "json_schema", "schema": schema.schema}});
        }
        body
    }

    fn reply(&self, body: &[u8]) -> Result<Reply, Malformed> {
        let message: Message = serde_json::from_slice(body).map_err(Malformed::Form)?;
        let stop = match message.stop_reason.as_deref() {
            Some("max_tokens" | "model_context_window_exceeded") => Stop::Length,
            Some("refusal") => Stop::Refusal,
            _ => Stop::End,
        };
        let text: String = message.content.into_iter().filter(|it| it.kind == "text").map(|it| it.text).collect();
        if text.is_empty() && stop == Stop::End {
            return Err(Malformed::Empty);
        }
        let counted = message.usage;
        let usage = Usage {
            input: counted.fresh + counted.read_from_cache + counted.written_to_cache,
            output: counted.output,
            cached: counted.read_from_cache,
        };
        Ok(Reply { text, usage, stop })
    }

    fn tokenizer(&self) -> Tokenizer {
        Tokenizer::Claude
    }

    fn overhead_tokens(&self) -> u64 {
        10
    }
}

#[derive(Deserialize)]
struct Message {
    content: Vec<Block>,
    stop_reason: Option<String>,
    usage: Counted,
}

#[derive(Deserialize)]
struct Block {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct Counted {
    #[serde(rename = "input_tokens")]
    fresh: u64,
    #[serde(rename = "output_tokens")]
    output: u64,
    #[serde(rename = "cache_read_input_tokens", default, deserialize_with = "or_zero")]
    read_from_cache: u64,
    #[serde(rename = "cache_creation_input_tokens", default, deserialize_with = "or_zero")]
    written_to_cache: u64,
}
