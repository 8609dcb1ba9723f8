//! Work-done progress: for everything that takes longer than a moment, with counts and a button to cancel.
//!
//! Invariants
//! - what is begun is ended, also when the work fails or is given up (`tests/lsp/progress`);
//! - a place that the client was asked for is begun and ended, also when the work ends before the client has answered
//!   (`tests/lsp/progress`);
//! - a client that does not answer never holds up the work.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use compressor::engine::Cancel;
use compressor::pipeline::ModelState;
use tower_lsp::ls_types::notification::Progress;
use tower_lsp::ls_types::{
    ProgressParams, ProgressParamsValue, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd, WorkDoneProgressReport, request::WorkDoneProgressCreate,
};

use super::session::Session;

/// What takes less than this is not worth a word.
const A_MOMENT: Duration = Duration::from_millis(100);

/// What is shown of some work.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    /// What is being done.
    pub(crate) title: String,
    /// Where the client wants it reported; we ask for a place of our own otherwise.
    pub(crate) token: Option<ProgressToken>,
}

/// Waits for work, and shows how far it is once it takes longer than a moment.
pub(crate) async fn watched<T>(
    session: &Arc<Session>,
    watch: Watch,
    cancel: &Arc<Cancel>,
    work: impl Future<Output = T>,
) -> T {
    let mut work = pin!(work);
    // A client may cancel by its token before anything is shown.
    let _registered = watch.token.clone().map(|token| Registered::new(session, token, cancel));
    if let Ok(result) = tokio::time::timeout(A_MOMENT, &mut work).await {
        return result;
    }
    // On its own, since some clients show a place as soon as they are asked for it, until they hear of its end: where the work
    // ends before they have answered, the drop of what was begun tells them.
    let mut showing = tokio::spawn(Shown::begin(Arc::clone(session), watch, Arc::clone(cancel)));
    let shown = tokio::select! {
        result = &mut work => return result,
        shown = &mut showing => shown,
    };
    let Ok(Some(shown)) = shown else { return work.await };
    let mut often = tokio::time::interval(A_MOMENT);
    loop {
        tokio::select! {
            result = &mut work => {
                shown.end().await;
                return result;
            }
            _ = often.tick() => shown.report(cancel).await,
        }
    }
}

/// Progress that the client shows.
struct Shown {
    session: Arc<Session>,
    token: ProgressToken,
    ended: bool,
    _registered: Registered,
}

impl Shown {
    async fn begin(session: Arc<Session>, watch: Watch, cancel: Arc<Cancel>) -> Option<Self> {
        let token = match watch.token {
            Some(token) => token,
            None if session.negotiated().shows_progress => {
                let token = ProgressToken::String(session.new_name("progress"));
                let create = WorkDoneProgressCreateParams { token: token.clone() };
                session.client.send_request::<WorkDoneProgressCreate>(create).await.ok()?;
                token
            }
            None => return None,
        };
        let registered = Registered::new(&session, token.clone(), &cancel);
        let shown = Self { session, token, ended: false, _registered: registered };
        let begin =
            WorkDoneProgressBegin { title: watch.title, cancellable: Some(true), message: None, percentage: Some(0) };
        shown.send(WorkDoneProgress::Begin(begin)).await;
        Some(shown)
    }

    async fn report(&self, cancel: &Cancel) {
        let windows = cancel.windows();
        let loading = matches!(self.session.worker.compressor().model_state(), ModelState::Loading);
        let message = match (loading, windows.expected) {
            (true, _) => "loading the model".to_owned(),
            (false, 0) => return,
            (false, expected) => format!("{} of {expected} windows", windows.done),
        };
        let percentage = windows.done.saturating_mul(100) / windows.expected.max(1);
        let report = WorkDoneProgressReport {
            cancellable: Some(true),
            message: Some(message),
            percentage: Some(u32::try_from(percentage).unwrap_or(100)),
        };
        self.send(WorkDoneProgress::Report(report)).await;
    }

    async fn end(mut self) {
        self.ended = true;
        self.send(WorkDoneProgress::End(WorkDoneProgressEnd { message: None })).await;
    }

    async fn send(&self, value: WorkDoneProgress) {
        send(&self.session, self.token.clone(), value).await;
    }
}

impl Drop for Shown {
    /// The work was given up: the client is told all the same.
    fn drop(&mut self) {
        if !self.ended {
            let (session, token) = (Arc::clone(&self.session), self.token.clone());
            tokio::spawn(async move {
                send(&session, token, WorkDoneProgress::End(WorkDoneProgressEnd { message: None })).await;
            });
        }
    }
}

async fn send(session: &Session, token: ProgressToken, value: WorkDoneProgress) {
    let value = ProgressParamsValue::WorkDone(value);
    session.client.send_notification::<Progress>(ProgressParams { token, value }).await;
}

/// A token by which work can be cancelled, for as long as it goes on.
pub(crate) struct Registered {
    session: Arc<Session>,
    token: ProgressToken,
}

impl Registered {
    /// Until it is dropped, the token cancels.
    pub(crate) fn new(session: &Arc<Session>, token: ProgressToken, cancel: &Arc<Cancel>) -> Self {
        session.cancels.insert(token.clone(), Arc::clone(cancel));
        Self { session: Arc::clone(session), token }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.session.cancels.remove(&self.token);
    }
}
