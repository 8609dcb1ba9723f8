//! Sockets and pipes, on which the client listens.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

use e2e::server::{self, DEADLINE, Wire};
use serde_json::{Value, json};

use crate::{LEAVING, cache, ended, prose};

fn start(arguments: &[&str]) -> Child {
    let mut command: Command = server::command(&cache());
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The end of a connection that a listener gets in time.
fn accepted<T: Send + 'static>(accept: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> T {
    let (sender, stream) = mpsc::channel();
    std::thread::spawn(move || sender.send(accept().unwrap()));
    stream.recv_timeout(DEADLINE).expect("the server connects")
}

fn session(wire: &mut Wire<impl std::io::Write>) {
    let agreed = wire.initialize(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    assert_eq!(agreed["serverInfo"]["name"], "compression-layer");
    let short = wire.request("compressionLayer/compress", json!({ "text": prose(1) })).unwrap();
    assert!(short["text"].as_str().unwrap().len() < prose(1).len());
}

fn farewell(wire: &mut Wire<impl std::io::Write>) {
    wire.request("shutdown", Value::Null).unwrap();
    wire.notify("exit", Value::Null);
}

#[test]
fn a_session_over_a_socket() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let child = start(&["--socket", &listener.local_addr().unwrap().port().to_string()]);
    let stream = accepted(move || listener.accept()).0;
    let mut wire = Wire::new(stream.try_clone().unwrap(), stream);
    session(&mut wire);
    farewell(&mut wire);
    assert_eq!(ended(child, LEAVING).code(), Some(0));
}

#[test]
fn a_socket_that_closes_ends_the_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let child = start(&[&format!("--socket={}", listener.local_addr().unwrap().port())]);
    let stream = accepted(move || listener.accept()).0;
    let mut wire = Wire::new(stream.try_clone().unwrap(), stream.try_clone().unwrap());
    session(&mut wire);
    stream.shutdown(std::net::Shutdown::Both).unwrap();
    assert_eq!(ended(child, LEAVING).code(), Some(1));
}

#[test]
#[cfg(unix)]
fn a_session_over_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lsp.sock");
    let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let child = start(&["--pipe", path.to_str().unwrap()]);
    let stream = accepted(move || listener.accept()).0;
    let mut wire = Wire::new(stream.try_clone().unwrap(), stream);
    session(&mut wire);
    farewell(&mut wire);
    assert_eq!(ended(child, LEAVING).code(), Some(0));
}

#[test]
fn without_a_listener_the_message_says_who_is_to_listen() {
    // The port is free again as soon as the listener is gone.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let cases = [
        (format!("--socket={port}"), format!("nobody listens on port {port} of 127.0.0.1")),
        ("--pipe=/nowhere/lsp.sock".to_owned(), "nobody listens on /nowhere/lsp.sock".to_owned()),
    ];
    for (argument, message) in cases {
        let output = start(&[&argument]).wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(&message) && said.contains("start the editor's side first"), "{said}");
    }
}
