//! Which model works, and how another takes its place.
//!
//! Invariants
//! - a model is taken only after it was loaded beside the old one and proved on a text; until then, and if it fails, the old
//!   one stays (`tests/lsp/models`);
//! - requests under way finish on the model they began with (`worker::tests::a_running_job_keeps_its_compressor`);
//! - one exchange at a time, shown while it goes on, and given up with its request (`tests/lsp/models`).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use compressor::model::{Manifest, ModelSource};
use compressor::pipeline::{Compressor, Runtime};
use tower_lsp::ls_types::ProgressToken;

use super::work::Stops;
use super::{Session, lock};
use crate::lsp::Host;
use crate::lsp::error::Refusal;
use crate::lsp::ext::{ModelEntry, Models as Listing};
use crate::lsp::progress::{Registered, Watch, watched};
use crate::worker::WorkError;

/// Which model works.
pub(crate) struct Models {
    in_use: Mutex<InUse>,
    /// What the settings named last.
    named: Mutex<Option<PathBuf>>,
    problem: Mutex<Option<String>>,
    exchanging: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct InUse {
    source: ModelSource,
    /// Of the manifest when it was loaded.
    fingerprint: Option<String>,
}

impl Models {
    pub(crate) fn new(host: &Host) -> Self {
        let in_use = InUse { source: embedded(host), fingerprint: None };
        Self {
            in_use: Mutex::new(in_use),
            named: Mutex::default(),
            problem: Mutex::default(),
            exchanging: tokio::sync::Mutex::default(),
        }
    }

    /// The compressor with which a session begins.
    pub(crate) fn first(&self, host: &Host) -> Compressor {
        let source = lock(&self.in_use).source.clone();
        (host.build)(source.clone(), runtime(host)).unwrap_or_else(|error| {
            *lock(&self.problem) = Some(error.to_string());
            Compressor::new(source, runtime(host))
        })
    }

    /// Why the last exchange failed.
    pub(crate) fn problem(&self) -> Option<String> {
        lock(&self.problem).clone()
    }

    /// Whether the settings name another model than the last time that they were looked at. A model that was chosen by a
    /// command stays until they do.
    pub(crate) fn follows(&self, path: Option<&Path>) -> bool {
        let mut named = lock(&self.named);
        let another = named.as_deref() != path;
        *named = path.map(Path::to_owned);
        another
    }

    /// Whether the manifest of the model in use is another than when it was taken.
    pub(crate) fn changed(&self) -> bool {
        let in_use = lock(&self.in_use).clone();
        let now = in_use.source.fingerprint();
        now.is_some() && now != in_use.fingerprint
    }
}

fn runtime(host: &Host) -> Runtime {
    Runtime { lanes: host.lanes, clock: host.clock }
}

fn embedded(host: &Host) -> ModelSource {
    ModelSource::Embedded { cache: host.cache.clone() }
}

impl Session {
    /// Takes the model of a folder, or the one within the program.
    pub(crate) async fn exchange_model(
        self: &Arc<Self>,
        path: Option<PathBuf>,
        token: Option<ProgressToken>,
    ) -> Result<(), Refusal> {
        let _one_at_a_time = self.models.exchanging.lock().await;
        let stops = Stops(Arc::default());
        let cancel = Arc::clone(&stops.0);
        let source = path.map_or_else(|| embedded(&self.host), ModelSource::Folder);
        let in_use = InUse { fingerprint: source.fingerprint(), source };
        let (build, runtime, source) = (self.host.build, runtime(&self.host), in_use.source.clone());
        let proved = tokio::task::spawn_blocking(move || {
            let compressor = build(source, runtime)?;
            compressor.prove(&cancel)?;
            Ok(compressor)
        });
        let watch = Watch { title: "Loading the model".to_owned(), token };
        // So that the end of the session ends this too.
        let _registered = Registered::new(self, ProgressToken::String(self.new_name("work")), &stops.0);
        let proved = watched(self, watch, &stops.0, proved).await.unwrap_or(Err(WorkError::Panicked));
        let outcome = match proved {
            Ok(compressor) => {
                self.worker.replace(compressor);
                *lock(&self.models.in_use) = in_use;
                *lock(&self.models.problem) = None;
                Ok(())
            }
            Err(error) => {
                // So that the same files are not tried again and again.
                let mut kept = lock(&self.models.in_use);
                if kept.source == in_use.source {
                    kept.fingerprint = in_use.fingerprint;
                }
                drop(kept);
                Err(if stops.0.is_cancelled() { error.into() } else { self.unfit(error) })
            }
        };
        self.tell_status().await;
        outcome
    }

    /// Keeps in mind why a model was not taken.
    fn unfit(&self, error: WorkError) -> Refusal {
        let message = crate::exit::describe(&error.into());
        *lock(&self.models.problem) = Some(message.clone());
        Refusal::Model(message)
    }

    /// The folder of the model in use; `None` for the model within the program.
    pub(crate) fn model_folder(&self) -> Option<PathBuf> {
        match &lock(&self.models.in_use).source {
            ModelSource::Embedded { .. } => None,
            ModelSource::Folder(folder) => Some(folder.clone()),
        }
    }

    /// The models that are known: reads folders, so not for a handler.
    pub(crate) fn list_models(&self) -> Listing {
        let selected = self.model_folder();
        let mut folders: Vec<PathBuf> = selected.iter().cloned().collect();
        if let Some(shelf) = &self.host.models {
            let found = std::fs::read_dir(shelf).into_iter().flatten().flatten().map(|entry| entry.path());
            folders.extend(found.filter(|path| path.join("manifest.toml").is_file()));
        }
        folders.sort();
        folders.dedup();
        let mut models = vec![ModelEntry {
            name: compressor::model::unpack::manifest().name,
            path: None,
            selected: selected.is_none(),
            problem: None,
        }];
        models.extend(folders.into_iter().map(|folder| {
            let manifest = Manifest::read(&folder);
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let problem = manifest.as_ref().err().map(ToString::to_string);
            ModelEntry {
                name: manifest.map_or(name, |manifest| manifest.name),
                selected: selected.as_ref() == Some(&folder),
                path: Some(folder.to_string_lossy().into_owned()),
                problem,
            }
        }));
        Listing { models }
    }
}
