//! Models that cannot be used: a clear message and code 2, never an abort from native code.

use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::program::{Scratch, embedded_model, finish, path};

/// Text that only the tagger shortens.
const PROSE: &str = "In order to be able to make use of the package, you will basically need to make sure that it has \
    actually been installed on the machine, which is something that most people tend to forget about.\n";

/// A copy of the embedded model to break.
struct Model(Scratch);

impl Model {
    fn copy() -> Self {
        let scratch = Scratch::with(&[("prose.md", PROSE.as_bytes())]);
        fs::create_dir(scratch.path().join("model")).unwrap();
        for entry in fs::read_dir(embedded_model()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), scratch.path().join("model").join(entry.file_name())).unwrap();
        }
        Self(scratch)
    }

    fn file(&self, ending: &str) -> PathBuf {
        let files = fs::read_dir(self.0.path().join("model")).unwrap();
        let found = files.map(|entry| entry.unwrap().path()).find(|path| path.to_str().unwrap().ends_with(ending));
        found.unwrap_or_else(|| panic!("no file ends with {ending}"))
    }

    /// Puts other bytes in the place of a file, and their hash and size into the manifest: a model that claims to be whole.
    fn replace(&self, ending: &str, bytes: &[u8]) {
        let (file, manifest) = (self.file(ending), self.file("manifest.toml"));
        let before = fs::read(&file).unwrap();
        let text = fs::read_to_string(&manifest).unwrap();
        let text = text.replace(&sha256(&before), &sha256(bytes));
        let text = text.replace(&format!("bytes = {}\n", before.len()), &format!("bytes = {}\n", bytes.len()));
        fs::write(manifest, text).unwrap();
        fs::write(file, bytes).unwrap();
    }

    /// The program refuses the model, says why and prints nothing.
    #[track_caller]
    fn is_refused(&self, message: &str) {
        let run = self.0.run(&["compress", "--model", "model", "prose.md"]).expect(2).says(message);
        assert_eq!(run.out, "");
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[test]
fn a_copy_of_the_embedded_model_works() {
    Model::copy().0.run(&["compress", "--model", "model", "prose.md"]).expect(0);
}

#[test]
fn a_folder_without_a_manifest_is_refused() {
    let model = Model::copy();
    fs::remove_file(model.file("manifest.toml")).unwrap();
    model.is_refused("manifest.toml");
    model.0.run(&["compress", "--model", "nowhere", "prose.md"]).expect(2).says("nowhere");
}

#[test]
fn a_manifest_that_is_none_is_refused() {
    let model = Model::copy();
    fs::write(model.file("manifest.toml"), "name = [").unwrap();
    model.is_refused("manifest.toml is no model manifest");
}

#[test]
fn a_missing_file_is_named() {
    let model = Model::copy();
    fs::remove_file(model.file("tokenizer.json")).unwrap();
    model.is_refused("tokenizer.json");
}

#[test]
fn a_damaged_file_is_named_with_both_hashes() {
    let model = Model::copy();
    let file = model.file("q8_0.gguf");
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    model.is_refused("q8_0.gguf is damaged: sha256 is ");
}

#[test]
fn foreign_and_broken_files_never_reach_an_abort() {
    let gguf = fs::read(Model::copy().file("q8_0.gguf")).unwrap();
    let truncated = &gguf[..gguf.len() / 3];
    let header_only = &gguf[..64];
    let cases: [(&str, &[u8]); 9] = [
        ("q8_0.gguf", b"not a GGUF at all"),
        ("q8_0.gguf", b""),
        ("q8_0.gguf", truncated),
        ("q8_0.gguf", header_only),
        // A model, but no adapter.
        ("lora-f16.gguf", &gguf),
        ("lora-f16.gguf", b"GGUF\x03\0\0\0"),
        ("heads.safetensors", b"\xff\xff\xff\xff\xff\xff\xff\x7f{}"),
        ("heads.safetensors", b""),
        ("tokenizer.json", b"{}"),
    ];
    for (ending, bytes) in cases {
        let model = Model::copy();
        model.replace(ending, bytes);
        let run = model.0.run(&["compress", "--model", "model", "prose.md"]).expect(2);
        assert_eq!(run.out, "", "{ending}");
        assert!(run.err.starts_with("compression-layer: "), "{ending}: {}", run.err);
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_named() {
    let scratch = Scratch::with(&[("prose.md", PROSE.as_bytes()), ("taken", b"a file")]);
    let mut command = scratch.command();
    command.args(["compress", "prose.md"]).env("COMPRESSION_LAYER_CACHE", scratch.path().join("taken/cache"));
    let run = finish(command, "").expect(2).says("COMPRESSION_LAYER_CACHE");
    assert_eq!(run.out, "");
}

#[test]
fn a_damaged_cache_is_replaced() {
    let scratch = Scratch::with(&[("prose.md", PROSE.as_bytes())]);
    let run = || {
        let mut command = scratch.command();
        command.args(["compress", "prose.md"]).env("COMPRESSION_LAYER_CACHE", scratch.path().join("cache"));
        finish(command, "").expect(0).out
    };
    let first = run();
    let mut folders = vec![scratch.path().join("cache")];
    let mut damaged = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                fs::write(path, b"damaged").unwrap();
                damaged += 1;
            }
        }
    }
    assert!(damaged >= 4, "{damaged} files were unpacked");
    assert_eq!(run(), first);
}

#[test]
fn two_programs_that_start_at_once_are_safe() {
    let scratch = Scratch::with(&[("prose.md", PROSE.as_bytes())]);
    let start = || {
        let mut command = std::process::Command::new(path());
        command.args(["compress", "prose.md"]).current_dir(scratch.path());
        command.env("COMPRESSION_LAYER_CACHE", scratch.path().join("cache")).stdout(std::process::Stdio::piped());
        command.spawn().unwrap()
    };
    let outputs = [start(), start(), start()].map(|child| child.wait_with_output().unwrap());
    for output in &outputs {
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(output.stdout, outputs[0].stdout);
    }
}
