//! Leaving: under full load, and when the editor is gone without a word.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;

use e2e::server::{self, DEADLINE, Server, frame};
use serde_json::{Value, json};

use crate::{LEAVING, STALLED, cache, greeted, long_prose};

#[test]
fn the_server_leaves_at_once_under_full_load() {
    let mut server = greeted();
    let asked: Vec<_> = (0..64)
        .map(|each| server.ask("compressionLayer/compress", json!({ "text": long_prose(each * 100, 100) })))
        .collect();
    // The work has begun.
    server.answer(asked[0]).unwrap().unwrap();
    let farewell = server.ask("shutdown", Value::Null);
    server.notify("exit", Value::Null);
    assert_eq!(server.answer(farewell), Some(Ok(Value::Null)));
    assert_eq!(server.ended(LEAVING).code(), Some(0));
}

#[test]
#[cfg(unix)]
fn a_signal_ends_the_session_before_the_process() {
    for name in ["-TERM", "-INT"] {
        let mut server = greeted();
        let asked =
            server.ask("compressionLayer/compress", json!({ "text": long_prose(0, 2_000), "workDoneToken": "work" }));
        server.hear("$/progress");
        let sent = Command::new("kill").args([name, &server.process().to_string()]).status().unwrap();
        assert!(sent.success());
        // What it was at is refused, and said so: the session ended as any other.
        if let Some(answer) = server.answer(asked) {
            assert!(answer.is_err(), "{name}: {answer:?}");
        }
        assert_eq!(server.ended(LEAVING).code(), Some(130), "{name}");
    }
}

/// A shell between the test and the server; the streams stay open when it goes.
#[cfg(unix)]
fn behind_a_shell(arguments: &str) -> Command {
    let mut shell = Command::new("sh");
    // The server reads from a copy of the input: a shell gives /dev/null to what it starts in the background.
    shell.args(["-c", &format!("exec 3<&0; \"$0\" lsp {arguments} <&3 3<&- & wait")]).arg(server::program());
    shell.env("COMPRESSION_LAYER_CACHE", cache());
    shell
}

#[test]
#[cfg(unix)]
fn the_server_leaves_when_the_editor_that_named_itself_is_gone() {
    let mut server = Server::start(behind_a_shell(""));
    let editor = server.process();
    server.initialize(json!({ "processId": editor, "rootUri": null, "capabilities": {} }));
    server.request("compressionLayer/status", Value::Null).unwrap();
    server.kill();
    assert!(server.closed(DEADLINE), "the server goes on without its editor");
}

#[test]
#[cfg(unix)]
fn the_server_leaves_when_the_process_of_its_command_line_is_gone() {
    let mut server = Server::start(behind_a_shell("--clientProcessId=$$"));
    server.initialize(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    server.ask("compressionLayer/compress", json!({ "text": long_prose(0, 2_000), "workDoneToken": "work" }));
    server.hear("$/progress");
    server.kill();
    assert!(server.closed(DEADLINE), "the server goes on without its editor");
}

#[test]
#[cfg(unix)]
fn the_server_leaves_when_its_editor_goes_before_the_handshake_is_done() {
    let mut server = Server::start(behind_a_shell("--clientProcessId=$$"));
    server.request("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} })).unwrap();
    server.kill();
    assert!(server.closed(DEADLINE), "the server goes on without its editor");
}

#[test]
#[cfg(unix)]
fn the_server_leaves_when_an_editor_that_did_not_read_is_gone() {
    let mut shell = behind_a_shell("--clientProcessId=$$");
    shell.stderr(Stdio::piped());
    let (mut editor, mut input, output) = Server::start_unread(shell);
    let mut stderr = editor.stderr.take().unwrap();
    let (sender, end) = mpsc::channel();
    std::thread::spawn(move || sender.send(stderr.read_to_end(&mut Vec::new()).unwrap()));
    // More answers than pipes and queues hold; the thread ends with the server.
    let (sender, progress) = mpsc::channel();
    std::thread::spawn(move || {
        let wrong = frame(&"x".repeat(1_000));
        while input.write_all(&wrong).is_ok() && sender.send(()).is_ok() {}
    });
    while progress.recv_timeout(STALLED).is_ok() {}
    editor.kill().unwrap();
    editor.wait().unwrap();
    end.recv_timeout(DEADLINE).expect("the server goes on without its editor");
    drop(output);
}
