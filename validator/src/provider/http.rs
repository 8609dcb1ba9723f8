//! Sends a request and receives a whole answer, or says why there is none. The only file that opens connections.
//!
//! Invariants
//! - an answer is bounded in bytes and in time, however slowly it drips (`provider::tests::failures::an_answer_that_drips_is_given_up_in_time`);
//! - no redirect is followed: a key goes where the settings say, and nowhere else.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Method};

use super::settings::Endpoint;

/// Bytes of an answer at most: hundreds of times what a model writes.
pub(super) const LONGEST: usize = 64 << 20;

/// Time for a connection to come about.
const CONNECT: Duration = Duration::from_secs(15);

/// What came back.
#[derive(Debug)]
pub(super) struct Received {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Debug)]
pub(super) enum Unanswered {
    /// Nothing was sent.
    Unreachable(reqwest::Error),
    /// It took too long.
    TimedOut,
    /// It ended early.
    Closed(reqwest::Error),
    /// It would not end.
    TooLong,
}

/// A client for one provider. Connections are kept and shared between calls.
pub(super) fn client(endpoint: &Endpoint) -> reqwest::Result<Client> {
    // Whoever was first has chosen for the process, and any choice does.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder()
        .user_agent(concat!("compression-validator/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .connect_timeout(CONNECT)
        .timeout(Duration::from_secs_f64(endpoint.timeout_seconds))
        .pool_max_idle_per_host(endpoint.max_concurrency);
    if endpoint.is_local() { builder.no_proxy().build() } else { builder.build() }
}

/// What is to be sent.
#[derive(Debug)]
pub(super) struct Outgoing<'a> {
    pub method: Method,
    pub url: &'a str,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A header; `None` if the value cannot stand in one.
pub(super) fn header(name: &'static str, value: &str, is_key: bool) -> Option<(HeaderName, HeaderValue)> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(is_key);
    Some((HeaderName::from_static(name), value))
}

/// Sends it and waits for the whole answer.
pub(super) async fn send(client: &Client, outgoing: Outgoing<'_>) -> Result<Received, Unanswered> {
    let sent = client
        .request(outgoing.method, outgoing.url)
        .headers(outgoing.headers)
        .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
        .body(outgoing.body)
        .send()
        .await;
    let mut response = sent.map_err(unanswered)?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unanswered)? {
        if body.len() + chunk.len() > LONGEST {
            return Err(Unanswered::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Received { status: response.status().as_u16(), headers: response.headers().clone(), body })
}

fn unanswered(error: reqwest::Error) -> Unanswered {
    // A connection that could not be made in time has sent nothing either.
    if error.is_connect() {
        Unanswered::Unreachable(error)
    } else if error.is_timeout() {
        Unanswered::TimedOut
    } else {
        Unanswered::Closed(error)
    }
}

/// The body that several tries send.
pub(super) type Body = Arc<[u8]>;
