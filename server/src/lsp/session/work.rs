//! Work for the model: into the queue, watched, cancelled when nobody waits.
//!
//! Invariants
//! - a request that is given up stops its work, or keeps it from beginning (`tests/lsp/cancellation`);
//! - texts are compressed in the order in which they came (`tests/lsp/load`).

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use compressor::engine::Cancel;
use compressor::error::CompressError;
use compressor::language::Language;
use compressor::pipeline::{Compressed, Compressor, Document};
use compressor::policy::{Budget, Focus, Level, Policy};
use compressor::tokens::Tokenizer;
use tokio::sync::oneshot;
use tower_lsp::ls_types::{self, MessageType, ProgressToken};

use super::blocks::Outcome;
use super::settings::Settings;
use super::{Session, lock};
use crate::lsp::error::Refusal;
use crate::lsp::ext::{self, Steering};
use crate::lsp::partial::Parts;
use crate::lsp::progress::{Registered, Watch, watched};
use crate::worker::WorkError;

/// A text to compress.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) text: String,
    pub(crate) name: Option<PathBuf>,
    pub(crate) language: Option<Language>,
}

/// Cancels when it is dropped: a handler that is given up takes its work with it.
pub(crate) struct Stops(pub(crate) Arc<Cancel>);

impl Drop for Stops {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Counts a text that waits or is being worked on.
struct Queued(Arc<Session>);

impl Queued {
    fn new(session: &Arc<Session>) -> Self {
        session.queue.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(session))
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        self.0.queue.fetch_sub(1, Ordering::Relaxed);
        *lock(&self.0.last_work) = (self.0.host.clock)();
    }
}

impl Session {
    /// Does something on the worker's thread, watched.
    pub(crate) async fn on_worker<T: Send + 'static>(
        self: &Arc<Self>,
        watch: Watch,
        job: impl FnOnce(&Compressor, &Cancel) -> Result<T, CompressError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let stops = Stops(Arc::default());
        let cancel = Arc::clone(&stops.0);
        let (answer, reply) = oneshot::channel();
        let queued = Queued::new(self);
        // The handler holds it for as long as it waits.
        let waiting = Arc::new(());
        let caller = Arc::downgrade(&waiting);
        // So that the end of the session ends this too.
        let _registered = Registered::new(self, ProgressToken::String(self.new_name("work")), &cancel);
        self.worker.submit_to(
            Arc::clone(&cancel),
            move || caller.strong_count() > 0,
            job,
            move |result| {
                drop(queued);
                // The request was given up if nobody takes it.
                let _ = answer.send(result);
            },
        )?;
        self.tell_status().await;
        let result = watched(self, watch, &cancel, reply).await.unwrap_or(Err(WorkError::Ended));
        drop(waiting);
        self.tell_status().await;
        Ok(result?)
    }

    /// Loads the model now, so that the first text does not wait for it.
    pub(crate) async fn load_model(self: &Arc<Self>) {
        let watch = Watch { title: "Loading the model".to_owned(), token: None };
        if let Err(error) = self.on_worker(watch, |compressor, _| compressor.load()).await {
            self.tell(MessageType::ERROR, error.to_string()).await;
        }
    }

    /// Compresses texts under one policy, and keeps the originals. The parts of a single text go out as they are done.
    pub(crate) async fn compress(
        self: &Arc<Self>,
        sources: Vec<Source>,
        policy: Policy,
        settings: &Settings,
        watch: Watch,
        parts: Option<&Parts>,
    ) -> Result<Vec<Arc<Outcome>>, Refusal> {
        let (folder, megabytes) = (self.host.originals(), settings.store_megabytes);
        let sink = parts.map(Parts::sink);
        let session = Arc::clone(self);
        let outcomes = self
            .on_worker(watch, move |compressor, cancel| {
                let documents: Vec<_> = sources
                    .iter()
                    .map(|source| Document {
                        text: &source.text,
                        name: source.name.as_deref(),
                        language: source.language,
                    })
                    .collect();
                let results = match (&documents[..], sink) {
                    ([document], Some(sink)) => {
                        // Where nobody listens any more the work is cancelled, too.
                        let mut part = |text: &str| drop(sink.send(text.to_owned()));
                        vec![compressor.compress_in_parts(document, &policy, cancel, &mut part)?]
                    }
                    _ => compressor.compress_all(&documents, &policy, cancel)?,
                };
                let keep = |source: &Source, result: Compressed| {
                    let shortened = result.text != source.text;
                    let handle = shortened.then(|| session.keep(&source.text, folder.clone(), megabytes)).flatten();
                    Arc::new(Outcome { text: result.text, receipt: result.receipt, dropped: result.dropped, handle })
                };
                Ok(sources.iter().zip(results).map(|(source, result)| keep(source, result)).collect::<Vec<_>>())
            })
            .await?;
        // The answer does not wait for the disk: what was written outlives this process already.
        let session = Arc::clone(self);
        drop(tokio::task::spawn_blocking(move || session.originals.sync()));
        if let Some(last) = outcomes.last() {
            *lock(&self.last_receipt) = Some(last.receipt.to_string());
            self.tell_status().await;
        }
        Ok(outcomes)
    }

    /// Keeps an original; one that cannot be kept has no handle, and the log says why.
    fn keep(&self, text: &str, folder: PathBuf, megabytes: u64) -> Option<String> {
        let kept = self.originals.store(folder, megabytes).and_then(|store| store.put(text));
        match kept {
            Ok(handle) => Some(handle.to_string()),
            Err(error) => {
                tracing::warn!(%error, "an original is not kept");
                None
            }
        }
    }
}

/// The policy that a request asks for, with what it leaves out taken from the settings. `bytes` says where in the text a
/// range is.
pub(crate) fn policy(
    steering: &Steering,
    settings: &Settings,
    bytes: impl FnOnce(ls_types::Range) -> Result<Range<usize>, Refusal>,
) -> Result<Policy, Refusal> {
    let mildest = if steering.focus.is_some() { Level::Tight } else { Level::Safe };
    let mut policy = Policy::new(steering.level.unwrap_or(settings.level.max(mildest)))
        .with_tokenizer(tokenizer(steering.tokenizer.as_deref(), settings)?);
    if let Some(budget) = steering.budget {
        policy = policy.with_budget(budget.into())?;
    }
    if let Some(query) = steering.query.as_deref().or(settings.query.as_deref()) {
        policy = policy.with_query(query)?;
    }
    match &steering.focus {
        None => {}
        Some(ext::Focus::Name(name)) => policy = policy.with_focus(Focus::Name(name.clone()))?,
        Some(ext::Focus::Range(range)) => {
            // A cursor is at a byte.
            let Range { start, end } = bytes(*range)?;
            policy = policy.with_focus(Focus::Bytes(start..end.max(start + 1)))?;
        }
    }
    Ok(policy)
}

/// The tokenizer of that name, or that of the settings.
pub(crate) fn tokenizer(name: Option<&str>, settings: &Settings) -> Result<Tokenizer, Refusal> {
    let Some(name) = name else { return Ok(settings.tokenizer) };
    Tokenizer::from_name(name).ok_or_else(|| {
        let known: Vec<_> = Tokenizer::ALL.into_iter().map(Tokenizer::name).collect();
        Refusal::Params(format!("`{name}` is no tokenizer: use one of {}", known.join(", ")))
    })
}

impl From<Budget> for ext::Budget {
    fn from(budget: Budget) -> Self {
        match budget {
            Budget::Tokens(tokens) => Self::Tokens(tokens),
            Budget::Ratio(ratio) => Self::Ratio(ratio),
        }
    }
}

impl From<ext::Budget> for Budget {
    fn from(budget: ext::Budget) -> Self {
        match budget {
            ext::Budget::Tokens(tokens) => Self::Tokens(tokens),
            ext::Budget::Ratio(ratio) => Self::Ratio(ratio),
        }
    }
}
