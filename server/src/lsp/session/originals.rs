//! Originals: kept by handle, so that every result can be turned back.
//!
//! Deliberately absent: how they are kept, which is the store's matter.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use compressor::store::{Store, StoreError};

use super::lock;

/// What is kept in memory where the user wants nothing on disk.
const IN_MEMORY: u64 = 64 << 20;

/// The store, opened when first needed, and again when its size is set anew.
#[derive(Default)]
pub(crate) struct Originals(Mutex<Option<(u64, Arc<Store>)>>);

impl Originals {
    /// The store of so many megabytes in this folder; in memory if there are none.
    pub(crate) fn store(&self, folder: PathBuf, megabytes: u64) -> Result<Arc<Store>, StoreError> {
        let mut slot = lock(&self.0);
        if let Some((size, store)) = &*slot
            && *size == megabytes
        {
            return Ok(Arc::clone(store));
        }
        let store = match megabytes {
            0 => Store::in_memory(IN_MEMORY),
            _ => Store::open(folder, megabytes.saturating_mul(1 << 20))?,
        };
        let store = Arc::new(store);
        *slot = Some((megabytes, Arc::clone(&store)));
        Ok(store)
    }

    /// Brings what was kept onto the disk: waits for it.
    pub(crate) fn sync(&self) {
        let store = lock(&self.0).as_ref().map(|(_, store)| Arc::clone(store));
        if let Some(Err(error)) = store.map(|store| store.sync()) {
            tracing::warn!(%error, "originals are not on the disk yet");
        }
    }
}
