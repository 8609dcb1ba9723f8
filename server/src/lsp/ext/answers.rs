//! What the server answers, and what it asks a client that knows our methods.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::ls_types::{Range, Uri};

/// A compressed text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Compressed {
    /// The text; empty where it was sent in parts.
    pub(crate) text: String,
    /// What was saved, kept and lost: docs/receipt.schema.json.
    pub(crate) receipt: Value,
    /// The receipt in one line.
    pub(crate) summary: String,
    /// What `compressionLayer/expand` gives the original for; absent where it was not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) handle: Option<String>,
    /// The version of the document that was compressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<i32>,
}

/// A number of tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Counted {
    /// How many.
    pub(crate) tokens: usize,
    /// What counted them.
    pub(crate) tokenizer: String,
    /// Whether the number is exact.
    pub(crate) exact: bool,
}

/// About how long a text is, and would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Estimated {
    /// Its tokens.
    pub(crate) before: usize,
    /// Whether that number is exact.
    pub(crate) exact: bool,
    /// About how many there would be; as many where nothing can be shortened.
    pub(crate) after: usize,
    /// What counted them.
    pub(crate) tokenizer: String,
}

/// A compressed block.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Block {
    /// Where it stands.
    #[schemars(with = "super::questions::LspRange")]
    pub(crate) range: Range,
    /// The version of the document.
    pub(crate) version: i32,
    /// What `compressionLayer/expand` gives the original for; absent where it was not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) handle: Option<String>,
    /// The receipt in one line.
    pub(crate) summary: String,
    /// What was saved, kept and lost: docs/receipt.schema.json.
    pub(crate) receipt: Value,
}

/// An original.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Expanded {
    /// The text, byte for byte.
    pub(crate) text: String,
}

/// A document as the server has it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Document {
    /// Its text.
    pub(crate) text: String,
    /// Its version.
    pub(crate) version: i32,
    /// The language it is taken for, if one is known.
    pub(crate) language: Option<String>,
}

/// What is in the basket.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct BasketState {
    /// The snippets, in the order in which they were added.
    pub(crate) snippets: Vec<SnippetEntry>,
    /// Tokens of all, uncompressed.
    pub(crate) tokens: usize,
}

/// A snippet.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SnippetEntry {
    /// Its number.
    pub(crate) id: u64,
    /// Its document.
    pub(crate) uri: String,
    /// The path to show.
    pub(crate) path: String,
    /// Its first line, from 1.
    pub(crate) first_line: usize,
    /// Its last line.
    pub(crate) last_line: usize,
    /// Its tokens, uncompressed.
    pub(crate) tokens: usize,
    /// `fresh`, `changed` since it was added, or `deleted`.
    pub(crate) state: String,
}

/// The compressed basket.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct BasketText {
    /// Markdown: each snippet in a fenced block under its path and lines; empty where it was sent in parts.
    pub(crate) text: String,
    /// A receipt for each snippet that was compressed, in the order of the text.
    pub(crate) receipts: Vec<Value>,
    /// The sum of all in one line.
    pub(crate) summary: String,
    /// What a person should know: snippets that changed, or are gone.
    pub(crate) notes: Vec<String>,
}

/// The models.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Models {
    /// All that are known.
    pub(crate) models: Vec<ModelEntry>,
}

/// A model.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct ModelEntry {
    /// Its name in its manifest.
    pub(crate) name: String,
    /// Its folder; absent for the model within the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// Whether it is the one in use.
    pub(crate) selected: bool,
    /// Why it cannot be used, if it cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) problem: Option<String>,
}

/// How the server is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    /// The version of the program.
    pub(crate) version: String,
    /// `unloaded`, `loading` or `loaded`.
    pub(crate) model_state: String,
    /// The name of the loaded model.
    pub(crate) model: Option<String>,
    /// Why the model could not be loaded or exchanged, the last time that was tried.
    pub(crate) model_problem: Option<String>,
    /// Texts that wait or are being compressed.
    pub(crate) queue: usize,
    /// Open documents.
    pub(crate) documents: usize,
    /// Snippets in the basket.
    pub(crate) snippets: usize,
    /// The last receipt in one line.
    pub(crate) last_receipt: Option<String>,
}

/// A text for the clipboard.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct CopyParams {
    /// The text.
    pub(crate) text: String,
    /// The receipt in one line, to show.
    pub(crate) summary: String,
}

/// A text to show beside.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShowParams {
    /// A title.
    pub(crate) title: String,
    /// The compressed text.
    pub(crate) text: String,
    /// The LSP language id or name of the text's language, if one is known.
    pub(crate) language: Option<String>,
    /// For a preview: the original, to compare with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) original: Option<String>,
    /// For a preview: where the original stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub(crate) uri: Option<Uri>,
    /// The receipt in one line.
    pub(crate) summary: String,
    /// The receipt: docs/receipt.schema.json.
    pub(crate) receipt: Value,
}

/// What a person is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum InputKind {
    /// A question.
    Query,
    /// A number of tokens such as `800`, or a share such as `50%`.
    Budget,
}

/// Asks the person; the answer is a string, or null if the person declined.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct InputParams {
    /// What for.
    pub(crate) kind: InputKind,
    /// What to show.
    pub(crate) prompt: String,
}
