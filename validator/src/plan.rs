//! What the machine and the flags mean for the work. The only place besides `main` that reads environment and clock.
//!
//! Deliberately absent: anything that depends on a text.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use anyhow::Context;
use compressor::engine::Cancel;
use compressor::model::ModelSource;
use compressor::pipeline::{Compressor, Runtime};
use etcetera::BaseStrategy;

/// Facts about the machine, read once.
#[derive(Debug)]
pub struct Surroundings {
    /// What was typed, the program's name left out.
    pub command: Vec<String>,
    /// Where the embedded model is unpacked; `None` where the user has no home.
    pub cache: Option<PathBuf>,
    /// Cores this process may use.
    pub cores: NonZeroUsize,
    /// The wish to stop: Ctrl-C, or a signal to end.
    pub cancel: Arc<Cancel>,
}

impl Surroundings {
    /// Reads the environment, and listens to Ctrl-C from now on. To be called once.
    pub fn read() -> Self {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let cancel = Arc::new(Cancel::new());
        let wish = Arc::clone(&cancel);
        // Where nothing can listen, Ctrl-C ends the program the hard way, and what was saved stays saved.
        let _ = ctrlc::set_handler(move || {
            if wish.is_cancelled() {
                // Pressed again: whoever waits for a slow disk wants out.
                std::process::exit(130);
            }
            wish.cancel();
        });
        Self {
            command: std::env::args_os().skip(1).map(|typed| typed.to_string_lossy().into_owned()).collect(),
            cache: set("COMPRESSION_LAYER_CACHE").map(PathBuf::from).or_else(|| {
                etcetera::choose_base_strategy().ok().map(|folders| folders.cache_dir().join("compression-layer"))
            }),
            cores: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            cancel,
        }
    }
    /// The model of a folder, or the one within the program; nothing is loaded yet.
    pub fn model(&self, folder: Option<&Path>) -> anyhow::Result<Compressor> {
        let embedded = || {
            let cache = self.cache.clone();
            cache.context("no home folder to unpack the model into: set COMPRESSION_LAYER_CACHE to a folder")
        };
        let source = match folder {
            Some(folder) => ModelSource::Folder(folder.to_owned()),
            None => ModelSource::Embedded { cache: embedded()? },
        };
        Ok(Compressor::new(source, Runtime { lanes: self.cores, clock }))
    }
}

/// Time since it was first asked for.
fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
