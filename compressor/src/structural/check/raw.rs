//! Raw text of a directive as a preprocessor reads it, for the check.
//!
//! Lines that a backslash carries on are joined first, as the standard of C says (translation phase 2); then white space
//! outside of quotes means no more than one space. Where quotes do not close, what follows is compared as it is.

use std::borrow::Cow;

/// A raw text in the form in which two that mean the same are equal.
pub(super) fn plain(text: Cow<'_, str>, escaped_breaks: bool) -> Cow<'_, str> {
    let joined = if escaped_breaks && text.contains('\\') {
        Cow::Owned(text.replace("\\\r\n", "").replace("\\\n", ""))
    } else {
        text
    };
    let joined = joined.trim_matches([' ', '\t', '\x0c']);
    let mut out = String::with_capacity(joined.len());
    let mut quoted = None;
    let mut escaped = false;
    for c in joined.chars() {
        let white = matches!(c, ' ' | '\t' | '\x0c') && quoted.is_none();
        match quoted {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(quote) if c == quote => quoted = None,
            None if matches!(c, '"' | '\'') => quoted = Some(c),
            _ => {}
        }
        if !white {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::plain;

    fn same(a: &str, b: &str) -> bool {
        plain(a.into(), true) == plain(b.into(), true)
    }

    #[test]
    fn lines_that_are_carried_on_are_one() {
        assert!(same("do { \\\n  f(x); \\\r\n} while (0)  ", "do { f(x); } while (0)"));
        assert!(same("a\\\nb", "ab"));
        assert!(!same("a\\\nb", "a b"));
        assert!(!same("a \\\n b", "ab"));
    }

    #[test]
    fn white_space_in_quotes_matters() {
        assert!(!same("\"a  b\"", "\"a b\""));
        assert!(!same("\"\\\"a  b\"", "\"\\\"a b\""));
        assert!(same("'\"'  x", "'\"' x"));
        assert!(!same("don't  do", "don't do"));
    }
}
