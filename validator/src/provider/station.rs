//! One provider as it is used: its address and key, its lanes and its pace.
//!
//! Invariants
//! - the key is in a header, and nowhere else (`provider::tests::keys::no_key_is_in_the_cache_an_error_or_an_address`);
//! - what the settings set in a body stands in what is sent, and so in the key of the cache
//!   (`provider::tests::shapes::fields_of_the_settings_stand_in_the_body`).

use std::num::NonZeroU32;
use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::{Map, Value};

use super::cache::Key;
use super::error::Complaint;
use super::http::{self, Outgoing, Received, Unanswered};
use super::keys::Keys;
use super::lanes::Lanes;
use super::pace::Pace;
use super::retry::{self, Wait};
use super::settings::Endpoint;
use super::{ModelName, Provider, ProviderError, Reply, Request, Secret, Traits};

/// A provider that can be asked.
#[derive(Debug)]
pub(super) struct Station {
    pub endpoint: Endpoint,
    pub provider: &'static dyn Provider,
    pub lanes: Lanes,
    key: Option<Secret>,
    client: Client,
    pace: Option<Pace>,
    now: fn() -> SystemTime,
}

/// A request as it is sent.
#[derive(Debug)]
pub(super) struct Sealed {
    pub key: Key,
    pub url: String,
    pub body: http::Body,
}

impl Station {
    pub(super) fn new(
        endpoint: Endpoint,
        keys: &Keys,
        clock: fn() -> Duration,
        now: fn() -> SystemTime,
    ) -> Result<Self, ProviderError> {
        let client = http::client(&endpoint)
            .map_err(|source| ProviderError::Client { provider: endpoint.name.clone(), source })?;
        Ok(Self {
            provider: endpoint.api.provider(),
            lanes: Lanes::new(endpoint.concurrency, endpoint.max_concurrency),
            key: keys.get(&endpoint.key_variable),
            client,
            pace: endpoint.requests_per_minute.and_then(NonZeroU32::new).map(|most| Pace::new(most, clock)),
            now,
            endpoint,
        })
    }

    /// Whether a model can be asked as far as its key goes.
    pub(super) fn ready(&self, model: &ModelName) -> Result<(), ProviderError> {
        if self.key.is_none() && !self.endpoint.key_is_optional {
            return Err(ProviderError::NoKey { model: model.clone(), variable: self.endpoint.key_variable.clone() });
        }
        Ok(())
    }

    /// Makes what is sent of a request.
    pub(super) fn seal(&self, request: &Request, traits: &Traits) -> Sealed {
        let url = format!("{}{}", self.endpoint.base_url, self.provider.path(&request.model.model));
        let mut body = self.provider.body(request, traits);
        if let Value::Object(fields) = &mut body {
            merge(fields, &traits.body);
        }
        let body = body.to_string().into_bytes();
        Sealed { key: Key::of(&url, &body, request.sample, request.prompt_version), url, body: body.into() }
    }

    /// Waits until a call may begin.
    pub(super) async fn pace(&self, wait: &Wait) {
        if let Some(pace) = &self.pace {
            pace.keep(wait).await;
        }
    }

    /// Asks once.
    pub(super) async fn ask(&self, model: &ModelName, sealed: &Sealed) -> Result<Reply, ProviderError> {
        self.ready(model)?;
        let outgoing =
            Outgoing { method: Method::POST, url: &sealed.url, headers: self.headers(), body: sealed.body.to_vec() };
        let received = self.received(model, http::send(&self.client, outgoing).await)?;
        self.provider.reply(&received.body).map_err(|source| ProviderError::Malformed { model: model.clone(), source })
    }

    fn headers(&self) -> HeaderMap {
        let fixed = self.provider.headers().iter().filter_map(|(name, value)| http::header(name, value, false));
        let key = self.key.as_ref().map(|key| self.provider.key_header(key));
        fixed.chain(key.and_then(|(name, value)| http::header(name, &value, true))).collect()
    }

    fn received(&self, model: &ModelName, result: Result<Received, Unanswered>) -> Result<Received, ProviderError> {
        let model = model.clone();
        match result {
            Ok(received) if received.status == 200 => Ok(received),
            Ok(Received { status, headers, body }) => {
                let complaint = Complaint::read(&body, self.key.as_ref());
                let retry_after = retry::asked_for(&headers, (self.now)()).or(complaint.retry_after);
                let Complaint { said, is_out_of_funds, .. } = complaint;
                Err(ProviderError::Status { model, status, said, retry_after, is_out_of_funds })
            }
            Err(Unanswered::Unreachable(source)) => Err(ProviderError::Unreachable { model, source }),
            Err(Unanswered::TimedOut) => Err(ProviderError::TimedOut { model, seconds: self.endpoint.timeout_seconds }),
            Err(Unanswered::Closed(source)) => Err(ProviderError::Closed { model, source }),
            Err(Unanswered::TooLong) => Err(ProviderError::TooLong { model, bytes: http::LONGEST }),
        }
    }
}

/// Sets fields in a body, objects field by field. Depth is that of the settings, which TOML's reader bounds.
fn merge(into: &mut Map<String, Value>, from: &Map<String, Value>) {
    let mut pairs = vec![(into, from)];
    while let Some((into, from)) = pairs.pop() {
        for (key, value) in from {
            if !(value.is_object() && into.get(key).is_some_and(Value::is_object)) {
                into.insert(key.clone(), value.clone());
            }
        }
        for (key, value) in into.iter_mut() {
            if let (Value::Object(inner), Some(Value::Object(new))) = (value, from.get(key)) {
                pairs.push((inner, new));
            }
        }
    }
}
