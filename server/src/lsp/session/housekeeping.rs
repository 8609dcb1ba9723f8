//! Housekeeping: what is looked after from time to time, without anybody asking.
//!
//! Invariants
//! - the server ends when the process that started it is gone (`tests/faults/leaving`);
//! - a model that was not used for the time in the settings is unloaded, unless a text waits (`tests/lsp/models`);
//! - a model or a project file that changed on disk is taken up (`tests/lsp/models`, `tests/lsp/settings`).

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};

use compressor::pipeline::ModelState;
use tower_lsp::ls_types::MessageType;

use super::{Session, lock};

/// Ends a session when a process without which it has nothing to do is gone; from the first moment on, and whatever else takes
/// its time.
pub(crate) async fn watch(session: Weak<Session>) {
    let Some(every) = session.upgrade().map(|session| session.host.housekeeping) else { return };
    let starter = session.upgrade().and_then(|session| session.host.parent).filter(|&process| is_alive(process));
    let mut often = tokio::time::interval(every);
    loop {
        often.tick().await;
        let Some(session) = session.upgrade() else { return };
        let client = *lock(&session.client_process);
        if !starter.into_iter().chain(client).all(is_alive) {
            session.host.leave.notify_one();
            return;
        }
    }
}

/// Looks after a session for as long as there is one.
pub(crate) async fn keep(session: Weak<Session>) {
    let Some(every) = session.upgrade().map(|session| session.host.housekeeping) else { return };
    let mut often = tokio::time::interval(every);
    loop {
        often.tick().await;
        let Some(session) = session.upgrade() else { return };
        session.unload_when_idle().await;
        session.read_projects().await;
        session.reload_when_changed().await;
    }
}

impl Session {
    /// Remembers the process that the client says it is. One that cannot be seen from here, as from within a container, says
    /// nothing by not being there.
    pub(crate) fn belongs_to(&self, process: Option<u32>) {
        *lock(&self.client_process) = process.filter(|&process| is_alive(process));
    }

    async fn unload_when_idle(&self) {
        let Some(idle) = self.common_settings().model.idle else { return };
        let since = (self.host.clock)().saturating_sub(*lock(&self.last_work));
        let compressor = self.worker.compressor();
        let loaded = matches!(compressor.model_state(), ModelState::Loaded(_));
        if loaded && self.queue.load(Ordering::Relaxed) == 0 && since >= idle {
            // Its threads are waited for, which takes a moment.
            let _ = tokio::task::spawn_blocking(move || compressor.unload()).await;
            self.tell_status().await;
        }
    }

    async fn reload_when_changed(self: &Arc<Self>) {
        let session = Arc::clone(self);
        let changed = tokio::task::spawn_blocking(move || session.models.changed()).await;
        if let (Ok(true), Some(folder)) = (changed, self.model_folder())
            && let Err(error) = self.exchange_model(Some(folder), None).await
        {
            self.tell(MessageType::ERROR, error.to_string()).await;
        }
    }
}

/// Whether there is a process of that number.
#[cfg(unix)]
pub(crate) fn is_alive(process: u32) -> bool {
    let number = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    // A process of somebody else is one too.
    number.is_some_and(|number| !matches!(rustix::process::test_kill_process(number), Err(rustix::io::Errno::SRCH)))
}

/// Elsewhere the end of the stream says that the client is gone.
#[cfg(not(unix))]
pub(crate) fn is_alive(_process: u32) -> bool {
    true
}
