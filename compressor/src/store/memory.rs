//! Originals in memory, for whoever wants nothing on the disk.

use std::collections::BTreeMap;

use super::{StoreError, only};

#[derive(Default)]
pub(super) struct Memory {
    /// By whole hash.
    texts: BTreeMap<String, Kept>,
    /// The hashes, oldest first, by when they were last asked for.
    ages: BTreeMap<u64, String>,
    bytes: u64,
    asked: u64,
}

struct Kept {
    text: String,
    /// 0 before it is in `ages`.
    age: u64,
}

impl Memory {
    pub(super) fn put(&mut self, hash: &str, text: &str, limit: u64) {
        if !self.texts.contains_key(hash) {
            self.bytes += text.len() as u64;
            self.texts.insert(hash.to_owned(), Kept { text: text.to_owned(), age: 0 });
        }
        self.touch(hash);
        while self.bytes > limit
            && let Some((_, oldest)) = self.ages.pop_first()
        {
            let gone = self.texts.remove(&oldest).map_or(0, |kept| kept.text.len());
            self.bytes -= gone as u64;
        }
    }

    pub(super) fn get(&mut self, handle: &str) -> Result<String, StoreError> {
        let names = self.texts.range(handle.to_owned()..).map(|(name, _)| name);
        let name = only(names.take_while(|name| name.starts_with(handle)).cloned(), handle)?;
        self.touch(&name);
        Ok(self.texts[&name].text.clone())
    }

    fn touch(&mut self, hash: &str) {
        self.asked += 1;
        if let Some(kept) = self.texts.get_mut(hash) {
            self.ages.remove(&kept.age);
            kept.age = self.asked;
            self.ages.insert(self.asked, hash.to_owned());
        }
    }
}
