//! Killed at any moment, a hundred times, several at once on one cache.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use e2e::server::{self, Server};
use serde_json::json;

use crate::{Dice, open, prose};

const KILLS: u64 = 100;
/// Servers that share the cache at a time.
const TOGETHER: u64 = 4;
const DOCUMENT: &str = "file:///project/notes.md";

/// A server that works: loads, compresses, keeps originals, writes a scratch document.
struct Victim {
    server: Server,
    asked: HashMap<u64, String>,
}

impl Victim {
    fn start(cache: &Path, number: u64) -> Self {
        let mut server = Server::start(server::command(cache));
        server.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
        server.notify("initialized", json!({}));
        server.notify("textDocument/didOpen", open(DOCUMENT, &prose(number)));
        server.ask("compressionLayer/run", json!({ "act": "copy", "what": "file", "document": { "uri": DOCUMENT } }));
        let mut asked = HashMap::new();
        for each in 0..20 {
            let text = prose(number * 100 + each);
            asked.insert(server.ask("compressionLayer/compress", json!({ "text": text })), text);
        }
        Self { server, asked }
    }

    /// The originals that it answered for: a handle and a text each.
    fn kill(mut self) -> Vec<(String, String)> {
        self.server.kill();
        self.server.closed(server::DEADLINE);
        let asked = &self.asked;
        let kept = self.server.answers().filter_map(|answer| {
            let text = asked.get(&answer["id"].as_u64()?)?;
            Some((answer["result"]["handle"].as_str()?.to_owned(), text.clone()))
        });
        kept.collect()
    }
}

#[test]
fn a_hundred_kills_leave_cache_and_store_sound() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path();
    let mut dice = Dice(2026);
    let mut kept = Vec::new();
    for round in 0..KILLS / TOGETHER {
        let mut victims: Vec<_> = (0..TOGETHER).map(|each| Victim::start(cache, round * TOGETHER + each)).collect();
        while !victims.is_empty() {
            let mut victim = victims.swap_remove(usize::try_from(dice.below(victims.len() as u64)).unwrap());
            // Some while the model is unpacked or loaded, some after so many answers, all at no particular moment.
            if dice.below(2) > 0 {
                let answers = usize::try_from(1 + dice.below(5)).unwrap();
                victim.server.gather(answers);
            }
            victim.server.listen(Duration::from_micros(dice.below(60_000)));
            kept.extend(victim.kill());
        }
    }
    assert!(kept.len() > 50, "only {} originals were kept before the kills", kept.len());

    let mut server = Server::start(server::command(cache));
    let capabilities = json!({ "workspace": { "configuration": true } });
    server.initialize(json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
    for (handle, text) in &kept {
        let expanded = server.request("compressionLayer/expand", json!({ "handle": handle }));
        assert_eq!(expanded, Ok(json!({ "text": text })));
    }
    let short = server.request("compressionLayer/compress", json!({ "text": prose(7) })).unwrap();
    assert!(short["receipt"]["tokens"]["after"].as_u64() < short["receipt"]["tokens"]["before"].as_u64());
    // It asks for settings after it has cleaned up.
    server.hear("workspace/configuration");
    let left = files(cache);
    let unfinished: Vec<_> = left.iter().filter(|path| !is_expected(path)).collect();
    assert!(unfinished.is_empty(), "{unfinished:#?}");
    assert_eq!(server.leave().code(), Some(0));
}

/// Whether a file is one that a cache has: a model, an original by its hash, or a lock.
fn is_expected(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    match path.split('/').next() {
        Some("originals") => name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()),
        Some("scratch") => false,
        _ => !name.contains("tmp") && !name.starts_with('.'),
    }
}

/// Every file below a folder, by its path with `/`.
fn files(root: &Path) -> Vec<String> {
    let mut folders = vec![root.to_path_buf()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(root).unwrap();
                files.push(inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"));
            }
        }
    }
    files
}
