//! `textDocument/hover` and `compressionLayer/blockAt`: over a compressed block, its receipt.

use std::sync::Arc;

use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind, Position, Range, Uri};

use crate::lsp::error::Refusal;
use crate::lsp::ext::{Block, BlockAt};
use crate::lsp::position;
use crate::lsp::session::Session;
use crate::lsp::session::blocks::Outcome;

/// The receipt of the block at the cursor.
pub(crate) fn hover(session: &Session, params: &HoverParams) -> Option<Hover> {
    let place = &params.text_document_position_params;
    let Found { outcome, range, .. } = find(session, &place.text_document.uri, place.position)?;
    let markdown = session.negotiated().markdown;
    let contents = HoverContents::Markup(MarkupContent {
        kind: if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText },
        value: text(&outcome, markdown),
    });
    Some(Hover { contents, range: Some(range) })
}

/// The block at a place.
pub(crate) async fn block_at(session: &Arc<Session>, params: BlockAt) -> Result<Option<Block>, Refusal> {
    session.snapshot(&params.uri)?;
    let block = |Found { outcome, range, version }| Block {
        range,
        version,
        handle: outcome.handle.clone(),
        summary: outcome.receipt.to_string(),
        receipt: serde_json::to_value(&outcome.receipt).unwrap_or_default(),
    };
    Ok(find(session, &params.uri, params.position).map(block))
}

/// A block and where it stands.
struct Found {
    outcome: Arc<Outcome>,
    range: Range,
    version: i32,
}

fn find(session: &Session, uri: &Uri, position: Position) -> Option<Found> {
    let snapshot = session.snapshot(uri).ok()?;
    let encoding = session.negotiated().encoding;
    let offset = position::offset(&snapshot.text, position, encoding);
    let (bytes, outcome) = session.documents.with_blocks(uri, |blocks| blocks.at(offset))??;
    let range = position::range(&snapshot.text, &bytes, encoding);
    Some(Found { outcome, range, version: snapshot.version })
}

fn text(outcome: &Outcome, markdown: bool) -> String {
    let (strong, code) = if markdown { ("**", "`") } else { ("", "") };
    let receipt = &outcome.receipt;
    let mut lines = vec![format!("{strong}compressed{strong}: {receipt}")];
    for (category, counts) in receipt.atoms.iter().filter(|(_, counts)| !counts.lost.is_empty()) {
        lines.push(format!("- lost, {}: {}", category.name(), counts.lost.join(", ")));
    }
    lines.extend(receipt.notes.iter().map(|note| format!("- {note}")));
    if let Some(model) = &receipt.model {
        lines.push(format!("- model: {}", model.name));
    }
    if let Some(handle) = &outcome.handle {
        lines.push(format!("- original: expand {code}{handle}{code}"));
    }
    lines.join("\n")
}
