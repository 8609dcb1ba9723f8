//! The code of a Rust file, without comments and without what stands in string literals.

/// A line of a Rust file.
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// Its code: comments are gone, string literals are empty.
    pub code: String,
    /// Whether it belongs to an item under `#[cfg(test)]`.
    pub is_test: bool,
}

/// The lines of a Rust file.
pub fn lines(text: &str) -> Vec<Line> {
    let code = strip(text);
    let tests = test_ranges(&code);
    let mut start = 0;
    code.split('\n')
        .enumerate()
        .map(|(index, line)| {
            let is_test = tests.iter().any(|range| range.contains(&start));
            start += line.len() + 1;
            Line { number: index + 1, code: line.to_owned(), is_test }
        })
        .collect()
}

/// Whether a path such as `std::env` or a name stands in a line of code as whole words.
pub fn mentions(code: &str, name: &str) -> bool {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    code.match_indices(name)
        .any(|(start, _)| !code[..start].ends_with(is_word) && !code[start + name.len()..].starts_with(is_word))
}

/// Takes comments and the contents of literals away and leaves every line break where it was.
fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if first == '"' {
            out.push_str("\"\"");
            string(rest)
        } else if let Some(length) = raw_string(rest).filter(|_| !ends_in_word(&out)) {
            out.push_str("\"\"");
            length
        } else if let Some(length) = character(rest) {
            out.push_str("' '");
            length
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        out.extend(rest[..skipped].matches('\n'));
        rest = &rest[skipped..];
    }
    out
}

/// Whether the code so far ends within an identifier, so that the `r` that follows starts no raw string.
/// The `b` of `br"…"` and the `c` of `cr"…"` are prefixes of literals themselves.
fn ends_in_word(code: &str) -> bool {
    let before = code.strip_suffix(['b', 'c']).unwrap_or(code);
    before.ends_with(|it: char| it.is_alphanumeric() || it == '_')
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let tail = &rest[at..];
        if tail.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if tail.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, it) in rest.char_indices().skip(1) {
        match it {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(1 + hashes + 1 + length)
}

/// A character literal; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.strip_prefix('\'')?.chars();
    let first = chars.next()?;
    if first == '\\' {
        // The escaped character is passed over, since it may be a quote.
        let escape = 1 + 1 + chars.next()?.len_utf8();
        return rest[escape..].find('\'').map(|at| escape + at + 1);
    }
    (chars.next()? == '\'').then(|| 1 + first.len_utf8() + 1)
}

/// The items under `#[cfg(test)]`, as bytes of the stripped code.
fn test_ranges(code: &str) -> Vec<std::ops::Range<usize>> {
    code.match_indices("#[cfg(test)]").map(|(start, _)| start..start + item_length(&code[start..])).collect()
}

/// The length of an item up to its closing brace, or to its semicolon where it has no body.
fn item_length(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, it) in code.char_indices() {
        match it {
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[test]
fn a_rule_sees_code_and_nothing_else() {
    let text = "let a = \"// x \\\" unwrap()\"; // unwrap()\n/* todo!() /* nested */\n */ let b: &'a str = r#\"\"{\"#;\n\
                let c = ['\\'', '\"', '{']; let parser\"\n{\";\n#[cfg(test)]\nmod tests {\n  fn f() { g('}') }\n}\nfn h() {}";
    let found: Vec<String> =
        lines(text).into_iter().map(|line| format!("{}{}", line.code, if line.is_test { "#" } else { "" })).collect();
    assert_eq!(
        found,
        [
            "let a = \"\"; ",
            "",
            " let b: &'a str = \"\";",
            "let c = [' ', ' ', ' ']; let parser\"\"",
            ";",
            "#[cfg(test)]#",
            "mod tests {#",
            "  fn f() { g(' ') }#",
            "}#",
            "fn h() {}",
        ]
    );
}

#[test]
fn a_name_is_found_as_a_whole_word_only() {
    assert!(mentions("use std::env;", "std::env"));
    assert!(mentions("(rand::random())", "rand"));
    assert!(!mentions("use std::environment;", "std::env"));
    assert!(!mentions("operand()", "rand"));
}
