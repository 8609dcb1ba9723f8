//! The id of a message of which only the beginning is there.
//!
//! Deliberately absent: ids behind the point where the message was cut off; such a request is answered with a null id.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use tower_lsp::jsonrpc::Id;

/// The id that the beginning of a JSON object has at its outermost level.
pub(crate) fn id(beginning: &[u8]) -> Id {
    let mut found = Id::Null;
    // It always fails, since the text ends early; what was seen until then is what counts.
    let _ = serde_json::Deserializer::from_slice(beginning).deserialize_map(Seeker(&mut found));
    found
}

struct Seeker<'found>(&'found mut Id);

impl<'de> Visitor<'de> for Seeker<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a message")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "id" {
                *self.0 = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_found_where_the_beginning_has_it() {
        for (beginning, expected) in [
            (r#"{"jsonrpc":"2.0","id":7,"method":"x","params":{"text":"aaaa"#, Id::Number(7)),
            (r#"{"method":"x","id":"seven","params":{"id":1,"text":"#, Id::String("seven".to_owned())),
            (r#"{"params":{"id":1,"text":"aaaa"#, Id::Null),
            ("not JSON", Id::Null),
            ("", Id::Null),
        ] {
            assert_eq!(id(beginning.as_bytes()), expected, "{beginning}");
        }
    }
}
