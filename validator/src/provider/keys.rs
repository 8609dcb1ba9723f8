//! Keys: from the environment, or from a `.env` file where the environment has none.
//!
//! Invariants
//! - the environment wins (`tests::the_environment_wins`);
//! - a line of `.env` that is broken is told by its number, never by what is in it (`tests::broken_lines_are_numbered`).
//!
//! Deliberately absent: the environment itself, which `plan` reads and passes down; variables within values.

use std::collections::BTreeMap;
use std::fmt;

use super::Secret;

/// Where keys come from. Its `Debug` form names the variables of `.env` and no value.
pub struct Keys {
    environment: fn(&str) -> Option<String>,
    file: BTreeMap<String, String>,
}

impl Keys {
    /// Keys from the environment and from the text of a `.env` file.
    ///
    /// # Errors
    /// The number of a line that is no assignment.
    pub fn new(environment: fn(&str) -> Option<String>, file: &str) -> Result<Self, BrokenLine> {
        Ok(Self { environment, file: assignments(file)? })
    }

    /// The key in the variable of that name.
    #[must_use]
    pub fn get(&self, variable: &str) -> Option<Secret> {
        let set = (self.environment)(variable).as_deref().and_then(Secret::new);
        set.or_else(|| self.file.get(variable).map(String::as_str).and_then(Secret::new))
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.file.keys()).finish()
    }
}

/// A line of `.env` that is no assignment; what is in it is not said, since it may be a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0} of the .env file is no NAME=value")]
pub struct BrokenLine(pub usize);

fn assignments(text: &str) -> Result<BTreeMap<String, String>, BrokenLine> {
    let mut found = BTreeMap::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=').ok_or(BrokenLine(index + 1))?;
        let name = name.trim();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(BrokenLine(index + 1));
        }
        found.insert(name.to_owned(), value_of(value.trim()).to_owned());
    }
    Ok(found)
}

/// The value within its quotes, or up to a comment.
fn value_of(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some((inner, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return inner;
        }
    }
    value.split_once(" #").map_or(value, |(value, _)| value.trim_end())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn environment(name: &str) -> Option<String> {
        (name == "OPENAI_API_KEY").then(|| "from-environment".to_owned())
    }

    #[test]
    fn the_environment_wins() {
        let file = "# keys\nOPENAI_API_KEY=from-file\n\nexport ANTHROPIC_API_KEY = \"quoted # not a comment\" # yes\nGEMINI_API_KEY=plain # comment\nEMPTY=\n";
        let keys = Keys::new(environment, file).unwrap();
        let get = |name: &str| keys.get(name).map(|key| key.expose().to_owned());
        assert_eq!(get("OPENAI_API_KEY").as_deref(), Some("from-environment"));
        assert_eq!(get("GEMINI_API_KEY").as_deref(), Some("plain"));
        assert_eq!(get("ANTHROPIC_API_KEY"), None, "no key has spaces");
        assert_eq!(get("EMPTY"), None);
        assert!(!format!("{keys:?}").contains("plain"));
    }

    #[test]
    fn broken_lines_are_numbered() {
        assert_eq!(Keys::new(environment, "A=b\nsk-secret\n").unwrap_err(), BrokenLine(2));
        assert_eq!(Keys::new(environment, "sk secret=1").unwrap_err(), BrokenLine(1));
    }
}
