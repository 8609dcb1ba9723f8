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
use compressor::policy::{Budget, Policy};
use etcetera::BaseStrategy;

use crate::baseline::Baseline;
use crate::cli::SystemFlags;
use crate::system::{Command, System};

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

/// What is examined and the baselines beside it. `shared` has the model within the program, if it has.
pub fn systems(
    flags: &SystemFlags,
    surroundings: &Surroundings,
    shared: Option<&Arc<Compressor>>,
) -> anyhow::Result<Vec<System>> {
    let examined = if let Some(line) = &flags.command {
        System::Command(Command::new(line.clone(), Duration::from_secs(flags.timeout)))
    } else {
        let mut policy = Policy::new(flags.level);
        let mut name = vec![flags.level.name().to_owned()];
        if let Some(budget) = flags.budget.or(flags.ratio) {
            policy = policy.with_budget(budget)?;
            name.push(match budget {
                Budget::Tokens(tokens) => format!("--budget {tokens}"),
                Budget::Ratio(ratio) => format!("--ratio {ratio}"),
            });
        }
        name.extend(flags.ask.then(|| "--ask".to_owned()));
        let folder = flags.model.as_deref().map(|folder| folder.file_name().unwrap_or(folder.as_os_str()));
        name.extend(folder.map(|folder| format!("--model {}", folder.display())));
        let compressor = match shared.filter(|_| flags.model.is_none()) {
            Some(shared) => Arc::clone(shared),
            None => Arc::new(surroundings.model(flags.model.as_deref())?),
        };
        System::Ours { compressor, policy, asks: flags.ask, name: name.join(" ") }
    };
    Ok(std::iter::once(examined).chain(Baseline::ALL.map(System::Baseline)).collect())
}

/// Time since it was first asked for.
pub fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
