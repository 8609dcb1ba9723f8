//! The settings of a run: `validate.toml`.
//!
//! Invariants
//! - a key that does not exist is an error that names it and those there are (`tests::an_unknown_key_is_named`);
//! - no key of a provider stands in it: only the name of the variable that holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::path::PathBuf;

use serde::Deserialize;

use super::models::{self, ModelSettings};
use super::{Api, ModelName};

/// Settings as they were read and checked.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    providers: BTreeMap<String, ProviderSettings>,
    models: BTreeMap<ModelName, ModelSettings>,
    /// What may be spent.
    pub limits: Limits,
    /// How long to try.
    pub retry: RetrySettings,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    providers: BTreeMap<String, ProviderSettings>,
    models: BTreeMap<String, ModelSettings>,
    limits: Limits,
    retry: RetrySettings,
}

/// A provider: where it is, and how it may be used.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProviderSettings {
    /// The form of its API; known for `anthropic`, `openai`, `gemini` and `local`.
    pub api: Option<Api>,
    /// Where it is.
    pub base_url: Option<String>,
    /// The variable that holds its key.
    pub key_variable: Option<String>,
    /// Calls under way to begin with; more as long as the provider lets them through.
    pub concurrency: Option<usize>,
    /// Calls under way at most.
    pub max_concurrency: Option<usize>,
    /// Calls that may begin in a minute.
    pub requests_per_minute: Option<u32>,
    /// Seconds that a call may take.
    pub timeout_seconds: Option<f64>,
}

/// What may be spent, in USD.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// By one run.
    pub usd_per_run: Option<f64>,
    /// By all runs of a day, in UTC.
    pub usd_per_day: Option<f64>,
}

/// How often and how long to try again.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RetrySettings {
    /// Tries of a call at most, the first included.
    pub attempts: usize,
    /// Seconds before the second try; they double from try to try.
    pub first_wait_seconds: f64,
    /// Seconds of one wait at most. A provider that asks for more is not waited for.
    pub longest_wait_seconds: f64,
}

impl Default for RetrySettings {
    fn default() -> Self {
        Self { attempts: 6, first_wait_seconds: 1.0, longest_wait_seconds: 120.0 }
    }
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Not TOML, an unknown key, or a value of another kind.
    #[error("{} cannot be used", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// The line and the key.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A value that cannot be.
    #[error("{place} is {value}: {expected}")]
    Value {
        /// The key.
        place: String,
        /// What is written.
        value: String,
        /// What may be.
        expected: &'static str,
    },
    /// A name of a provider that nothing is known of.
    #[error(
        "no provider is called `{name}`; known are {known}. Others need `api` and `base_url` in [providers.{name}] of validate.toml"
    )]
    UnknownProvider {
        /// The name.
        name: String,
        /// Those there are.
        known: String,
    },
}

/// A provider with its defaults in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// Its name.
    pub name: String,
    /// The form of its API.
    pub api: Api,
    /// Where it is, without a slash at the end.
    pub base_url: String,
    /// The variable that holds its key.
    pub key_variable: String,
    /// Whether it answers without a key.
    pub key_is_optional: bool,
    /// Calls under way to begin with.
    pub concurrency: usize,
    /// Calls under way at most.
    pub max_concurrency: usize,
    /// Calls that may begin in a minute.
    pub requests_per_minute: Option<u32>,
    /// Seconds that a call may take.
    pub timeout_seconds: f64,
}

impl Endpoint {
    /// Whether it is on this machine, so that it is free and no proxy stands before it.
    #[must_use]
    pub fn is_local(&self) -> bool {
        let host = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        let host = host.split('/').next().unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        name == "localhost" || name == "[::1]" || name.parse().is_ok_and(|it: std::net::Ipv4Addr| it.is_loopback())
    }
}

/// Providers that need no settings: name, API, base URL, variable of the key.
const KNOWN: [(&str, Api, &str, &str); 4] = [
    ("anthropic", Api::Anthropic, "https://api.anthropic.com", "ANTHROPIC_API_KEY"),
    ("openai", Api::Openai, "https://api.openai.com/v1", "OPENAI_API_KEY"),
    ("gemini", Api::Gemini, "https://generativelanguage.googleapis.com", "GEMINI_API_KEY"),
    // llama-server listens here; Ollama at 11434, vLLM at 8000.
    ("local", Api::OpenaiCompatible, "http://127.0.0.1:8080/v1", "LOCAL_API_KEY"),
];

impl Settings {
    /// Reads settings from the text of a file.
    ///
    /// # Errors
    /// No TOML, an unknown key, a value that cannot be.
    pub fn parse(text: &str, path: &std::path::Path) -> Result<Self, SettingsError> {
        let form = |source| SettingsError::Form { path: path.to_owned(), source: Box::new(source) };
        let written: Written = toml::from_str(text).map_err(form)?;
        let mut models = BTreeMap::new();
        for (name, row) in written.models {
            let place = format!("[models.\"{name}\"]");
            let parsed = name.parse().map_err(|_| SettingsError::Value {
                place: place.clone(),
                value: "no name of a model".to_owned(),
                expected: "write provider/model in quotes",
            })?;
            if let Some(key) = row.wrong_number() {
                let expected = "write USD per million tokens, from 0 to a million";
                return Err(SettingsError::Value {
                    place: format!("`{key}` in {place}"),
                    value: "no price".to_owned(),
                    expected,
                });
            }
            models.insert(parsed, row);
        }
        let settings = Self { providers: written.providers, models, limits: written.limits, retry: written.retry };
        settings.check()?;
        Ok(settings)
    }

    /// With another address of a provider.
    ///
    /// # Errors
    /// No address, or a provider that nothing else is known of.
    pub fn with_base_url(mut self, provider: &str, base_url: &str) -> Result<Self, SettingsError> {
        self.providers.entry(provider.to_owned()).or_default().base_url = Some(base_url.to_owned());
        self.endpoint(provider)?;
        Ok(self)
    }

    fn check(&self) -> Result<(), SettingsError> {
        let limits = [("usd_per_run", self.limits.usd_per_run), ("usd_per_day", self.limits.usd_per_day)];
        for (key, limit) in limits {
            if let Some(limit) = limit.filter(|limit| !(limit.is_finite() && *limit >= 0.0)) {
                return Err(wrong(format!("`{key}` in [limits]"), limit, "write an amount in USD, 0 or more"));
            }
        }
        let seconds = [
            ("first_wait_seconds", self.retry.first_wait_seconds),
            ("longest_wait_seconds", self.retry.longest_wait_seconds),
        ];
        for (key, value) in seconds {
            if !(0.0..=86_400.0).contains(&value) {
                return Err(wrong(format!("`{key}` in [retry]"), value, "write seconds, up to a day"));
            }
        }
        if !(1..=100).contains(&self.retry.attempts) {
            return Err(wrong("`attempts` in [retry]".to_owned(), self.retry.attempts, "write 1 to 100"));
        }
        for name in self.providers.keys() {
            self.endpoint(name)?;
        }
        Ok(())
    }

    /// The provider of that name.
    ///
    /// # Errors
    /// Nothing is known of it, or a value that cannot be.
    pub fn endpoint(&self, name: &str) -> Result<Endpoint, SettingsError> {
        let known = KNOWN.iter().find(|it| it.0 == name);
        let own = self.providers.get(name).cloned().unwrap_or_default();
        let api = own.api.or(known.map(|it| it.1));
        let base_url = own.base_url.or(known.map(|it| it.2.to_owned()));
        let (Some(api), Some(base_url)) = (api, base_url) else {
            let names = KNOWN.iter().map(|it| it.0).chain(self.providers.keys().map(String::as_str));
            let known = names.collect::<BTreeSet<_>>().into_iter().filter(|it| *it != name);
            let known = known.collect::<Vec<_>>().join(", ");
            return Err(SettingsError::UnknownProvider { name: name.to_owned(), known });
        };
        let place = |key: &str| format!("`{key}` in [providers.{name}]");
        let base_url = base_url.trim_end_matches('/').to_owned();
        if !(base_url.starts_with("https://") || base_url.starts_with("http://")) || base_url.contains(['@', '?', '#'])
        {
            // It may hold a password: it is not repeated.
            return Err(wrong(
                place("base_url"),
                "no address",
                "write https://host/path, without a user, a query or a fragment",
            ));
        }
        let max_concurrency = own.max_concurrency.unwrap_or(64);
        if !(1..=4096).contains(&max_concurrency) {
            return Err(wrong(place("max_concurrency"), max_concurrency, "write 1 to 4096"));
        }
        let timeout_seconds = own.timeout_seconds.unwrap_or(180.0);
        if !(0.001..=86_400.0).contains(&timeout_seconds) {
            return Err(wrong(place("timeout_seconds"), timeout_seconds, "write seconds, more than 0 and up to a day"));
        }
        if own.requests_per_minute == Some(0) {
            return Err(wrong(place("requests_per_minute"), 0, "write 1 or more, or leave it out"));
        }
        let default_variable = || format!("{}_API_KEY", name.to_uppercase().replace('-', "_"));
        Ok(Endpoint {
            name: name.to_owned(),
            api,
            base_url,
            key_variable: own.key_variable.or(known.map(|it| it.3.to_owned())).unwrap_or_else(default_variable),
            key_is_optional: api == Api::OpenaiCompatible,
            concurrency: own.concurrency.unwrap_or(8).clamp(1, max_concurrency),
            max_concurrency,
            requests_per_minute: own.requests_per_minute,
            timeout_seconds,
        })
    }

    /// What is known of a model.
    #[must_use]
    pub fn model(&self, model: &ModelName) -> ModelSettings {
        models::row(&self.models, model)
    }
}

fn wrong(place: String, value: impl Display, expected: &'static str) -> SettingsError {
    SettingsError::Value { place, value: value.to_string(), expected }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::error::Error;
    use std::path::Path;

    use super::*;

    fn parse(text: &str) -> Result<Settings, SettingsError> {
        Settings::parse(text, Path::new("validate.toml"))
    }

    fn refusal(text: &str) -> String {
        let error = parse(text).unwrap_err();
        let source = error.source().map(ToString::to_string).unwrap_or_default();
        format!("{error}\n{source}")
    }

    #[test]
    fn an_unknown_key_is_named() {
        let said = refusal("[providers.anthropic]\nbase_ur = \"x\"\n");
        assert!(said.contains("validate.toml") && said.contains("base_ur") && said.contains("base_url"), "{said}");
        assert!(refusal("[limit]\n").contains("expected one of `providers`, `models`, `limits`, `retry`"));
        assert!(refusal("[models.\"openai/x\"]\nprice = 1\n").contains("unknown field `price`"));
    }

    #[test]
    fn values_that_cannot_be_are_told_with_their_place() {
        assert!(refusal("[limits]\nusd_per_day = -1.0").starts_with("`usd_per_day` in [limits] is -1: write"));
        assert!(refusal("[limits]\nusd_per_run = nan").contains("usd_per_run"));
        assert!(refusal("[models.\"gpt\"]\n").contains("provider/model"));
        assert!(refusal("[models.\"openai/gpt\"]\ninput = -2.0").contains("`input` in [models.\"openai/gpt\"]"));
        assert!(refusal("[providers.openai]\nbase_url = \"ftp://x\"").contains("base_url"));
        assert!(refusal("[retry]\nattempts = 0").contains("1 to 100"));
        let said = refusal("[providers.openai]\nbase_url = \"https://me:secret@host\"");
        assert!(!said.contains("secret"), "{said}");
        let said = refusal("[providers.other]\n");
        assert!(said.contains("known are anthropic, gemini, local, openai"), "{said}");
    }

    #[test]
    fn providers_have_defaults_and_may_be_added() {
        let settings = parse(
            "[providers.local]\nbase_url = \"http://127.0.0.1:11434/v1/\"\nmax_concurrency = 4\n\
             [providers.my-router]\napi = \"openai-compatible\"\nbase_url = \"https://router.example/api/v1\"\n",
        )
        .unwrap();
        let local = settings.endpoint("local").unwrap();
        assert_eq!((local.base_url.as_str(), local.concurrency), ("http://127.0.0.1:11434/v1", 4));
        assert!(local.is_local());
        let router = settings.endpoint("my-router").unwrap();
        assert_eq!((router.key_variable.as_str(), router.is_local()), ("MY_ROUTER_API_KEY", false));
        let anthropic = settings.endpoint("anthropic").unwrap();
        assert_eq!((anthropic.api, anthropic.key_is_optional), (Api::Anthropic, false));
        assert!(settings.endpoint("nobody").is_err());
    }
}
