//! The basket with its documents: adds parts, keeps them up to date, compresses them together.
//!
//! Invariants
//! - a snippet of an open document is compared with the document before it is shown or used; one of a closed document with its
//!   file (`tests/lsp/basket`);
//! - one budget and one query for all (`tests/lsp/basket`).

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use compressor::estimate::EXACT;
use compressor::policy::Level;
use compressor::receipt::grouped;
use tower_lsp::ls_types::Uri;

use super::basket::{self, Basket, Order, Origin, Snippet};
use super::run::Part;
use super::secrets::Leaving;
use super::settings::Settings;
use super::work::{Source, policy};
use super::{Session, documents};
use crate::lsp::error::Refusal;
use crate::lsp::ext::{self, BasketCompress, BasketState, BasketText, SnippetEntry, Steering};
use crate::lsp::progress::Watch;
use crate::worker::WorkError;

impl Session {
    /// Puts a part of a document into the basket.
    pub(crate) fn add_to_basket(&self, part: &Part) -> Result<(), Refusal> {
        let Part { snapshot, bytes } = part;
        let path = self.folders.display(&snapshot.uri);
        let origin = Origin { uri: snapshot.uri.as_str(), path: &path, language: snapshot.language };
        let added = self.basket().add(origin, bytes.clone(), &snapshot.text.to_string());
        added.map(drop).map_err(|error| Refusal::Basket(error.to_string()))
    }

    /// Takes a snippet out.
    pub(crate) fn remove_from_basket(&self, id: u64) -> Result<(), Refusal> {
        let removed = self.basket().remove(id);
        removed
            .then_some(())
            .ok_or_else(|| Refusal::Basket(format!("there is no snippet {id}: `basket/list` names those there are")))
    }

    /// Compares the snippets of a document with its text.
    pub(crate) fn refresh_basket(&self, uri: &Uri) {
        if self.basket().list().iter().any(|snippet| snippet.uri == uri.as_str())
            && let Some(snapshot) = self.documents.snapshot(uri)
        {
            self.basket().refresh(uri.as_str(), &snapshot.text.to_string());
        }
    }

    /// Compares all snippets with their documents, or with their files where those are not open: waits for the disk.
    pub(crate) async fn refresh_all_snippets(self: &Arc<Self>) {
        let session = Arc::clone(self);
        // What could not be compared stays as it was.
        let _ = tokio::task::spawn_blocking(move || {
            let names: BTreeSet<String> = session.basket().list().iter().map(|snippet| snippet.uri.clone()).collect();
            for name in names {
                let Ok(uri) = name.parse::<Uri>() else { continue };
                if let Some(snapshot) = session.documents.snapshot(&uri) {
                    session.basket().refresh(&name, &snapshot.text.to_string());
                } else if let Some(path) = documents::path(&uri) {
                    let text = std::fs::read_to_string(path);
                    session.basket().disk_changed(&name, text.as_deref().ok());
                }
            }
        })
        .await;
    }

    /// What is in the basket. Counted off the tasks that read messages, from a copy: neither edits nor requests wait.
    pub(crate) async fn basket_state(&self) -> Result<BasketState, Refusal> {
        let tokenizer = self.common_settings().tokenizer;
        let entry = move |snippet: &Snippet| SnippetEntry {
            id: snippet.id,
            uri: snippet.uri.clone(),
            path: snippet.path.clone(),
            first_line: *snippet.lines.start(),
            last_line: *snippet.lines.end(),
            tokens: tokenizer.count(&snippet.text),
            state: snippet.state.name().to_owned(),
        };
        let listed = self.basket().list().to_vec();
        let counted = tokio::task::spawn_blocking(move || listed.iter().map(entry).collect::<Vec<_>>()).await;
        let snippets = counted.map_err(|_| WorkError::Panicked)?;
        Ok(BasketState { tokens: snippets.iter().map(|snippet| snippet.tokens).sum(), snippets })
    }

    /// Tokens of all snippets, uncompressed; `None` where counting them would take longer than a list of actions may.
    pub(crate) fn basket_tokens(&self, basket: &Basket) -> Option<usize> {
        let tokenizer = self.common_settings().tokenizer;
        let bytes: usize = basket.list().iter().map(|snippet| snippet.text.len()).sum();
        (bytes <= EXACT).then(|| basket.list().iter().map(|snippet| tokenizer.count(&snippet.text)).sum())
    }

    /// Compresses all snippets under one budget and one query.
    pub(crate) async fn compress_basket(self: &Arc<Self>, params: &BasketCompress) -> Result<BasketText, Refusal> {
        self.refresh_all_snippets().await;
        if self.basket().list().is_empty() {
            return Err(Refusal::Basket("the basket is empty: add a selection first".to_owned()));
        }
        let settings = self.common_settings();
        let steering = steering(params, &settings);
        let several = |_| Err(Refusal::Params("the focus of several snippets is a name: a range is of one".to_owned()));
        let policy = policy(&steering, &settings, several)?;
        let order = match params.order {
            Some(ext::Order::File) => Order::File,
            Some(ext::Order::Relevance) => Order::Relevance,
            None => settings.basket.order,
        };
        let watch = Watch { title: "Compressing the basket".to_owned(), token: params.work_done_token.clone() };
        // An order of one's own is one by a relevance of one's own.
        let own = params.ids.as_ref().map(|ids| self.ranks(ids));
        let order = if own.is_some() { Order::Relevance } else { order };
        let scores = match (order, policy.query()) {
            _ if own.is_some() => own,
            (Order::Relevance, Some(query)) => Some(self.relevance(query.to_owned(), watch.clone()).await?),
            _ => None,
        };
        let basket::Assembled { pieces, mut notes } = self.basket().assemble(order, scores.as_deref());
        if pieces.is_empty() {
            return Err(Refusal::Basket(format!("nothing is left in the basket: {}", notes.join("; "))));
        }
        let sources = pieces.iter().map(|piece| Source {
            text: piece.text.clone(),
            name: Some(PathBuf::from(&piece.path)),
            language: piece.language,
        });
        let (level, has_budget) = (policy.level(), policy.budget().is_some());
        let outcomes = self.compress(sources.collect(), policy, &settings, watch, None).await?;
        let text = basket::render(pieces.iter().zip(outcomes.iter().map(|outcome| outcome.text.as_str())));
        let sum = |size: fn(&compressor::receipt::TokenCounts) -> usize| -> usize {
            outcomes.iter().map(|outcome| size(&outcome.receipt.tokens)).sum()
        };
        let summary =
            summary(sum(|it| it.before), sum(|it| it.after), outcomes.len(), level, settings.tokenizer.exact());
        // One about the budget of all is in each receipt; the others are of single texts.
        for note in outcomes.iter().flat_map(|outcome| &outcome.receipt.notes) {
            if has_budget && !notes.contains(note) {
                notes.push(note.clone());
            }
        }
        let receipts = outcomes.iter().map(|it| serde_json::to_value(&it.receipt).unwrap_or_default()).collect();
        Ok(BasketText { text, receipts, summary, notes })
    }

    /// For each snippet a number that is greater the sooner it is named.
    fn ranks(&self, ids: &[u64]) -> Vec<f32> {
        let named = |id: u64| ids.iter().position(|&named| named == id).unwrap_or(ids.len());
        self.basket().list().iter().map(|snippet| -(named(snippet.id) as f32)).collect()
    }

    async fn relevance(self: &Arc<Self>, query: String, watch: Watch) -> Result<Vec<f32>, Refusal> {
        let texts: Vec<String> = self.basket().list().iter().map(|snippet| snippet.text.clone()).collect();
        self.on_worker(watch, move |compressor, cancel| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            compressor.relevance(&texts, &query, cancel)
        })
        .await
    }

    /// Warns of secrets in the snippets of open documents.
    pub(crate) async fn warn_of_secrets_in_basket(&self) {
        let snippets: Vec<_> = self.basket().list().iter().map(|it| (it.uri.clone(), it.range.clone())).collect();
        for (name, bytes) in snippets {
            if let Some(snapshot) = name.parse().ok().and_then(|uri| self.documents.snapshot(&uri))
                && snapshot.text.get_byte_slice(bytes.clone()).is_some()
            {
                self.warn_of_secrets(&snapshot, &bytes, Leaving::Copied).await;
            }
        }
    }
}

/// The budget of the settings counts where the request has none.
fn steering(params: &BasketCompress, settings: &Settings) -> Steering {
    let budget = params.steering.budget.or(settings.basket.budget.map(ext::Budget::from));
    Steering { budget, ..params.steering.clone() }
}

fn summary(before: usize, after: usize, snippets: usize, level: Level, exact: bool) -> String {
    let about = if exact { "" } else { "about " };
    let share = if before == 0 { 100.0 } else { after as f64 / before as f64 * 100.0 };
    let plural = if snippets == 1 { "" } else { "s" };
    let (before, after, level) = (grouped(before), grouped(after), level.name());
    format!("{about}{before} -> {after} tokens ({share:.0}%) of {snippets} snippet{plural}, {level}")
}
