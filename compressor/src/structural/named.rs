//! What a name means in a text: the definitions that a person means who types it.
//!
//! Invariants
//! - a name with a path means what stands in a definition of that name, or has it in its signature, and nothing else
//!   (`tests::a_path_tells_methods_apart`).

use std::ops::Range;

use super::symbols::Symbol;

/// The definitions of a name, `load`, `Session.load` or `Session::load`, in order. `symbols` are those of the text.
#[must_use]
pub fn named(text: &str, symbols: &[Symbol], name: &str) -> Vec<Range<usize>> {
    let words: Vec<&str> = name.split(is_separator).filter(|word| !word.is_empty()).collect();
    let Some((last, path)) = words.split_last() else { return Vec::new() };
    let mut found = Vec::new();
    let mut open: Vec<&Symbol> = Vec::new();
    for symbol in symbols {
        open.retain(|outer| symbol.range.end <= outer.range.end);
        if word_of(text, symbol) == *last && path.iter().all(|word| is_within(text, &open, symbol, word)) {
            found.push(symbol.range.clone());
        }
        open.push(symbol);
    }
    found
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ':' | '#' | '/' | '(' | ')' | ' ')
}

/// The name of a symbol without what follows it in the type of an `impl`.
fn word_of<'a>(text: &'a str, symbol: &Symbol) -> &'a str {
    let name = text.get(symbol.name.clone()).unwrap_or_default();
    let name = name.split(['<', '(', '[', ' ']).next().unwrap_or_default();
    name.rsplit("::").next().unwrap_or_default().trim_matches(['"', '\'', '&', '*', '#', '@', '$'])
}

/// Whether a symbol stands in one of a name, or its signature has the name before its own, as a receiver does.
fn is_within(text: &str, open: &[&Symbol], symbol: &Symbol, word: &str) -> bool {
    let before = text.get(symbol.range.start..symbol.name.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let mut words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    open.iter().any(|outer| word_of(text, outer) == word) || words.any(|found| found == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::structural::symbols;

    fn found<'a>(language: &str, text: &'a str, name: &str) -> Vec<&'a str> {
        let symbols = symbols(text, Language::from_name(language).expect("a known language"));
        named(text, &symbols, name).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_path_tells_methods_apart() {
        let text = "class A:\n def f(self): return 1\nclass B:\n def f(self): return 2\n";
        assert_eq!(found("python", text, "f"), ["def f(self): return 1", "def f(self): return 2"]);
        assert_eq!(found("python", text, "B.f"), ["def f(self): return 2"]);
        assert_eq!(found("python", text, "C.f"), Vec::<&str>::new());
        assert_eq!(found("python", text, "A"), ["class A:\n def f(self): return 1"]);
        assert_eq!(found("rust", "impl<T> Set<T> {\n fn len(&self) -> u8 { 1 }\n}\n", "Set::len").len(), 1);
        let go = "package a\nfunc (s *Server) Close() { s.x() }\nfunc (c *Client) Close() { c.x() }\n";
        assert_eq!(found("go", go, "Server.Close"), ["func (s *Server) Close() { s.x() }"]);
    }

    #[test]
    fn what_is_no_name_means_nothing() {
        assert!(found("python", "def f(): pass\n", "::").is_empty());
        assert!(found("python", "def f(): pass\n", "").is_empty());
    }
}
