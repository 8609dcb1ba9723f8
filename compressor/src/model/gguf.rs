//! The metadata of a GGUF file, as far as it says what the file is: read before native code sees the file.
//!
//! Source: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>, versions 2 and 3.
//!
//! Invariants
//! - no length in a file is believed: what is not there is an error, and nothing is allocated for it
//!   (`tests::broken_files_are_told`).
//!
//! Deliberately absent: tensors, and writing.

use std::path::Path;

use super::ModelError;

/// The text value of a key.
///
/// # Errors
/// A file that cannot be read, that is no GGUF file, or whose metadata breaks off or lacks the key.
pub(crate) fn text_value(path: &Path, key: &str) -> Result<String, ModelError> {
    let bytes = std::fs::read(path).map_err(|source| ModelError::Read { path: path.to_owned(), source })?;
    let refused = |reason: String| ModelError::Refused { path: path.to_owned(), reason };
    if !bytes.starts_with(MAGIC) {
        return Err(refused("it is no GGUF file".to_owned()));
    }
    find(&bytes, key).ok_or_else(|| refused(format!("a GGUF file, but broken or without `{key}`")))
}

const MAGIC: &[u8] = b"GGUF";

/// Kinds of values, by their number in the file.
const TEXT: u32 = 8;
const LIST: u32 = 9;

fn find(bytes: &[u8], key: &str) -> Option<String> {
    let mut rest = Reader(bytes.strip_prefix(MAGIC)?);
    let version = rest.u32()?;
    if !(2..=3).contains(&version) {
        return None;
    }
    let _tensors = rest.u64()?;
    for _ in 0..rest.u64()? {
        let found = rest.text()? == key.as_bytes();
        let kind = rest.u32()?;
        if found {
            return (kind == TEXT).then(|| rest.text())?.map(|text| String::from_utf8_lossy(text).into_owned());
        }
        rest.skip(kind)?;
    }
    None
}

/// What is not read yet.
struct Reader<'bytes>(&'bytes [u8]);

impl<'bytes> Reader<'bytes> {
    fn take(&mut self, length: u64) -> Option<&'bytes [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn text(&mut self) -> Option<&'bytes [u8]> {
        let length = self.u64()?;
        self.take(length)
    }

    /// Passes over a value.
    fn skip(&mut self, kind: u32) -> Option<()> {
        match kind {
            TEXT => drop(self.text()?),
            LIST => {
                let (kind, count) = (self.u32()?, self.u64()?);
                if kind == TEXT {
                    for _ in 0..count {
                        self.text()?;
                    }
                } else {
                    self.take(width(kind)?.checked_mul(count)?)?;
                }
            }
            kind => drop(self.take(width(kind)?)?),
        }
        Some(())
    }
}

/// Bytes of a number or a truth value.
fn width(kind: u32) -> Option<u64> {
    match kind {
        0 | 1 | 7 => Some(1),
        2 | 3 => Some(2),
        4..=6 => Some(4),
        10..=12 => Some(8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &[u8] = include_bytes!("../../../models/embedded/minilm-l6-v2-q8_0.gguf");

    #[test]
    fn what_a_file_is_can_be_read() {
        assert_eq!(find(MODEL, "general.architecture").as_deref(), Some("bert"));
        assert_eq!(find(MODEL, "bert.block_count"), None, "a number");
        assert_eq!(find(MODEL, "no.such.key"), None);
    }

    #[test]
    fn broken_files_are_told() {
        for length in 0..200 {
            assert_eq!(find(&MODEL[..length], "no.such.key"), None);
        }
        let header = |version: u32, entries: u64, rest: &[u8]| {
            [MAGIC, &version.to_le_bytes(), &[0; 8], &entries.to_le_bytes(), rest].concat()
        };
        assert_eq!(find(&header(3, u64::MAX, &[0xff; 64]), "a"), None);
        assert_eq!(find(&header(1, 1, &[0; 64]), "a"), None);
        // An endless list of texts.
        let list = [&[0; 8][..], &LIST.to_le_bytes(), &TEXT.to_le_bytes(), &[0xff; 8]].concat();
        assert_eq!(find(&header(3, 2, &list), "a"), None);
    }
}
