//! The gateway against servers that answer in the providers' real forms.

mod estimates;
mod failures;
mod keys;
mod properties;
mod shapes;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use futures::FutureExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::gateway::{Gateway, Machine};
use super::keys::Keys;
use super::settings::Settings;
use super::{ModelName, ProviderError, Request};

/// What stands in the environment of every test.
pub(super) const KEY: &str = "sk-test-0123456789abcdef";

pub(super) fn request(model: &str, user: &str) -> Request {
    Request {
        model: model.parse().unwrap(),
        system: String::new(),
        user: user.to_owned(),
        max_tokens: 100,
        schema: None,
        sample: 0,
        prompt_version: "test-1",
        kind: "test",
        expected_tokens: 20,
    }
}

/// Providers at an address, and what the gateway needs of a machine.
struct Setup {
    folder: TempDir,
    waits: Arc<Mutex<Vec<Duration>>>,
    address: String,
    more: String,
}

impl Setup {
    fn at(address: &str) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            waits: Arc::default(),
            address: address.to_owned(),
            more: String::new(),
        }
    }

    /// Further lines of `validate.toml`.
    fn with(mut self, more: &str) -> Self {
        self.more.push_str(more);
        self
    }

    fn gateway(&self, models: &[&str]) -> Result<Gateway, ProviderError> {
        let Self { address, more, .. } = self;
        let settings = format!(
            "[providers.anthropic]\nbase_url = \"{address}\"\n[providers.openai]\nbase_url = \"{address}/v1\"\n\
             [providers.gemini]\nbase_url = \"{address}\"\n[providers.local]\nbase_url = \"{address}/v1\"\ntimeout_seconds = 5.0\n{more}"
        );
        let settings = Settings::parse(&settings, Path::new("validate.toml"))?;
        let keys = Keys::new(environment, "").unwrap();
        let models: Vec<ModelName> = models.iter().map(|name| name.parse().unwrap()).collect();
        Gateway::new(&settings, &keys, models, self.machine())
    }

    fn machine(&self) -> Machine {
        let waits = Arc::clone(&self.waits);
        Machine {
            clock: || Duration::ZERO,
            now: || SystemTime::UNIX_EPOCH,
            wait: Arc::new(move |duration| {
                waits.lock().unwrap().push(duration);
                tokio::task::yield_now().boxed()
            }),
            cancel: Arc::default(),
            seed: 1,
            answers: self.folder.path().join("answers"),
            spending: self.folder.path().join("spending"),
        }
    }

    /// The seconds of each wait so far.
    fn waits(&self) -> Vec<u64> {
        self.waits.lock().unwrap().iter().map(Duration::as_secs).collect()
    }

    /// All that was written to the disk.
    fn written(&self) -> String {
        let mut folders = vec![self.folder.path().to_owned()];
        let mut text = String::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    text += &std::fs::read_to_string(path).unwrap();
                }
            }
        }
        text
    }
}

fn environment(name: &str) -> Option<String> {
    name.ends_with("_API_KEY").then(|| KEY.to_owned())
}

/// A server that gives these answers in turn, the last of them for ever.
async fn server(answers: Vec<ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    let last = answers.len() - 1;
    for (index, answer) in answers.into_iter().enumerate() {
        let mock = Mock::given(method("POST")).respond_with(answer);
        if index < last { mock.up_to_n_times(1).mount(&server).await } else { mock.mount(&server).await }
    }
    server
}

fn good(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// An answer in the form that the reference of `OpenAI` shows.
fn completion(text: &str, input: u64, output: u64) -> Value {
    json!({
        "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "object": "chat.completion",
        "created": 1_741_569_952,
        "model": "gpt-4o-2024-08-06",
        "choices": [{
            "index": 0,
            "message": {"role": "assistant", "content": text, "refusal": null, "annotations": []},
            "logprobs": null,
            "finish_reason": "stop"
        }],
        "usage": {
            "prompt_tokens": input,
            "completion_tokens": output,
            "total_tokens": input + output,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0, "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}
        },
        "service_tier": "default",
        "system_fingerprint": "fp_fc9f1d7035"
    })
}

async fn calls(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}
