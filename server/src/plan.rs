//! What the machine and the flags mean for the work. The only place besides `main` that reads the environment.
//!
//! Deliberately absent: anything that depends on a text.

use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use anyhow::Context;
use compressor::model::ModelSource;
use compressor::pipeline::{Compressor, Runtime};
use compressor::policy::Policy;
use etcetera::BaseStrategy;

use crate::cli::{LspFlags, ModelFlags, SteeringFlags};
use crate::lsp::{Channel, Host};

/// Texts that may wait in the language server: a second's work or two for a person, a burst for an agent.
const QUEUE: usize = 64;

/// How often the language server looks after what changes by itself.
const HOUSEKEEPING: Duration = Duration::from_secs(1);

/// Columns where stdout is no terminal.
const PLAIN_WIDTH: usize = 80;

/// Facts about the machine and the terminal, read once.
#[derive(Debug)]
pub struct Surroundings {
    /// The filter of the log.
    pub log: Option<String>,
    /// Where the embedded model is unpacked; `None` where the user has no home.
    pub cache: Option<PathBuf>,
    /// Where the user keeps models; `None` where the user has no home.
    pub models: Option<PathBuf>,
    /// Cores this process may use.
    pub cores: NonZeroUsize,
    /// Columns of stdout.
    pub width: usize,
    /// Whether stdout shows colours.
    pub colour: bool,
    /// Where a person sits.
    pub terminals: Terminals,
}

/// Which streams are a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Terminals {
    /// A person types.
    pub stdin: bool,
    /// A person reads the results.
    pub stdout: bool,
    /// A person reads the remarks.
    pub stderr: bool,
}

impl Surroundings {
    /// Reads environment and terminal.
    pub fn read() -> Self {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let terminals = Terminals {
            stdin: std::io::stdin().is_terminal(),
            stdout: std::io::stdout().is_terminal(),
            stderr: std::io::stderr().is_terminal(),
        };
        let dumb = set("TERM").is_some_and(|term| term == "dumb");
        Self {
            log: set("COMPRESSION_LAYER_LOG").map(|filter| filter.to_string_lossy().into_owned()),
            cache: set("COMPRESSION_LAYER_CACHE").map(PathBuf::from).or_else(|| {
                etcetera::choose_base_strategy().ok().map(|folders| folders.cache_dir().join("compression-layer"))
            }),
            models: etcetera::choose_base_strategy()
                .ok()
                .map(|folders| folders.data_dir().join("compression-layer").join("models")),
            cores: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            width: terminal_size::terminal_size_of(std::io::stdout())
                .map_or(PLAIN_WIDTH, |(terminal_size::Width(columns), _)| columns.into()),
            colour: terminals.stdout && !dumb && set("NO_COLOR").is_none(),
            terminals,
        }
    }
}

/// A compressor with the model that the flags name; nothing is loaded yet.
pub fn compressor(flags: &ModelFlags, surroundings: &Surroundings) -> anyhow::Result<Compressor> {
    let runtime = Runtime { lanes: surroundings.cores, clock };
    Ok(Compressor::new(model_source(flags, surroundings)?, runtime))
}

/// Time since it was first asked for.
fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// The model that the flags name.
pub fn model_source(flags: &ModelFlags, surroundings: &Surroundings) -> anyhow::Result<ModelSource> {
    if let Some(folder) = &flags.model {
        return Ok(ModelSource::Folder(folder.clone()));
    }
    Ok(ModelSource::Embedded { cache: cache(surroundings)? })
}

fn cache(surroundings: &Surroundings) -> anyhow::Result<PathBuf> {
    let cache = surroundings.cache.clone();
    cache.context("no home folder to unpack the model into: set COMPRESSION_LAYER_CACHE to a folder")
}

/// What a session of the language server works with.
pub fn host(flags: &LspFlags, surroundings: &Surroundings) -> anyhow::Result<Host> {
    Ok(Host {
        cache: cache(surroundings)?,
        models: surroundings.models.clone(),
        lanes: surroundings.cores,
        clock,
        queue: QUEUE,
        housekeeping: HOUSEKEEPING,
        parent: flags.client_process_id,
        leave: Arc::default(),
        build: |source, runtime| Ok(Compressor::new(source, runtime)),
    })
}

/// How the language server is spoken to.
pub fn channel(flags: &LspFlags) -> Channel {
    match (&flags.pipe, flags.socket) {
        (Some(pipe), _) => Channel::Pipe(pipe.clone()),
        (None, Some(port)) => Channel::Socket(port),
        (None, None) => Channel::Stdio,
    }
}

/// The policy that the flags name.
pub fn policy(flags: &SteeringFlags) -> anyhow::Result<Policy> {
    let mut policy = Policy::new(flags.level).with_engine(flags.engine).with_tokenizer(flags.tokenizer);
    if let Some(budget) = flags.budget.or(flags.ratio) {
        policy = policy.with_budget(budget)?;
    }
    if let Some(query) = &flags.query {
        policy = policy.with_query(query)?;
    }
    if let Some(focus) = &flags.focus {
        policy = policy.with_focus(focus.clone())?;
    }
    if let Some(language) = flags.language {
        policy = policy.with_language(language);
    }
    Ok(policy)
}
