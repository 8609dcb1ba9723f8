//! The language server: wires the protocol to the handlers.
//!
//! client bytes -> `front` -> `handlers` (convert, snapshot) -> `session` -> worker (queue) -> compressor -> `convert` -> client.
//!
//! Invariants
//! - a method here is a line; what it does is in `handlers`;
//! - nothing blocks: what waits for a disk or computes for long runs off the tasks that read messages.

mod capabilities;
mod channel;
mod convert;
mod error;
mod ext;
mod frames;
mod front;
mod handlers;
mod head;
mod partial;
mod position;
mod progress;
mod requests;
mod session;

pub use channel::Channel;
pub use ext::{Direction, METHODS, Method};
pub use front::Ended;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use compressor::error::CompressError;
use compressor::model::ModelSource;
use compressor::pipeline::{Compressor, Runtime};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Notify;
use tower_lsp::ls_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, DidChangeConfigurationParams,
    DidChangeNotebookDocumentParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseNotebookDocumentParams, DidCloseTextDocumentParams,
    DidOpenNotebookDocumentParams, DidOpenTextDocumentParams, ExecuteCommandParams, Hover, HoverParams,
    InitializeParams, InitializeResult, InitializedParams, WorkDoneProgressCancelParams,
};
use tower_lsp::{LanguageServer, LspService, jsonrpc};

use handlers::{code_action, code_lens, hover, initialize, notebook_document};
use session::scratch::Scratch;
use session::{Session, housekeeping};

/// What the machine gives to a session.
#[derive(Clone, Debug)]
pub struct Host {
    /// Where the model is unpacked, originals are kept and scratch documents are written.
    pub cache: PathBuf,
    /// Where the user keeps other models, a folder each.
    pub models: Option<PathBuf>,
    /// Threads for the model.
    pub lanes: NonZeroUsize,
    /// Time since some fixed moment.
    pub clock: fn() -> Duration,
    /// Texts that may wait.
    pub queue: usize,
    /// How often is looked after what changes by itself.
    pub housekeeping: Duration,
    /// The process that started this one, if it said so.
    pub parent: Option<u32>,
    /// Notified when the session shall end for another reason than a message.
    pub leave: Arc<Notify>,
    /// Makes a compressor of a model; tests put a scripted encoder into it.
    pub build: fn(ModelSource, Runtime) -> Result<Compressor, CompressError>,
}

impl Host {
    /// The folder of originals.
    pub(crate) fn originals(&self) -> PathBuf {
        self.cache.join("originals")
    }
}

/// Serves one client until it leaves.
///
/// # Errors
/// No thread for the work.
pub async fn serve(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    host: Host,
) -> std::io::Result<Ended> {
    let leave = Arc::clone(&host.leave);
    let scratch = Scratch::new(&host.cache);
    let mut failure = None;
    let mut session = None;
    let builder = LspService::build(|client| {
        let made = Session::new(client, host).map(Arc::new);
        session = made.as_ref().ok().cloned();
        failure = made.err();
        Server(session.clone())
    });
    let Some(session) = session.filter(|_| failure.is_none()) else {
        return Err(failure.unwrap_or_else(|| std::io::Error::other("no session")));
    };
    let cancel = |server: &Server, params: WorkDoneProgressCancelParams| {
        server.cancel_progress(&params);
        std::future::ready(())
    };
    let builder = requests::register(builder).custom_method("window/workDoneProgress/cancel", cancel);
    let (service, socket) = builder.finish();
    tokio::spawn(housekeeping::watch(Arc::downgrade(&session)));
    let ended = front::run(input, output, service, socket, leave).await;
    session.end().await;
    scratch.clear_own();
    Ok(ended)
}

/// The methods of the protocol.
struct Server(Option<Arc<Session>>);

impl Server {
    fn session(&self) -> Arc<Session> {
        Arc::clone(self.0.as_ref().expect("a server without a session serves nobody"))
    }

    fn cancel_progress(&self, params: &WorkDoneProgressCancelParams) {
        if let Some(cancel) = self.session().cancels.get(&params.token) {
            cancel.cancel();
        }
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> jsonrpc::Result<InitializeResult> {
        Ok(initialize::initialize(&self.session(), &params))
    }

    async fn initialized(&self, _: InitializedParams) {
        initialize::initialized(&self.session());
    }

    async fn shutdown(&self) -> jsonrpc::Result<()> {
        self.session().stop();
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.session().open(params.text_document);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.session().change(&document.uri, document.version, params.content_changes);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.session().close(&params.text_document.uri);
    }

    async fn notebook_did_open(&self, params: DidOpenNotebookDocumentParams) {
        notebook_document::did_open(&self.session(), params);
    }

    async fn notebook_did_change(&self, params: DidChangeNotebookDocumentParams) {
        notebook_document::did_change(&self.session(), params);
    }

    async fn notebook_did_close(&self, params: DidCloseNotebookDocumentParams) {
        notebook_document::did_close(&self.session(), &params);
    }

    async fn code_action(&self, params: CodeActionParams) -> jsonrpc::Result<Option<CodeActionResponse>> {
        code_action::list(&self.session(), params).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> jsonrpc::Result<CodeAction> {
        code_action::resolve(&self.session(), action).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> jsonrpc::Result<Option<Vec<CodeLens>>> {
        code_lens::list(&self.session(), params).await
    }

    async fn hover(&self, params: HoverParams) -> jsonrpc::Result<Option<Hover>> {
        Ok(hover::hover(&self.session(), &params))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> jsonrpc::Result<Option<Value>> {
        requests::execute(&self.session(), params).await
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.session().configuration_changed(&params.settings);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.session().folders_changed(params.event);
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.session().files_changed();
    }
}
