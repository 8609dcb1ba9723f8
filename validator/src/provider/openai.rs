//! `OpenAI`'s Chat Completions: `POST /chat/completions` under `https://api.openai.com/v1`.
//!
//! Its form: <https://platform.openai.com/docs/api-reference/chat>.

use compressor::tokens::Tokenizer;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::{Malformed, Provider, Reply, Request, Secret, Stop, Traits, Usage};

/// The adapter.
#[derive(Debug)]
pub(super) struct OpenAi;

impl Provider for OpenAi {
    fn path(&self, _model: &str) -> String {
        PATH.to_owned()
    }

    fn key_header(&self, key: &Secret) -> (&'static str, String) {
        bearer(key)
    }

    fn body(&self, request: &Request, traits: &Traits) -> Value {
        body(request, traits, "max_completion_tokens")
    }

    fn reply(&self, body: &[u8]) -> Result<Reply, Malformed> {
        reply(body)
    }

    fn tokenizer(&self) -> Tokenizer {
        Tokenizer::O200kBase
    }

    fn overhead_tokens(&self) -> u64 {
        8
    }
}

/// Where completions are asked for.
pub(super) const PATH: &str = "/chat/completions";

pub(super) fn bearer(key: &Secret) -> (&'static str, String) {
    ("authorization", format!("Bearer {}", key.expose()))
}

/// The body of a request; the field that limits the answer has two names.
pub(super) fn body(request: &Request, traits: &Traits, max_tokens: &str) -> Value {
    let mut messages = Vec::new();
    if !request.system.is_empty() {
        messages.push(json!({"role": "system", "content": request.system}));
    }
    messages.push(json!({"role": "user", "content": request.user}));
    let mut body = json!({"model": request.model.model, "messages": messages});
    body[max_tokens] = json!(traits.max_tokens(request));
    if traits.temperature {
        body["temperature"] = json!(0);
    }
    if let Some(schema) = &request.schema {
        let form = json!({"name": schema.name, "strict": true, "schema": schema.schema});
        body["response_format"] = json!({"type": "json_schema", "json_schema": form});
    }
    body
}

/// Reads a completion.
pub(super) fn reply(body: &[u8]) -> Result<Reply, Malformed> {
    let completion: Completion = serde_json::from_slice(body).map_err(Malformed::Form)?;
    let choice = completion.choices.into_iter().next().ok_or(Malformed::Empty)?;
    let refusal = choice.message.refusal.unwrap_or_default();
    let stop = match choice.finish_reason.as_deref() {
        Some("content_filter") => Stop::Refusal,
        _ if !refusal.is_empty() => Stop::Refusal,
        Some("length") => Stop::Length,
        _ => Stop::End,
    };
    let text = choice.message.content.unwrap_or_default();
    let text = if text.is_empty() { refusal } else { text };
    if text.is_empty() && stop == Stop::End {
        return Err(Malformed::Empty);
    }
    let counted = completion.usage;
    let usage = Usage {
        input: counted.prompt_tokens,
        output: counted.completion_tokens,
        cached: counted.prompt_tokens_details.unwrap_or_default().cached_tokens,
    };
    Ok(Reply { text, usage, stop })
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    usage: Counted,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Counted {
    prompt_tokens: u64,
    #[serde(default, deserialize_with = "or_zero")]
    completion_tokens: u64,
    prompt_tokens_details: Option<Details>,
}

#[derive(Default, Deserialize)]
struct Details {
    #[serde(default, deserialize_with = "or_zero")]
    cached_tokens: u64,
}

/// A count that may be `null`, which is none.
pub(super) fn or_zero<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}
