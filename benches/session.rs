//! A session with a language server over standard streams: frames, ids and the clock, nothing of what messages mean.
//!
//! Invariants
//! - a message is timed when its last byte was read, on a thread that does nothing else, before it is parsed;
//! - a request of the server is answered with null, so that it never waits for us.
//!
//! Deliberately absent: a limit of what waits to be read; a bench takes all of it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// No answer takes longer: a server that says nothing for so long is taken for stuck.
const LONGEST: Duration = Duration::from_mins(3);

/// How a server is started.
#[derive(Clone, Debug)]
pub struct Server {
    /// What tables call it.
    pub name: String,
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// The folder it runs in and where ours puts its files.
    pub folder: PathBuf,
}

/// An answer, and when it came.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The id of the request.
    pub id: i64,
    /// The result, or the error.
    pub outcome: Result<Value, Value>,
    /// From just before the request was written.
    pub waited: Duration,
    /// When its last byte was read.
    pub at: Instant,
}

impl Answer {
    /// The result.
    ///
    /// # Panics
    /// Where the server answered with an error.
    #[must_use]
    pub fn result(self) -> Value {
        self.outcome.unwrap_or_else(|error| panic!("request {} failed: {error}", self.id))
    }
}

/// What a server says.
#[derive(Clone, Debug)]
pub enum Said {
    /// The answer to a request.
    Answer(Answer),
    /// A notification: its method and params.
    Notification(String, Value),
}

/// A running server, and what it answered so far.
pub struct Session {
    child: Child,
    /// `None` only while it ends.
    input: Option<ChildStdin>,
    incoming: Receiver<(Instant, Vec<u8>)>,
    started: Instant,
    last_id: i64,
    sent: HashMap<i64, Instant>,
    answered: HashMap<i64, Answer>,
}

impl Session {
    /// Starts a server.
    ///
    /// # Panics
    /// Where the program cannot be started.
    #[must_use]
    pub fn start(server: &Server) -> Self {
        let mut command = std::process::Command::new(&server.program);
        command.args(&server.arguments).current_dir(&server.folder).env("COMPRESSION_LAYER_CACHE", &server.folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let started = Instant::now();
        let mut child = command.spawn().expect("the server can be started");
        let input = child.stdin.take();
        let output = child.stdout.take().expect("asked for above");
        let (send, incoming) = mpsc::channel();
        std::thread::spawn(move || {
            let mut output = BufReader::with_capacity(256 << 10, output);
            while let Some(body) = read_frame(&mut output) {
                if send.send((Instant::now(), body)).is_err() {
                    break;
                }
            }
        });
        Self { child, input, incoming, started, last_id: 0, sent: HashMap::new(), answered: HashMap::new() }
    }

    /// Starts a server and agrees with it, and tells how long that took from the start of the process to the answer.
    #[must_use]
    pub fn initialized(server: &Server, params: &Value) -> (Self, Duration) {
        let mut session = Self::start(server);
        let answer = session.request("initialize", params);
        let took = answer.at.duration_since(session.started);
        let _ = answer.result();
        session.notify("initialized", &json!({}));
        (session, took)
    }

    /// The number of the process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: &Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and returns its id.
    pub fn send(&mut self, method: &str, params: &Value) -> i64 {
        self.last_id += 1;
        let message = json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params });
        self.sent.insert(self.last_id, Instant::now());
        self.write(&message);
        self.last_id
    }

    /// Sends a request and waits for its answer.
    pub fn request(&mut self, method: &str, params: &Value) -> Answer {
        let id = self.send(method, params);
        self.wait(id)
    }

    /// Waits for an answer; what else is said meanwhile is kept if it is an answer, else dropped.
    ///
    /// # Panics
    /// Where the server says nothing for minutes, or ended.
    pub fn wait(&mut self, id: i64) -> Answer {
        loop {
            if let Some(answer) = self.taken(id) {
                return answer;
            }
            match self.next(LONGEST) {
                Some(Said::Answer(answer)) => {
                    self.answered.insert(answer.id, answer);
                }
                Some(Said::Notification(..)) => {}
                None => panic!("no answer to request {id}"),
            }
        }
    }

    /// The answer to a request if it came already.
    pub fn taken(&mut self, id: i64) -> Option<Answer> {
        self.answered.remove(&id)
    }

    /// Takes in what is said for so long, so that [`Self::taken`] knows of it.
    pub fn listen(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Some(said) = self.next(until.saturating_duration_since(Instant::now())) {
            if let Said::Answer(answer) = said {
                self.answered.insert(answer.id, answer);
            }
        }
    }

    /// The next answer or notification; `None` after a time, or when the server has ended.
    ///
    /// # Panics
    /// Where the server says what is no JSON.
    pub fn next(&mut self, within: Duration) -> Option<Said> {
        let until = Instant::now() + within;
        loop {
            let (at, body) = self.incoming.recv_timeout(until.saturating_duration_since(Instant::now())).ok()?;
            let mut message: Value = serde_json::from_slice(&body).expect("a server speaks JSON");
            let method = message["method"].as_str().map(str::to_owned);
            match (method, message.get("id").cloned()) {
                (Some(method), None) => return Some(Said::Notification(method, message["params"].take())),
                (Some(_), Some(id)) => self.write(&json!({ "jsonrpc": "2.0", "id": id, "result": null })),
                (None, id) => {
                    let id = id.and_then(|id| id.as_i64()).expect("ids of ours are numbers");
                    let sent = self.sent.remove(&id).expect("each request is answered once");
                    let outcome = match message.get_mut("error") {
                        Some(error) => Err(error.take()),
                        None => Ok(message["result"].take()),
                    };
                    return Some(Said::Answer(Answer { id, outcome, waited: at.duration_since(sent), at }));
                }
            }
        }
    }

    /// Leaves as the protocol asks.
    pub fn leave(self) {
        let _ = self.ended();
    }

    /// Leaves as the protocol asks: `shutdown`, its answer, `exit`. Tells how long the whole took until the process had
    /// ended, and how it ended; `None` where it had to be killed.
    ///
    /// # Panics
    /// Where `shutdown` is not answered.
    #[must_use]
    pub fn ended(mut self) -> (Duration, Option<ExitStatus>) {
        let start = Instant::now();
        let shutdown = self.send("shutdown", &Value::Null);
        self.wait(shutdown);
        self.notify("exit", &Value::Null);
        let mut status = None;
        while status.is_none() && start.elapsed() < LONGEST {
            status = self.child.try_wait().expect("a child of ours can be waited for");
            // Reading goes on, as a client does.
            let _ = self.next(Duration::from_millis(1));
        }
        (start.elapsed(), status)
    }

    fn write(&mut self, message: &Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let input = self.input.as_mut().expect("open until the end");
        input.write_all(frame.as_bytes()).expect("the server reads");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.input = None;
        // One that has ended by itself needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The body of the next frame; `None` at the end of the stream.
fn read_frame(input: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok();
        }
    }
    let mut body = vec![0; length?];
    input.read_exact(&mut body).ok()?;
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_one_after_the_other() {
        let mut wire = "Content-Length: 2\r\n\r\n{}content-length: 4\r\nContent-Type: x\r\n\r\nnull".as_bytes();
        assert_eq!(read_frame(&mut wire).as_deref(), Some(&b"{}"[..]));
        assert_eq!(read_frame(&mut wire).as_deref(), Some(&b"null"[..]));
        assert_eq!(read_frame(&mut wire), None);
    }
}
