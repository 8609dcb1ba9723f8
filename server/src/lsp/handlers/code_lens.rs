//! `textDocument/codeLens`: token counts above definitions, where the settings ask for them.

use std::sync::Arc;

use compressor::receipt::grouped;
use tower_lsp::jsonrpc;
use tower_lsp::ls_types::{CodeLens, CodeLensParams, Command};

use crate::lsp::ext::{Act, Place, Run, Steering, What};
use crate::lsp::position;
use crate::lsp::session::Session;

/// Definitions of fewer tokens are not worth a line.
const SHORTEST: usize = 32;

/// One lens above each definition; choosing it previews the compressed definition.
pub(crate) async fn list(session: &Arc<Session>, params: CodeLensParams) -> jsonrpc::Result<Option<Vec<CodeLens>>> {
    let uri = params.text_document.uri;
    let settings = session.settings(&uri);
    let Ok(snapshot) = session.snapshot(&uri) else { return Ok(None) };
    if !settings.code_lens {
        return Ok(None);
    }
    let session = Arc::clone(session);
    let listed = tokio::task::spawn_blocking(move || {
        let (symbols, stale) = session.documents.symbols(&snapshot);
        let symbols = if stale { session.documents.parse(&snapshot) } else { symbols };
        let encoding = session.negotiated().encoding;
        let lens = |symbol: &compressor::structural::Symbol| {
            let tokens = settings.tokenizer.count(&snapshot.slice(&symbol.range));
            let about = if settings.tokenizer.exact() { "" } else { "about " };
            let place = Place {
                uri: snapshot.uri.clone(),
                version: Some(snapshot.version),
                range: Some(position::range(&snapshot.text, &symbol.range, encoding)),
            };
            let run = Run {
                act: Act::Preview,
                what: What::Symbol,
                document: Some(place),
                steering: Steering::default(),
                ask: None,
                ids: None,
                masked: false,
                work_done_token: None,
            };
            let title = format!("{about}{} tokens", grouped(tokens));
            let arguments = serde_json::to_value(run).ok().map(|run| vec![run]);
            let command = Command::new(title, "compressionLayer.run".to_owned(), arguments);
            let range = position::range(&snapshot.text, &symbol.name, encoding);
            (tokens >= SHORTEST).then_some(CodeLens { range, command: Some(command), data: None })
        };
        symbols.iter().filter_map(lens).collect()
    });
    listed.await.map(Some).map_err(|_| jsonrpc::Error::internal_error())
}
