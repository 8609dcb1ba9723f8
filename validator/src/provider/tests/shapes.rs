//! What is sent and read, in the forms of the public API references.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::super::{Answer, Schema};
use super::*;

/// Asks once and shows what went out and what was made of the answer.
async fn check(setup: impl FnOnce(Setup) -> Setup, request: Request, answer: Value, expected: Expect) -> Answer {
    let server = server(vec![good(answer)]).await;
    let setup = setup(Setup::at(&server.uri()));
    let gateway = setup.gateway(&[&request.model.to_string()]).unwrap();
    let answer = gateway.ask(&request).await.unwrap();
    let sent = server.received_requests().await.unwrap().remove(0);
    let kept = ["x-api-key", "anthropic-version", "authorization", "x-goog-api-key", "content-type", "user-agent"];
    let headers: String = sent
        .headers
        .iter()
        .filter(|(name, _)| kept.contains(&name.as_str()))
        .flat_map(|(name, value)| [name.as_str(), ": ", value.to_str().unwrap(), "\n"])
        .collect();
    let body: Value = sent.body_json().unwrap();
    let Answer { text, usage, stop, cost, .. } = &answer;
    expected
        .assert_eq(&format!("POST {}\n{headers}{body:#}\n-> {text:?}\n{usage:?} {stop:?} {cost}\n", sent.url.path()));
    answer
}

fn verdict() -> Schema {
    let schema = json!({"type": "object", "properties": {"same": {"type": "boolean"}}, "required": ["same"], "additionalProperties": false});
    Schema { name: "verdict", schema }
}

#[tokio::test]
async fn anthropic_as_its_reference_shows_it() {
    let request = Request { system: "Be brief.".to_owned(), ..request("anthropic:claude-haiku-4-5", "Hello, Claude") };
    let answer = json!({
        "id": "msg_013Zva2CMHLNnXjNJJKqJ2EF",
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-4-5-20251001",
        "content": [{"type": "text", "text": "Hi! My name is Claude.", "citations": null}],
        "stop_reason": "end_turn",
        "stop_sequence": null,
        "usage": {
            "input_tokens": 2095,
            "cache_creation_input_tokens": null,
            "cache_read_input_tokens": 100,
            "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0},
            "output_tokens": 503,
            "service_tier": "standard"
        }
    });
    check(
        |setup| setup,
        request,
        answer,
        expect![[r#"
        POST /v1/messages
        anthropic-version: 2023-06-01
        x-api-key: sk-test-0123456789abcdef
        content-type: application/json
        user-agent: compression-validator/0.1.0
        {
          "model": "claude-haiku-4-5",
          "max_tokens": 100,
          "messages": [
            {
              "role": "user",
              "content": "Hello, Claude"
            }
          ],
          "system": "Be brief.",
          "temperature": 0
        }
        -> "Hi! My name is Claude."
        Usage { input: 2195, output: 503, cached: 100 } End 0.0046200 USD
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_schema_and_thinking_at_anthropic() {
    let request = Request { schema: Some(verdict()), ..request("anthropic:claude-opus-5", "The same?") };
    let answer = json!({
        "id": "msg_01", "type": "message", "role": "assistant", "model": "claude-opus-5",
        "content": [
            {"type": "thinking", "thinking": "Let me compare.", "signature": "EqQB"},
            {"type": "text", "text": "{\"same\":"},
            {"type": "text", "text": "true}"}
        ],
        "stop_reason": "max_tokens", "stop_sequence": null,
        "usage": {"input_tokens": 40, "output_tokens": 60}
    });
    check(
        |setup| setup,
        request,
        answer,
        expect![[r#"
        POST /v1/messages
        anthropic-version: 2023-06-01
        x-api-key: sk-test-0123456789abcdef
        content-type: application/json
        user-agent: compression-validator/0.1.0
        {
          "model": "claude-opus-5",
          "max_tokens": 4196,
          "messages": [
            {
              "role": "user",
              "content": "The same?"
            }
          ],
          "output_config": {
            "format": {
              "type": "json_schema",
              "schema": {
                "type": "object",
                "properties": {
                  "same": {
                    "type": "boolean"
                  }
                },
                "required": [
                  "same"
                ],
                "additionalProperties": false
              }
            }
          }
        }
        -> "{\"same\":true}"
        Usage { input: 40, output: 60, cached: 0 } Length 0.0017000 USD
    "#]],
    )
    .await;
}

#[tokio::test]
async fn openai_as_its_reference_shows_it() {
    let request = Request { system: "Be brief.".to_owned(), ..request("openai:gpt-4o", "Hello!") };
    check(
        |setup| setup,
        request,
        completion("Hello! How can I assist you today?", 19, 10),
        expect![[r#"
        POST /v1/chat/completions
        authorization: Bearer sk-test-0123456789abcdef
        content-type: application/json
        user-agent: compression-validator/0.1.0
        {
          "model": "gpt-4o",
          "messages": [
            {
              "role": "system",
              "content": "Be brief."
            },
            {
              "role": "user",
              "content": "Hello!"
            }
          ],
          "max_completion_tokens": 100,
          "temperature": 0
        }
        -> "Hello! How can I assist you today?"
        Usage { input: 19, output: 10, cached: 0 } End 0.0001475 USD
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_schema_and_cached_tokens_at_openai() {
    let request = Request { schema: Some(verdict()), ..request("openai:gpt-5.4", "The same?") };
    let mut answer = completion("{\"same\":true}", 1200, 90);
    answer["usage"]["prompt_tokens_details"]["cached_tokens"] = json!(1024);
    check(
        |setup| setup,
        request,
        answer,
        expect![[r#"
        POST /v1/chat/completions
        authorization: Bearer sk-test-0123456789abcdef
        content-type: application/json
        user-agent: compression-validator/0.1.0
        {
          "model": "gpt-5.4",
          "messages": [
            {
              "role": "user",
              "content": "The same?"
            }
          ],
          "max_completion_tokens": 4196,
          "response_format": {
            "type": "json_schema",
            "json_schema": {
              "name": "verdict",
              "strict": true,
              "schema": {
                "type": "object",
                "properties": {
                  "same": {
                    "type": "boolean"
                  }
                },
                "required": [
                  "same"
                ],
                "additionalProperties": false
              }
            }
          }
        }
        -> "{\"same\":true}"
        Usage { input: 1200, output: 90, cached: 1024 } End 0.0020460 USD
    "#]],
    )
    .await;
}

#[tokio::test]
async fn gemini_as_its_reference_shows_it() {
    let request = Request {
        system: "Be brief.".to_owned(),
        schema: Some(verdict()),
        ..request("gemini:gemini-2.5-flash", "The same?")
    };
    let answer = json!({
        "candidates": [{
            "content": {"parts": [{"text": "thinking aloud", "thought": true}, {"text": "{\"same\": true}"}], "role": "model"},
            "finishReason": "STOP",
            "index": 0
        }],
        "usageMetadata": {
            "promptTokenCount": 31,
            "candidatesTokenCount": 7,
            "totalTokenCount": 338,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 31}],
            "thoughtsTokenCount": 300
        },
        "modelVersion": "gemini-2.5-flash",
        "responseId": "rB9ZaZ2_GZ-2qtsP5Kq2uAE"
    });
    check(
        |setup| setup,
        request,
        answer,
        expect![[r#"
        POST /v1beta/models/gemini-2.5-flash:generateContent
        x-goog-api-key: sk-test-0123456789abcdef
        content-type: application/json
        user-agent: compression-validator/0.1.0
        {
          "contents": [
            {
              "role": "user",
              "parts": [
                {
                  "text": "The same?"
                }
              ]
            }
          ],
          "generationConfig": {
            "maxOutputTokens": 4196,
            "candidateCount": 1,
            "temperature": 0,
            "responseMimeType": "application/json",
            "responseJsonSchema": {
              "type": "object",
              "properties": {
                "same": {
                  "type": "boolean"
                }
              },
              "required": [
                "same"
              ],
              "additionalProperties": false
            }
          },
          "systemInstruction": {
            "parts": [
              {
                "text": "Be brief."
              }
            ]
          }
        }
        -> "{\"same\": true}"
        Usage { input: 31, output: 307, cached: 0 } End 0.0007768 USD
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_server_of_ones_own_is_free() {
    // As llama-server answers.
    let answer = json!({
        "choices": [{"finish_reason": "length", "index": 0, "message": {"role": "assistant", "content": "once upon"}}],
        "created": 1_741_569_952,
        "model": "tiny",
        "system_fingerprint": "b6000-abcdef0",
        "object": "chat.completion",
        "usage": {"completion_tokens": 2, "prompt_tokens": 14, "total_tokens": 16},
        "id": "chatcmpl-x",
        "timings": {"prompt_n": 14, "prompt_ms": 3.1, "predicted_n": 2, "predicted_ms": 1.2}
    });
    check(
        |setup| setup,
        request("local:tiny", "Tell."),
        answer,
        expect![[r#"
        POST /v1/chat/completions
        authorization: Bearer sk-test-0123456789abcdef
        content-type: application/json
        user-agent: compression-validator/0.1.0
        {
          "model": "tiny",
          "messages": [
            {
              "role": "user",
              "content": "Tell."
            }
          ],
          "max_tokens": 100,
          "temperature": 0
        }
        -> "once upon"
        Usage { input: 14, output: 2, cached: 0 } Length 0.00 USD
    "#]],
    )
    .await;
}

#[tokio::test]
async fn fields_of_the_settings_stand_in_the_body() {
    let more = "[models.\"gemini/gemini-2.5-flash\"]\nthinking_tokens = 0\ntemperature = false\n\
                body = { generationConfig = { thinkingConfig = { thinkingBudget = 0 } }, safetySettings = [] }\n";
    let answer = json!({
        "candidates": [{"content": {"parts": [{"text": "Yes."}], "role": "model"}, "finishReason": "STOP"}],
        "usageMetadata": {"promptTokenCount": 4, "candidatesTokenCount": 2, "totalTokenCount": 6}
    });
    check(
        |setup| setup.with(more),
        request("gemini:gemini-2.5-flash", "Well?"),
        answer,
        expect![[r#"
        POST /v1beta/models/gemini-2.5-flash:generateContent
        x-goog-api-key: sk-test-0123456789abcdef
        content-type: application/json
        user-agent: compression-validator/0.1.0
        {
          "contents": [
            {
              "role": "user",
              "parts": [
                {
                  "text": "Well?"
                }
              ]
            }
          ],
          "generationConfig": {
            "maxOutputTokens": 100,
            "candidateCount": 1,
            "thinkingConfig": {
              "thinkingBudget": 0
            }
          },
          "safetySettings": []
        }
        -> "Yes."
        Usage { input: 4, output: 2, cached: 0 } End 0.0000062 USD
    "#]],
    )
    .await;
}

#[tokio::test]
async fn refusals_of_all_providers_are_answers_that_were_paid() {
    let anthropic = json!({"content": [], "stop_reason": "refusal", "usage": {"input_tokens": 9, "output_tokens": 1}});
    let mut openai = completion("", 9, 4);
    openai["choices"][0]["message"] =
        json!({"role": "assistant", "content": null, "refusal": "I can't help with that."});
    let mut filtered = completion("", 9, 0);
    filtered["choices"][0]["finish_reason"] = json!("content_filter");
    let prompt = json!({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 9, "totalTokenCount": 9}});
    let safety = json!({
        "candidates": [{"finishReason": "SAFETY", "index": 0, "safetyRatings": [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "HIGH", "blocked": true}]}],
        "usageMetadata": {"promptTokenCount": 9, "totalTokenCount": 9}
    });
    for (model, answer, text) in [
        ("anthropic:claude-haiku-4-5", anthropic, ""),
        ("openai:gpt-4o", openai, "I can't help with that."),
        ("openai:gpt-4o", filtered, ""),
        ("gemini:gemini-2.5-pro", prompt, ""),
        ("gemini:gemini-2.5-pro", safety, ""),
    ] {
        let server = server(vec![good(answer)]).await;
        let setup = Setup::at(&server.uri());
        let gateway = setup.gateway(&[model]).unwrap();
        let answer = gateway.ask(&request(model, "Something bad")).await.unwrap();
        assert_eq!((answer.stop, answer.text.as_str()), (super::super::Stop::Refusal, text), "{model}");
        assert_eq!(gateway.billed(), answer.cost, "{model}");
    }
}
