//! What the benches share: the data, the compressor, percentiles and tables.

pub mod hotpot;
pub mod squad;

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use compressor::model::ModelSource;
use compressor::pipeline::{Compressor, Runtime};

/// The folder with the development data, from `COMPRESSION_LAYER_DATA`.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    std::env::var_os("COMPRESSION_LAYER_DATA").map(PathBuf::from).filter(|folder| folder.is_dir())
}

/// A compressor with the embedded model on every core.
#[must_use]
pub fn compressor() -> Compressor {
    compressor_with_lanes(std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get))
}

/// A compressor with the embedded model and so many lanes.
///
/// # Panics
/// For no lanes.
#[must_use]
pub fn compressor_with_lanes(lanes: usize) -> Compressor {
    let cache = std::env::temp_dir().join("compression-layer-bench");
    let lanes = std::num::NonZeroUsize::new(lanes).expect("at least one lane");
    Compressor::new(ModelSource::Embedded { cache }, Runtime { lanes, clock })
}

/// Time since the first call.
pub fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// The value below which a share of the values lies; the values are sorted in place.
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = (share * values.len().saturating_sub(1) as f64).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index within the values")]
    values.get(index as usize).copied().unwrap_or(f64::NAN)
}
