//! `initialize` and `initialized`: what the client can do is agreed, and what takes time begins after the answer.
//!
//! Invariants
//! - no model, no file and no question to the client before the answer (`tests/lsp/lifecycle`).

use std::sync::Arc;

use compressor::estimate::estimate;
use compressor::pipeline::Document;
use tower_lsp::ls_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, InitializeParams, InitializeResult,
    Registration, ServerInfo,
};

use crate::lsp::capabilities::{self, Negotiated};
use crate::lsp::session::options::{PROJECT_FILE, SECTION};
use crate::lsp::session::scratch::Scratch;
use crate::lsp::session::{Session, housekeeping};

/// Agrees with the client.
pub(crate) fn initialize(session: &Arc<Session>, params: &InitializeParams) -> InitializeResult {
    session.agree(Negotiated::read(params));
    session.folders.begin(params);
    session.begin(params.initialization_options.as_ref());
    session.belongs_to(params.process_id);
    InitializeResult {
        capabilities: capabilities::ours(session.negotiated()),
        server_info: Some(ServerInfo {
            name: "compression-layer".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        offset_encoding: None,
    }
}

/// Begins what takes time.
pub(crate) fn initialized(session: &Arc<Session>) {
    tokio::spawn(housekeeping::keep(Arc::downgrade(session)));
    // Vocabularies and patterns are read when first needed, which the first list of actions would wait for.
    let (level, tokenizer) = (session.common_settings().level, session.common_settings().tokenizer);
    drop(tokio::task::spawn_blocking(move || {
        let document = Document { text: "Said in a few words: 1.", name: None, language: None };
        (estimate(&document, level, tokenizer), compressor::secrets::find(document.text))
    }));
    let session = Arc::clone(session);
    tokio::spawn(async move {
        let scratch = Scratch::new(&session.host.cache);
        // Files that stay a moment longer harm nobody.
        let _ = tokio::task::spawn_blocking(move || scratch.clear_abandoned()).await;
        let problems = session.first_problems();
        session.read_projects().await;
        session.configured(problems).await;
        session.pull_configuration().await;
        register(&session).await;
        if session.common_settings().model.load_at_start {
            session.load_model().await;
        }
        session.tell_status().await;
    });
}

/// Asks to hear of changed settings and project files.
async fn register(session: &Session) {
    let mut wanted = Vec::new();
    let registration = |method: &str, options| Registration {
        id: session.new_name("registration"),
        method: method.to_owned(),
        register_options: options,
    };
    if session.negotiated().registers_configuration {
        let section = serde_json::json!({ "section": SECTION });
        wanted.push(registration("workspace/didChangeConfiguration", Some(section)));
    }
    if session.negotiated().watches_files {
        let glob_pattern = GlobPattern::String(format!("**/{PROJECT_FILE}"));
        let watchers = vec![FileSystemWatcher { glob_pattern, kind: None }];
        let options = serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers }).ok();
        wanted.push(registration("workspace/didChangeWatchedFiles", options));
    }
    if !wanted.is_empty()
        && let Err(error) = session.client.register_capability(wanted).await
    {
        tracing::warn!(code = error.code.code(), "the client refused a registration");
    }
}
