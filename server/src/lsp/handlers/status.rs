//! `compressionLayer/status` and `viewText`: how the server is, and what it has.

use std::sync::Arc;

use crate::lsp::error::Refusal;
use crate::lsp::ext::{Document, Nothing, Status, ViewText};
use crate::lsp::session::Session;

/// How the server is.
pub(crate) async fn status(session: &Arc<Session>, _params: Nothing) -> Result<Status, Refusal> {
    Ok(session.status())
}

/// A document as the server has it.
pub(crate) async fn view_text(session: &Arc<Session>, params: ViewText) -> Result<Document, Refusal> {
    let snapshot = session.snapshot(&params.uri)?;
    Ok(Document {
        text: snapshot.text.to_string(),
        version: snapshot.version,
        language: snapshot.language.map(|language| language.name().to_owned()),
    })
}
