use std::path::{Path, PathBuf};

use super::*;
use crate::engine::scripted::Scripted;

const LANES: NonZeroUsize = NonZeroUsize::MIN;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/embedded")
}

fn scripted() -> Life {
    let encoder = Scripted { width: 384, window: 256, seed: 1 };
    Life::with_encoder(ModelSource::Folder(folder()), LANES, Box::new(encoder)).expect("the embedded model is whole")
}

#[test]
fn the_state_is_told_while_loading() {
    let life = Life::new(ModelSource::Folder(folder()), LANES);
    assert_eq!(life.state(), ModelState::Unloaded);
    std::thread::scope(|scope| {
        let loader = scope.spawn(|| life.tagger().expect("loads"));
        let mut seen = Vec::new();
        while !loader.is_finished() {
            let state = life.state();
            if seen.last() != Some(&state) {
                seen.push(state);
            }
        }
        assert!(seen.contains(&ModelState::Loading), "{seen:?}");
    });
    assert!(matches!(life.state(), ModelState::Loaded(_)));
}

#[test]
fn work_under_way_outlives_an_unload() {
    let life = scripted();
    let working = life.tagger().expect("there");
    life.unload();
    assert_eq!(life.state(), ModelState::Unloaded);
    assert_eq!(working.scores("still here", &crate::engine::Cancel::new()).expect("works").len(), 2);
    assert_eq!(Arc::strong_count(&working), 1, "nobody else holds it");
    life.unload();
}

#[test]
fn a_model_that_does_not_load_leaves_nothing_behind() {
    let empty = tempfile::tempdir().expect("a folder");
    let life = Life::new(ModelSource::Folder(empty.path().to_owned()), LANES);
    for _ in 0..2 {
        assert!(matches!(life.tagger(), Err(CompressError::Model(_))));
        assert_eq!(life.state(), ModelState::Unloaded);
    }
}

#[test]
fn whoever_comes_while_it_loads_gets_the_same() {
    let life = Life::new(ModelSource::Folder(folder()), LANES);
    let taggers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| life.tagger().expect("loads"))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(taggers.iter().all(|tagger| Arc::ptr_eq(tagger, &taggers[0])));
}
