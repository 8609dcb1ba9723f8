//! Unpacks the model within the binary into the user's cache folder, once.
//!
//! Invariants
//! - a file appears under its final name only when whole and synced (`tests::starting_at_once_is_safe`);
//! - a damaged file is replaced (`tests::a_damaged_file_is_replaced`);
//! - the folder is named after the model's hash: two versions never share one.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Manifest, ModelError, verify};

const MANIFEST: &str = include_str!("../../../models/embedded/manifest.toml");
const FILES: [(&str, &[u8]); 4] = [
    ("minilm-l6-v2-q8_0.gguf", include_bytes!("../../../models/embedded/minilm-l6-v2-q8_0.gguf")),
    ("tagger-lora-f16.gguf", include_bytes!("../../../models/embedded/tagger-lora-f16.gguf")),
    ("heads.safetensors", include_bytes!("../../../models/embedded/heads.safetensors")),
    ("tokenizer.json", include_bytes!("../../../models/embedded/tokenizer.json")),
];

/// The manifest within the binary.
///
/// # Panics
/// Never: a test reads it (`model::tests::the_embedded_manifest_is_whole`).
#[must_use]
pub fn manifest() -> Manifest {
    Manifest::parse(MANIFEST, Path::new("embedded manifest.toml")).expect("the embedded manifest is tested")
}

/// The folder of the unpacked model within a cache folder.
#[must_use]
pub fn folder(cache: &Path) -> PathBuf {
    let manifest = manifest();
    cache.join(format!("{}-{}", manifest.name, &manifest.hash()[..12]))
}

/// Unpacks what is missing or damaged, and checks every file.
pub(super) fn embedded(cache: &Path) -> Result<(PathBuf, Manifest), ModelError> {
    let manifest = manifest();
    let folder = folder(cache);
    std::fs::create_dir_all(&folder).map_err(|source| ModelError::Unpack { path: folder.clone(), source })?;
    for file in &manifest.files {
        let path = folder.join(&file.name);
        if verify(&path, &file.sha256).is_ok() {
            continue;
        }
        let bytes = contents(&file.name);
        write_atomically(&folder, &path, bytes).map_err(|source| ModelError::Unpack { path: path.clone(), source })?;
        verify(&path, &file.sha256)?;
    }
    Ok((folder, manifest))
}

fn contents(name: &str) -> &'static [u8] {
    let (_, bytes) = FILES.iter().find(|(known, _)| *known == name).expect("every manifest file is embedded, tested");
    bytes
}

fn write_atomically(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starting_at_once_is_safe() {
        let cache = tempfile::tempdir().expect("a scratch folder");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| embedded(cache.path()).expect("unpacks"));
            }
        });
        let names: Vec<_> = std::fs::read_dir(folder(cache.path()))
            .expect("unpacked")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert_eq!(names.len(), FILES.len(), "nothing but the files: {names:?}");
    }

    #[test]
    fn a_damaged_file_is_replaced() {
        let cache = tempfile::tempdir().expect("a scratch folder");
        let (folder, manifest) = embedded(cache.path()).expect("unpacks");
        let victim = folder.join(&manifest.files[2].name);
        std::fs::write(&victim, b"damaged").expect("writes");
        embedded(cache.path()).expect("mends");
        verify(&victim, &manifest.files[2].sha256).expect("whole again");
    }

    #[test]
    fn every_manifest_file_is_embedded() {
        for file in manifest().files {
            assert_eq!(contents(&file.name).len() as u64, file.bytes, "{}", file.name);
        }
    }
}
