//! Checks a value against the part of JSON Schema that `docs/receipt.schema.json` uses.
//!
//! Invariants
//! - a keyword that is not known here is a failure, so that nothing in the schema goes unchecked
//!   (`tests/cli/schema::it_refuses_what_it_should`).

use serde_json::{Map, Value, json};

/// Every violation, with its place in the value.
pub fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let mut check = Check { root: schema, found: Vec::new() };
    check.value(schema, value, "$");
    check.found
}

struct Check<'a> {
    root: &'a Value,
    found: Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, schema: &Value, value: &Value, place: &str) {
        let Some(keywords) = schema.as_object() else {
            if schema == &json!(false) {
                self.found.push(format!("{place} is not in the schema"));
            }
            return;
        };
        for (keyword, argument) in keywords {
            let holds = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description"
                // Checked below, member by member.
                | "properties" | "additionalProperties" | "propertyNames" => true,
                "$ref" => {
                    let target = argument.as_str().and_then(|pointer| pointer.strip_prefix('#'));
                    let target =
                        target.and_then(|pointer| self.root.pointer(pointer)).expect("the reference leads somewhere");
                    self.value(target, value, place);
                    true
                }
                "type" => is_of_type(value, argument.as_str().unwrap()),
                "enum" => argument.as_array().unwrap().contains(value),
                "minimum" => value.as_f64().is_none_or(|number| number >= argument.as_f64().unwrap()),
                "maximum" => value.as_f64().is_none_or(|number| number <= argument.as_f64().unwrap()),
                // The one pattern in use.
                "pattern" if argument == "^[0-9a-f]{64}$" => value.as_str().is_none_or(is_sha256),
                "anyOf" => argument.as_array().unwrap().iter().any(|schema| {
                    let mut attempt = Check { root: self.root, found: Vec::new() };
                    attempt.value(schema, value, place);
                    attempt.found.is_empty()
                }),
                "required" => {
                    let has = |key: &Value| value.get(key.as_str().unwrap()).is_some();
                    !value.is_object() || argument.as_array().unwrap().iter().all(has)
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.value(argument, item, &format!("{place}[{index}]"));
                    }
                    true
                }
                unknown => panic!("the schema uses `{unknown}`: {argument}, which is not checked here"),
            };
            if !holds {
                self.found.push(format!("{place}: {value} against {keyword} {argument}"));
            }
        }
        if let Some(object) = value.as_object() {
            self.object(keywords, object, place);
        }
    }

    fn object(&mut self, keywords: &Map<String, Value>, object: &Map<String, Value>, place: &str) {
        for (key, value) in object {
            let place = format!("{place}.{key}");
            let known = keywords.get("properties").and_then(|properties| properties.get(key));
            if let Some(schema) = known.or(keywords.get("additionalProperties")) {
                self.value(schema, value, &place);
            }
            if let Some(schema) = keywords.get("propertyNames") {
                self.value(schema, &json!(key), &place);
            }
        }
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => panic!("`{name}` is no type of JSON"),
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.chars().all(|character| matches!(character, '0'..='9' | 'a'..='f'))
}

#[test]
fn it_refuses_what_it_should() {
    let schema = json!({
        "type": "object", "additionalProperties": false, "required": ["a"],
        "properties": {
            "a": { "$ref": "#/$defs/count" },
            "b": { "type": "array", "items": { "enum": ["x", "y"] } },
            "c": { "anyOf": [{ "type": "null" }, { "type": "string", "pattern": "^[0-9a-f]{64}$" }] }
        },
        "$defs": { "count": { "type": "integer", "minimum": 0 } }
    });
    let is_valid = |value: Value| violations(&schema, &value).is_empty();
    assert!(is_valid(json!({ "a": 0, "b": ["x", "y"], "c": null })));
    assert!(is_valid(json!({ "a": 1, "c": "0f".repeat(32) })));
    for wrong in [
        json!([]),
        json!({}),
        json!({ "a": -1 }),
        json!({ "a": 0.5 }),
        json!({ "a": 0, "b": ["z"] }),
        json!({ "a": 0, "c": "0F" }),
        json!({ "a": 0, "unknown": 1 }),
    ] {
        assert!(!is_valid(wrong.clone()), "{wrong}");
    }
}
