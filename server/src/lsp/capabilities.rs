//! What a client can do, and what we tell it that we can.
//!
//! Invariants
//! - nothing is sent that the client did not say it understands (`tests/lsp`: a client without any capability);
//! - everything is asked of the capabilities, never of the client's name.

use compressor::policy::Level;
use serde::Deserialize;
use tower_lsp::ls_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, ExecuteCommandOptions,
    HoverProviderCapability, InitializeParams, Notebook, NotebookCellSelector, NotebookDocumentSyncOptions,
    NotebookSelector, OneOf, ResourceOperationKind, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use super::ext;
use super::position::Encoding;

/// What a client can do.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own on the wire")]
pub(crate) struct Negotiated {
    /// What a column counts.
    pub(crate) encoding: Encoding,
    /// Code actions as such; otherwise it takes commands only.
    pub(crate) code_actions: bool,
    /// Asks for the edit of an action when it is chosen.
    pub(crate) resolves_edits: bool,
    /// Edits that carry a version.
    pub(crate) document_changes: bool,
    /// Edits that create files.
    pub(crate) creates_files: bool,
    /// Applies edits that we send.
    pub(crate) applies_edits: bool,
    /// Opens a document that we name.
    pub(crate) shows_documents: bool,
    /// Shows progress that we begin.
    pub(crate) shows_progress: bool,
    /// Answers questions about its configuration.
    pub(crate) configuration: bool,
    /// Takes registrations of what configuration changes we want to hear of.
    pub(crate) registers_configuration: bool,
    /// Takes registrations of the files that we want watched.
    pub(crate) watches_files: bool,
    /// Asks for code lenses anew when told to.
    pub(crate) refreshes_lenses: bool,
    /// Shows Markdown.
    pub(crate) markdown: bool,
    /// Knows our own methods.
    pub(crate) ours: Ours,
}

/// Which of our own methods the client serves: `capabilities.experimental.compressionLayer`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own on the wire")]
pub(crate) struct Ours {
    /// `compressionLayer/copy`: puts a text into the clipboard.
    pub(crate) copy: bool,
    /// `compressionLayer/show`: shows a text beside, or a comparison.
    pub(crate) show: bool,
    /// `compressionLayer/input`: asks the person for a question or a budget.
    pub(crate) input: bool,
    /// `compressionLayer/statusChanged`: shows the state of the server.
    pub(crate) status: bool,
}

impl Negotiated {
    /// Reads what a client says of itself.
    pub(crate) fn read(params: &InitializeParams) -> Self {
        let text = params.capabilities.text_document.as_ref();
        let workspace = params.capabilities.workspace.as_ref();
        let window = params.capabilities.window.as_ref();
        let general = params.capabilities.general.as_ref();
        let edits = workspace.and_then(|it| it.workspace_edit.as_ref());
        let action = text.and_then(|it| it.code_action.as_ref());
        let resolves = action.and_then(|it| it.resolve_support.as_ref());
        let hover = text.and_then(|it| it.hover.as_ref()?.content_format.as_ref());
        let operations = edits.and_then(|it| it.resource_operations.as_ref());
        let experimental = params.capabilities.experimental.as_ref();
        let ours = experimental.and_then(|it| it.get("compressionLayer"));
        let yes = |flag: Option<bool>| flag.unwrap_or(false);
        Self {
            encoding: Encoding::negotiate(general.and_then(|it| it.position_encodings.as_deref())),
            code_actions: action.is_some_and(|it| it.code_action_literal_support.is_some()),
            resolves_edits: resolves.is_some_and(|it| it.properties.iter().any(|name| name == "edit"))
                && yes(action.and_then(|it| it.data_support)),
            document_changes: yes(edits.and_then(|it| it.document_changes)),
            creates_files: operations.is_some_and(|kinds| kinds.contains(&ResourceOperationKind::Create)),
            applies_edits: yes(workspace.and_then(|it| it.apply_edit)),
            shows_documents: window.and_then(|it| it.show_document.as_ref()).is_some_and(|it| it.support),
            shows_progress: yes(window.and_then(|it| it.work_done_progress)),
            configuration: yes(workspace.and_then(|it| it.configuration)),
            registers_configuration: workspace
                .and_then(|it| it.did_change_configuration)
                .is_some_and(|it| yes(it.dynamic_registration)),
            watches_files: workspace
                .and_then(|it| it.did_change_watched_files)
                .is_some_and(|it| yes(it.dynamic_registration)),
            refreshes_lenses: yes(workspace.and_then(|it| it.code_lens.as_ref()?.refresh_support)),
            markdown: hover.is_some_and(|kinds| kinds.contains(&tower_lsp::ls_types::MarkupKind::Markdown)),
            ours: ours.and_then(|it| Ours::deserialize(it).ok()).unwrap_or_default(),
        }
    }
}

/// The kinds of our code actions.
pub(crate) mod kind {
    /// All that shorten a part of a document.
    pub(crate) const COMPRESS: &str = "refactor.compress";
    /// The text is replaced.
    pub(crate) const REPLACE: &str = "refactor.compress.replace";
    /// The result goes to the clipboard.
    pub(crate) const COPY: &str = "refactor.compress.copy";
    /// The result is opened beside.
    pub(crate) const OPEN: &str = "refactor.compress.open";
    /// The result is shown before it is applied.
    pub(crate) const PREVIEW: &str = "refactor.compress.preview";
    /// The basket.
    pub(crate) const BASKET: &str = "refactor.compress.basket";
    /// The file is replaced.
    pub(crate) const SOURCE: &str = "source.compress";
    /// Secrets are masked.
    pub(crate) const MASK: &str = "quickfix.compress.mask";
}

/// What we can do for this client.
pub(crate) fn ours(client: &Negotiated) -> ServerCapabilities {
    let progress = WorkDoneProgressOptions { work_done_progress: Some(true) };
    let kinds =
        [kind::COMPRESS, kind::REPLACE, kind::COPY, kind::OPEN, kind::PREVIEW, kind::BASKET, kind::SOURCE, kind::MASK];
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        })),
        notebook_document_sync: Some(OneOf::Left(NotebookDocumentSyncOptions {
            // By notebook and cells: some clients cannot read a selector of cells alone.
            notebook_selector: vec![NotebookSelector::ByNotebook {
                notebook: Notebook::String("*".to_owned()),
                cells: Some(vec![NotebookCellSelector { language: "*".to_owned() }]),
            }],
            save: Some(false),
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(kinds.map(CodeActionKind::new).to_vec()),
            resolve_provider: Some(true),
            work_done_progress_options: progress,
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: ext::commands().map(str::to_owned).collect(),
            work_done_progress_options: progress,
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        experimental: Some(serde_json::json!({ "compressionLayer": {
            "methods": ext::methods().collect::<Vec<_>>(),
            "levels": Level::ALL.map(Level::name),
        } })),
        ..ServerCapabilities::default()
    }
}
