//! Compressors with the embedded model, and with stand-ins that answer at random.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use compressor::engine::scripted::Scripted;
use compressor::engine::{Adapter, Cancel, Encoder, EngineError, Sink};
use compressor::model::ModelSource;
use compressor::pipeline::{Compressed, Compressor, Document, Runtime};
use compressor::policy::Policy;

/// Stand-ins, each of which answers in another way.
const SEEDS: u64 = 6;

fn source() -> ModelSource {
    ModelSource::Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/embedded"))
}

fn runtime(lanes: usize) -> Runtime {
    Runtime { lanes: NonZeroUsize::new(lanes).unwrap(), clock: || Duration::ZERO }
}

/// The embedded model, not loaded yet.
pub fn embedded(lanes: usize) -> Compressor {
    Compressor::new(source(), runtime(lanes))
}

/// A stand-in of its own.
pub fn scripted(seed: u64) -> Compressor {
    // Size of the embedded model's states and windows: its heads read them.
    let encoder = Restless(Scripted { width: 384, window: 256, seed });
    Compressor::with_encoder(source(), runtime(1), Box::new(encoder)).unwrap()
}

/// One of the stand-ins that all tests share, by any number.
pub fn shared(number: usize) -> &'static Compressor {
    static SHARED: LazyLock<Vec<Compressor>> = LazyLock::new(|| (0..SEEDS).map(scripted).collect());
    &SHARED[number % SHARED.len()]
}

/// Compresses a text without a name.
#[track_caller]
pub fn compress(compressor: &Compressor, text: &str, policy: &Policy) -> Compressed {
    compressor.compress(&document(text), policy, &Cancel::new()).unwrap()
}

/// A text without a name.
pub fn document(text: &str) -> Document<'_> {
    Document { text, name: None, language: None }
}

/// Judges a word anew at each place of a window: a stand-in that is never of one mind.
struct Restless(Scripted);

impl Encoder for Restless {
    fn width(&self) -> usize {
        self.0.width
    }

    fn window(&self) -> usize {
        self.0.window
    }

    fn encode(
        &self,
        windows: &[Vec<u32>],
        adapter: Adapter,
        cancel: &Cancel,
        sink: &mut Sink<'_>,
    ) -> Result<(), EngineError> {
        let placed: Vec<Vec<u32>> =
            windows.iter().map(|ids| (0..).zip(ids).map(|(place, id)| id ^ (place << 16)).collect()).collect();
        self.0.encode(&placed, adapter, cancel, sink)
    }
}
