//! Values of a JSON text by where they stand in it.
//!
//! Deliberately absent: validity, which is looked at before; of what is no JSON, any value may be given.

use std::ops::Range;

use super::mapped::Mapped;
use crate::layout::json::string_end;

/// A value.
#[derive(Clone, Debug)]
pub(super) struct Value<'a> {
    text: &'a str,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
}

impl<'a> Value<'a> {
    /// The first value of a text.
    pub(super) fn of(text: &'a str) -> Self {
        let start = space(text.as_bytes(), 0);
        Self { text, range: start..end(text.as_bytes(), start) }
    }

    /// As it stands.
    pub(super) fn raw(&self) -> &'a str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }

    /// What stands between the quotes of a string, escapes and all.
    pub(super) fn string(&self) -> Option<&'a str> {
        self.raw().strip_prefix('"')?.strip_suffix('"')
    }

    /// The value of a key, the last if there are several; keys with escapes are not found.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        self.members().filter(|(name, _)| name == &key).last().map(|(_, value)| value)
    }

    /// The keys of an object and their values.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'a str, Self)> {
        let mut items = self.items('{');
        std::iter::from_fn(move || {
            let key = items.next()?;
            items.after_colon();
            Some((key.string().unwrap_or_default(), items.next()?))
        })
    }

    /// The elements of an array.
    pub(super) fn elements(&self) -> impl Iterator<Item = Self> {
        self.items('[')
    }

    /// Adds what a string says to a text of the same original; `None` if it says what no text can.
    fn decode(&self, out: &mut Mapped) -> Option<()> {
        self.string()?;
        let text = self.text;
        let Range { start, end } = self.range.start + 1..self.range.end - 1;
        let mut from = start;
        while let Some(offset) = memchr::memchr(b'\\', &text.as_bytes()[from..end]) {
            let at = from + offset;
            out.push_copy(text, from..at);
            from = at + 2;
            match *text.as_bytes().get(at + 1)? {
                b'"' | b'\\' | b'/' => out.push_copy(text, at + 1..at + 2),
                b'n' => out.push_own("\n"),
                b't' => out.push_own("\t"),
                b'r' => out.push_own("\r"),
                b'b' => out.push_own("\u{8}"),
                b'f' => out.push_own("\u{c}"),
                b'u' => {
                    let unit = |at: usize| u32::from_str_radix(text.get(at..at + 4)?, 16).ok();
                    let mut code = unit(at + 2)?;
                    from = at + 6;
                    if (0xd800..0xdc00).contains(&code) && text.get(from..from + 2) == Some("\\u") {
                        code = 0x1_0000 + ((code - 0xd800) << 10) + unit(from + 2)?.checked_sub(0xdc00)?;
                        from += 6;
                    }
                    out.push_own(char::from_u32(code)?.encode_utf8(&mut [0; 4]));
                }
                _ => return None,
            }
        }
        out.push_copy(text, from..end);
        Some(())
    }

    /// What a string says, or the strings of an array one after the other.
    pub(super) fn joined(&self) -> Option<Mapped> {
        let mut out = Mapped::default();
        if self.string().is_some() {
            self.decode(&mut out)?;
        }
        for line in self.elements() {
            line.decode(&mut out)?;
        }
        Some(out)
    }

    /// As it stands.
    pub(super) fn copied(&self) -> Mapped {
        let mut out = Mapped::default();
        out.push_copy(self.text, self.range.clone());
        out
    }

    fn items(&self, open: char) -> Items<'a> {
        let inner = if self.raw().starts_with(open) { self.range.start + 1..self.range.end - 1 } else { 0..0 };
        Items { text: self.text, at: inner.start, end: inner.end }
    }
}

/// The values between two brackets.
struct Items<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Items<'_> {
    fn after_colon(&mut self) {
        let bytes = self.text.as_bytes();
        self.at = space(bytes, self.at);
        self.at += usize::from(bytes.get(self.at) == Some(&b':'));
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        let bytes = self.text.as_bytes();
        let mut start = space(bytes, self.at);
        if bytes.get(start) == Some(&b',') {
            start = space(bytes, start + 1);
        }
        let stop = end(bytes, start);
        self.at = stop;
        (start < stop && stop <= self.end).then_some(Value { text: self.text, range: start..stop })
    }
}

/// The first byte from one on that is no white space.
fn space(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The byte after the value that begins at a byte.
fn end(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = string_end(bytes, at + 1),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                if depth == 0 {
                    return at;
                }
                depth -= 1;
                at += 1;
            }
            b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return at,
            _ => {
                at += 1;
                continue;
            }
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_where_they_stand() {
        let text = " {\"a\" : [1, \"x\\\"]\", {\"b\":[]} ,null ], \"c\":{}, \"a\":-1.5e3}\n";
        let value = Value::of(text);
        let members: Vec<(&str, &str)> = value.members().map(|(key, value)| (key, value.raw())).collect();
        assert_eq!(members, [("a", "[1, \"x\\\"]\", {\"b\":[]} ,null ]"), ("c", "{}"), ("a", "-1.5e3")]);
        let (_, array) = value.members().next().expect("there is one");
        let elements: Vec<&str> = array.elements().map(|value| value.raw()).collect();
        assert_eq!(elements, ["1", "\"x\\\"]\"", "{\"b\":[]}", "null"]);
        assert_eq!(value.get("a").map(|value| value.raw()), Some("-1.5e3"));
        assert_eq!(value.elements().count() + array.members().count(), 0);
    }

    #[test]
    fn what_is_no_json_ends_all_the_same() {
        for text in ["", "{", "[", "{]", "]", "{\"a\"", "[\"", "{\"a\":}", "[,,]", "{{}", "nul", "[1 2", "}{"] {
            let value = Value::of(text);
            assert!(value.members().count() + value.elements().count() < 9, "{text}");
        }
    }
}
