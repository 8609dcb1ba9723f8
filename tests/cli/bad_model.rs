//! Models that cannot be used: a clear message and code 2, never an abort from native code.

use std::fs;

use crate::model::{Model, PROSE};
use crate::program::{Scratch, finish, path};

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
