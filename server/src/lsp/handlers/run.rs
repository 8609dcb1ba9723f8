//! `compressionLayer/run`: what a code action says.

use std::sync::Arc;

use crate::lsp::error::Refusal;
use crate::lsp::ext::{Compressed, Run};
use crate::lsp::session::Session;

/// Does what an action says.
pub(crate) async fn run(session: &Arc<Session>, params: Run) -> Result<Option<Compressed>, Refusal> {
    session.run(params).await
}
