//! The front: between the bytes of a client and the handlers.
//!
//! Each message is polled once as soon as it was read, before the next is looked at; what is not done by then goes on in a
//! task of its own. So text synchronisation, which never waits, is applied in reading order, a handler takes its snapshot
//! before anything later is applied, and no handler holds up another.
//!
//! Invariants
//! - nothing a client sends ends the server but `exit` and the end of the stream (`tests/lsp/noise`);
//! - every request is answered once, also one whose handler has a defect (`tests/lsp/noise`);
//! - no answer overtakes what its handler said before it (`tests/lsp/partial`);
//! - a client that does not read stops the reading of its requests, never fills the memory (`tests/lsp/faults`).
//!
//! Deliberately absent: what the messages mean.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::future::BoxFuture;
use futures::{FutureExt, SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite, BufReader};
use tokio::sync::{Notify, Semaphore, mpsc};
use tower::Service;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ClientSocket, ExitedError, LanguageServer, LspService};

use super::error;
use super::frames::{self, Frame, Frames};
use super::head;

/// Requests under way; far above the queue of the worker, so that quick ones are never held up by slow ones.
const UNDER_WAY: usize = 512;
/// Answers that wait to be written.
const ANSWERS: usize = 256;
/// How long what was answered may take to be written at the end.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By `exit` after `shutdown`.
    Properly,
    /// Otherwise: the client or its process is gone.
    Abruptly,
}

type Answer = BoxFuture<'static, std::thread::Result<Result<Option<Response>, ExitedError>>>;

/// Serves one client until it leaves, or until `leave` is notified.
pub(crate) async fn run<S: LanguageServer>(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    service: LspService<S>,
    socket: ClientSocket,
    leave: Arc<Notify>,
) -> Ended {
    let (answers, queue) = mpsc::channel(ANSWERS);
    let (requests, mut replies) = socket.split();
    let writer = tokio::spawn(write(output, queue, requests, Arc::clone(&leave)));
    let mut frames = Frames::new(BufReader::with_capacity(64 << 10, input));
    let mut front = Front {
        service,
        answers,
        under_way: Arc::new(Semaphore::new(UNDER_WAY)),
        initialized: false,
        shut_down: false,
    };
    let serve = async {
        while let Ok(Some(frame)) = frames.next().await {
            match read(frame) {
                Message::Request(request) => {
                    let exits = request.method() == "exit";
                    front.take(request).await;
                    if exits {
                        break;
                    }
                }
                // The answer to a question of ours; an unknown one is passed over.
                Message::Response(response) => drop(replies.send(response).await),
                Message::Refused(response) => front.answer(response).await,
            }
        }
    };
    tokio::select! {
        () = serve => {}
        () = leave.notified() => {}
    }
    let ended = if front.shut_down { Ended::Properly } else { Ended::Abruptly };
    drop(front);
    // Whether the last words were heard makes no difference now.
    let _ = tokio::time::timeout(LAST_WORDS, writer).await;
    ended
}

struct Front<S: LanguageServer> {
    service: LspService<S>,
    answers: mpsc::Sender<Response>,
    under_way: Arc<Semaphore>,
    /// Whether `initialize` was answered.
    initialized: bool,
    shut_down: bool,
}

impl<S: LanguageServer> Front<S> {
    async fn take(&mut self, request: Request) {
        let id = request.id().cloned();
        let (initializes, shuts_down) = (request.method() == "initialize", request.method() == "shutdown");
        // The service would say of a method that it does not know that there is none.
        if let (Some(id), false) = (&id, self.initialized || initializes) {
            return self.answer(Response::from_error(id.clone(), error::not_initialized())).await;
        }
        let permit = Arc::clone(&self.under_way).try_acquire_owned();
        if let (Some(id), Err(_)) = (&id, &permit) {
            return self.answer(Response::from_error(id.clone(), error::busy())).await;
        }
        if std::future::poll_fn(|context| self.service.poll_ready(context)).await.is_err() {
            return;
        }
        let mut answer: Answer = AssertUnwindSafe(self.service.call(request)).catch_unwind().boxed();
        match look(&mut answer) {
            Poll::Ready(outcome) => {
                if let Some(response) = settled(outcome, id) {
                    self.initialized |= initializes && response.is_ok();
                    self.shut_down |= shuts_down && response.is_ok();
                    self.answer(response).await;
                }
            }
            Poll::Pending => {
                let answers = self.answers.clone();
                tokio::spawn(async move {
                    if let Some(response) = settled(answer.await, id) {
                        // The client is gone if nobody takes it.
                        let _ = answers.send(response).await;
                    }
                    drop(permit);
                });
            }
        }
    }

    async fn answer(&self, response: Response) {
        // The client is gone if nobody takes it.
        let _ = self.answers.send(response).await;
    }
}

/// Polls a handler once.
fn look(answer: &mut Answer) -> Poll<std::thread::Result<Result<Option<Response>, ExitedError>>> {
    answer.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

/// What a handler came to; one that ended by a defect answers with an internal error.
fn settled(outcome: std::thread::Result<Result<Option<Response>, ExitedError>>, id: Option<Id>) -> Option<Response> {
    match outcome {
        // The service passes over methods that begin with `$/` and that it does not know, also where an answer is awaited.
        Ok(Ok(response)) => response.or_else(|| id.map(|id| Response::from_error(id, Error::method_not_found()))),
        Ok(Err(_)) => None,
        Err(_) => id.map(|id| Response::from_error(id, Error::internal_error())),
    }
}

/// What a frame holds.
enum Message {
    Request(Request),
    Response(Response),
    Refused(Response),
}

fn read(frame: Frame) -> Message {
    let refused = |id: Id, error: Error| Message::Refused(Response::from_error(id, error));
    let body = match frame {
        Frame::Body(body) => body,
        Frame::Broken => return refused(Id::Null, Error::parse_error()),
        Frame::Oversized(beginning) => {
            let mut error = Error::invalid_request();
            error.message = format!("the message is longer than {} MB", frames::LIMIT >> 20).into();
            return refused(head::id(&beginning), error);
        }
    };
    let Ok(mut value) = serde_json::from_slice::<Value>(&body) else { return refused(Id::Null, Error::parse_error()) };
    with_params(&mut value);
    let id = value.get("id").and_then(|id| Id::deserialize(id).ok()).unwrap_or_default();
    let read = if value.get("method").is_some() {
        serde_json::from_value(value).map(Message::Request)
    } else {
        serde_json::from_value(value).map(Message::Response)
    };
    read.unwrap_or_else(|_| refused(id, Error::invalid_request()))
}

/// Our own methods all take an object; none at all is an empty one.
fn with_params(message: &mut Value) {
    let ours =
        message.get("method").and_then(Value::as_str).is_some_and(|method| method.starts_with("compressionLayer/"));
    if let (true, Some(fields)) = (ours, message.as_object_mut()) {
        let params = fields.entry("params").or_insert(Value::Null);
        if params.is_null() {
            *params = Value::Object(serde_json::Map::new());
        }
    }
}

async fn write(
    mut output: impl AsyncWrite + Unpin,
    mut answers: mpsc::Receiver<Response>,
    mut requests: impl futures::Stream<Item = Request> + Unpin,
    leave: Arc<Notify>,
) {
    let mut asking = true;
    loop {
        let body = tokio::select! {
            // What a handler says before it answers is written before its answer.
            biased;
            request = requests.next(), if asking => {
                let Some(request) = request else {
                    asking = false;
                    continue;
                };
                serde_json::to_vec(&request)
            }
            answer = answers.recv() => {
                let Some(answer) = answer else { break };
                serde_json::to_vec(&answer)
            }
        };
        let body = body.expect("messages are JSON values and strings");
        if frames::write(&mut output, &body).await.is_err() {
            leave.notify_one();
            break;
        }
    }
}
