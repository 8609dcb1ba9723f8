//! The table of our methods: one row each, from which the server's capabilities and docs/PROTOCOL.md are made.

use schemars::{JsonSchema, Schema, generate::SchemaSettings};

use super::{answers, questions};

/// Who sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A request of the client.
    ToServer,
    /// A request of the server, to a client that said it serves it.
    ToClient,
    /// A notification of the server, to a client that said it wants it.
    Notice,
}

/// A method of our own.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// The command with the same effect, if there is one.
    pub command: Option<&'static str>,
    /// Who sends.
    pub direction: Direction,
    /// What it does, in a sentence or two.
    pub summary: &'static str,
    /// The schema of its params.
    pub params: fn() -> Schema,
    /// The schema of its result.
    pub result: fn() -> Schema,
    /// Params to show, as JSON.
    pub example: &'static str,
}

fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.meta_schema = None)
        .into_generator()
        .into_root_schema_for::<T>()
}

const fn request<P: JsonSchema, R: JsonSchema>(
    name: &'static str,
    command: &'static str,
    summary: &'static str,
    example: &'static str,
) -> Method {
    let command = Some(command);
    Method { name, command, direction: Direction::ToServer, summary, params: schema::<P>, result: schema::<R>, example }
}

const fn to_client<P: JsonSchema, R: JsonSchema>(
    name: &'static str,
    direction: Direction,
    summary: &'static str,
    example: &'static str,
) -> Method {
    Method { name, command: None, direction, summary, params: schema::<P>, result: schema::<R>, example }
}

/// Every method of our own.
pub const METHODS: &[Method] = &[
    request::<questions::Compress, answers::Compressed>(
        "compressionLayer/compress",
        "compressionLayer.compress",
        "Shortens a text or a part of a document. Ends with -32803 and `kind: \"busy\"` where too many texts wait.",
        r#"{"text": "It is worth noting that the retry limit, which was raised on Monday, is now 5.", "level": "balanced"}"#,
    ),
    request::<questions::Count, answers::Counted>(
        "compressionLayer/count",
        "compressionLayer.count",
        "Counts the tokens of a text or a part of a document.",
        r#"{"text": "one two three", "tokenizer": "o200k_base"}"#,
    ),
    request::<questions::Estimate, answers::Estimated>(
        "compressionLayer/estimate",
        "compressionLayer.estimate",
        "Says about how long a part of a document would be, at once and without the model.",
        r#"{"document": {"uri": "file:///project/notes.md"}, "level": "balanced"}"#,
    ),
    request::<questions::BlockAt, Option<answers::Block>>(
        "compressionLayer/blockAt",
        "compressionLayer.blockAt",
        "Finds the compressed block at a place; null where there is none.",
        r#"{"uri": "file:///project/notes.md", "position": {"line": 0, "character": 0}}"#,
    ),
    request::<questions::Expand, answers::Expanded>(
        "compressionLayer/expand",
        "compressionLayer.expand",
        "Gives the original of a result, byte for byte.",
        r#"{"handle": "0c65cc6d699260b0"}"#,
    ),
    request::<questions::BasketAdd, answers::BasketState>(
        "compressionLayer/basket/add",
        "compressionLayer.basket.add",
        "Puts a part of a document into the basket. Parts that overlap become one.",
        r#"{"document": {"uri": "file:///project/notes.md", "range": {"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}}}}"#,
    ),
    request::<questions::BasketRemove, answers::BasketState>(
        "compressionLayer/basket/remove",
        "compressionLayer.basket.remove",
        "Takes a snippet out of the basket.",
        r#"{"id": 1}"#,
    ),
    request::<questions::Nothing, answers::BasketState>(
        "compressionLayer/basket/list",
        "compressionLayer.basket.list",
        "Lists the snippets, and says which changed since they were added.",
        "{}",
    ),
    request::<questions::Nothing, answers::BasketState>(
        "compressionLayer/basket/clear",
        "compressionLayer.basket.clear",
        "Empties the basket.",
        "{}",
    ),
    request::<questions::BasketCompress, answers::BasketText>(
        "compressionLayer/basket/compress",
        "compressionLayer.basket.compress",
        "Shortens all snippets together, under one budget and one query. What occurs twice is carried once.",
        r#"{"budget": {"tokens": 2000}, "query": "why does login fail after a refresh?", "order": "relevance"}"#,
    ),
    request::<questions::Nothing, answers::Models>(
        "compressionLayer/models/list",
        "compressionLayer.models.list",
        "Lists the models: the one within the program, the one in use, and those in the models folder of the user's data folder.",
        "{}",
    ),
    request::<questions::Select, answers::Models>(
        "compressionLayer/models/select",
        "compressionLayer.models.select",
        "Loads a model beside the one in use, tries it on a text, and then takes it. Until then, and if it fails, the old one stays.",
        "{}",
    ),
    request::<questions::Reload, answers::Models>(
        "compressionLayer/models/reload",
        "compressionLayer.models.reload",
        "Does the same with the model in use, whose files may have changed.",
        "{}",
    ),
    request::<questions::Nothing, answers::Status>(
        "compressionLayer/status",
        "compressionLayer.status",
        "Says how the server is.",
        "{}",
    ),
    request::<questions::ViewText, answers::Document>(
        "compressionLayer/viewText",
        "compressionLayer.viewText",
        "Gives an open document as the server has it, to find out whether it is the client's.",
        r#"{"uri": "file:///project/notes.md"}"#,
    ),
    request::<questions::Run, Option<answers::Compressed>>(
        "compressionLayer/run",
        "compressionLayer.run",
        "Does what a code action says; the answer has the result where there is one.",
        r#"{"act": "copy", "what": "file", "document": {"uri": "file:///project/notes.md"}, "level": "balanced"}"#,
    ),
    to_client::<answers::CopyParams, ()>(
        "compressionLayer/copy",
        Direction::ToClient,
        "Puts a text into the clipboard. Clients that do not serve it get a scratch document with the text.",
        r#"{"text": "The retry limit is 5.", "summary": "19 -> 7 tokens (37%, o200k_base), 0 atoms lost of 2, balanced, 12 ms"}"#,
    ),
    to_client::<answers::ShowParams, ()>(
        "compressionLayer/show",
        Direction::ToClient,
        "Shows a text beside; with `original`, the two side by side. Clients that do not serve it get a scratch document.",
        r#"{"title": "notes.md (compressed)", "text": "The retry limit is 5.", "language": "markdown", "summary": "19 -> 7 tokens", "receipt": {}}"#,
    ),
    to_client::<answers::InputParams, Option<String>>(
        "compressionLayer/input",
        Direction::ToClient,
        "Asks the person. Clients that do not serve it are not offered the actions that need it.",
        r#"{"kind": "query", "prompt": "What do you want to ask about this text?"}"#,
    ),
    to_client::<answers::Status, ()>(
        "compressionLayer/statusChanged",
        Direction::Notice,
        "Says how the server is, whenever that changes.",
        r#"{"version": "0.1.0", "modelState": "loaded", "model": "minilm-tagger-r16", "modelProblem": null, "queue": 0, "documents": 1, "snippets": 0, "lastReceipt": null}"#,
    ),
];
