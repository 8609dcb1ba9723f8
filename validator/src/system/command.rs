//! A program that reads a text from stdin and writes its shorter form to stdout.
//!
//! Invariants
//! - a program that fails, hangs, writes no text or more than it may is an error of that text, and ends
//!   (`tests::what_a_program_does_wrong_is_told`).

use std::io::{self, Read, Write};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use compressor::engine::Cancel;

/// Bytes that a program may write.
const MOST_OUTPUT: u64 = 64 << 20;

/// How long a wish to stop may go unheard.
const HEARD_WITHIN: Duration = Duration::from_millis(50);

/// A command line, run by the shell.
#[derive(Clone, Debug)]
pub struct Command {
    line: String,
    patience: Duration,
}

/// Why a program gave no shorter form.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// It could not be started, or could not be spoken to.
    #[error("cannot run the command")]
    Run(#[source] io::Error),
    /// It said that it failed.
    #[error("the command ended with {status}: {said}")]
    Failed {
        /// How it ended.
        status: ExitStatus,
        /// The end of what it wrote to stderr.
        said: String,
    },
    /// It took too long.
    #[error("the command did not end within {} s", patience.as_secs())]
    Patience {
        /// What it was given.
        patience: Duration,
    },
    /// What it wrote is no text.
    #[error("the command wrote no UTF-8")]
    NotText,
    /// It wrote more than a text has.
    #[error("the command wrote more than {MOST_OUTPUT} bytes")]
    TooMuch,
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
}

impl Command {
    /// A command line with the time that it may take for a text.
    pub fn new(line: String, patience: Duration) -> Self {
        Self { line, patience }
    }

    /// What is run.
    pub fn name(&self) -> &str {
        &self.line
    }

    /// Runs it on a text. A line end at the end of its output that the text does not have is the program's and goes.
    ///
    /// # Errors
    /// It failed.
    pub fn run(&self, text: &str, cancel: &Cancel) -> Result<String, CommandError> {
        let mut child = self.start().map_err(CommandError::Run)?;
        let answer = self.speak(&mut child, text, cancel);
        if answer.is_err() {
            end(&mut child);
        }
        let mut output = String::from_utf8(answer?).map_err(|_| CommandError::NotText)?;
        if output.ends_with('\n') && !text.ends_with('\n') {
            output.pop();
        }
        Ok(output)
    }

    fn start(&self) -> io::Result<Child> {
        let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
        let mut command = std::process::Command::new(shell);
        command.args([flag, &self.line]);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
    }

    /// Writes the text, reads what comes, and waits. Each stream has a thread, so that no full pipe holds up another.
    fn speak(&self, child: &mut Child, text: &str, cancel: &Cancel) -> Result<Vec<u8>, CommandError> {
        let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (sender, receiver) = mpsc::channel();
        let text = text.as_bytes().to_owned();
        std::thread::spawn(move || {
            // A program may have read enough: what it says then counts, not that it closed its input.
            let _ = input.map(|mut input| input.write_all(&text));
        });
        let said = std::thread::spawn(move || read(errors).unwrap_or_default());
        std::thread::spawn(move || sender.send(read(output)));
        let mut waited = Duration::ZERO;
        let answer = loop {
            match receiver.recv_timeout(HEARD_WITHIN) {
                Ok(answer) => break answer.map_err(CommandError::Run)?,
                Err(RecvTimeoutError::Disconnected) => break Vec::new(),
                Err(RecvTimeoutError::Timeout) if cancel.is_cancelled() => return Err(CommandError::Cancelled),
                Err(RecvTimeoutError::Timeout) => waited += HEARD_WITHIN,
            }
            if waited >= self.patience {
                return Err(CommandError::Patience { patience: self.patience });
            }
        };
        if answer.len() as u64 > MOST_OUTPUT {
            return Err(CommandError::TooMuch);
        }
        let status = child.wait().map_err(CommandError::Run)?;
        if status.success() {
            return Ok(answer);
        }
        let said = said.join().unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let last = said.trim().lines().next_back().unwrap_or("it said nothing").to_owned();
        Err(CommandError::Failed { status, said: last })
    }
}

/// Ends a program, and on Unix all that it started. It may have ended by itself.
fn end(child: &mut Child) {
    #[cfg(unix)]
    let _ = rustix::process::kill_process_group(rustix::process::Pid::from_child(child), rustix::process::Signal::KILL);
    let _ = child.kill();
    let _ = child.wait();
}

/// All that a stream has, and one byte more than is allowed of what has more.
fn read(stream: Option<impl Read>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        stream.take(MOST_OUTPUT + 1).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(line: &str, text: &str) -> Result<String, String> {
        let command = Command::new(line.to_owned(), Duration::from_millis(500));
        command.run(text, &Cancel::new()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_program_reads_stdin_and_writes_stdout() {
        assert_eq!(run("tr -d a", "banana"), Ok("bnn".to_owned()));
        assert_eq!(run("echo shorter", "a text that it does not read"), Ok("shorter".to_owned()));
        assert_eq!(run("cat", "a\n"), Ok("a\n".to_owned()));
        let long = "0123456789".repeat(100_000);
        assert_eq!(run("cat", &long), Ok(long));
    }

    #[test]
    fn what_a_program_does_wrong_is_told() {
        let told = |line: &str| run(line, "text").expect_err("it fails");
        assert_eq!(told("echo no model >&2; exit 3"), "the command ended with exit status: 3: no model");
        assert!(told("no_such_program").contains("not found"), "{}", told("no_such_program"));
        // What the shell started ends with it, else its output would stay open and this would not come to an end.
        assert!(told("tail -f /dev/null; true").starts_with("the command did not end within"));
        assert_eq!(told("printf '\\377'"), "the command wrote no UTF-8");
    }

    #[test]
    fn a_wish_to_stop_is_heard_while_a_program_works() {
        let cancel = Cancel::new();
        cancel.cancel();
        let command = Command::new("exec tail -f /dev/null".to_owned(), Duration::from_mins(1));
        assert!(matches!(command.run("text", &cancel), Err(CommandError::Cancelled)));
    }
}
