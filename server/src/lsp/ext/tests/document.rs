//! The text of docs/PROTOCOL.md.

use std::fmt::Write;

use serde_json::Value;

use crate::lsp::ext::{Direction, Method};

const INTRODUCTION: &str = "\
# Protocol of the language server

`compression-layer lsp` speaks the [Language Server Protocol](https://microsoft.github.io/language-server-protocol/) 3.17
over standard streams, `--socket PORT` or `--pipe NAME`. Everything it does can be done in a client that knows no other
methods: by code actions, hover, code lenses, diagnostics and `workspace/executeCommand`. The methods below are for editor
plugins and agents. This page is made from the code by a test, which also asks a server for every answer shown here:

```sh
UPDATE_EXPECT=1 cargo test --release --package server the_documentation_is_up_to_date
```

## Commands
Each request is also a command of `workspace/executeCommand`, with the request's `params` as its only argument: the request
`compressionLayer/compress` is the command `compressionLayer.compress`.

## Capabilities
A client says which of our methods it serves in `initialize`, and gets none that it did not name:

```json
{ \"capabilities\": { \"experimental\": { \"compressionLayer\": { \"copy\": true, \"show\": true, \"input\": true, \"status\": true } } } }
```

The server lists in `capabilities.experimental.compressionLayer` of its answer the requests that it serves, as `methods`, and
the levels that it has, mildest first, as `levels`.

## Code actions
Kinds: `refactor.compress.replace`, `refactor.compress.copy`, `refactor.compress.open`, `refactor.compress.preview`,
`refactor.compress.basket`, `source.compress` for a whole file, `quickfix.compress.mask` for secrets. The `data` of an action
is the params of `compressionLayer/run`. The edit comes with `codeAction/resolve`; a client that cannot resolve gets a command.

## Errors
| code | when | `data.kind` |
|---|---|---|
| -32602 | params that mean nothing | |
| -32800 | cancelled by `$/cancelRequest` or `window/workDoneProgress/cancel` | |
| -32801 | the text changed since the request's version: ask again | |
| -32803 | sound, but it cannot be served; the message says why and what to do | `busy`, `notOpen`, `tooLarge`, `model`, `store`, `basket`, `client`, `unsupported` |
| -32603 | a defect of the server, whose place is in its log | |

## Progress, cancellation, partial results
Work of more than 100 ms is shown as work-done progress with counts, under the request's `workDoneToken`, or under a token that
the server creates. With a `partialResultToken` the text comes in `$/progress` notifications with the value
`{\"text\": \"...\"}`, in order, and the answer's own `text` is empty.
";

/// The page, with the answer to each example that a server is asked.
pub(super) fn document(methods: &[Method], answers: &[Option<Value>]) -> String {
    let mut out = INTRODUCTION.to_owned();
    out.push_str("\n## Methods\n| method | who sends | what it does |\n|---|---|---|\n");
    for method in methods {
        let (name, who, summary) = (method.name, sender(method.direction), method.summary);
        let anchor: String = name.to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect();
        let _ = writeln!(out, "| [`{name}`](#{anchor}) | {who} | {summary} |");
    }
    for (method, answer) in methods.iter().zip(answers) {
        let _ = write!(out, "\n### `{}`\n{}", method.name, method.summary);
        let _ = match method.command {
            Some(command) => writeln!(out, " Command: `{command}`."),
            None => writeln!(out, " Sent by the server ({}).", sender(method.direction)),
        };
        block(&mut out, "Params", &(method.params)().into());
        if method.direction != Direction::Notice {
            block(&mut out, "Result", &(method.result)().into());
        }
        block(&mut out, "Example of params", &serde_json::from_str(method.example).expect("the example is JSON"));
        if let Some(answer) = answer {
            block(&mut out, "Its result", answer);
        }
    }
    out
}

fn sender(direction: Direction) -> &'static str {
    match direction {
        Direction::ToServer => "client, a request",
        Direction::ToClient => "server, a request",
        Direction::Notice => "server, a notification",
    }
}

fn block(out: &mut String, title: &str, value: &Value) {
    let _ = write!(out, "\n{title}:\n\n```json\n");
    json(out, value, 0);
    out.push_str("\n```\n");
}

/// JSON in which what fits on a line stands on one.
fn json(out: &mut String, value: &Value, depth: usize) {
    const WIDTH: usize = 110;
    let line = value.to_string();
    let indent = "  ".repeat(depth + 1);
    let (open, close, items): (_, _, Vec<(Option<&String>, &Value)>) = match value {
        Value::Object(fields) => ('{', '}', fields.iter().map(|(key, value)| (Some(key), value)).collect()),
        Value::Array(items) => ('[', ']', items.iter().map(|value| (None, value)).collect()),
        _ => return out.push_str(&line),
    };
    if line.len() + 2 * depth <= WIDTH {
        return out.push_str(&line);
    }
    out.push(open);
    for (index, (key, value)) in items.into_iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&indent);
        if let Some(key) = key {
            let _ = write!(out, "{}: ", Value::from(key.as_str()));
        }
        json(out, value, depth + 1);
    }
    let _ = write!(out, "\n{}{close}", "  ".repeat(depth));
}
