//! `compressionLayer/estimate`: about how long a part of a document would be.

use std::sync::Arc;

use compressor::estimate;
use compressor::pipeline::Document;

use crate::lsp::error::Refusal;
use crate::lsp::ext::{Estimate, Estimated};
use crate::lsp::session::Session;
use crate::worker::WorkError;

/// Sizes by cheap facts, as the titles of code actions have them.
pub(crate) async fn estimate(session: &Arc<Session>, params: Estimate) -> Result<Estimated, Refusal> {
    let part = session.part(&params.document)?;
    let settings = session.settings(&part.snapshot.uri);
    let level = params.level.unwrap_or(settings.level);
    let tokenizer = settings.tokenizer;
    let computed = tokio::task::spawn_blocking(move || {
        let (text, path) = (part.snapshot.slice(&part.bytes), part.snapshot.path());
        let document = Document { text: &text, name: path.as_deref(), language: part.snapshot.language };
        estimate::estimate(&document, level, tokenizer)
    });
    let estimate::Estimate { before, before_is_exact, after } = computed.await.map_err(|_| WorkError::Panicked)?;
    Ok(Estimated { before, exact: before_is_exact, after, tokenizer: tokenizer.name().to_owned() })
}
