//! Partial results: a long text in parts, in order, so that no message is huge and a client can show the beginning while the
//! rest is worked on.
//!
//! Where a budget or a query chooses across a text, nothing of it is sure before all is: its parts follow when it is done.
//!
//! Invariants
//! - the parts put together are the text, byte for byte (`tests::parts_put_together_are_the_text`, `tests/lsp/partial`);
//! - the last part comes before the answer (`tests/lsp/partial`).

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tower_lsp::ls_types::ProgressToken;
use tower_lsp::ls_types::notification::Notification;

use super::session::Session;

/// The most bytes of a part.
const PART: usize = 16 << 10;

/// `$/progress` with a part of a text.
enum Partial {}

#[derive(Debug, Serialize, serde::Deserialize)]
struct PartialParams {
    token: ProgressToken,
    value: Value,
}

#[derive(Debug, Serialize, serde::Deserialize)]
struct Value {
    text: String,
}

impl Notification for Partial {
    type Params = PartialParams;
    const METHOD: &'static str = "$/progress";
}

/// Takes the parts of a text as they are done, and sends them while the next is worked on.
pub(crate) struct Parts {
    sink: mpsc::UnboundedSender<String>,
    sent: JoinHandle<()>,
}

impl Parts {
    /// Sends what comes to a token of the client.
    pub(crate) fn to(session: &Arc<Session>, token: ProgressToken) -> Self {
        // Not bounded, since the worker must not wait for a client; a text is bounded already.
        let (sink, mut parts) = mpsc::unbounded_channel();
        let session = Arc::clone(session);
        let sent = tokio::spawn(async move {
            while let Some(part) = parts.recv().await {
                send(&session, token.clone(), part).await;
            }
        });
        Self { sink, sent }
    }

    /// Where the worker puts the parts.
    pub(crate) fn sink(&self) -> mpsc::UnboundedSender<String> {
        self.sink.clone()
    }

    /// Waits until all of them are sent.
    pub(crate) async fn end(self) {
        drop(self.sink);
        // Nobody hears what a task that ended by a defect did not send.
        let _ = self.sent.await;
    }
}

/// Sends a text in parts.
pub(crate) async fn send(session: &Session, token: ProgressToken, text: String) {
    for part in parts(&text) {
        let value = Value { text: part.to_owned() };
        session.client.send_notification::<Partial>(PartialParams { token: token.clone(), value }).await;
    }
}

/// Cuts a text behind line breaks where it has them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let most = rest.floor_char_boundary(PART);
        let cut = if most == rest.len() { most } else { rest[..most].rfind('\n').map_or(most, |at| at + 1) };
        let (part, after) = rest.split_at(cut);
        rest = after;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_put_together_are_the_text() {
        for text in ["", "short", &"größe\n".repeat(10_000), &"é".repeat(50_000)] {
            assert_eq!(parts(text).collect::<String>(), text);
            assert!(parts(text).all(|part| !part.is_empty() && part.len() <= PART));
        }
    }
}
