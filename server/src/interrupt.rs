//! Ctrl-C, and signals to end: work stops, the unfinished file goes, the process ends with code 130.
//!
//! Work is asked to stop first, so that native code is rarely in the middle of something when the process ends; after a
//! short wait the process ends in any case, also when it waits for a slow disk or for stdin. A server is asked to leave and
//! ends by itself; only a second signal ends it here.
//!
//! Invariants
//! - the process ends within 100 ms (`tests/cli/interrupts`), a server as soon as its session has ended
//!   (`tests/faults/leaving`);
//! - no half file stays: an unfinished file is known here from before it exists until it has its name.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use compressor::engine::Cancel;
use tokio::sync::Notify;

use crate::exit::Exit;

/// 128 + SIGINT, as shells have it.
pub const EXIT_CODE: u8 = 130;

/// How long the work may take to stop by itself.
const PATIENCE: Duration = Duration::from_millis(30);

/// The wish to stop, and what must not stay behind.
#[derive(Debug, Default)]
pub struct Interrupt {
    cancel: Arc<Cancel>,
    unfinished: Mutex<Option<PathBuf>>,
    server: OnceLock<Arc<Notify>>,
}

impl Interrupt {
    /// Listens to Ctrl-C from now on. To be called once.
    pub fn install() -> Arc<Self> {
        let interrupt = Arc::new(Self::default());
        let listening = Arc::clone(&interrupt);
        if let Err(error) = ctrlc::set_handler(move || listening.stop()) {
            // Ctrl-C then ends the program the hard way, which is no reason not to work.
            tracing::error!(%error, "cannot listen to Ctrl-C");
        }
        interrupt
    }

    /// The wish to stop, for jobs.
    pub fn cancel(&self) -> &Arc<Cancel> {
        &self.cancel
    }

    /// From now on the first signal is told to a server, which ends by itself.
    pub fn tell(&self, server: Arc<Notify>) {
        // A process serves once.
        let _ = self.server.set(server);
    }

    /// What a run comes to: once Ctrl-C was pressed it was interrupted, whatever it still managed to do.
    pub fn overrules(&self, exit: Exit) -> Exit {
        if self.cancel.is_cancelled() { Exit::Interrupted } else { exit }
    }

    /// Makes or finishes an unfinished file: no interrupt comes in between. `step` answers with the file that is
    /// unfinished after it, if one is.
    pub fn at_once<T>(&self, step: impl FnOnce(&mut Option<PathBuf>) -> T) -> T {
        step(&mut self.unfinished.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn stop(&self) {
        let first = !self.cancel.is_cancelled();
        self.cancel.cancel();
        if let Some(server) = self.server.get().filter(|_| first) {
            return server.notify_one();
        }
        std::thread::sleep(PATIENCE);
        self.at_once(|unfinished| {
            if let Some(path) = unfinished {
                // Nothing can be done about a failure, and the process ends anyway.
                let _ = std::fs::remove_file(path);
            }
            std::process::exit(EXIT_CODE.into())
        });
    }
}
