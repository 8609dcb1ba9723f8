//! What the benches share: data, real files, encoders that are watched, numbers and tables.
//!
//! A bench prints a Markdown table and, above it, the machine; what it lacks it names in a line that begins `skipped:`.
//! Every choice is made by a seed, so that two runs measure the same texts.

pub mod arguments;
pub mod baselines;
pub mod busy;
pub mod draft;
pub mod encoders;
pub mod hotpot;
pub mod kept;
pub mod logs;
pub mod machine;
pub mod random;
pub mod selections;
pub mod session;
pub mod signatures;
pub mod sources;
pub mod statistics;
pub mod vitals;

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use compressor::engine::{Cancel, Encoder};
use compressor::model::ModelSource;
use compressor::pipeline::{Compressed, Compressor, Document, Runtime};
use compressor::policy::Policy;

/// The folder with the development data, from `COMPRESSION_LAYER_DATA`.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    std::env::var_os("COMPRESSION_LAYER_DATA").map(PathBuf::from).filter(|folder| folder.is_dir())
}

/// Cargo's target folder, found from the path of the running bench: `target/release/deps/NAME`.
///
/// # Panics
/// When run from elsewhere.
#[must_use]
pub fn target_folder() -> PathBuf {
    let program = std::env::current_exe().expect("the system tells the path of the program");
    program.ancestors().nth(3).expect("cargo puts benches into target/release/deps").to_owned()
}

/// The embedded model, unpacked for the benches.
#[must_use]
pub fn model() -> ModelSource {
    ModelSource::Embedded { cache: std::env::temp_dir().join("compression-layer-bench") }
}

/// A compressor with the embedded model on every core.
#[must_use]
pub fn compressor() -> Compressor {
    Compressor::new(model(), runtime())
}

/// A compressor whose hidden states come from another encoder.
///
/// # Panics
/// Where the embedded model cannot be unpacked.
#[must_use]
pub fn compressor_with(encoder: Box<dyn Encoder>) -> Compressor {
    Compressor::with_encoder(model(), runtime(), encoder).expect("the embedded model is whole")
}

/// Compresses a text.
///
/// # Panics
/// Where a text cannot be compressed.
#[must_use]
pub fn compress(compressor: &Compressor, document: &Document<'_>, policy: &Policy) -> Compressed {
    compressor.compress(document, policy, &Cancel::new()).expect("real texts can be compressed")
}

/// A text without a name.
#[must_use]
pub fn unnamed(text: &str) -> Document<'_> {
    Document { text, name: None, language: None }
}

fn runtime() -> Runtime {
    Runtime { lanes: machine::cores(), clock }
}

/// Time since the first call.
fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
