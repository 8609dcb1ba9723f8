//! The manifest: everything that is known of a model, and the only place that knows it.

use std::path::Path;

use serde::Deserialize;

use super::{ModelError, hex_sha256};

/// Its name within the folder.
pub(crate) const FILE: &str = "manifest.toml";

/// Contents of `manifest.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name of the model, with its version.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// The files, by role.
    #[serde(rename = "file")]
    pub files: Vec<File>,
    /// How the encoder is run.
    pub encoder: EncoderFacts,
    /// How its states become decisions.
    pub tagger: TaggerFacts,
    /// How well it did, for people; read by nobody here.
    #[serde(default)]
    pub evaluation: toml::Table,
}

/// One file of a model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What it is for.
    pub role: Role,
    /// Its name within the folder.
    pub name: String,
    /// In hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// SPDX expression.
    pub licence: String,
    /// Where it comes from.
    pub origin: String,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The base encoder, GGUF.
    Encoder,
    /// The compression adapter, LoRA in GGUF.
    Adapter,
    /// The two heads, safetensors.
    Heads,
    /// The tokenizer, for the `tokenizers` crate.
    Tokenizer,
}

/// How the encoder is run.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EncoderFacts {
    /// Values in a hidden state.
    pub width: usize,
    /// Tokens in the largest window, special ones included.
    pub window: usize,
    /// Tokens of a window that are judged in it; the others are context.
    pub stride: usize,
    /// Id before the first token.
    pub first_token: u32,
    /// Id after the last token.
    pub last_token: u32,
    /// Factor on the adapter's scale alpha / rank.
    pub adapter_scale: f32,
}

/// How hidden states become decisions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaggerFacts {
    /// Class of the keep head that means keep.
    pub keep_class: usize,
    /// What the classes of the symbol head put before a kept word; empty for nothing or for what has no symbol.
    pub symbols: Vec<String>,
    /// Least probability of a symbol to be written.
    pub symbol_threshold: f32,
    /// Least keep probability of a word of prose that stays at `balanced` without a budget.
    pub keep_threshold: f32,
    /// The same for comments and docstrings.
    pub comment_threshold: f32,
    /// The same at `tight`.
    pub tight_threshold: f32,
}

impl Manifest {
    /// Reads `folder/manifest.toml`.
    ///
    /// # Errors
    /// A file that cannot be read or is no consistent manifest.
    pub fn read(folder: &Path) -> Result<Self, ModelError> {
        let path = folder.join(FILE);
        let text = std::fs::read_to_string(&path).map_err(|source| ModelError::Read { path: path.clone(), source })?;
        Self::parse(&text, &path)
    }

    /// Parses a manifest; `path` is for messages.
    ///
    /// # Errors
    /// No consistent manifest.
    pub(crate) fn parse(text: &str, path: &Path) -> Result<Self, ModelError> {
        let manifest: Self = toml::from_str(text)
            .map_err(|source| ModelError::Manifest { path: path.to_owned(), source: Box::new(source) })?;
        match manifest.contradiction() {
            None => Ok(manifest),
            Some(reason) => Err(ModelError::Inconsistent { path: path.to_owned(), reason }),
        }
    }

    /// The file of a role.
    ///
    /// # Panics
    /// Never: a parsed manifest has one file of each role.
    #[must_use]
    pub fn file(&self, role: Role) -> &File {
        self.files.iter().find(|file| file.role == role).expect("checked when parsed")
    }

    /// sha256 over the hashes of all files, in order: names the model in receipts.
    #[must_use]
    pub fn hash(&self) -> String {
        let all: String = self.files.iter().map(|file| file.sha256.as_str()).collect();
        hex_sha256(all.as_bytes())
    }

    fn contradiction(&self) -> Option<String> {
        for role in [Role::Encoder, Role::Adapter, Role::Heads, Role::Tokenizer] {
            let count = self.files.iter().filter(|file| file.role == role).count();
            if count != 1 {
                return Some(format!("{count} files have the role {role:?}, not one"));
            }
        }
        if let Some(file) = self.files.iter().find(|file| file.name.contains(['/', '\\']) || file.name == "..") {
            return Some(format!("file name `{}` leaves the folder", file.name));
        }
        let EncoderFacts { window, stride, .. } = self.encoder;
        if stride == 0 || stride + 2 > window {
            return Some(format!("stride {stride} does not fit a window of {window} with two special tokens"));
        }
        if self.tagger.keep_class > 1 {
            return Some(format!("keep_class is {}, not 0 or 1", self.tagger.keep_class));
        }
        let TaggerFacts { keep_threshold, comment_threshold, tight_threshold, symbol_threshold, .. } = self.tagger;
        [keep_threshold, comment_threshold, tight_threshold, symbol_threshold]
            .into_iter()
            .find(|threshold| !(0.0..=1.0).contains(threshold))
            .map(|threshold| format!("threshold {threshold} is not in [0, 1]"))
    }
}
