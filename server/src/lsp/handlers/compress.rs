//! `compressionLayer/compress`, `count` and `expand`: a text or a part of a document in, its short form, its size or its
//! original out.

use std::sync::Arc;

use compressor::language::Language;
use tower_lsp::ls_types::Uri;

use crate::lsp::error::Refusal;
use crate::lsp::ext::{Compress, Compressed, Count, Counted, Expand, Expanded, Form, Place};
use crate::lsp::partial::{self, Parts};
use crate::lsp::position;
use crate::lsp::progress::Watch;
use crate::lsp::session::Session;
use crate::lsp::session::chat::{self, Block};
use crate::lsp::session::run::{Part, answer};
use crate::lsp::session::work::{Source, policy, tokenizer};

/// A text, or where it stands.
enum Given {
    Text(String),
    Part(Part),
}

fn given(session: &Session, text: Option<String>, document: Option<&Place>) -> Result<Given, Refusal> {
    match (text, document) {
        (Some(text), None) => Ok(Given::Text(text)),
        (None, Some(place)) => session.part(place).map(Given::Part),
        _ => Err(Refusal::Params("give `text` or `document`, and not both".to_owned())),
    }
}

/// Shortens a text or a part of a document.
pub(crate) async fn compress(session: &Arc<Session>, params: Compress) -> Result<Compressed, Refusal> {
    let Compress { text, document, language, steering, form, work_done_token, partial_result_token } = params;
    let language = language.as_deref().map(named).transpose()?;
    let watch = Watch { title: "Compressing".to_owned(), token: work_done_token };
    // A fenced block begins with what only its whole text tells.
    let (parts, at_the_end) = match partial_result_token {
        Some(token) if form == Form::Plain => (Some(Parts::to(session, token)), None),
        token => (None, token),
    };
    let mut result = match given(session, text, document.as_ref())? {
        Given::Part(part) => {
            let text = part.snapshot.slice(&part.bytes);
            let outcome = session.shorten_text(&steering, &part, text, watch, parts.as_ref()).await?;
            let text = if form == Form::Chat { session.chat_block(&part, &outcome) } else { outcome.text.clone() };
            Compressed { text, ..answer(&outcome, Some(&part)) }
        }
        Given::Text(text) => {
            let settings = session.common_settings();
            let encoding = session.negotiated().encoding;
            let policy = policy(&steering, &settings, |range| {
                Ok(position::bytes(&ropey::Rope::from_str(&text), range, encoding))
            })?;
            let source = Source { text, name: None, language };
            let mut outcomes = session.compress(vec![source], policy, &settings, watch, parts.as_ref()).await?;
            let outcome = outcomes.pop().expect("one text, one outcome");
            let mut result = answer(&outcome, None);
            if form == Form::Chat {
                let text = &outcome.text;
                result.text = chat::block(&Block { path: None, lines: None, also_in: &[], language, note: None, text });
            }
            result
        }
    };
    if let Some(parts) = parts {
        parts.end().await;
        result.text.clear();
    }
    if let Some(token) = at_the_end {
        partial::send(session, token, std::mem::take(&mut result.text)).await;
    }
    Ok(result)
}

fn named(name: &str) -> Result<Language, Refusal> {
    Language::from_name(name).ok_or_else(|| {
        let known: Vec<_> = Language::all().map(Language::name).collect();
        Refusal::Params(format!("unknown language `{name}`: use one of {}", known.join(", ")))
    })
}

/// Counts the tokens of a text or a part of a document.
pub(crate) async fn count(session: &Arc<Session>, params: Count) -> Result<Counted, Refusal> {
    let uri: Option<Uri> = params.document.as_ref().map(|place| place.uri.clone());
    let settings = uri.map_or_else(|| session.common_settings(), |uri| session.settings(&uri));
    let tokenizer = tokenizer(params.tokenizer.as_deref(), &settings)?;
    let given = given(session, params.text, params.document.as_ref())?;
    let counted = tokio::task::spawn_blocking(move || match given {
        Given::Text(text) => tokenizer.count(&text),
        Given::Part(part) => tokenizer.count(&part.snapshot.slice(&part.bytes)),
    });
    let tokens = counted.await.map_err(|_| crate::worker::WorkError::Panicked)?;
    Ok(Counted { tokens, tokenizer: tokenizer.name().to_owned(), exact: tokenizer.exact() })
}

/// Gives the original of a result.
pub(crate) async fn expand(session: &Arc<Session>, params: Expand) -> Result<Expanded, Refusal> {
    let (folder, megabytes) = (session.host.originals(), session.common_settings().store_megabytes);
    let session = Arc::clone(session);
    let read = tokio::task::spawn_blocking(move || session.originals.store(folder, megabytes)?.get(&params.handle));
    let text = read.await.map_err(|_| crate::worker::WorkError::Panicked)??;
    Ok(Expanded { text })
}
