//! What the table says to people and editors: `docs/CONFIG.md`, and the settings of the editor plugins in
//! `editors/vscode/settings.server.json`.
//!
//! Invariants
//! - both come from the table alone (`options::tests::the_documentation_is_up_to_date`,
//!   `options::tests::the_schema_for_editors_has_every_key`).

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::reading::Shape;
use super::{Definition, PROJECT_FILE, SECTION, Scope, Spelling, TABLE};

/// The properties for `contributes.configuration` of an editor plugin, by their full keys.
pub(crate) fn editor_schema() -> Value {
    let properties = TABLE.iter().filter(|definition| definition.scope != Scope::Initialization).map(|definition| {
        let mut property = shape(&definition.shape);
        // What a text leaves out is empty there: editors show no null.
        let default = Some(definition.default()).filter(|it| !it.is_null()).unwrap_or_else(|| "".into());
        property.insert("default".to_owned(), default);
        property.insert("markdownDescription".to_owned(), definition.about.into());
        let scope = if definition.scope == Scope::Restricted { "machine-overridable" } else { "resource" };
        property.insert("scope".to_owned(), scope.into());
        (format!("{SECTION}.{}", definition.key), Value::from(property))
    });
    properties.collect::<Map<_, _>>().into()
}

fn shape(shape: &Shape) -> Map<String, Value> {
    let budget =
        json!({ "type": ["integer", "string"], "minimum": 1, "pattern": r"^\s*([0-9]+(\.[0-9]+)?\s*%|[0-9]+)\s*$" });
    let schema = match shape {
        Shape::Choice(names) => json!({ "type": "string", "enum": names() }),
        Shape::Budgets => json!({ "type": "array", "items": budget }),
        Shape::Budget => {
            json!({ "type": ["integer", "string"], "minimum": 1, "pattern": r"^(\s*([0-9]+(\.[0-9]+)?\s*%|[0-9]+)\s*)?$" })
        }
        Shape::Question | Shape::Folder => json!({ "type": "string" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Whole { most } => json!({ "type": "integer", "minimum": 0, "maximum": most }),
    };
    schema.as_object().cloned().unwrap_or_default()
}

/// The text of `docs/CONFIG.md`.
pub(crate) fn document() -> String {
    let mut out = INTRODUCTION.replace("FILE", PROJECT_FILE).replace("SECTION", SECTION);
    out.push_str("| key | in a project file | default |\n|---|---|---|\n");
    for definition in &TABLE {
        let in_file = match definition.scope {
            Scope::Anywhere => format!("`{}`", Spelling::Kebab.of(definition.key)),
            Scope::Restricted => format!("`{}`, if trusted", Spelling::Kebab.of(definition.key)),
            Scope::Initialization => "no".to_owned(),
        };
        let _ =
            writeln!(out, "| [`{}`](#{}) | {in_file} | {} |", definition.key, anchor(definition), default(definition));
    }
    for definition in &TABLE {
        let _ = write!(
            out,
            "\n### {}\n{}\n\n- value: {}\n- default: {}\n- set in: {}\n",
            definition.key,
            definition.about,
            definition.shape.allowed(),
            default(definition),
            match definition.scope {
                Scope::Anywhere => "any of the four places".to_owned(),
                Scope::Restricted => format!(
                    "`initializationOptions`; the editor's settings, unless `trustedWorkspace` is `false`; `{PROJECT_FILE}`, \
                     if `trustedWorkspace` is `true`"
                ),
                Scope::Initialization => "`initializationOptions` only".to_owned(),
            },
        );
    }
    let _ = write!(out, "\n## Examples\nAs `initializationOptions`:\n```json\n{JSON}\n```\n");
    let _ = write!(out, "\nAs `{PROJECT_FILE}`:\n```toml\n{TOML}\n```\n");
    out
}

fn anchor(definition: &Definition) -> String {
    definition.key.to_lowercase().replace('.', "")
}

fn default(definition: &Definition) -> String {
    match definition.default() {
        Value::Null => "none".to_owned(),
        value => format!("`{value}`"),
    }
}

const INTRODUCTION: &str = "\
# Configuration
The language server reads its options from four places. Where several set the same option, the later one wins:

1. `initializationOptions`, which the editor gives when it starts the server;
2. the editor's settings, section `SECTION`;
3. the editor's settings for a workspace folder;
4. `FILE` in the root of a workspace folder, for a team.

A change counts at once, without a restart. A value that is not right is reported once and leaves the last good one in
place; it spoils nothing else. An empty text unsets what another place has set.

The test `the_documentation_is_up_to_date` writes this file if `UPDATE_EXPECT=1` is set.

## Options
";

/// For the documentation; a test reads it as a client's options.
pub(super) const JSON: &str = r#"{
  "level": "balanced",
  "tokenizer": "o200k_base",
  "budgets": [2000, "50%"],
  "model": { "loadAtStart": true, "idleMinutes": 30 },
  "basket": { "order": "relevance", "budget": 8000 },
  "trustedWorkspace": true
}"#;

/// For the documentation; a test reads it as a project file.
pub(super) const TOML: &str = r#"level = "tight"
budgets = [2000, "50%"]
query = "What changes when an order is refunded?"
code-lens = true

[model]
path = "tools/compressor" # counts only in a trusted workspace
idle-minutes = 30

[basket]
order = "relevance""#;
