//! `notebookDocument/didOpen`, `didChange` and `didClose`: each cell is a document of its own.

use std::sync::Arc;

use tower_lsp::ls_types::{
    DidChangeNotebookDocumentParams, DidCloseNotebookDocumentParams, DidOpenNotebookDocumentParams,
};

use crate::lsp::session::Session;

/// Takes in the cells.
pub(crate) fn did_open(session: &Session, params: DidOpenNotebookDocumentParams) {
    for cell in params.cell_text_documents {
        session.open_cell(cell);
    }
}

/// Takes in new cells, forgets those that went, and applies changes to the others.
pub(crate) fn did_change(session: &Arc<Session>, params: DidChangeNotebookDocumentParams) {
    let Some(cells) = params.change.cells else { return };
    if let Some(structure) = cells.structure {
        for cell in structure.did_close.into_iter().flatten() {
            session.close(&cell.uri);
        }
        for cell in structure.did_open.into_iter().flatten() {
            session.open_cell(cell);
        }
    }
    for content in cells.text_content.into_iter().flatten() {
        session.change(&content.document.uri, content.document.version, content.changes);
    }
}

/// Forgets the cells.
pub(crate) fn did_close(session: &Arc<Session>, params: &DidCloseNotebookDocumentParams) {
    for cell in &params.cell_text_documents {
        session.close(&cell.uri);
    }
}
