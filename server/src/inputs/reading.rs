//! Reads an input as text.
//!
//! Invariants
//! - memory is bounded: what is longer than the limit is refused, also where a size is not known before, as with a pipe;
//! - a binary file is refused after its first block, whatever its size.

use std::fs::File;
use std::io::{self, Read};

use compressor::error::CompressError;
use compressor::pipeline::decode;

use super::{Input, Source};

/// The most bytes of one text. The pipeline has limits of its own; this one keeps `/dev/zero` out of memory.
const LIMIT: u64 = 1 << 30;

/// What is looked at before the rest is read.
const FIRST_BLOCK: u64 = 1 << 16;

/// Why an input is no text.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("cannot be read")]
    Io(#[from] io::Error),
    #[error("longer than {} MB: split it", LIMIT >> 20)]
    TooLong,
    #[error(transparent)]
    NoText(#[from] CompressError),
}

impl Input {
    /// The whole text; a byte order mark stays in it.
    pub fn read(&self) -> Result<String, ReadError> {
        match &self.source {
            Source::Stdin => read(io::stdin().lock()),
            Source::File { path, .. } => read(File::open(path)?),
        }
    }
}

fn read(mut from: impl Read) -> Result<String, ReadError> {
    let mut bytes = Vec::new();
    from.by_ref().take(FIRST_BLOCK).read_to_end(&mut bytes)?;
    if let Some(offset) = memchr::memchr(0, &bytes) {
        return Err(CompressError::Binary { offset }.into());
    }
    from.take(LIMIT + 1 - FIRST_BLOCK).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(ReadError::TooLong);
    }
    decode(&bytes)?;
    Ok(String::from_utf8(bytes).expect("`decode` accepts UTF-8 only"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_endless_binary_is_refused_at_once() {
        assert!(matches!(read(io::repeat(0)), Err(ReadError::NoText(CompressError::Binary { offset: 0 }))));
    }

    #[test]
    fn a_byte_order_mark_and_carriage_returns_stay() {
        let text = "\u{feff}a\r\nb";
        assert_eq!(read(text.as_bytes()).unwrap(), text);
    }

    #[test]
    fn wrong_bytes_are_placed() {
        let text = b"one\ntwo \xff three";
        let Err(ReadError::NoText(error)) = read(text.as_slice()) else { panic!("accepted") };
        assert!(error.to_string().contains("offset 8 (line 2)"), "{error}");
    }
}
