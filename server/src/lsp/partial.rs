//! Partial results: a long text in parts, in order, so that no message is huge and a client can show the beginning at once.
//!
//! A text is chosen as a whole, under one guard and one budget, so its parts follow when it is done; how far the work is
//! until then, progress tells.
//!
//! Invariants
//! - the parts put together are the text, byte for byte (`tests::parts_put_together_are_the_text`).

use serde::Serialize;
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
