//! nl, code or mixed, by regex.

use serde::Serialize;

/// What a text is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Domain {
    /// Natural language.
    Nl,
    /// Source code.
    Code,
    /// Both.
    Mixed,
}

/// The domain, how sure, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Classification {
    /// What the text is made of.
    pub domain: Domain,
    /// From 0 to 1.
    pub confidence: f32,
    /// Names of the patterns that spoke, strongest first.
    pub indicators: Vec<&'static str>,
}

pub fn classify(_t: &str) -> Classification {
    Classification { domain: Domain::Nl, confidence: 0.0, indicators: vec![] }
}
