//! What a machine gives to the server under test: a cache of its own, a model or a stand-in for one, and a gate at which the
//! stand-in waits.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use compressor::engine::scripted::Scripted;
use compressor::engine::{Adapter, Cancel, Encoder, EngineError, Sink};
use compressor::error::CompressError;
use compressor::model::ModelSource;
use compressor::pipeline::{Compressor, Runtime};
use server::lsp::Host;
use tokio::sync::watch;

use crate::client::soon;

/// The model in the repository.
pub fn embedded() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/embedded")
}

/// A machine with that cache and a scripted encoder.
pub fn host(cache: &Path) -> Host {
    Host {
        cache: cache.to_owned(),
        models: None,
        lanes: NonZeroUsize::MIN,
        clock: || Duration::ZERO,
        queue: 64,
        housekeeping: Duration::from_hours(1),
        parent: None,
        leave: std::sync::Arc::default(),
        build: scripted,
    }
}

/// The files of the embedded model stand in for those within the program, so that nothing is unpacked.
fn folder(source: &ModelSource) -> PathBuf {
    match source {
        ModelSource::Embedded { .. } => embedded(),
        ModelSource::Folder(folder) => folder.clone(),
    }
}

const SCRIPTED: Scripted = Scripted { width: 384, window: 256, seed: 49 };

/// With made-up states.
pub fn scripted(source: ModelSource, runtime: Runtime) -> Result<Compressor, CompressError> {
    Compressor::with_encoder(ModelSource::Folder(folder(&source)), runtime, Box::new(SCRIPTED))
}

/// With the real model.
#[expect(clippy::unnecessary_wraps, reason = "a host takes functions of this type")]
pub fn real(source: ModelSource, runtime: Runtime) -> Result<Compressor, CompressError> {
    Ok(Compressor::new(ModelSource::Folder(folder(&source)), runtime))
}

/// With made-up states that come when the gate of the cache is open.
pub fn gated(source: ModelSource, runtime: Runtime) -> Result<Compressor, CompressError> {
    let place = match &source {
        ModelSource::Embedded { cache } => cache.clone(),
        ModelSource::Folder(folder) => folder.clone(),
    };
    let encoder = Gated(Gate::at(&place));
    Compressor::with_encoder(ModelSource::Folder(folder(&source)), runtime, Box::new(encoder))
}

/// Where windows wait.
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
    arrived: watch::Sender<usize>,
    given_up: watch::Sender<usize>,
}

#[derive(Default)]
struct State {
    /// Windows that may pass.
    permits: usize,
    /// Whether the model fails from now on.
    broken: bool,
}

impl Gate {
    /// The gate of a cache or a model folder; closed at first.
    pub fn at(place: &Path) -> Arc<Self> {
        static GATES: LazyLock<Mutex<HashMap<PathBuf, Arc<Gate>>>> = LazyLock::new(Mutex::default);
        let mut gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(gates.entry(place.to_owned()).or_insert_with(|| {
            Arc::new(Self {
                state: Mutex::default(),
                changed: Condvar::new(),
                arrived: watch::Sender::new(0),
                given_up: watch::Sender::new(0),
            })
        }))
    }

    /// Lets all through from now on.
    pub fn open(&self) {
        self.state().permits = usize::MAX;
        self.changed.notify_all();
    }

    /// Lets one more window through.
    pub fn let_one_through(&self) {
        self.state().permits += 1;
        self.changed.notify_all();
    }

    /// Has the model fail from now on, also for the window that waits.
    pub fn fail(&self) {
        self.state().broken = true;
        self.changed.notify_all();
    }

    /// How many windows came so far.
    pub fn windows(&self) -> usize {
        *self.arrived.borrow()
    }

    /// Waits until so many windows have come.
    pub async fn arrived(&self, windows: usize) {
        let mut arrived = self.arrived.subscribe();
        soon("the work", arrived.wait_for(|&count| count >= windows)).await.unwrap();
    }

    /// Waits until so many windows were given up because the work was cancelled.
    pub async fn given_up(&self, windows: usize) {
        let mut given_up = self.given_up.subscribe();
        soon("the end of the work", given_up.wait_for(|&count| count >= windows)).await.unwrap();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a window may pass.
    fn pass(&self, index: usize, cancel: &Cancel) -> Result<(), EngineError> {
        self.arrived.send_modify(|count| *count += 1);
        let mut state = self.state();
        loop {
            if state.broken {
                return Err(EngineError::Encode { index, reason: "it is broken".to_owned() });
            }
            if cancel.is_cancelled() {
                self.given_up.send_modify(|count| *count += 1);
                return Err(EngineError::Cancelled);
            }
            if state.permits > 0 {
                state.permits -= usize::from(state.permits < usize::MAX);
                return Ok(());
            }
            // A cancellation wakes nobody: look again and again.
            state = self.changed.wait_timeout(state, Duration::from_millis(1)).unwrap().0;
        }
    }
}

struct Gated(Arc<Gate>);

impl Encoder for Gated {
    fn width(&self) -> usize {
        SCRIPTED.width()
    }

    fn window(&self) -> usize {
        SCRIPTED.window()
    }

    fn encode(
        &self,
        windows: &[Vec<u32>],
        adapter: Adapter,
        cancel: &Cancel,
        sink: &mut Sink<'_>,
    ) -> Result<(), EngineError> {
        for (index, window) in windows.iter().enumerate() {
            self.0.pass(index, cancel)?;
            SCRIPTED.encode(std::slice::from_ref(window), adapter, cancel, &mut |_, states| sink(index, states))?;
        }
        Ok(())
    }
}

/// A copy of the embedded model under another name.
pub fn another_model(folder: &Path, name: &str) {
    std::fs::create_dir_all(folder).unwrap();
    for entry in std::fs::read_dir(embedded()).unwrap() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        if entry.file_name() == "manifest.toml" {
            rename_model(folder, name);
        } else if std::fs::hard_link(entry.path(), &path).is_err() {
            // The folder is on another disk.
            std::fs::copy(entry.path(), &path).unwrap();
        }
    }
}

/// Gives a model another name, at once.
pub fn rename_model(folder: &Path, name: &str) {
    let manifest = std::fs::read_to_string(embedded().join("manifest.toml")).unwrap();
    let beside = folder.join("manifest.new");
    std::fs::write(&beside, manifest.replace("name = \"minilm-tagger-r16\"", &format!("name = \"{name}\""))).unwrap();
    std::fs::rename(beside, folder.join("manifest.toml")).unwrap();
}
