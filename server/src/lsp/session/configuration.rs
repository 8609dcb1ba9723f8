//! Configuration: from the client and from project files into the settings, and what is wrong in it to the person.
//!
//! Invariants
//! - new values count at once, without a restart (`tests/lsp/settings`);
//! - a client that does not answer holds up nothing.
//!
//! Deliberately absent: what the options mean, which `settings` knows.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tower_lsp::ls_types::{ConfigurationItem, MessageType, WorkspaceFoldersChangeEvent};

use super::options::{PROJECT_FILE, SECTION};
use super::settings::Settings;
use super::settings::layers::{Layers, Problem};
use super::{Session, documents, lock};

/// All options of a session.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    layers: Mutex<Layers>,
    /// What the project files looked like when they were read.
    seen: Mutex<Vec<(PathBuf, Option<Look>)>>,
    /// What was wrong before the client could be told.
    first: Mutex<Vec<Problem>>,
    asking: tokio::sync::Mutex<()>,
}

/// How long a client may take to tell its configuration; what it says later is not heard.
const PATIENCE: Duration = Duration::from_secs(10);

/// Enough of a file to see that it changed.
type Look = (SystemTime, u64);

impl Configuration {
    /// The settings of a workspace folder, or of what is in none.
    pub(crate) fn settings(&self, folder: Option<&str>) -> Arc<Settings> {
        lock(&self.layers).settings_for(folder)
    }

    /// Takes in what a client sent when it started the server.
    fn begin(&self, options: Option<&Value>) -> Vec<Problem> {
        options.map(|options| lock(&self.layers).update_initialization(options)).unwrap_or_default()
    }

    /// Takes in what a client pushed: the section, or all settings with the section in them.
    fn pushed(&self, settings: &Value) -> Vec<Problem> {
        match settings.get(SECTION) {
            Some(section) => lock(&self.layers).update_client(section),
            // Null says only that something changed, and another section is not ours.
            None => Vec::new(),
        }
    }

    /// Forgets a folder that is no part of the workspace any more.
    fn forget(&self, folder: &str) {
        // What was wrong there concerns nobody now.
        lock(&self.layers).forget_folder(folder);
        let root = folder.parse().ok().and_then(|uri| documents::path(&uri));
        lock(&self.seen)
            .retain(|(path, _)| Some(path.as_path()) != root.as_ref().map(|root| root.join(PROJECT_FILE)).as_deref());
    }

    /// Reads the project file of a folder if it is another than before: waits for the disk.
    fn read_project(&self, folder: &str, root: &Path) -> Vec<Problem> {
        let path = root.join(PROJECT_FILE);
        let look = std::fs::metadata(&path).ok().and_then(|facts| Some((facts.modified().ok()?, facts.len())));
        {
            let mut seen = lock(&self.seen);
            match seen.iter_mut().find(|(known, _)| *known == path) {
                Some((_, known)) if *known == look => return Vec::new(),
                Some((_, known)) => *known = look,
                None if look.is_none() => return Vec::new(),
                None => seen.push((path.clone(), look)),
            }
        }
        let text = std::fs::read(&path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        lock(&self.layers).update_project(folder, root, text.as_deref())
    }
}

impl Session {
    /// Takes in what the client sent when it started the server.
    pub(crate) fn begin(&self, options: Option<&Value>) {
        *lock(&self.configuration.first) = self.configuration.begin(options);
    }

    /// What was wrong with it, to be said once the client may be spoken to.
    pub(crate) fn first_problems(&self) -> Vec<Problem> {
        std::mem::take(&mut lock(&self.configuration.first))
    }

    /// `workspace/didChangeConfiguration`: takes in what was pushed, and asks for the rest.
    pub(crate) fn configuration_changed(self: &Arc<Self>, settings: &Value) {
        let problems = self.configuration.pushed(settings);
        let session = Arc::clone(self);
        tokio::spawn(async move {
            session.configured(problems).await;
            session.pull_configuration().await;
        });
    }

    /// `workspace/didChangeWorkspaceFolders`.
    pub(crate) fn folders_changed(self: &Arc<Self>, event: WorkspaceFoldersChangeEvent) {
        for folder in &event.removed {
            self.configuration.forget(folder.uri.as_str());
        }
        self.folders.change(event);
        let session = Arc::clone(self);
        tokio::spawn(async move {
            session.read_projects().await;
            session.pull_configuration().await;
        });
    }

    /// `workspace/didChangeWatchedFiles`: only project files are watched.
    pub(crate) fn files_changed(self: &Arc<Self>) {
        let session = Arc::clone(self);
        tokio::spawn(async move { session.read_projects().await });
    }

    /// Says what is wrong with the options, each thing once, and has what changed take effect.
    pub(crate) async fn configured(self: &Arc<Self>, problems: Vec<Problem>) {
        for problem in problems {
            let Problem { source, key, message } = problem;
            let what = if key.is_empty() { message } else { format!("`{key}` {message}") };
            self.tell(MessageType::WARNING, format!("{source}: {what}")).await;
        }
        self.follow_model_setting().await;
        if self.negotiated().refreshes_lenses {
            // A client that cannot show them anew shows them anew by itself.
            let _ = self.client.code_lens_refresh().await;
        }
    }

    /// Asks the client for its configuration: as a whole and for each folder.
    pub(crate) async fn pull_configuration(self: &Arc<Self>) {
        if !self.negotiated().configuration {
            return self.configured(Vec::new()).await;
        }
        let problems = {
            let _one_at_a_time = self.configuration.asking.lock().await;
            let folders = self.folders.all();
            let item = |scope_uri| ConfigurationItem { scope_uri, section: Some(SECTION.to_owned()) };
            let items = std::iter::once(None).chain(folders.iter().cloned().map(Some)).map(item).collect();
            let asked = tokio::time::timeout(PATIENCE, self.client.configuration(items)).await;
            let Ok(Ok(values)) = asked else {
                tracing::warn!("the client does not tell its configuration");
                return;
            };
            let mut layers = lock(&self.configuration.layers);
            let mut problems = Vec::new();
            for (index, value) in values.iter().enumerate() {
                problems.extend(match index.checked_sub(1).and_then(|index| folders.get(index)) {
                    None => layers.update_client(value),
                    Some(folder) => layers.update_client_folder(folder.as_str(), value),
                });
            }
            problems
        };
        self.configured(problems).await;
    }

    /// Reads the project files that changed.
    pub(crate) async fn read_projects(self: &Arc<Self>) {
        let session = Arc::clone(self);
        let read = tokio::task::spawn_blocking(move || {
            let mut problems = Vec::new();
            let before = session.common_settings();
            for folder in session.folders.all() {
                if let Some(root) = documents::path(&folder) {
                    problems.extend(session.configuration.read_project(folder.as_str(), &root));
                }
            }
            let changed = before != session.common_settings();
            (problems, changed)
        });
        let Ok((problems, changed)) = read.await else { return };
        if changed || !problems.is_empty() {
            self.configured(problems).await;
        }
    }

    /// Takes the model that the settings name, if it is another.
    async fn follow_model_setting(self: &Arc<Self>) {
        let settings = self.common_settings();
        if self.models.follows(settings.model.path.as_deref())
            && let Err(error) = self.exchange_model(settings.model.path.clone(), None).await
        {
            self.tell(MessageType::ERROR, error.to_string()).await;
        }
    }
}
