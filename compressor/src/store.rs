//! Originals by the hash of their content, so that a compressed text can be expanded to exactly what it was.
//!
//! Invariants
//! - what is read is what was put, compared by sha256; a damaged file is removed and reported
//!   (`tests::a_damaged_file_is_removed_and_reported`);
//! - a file appears under its final name only when whole: several processes may share the folder, and each of them may be
//!   killed at any moment (`tests::leftovers_of_killed_processes_go`). Syncing waits for the disk and is a call of its own; a
//!   file that a power cut in between left half is one that is damaged;
//! - nobody but the user can read the files (`tests::only_the_user_may_read`);
//! - after a `put` the sum is within the limit, as far as this process knows: what others add is counted again after every
//!   sixteenth of the limit (`tests::the_oldest_go_first`).
//!
//! Deliberately absent: a clock; what is oldest the file system says. And deleting by wish: a user removes the folder.

mod folder;
mod memory;

use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::model::hex_sha256;
use folder::Folder;
use memory::Memory;

/// Originals by content hash. `Send` and `Sync`: share it.
pub struct Store {
    limit: u64,
    place: Place,
}

enum Place {
    Folder(Folder),
    Memory(Mutex<Memory>),
}

/// The name of a stored text: shown as the first 16 hexadecimal digits of its sha256.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Handle(String);

/// Digits of a handle as it is shown.
const SHOWN: usize = 16;
/// Digits of a whole hash.
const WHOLE: usize = 64;

impl Handle {
    fn of(text: &str) -> Self {
        Self(hex_sha256(text.as_bytes()))
    }

    /// The whole hash, 64 hexadecimal digits.
    #[must_use]
    pub fn whole(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0[..SHOWN])
    }
}

/// Why a text was not stored, or not found.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or folder cannot be used.
    #[error("cannot use {} to keep originals: check that the folder is yours and that the disk has room", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A text beyond the limit of the whole store.
    #[error(
        "text has {bytes} bytes but the store of originals holds {limit} in all: raise its limit, or keep the text yourself"
    )]
    TooLarge {
        /// Of the text.
        bytes: u64,
        /// Of the store.
        limit: u64,
    },
    /// Not a handle.
    #[error("a handle has 16 to 64 hexadecimal digits: copy it from the receipt or from the answer that named it")]
    Malformed,
    /// A handle of nothing.
    #[error(
        "no original has the handle {handle}: the oldest are removed when the store is full; compress the text again"
    )]
    Unknown {
        /// As asked for.
        handle: String,
    },
    /// A handle of several texts.
    #[error("several originals begin with {handle}: give more digits of the hash, all 64 at best")]
    Ambiguous {
        /// As asked for.
        handle: String,
    },
    /// The file has other bytes than were put.
    #[error("the original {handle} was damaged on disk and has been removed: compress the text again")]
    Damaged {
        /// As asked for.
        handle: String,
    },
}

impl Store {
    /// A store in a folder, which is made where it is not there; of at most so many bytes of text.
    ///
    /// # Errors
    /// A folder that cannot be made, read or written.
    pub fn open(folder: PathBuf, limit_bytes: u64) -> Result<Self, StoreError> {
        Ok(Self { limit: limit_bytes, place: Place::Folder(Folder::open(folder)?) })
    }

    /// A store that leaves nothing on the disk and ends with the process.
    #[must_use]
    pub fn in_memory(limit_bytes: u64) -> Self {
        Self { limit: limit_bytes, place: Place::Memory(Mutex::default()) }
    }

    /// Keeps a text. One that is already there becomes the youngest.
    ///
    /// # Errors
    /// A text larger than the limit, or a file that cannot be written.
    pub fn put(&self, text: &str) -> Result<Handle, StoreError> {
        let bytes = text.len() as u64;
        if bytes > self.limit {
            return Err(StoreError::TooLarge { bytes, limit: self.limit });
        }
        let handle = Handle::of(text);
        match &self.place {
            Place::Folder(folder) => folder.put(handle.whole(), text, self.limit)?,
            Place::Memory(memory) => {
                memory.lock().unwrap_or_else(PoisonError::into_inner).put(handle.whole(), text, self.limit);
            }
        }
        Ok(handle)
    }

    /// Brings what was put onto the disk, so that it also outlives a power cut. Waits for the disk.
    ///
    /// # Errors
    /// A file that cannot be synced.
    pub fn sync(&self) -> Result<(), StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.sync(),
            Place::Memory(_) => Ok(()),
        }
    }

    /// The text of a handle, of which 16 digits or more are given. It becomes the youngest.
    ///
    /// # Errors
    /// What is no handle, a handle of no text or of several, a file that cannot be read or is damaged.
    pub fn get(&self, handle: &str) -> Result<String, StoreError> {
        let handle = handle.trim().to_ascii_lowercase();
        let is_handle = (SHOWN..=WHOLE).contains(&handle.len()) && handle.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_handle {
            return Err(StoreError::Malformed);
        }
        match &self.place {
            Place::Folder(folder) => folder.get(&handle),
            Place::Memory(memory) => memory.lock().unwrap_or_else(PoisonError::into_inner).get(&handle),
        }
    }
}

/// The only one of several names.
fn only(mut names: impl Iterator<Item = String>, handle: &str) -> Result<String, StoreError> {
    let Some(name) = names.next() else { return Err(StoreError::Unknown { handle: handle.to_owned() }) };
    if names.next().is_some() { Err(StoreError::Ambiguous { handle: handle.to_owned() }) } else { Ok(name) }
}

#[cfg(test)]
mod tests;
