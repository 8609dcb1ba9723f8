//! Text synchronisation: what opens, changes and closes, told to all who follow the text.
//!
//! Invariants
//! - nothing here waits: changes are applied in the order in which they are read (`front`).

use std::sync::Arc;

use tower_lsp::ls_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::Session;

impl Session {
    /// Takes in a document.
    pub(crate) fn open(&self, item: TextDocumentItem) {
        let uri = item.uri.clone();
        self.documents.open(item);
        self.refresh_basket(&uri);
    }

    /// Takes in a cell of a notebook.
    pub(crate) fn open_cell(&self, item: TextDocumentItem) {
        let uri = item.uri.clone();
        self.documents.open_cell(item);
        self.refresh_basket(&uri);
    }

    /// Applies changes to it.
    pub(crate) fn change(self: &Arc<Self>, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        self.forget_secrets(uri);
        let encoding = self.negotiated().encoding;
        self.documents.change(uri, version, changes, encoding, |edit| self.basket().edited(uri.as_str(), *edit));
    }

    /// Forgets it.
    pub(crate) fn close(self: &Arc<Self>, uri: &Uri) {
        self.forget_secrets(uri);
        self.basket().closed(uri.as_str());
        self.documents.close(uri);
    }
}
