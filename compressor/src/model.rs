//! Models: manifest, files, hashes.

use std::path::PathBuf;

/// Where a model comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelSource {
    /// The model within the binary, unpacked into a cache folder when first needed.
    Embedded {
        /// The user's cache folder.
        cache: PathBuf,
    },
    /// A folder with a `manifest.toml`.
    Folder(PathBuf),
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {}
