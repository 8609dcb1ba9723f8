//! What the machine and the flags mean for the work. The only place besides `main` that reads environment and clock.
//!
//! Deliberately absent: anything that depends on a text.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context;
use compressor::engine::Cancel;
use compressor::model::ModelSource;
use compressor::pipeline::{Compressor, Runtime};
use compressor::policy::{Budget, Policy};
use etcetera::BaseStrategy;

use crate::baseline::Baseline;
use crate::cli::{AskingFlags, SystemFlags};
use crate::interview::Interview;
use crate::provider::ModelName;
use crate::provider::gateway::{Gateway, Machine};
use crate::provider::keys::Keys;
use crate::provider::settings::{Settings, SettingsError};
use crate::record::Thresholds;
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

/// Models and judges as the flags and the settings name them; nobody is asked yet. `None` where no model is named.
pub fn interview(
    flags: &AskingFlags,
    surroundings: &Surroundings,
    thresholds: Thresholds,
) -> anyhow::Result<Option<Interview>> {
    if flags.models.is_empty() {
        return Ok(None);
    }
    let mut settings = settings(flags.settings.as_deref())?;
    for (provider, url) in &flags.base_urls {
        settings = settings.with_base_url(provider, url)?;
    }
    settings.limits.usd_per_run = flags.limit_usd.or(settings.limits.usd_per_run);
    settings.limits.usd_per_day = flags.limit_usd_per_day.or(settings.limits.usd_per_day);
    let (models, judges) = (without_repetition(&flags.models), without_repetition(&flags.judges));
    let asked = models.iter().chain(&judges).cloned();
    let gateway = Gateway::new(&settings, &keys()?, asked, machine(flags.cache.as_deref(), surroundings)?)?;
    if !flags.dry_run {
        gateway.ready()?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(surroundings.cores.get().min(4))
        .enable_all()
        .build()
        .context("cannot start the threads that wait for providers")?;
    Ok(Some(Interview { gateway, runtime, models, judges, thresholds }))
}

fn without_repetition(models: &[ModelName]) -> Vec<ModelName> {
    let mut seen = HashSet::new();
    models.iter().filter(|model| seen.insert(*model)).cloned().collect()
}

fn settings(file: Option<&Path>) -> anyhow::Result<Settings> {
    let path = file.unwrap_or(Path::new("validate.toml"));
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Settings::parse(&text, path)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound && file.is_none() => Ok(Settings::default()),
        Err(source) => Err(SettingsError::Read { path: path.to_owned(), source }.into()),
    }
}

/// Keys from the environment, and from a `.env` in this folder.
fn keys() -> anyhow::Result<Keys> {
    let file = match std::fs::read_to_string(".env") {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read.context("cannot read .env")?,
    };
    Ok(Keys::new(|name| std::env::var(name).ok(), &file)?)
}

/// What the machine gives a gateway.
fn machine(cache: Option<&Path>, surroundings: &Surroundings) -> anyhow::Result<Machine> {
    let place = cache.or(surroundings.cache.as_deref());
    let place = place.context("no home folder to keep answers in: name a folder by --cache")?;
    Ok(Machine {
        clock,
        now: SystemTime::now,
        wait: Arc::new(|duration| Box::pin(tokio::time::sleep(duration))),
        cancel: Arc::clone(&surroundings.cancel),
        // A number that differs from process to process is all that is asked for.
        seed: RandomState::new().build_hasher().finish(),
        answers: place.join("answers"),
        spending: place.join("spending"),
    })
}

/// Time since it was first asked for.
pub fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
