//! The editor behind the client: its documents, what its person would say, and how it answers the server.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::wire::Columns;

/// What a message of the server leads to.
pub struct Reaction {
    /// The answer; `None` from an editor that leaves the question open.
    pub answer: Option<Result<Value, Value>>,
    /// What the editor tells of before it answers.
    pub told: Vec<(&'static str, Value)>,
}

/// An editor.
pub struct Editor {
    /// By URI: version and text.
    pub documents: BTreeMap<String, (i32, String)>,
    pub columns: Columns,
    /// The section `compressionLayer`, and that of each folder.
    pub settings: Value,
    pub folder_settings: BTreeMap<String, Value>,
    /// What the person types when asked.
    pub typed: Value,
    /// Methods whose requests are left open.
    pub leaves_open: BTreeSet<&'static str>,
    /// Methods whose requests are refused.
    pub refuses: BTreeSet<&'static str>,
}

impl Editor {
    pub fn new() -> Self {
        Self {
            documents: BTreeMap::new(),
            columns: Columns::Utf16,
            settings: Value::Null,
            folder_settings: BTreeMap::new(),
            typed: Value::Null,
            leaves_open: BTreeSet::new(),
            refuses: BTreeSet::new(),
        }
    }

    /// Takes in a request of the server.
    pub fn asked(&mut self, method: &str, params: &Value) -> Reaction {
        let mut told = Vec::new();
        if self.leaves_open.contains(method) {
            return Reaction { answer: None, told };
        }
        if self.refuses.contains(method) {
            let error = json!({ "code": -32603, "message": "the editor is not in the mood" });
            return Reaction { answer: Some(Err(error)), told };
        }
        let answer = match method {
            "workspace/configuration" => {
                let settings = |item: &Value| match item["scopeUri"].as_str() {
                    None => self.settings.clone(),
                    Some(folder) => self.folder_settings.get(folder).cloned().unwrap_or_default(),
                };
                Ok(params["items"].as_array().unwrap().iter().map(settings).collect())
            }
            "workspace/applyEdit" => Ok(match self.apply(&params["edit"], &mut told) {
                Ok(()) => json!({ "applied": true }),
                Err(reason) => json!({ "applied": false, "failureReason": reason }),
            }),
            "window/showDocument" => Ok(json!({ "success": true })),
            "compressionLayer/input" => Ok(self.typed.clone()),
            "client/registerCapability"
            | "window/workDoneProgress/create"
            | "workspace/codeLens/refresh"
            | "compressionLayer/copy"
            | "compressionLayer/show" => Ok(Value::Null),
            _ => Err(json!({ "code": -32601, "message": "method not found" })),
        };
        Reaction { answer: Some(answer), told }
    }

    /// Applies an edit as an editor does: for other versions not at all.
    pub fn apply(&mut self, edit: &Value, told: &mut Vec<(&'static str, Value)>) -> Result<(), String> {
        for change in edit["documentChanges"].as_array().into_iter().flatten() {
            if change["kind"] == "create" {
                let uri = change["uri"].as_str().unwrap().to_owned();
                if self.documents.contains_key(&uri) {
                    return Err("the file exists".to_owned());
                }
                let item = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": "" });
                told.push(("textDocument/didOpen", json!({ "textDocument": item })));
                self.documents.insert(uri, (1, String::new()));
                continue;
            }
            let document = &change["textDocument"];
            let uri = document["uri"].as_str().unwrap();
            let version = self.documents.get(uri).ok_or("no such document")?.0;
            if document["version"].as_i64().is_some_and(|meant| meant != i64::from(version)) {
                return Err("the document has another version".to_owned());
            }
            told.push(self.edit(uri, change["edits"].as_array().unwrap()));
        }
        for (uri, edits) in edit["changes"].as_object().into_iter().flatten() {
            told.push(self.edit(uri, edits.as_array().unwrap()));
        }
        Ok(())
    }

    /// Makes edits, the last in the text first, so that no place moves; and says what to tell the server.
    pub fn edit(&mut self, uri: &str, edits: &[Value]) -> (&'static str, Value) {
        let columns = self.columns;
        let (version, text) = self.documents.get_mut(uri).expect("the document is open");
        let mut edits: Vec<_> = edits.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(columns.byte(text, &edit["range"]["start"])));
        let mut changes = Vec::new();
        for edit in edits {
            let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
            let new = edit["newText"].as_str().unwrap();
            text.replace_range(columns.byte(text, start)..columns.byte(text, end), new);
            changes.push(json!({ "range": edit["range"], "text": new }));
        }
        *version += 1;
        let document = json!({ "uri": uri, "version": *version });
        ("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }))
    }
}
