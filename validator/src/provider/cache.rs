//! Answers that were paid for, on the disk: one file each, named by a hash over everything that changes the answer.
//!
//! A file is written beside its place and renamed into it, so that a run that is killed leaves a whole answer or none, and
//! several runs may share a folder.
//!
//! Invariants
//! - whatever changes the answer changes the name (`tests::whatever_changes_the_answer_changes_the_key`);
//! - a file that is cut off or not ours is no answer, and is replaced (`tests::a_broken_file_is_no_answer`);
//! - no key is in it
//!   (`provider::tests::keys::no_key_is_in_the_cache_an_error_or_an_address`).
//!
//! Deliberately absent: deleting. The folder may be deleted at any time; its answers are then paid for again.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cost::Usd;
use super::{Answer, Stop, Usage};

/// Goes up when answers of before can no longer be used.
const VERSION: &str = "1";

/// What an answer is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of what is sent: where to, the body, which of several samples, and the version of the prompt. The body holds
    /// model, texts, limit, temperature and schema as the provider gets them.
    #[must_use]
    pub fn of(url: &str, body: &[u8], sample: u32, prompt_version: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [VERSION.as_bytes(), url.as_bytes(), body, &sample.to_le_bytes(), prompt_version.as_bytes()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// A number that differs from key to key.
    pub(super) fn number(self) -> u64 {
        self.0.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }

    fn hexadecimal(self) -> String {
        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// The folder.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// What stands in a file.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    model: String,
    text: String,
    usage: Usage,
    stop: Stop,
    nano_usd: u64,
    milliseconds: f64,
}

impl Cache {
    /// The cache in a folder, which is made when it is written to.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The answer, if it is there.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<Answer> {
        let entry: Entry = serde_json::from_slice(&std::fs::read(self.path(key)).ok()?).ok()?;
        Some(Answer {
            text: entry.text,
            usage: entry.usage,
            stop: entry.stop,
            cost: Usd::of_nano(entry.nano_usd),
            latency: Duration::try_from_secs_f64(entry.milliseconds / 1e3).unwrap_or_default(),
            from_cache: true,
        })
    }

    /// Keeps an answer.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn put(&self, key: Key, model: &str, answer: &Answer) -> io::Result<()> {
        let entry = Entry {
            model: model.to_owned(),
            text: answer.text.clone(),
            usage: answer.usage,
            stop: answer.stop,
            nano_usd: answer.cost.nano(),
            milliseconds: answer.latency.as_secs_f64() * 1e3,
        };
        let path = self.path(key);
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(&entry)?)?;
        file.persist(path)?;
        Ok(())
    }

    /// 256 folders, so that none holds too many files.
    fn path(&self, key: Key) -> PathBuf {
        let name = key.hexadecimal();
        let (front, rest) = name.split_at(2);
        self.folder.join(front).join(format!("{rest}.json"))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn answer() -> Answer {
        Answer {
            text: "four".to_owned(),
            usage: Usage { input: 12, output: 3, cached: 4 },
            stop: Stop::End,
            cost: Usd::of_nano(77),
            latency: Duration::from_millis(1250),
            from_cache: false,
        }
    }

    #[test]
    fn what_was_kept_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("answers"));
        let key = Key::of("https://host/v1", b"{}", 0, "1");
        assert_eq!(cache.get(key), None);
        cache.put(key, "openai/gpt-4o", &answer()).unwrap();
        let back = cache.get(key).unwrap();
        assert_eq!(back, Answer { from_cache: true, ..answer() });
        assert_eq!((back.paid(), answer().paid()), (Usd::ZERO, Usd::of_nano(77)));
    }

    #[test]
    fn whatever_changes_the_answer_changes_the_key() {
        let keys = [
            Key::of("https://host/v1", b"{}", 0, "1"),
            Key::of("https://host/v2", b"{}", 0, "1"),
            Key::of("https://host/v1", b"{ }", 0, "1"),
            Key::of("https://host/v1", b"{}", 1, "1"),
            Key::of("https://host/v1", b"{}", 0, "2"),
            // The same bytes in a row, cut elsewhere.
            Key::of("https://host/v", b"1{}", 0, "1"),
        ];
        let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }

    #[test]
    fn a_broken_file_is_no_answer() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().to_owned());
        let key = Key::of("https://host/v1", b"{}", 0, "1");
        cache.put(key, "openai/gpt-4o", &answer()).unwrap();
        let path = cache.path(key);
        let whole = std::fs::read(&path).unwrap();
        for end in [0, 1, whole.len() / 2, whole.len() - 1] {
            std::fs::write(&path, &whole[..end]).unwrap();
            assert_eq!(cache.get(key), None, "{end} bytes");
        }
        cache.put(key, "openai/gpt-4o", &answer()).unwrap();
        assert!(cache.get(key).is_some());
    }
}
