//! Options as they are written: JSON from the client, TOML from a project file.
//!
//! Invariants
//! - whatever is written, what is right in it counts and each fault says what is allowed
//!   (`tests::a_fault_spoils_its_own_key_only`, `tests::no_json_makes_it_panic`);
//! - JSON spells keys `codeLens`, TOML `code-lens`; both come from the same table (`tests::toml_spells_keys_with_dashes`).
//!
//! Deliberately absent: where options come from and which of them win, which `settings` knows.

mod nearest;
pub(crate) mod reading;
#[cfg(test)]
mod reference;
mod table;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

pub(crate) use reading::Given;
pub(crate) use table::{Definition, Scope, TABLE};

/// The client's section of the settings.
pub(crate) const SECTION: &str = "compressionLayer";

/// The file of a team, in the root of a workspace folder.
pub(crate) const PROJECT_FILE: &str = ".compression-layer.toml";

/// The largest project file that is read, in bytes.
const LARGEST_FILE: usize = 64 << 10;

/// The most faults that are told apart in one place.
const MOST_FAULTS: usize = 20;

/// What one place says: the values that are right, and what is wrong with the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// By the key of the table.
    pub(crate) values: BTreeMap<&'static str, Value>,
    /// Keys of the table whose value is wrong, so that the last good one stays.
    pub(crate) spoiled: Vec<&'static str>,
    /// What is wrong.
    pub(crate) faults: Vec<Fault>,
}

/// What is wrong in one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fault {
    /// The key as written there; empty where it is the whole.
    pub(crate) key: String,
    /// What is allowed.
    pub(crate) message: String,
}

/// How keys are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// `model.loadAtStart`
    Camel,
    /// `model.load-at-start`
    Kebab,
}

impl Spelling {
    /// A key of the table as it is written here.
    pub(crate) fn of(self, key: &str) -> String {
        let mut spelled = String::with_capacity(key.len() + 4);
        for character in key.chars() {
            if self == Self::Kebab && character.is_ascii_uppercase() {
                spelled.push('-');
                spelled.push(character.to_ascii_lowercase());
            } else {
                spelled.push(character);
            }
        }
        spelled
    }
}

impl Options {
    /// The options of the client: the content of the section, or an object that holds it. Null means that there are none;
    /// `model.path` in one piece is read as well as an object `model` with `path`.
    pub(crate) fn from_json(section: &Value) -> Self {
        let mut options = Self::default();
        match section.get(SECTION).unwrap_or(section) {
            Value::Null => {}
            Value::Object(members) => options.read(members, "", Spelling::Camel, None),
            other => {
                options.spoiled.extend(TABLE.iter().map(|definition| definition.key));
                let message = format!("is {}, but must be an object", reading::shown(other));
                options.fault(String::new(), message);
            }
        }
        options
    }

    /// The options of a project file in `folder`.
    ///
    /// # Errors
    /// Where and why the text is no TOML.
    pub(crate) fn from_toml(text: &str, folder: &Path) -> Result<Self, Fault> {
        let whole = |message| Fault { key: String::new(), message };
        if text.len() > LARGEST_FILE {
            return Err(whole(format!(
                "has {} bytes, but at most {LARGEST_FILE} are read",
                compressor::receipt::grouped(text.len())
            )));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table: toml::Table = toml::from_str(text).map_err(|error| {
            let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            whole(format!("is no TOML: line {line}, column {column}: {message}"))
        })?;
        let members = table.iter().map(|(key, value)| (key.clone(), reading::json(value))).collect();
        let mut options = Self::default();
        options.read(&members, "", Spelling::Kebab, Some(folder));
        Ok(options)
    }

    /// Reads the members of the object at `prefix`. The table has few groups, one below the other, which bounds the recursion.
    fn read(&mut self, members: &Map<String, Value>, prefix: &str, spelling: Spelling, folder: Option<&Path>) {
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let key = format!("{prefix}{name}");
            if let Some(definition) = TABLE.iter().find(|definition| spelling.of(definition.key) == key) {
                self.take(definition, value, key, folder);
                continue;
            }
            let group = format!("{key}.");
            let inside: Vec<_> = TABLE
                .iter()
                .filter_map(|it| Some((it.key, spelling.of(it.key).strip_prefix(&group)?.to_owned())))
                .collect();
            match value {
                _ if inside.is_empty() => {
                    let message = match nearest::key(&key, spelling) {
                        Some(known) => format!("is not known: did you mean `{known}`?"),
                        None => "is not known".to_owned(),
                    };
                    self.fault(key, message);
                }
                Value::Object(members) => self.read(members, &group, spelling, folder),
                other => {
                    let (keys, names): (Vec<_>, Vec<_>) = inside.into_iter().unzip();
                    self.spoiled.extend(keys);
                    let message = format!("is {}, but must hold `{}`", reading::shown(other), names.join("`, `"));
                    self.fault(key, message);
                }
            }
        }
    }

    /// Takes a value for a key that is known.
    fn take(&mut self, definition: &Definition, value: &Value, key: String, folder: Option<&Path>) {
        if definition.accepts(&Given { value, folder }) {
            self.values.insert(definition.key, value.clone());
        } else {
            self.spoiled.push(definition.key);
            let mut message = format!("is {}, but must be {}", reading::shown(value), definition.shape.allowed());
            if folder.is_none() && definition.is_folder() {
                message.push_str(", written from the root");
            }
            self.fault(key, message);
        }
    }

    fn fault(&mut self, key: String, message: String) {
        match self.faults.len() {
            few if few < MOST_FAULTS => self.faults.push(Fault { key, message }),
            MOST_FAULTS => {
                let message = format!("has more than {MOST_FAULTS} faults; the others are not listed");
                self.faults.push(Fault { key: String::new(), message });
            }
            _ => {}
        }
    }
}
