//! What a client asks: the params of our own methods.

use compressor::policy::Level;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use tower_lsp::ls_types::{Position, ProgressToken, Range, Uri};

/// A request without params.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Nothing {}

/// A document, or a part of it. Without `range` the whole document is meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Place {
    /// The document, which must be open.
    #[schemars(with = "String")]
    pub(crate) uri: Uri,
    /// The version that is meant; another one is refused as `ContentModified` (-32801).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<i32>,
    /// The part that is meant, in the position encoding agreed in `initialize`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<LspRange>")]
    pub(crate) range: Option<Range>,
}

/// A range as LSP has it.
#[derive(JsonSchema)]
#[schemars(rename = "Range")]
#[expect(dead_code, reason = "it stands for the protocol's own type in the schema")]
pub(super) struct LspRange {
    start: LspPosition,
    end: LspPosition,
}

/// A position as LSP has it.
#[derive(JsonSchema)]
#[schemars(rename = "Position")]
#[expect(dead_code, reason = "it stands for the protocol's own type in the schema")]
struct LspPosition {
    line: u32,
    character: u32,
}

/// A size to meet from below.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Budget {
    /// At most so many tokens.
    Tokens(usize),
    /// At most this share of the original's tokens, in (0, 1].
    Ratio(f64),
}

/// What stays whole with what it uses, directly and one step away, while the rest of the code becomes its skeleton.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Focus {
    /// What is defined under this name: `load`, or `Session.load` where several have it.
    Name(String),
    /// A part of the document, or of `text`, in the position encoding agreed in `initialize`.
    Range(#[schemars(with = "LspRange")] Range),
}

/// A level by its name. A person may have typed it, so that an unknown one is told in a person's words.
fn level<'de, D: Deserializer<'de>>(given: D) -> Result<Option<Level>, D::Error> {
    let Some(name) = Option::<String>::deserialize(given)? else {
        return Ok(None);
    };
    let known = Level::ALL.map(Level::name).join(", ");
    let found = Level::ALL.into_iter().find(|level| level.name() == name);
    found.map(Some).ok_or_else(|| D::Error::custom(format!("unknown level `{name}`: use one of {known}")))
}

/// How to compress. What is left out is taken from the settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Steering {
    /// `safe`, `balanced`, `tight` or `skeleton`.
    #[serde(deserialize_with = "level", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub(crate) level: Option<Level>,
    /// A size to meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) budget: Option<Budget>,
    /// A question: what bears on it is kept, the rest is shortened first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) query: Option<String>,
    /// A place in the code to keep whole. The level is then `tight` if it is left out and milder in the settings; a milder one
    /// is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) focus: Option<Focus>,
    /// `o200k_base`, `cl100k_base`, `claude` or `gemini`; the last two are estimates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tokenizer: Option<String>,
}

/// What the result looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Form {
    /// The text alone.
    #[default]
    Plain,
    /// In a fenced block under its path and lines, ready to paste into a chat.
    Chat,
}

/// Shortens a text or a part of a document; give one of `text` and `document`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Compress {
    /// The text itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    /// Where the text stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<Place>,
    /// The language of `text`: a name, a fence tag or an LSP language id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    /// How to compress.
    #[serde(flatten)]
    pub(crate) steering: Steering,
    /// What the result looks like.
    pub(crate) form: Form,
    /// Where to report progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Token>")]
    pub(crate) work_done_token: Option<ProgressToken>,
    /// Where to send the text in parts, in order, while the rest is worked on; with a budget, a query or a fenced form when
    /// it is done. The answer's `text` is then empty; parts before an error mean nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Token>")]
    pub(crate) partial_result_token: Option<ProgressToken>,
}

/// A progress token as LSP has it.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it stands for the protocol's own type in the schema")]
enum Token {
    Number(i32),
    String(String),
}

/// Counts the tokens of a text or a part of a document; give one of `text` and `document`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Count {
    /// The text itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    /// Where the text stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<Place>,
    /// What counts; as in the settings if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tokenizer: Option<String>,
}

/// Asks about how long a part of a document is, and would be.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Estimate {
    /// Which part.
    pub(crate) document: Place,
    /// As in the settings if left out.
    #[serde(default, deserialize_with = "level", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub(crate) level: Option<Level>,
}

/// Asks for the compressed block at a place.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct BlockAt {
    /// The document, which must be open.
    #[schemars(with = "String")]
    pub(crate) uri: Uri,
    /// A place in the block.
    #[schemars(with = "LspPosition")]
    pub(crate) position: Position,
}

/// Asks for an original.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Expand {
    /// The handle that came with the result.
    pub(crate) handle: String,
}

/// Asks for a document as the server has it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct ViewText {
    /// The document, which must be open.
    #[schemars(with = "String")]
    pub(crate) uri: Uri,
}

/// Puts a part of a document into the basket.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct BasketAdd {
    /// Which part.
    pub(crate) document: Place,
}

/// Takes a snippet out of the basket.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct BasketRemove {
    /// Its number, as `basket/list` gives it.
    pub(crate) id: u64,
}

/// The order of snippets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Order {
    /// By file, in the order in which files were added, then by place.
    File,
    /// What bears most on the query first.
    Relevance,
}

/// Shortens all snippets under one budget and one query.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct BasketCompress {
    /// How to compress.
    #[serde(flatten)]
    pub(crate) steering: Steering,
    /// The order of snippets; as in the settings if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) order: Option<Order>,
    /// An order of one's own: the numbers of snippets; those that are not named come last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ids: Option<Vec<u64>>,
    /// Where to report progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Token>")]
    pub(crate) work_done_token: Option<ProgressToken>,
    /// Where to send the text in parts, snippet by snippet; the answer's `text` is then empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Token>")]
    pub(crate) partial_result_token: Option<ProgressToken>,
}

/// Chooses a model.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Select {
    /// A model folder with a manifest.toml; left out for the model within the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// Where to report progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Token>")]
    pub(crate) work_done_token: Option<ProgressToken>,
}

/// Takes the model in use anew.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Reload {
    /// Where to report progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Token>")]
    pub(crate) work_done_token: Option<ProgressToken>,
}

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Act {
    /// Replaces the text by its compressed form.
    Replace,
    /// Copies the compressed text.
    Copy,
    /// Copies it in a fenced block under its path and lines.
    CopyForChat,
    /// Opens the compressed text in a document beside.
    Open,
    /// Shows what would change, and the receipt.
    Preview,
    /// Puts the text into the basket.
    BasketAdd,
    /// Copies the compressed basket.
    BasketCopy,
    /// Replaces the secrets in the text by what they are.
    Mask,
}

/// What part of a document an action is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum What {
    /// What is selected.
    Selection,
    /// The definition around the cursor.
    Symbol,
    /// The whole document.
    File,
    /// All snippets.
    Basket,
}

/// Does what a code action says. The `data` of our code actions has this shape too.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Run {
    /// What to do.
    pub(crate) act: Act,
    /// What it is for, as the title names it.
    pub(crate) what: What,
    /// Where; left out for the basket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<Place>,
    /// How to compress.
    #[serde(flatten)]
    pub(crate) steering: Steering,
    /// Ask the person for it first: needs `compressionLayer/input`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ask: Option<super::InputKind>,
    /// For the basket: an order of one's own, as in `compressionLayer/basket/compress`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ids: Option<Vec<u64>>,
    /// Mask secrets before compressing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) masked: bool,
    /// Where to report progress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Token>")]
    pub(crate) work_done_token: Option<ProgressToken>,
}
