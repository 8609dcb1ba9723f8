//! Secrets in what is about to leave the editor: told of where they stand, and masked on request.
//!
//! Invariants
//! - no secret is ever in a message or a log: only its kind and its place (`tests/lsp/secrets`).

use std::ops::Range;
use std::sync::Arc;

use compressor::secrets::{self, Secret};
use dashmap::DashSet;
use tower_lsp::ls_types::{Diagnostic, DiagnosticSeverity, MessageType, NumberOrString, Uri, WorkspaceEdit};

use super::Session;
use super::documents::Snapshot;
use crate::lsp::{convert, position};

/// Who says it, in a list of problems.
pub(crate) const SOURCE: &str = "compression-layer";
/// Which rule of ours.
pub(crate) const CODE: &str = "secret";

/// What is done with a text that may hold secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaving {
    /// It was copied.
    Copied,
    /// It was put into the basket, to be copied later.
    Collected,
}

impl Leaving {
    /// As in "the text that was ...".
    fn done(self) -> &'static str {
        match self {
            Self::Copied => "copied",
            Self::Collected => "put into the basket",
        }
    }
}

/// The documents that secrets were told of.
#[derive(Debug, Default)]
pub(crate) struct Told(DashSet<Uri>);

impl Session {
    /// Looks for secrets in a part of a document that is about to leave the editor, and tells of them.
    pub(crate) async fn warn_of_secrets(&self, snapshot: &Snapshot, bytes: &Range<usize>, leaving: Leaving) {
        let found = in_part(snapshot, bytes);
        if !self.settings(&snapshot.uri).secrets || found.is_empty() {
            return;
        }
        let done = leaving.done();
        let diagnostic = |secret: &Secret| Diagnostic {
            range: position::range(&snapshot.text, &secret.range, self.negotiated().encoding),
            severity: Some(DiagnosticSeverity::WARNING),
            code: Some(NumberOrString::String(CODE.to_owned())),
            source: Some(SOURCE.to_owned()),
            message: format!(
                "{} in a text that was {done}: mask it before it leaves the machine",
                secret.kind.description()
            ),
            ..Diagnostic::default()
        };
        let diagnostics = found.iter().map(diagnostic).collect();
        self.told_secrets.0.insert(snapshot.uri.clone());
        self.client.publish_diagnostics(snapshot.uri.clone(), diagnostics, Some(snapshot.version)).await;
        let secrets = if found.len() == 1 { "a secret".to_owned() } else { format!("{} secrets", found.len()) };
        let name = super::documents::file_name(&snapshot.uri);
        self.tell(
            MessageType::WARNING,
            format!("{secrets} went along with what was {done} from {name}: there is an action that masks them"),
        )
        .await;
    }

    /// Takes back what was told of a document: its text changed, or it was closed.
    pub(crate) fn forget_secrets(self: &Arc<Self>, uri: &Uri) {
        if self.told_secrets.0.remove(uri).is_some() {
            let (session, uri) = (Arc::clone(self), uri.clone());
            tokio::spawn(async move { session.client.publish_diagnostics(uri, Vec::new(), None).await });
        }
    }

    /// The edit that masks the secrets in a part of a document.
    pub(crate) fn masking(&self, snapshot: &Snapshot, bytes: &Range<usize>) -> WorkspaceEdit {
        let found = in_part(snapshot, bytes);
        let masks = found.into_iter().map(|secret| (secret.range, secret.kind.mask())).collect();
        convert::replacements(snapshot, masks, self.negotiated())
    }
}

/// The secrets in a part, in bytes of the document.
pub(crate) fn in_part(snapshot: &Snapshot, bytes: &Range<usize>) -> Vec<Secret> {
    let mut found = secrets::find(&snapshot.slice(bytes));
    for secret in &mut found {
        secret.range = secret.range.start + bytes.start..secret.range.end + bytes.start;
    }
    found
}
