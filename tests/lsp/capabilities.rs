//! What editors say that they can do.

use serde_json::{Value, json};

/// Nothing at all.
pub fn bare() -> Value {
    json!({})
}

/// A modern editor that knows none of our methods.
pub fn plain() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["refactor", "source", "quickfix"] } },
                "dataSupport": true,
                "resolveSupport": { "properties": ["edit"] },
            },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
        },
        "workspace": {
            "applyEdit": true,
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
        },
        "window": { "showDocument": { "support": true } },
    })
}

/// An editor with our shim.
pub fn shim() -> Value {
    with(plain(), "/experimental", json!({ "compressionLayer": { "copy": true, "show": true, "input": true } }))
}

/// The same with something changed; what is null is taken away.
pub fn with(mut capabilities: Value, pointer: &str, value: Value) -> Value {
    let mut place = &mut capabilities;
    for key in pointer.split('/').skip(1) {
        place = &mut place[key];
    }
    *place = value;
    capabilities
}
