//! `textDocument/hover`: over a compressed block, its receipt.

use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::lsp::position;
use crate::lsp::session::Session;
use crate::lsp::session::blocks::Outcome;

/// The receipt of the block at the cursor.
pub(crate) fn hover(session: &Session, params: &HoverParams) -> Option<Hover> {
    let place = &params.text_document_position_params;
    let uri = &place.text_document.uri;
    let snapshot = session.snapshot(uri).ok()?;
    let encoding = session.negotiated().encoding;
    let offset = position::offset(&snapshot.text, place.position, encoding);
    let (range, outcome) = session.documents.with_blocks(uri, |blocks| blocks.at(offset))??;
    let markdown = session.negotiated().markdown;
    let contents = HoverContents::Markup(MarkupContent {
        kind: if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText },
        value: text(&outcome, markdown),
    });
    Some(Hover { contents, range: Some(position::range(&snapshot.text, &range, encoding)) })
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
