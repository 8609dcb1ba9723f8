//! `compressionLayer/models/list`, `select` and `reload`.

use std::path::PathBuf;
use std::sync::Arc;

use crate::lsp::error::Refusal;
use crate::lsp::ext::{Models, Nothing, Reload, Select};
use crate::lsp::session::Session;
use crate::worker::WorkError;

/// The models that are known.
pub(crate) async fn list(session: &Arc<Session>, _params: Nothing) -> Result<Models, Refusal> {
    let session = Arc::clone(session);
    let listed = tokio::task::spawn_blocking(move || session.list_models()).await;
    Ok(listed.map_err(|_| WorkError::Panicked)?)
}

/// Takes another model, once it was proved.
pub(crate) async fn select(session: &Arc<Session>, params: Select) -> Result<Models, Refusal> {
    session.exchange_model(params.path.map(PathBuf::from), params.work_done_token).await?;
    list(session, Nothing {}).await
}

/// Takes the model in use anew.
pub(crate) async fn reload(session: &Arc<Session>, params: Reload) -> Result<Models, Refusal> {
    session.exchange_model(session.model_folder(), params.work_done_token).await?;
    list(session, Nothing {}).await
}
