//! A key. It can be sent, and not shown.
//!
//! Invariants
//! - formatting prints nothing of it (`tests::formatting_prints_nothing_of_it`);
//! - [`Secret::redact`] leaves no copy in a text (`tests::a_text_that_repeats_it_is_redacted`).

use std::fmt;
use std::sync::Arc;

/// What stands where a key stood.
const MASK: &str = "[key]";

/// Longer pieces than this of a key are not shown either: providers repeat the beginning or the end of a wrong key.
const SHOWN: usize = 8;

/// A key of a provider.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// A key that can stand in a header; `None` for an empty one and one with characters that no key has.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| Self(text.into()))
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// The text without the key, and without any word that begins or ends as the key does.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let whole = text.replace(&*self.0, MASK);
        let (Some(head), Some(tail)) = (self.0.get(..SHOWN), self.0.get(self.0.len().saturating_sub(SHOWN)..)) else {
            return whole;
        };
        whole
            .split_inclusive(char::is_whitespace)
            .map(|word| {
                let space = word.len() - word.trim_end().len();
                let shows = word.contains(head) || word.contains(tail);
                if shows { [MASK, &word[word.len() - space..]].concat() } else { word.to_owned() }
            })
            .collect()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(MASK)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const KEY: &str = "sk-ant-api03-abcdefghijklmnop";

    #[test]
    fn formatting_prints_nothing_of_it() {
        let key = Secret::new(KEY);
        assert_eq!(format!("{key:?}"), "Some([key])");
        assert_eq!(format!("{key:#?}"), "Some(\n    [key],\n)");
    }

    #[test]
    fn a_text_that_repeats_it_is_redacted() {
        let key = Secret::new(KEY).unwrap();
        let said = format!("wrong key: {KEY}. or\nsk-ant-api03-abc***nop, see ***ijklmnop !");
        assert_eq!(key.redact(&said), "wrong key: [key]. or\n[key] see [key] !");
        let short = Secret::new("abc").unwrap();
        assert_eq!(short.redact("is abc wrong"), "is [key] wrong");
    }

    #[test]
    fn what_cannot_stand_in_a_header_is_no_key() {
        assert!(Secret::new(" \n").is_none());
        assert!(Secret::new("two words").is_none());
        assert!(Secret::new("schlüssel").is_none());
        assert_eq!(Secret::new(" key\n").unwrap().expose(), "key");
    }
}
