//! What a session knows: the client, its documents, its settings, the basket, the model.
//!
//! Invariants
//! - no lock is held across an await; each is held for a moment;
//! - what a handler works on is a snapshot (`documents`).

pub(crate) mod actions;
pub(crate) mod basket;
pub(crate) mod blocks;
pub(crate) mod chat;
pub(crate) mod configuration;
pub(crate) mod documents;
pub(crate) mod edit;
pub(crate) mod folders;
pub(crate) mod housekeeping;
pub(crate) mod models;
pub(crate) mod options;
pub(crate) mod originals;
pub(crate) mod outlet;
pub(crate) mod preview;
pub(crate) mod run;
pub(crate) mod scratch;
pub(crate) mod secrets;
pub(crate) mod settings;
pub(crate) mod snippets;
pub(crate) mod sync;
pub(crate) mod work;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use compressor::engine::Cancel;
use compressor::pipeline::ModelState;
use dashmap::DashMap;
use tower_lsp::Client;
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::{MessageType, ProgressToken, Uri};

use super::Host;
use super::capabilities::Negotiated;
use super::ext::Status;
use crate::worker::Worker;
use basket::Basket;
use configuration::Configuration;
use documents::{Documents, Snapshot};
use folders::Folders;
use models::Models;
use originals::Originals;
use settings::Settings;

use super::error::Refusal;

/// What a session knows.
pub(crate) struct Session {
    pub(crate) client: Client,
    pub(crate) host: Host,
    pub(crate) documents: Documents,
    pub(crate) worker: Worker,
    pub(crate) models: Models,
    pub(crate) originals: Originals,
    pub(crate) configuration: Configuration,
    pub(crate) folders: Folders,
    /// Work under way, by the tokens that cancel it.
    pub(crate) cancels: DashMap<ProgressToken, Arc<Cancel>>,
    pub(crate) told_secrets: secrets::Told,
    basket: Mutex<Basket>,
    negotiated: OnceLock<Negotiated>,
    names: AtomicUsize,
    queue: AtomicUsize,
    last_receipt: Mutex<Option<String>>,
    last_work: Mutex<Duration>,
    client_process: Mutex<Option<u32>>,
}

impl Session {
    /// A session with a client that has not said anything yet.
    pub(crate) fn new(client: Client, host: Host) -> std::io::Result<Self> {
        let models = Models::new(&host);
        let worker = Worker::start(models.first(&host), 1, host.queue)?;
        Ok(Self {
            client,
            documents: Documents::default(),
            worker,
            models,
            originals: Originals::default(),
            configuration: Configuration::default(),
            folders: Folders::default(),
            cancels: DashMap::new(),
            told_secrets: secrets::Told::default(),
            basket: Mutex::default(),
            negotiated: OnceLock::new(),
            names: AtomicUsize::new(0),
            queue: AtomicUsize::new(0),
            last_receipt: Mutex::default(),
            last_work: Mutex::new((host.clock)()),
            client_process: Mutex::default(),
            host,
        })
    }

    /// What was agreed with the client; nothing until `initialize`.
    pub(crate) fn negotiated(&self) -> &Negotiated {
        static NOTHING: OnceLock<Negotiated> = OnceLock::new();
        self.negotiated.get().unwrap_or_else(|| NOTHING.get_or_init(Negotiated::default))
    }

    /// Remembers what was agreed.
    pub(crate) fn agree(&self, negotiated: Negotiated) {
        // A second `initialize` is refused before it comes here.
        let _ = self.negotiated.set(negotiated);
    }

    /// The document as it is now.
    pub(crate) fn snapshot(&self, uri: &Uri) -> Result<Snapshot, Refusal> {
        self.documents.snapshot(uri).ok_or(Refusal::NotOpen)
    }

    /// The settings for a document.
    pub(crate) fn settings(&self, uri: &Uri) -> Arc<Settings> {
        self.configuration.settings(self.folders.of(uri).as_deref())
    }

    /// The settings for what belongs to no document: those of the first folder.
    pub(crate) fn common_settings(&self) -> Arc<Settings> {
        self.configuration.settings(self.folders.first().as_deref())
    }

    /// The basket.
    pub(crate) fn basket(&self) -> MutexGuard<'_, Basket> {
        lock(&self.basket)
    }

    /// A name that was not given before in this session.
    pub(crate) fn new_name(&self, of: &str) -> String {
        format!("compression-layer/{of}/{}", self.names.fetch_add(1, Ordering::Relaxed))
    }

    /// How the server is.
    pub(crate) fn status(&self) -> Status {
        let (state, model) = match self.worker.compressor().model_state() {
            ModelState::Unloaded => ("unloaded", None),
            ModelState::Loading => ("loading", None),
            ModelState::Loaded(record) => ("loaded", Some(record.name)),
        };
        Status {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model_state: state.to_owned(),
            model,
            model_problem: self.models.problem(),
            queue: self.queue.load(Ordering::Relaxed),
            documents: self.documents.len(),
            snippets: self.basket().list().len(),
            last_receipt: lock(&self.last_receipt).clone(),
        }
    }

    /// Tells a client that wants to know how the server is.
    pub(crate) async fn tell_status(&self) {
        if self.negotiated().ours.status {
            self.client.send_notification::<StatusChanged>(self.status()).await;
        }
    }

    /// Says what a person must know.
    pub(crate) async fn tell(&self, kind: MessageType, message: impl Into<String>) {
        let message: String = message.into();
        self.client.show_message(kind, format!("compression-layer: {message}")).await;
    }

    /// Stops all work: nobody waits for it any more.
    pub(crate) fn stop(&self) {
        for entry in &self.cancels {
            entry.value().cancel();
        }
    }

    /// Stops all work and lets the model go, so that no native code is running when the process ends: what ends first there
    /// takes from the rest what it stands on. Waits for that no longer than somebody who leaves may be held up.
    pub(crate) async fn end(&self) {
        const PATIENCE: Duration = Duration::from_secs(1);
        const OFTEN: Duration = Duration::from_millis(2);
        let idle = async {
            let mut often = tokio::time::interval(OFTEN);
            while self.queue.load(Ordering::Relaxed) > 0 {
                self.stop();
                often.tick().await;
            }
            let compressor = self.worker.compressor();
            // Its threads are waited for.
            tokio::task::spawn_blocking(move || compressor.unload()).await
        };
        self.stop();
        // Whether it came to rest or not, it ends now.
        let _ = tokio::time::timeout(PATIENCE, idle).await;
    }
}

/// `compressionLayer/statusChanged`.
enum StatusChanged {}

impl Notification for StatusChanged {
    type Params = Status;
    const METHOD: &'static str = "compressionLayer/statusChanged";
}

/// A lock's content, also after a panic: nothing is left half done under our locks.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
