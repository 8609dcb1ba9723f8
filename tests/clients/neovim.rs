//! Neovim itself goes through a session: `neovim.lua`.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::sync::mpsc;

use e2e::server::DEADLINE;
use serde_json::Value;

use crate::{cache, handshakes, packages, source, succeed};

/// Starts the server with a file that stays open for as long as it runs.
const START: &str = "#!/bin/sh\nexec \"$SERVER\" lsp 9>\"$ALIVE\"\n";

#[test]
fn neovim_compresses_undoes_hovers_copies_and_leaves() {
    let Some(neovim) = packages::program("nvim") else { return };
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().canonicalize().unwrap();
    let (program, alive, record) = (folder.join("server"), folder.join("alive"), folder.join("initialize.json"));
    std::fs::copy(source("demo/incident.md"), folder.join("incident.md")).unwrap();
    std::fs::write(&program, START).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).unwrap();
    assert!(Command::new("mkfifo").arg(&alive).status().unwrap().success());
    let (sender, gone) = mpsc::channel();
    let watched = alive.clone();
    std::thread::spawn(move || {
        let end = File::open(watched).unwrap().read_to_end(&mut Vec::new());
        sender.send(end)
    });

    let mut command = Command::new(neovim);
    command.args(["--headless", "--clean", "-n", "-u"]).arg(source("tests/clients/neovim.lua"));
    command.current_dir(&folder).env("HOME", &folder);
    for home in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        command.env(home, &folder);
    }
    command.env("FOLDER", &folder).env("PROGRAM", &program).env("RECORD", &record).env("ALIVE", &alive);
    command.env("SERVER", e2e::server::program()).env("COMPRESSION_LAYER_CACHE", cache());
    succeed(command);

    gone.recv_timeout(DEADLINE).expect("the server is gone soon after Neovim").unwrap();
    let said = serde_json::from_slice(&std::fs::read(record).unwrap()).unwrap();
    is_as_recorded(said);
}

/// The fixture is what Neovim says today. `UPDATE_EXPECT=1` records it anew.
fn is_as_recorded(mut said: Value) {
    // Elsewhere Neovim says other things of files to watch.
    if !cfg!(target_os = "linux") {
        return;
    }
    said.sort_all_objects();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = serde_json::to_string_pretty(&said).unwrap() + "\n";
        std::fs::write(handshakes::path("neovim-0.11.4"), text).unwrap();
    }
    assert_eq!(said, handshakes::read("neovim-0.11.4"), "UPDATE_EXPECT=1 records it anew");
}
