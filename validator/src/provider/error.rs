//! Why a model could not be asked, and what follows from it: try again or not, and whether it may have been billed.
//!
//! Invariants
//! - what a provider says is shown without the key (`provider::tests::keys::no_key_is_in_the_cache_an_error_or_an_address`) and cut to a few lines.

use std::time::Duration;

use serde::Deserialize;

use super::ledger::LedgerError;
use super::limit::LimitError;
use super::settings::SettingsError;
use super::{Malformed, ModelName, Secret};

/// Characters of a provider's message that are shown.
const SHOWN: usize = 400;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// Settings that cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// A model that nothing was made ready for.
    #[error("{model} was not named when the run began")]
    NotPlanned {
        /// Who was to be asked.
        model: ModelName,
    },
    /// The user stopped the run.
    #[error("stopped")]
    Stopped,
    /// No key.
    #[error("{model} needs a key: set {variable} in the environment or in a .env file")]
    NoKey {
        /// Who was to be asked.
        model: ModelName,
        /// Where the key is looked for.
        variable: String,
    },
    /// A limit is set and the price is not known.
    #[error(
        "no price is known for {model}, so that no limit can be kept: add [models.\"{model}\"] with `input` and `output` in USD per million tokens to validate.toml"
    )]
    NoPrice {
        /// Who was to be asked.
        model: ModelName,
    },
    /// A field of `body` that cannot be sent.
    #[error("`body` in [models.\"{model}\"] cannot be sent")]
    Body {
        /// Whose field it is.
        model: ModelName,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The connection could not be made ready.
    #[error("cannot prepare connections to {provider}")]
    Client {
        /// To whom.
        provider: String,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// A limit in USD.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// What was spent cannot be written down.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The answer came and cannot be kept: going on would pay again in the next run.
    #[error("cannot keep the answer of {model} in the cache")]
    Cache {
        /// Whose answer it is.
        model: ModelName,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// No connection: nothing was sent.
    #[error("cannot reach {model}")]
    Unreachable {
        /// Who was asked.
        model: ModelName,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// No whole answer in time.
    #[error("{model} did not answer within {seconds} s")]
    TimedOut {
        /// Who was asked.
        model: ModelName,
        /// The time it had.
        seconds: f64,
    },
    /// The connection ended before the answer did.
    #[error("the connection to {model} ended before the answer did")]
    Closed {
        /// Who was asked.
        model: ModelName,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// More bytes than an answer has.
    #[error("the answer of {model} has more than {bytes} bytes")]
    TooLong {
        /// Who was asked.
        model: ModelName,
        /// The limit.
        bytes: usize,
    },
    /// Any status but 200.
    #[error("{model} says HTTP {status}{said}")]
    Status {
        /// Who was asked.
        model: ModelName,
        /// The status.
        status: u16,
        /// What it says, after a colon; empty if nothing.
        said: String,
        /// The time after which it may be asked again.
        retry_after: Option<Duration>,
        /// Whether it says that money has run out, which waiting does not mend.
        is_out_of_funds: bool,
    },
    /// Status 200, and no answer.
    #[error("{model} gave no answer that can be read")]
    Malformed {
        /// Who was asked.
        model: ModelName,
        /// Why.
        #[source]
        source: Malformed,
    },
}

impl ProviderError {
    /// Whether another try may succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Closed { .. } | Self::Malformed { .. } => true,
            Self::Status { status, is_out_of_funds, .. } => {
                matches!(status, 408 | 409 | 425 | 429 | 500 | 502 | 503 | 504 | 520..=524 | 529) && !is_out_of_funds
            }
            _ => false,
        }
    }

    /// Whether every further call will fail in the same way.
    #[must_use]
    pub fn ends_the_run(&self) -> bool {
        match self {
            Self::Status { status, is_out_of_funds, .. } => matches!(status, 401..=403) || *is_out_of_funds,
            Self::TimedOut { .. } | Self::Closed { .. } | Self::TooLong { .. } | Self::Malformed { .. } => false,
            _ => true,
        }
    }

    /// Whether the provider has more to do than it can.
    #[must_use]
    pub fn is_overload(&self) -> bool {
        matches!(self, Self::Status { status: 429 | 503 | 529, is_out_of_funds: false, .. })
    }

    /// Whether the provider may have worked, and bill it: it was sent the request and did not say that it failed.
    #[must_use]
    pub fn may_be_billed(&self) -> bool {
        matches!(
            self,
            Self::TimedOut { .. }
                | Self::Closed { .. }
                | Self::TooLong { .. }
                | Self::Malformed { .. }
                | Self::Cache { .. }
        )
    }

    /// The time that the provider asks to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

/// What a provider says with a status that is not 200.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Complaint {
    /// Its message after a colon, without the key; empty if there is none.
    pub said: String,
    /// Whether money has run out.
    pub is_out_of_funds: bool,
    /// The wait that stands in the body rather than in a header, as Gemini has it.
    pub retry_after: Option<Duration>,
}

impl Complaint {
    /// Reads the three forms there are: `{"error": {…}}`, the same in a list, and text.
    pub(super) fn read(body: &[u8], key: Option<&Secret>) -> Self {
        let text = String::from_utf8_lossy(body);
        let parsed = serde_json::from_str::<Written>(&text).ok();
        let error = match parsed {
            Some(Written::One { error } | Written::Text { message: error }) => Some(error),
            Some(Written::List(list)) => list.into_iter().next().map(|it| it.error),
            None => None,
        };
        let (message, code, retry_after) = match error {
            Some(Said::Detailed(it)) => {
                let wait = it.details.iter().find_map(|detail| detail.retry_delay.as_deref()).and_then(seconds);
                (it.message, it.code.as_str().or(it.kind.as_deref()).unwrap_or_default().to_owned(), wait)
            }
            Some(Said::Plain(message)) => (message, String::new(), None),
            // A page of a proxy: its first line says what there is to say.
            None => {
                (text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned(), String::new(), None)
            }
        };
        let message = key.map_or_else(|| message.clone(), |key| key.redact(&message));
        let mut shown: String = message.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = shown.char_indices().nth(SHOWN) {
            shown.truncate(end);
            shown.push('…');
        }
        Self {
            said: if shown.is_empty() { shown } else { format!(": {shown}") },
            is_out_of_funds: matches!(
                code.as_str(),
                "insufficient_quota" | "billing_hard_limit_reached" | "billing_error"
            ),
            retry_after,
        }
    }
}

/// `34s`, `1.5s`, as protocol buffers write a duration.
fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.strip_suffix('s')?.parse().ok()?).ok()
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One { error: Said },
    List(Vec<InList>),
    Text { message: Said },
}

#[derive(Deserialize)]
struct InList {
    error: Said,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Detailed(Detailed),
    Plain(String),
}

#[derive(Deserialize)]
struct Detailed {
    message: String,
    /// A word at `OpenAI`, a number at Google.
    #[serde(default)]
    code: serde_json::Value,
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    details: Vec<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    #[serde(rename = "retryDelay")]
    retry_delay: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Complaint {
        Complaint::read(body.as_bytes(), Secret::new("sk-proj-0123456789abcdef").as_ref())
    }

    #[test]
    fn the_forms_of_all_providers_are_read() {
        let anthropic =
            r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}"#;
        assert_eq!(read(anthropic).said, ": Overloaded");
        let openai = r#"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#;
        assert!(read(openai).is_out_of_funds);
        let gemini = r#"[{"error":{"code":429,"message":"Resource\nexhausted","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure"},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.5s"}]}}]"#;
        let gemini = read(gemini);
        assert_eq!(
            (gemini.said.as_str(), gemini.retry_after),
            (": Resource exhausted", Some(Duration::from_millis(34_500)))
        );
        assert_eq!(read(r#"{"error":"model 'x' not found"}"#).said, ": model 'x' not found");
        assert_eq!(read("\n<html>502 Bad Gateway</html>\nmore").said, ": <html>502 Bad Gateway</html>");
        assert_eq!(read(""), Complaint::default());
    }

    #[test]
    fn what_a_provider_says_shows_no_key_and_is_cut() {
        let said = read(
            r#"{"error":{"message":"Incorrect API key provided: sk-proj-****cdef.","type":"invalid_request_error"}}"#,
        )
        .said;
        assert_eq!(said, ": Incorrect API key provided: [key]");
        let long = format!(r#"{{"error":{{"message":"{}"}}}}"#, "ä".repeat(1000));
        assert_eq!(read(&long).said.chars().count(), 2 + SHOWN + 1);
    }
}
