//! Where results go that are no edit: the clipboard, a document beside, a comparison.
//!
//! A client that serves our methods does each as its users expect. To any other a scratch document is opened: a file of its
//! own in the cache, readable by the user only, and gone with the session.
//!
//! Invariants
//! - no file of the user is ever written from here (`tests/lsp/plain_client`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::ls_types::request::Request;
use tower_lsp::ls_types::{MessageType, ShowDocumentParams, Uri, WorkspaceEdit};

use super::Session;
use super::blocks::Outcome;
use super::documents::{self, Snapshot};
use super::scratch::Scratch;
use crate::lsp::convert;
use crate::lsp::error::Refusal;
use crate::lsp::ext::{CopyParams, InputKind, InputParams, ShowParams};

/// `compressionLayer/copy`.
enum Copy {}

impl Request for Copy {
    type Params = CopyParams;
    type Result = ();
    const METHOD: &'static str = "compressionLayer/copy";
}

/// `compressionLayer/show`.
enum Show {}

impl Request for Show {
    type Params = ShowParams;
    type Result = ();
    const METHOD: &'static str = "compressionLayer/show";
}

/// `compressionLayer/input`.
enum Input {}

impl Request for Input {
    type Params = InputParams;
    type Result = Option<String>;
    const METHOD: &'static str = "compressionLayer/input";
}

impl Session {
    /// Puts a text into the clipboard, or into a scratch document of that name.
    pub(crate) async fn copy(self: &Arc<Self>, text: String, summary: String, name: &str) -> Result<(), Refusal> {
        if self.negotiated().ours.copy {
            let params = CopyParams { text, summary };
            return self.client.send_request::<Copy>(params).await.map_err(|error| client_failed(&error));
        }
        self.scratch(text, name).await
    }

    /// Shows a text that belongs to no document yet.
    pub(crate) async fn show(self: &Arc<Self>, params: ShowParams) -> Result<(), Refusal> {
        self.client.send_request::<Show>(params).await.map_err(|error| client_failed(&error))
    }

    /// Asks the person; `None` if the person declined.
    pub(crate) async fn ask(&self, kind: InputKind) -> Result<Option<String>, Refusal> {
        if !self.negotiated().ours.input {
            let message = "this editor has no way to ask: give `query` or `budget` with the command";
            return Err(Refusal::Unsupported(message.to_owned()));
        }
        let prompt = match kind {
            InputKind::Query => "What do you want to ask about this text?",
            InputKind::Budget => "At most how many tokens, such as 800, or what share, such as 50%?",
        };
        let params = InputParams { kind, prompt: prompt.to_owned() };
        self.client.send_request::<Input>(params).await.map_err(|error| client_failed(&error))
    }

    /// Opens a compressed text in a new document beside its original.
    pub(crate) async fn open_beside(
        self: &Arc<Self>,
        snapshot: &Snapshot,
        outcome: &Arc<Outcome>,
    ) -> Result<(), Refusal> {
        let client = self.negotiated();
        let name = documents::file_name(&snapshot.uri);
        if client.ours.show {
            let title = format!("{name} (compressed)");
            return self.show(show_params(title, snapshot, outcome, None)).await;
        }
        let beside = snapshot.path().filter(|_| client.creates_files && client.applies_edits).and_then(|path| {
            let free = free_name(&path)?;
            Uri::from_file_path(free)
        });
        let Some(uri) = beside else { return self.scratch(outcome.text.clone(), &compressed_name(&name)).await };
        self.apply(convert::creation(&uri, outcome.text.clone())).await?;
        self.documents.with_blocks(&uri, |blocks| blocks.propose(0, Arc::clone(outcome)));
        self.show_document(uri).await;
        Ok(())
    }

    /// Has the client apply an edit.
    pub(crate) async fn apply(&self, edit: WorkspaceEdit) -> Result<(), Refusal> {
        if !self.negotiated().applies_edits {
            return Err(Refusal::Unsupported(
                "this editor applies no edits of a server: use its code actions".to_owned(),
            ));
        }
        let answer = self.client.apply_edit(edit).await.map_err(|error| client_failed(&error))?;
        if answer.applied {
            return Ok(());
        }
        let reason = answer.failure_reason.unwrap_or_else(|| "it gave no reason".to_owned());
        Err(Refusal::Client(format!("the editor did not apply the edit: {reason}")))
    }

    /// Opens a scratch document with a text.
    pub(crate) async fn scratch(self: &Arc<Self>, text: String, name: &str) -> Result<(), Refusal> {
        let number = self.new_name("scratch");
        let name = format!("{}-{name}", number.rsplit('/').next().unwrap_or_default());
        let (scratch, cache) = (Scratch::new(&self.host.cache), self.host.cache.clone());
        let written = tokio::task::spawn_blocking(move || scratch.write(&name, &text)).await;
        let path = written.unwrap_or_else(|_| Err(std::io::Error::other("the writer ended"))).map_err(|error| {
            Refusal::Client(format!("cannot write a scratch document into {}: {error}", cache.display()))
        })?;
        match Uri::from_file_path(&path) {
            Some(uri) if self.negotiated().shows_documents => {
                self.show_document(uri).await;
            }
            _ => self.tell(MessageType::INFO, format!("the result is in {}", path.display())).await,
        }
        Ok(())
    }

    async fn show_document(&self, uri: Uri) {
        if self.negotiated().shows_documents {
            let params = ShowDocumentParams { uri, external: Some(false), take_focus: Some(true), selection: None };
            // It is there, whether it is shown or not.
            let _ = self.client.show_document(params).await;
        }
    }
}

/// What a client that shows texts by itself needs.
pub(crate) fn show_params(
    title: String,
    snapshot: &Snapshot,
    outcome: &Outcome,
    original: Option<String>,
) -> ShowParams {
    ShowParams {
        title,
        text: outcome.text.clone(),
        language: snapshot.language.map(|language| language.name().to_owned()),
        original,
        uri: Some(snapshot.uri.clone()),
        summary: outcome.receipt.to_string(),
        receipt: serde_json::to_value(&outcome.receipt).unwrap_or_default(),
    }
}

fn client_failed(error: &tower_lsp::jsonrpc::Error) -> Refusal {
    Refusal::Client(format!("the editor did not do its part: {}", error.message))
}

/// `notes.md` -> `notes.compressed.md`
fn compressed_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{stem}.compressed.{ending}"),
        _ => format!("{name}.compressed"),
    }
}

/// The first name beside a file that is not taken.
fn free_name(path: &Path) -> Option<PathBuf> {
    const TRIED: usize = 100;
    let name = compressed_name(&path.file_name()?.to_string_lossy());
    let numbered = (2..TRIED).map(|number| match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{number}.{ending}"),
        None => format!("{name}-{number}"),
    });
    std::iter::once(name.clone()).chain(numbered).map(|name| path.with_file_name(name)).find(|path| !path.exists())
}
