//! Originals in a folder: a file each, named after the whole hash.
//!
//! Whoever writes a file holds a lock on it until it has its final name. The lock ends with its process, however that ends:
//! an unfinished file without a lock belongs to nobody.

use std::fs::{DirBuilder, File, FileTimes, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::{StoreError, WHOLE, only};
use crate::model::hex_sha256;

pub(super) struct Folder {
    path: PathBuf,
    size: Mutex<Size>,
    /// What was written and not synced yet.
    unsynced: Mutex<Vec<PathBuf>>,
}

/// What this process knows of the size of the folder.
struct Size {
    /// Bytes at the last look and what was added since.
    bytes: u64,
    /// Bytes added since the last look.
    added: u64,
}

/// A stored file.
struct Entry {
    path: PathBuf,
    bytes: u64,
    modified: SystemTime,
}

/// Beginning of the names of unfinished files.
const UNFINISHED: &str = "unfinished-";
/// The folder is looked at anew, and room is made, in such parts of the limit.
const PARTS: u64 = 16;
/// How often a file that another process took for a leftover is written again.
const TRIES: usize = 10;

impl Folder {
    pub(super) fn open(path: PathBuf) -> Result<Self, StoreError> {
        let folder = Self { path, size: Mutex::new(Size { bytes: 0, added: 0 }), unsynced: Mutex::default() };
        folder.make().map_err(|source| failed(&folder.path, source))?;
        folder.remove_leftovers().map_err(|source| failed(&folder.path, source))?;
        let entries = folder.entries().map_err(|source| failed(&folder.path, source))?;
        folder.size.lock().unwrap_or_else(PoisonError::into_inner).bytes = sum(&entries);
        Ok(folder)
    }

    pub(super) fn put(&self, hash: &str, text: &str, limit: u64) -> Result<(), StoreError> {
        let path = self.path.join(hash);
        if is_whole(&path, hash) {
            self.touch(&path);
            return Ok(());
        }
        self.write(&path, text).map_err(|source| failed(&path, source))?;
        let mut size = self.size.lock().unwrap_or_else(PoisonError::into_inner);
        size.bytes += text.len() as u64;
        size.added += text.len() as u64;
        if size.bytes > limit || size.added > limit / PARTS {
            size.bytes = self.make_room(limit, &path).map_err(|source| failed(&self.path, source))?;
            size.added = 0;
        }
        Ok(())
    }

    pub(super) fn get(&self, handle: &str) -> Result<String, StoreError> {
        let name = if handle.len() == WHOLE {
            handle.to_owned()
        } else {
            let names = self.names().map_err(|source| failed(&self.path, source))?;
            only(names.into_iter().filter(|name| name.starts_with(handle)), handle)?
        };
        let path = self.path.join(&name);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(StoreError::Unknown { handle: handle.to_owned() });
            }
            Err(source) => return Err(failed(&path, source)),
        };
        let whole = hex_sha256(&bytes) == name;
        let Some(text) = String::from_utf8(bytes).ok().filter(|_| whole) else {
            std::fs::remove_file(&path).map_err(|source| failed(&path, source))?;
            return Err(StoreError::Damaged { handle: handle.to_owned() });
        };
        self.touch(&path);
        Ok(text)
    }

    /// Makes the folder, for the user alone.
    fn make(&self) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.path)
    }

    /// Brings what was written onto the disk.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        let paths = std::mem::take(&mut *self.unsynced.lock().unwrap_or_else(PoisonError::into_inner));
        for path in paths {
            match File::open(&path).and_then(|file| file.sync_all()) {
                Ok(()) => {}
                // It was the oldest meanwhile, and made room.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(source) => return Err(failed(&path, source)),
            }
        }
        Ok(())
    }

    /// Writes a file beside and gives it its name.
    fn write(&self, path: &Path, text: &str) -> io::Result<()> {
        let mut tries = TRIES;
        loop {
            let written = self.unfinished().and_then(|mut beside| {
                beside.write_all(text.as_bytes())?;
                Ok(beside.persist(path)?)
            });
            match written {
                Ok(_) => {
                    self.unsynced.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
                    return Ok(());
                }
                // Between its making and its lock it was taken for a leftover, or the folder was removed.
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::WouldBlock) && tries > 0 => {
                    tries -= 1;
                    self.make()?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// A new file, locked, that the user alone can read.
    fn unfinished(&self) -> io::Result<tempfile::NamedTempFile> {
        let beside = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.path)?;
        match beside.as_file().try_lock() {
            Err(TryLockError::WouldBlock) => Err(ErrorKind::WouldBlock.into()),
            // Where the file system knows no locks, none is removed either.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(beside),
        }
    }

    fn remove_leftovers(&self) -> io::Result<()> {
        for entry in std::fs::read_dir(&self.path)? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                continue;
            }
            // One that is gone meanwhile was finished.
            let Ok(file) = File::options().read(true).write(true).open(entry.path()) else { continue };
            if file.try_lock().is_ok() {
                // It may have got its final name a moment ago: then there is nothing to remove.
                let _ = std::fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    /// Removes the oldest files, but not the one just written, until there is room for a while; gives the bytes left.
    fn make_room(&self, limit: u64, newest: &Path) -> io::Result<u64> {
        let mut entries = self.entries()?;
        let mut bytes = sum(&entries);
        if bytes <= limit {
            return Ok(bytes);
        }
        entries.sort_by(|a, b| a.modified.cmp(&b.modified).then_with(|| a.path.cmp(&b.path)));
        for entry in entries.into_iter().filter(|entry| entry.path != newest) {
            if bytes <= limit - limit / PARTS {
                break;
            }
            match std::fs::remove_file(&entry.path) {
                Ok(()) => {}
                // Another process makes room, too.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            bytes -= entry.bytes;
        }
        Ok(bytes)
    }

    /// Makes a file the youngest. The time is that of the file system, told by a new file.
    fn touch(&self, path: &Path) {
        let touched = self.unfinished().and_then(|fresh| {
            let now = fresh.as_file().metadata()?.modified()?;
            File::options().write(true).open(path)?.set_times(FileTimes::new().set_modified(now))
        });
        // What cannot be touched goes sooner than it should; nothing else is wrong.
        drop(touched);
    }

    /// The whole hashes.
    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.path)? {
            if let Ok(name) = entry?.file_name().into_string()
                && is_hash(&name)
            {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn entries(&self) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for name in self.names()? {
            let path = self.path.join(name);
            // One that is gone meanwhile counts nothing.
            let Ok(metadata) = std::fs::symlink_metadata(&path) else { continue };
            if metadata.is_file() {
                entries.push(Entry { path, bytes: metadata.len(), modified: metadata.modified()? });
            }
        }
        Ok(entries)
    }
}

fn failed(path: &Path, source: io::Error) -> StoreError {
    StoreError::File { path: path.to_owned(), source }
}

fn sum(entries: &[Entry]) -> u64 {
    entries.iter().map(|entry| entry.bytes).sum()
}

fn is_hash(name: &str) -> bool {
    name.len() == WHOLE && name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Whether a file is there with the bytes that its name says.
fn is_whole(path: &Path, hash: &str) -> bool {
    std::fs::read(path).is_ok_and(|bytes| hex_sha256(&bytes) == hash)
}
