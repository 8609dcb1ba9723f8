//! The servers that are measured, and what a client tells each of itself: the same.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use benches::session::{Server, Session};
use serde_json::{Value, json};

/// The built program, if it is there.
pub fn ours() -> Option<Server> {
    let program = benches::target_folder().join("release/compression-layer");
    program.is_file().then(|| server("ours".to_owned(), program, "lsp"))
}

/// A server for Python that anybody can get, if `benches/fetch` could.
pub fn ruff() -> Option<Server> {
    let program = benches::target_folder().join("bench-peers/bin/ruff");
    let version = Command::new(&program).arg("--version").output().ok()?;
    let name = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    Some(server(name, program, "server"))
}

fn server(name: String, program: PathBuf, argument: &str) -> Server {
    let folder = std::env::temp_dir().join(format!("compression-layer-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder of temporary files can be written to");
    Server { name, program, arguments: vec![argument.into()], folder }
}

/// A session that is agreed on, and how long that took from the start of the process.
///
/// The client is an editor with code actions that are resolved, progress, and our own methods. It asks for diagnostics
/// itself, and does not: so no server checks the text after each edit.
pub fn start(server: &Server) -> (Session, Duration) {
    let action = json!({
        "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["", "quickfix", "refactor", "source"] } },
        "dataSupport": true,
        "resolveSupport": { "properties": ["edit"] },
    });
    let capabilities = json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": { "codeAction": action, "diagnostic": {}, "hover": { "contentFormat": ["markdown"] } },
        "window": { "workDoneProgress": true },
        "workspace": { "applyEdit": true, "workspaceEdit": { "documentChanges": true } },
        "experimental": { "compressionLayer": { "copy": true, "show": true, "input": true, "status": true } },
    });
    let params = json!({ "processId": std::process::id(), "rootUri": null, "capabilities": capabilities });
    Session::initialized(server, &params)
}

/// A session whose model is loaded.
pub fn warm(server: &Server) -> Session {
    let (mut session, _) = start(server);
    let text = "It is worth noting that the retry limit, which was raised on Monday, is now 5.";
    let _ = session.request(COMPRESS, &json!({ "text": text })).result();
    session
}

/// The request that shortens a text.
pub const COMPRESS: &str = "compressionLayer/compress";

/// Opens a document.
pub fn open(session: &mut Session, uri: &str, language: &str, text: &str) {
    let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
    session.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    let _ = session.request(HOVER, &hover(uri)).result();
}

/// Tells of an edit.
pub fn change(session: &mut Session, uri: &str, version: i32, change: &Value) {
    let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [change] });
    session.notify("textDocument/didChange", &params);
}

/// The cheapest request that all servers have.
pub const HOVER: &str = "textDocument/hover";

/// Its params, at the start of a document.
pub fn hover(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } })
}

/// Milliseconds.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
