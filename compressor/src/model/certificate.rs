//! The certificate that may lie beside a model: what the validator found about it, under a seal.
//!
//! The seal is the sha256 of the canonical JSON of everything else: keys sorted, no white space, numbers of at most four
//! digits after the point. Python writes the same bytes by
//! `json.dumps(it, sort_keys=True, separators=(",", ":"), ensure_ascii=False)`.
//!
//! Invariants
//! - a certificate that was changed, or that is of another model, is told from one that holds (`tests::*`).

use std::fmt;
use std::path::Path;

use serde_json::{Map, Value};

use super::hex_sha256;

/// The file, in the folder of a model or of a run.
pub const FILE: &str = "certificate.json";

/// What a certificate beside a model is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is as it was sealed, and of this model.
    Holds {
        /// What was certified, on which data.
        subject: String,
        /// The data.
        data: String,
    },
    /// It is of a model with another hash.
    OfAnotherModel,
    /// It was changed after it was sealed, or is no certificate.
    Changed,
}

impl fmt::Display for Standing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds { subject, data } => write!(out, "{subject} was certified on {data}"),
            Self::OfAnotherModel => out.write_str("the certificate is of another model"),
            Self::Changed => out.write_str("the certificate was changed after it was sealed"),
        }
    }
}

/// The certificate in a folder, for the model with that hash; `None` where there is none.
#[must_use]
pub fn beside(folder: &Path, model_hash: &str) -> Option<Standing> {
    let text = std::fs::read_to_string(folder.join(FILE)).ok()?;
    Some(standing(&text, model_hash))
}

fn standing(text: &str, model_hash: &str) -> Standing {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let word = |pointer: &str| value.pointer(pointer).and_then(Value::as_str);
    if word("/seal") != Some(seal(&value).as_str()) {
        return Standing::Changed;
    }
    if word("/model/hash") != Some(model_hash) {
        return Standing::OfAnotherModel;
    }
    let named = |pointer: &str| word(pointer).unwrap_or_default().to_owned();
    Standing::Holds { subject: named("/subject"), data: named("/data/name") }
}

/// The seal of a certificate: sha256, in hexadecimal, over all but its field `seal`.
#[must_use]
pub fn seal(certificate: &Value) -> String {
    let mut rest = certificate.clone();
    if let Some(fields) = rest.as_object_mut() {
        fields.remove("seal");
    }
    hex_sha256(canonical(rest).to_string().as_bytes())
}

/// The value with the keys of every object in order. What was parsed is 128 levels deep at most, so that calling itself
/// is safe.
fn canonical(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> = fields.into_iter().collect();
            fields.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Object(fields.into_iter().map(|(key, value)| (key, canonical(value))).collect::<Map<_, _>>())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(canonical).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sealed by Python.
    const SEALED: &str = r#"{"subject": "balanced", "model": {"name": "größe", "hash": "abc"}, "data": {"name": "a.jsonl"},
        "value": 0.9123, "all": [1.0, 3, null, true],
        "seal": "f9808d7622d51f8cda6b16181678eefde605cd4a81f52ea54c8b775c200f25d9"}"#;

    #[test]
    fn the_seal_is_the_one_that_python_computes() {
        let expected = Standing::Holds { subject: "balanced".to_owned(), data: "a.jsonl".to_owned() };
        assert_eq!(standing(SEALED, "abc"), expected);
    }

    #[test]
    fn another_model_has_no_part_in_it() {
        assert_eq!(standing(SEALED, "abd"), Standing::OfAnotherModel);
    }

    #[test]
    fn a_change_is_seen() {
        for changed in
            [SEALED.replace("0.9123", "0.9723"), SEALED.replace("true", "false"), "{".to_owned(), "[]".to_owned()]
        {
            assert_eq!(standing(&changed, "abc"), Standing::Changed);
        }
    }

    #[test]
    fn a_folder_without_a_certificate_has_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(beside(folder.path(), "abc"), None);
        std::fs::write(folder.path().join(FILE), SEALED).expect("it is written");
        assert!(matches!(beside(folder.path(), "abc"), Some(Standing::Holds { .. })));
    }
}
