//! Google's Gemini API: `POST /v1beta/models/MODEL:generateContent`.
//!
//! Its form: <https://ai.google.dev/api/generate-content>. The key goes into a header, never into the address.

use compressor::tokens::Tokenizer;
use serde::Deserialize;
use serde_json::{Value, json};

use super::openai::or_zero;
use super::{Malformed, Provider, Reply, Request, Secret, Stop, Traits, Usage};

/// The adapter.
#[derive(Debug)]
pub(super) struct Gemini;

impl Provider for Gemini {
    fn path(&self, model: &str) -> String {
        format!("/v1beta/models/{model}:generateContent")
    }

    fn key_header(&self, key: &Secret) -> (&'static str, String) {
        ("x-goog-api-key", key.expose().to_owned())
    }

    fn body(&self, request: &Request, traits: &Traits) -> Value {
        let mut config = json!({"maxOutputTokens": traits.max_tokens(request), "candidateCount": 1});
        if traits.temperature {
            config["temperature"] = json!(0);
        }
        if let Some(schema) = &request.schema {
            config["responseMimeType"] = json!("application/json");
            config["responseJsonSchema"] = schema.schema.clone();
        }
        let mut body = json!({
            "contents": [{"role": "user", "parts": [{"text": request.user}]}],
            "generationConfig": config,
        });
        if !request.system.is_empty() {
            body["systemInstruction"] = json!({"parts": [{"text": request.system}]});
        }
        body
    }

    fn reply(&self, body: &[u8]) -> Result<Reply, Malformed> {
        let response: Response = serde_json::from_slice(body).map_err(Malformed::Form)?;
        let blocked = response.prompt_feedback.and_then(|it| it.block_reason).is_some();
        let candidate = response.candidates.into_iter().next();
        let reason = candidate.as_ref().and_then(|it| it.finish_reason.as_deref()).unwrap_or_default();
        let stop = match reason {
            _ if blocked => Stop::Refusal,
            "SAFETY" | "RECITATION" | "LANGUAGE" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII" => Stop::Refusal,
            "MAX_TOKENS" => Stop::Length,
            _ => Stop::End,
        };
        let parts = candidate.and_then(|it| it.content).map(|it| it.parts).unwrap_or_default();
        let text: String = parts.into_iter().filter(|part| !part.thought).map(|part| part.text).collect();
        if text.is_empty() && stop == Stop::End {
            return Err(Malformed::Empty);
        }
        let counted = response.usage_metadata;
        let usage =
            Usage { input: counted.prompt, output: counted.candidates + counted.thoughts, cached: counted.cached };
        Ok(Reply { text, usage, stop })
    }

    fn tokenizer(&self) -> Tokenizer {
        Tokenizer::Gemini
    }

    fn overhead_tokens(&self) -> u64 {
        2
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    #[serde(default)]
    candidates: Vec<Candidate>,
    prompt_feedback: Option<Feedback>,
    usage_metadata: Counted,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    content: Option<Content>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default)]
    parts: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    text: String,
    #[serde(default)]
    thought: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Feedback {
    block_reason: Option<String>,
}

/// Counts that are nothing are left out of the answer.
#[derive(Deserialize)]
struct Counted {
    #[serde(rename = "promptTokenCount", default, deserialize_with = "or_zero")]
    prompt: u64,
    #[serde(rename = "candidatesTokenCount", default, deserialize_with = "or_zero")]
    candidates: u64,
    #[serde(rename = "thoughtsTokenCount", default, deserialize_with = "or_zero")]
    thoughts: u64,
    #[serde(rename = "cachedContentTokenCount", default, deserialize_with = "or_zero")]
    cached: u64,
}
