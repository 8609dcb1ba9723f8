//! Models: manifest, files, hashes.

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {}
