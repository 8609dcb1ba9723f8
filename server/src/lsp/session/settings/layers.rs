//! Layers: who wins where several set the same option, and what to tell of what is wrong.
//!
//! Invariants
//! - a bad value leaves the last good one of its place (`tests::a_bad_value_keeps_the_last_good_one`);
//! - a problem is told once until it is mended (`tests::a_problem_is_told_once_until_it_is_mended`);
//! - a workspace that is not trusted chooses no model (`tests::a_project_file_chooses_a_model_only_if_trusted`,
//!   `tests::distrust_holds_for_the_client_s_configuration_too`).
//!
//! Deliberately absent: reading files and asking the client; callers bring texts and values.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::Settings;
use crate::lsp::session::options::{Fault, Given, Options, PROJECT_FILE, Scope, Spelling, TABLE};

/// Where options come from, the weakest first. A folder is named by its URI.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Source {
    /// What the client gave when it started the server.
    Initialization,
    /// The client's configuration.
    Client,
    /// The client's configuration for a workspace folder.
    ClientFolder(String),
    /// The project file in a workspace folder.
    Project(String),
}

/// Something in the options that is not right.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Problem {
    pub(crate) source: Source,
    /// As it is written there; empty where it is the whole.
    pub(crate) key: String,
    /// What is wrong and what is allowed.
    pub(crate) message: String,
}

/// All options of a session and the settings that follow from them.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    by_source: BTreeMap<Source, Layer>,
    reported: HashSet<Problem>,
    everywhere: Arc<Settings>,
    by_folder: HashMap<String, Arc<Settings>>,
}

/// What counts of one source.
#[derive(Debug, Default)]
struct Layer {
    values: BTreeMap<&'static str, Value>,
    faults: Vec<Fault>,
    /// Where relative paths start.
    folder: Option<PathBuf>,
}

impl Layers {
    /// The settings for documents in a workspace folder, or for those in none.
    pub(crate) fn settings_for(&self, folder: Option<&str>) -> Arc<Settings> {
        Arc::clone(folder.and_then(|folder| self.by_folder.get(folder)).unwrap_or(&self.everywhere))
    }

    /// Takes the `initializationOptions`. Returns what is newly wrong, as all updates do.
    pub(crate) fn update_initialization(&mut self, options: &Value) -> Vec<Problem> {
        self.update_json(Source::Initialization, options)
    }

    /// Takes the client's configuration. Null means that nothing is set there, so a client's null that means "pull" must
    /// not come here.
    pub(crate) fn update_client(&mut self, section: &Value) -> Vec<Problem> {
        self.update_json(Source::Client, section)
    }

    /// Takes the client's configuration for a workspace folder.
    pub(crate) fn update_client_folder(&mut self, folder: &str, section: &Value) -> Vec<Problem> {
        self.update_json(Source::ClientFolder(folder.to_owned()), section)
    }

    /// Takes the text of the project file of a workspace folder, which lies at `path`; `None` where there is no such file.
    pub(crate) fn update_project(&mut self, folder: &str, path: &Path, text: Option<&str>) -> Vec<Problem> {
        let source = Source::Project(folder.to_owned());
        match text.map(|text| Options::from_toml(text, path)) {
            None => {
                self.by_source.remove(&source);
            }
            Some(Ok(options)) => {
                let layer = self.by_source.entry(source).or_default();
                layer.folder = Some(path.to_owned());
                layer.take(options);
            }
            Some(Err(fault)) => self.by_source.entry(source).or_default().faults = vec![fault],
        }
        self.apply()
    }

    /// Forgets a workspace folder that was closed.
    pub(crate) fn forget_folder(&mut self, folder: &str) -> Vec<Problem> {
        self.by_source.retain(|source, _| source.folder() != Some(folder));
        self.apply()
    }

    fn update_json(&mut self, source: Source, section: &Value) -> Vec<Problem> {
        self.by_source.entry(source).or_default().take(Options::from_json(section));
        self.apply()
    }

    /// Works out all settings anew and returns the problems that were not told yet.
    fn apply(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (source, layer) in &self.by_source {
            let told = |fault: &Fault| Problem {
                source: source.clone(),
                key: fault.key.clone(),
                message: fault.message.clone(),
            };
            problems.extend(layer.faults.iter().map(told));
            problems.extend(layer.values.keys().filter_map(|key| self.refusal(source, key)));
        }
        self.everywhere = Arc::new(self.resolve(None));
        let folders: HashSet<_> = self.by_source.keys().filter_map(Source::folder).collect();
        self.by_folder =
            folders.into_iter().map(|folder| (folder.to_owned(), Arc::new(self.resolve(Some(folder))))).collect();

        let known = std::mem::replace(&mut self.reported, problems.iter().cloned().collect());
        let mut seen = known;
        problems.retain(|problem| seen.insert(problem.clone()));
        problems
    }

    fn resolve(&self, folder: Option<&str>) -> Settings {
        let mut settings = Settings::default();
        for (source, layer) in &self.by_source {
            if source.folder().is_some_and(|own| Some(own) != folder) {
                continue;
            }
            for definition in &TABLE {
                let Some(value) = layer.values.get(definition.key) else { continue };
                if self.may(source, definition.scope) {
                    (definition.write)(&mut settings, &Given { value, folder: layer.folder.as_deref() });
                }
            }
        }
        settings
    }

    /// Whether a source may set options of that scope.
    fn may(&self, source: &Source, scope: Scope) -> bool {
        match (scope, source) {
            (Scope::Anywhere, _) | (_, Source::Initialization) => true,
            (Scope::Initialization, _) => false,
            (Scope::Restricted, Source::Project(_)) => self.trusted() == Some(true),
            (Scope::Restricted, Source::Client | Source::ClientFolder(_)) => self.trusted() != Some(false),
        }
    }

    /// What to say of an option that this source may not set.
    fn refusal(&self, source: &Source, key: &str) -> Option<Problem> {
        let definition = TABLE.iter().find(|definition| definition.key == key)?;
        if self.may(source, definition.scope) {
            return None;
        }
        let message = match definition.scope {
            Scope::Initialization => "is ignored: only `initializationOptions` may set it",
            _ => "is ignored: the workspace is not trusted (`trustedWorkspace` in `initializationOptions`)",
        };
        Some(Problem { source: source.clone(), key: source.spelling().of(key), message: message.to_owned() })
    }

    /// What the client said about the workspace.
    fn trusted(&self) -> Option<bool> {
        self.by_source.get(&Source::Initialization)?.values.get("trustedWorkspace")?.as_bool()
    }
}

impl Layer {
    /// Takes new options in place of the old; the last good value stays where the new one is wrong.
    fn take(&mut self, mut options: Options) {
        for key in options.spoiled {
            if let Some(last) = self.values.remove(key) {
                options.values.entry(key).or_insert(last);
            }
        }
        self.values = options.values;
        self.faults = options.faults;
    }
}

impl Source {
    fn folder(&self) -> Option<&str> {
        match self {
            Self::Initialization | Self::Client => None,
            Self::ClientFolder(folder) | Self::Project(folder) => Some(folder),
        }
    }

    fn spelling(&self) -> Spelling {
        match self {
            Self::Project(_) => Spelling::Kebab,
            _ => Spelling::Camel,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Initialization => out.write_str("initializationOptions"),
            Self::Client => out.write_str("the editor's settings"),
            Self::ClientFolder(folder) => write!(out, "the editor's settings for {folder}"),
            Self::Project(folder) => write!(out, "{PROJECT_FILE} of {folder}"),
        }
    }
}

/// "`level` in the editor's settings is `1`, but must be one of …".
impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.key.is_empty() {
            write!(out, "`{}` in ", self.key)?;
        }
        write!(out, "{} {}", self.source, self.message)
    }
}
