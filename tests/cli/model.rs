//! A copy of the embedded model, to be broken.

use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::program::{Scratch, embedded_model};

/// Text that only the tagger shortens.
pub const PROSE: &str = "In order to be able to make use of the package, you will basically need to make sure that it has \
    actually been installed on the machine, which is something that most people tend to forget about.\n";

/// A copy of the embedded model to break.
pub struct Model(pub Scratch);

impl Model {
    pub fn copy() -> Self {
        let scratch = Scratch::with(&[("prose.md", PROSE.as_bytes())]);
        fs::create_dir(scratch.path().join("model")).unwrap();
        for entry in fs::read_dir(embedded_model()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), scratch.path().join("model").join(entry.file_name())).unwrap();
        }
        Self(scratch)
    }

    pub fn file(&self, ending: &str) -> PathBuf {
        let files = fs::read_dir(self.0.path().join("model")).unwrap();
        let found = files.map(|entry| entry.unwrap().path()).find(|path| path.to_str().unwrap().ends_with(ending));
        found.unwrap_or_else(|| panic!("no file ends with {ending}"))
    }

    /// Puts other bytes in the place of a file, and their hash and size into the manifest: a model that claims to be whole.
    pub fn replace(&self, ending: &str, bytes: &[u8]) {
        let (file, manifest) = (self.file(ending), self.file("manifest.toml"));
        let before = fs::read(&file).unwrap();
        let text = fs::read_to_string(&manifest).unwrap();
        let text = text.replace(&sha256(&before), &sha256(bytes));
        let text = text.replace(&format!("bytes = {}\n", before.len()), &format!("bytes = {}\n", bytes.len()));
        fs::write(manifest, text).unwrap();
        fs::write(file, bytes).unwrap();
    }

    /// The program refuses the model, says why and prints nothing.
    #[track_caller]
    pub fn is_refused(&self, message: &str) {
        let run = self.0.run(&["compress", "--model", "model", "prose.md"]).expect(2).says(message);
        assert_eq!(run.out, "");
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
