//! `lsp`: serves an editor or an agent until it leaves.

use std::sync::Arc;

use anyhow::Context;

use crate::cli::LspFlags;
use crate::exit::Exit;
use crate::interrupt::{self, Interrupt};
use crate::lsp::{Channel, Ended};
use crate::plan::{self, Surroundings};

/// Threads that read messages and list actions; the model has its own.
const TASKS: usize = 2;

pub fn run(flags: &LspFlags, surroundings: &Surroundings, interrupt: &Interrupt) -> anyhow::Result<Exit> {
    let host = plan::host(flags, surroundings)?;
    interrupt.tell(Arc::clone(&host.leave));
    let channel = plan::channel(flags);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(TASKS).enable_all().build()?;
    let ended = runtime.block_on(channel.serve(host)).with_context(|| match &channel {
        Channel::Stdio => "the server could not start".to_owned(),
        Channel::Socket(port) => format!("nobody listens on port {port} of 127.0.0.1: start the editor's side first"),
        Channel::Pipe(path) => format!("nobody listens on {}: start the editor's side first", path.display()),
    })?;
    // A thread that reads standard input, or one within a model, must not hold up the end.
    std::process::exit(match ended {
        Ended::Properly => 0,
        Ended::Abruptly if interrupt.cancel().is_cancelled() => interrupt::EXIT_CODE.into(),
        Ended::Abruptly => 1,
    })
}
