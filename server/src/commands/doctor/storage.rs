//! The folder that the embedded model is unpacked into.

use std::path::Path;

use compressor::model::ModelSource;

use super::{Finding, Subject};

/// The model twice: the old file stays until the new one is whole.
const ENOUGH_DISK_MB: u64 = 100;

const REMEDY: &str = "set COMPRESSION_LAYER_CACHE to a folder that you may write to";

pub(super) fn cache(subject: &Subject<'_>) -> Finding {
    let ModelSource::Embedded { cache } = &subject.source else { return Finding::ok("not used with --model") };
    // A file without a name: it is gone when the check ends, whatever happens.
    match std::fs::create_dir_all(cache).and_then(|()| tempfile::tempfile_in(cache)) {
        Ok(_) => Finding::ok(format!("{} can be written", cache.display())),
        Err(error) => Finding::failed(format!("{} cannot be written: {error}", cache.display()), REMEDY),
    }
}

pub(super) fn disk(subject: &Subject<'_>) -> Finding {
    let ModelSource::Embedded { cache } = &subject.source else { return Finding::ok("not used with --model") };
    match cache.ancestors().find(|folder| folder.is_dir()).and_then(free_mb) {
        None => Finding::ok("free space is not measured here"),
        Some(free) if free >= ENOUGH_DISK_MB => Finding::ok(format!("{free} MB free")),
        Some(free) => Finding::warning(
            format!("{free} MB free, unpacking a model takes up to {ENOUGH_DISK_MB} MB"),
            format!("free some space, or {REMEDY}"),
        ),
    }
}

#[cfg(unix)]
fn free_mb(folder: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(folder).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize) >> 20)
}

#[cfg(not(unix))]
fn free_mb(_: &Path) -> Option<u64> {
    None
}
