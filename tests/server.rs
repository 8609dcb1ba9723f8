//! The built language server and a client for it that counts on nothing: messages as JSON, bytes where a test wants them.
//!
//! Invariants
//! - whatever is waited for has a deadline, and a server that is dropped is killed.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take on a machine that is busy with other tests.
pub const DEADLINE: Duration = Duration::from_mins(1);

/// The program beside the tests, as cargo places it.
///
/// # Panics
/// It was not built.
#[must_use]
pub fn program() -> PathBuf {
    built("compression-layer")
}

/// A program of the workspace beside the tests, as cargo places it.
///
/// # Panics
/// It was not built.
#[must_use]
pub fn built(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a test has a path");
    let folder = tests.parent().and_then(Path::parent).expect("tests lie in target/release/deps");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is not there; build first: make build", program.display());
    program
}

/// The server, to be started; what it caches goes into this folder.
#[must_use]
pub fn command(cache: &Path) -> Command {
    let mut command = Command::new(program());
    command.arg("lsp").env("COMPRESSION_LAYER_CACHE", cache).env_remove("COMPRESSION_LAYER_LOG");
    command
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    child: Child,
    wire: Wire<ChildStdin>,
}

impl Server {
    /// Starts one.
    ///
    /// # Panics
    /// It cannot be started.
    #[must_use]
    pub fn start(mut command: Command) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program can be started");
        let (input, output) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        Self { child, wire: Wire::new(input, output) }
    }

    /// Starts one whose output the test reads, or does not.
    ///
    /// # Panics
    /// It cannot be started.
    #[must_use]
    pub fn start_unread(mut command: Command) -> (Child, ChildStdin, ChildStdout) {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program can be started");
        let (input, output) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        (child, input, output)
    }

    /// Its process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, wherever it is.
    ///
    /// # Panics
    /// The system does not let go of it.
    pub fn kill(&mut self) {
        self.child.kill().expect("it is ours to kill");
        self.child.wait().expect("it ends");
    }

    /// Takes leave as the protocol has it.
    ///
    /// # Panics
    /// It does not leave in time.
    #[must_use]
    pub fn leave(mut self) -> ExitStatus {
        self.request("shutdown", Value::Null).expect("shutdown is answered");
        self.notify("exit", Value::Null);
        self.ended(DEADLINE)
    }

    /// How it ended.
    ///
    /// # Panics
    /// It did not end in time.
    #[must_use]
    pub fn ended(mut self, deadline: Duration) -> ExitStatus {
        // The end of its output is the event; after it, the process is all but gone.
        assert!(self.wire.closed(deadline), "the server goes on after {deadline:?}");
        self.child.wait().expect("it ends")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl std::ops::Deref for Server {
    type Target = Wire<ChildStdin>;

    fn deref(&self) -> &Self::Target {
        &self.wire
    }
}

impl std::ops::DerefMut for Server {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.wire
    }
}

/// Both directions of a session.
#[derive(Debug)]
pub struct Wire<W> {
    input: Option<W>,
    messages: Receiver<Value>,
    answers: VecDeque<Value>,
    /// What the server said unasked, and what it asked.
    pub heard: Vec<Value>,
    id: u64,
}

impl<W: Write> Wire<W> {
    /// Over these streams.
    pub fn new(input: W, output: impl Read + Send + 'static) -> Self {
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { input: Some(input), messages, answers: VecDeque::new(), heard: Vec::new(), id: 0 }
    }

    /// Says who we are, and that we are ready.
    ///
    /// # Panics
    /// It is refused.
    pub fn initialize(&mut self, params: Value) -> Value {
        let answer = self.request("initialize", params).expect("initialize is answered");
        self.notify("initialized", json!({}));
        answer
    }

    /// Asks, and waits for the answer: a result, or an error.
    ///
    /// # Errors
    /// The error that the server answered with.
    ///
    /// # Panics
    /// There is no answer in time.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.answer(id).unwrap_or_else(|| panic!("no answer to {method} after {DEADLINE:?}"))
    }

    /// Asks without waiting; gives the id.
    pub fn ask(&mut self, method: &str, params: Value) -> u64 {
        self.id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": self.id, "method": method });
        message["params"] = params;
        self.send(&message);
        self.id
    }

    /// The answer to what was asked; `None` if the server left, or did not answer in time.
    pub fn answer(&mut self, id: u64) -> Option<Result<Value, Value>> {
        loop {
            if let Some(at) = self.answers.iter().position(|answer| answer["id"] == id) {
                let mut answer = self.answers.remove(at)?;
                return Some(match answer.get_mut("error") {
                    Some(error) => Err(error.take()),
                    None => Ok(answer["result"].take()),
                });
            }
            self.take(DEADLINE).ok()?;
        }
    }

    /// The next answer to anything that nobody waits for by its id.
    ///
    /// # Panics
    /// There is none in time.
    pub fn next_answer(&mut self) -> Value {
        while self.answers.is_empty() {
            self.take(DEADLINE).expect("an answer in time");
        }
        self.answers.pop_front().expect("one is there")
    }

    /// Waits for so many more answers, or for the server's end.
    pub fn gather(&mut self, answers: usize) {
        let enough = self.answers.len() + answers;
        while self.answers.len() < enough && self.take(DEADLINE).is_ok() {}
    }

    /// Takes in what the server says for so long.
    pub fn listen(&mut self, time: Duration) {
        let start = Instant::now();
        while let Some(left) = time.checked_sub(start.elapsed()) {
            if self.take(left).is_err() {
                return;
            }
        }
    }

    /// The answers that came and that nobody took.
    pub fn answers(&self) -> impl Iterator<Item = &Value> {
        self.answers.iter()
    }

    /// Waits until the server has said something of this kind.
    ///
    /// # Panics
    /// It does not in time.
    pub fn hear(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.heard.iter().position(|message| message["method"] == method) {
                return self.heard.remove(at);
            }
            self.take(DEADLINE).unwrap_or_else(|_| panic!("no {method} after {DEADLINE:?}"));
        }
    }

    /// Tells something.
    pub fn notify(&mut self, method: &str, params: Value) {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        message["params"] = params;
        self.send(&message);
    }

    /// Sends a message as a frame.
    pub fn send(&mut self, message: &Value) {
        self.send_bytes(&frame(&message.to_string()));
    }

    /// Sends bytes as they are. A server that is gone hears nothing, which is no failure of the test.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        if let Some(input) = &mut self.input {
            let _ = input.write_all(bytes).and_then(|()| input.flush());
        }
    }

    /// Closes the server's input.
    pub fn close(&mut self) {
        self.input = None;
    }

    /// Waits for the end of the server's output.
    pub fn closed(&mut self, deadline: Duration) -> bool {
        loop {
            match self.take(deadline) {
                Ok(()) => {}
                Err(RecvTimeoutError::Disconnected) => return true,
                Err(RecvTimeoutError::Timeout) => return false,
            }
        }
    }

    /// Takes one message in; what the server asks is granted.
    fn take(&mut self, deadline: Duration) -> Result<(), RecvTimeoutError> {
        let message = self.messages.recv_timeout(deadline)?;
        let Some(method) = message["method"].as_str() else {
            self.answers.push_back(message);
            return Ok(());
        };
        if let Some(id) = message.get("id") {
            let result = match method {
                "workspace/applyEdit" => json!({ "applied": true }),
                "window/showDocument" => json!({ "success": true }),
                "workspace/configuration" => {
                    let items = message["params"]["items"].as_array().map_or(0, Vec::len);
                    Value::Array(vec![Value::Null; items])
                }
                _ => Value::Null,
            };
            let answer = json!({ "jsonrpc": "2.0", "id": id, "result": result });
            self.send(&answer);
        }
        self.heard.push(message);
        Ok(())
    }
}

/// A message as it stands on the wire.
#[must_use]
pub fn frame(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The next message; `None` at the end.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server writes JSON"))
}
