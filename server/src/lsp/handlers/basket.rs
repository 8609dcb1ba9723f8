//! `compressionLayer/basket/add`, `remove`, `list`, `clear` and `compress`.

use std::sync::Arc;

use crate::lsp::error::Refusal;
use crate::lsp::ext::{BasketAdd, BasketCompress, BasketRemove, BasketState, BasketText, Nothing};
use crate::lsp::partial;
use crate::lsp::session::Session;
use crate::lsp::session::secrets::Leaving;

/// Puts a part of a document into the basket.
pub(crate) async fn add(session: &Arc<Session>, params: BasketAdd) -> Result<BasketState, Refusal> {
    let part = session.part(&params.document)?;
    session.add_to_basket(&part)?;
    session.warn_of_secrets(&part.snapshot, &part.bytes, Leaving::Collected).await;
    told(session).await
}

/// Takes a snippet out.
pub(crate) async fn remove(session: &Arc<Session>, params: BasketRemove) -> Result<BasketState, Refusal> {
    session.remove_from_basket(params.id)?;
    told(session).await
}

/// What is in it.
pub(crate) async fn list(session: &Arc<Session>, _params: Nothing) -> Result<BasketState, Refusal> {
    session.refresh_all_snippets().await;
    session.basket_state().await
}

/// Empties it.
pub(crate) async fn clear(session: &Arc<Session>, _params: Nothing) -> Result<BasketState, Refusal> {
    session.basket().clear();
    told(session).await
}

/// Shortens all snippets together.
pub(crate) async fn compress(session: &Arc<Session>, params: BasketCompress) -> Result<BasketText, Refusal> {
    let mut result = session.compress_basket(&params).await?;
    if let Some(token) = params.partial_result_token {
        partial::send(session, token, std::mem::take(&mut result.text)).await;
    }
    Ok(result)
}

async fn told(session: &Arc<Session>) -> Result<BasketState, Refusal> {
    session.tell_status().await;
    session.basket_state().await
}
