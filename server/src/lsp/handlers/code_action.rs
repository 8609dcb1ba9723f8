//! `textDocument/codeAction` and `codeAction/resolve`: what can be done here, and the edit of what was chosen.
//!
//! Invariants
//! - the list is answered from what is known, and computed off the tasks that read messages (`tests/lsp/actions`);
//! - a client is offered actions with edits to come, commands within actions, or commands alone: what it understands.

use std::sync::Arc;

use tower_lsp::jsonrpc;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, CodeActionTriggerKind,
    Command, Diagnostic, NumberOrString,
};

use crate::lsp::capabilities::{Negotiated, kind};
use crate::lsp::error::Refusal;
use crate::lsp::ext::{Act, Run};
use crate::lsp::position;
use crate::lsp::session::actions::{Offer, targets};
use crate::lsp::session::{Session, secrets};

/// The command that does what an action says.
const COMMAND: &str = "compressionLayer.run";

/// What can be done here.
pub(crate) async fn list(
    session: &Arc<Session>,
    params: CodeActionParams,
) -> jsonrpc::Result<Option<CodeActionResponse>> {
    // A document that is not open has no actions; that is no error while an editor starts.
    let Ok(snapshot) = session.snapshot(&params.text_document.uri) else { return Ok(None) };
    let selected = position::bytes(&snapshot.text, params.range, session.negotiated().encoding);
    let selected = if snapshot.slice(&selected).trim().is_empty() { selected.start..selected.start } else { selected };
    let mut context = params.context;
    let only = Wanted::new(context.only.take());
    // An editor that asks at every step of the cursor is not told that a file can be compressed, each time.
    let unasked = context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC) && only.is_all();
    if unasked && selected.is_empty() {
        return Ok(None);
    }
    let computing = Arc::clone(session);
    let listed = tokio::task::spawn_blocking(move || {
        let (symbols, stale) = computing.documents.symbols(&snapshot);
        if stale {
            let (session, snapshot) = (Arc::clone(&computing), snapshot.clone());
            tokio::task::spawn_blocking(move || session.documents.parse_aside(&snapshot));
        }
        let settings = computing.settings(&snapshot.uri);
        let targets = targets(&snapshot, selected, &symbols, only.names(kind::SOURCE));
        computing.offers(&snapshot, &targets, &settings).into_iter().filter(|offer| only.takes(offer.kind)).collect()
    });
    let offers: Vec<Offer> = listed.await.map_err(|_| jsonrpc::Error::internal_error())?;
    let client = session.negotiated();
    Ok(Some(offers.into_iter().map(|offer| action(offer, &context.diagnostics, client)).collect()))
}

/// Fills in the edit of an action that was chosen.
pub(crate) async fn resolve(session: &Arc<Session>, mut action: CodeAction) -> jsonrpc::Result<CodeAction> {
    // Some clients resolve every action, also one that has nothing to come.
    let Some(data) = action.data.clone() else { return Ok(action) };
    let run: Run = serde_json::from_value(data)
        .map_err(|error| Refusal::Params(format!("the action is none of ours, its `data` is wrong: {error}")))?;
    action.edit = session.edit(&run).await?;
    Ok(action)
}

fn action(offer: Offer, diagnostics: &[Diagnostic], client: &Negotiated) -> CodeActionOrCommand {
    let Offer { title, kind, run } = offer;
    let data = serde_json::to_value(&run).expect("its keys are strings");
    let command = Command::new(title.clone(), COMMAND.to_owned(), Some(vec![data.clone()]));
    if !client.code_actions {
        return CodeActionOrCommand::Command(command);
    }
    let makes_edit = matches!(run.act, Act::Replace | Act::Mask) && run.ask.is_none();
    let later = makes_edit && client.resolves_edits;
    let about: Vec<_> = diagnostics.iter().filter(|it| run.act == Act::Mask && is_secret(it)).cloned().collect();
    CodeActionOrCommand::CodeAction(CodeAction {
        title,
        kind: Some(CodeActionKind::new(kind)),
        diagnostics: (!about.is_empty()).then_some(about),
        command: (!later).then_some(command),
        data: later.then_some(data),
        ..CodeAction::default()
    })
}

fn is_secret(diagnostic: &Diagnostic) -> bool {
    diagnostic.source.as_deref() == Some(secrets::SOURCE)
        && diagnostic.code == Some(NumberOrString::String(secrets::CODE.to_owned()))
}

/// The kinds that a client asks for.
struct Wanted(Option<Vec<CodeActionKind>>);

impl Wanted {
    fn new(only: Option<Vec<CodeActionKind>>) -> Self {
        Self(only.filter(|kinds| !kinds.is_empty()))
    }

    fn is_all(&self) -> bool {
        self.0.is_none()
    }

    /// Whether actions of this kind are wanted; a kind stands for all that begin with it.
    fn takes(&self, kind: &str) -> bool {
        let begins = |wanted: &CodeActionKind| {
            let rest = kind.strip_prefix(wanted.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty())
        };
        self.0.as_ref().is_none_or(|kinds| kinds.iter().any(begins))
    }

    /// Whether this kind was asked for by name.
    fn names(&self, kind: &str) -> bool {
        !self.is_all() && self.takes(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_stands_for_all_that_begin_with_it() {
        for (only, kind, expected) in [
            (vec![], kind::COPY, true),
            (vec!["refactor"], kind::COPY, true),
            (vec!["refactor.compress"], kind::COPY, true),
            (vec!["refactor.comp"], kind::COPY, false),
            (vec!["source"], kind::COPY, false),
            (vec!["quickfix", "source"], kind::SOURCE, true),
            (vec![""], kind::COPY, true),
        ] {
            let wanted = Wanted::new(Some(only.iter().map(|&kind| CodeActionKind::from(kind.to_owned())).collect()));
            assert_eq!(wanted.takes(kind), expected, "{only:?} {kind}");
        }
    }
}
