//! From our own types to those of the protocol.
//!
//! Deliberately absent: positions, which `position` knows, and any decision.

use std::collections::HashMap;
use std::ops::Range;

use tower_lsp::ls_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::capabilities::Negotiated;
use super::position;
use super::session::documents::{START, Snapshot};

/// Stretches of a document, in bytes, and what takes their places; with the version that they are meant for, where the client
/// can tell versions apart.
pub(crate) fn replacements(
    snapshot: &Snapshot,
    replacements: Vec<(Range<usize>, String)>,
    client: &Negotiated,
) -> WorkspaceEdit {
    let edit = |(bytes, text): (Range<usize>, String)| TextEdit {
        range: position::range(&snapshot.text, &bytes, client.encoding),
        new_text: text,
    };
    let edits: Vec<TextEdit> = replacements.into_iter().map(edit).collect();
    if client.document_changes {
        let edits = edits.into_iter().map(OneOf::Left).collect();
        let text_document =
            OptionalVersionedTextDocumentIdentifier { uri: snapshot.uri.clone(), version: Some(snapshot.version) };
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit::new(HashMap::from([(snapshot.uri.clone(), edits)]))
    }
}

/// A new file with a text; an existing one is never overwritten.
pub(crate) fn creation(uri: &Uri, text: String) -> WorkspaceEdit {
    let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) };
    let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: None };
    let insert = TextEdit { range: tower_lsp::ls_types::Range { start: START, end: START }, new_text: text };
    let operations = vec![
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits: vec![OneOf::Left(insert)] }),
    ];
    WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() }
}
