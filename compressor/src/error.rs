//! What keeps a text from being compressed at all. What is merely wrong with the text is a note in the receipt.

use crate::engine::EngineError;
use crate::model::ModelError;

/// Why a text was not compressed.
#[derive(Debug, thiserror::Error)]
pub enum CompressError {
    /// The bytes are not UTF-8.
    #[error(
        "not UTF-8: the byte at offset {offset} (line {line}) starts no character; convert the text first, for example with iconv"
    )]
    InvalidUtf8 {
        /// Offset of the first byte that is wrong.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// The bytes are those of a program or an image.
    #[error("binary: a zero byte at offset {offset}; only text can be compressed")]
    Binary {
        /// Offset of the first zero byte.
        offset: usize,
    },
    /// The text is larger than one run may hold in memory.
    #[error(
        "text has {bytes} bytes but at most {limit} are compressed at once at level {level}: split it, or use level safe"
    )]
    TooLarge {
        /// Size of the text.
        bytes: usize,
        /// Largest size at this level.
        limit: usize,
        /// Name of the level.
        level: &'static str,
    },
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// No model could be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The model failed while working.
    #[error(transparent)]
    Engine(EngineError),
}
