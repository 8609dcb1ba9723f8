//! A client for tests: sends, waits for answers, and keeps all that the server says until a test has read it.
//!
//! Invariants
//! - a session that is not finished, or that leaves a message unread, fails its test.
//!
//! Deliberately absent: what an editor answers, which `editor` knows.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use server::lsp::{Ended, Host, serve};
use tempfile::TempDir;
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::editor::{Editor, Reaction};
use crate::host::{self, Gate};
use crate::wire::{self, Columns};

/// What the server answered.
pub type Answer = Result<Value, Value>;

/// Waits for what must happen soon.
pub async fn soon<T>(what: &str, event: impl Future<Output = T>) -> T {
    let happened = tokio::time::timeout(Duration::from_mins(1), event).await;
    happened.unwrap_or_else(|_| panic!("{what} did not happen"))
}

/// Requests of the server that need no word in a test.
const ROUTINE: [&str; 4] = [
    "workspace/configuration",
    "client/registerCapability",
    "window/workDoneProgress/create",
    "workspace/codeLens/refresh",
];

struct Shared {
    editor: Mutex<Editor>,
    /// What the server said and nobody read yet: method and params.
    unread: Mutex<VecDeque<(String, Value)>>,
    /// Routine requests, for those who want to know.
    routine: Mutex<Vec<(String, Value)>>,
    waiting: Mutex<HashMap<i64, oneshot::Sender<Answer>>>,
    /// Answers with other ids than those waited for: to malformed messages.
    stray: Mutex<VecDeque<Value>>,
    /// Ids of questions that the editor left open.
    open: Mutex<Vec<Value>>,
    said: Notify,
    outgoing: mpsc::UnboundedSender<Vec<u8>>,
}

/// How a session is to begin.
pub struct Setup {
    pub capabilities: Value,
    pub options: Value,
    /// Names of folders in the workspace.
    pub folders: Vec<&'static str>,
    pub process: Option<u32>,
    /// Files to write before the start: path in the workspace, and text.
    pub files: Vec<(&'static str, String)>,
    pub host: fn(&Path) -> Host,
    pub editor: Editor,
}

impl Setup {
    /// An editor that can do so much, with one folder.
    pub fn new(capabilities: Value) -> Self {
        Self {
            capabilities,
            options: Value::Null,
            folders: vec![""],
            process: None,
            files: Vec::new(),
            host: host::host,
            editor: Editor::new(),
        }
    }

    /// With an encoder that waits at its gate.
    pub fn gated(capabilities: Value) -> Self {
        Self { host: |cache| Host { build: host::gated, ..host::host(cache) }, ..Self::new(capabilities) }
    }

    /// Starts, and agrees with the server.
    pub async fn start(self) -> Client {
        let (process, options, capabilities) = (self.process, self.options.clone(), self.capabilities.clone());
        let folders = self.folders.clone();
        let mut client = self.connect();
        let folders: Vec<_> =
            folders.iter().map(|name| json!({ "uri": client.uri(name), "name": name.to_owned() })).collect();
        let params = json!({
            "processId": process,
            "rootUri": null,
            "workspaceFolders": folders,
            "capabilities": capabilities,
            "initializationOptions": options,
        });
        let agreed = client.ok("initialize", params).await;
        let encoding = agreed["capabilities"]["positionEncoding"].as_str().expect("the server names its encoding");
        client.editor().columns = Columns::named(encoding);
        client.agreed = agreed;
        client.notify("initialized", json!({}));
        client
    }

    /// Starts, and says nothing yet.
    pub fn connect(self) -> Client {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("work space");
        std::fs::create_dir(&workspace).unwrap();
        for (name, text) in self.files {
            let path = workspace.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let host = (self.host)(&folder.path().join("cache"));
        let (ours, theirs) = tokio::io::duplex(64 << 10);
        let (input, output) = tokio::io::split(theirs);
        let server = tokio::spawn(serve(input, output, host));
        let (read, mut write) = tokio::io::split(ours);
        let (outgoing, mut queue) = mpsc::unbounded_channel::<Vec<u8>>();
        let writer = tokio::spawn(async move {
            while let Some(bytes) = queue.recv().await {
                if bytes.is_empty() || write.write_all(&bytes).await.is_err() {
                    break;
                }
            }
            // The server sees the end of its input.
            let _ = write.shutdown().await;
        });
        let shared = Arc::new(Shared {
            editor: Mutex::new(self.editor),
            unread: Mutex::default(),
            routine: Mutex::default(),
            waiting: Mutex::default(),
            stray: Mutex::default(),
            open: Mutex::default(),
            said: Notify::new(),
            outgoing,
        });
        let reading = Arc::clone(&shared);
        let reader = tokio::spawn(async move {
            let mut input = BufReader::new(read);
            while let Some(message) = wire::read(&mut input).await {
                reading.take(&message);
            }
            lock(&reading.waiting).clear();
        });
        Client {
            shared,
            server: Some(server),
            reader,
            writer,
            folder,
            agreed: Value::Null,
            next: AtomicI64::new(1),
            finished: false,
        }
    }
}

impl Shared {
    fn send(&self, message: &Value) {
        // The server is gone if nobody takes it; the test will see.
        let _ = self.outgoing.send(wire::frame(message));
    }

    fn take(&self, message: &Value) {
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        let Some(method) = message["method"].as_str() else { return self.answered(message) };
        let params = &message["params"];
        if let Some(id) = message.get("id") {
            let Reaction { answer, told } = lock(&self.editor).asked(method, params);
            for (method, params) in told {
                self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
            }
            match answer {
                Some(Ok(result)) => self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result })),
                Some(Err(error)) => self.send(&json!({ "jsonrpc": "2.0", "id": id, "error": error })),
                None => lock(&self.open).push(id.clone()),
            }
        }
        if ROUTINE.contains(&method) {
            lock(&self.routine).push((method.to_owned(), params.clone()));
        } else {
            lock(&self.unread).push_back((method.to_owned(), params.clone()));
        }
        self.said.notify_waiters();
    }

    fn answered(&self, message: &Value) {
        let answer = match message.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(message["result"].clone()),
        };
        let waiting = message["id"].as_i64().and_then(|id| lock(&self.waiting).remove(&id));
        match waiting {
            Some(waiting) => {
                // The test need not wait any more.
                let _ = waiting.send(answer);
            }
            None => lock(&self.stray).push_back(message.clone()),
        }
        self.said.notify_waiters();
    }
}

/// A request that was sent.
pub struct Asked {
    pub id: i64,
    answer: oneshot::Receiver<Answer>,
}

impl Asked {
    /// Waits for the answer.
    pub async fn answer(self) -> Answer {
        soon("an answer", self.answer).await.expect("the server answers before it leaves")
    }

    /// The answer, if it is there.
    pub fn now(&mut self) -> Option<Answer> {
        self.answer.try_recv().ok()
    }
}

/// A client.
pub struct Client {
    shared: Arc<Shared>,
    server: Option<JoinHandle<std::io::Result<Ended>>>,
    reader: JoinHandle<()>,
    writer: JoinHandle<()>,
    pub folder: TempDir,
    /// The answer to `initialize`.
    pub agreed: Value,
    next: AtomicI64,
    finished: bool,
}

impl Client {
    /// A session with a server whose encoder is scripted.
    pub async fn start(capabilities: Value, options: Value) -> Self {
        Setup { options, ..Setup::new(capabilities) }.start().await
    }

    pub fn editor(&self) -> MutexGuard<'_, Editor> {
        lock(&self.shared.editor)
    }

    /// The path of something in the workspace.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        let workspace = self.folder.path().join("work space");
        if name.is_empty() { workspace } else { workspace.join(name) }
    }

    /// Its URI.
    pub fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display().to_string().replace(' ', "%20"))
    }

    pub fn cache(&self) -> std::path::PathBuf {
        self.folder.path().join("cache")
    }

    pub fn gate(&self) -> Arc<Gate> {
        Gate::at(&self.cache())
    }

    /// Sends bytes as they are; none at all close the stream.
    pub fn raw(&self, bytes: impl Into<Vec<u8>>) {
        let _ = self.shared.outgoing.send(bytes.into());
    }

    /// Sends a message as it is.
    pub fn send(&self, message: &Value) {
        self.shared.send(message);
    }

    pub fn notify(&self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request.
    pub fn ask(&self, method: &str, params: Value) -> Asked {
        let asked = self.expect_answer();
        self.send(&json!({ "jsonrpc": "2.0", "id": asked.id, "method": method, "params": params }));
        asked
    }

    /// A number for a request that the caller sends.
    pub fn expect_answer(&self) -> Asked {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (sender, answer) = oneshot::channel();
        lock(&self.shared.waiting).insert(id, sender);
        Asked { id, answer }
    }

    /// Sends a request and waits for its answer.
    pub async fn request(&self, method: &str, params: Value) -> Answer {
        self.ask(method, params).answer().await
    }

    /// Sends a request that must succeed.
    pub async fn ok(&self, method: &str, params: Value) -> Value {
        self.request(method, params).await.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Sends a request that must be refused with this code, and returns the message.
    pub async fn refused(&self, method: &str, params: Value, code: i64) -> String {
        let error = self.request(method, params).await.expect_err(method);
        assert_eq!(error["code"], code, "{method}: {error}");
        error["message"].as_str().unwrap().to_owned()
    }

    /// Answers all questions that the editor left open.
    pub fn answer_open(&self, result: Value) {
        for id in lock(&self.shared.open).drain(..) {
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
    }

    /// Opens a document of the workspace and returns its URI.
    pub fn open(&self, name: &str, language: &str, text: &str) -> String {
        let uri = if name.contains(':') { name.to_owned() } else { self.uri(name) };
        self.editor().documents.insert(uri.clone(), (1, text.to_owned()));
        let item = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
        uri
    }

    /// Types something in place of the first occurrence of a part.
    pub fn edit(&self, uri: &str, part: &str, new: &str) {
        let (method, params) = {
            let mut editor = self.editor();
            let range = editor.columns.range(&editor.documents[uri].1, part);
            editor.edit(uri, &[json!({ "range": range, "newText": new })])
        };
        self.notify(method, params);
    }

    pub fn close(&self, uri: &str) {
        self.editor().documents.remove(uri);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// The text as the editor has it.
    pub fn text(&self, uri: &str) -> String {
        self.editor().documents[uri].1.clone()
    }

    /// The range of a part of a document.
    pub fn range(&self, uri: &str, part: &str) -> Value {
        let editor = self.editor();
        editor.columns.range(&editor.documents[uri].1, part)
    }

    /// A place as our own methods take it.
    pub fn place(&self, uri: &str, part: &str) -> Value {
        json!({ "uri": uri, "range": self.range(uri, part) })
    }

    /// Waits for a notification or request of the server, and reads it: its params.
    pub async fn said(&self, method: &str) -> Value {
        self.said_that(method, |_| true).await
    }

    /// The same for one of many.
    pub async fn said_that(&self, method: &str, which: impl Fn(&Value) -> bool) -> Value {
        self.wait(method, || {
            let mut unread = lock(&self.shared.unread);
            let at = unread.iter().position(|(name, params)| name == method && which(params))?;
            unread.remove(at).map(|(_, params)| params)
        })
        .await
    }

    /// Waits for a routine request, and says what it asked.
    pub async fn routine(&self, method: &str) -> Value {
        self.wait(method, || {
            let mut routine = lock(&self.shared.routine);
            let at = routine.iter().position(|(name, _)| name == method)?;
            Some(routine.remove(at).1)
        })
        .await
    }

    /// Whether a routine request was never made so far.
    pub fn never(&self, method: &str) -> bool {
        lock(&self.shared.routine).iter().all(|(name, _)| name != method)
    }

    /// An answer to none of our requests.
    pub async fn stray(&self) -> Value {
        self.wait("a stray answer", || lock(&self.shared.stray).pop_front()).await
    }

    /// Reads all that was said of a sort so far.
    pub fn heard(&self, method: &str) -> Vec<Value> {
        let mut unread = lock(&self.shared.unread);
        let (those, others) = unread.drain(..).partition::<VecDeque<_>, _>(|(name, _)| name == method);
        *unread = others;
        those.into_iter().map(|(_, params)| params).collect()
    }

    async fn wait<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        soon(what, async {
            loop {
                let said = self.shared.said.notified();
                let mut said = std::pin::pin!(said);
                said.as_mut().enable();
                if let Some(found) = look() {
                    return found;
                }
                said.await;
            }
        })
        .await
    }

    /// Leaves as an editor does; nothing may be unread.
    pub async fn finish(mut self) {
        assert_eq!(self.request("shutdown", Value::Null).await, Ok(Value::Null));
        assert_eq!(self.leave().await, Ended::Properly);
        self.nothing_unread();
    }

    /// The same for one that has said `shutdown` already.
    pub async fn finish_after_shutdown(mut self) {
        assert_eq!(self.leave().await, Ended::Properly);
        self.nothing_unread();
    }

    /// Leaves, and passes over what was said.
    pub async fn finish_whatever_was_said(mut self) {
        self.ok("shutdown", Value::Null).await;
        assert_eq!(self.leave().await, Ended::Properly);
    }

    /// Stray answers are to malformed messages: none has an id that we gave.
    pub fn nobody_was_answered_twice(&self) {
        let given = 1..self.next.load(Ordering::Relaxed);
        let stray = lock(&self.shared.stray);
        let twice: Vec<_> = stray.iter().filter(|it| it["id"].as_i64().is_some_and(|id| given.contains(&id))).collect();
        assert!(twice.is_empty(), "{twice:#?}");
    }

    /// Says `exit`, and waits for how the server ended.
    pub async fn leave(&mut self) -> Ended {
        self.notify("exit", Value::Null);
        self.ended().await
    }

    /// Waits for the server to end.
    pub async fn ended(&mut self) -> Ended {
        self.finished = true;
        let server = self.server.take().expect("it ends once");
        soon("the end", server).await.expect("the server does not panic").expect("it had its threads")
    }

    /// Closes the stream that the server reads.
    pub fn hang_up(&self) {
        self.raw([]);
    }

    fn nothing_unread(&self) {
        let unread = lock(&self.shared.unread);
        assert!(unread.is_empty(), "nobody read {unread:#?}");
        let stray = lock(&self.shared.stray);
        assert!(stray.is_empty(), "answers to nothing: {stray:#?}");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.reader.abort();
        self.writer.abort();
        // Whoever waits at the gate is let go, so that its thread ends.
        self.gate().open();
        assert!(self.finished || std::thread::panicking(), "the session was not finished");
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
