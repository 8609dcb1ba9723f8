//! Models: a folder with a manifest, checked by hash before anything is loaded.
//!
//! Invariants
//! - no byte of a model file reaches native code before its sha256 was compared with the manifest
//!   (`tests/cli`: a wrong hash is refused);
//! - only the manifest knows the numbers of a model: thresholds, labels, scale, window (`tests::the_embedded_manifest_is_whole`);
//! - the cache is written beside, synced and renamed, so that two processes starting at once both find whole files
//!   (`unpack::tests`).
//!
//! Deliberately absent: downloads.

pub mod certificate;
pub(crate) mod gguf;
pub mod manifest;
pub mod unpack;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub use manifest::Manifest;

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

impl ModelSource {
    /// The folder with every file in place and checked, and its manifest.
    ///
    /// # Errors
    /// A manifest that cannot be read, a file that is missing or has another hash, a cache that cannot be written.
    pub fn open(&self) -> Result<(PathBuf, Manifest), ModelError> {
        match self {
            Self::Embedded { cache } => unpack::embedded(cache),
            Self::Folder(folder) => {
                let manifest = Manifest::read(folder)?;
                for file in &manifest.files {
                    verify(&folder.join(&file.name), &file.sha256)?;
                }
                Ok((folder.clone(), manifest))
            }
        }
    }

    /// sha256 of the bytes of the manifest, in hexadecimal: another one says that the folder holds another model. `None`
    /// where it cannot be read, and for the embedded model, which never changes.
    #[must_use]
    pub fn fingerprint(&self) -> Option<String> {
        match self {
            Self::Embedded { .. } => None,
            Self::Folder(folder) => Some(hex_sha256(&std::fs::read(folder.join(manifest::FILE)).ok()?)),
        }
    }
}

/// Compares a file with its hash.
pub(crate) fn verify(path: &Path, sha256: &str) -> Result<(), ModelError> {
    let bytes = std::fs::read(path).map_err(|source| ModelError::Read { path: path.to_owned(), source })?;
    let found = hex_sha256(&bytes);
    if found == sha256 {
        Ok(())
    } else {
        Err(ModelError::Hash { path: path.to_owned(), expected: sha256.to_owned(), found })
    }
}

/// The sha256 of some bytes, in hexadecimal.
pub(crate) fn hex_sha256(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(hex, "{byte:02x}").expect("a string takes every write");
    }
    hex
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file cannot be read.
    #[error("cannot read {}: check the path, or leave out --model to use the embedded model", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A manifest that is no manifest.
    #[error("{} is no model manifest", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// Where it is wrong.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A manifest whose parts contradict each other.
    #[error("{}: {reason}", path.display())]
    Inconsistent {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// A file with other bytes than the manifest says.
    #[error("{} is damaged: sha256 is {found}, the manifest says {expected}; fetch the file again", path.display())]
    Hash {
        /// The file.
        path: PathBuf,
        /// From the manifest.
        expected: String,
        /// Of the file.
        found: String,
    },
    /// The cache cannot be written.
    #[error("cannot unpack the model into {}: free some space or name another folder with COMPRESSION_LAYER_CACHE", path.display())]
    Unpack {
        /// The file or folder that failed.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file that the runtime or the tokenizer does not take.
    #[error("{} is no model for this: {reason}. Check --model, or leave it out to use the embedded model", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// What was said of it.
        reason: String,
    },
    /// A model that loads, but whose answers are of no use.
    #[error("the model `{name}` failed on a text that every model must manage: {reason}. Use another model")]
    Probe {
        /// Its name in the manifest.
        name: String,
        /// What was wrong.
        reason: String,
    },
    /// The CPU is too old.
    #[error(
        "this CPU lacks {missing}, which the model's runtime needs: use --engine structural, or build from source with GGML_AVX2=OFF GGML_FMA=OFF GGML_F16C=OFF GGML_BMI2=OFF"
    )]
    Cpu {
        /// The missing instruction sets.
        missing: String,
    },
    /// The system gave no thread.
    #[error("no thread for the model")]
    Lane {
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

#[cfg(test)]
mod tests;
