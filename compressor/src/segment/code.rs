//! Code that no fence announces: a text that is code as a whole, indented blocks of Markdown, and code pasted between
//! paragraphs.
//!
//! Prose that is taken for code is merely left as it is; code that is taken for prose would lose words. So a doubt
//! decides for code.

use std::borrow::Cow;

use super::Kind;
use super::fence;
use super::line::{self, Line};
use super::{delimited, diff, log, output, session, trace};
use crate::domain::evidence::{self, Evidence, Tongue};
use crate::domain::{Classification, Domain, Tracker, classify, detect_language};
use crate::language::Language;

/// Bytes of a text that decide whether it is code as a whole.
const LOOKED_AT: usize = 64 << 10;

/// Lines that may stand between two lines of code without looking like code: the text of a comment or docstring.
const LONGEST_GAP: usize = 40;

/// The kind of a text that is code as a whole.
pub(super) fn whole(text: &str) -> Option<Kind> {
    let start = text.trim_start();
    if start.is_empty() || ["diff --git ", "--- a/", "Index: ", "@@ -"].iter().any(|mark| start.starts_with(mark)) {
        return None;
    }
    if let Some(language) = Language::from_shebang(text) {
        return Some(Kind::Code(Some(language)));
    }
    if delimited::is_whole(start)
        || diff::begins_text(start)
        || session::begins(start)
        || begins_with_trace(start)
        || log::begins_text(start)
        || output::is_whole(start)
    {
        return None;
    }
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let language = detect_language(text);
    if language.is_some_and(|language| matches!(language.name(), "json" | "markdown")) {
        return None;
    }
    let mut tracker = Tracker::default();
    let (mut code, mut prose, mut others) = (0, 0, 0);
    let mut at = 0;
    while at < text.len() {
        let line = Line::at(text, at, text.len());
        at = line.next;
        if line.is_blank() {
            continue;
        }
        if tracker.inside_comment(line.text) || is_comment(line.text, language) {
            continue;
        }
        if line.indent() < 4 && fence::open(line).is_some() || line.text.starts_with("@@ -") {
            return None;
        }
        match evidence::of(line.text).tongue {
            Tongue::Code => code += 1,
            Tongue::Prose if line.indent() == 0 => prose += 1,
            Tongue::Prose | Tongue::Neither => others += 1,
        }
    }
    if language.is_some() {
        // A line of prose in the first column is a paragraph; a few may be the text of a template or a long string.
        return (code > 0 && prose * 12 <= code && others <= code * 4).then_some(Kind::Code(language));
    }
    let Classification { domain, confidence, .. } = classify(text);
    (domain == Domain::Code && confidence > 0.6 && prose == 0 && code > others).then_some(Kind::Code(None))
}

/// Whether a trace begins within the first lines, after what program it is of.
fn begins_with_trace(text: &str) -> bool {
    const FIRST: usize = 3;
    let mut at = 0;
    for _ in 0..FIRST {
        let line = Line::at(text, at, text.len());
        if trace::block(text, line, text.len()).is_some() {
            return true;
        }
        at = line.next;
    }
    false
}

/// Whether a line is a comment in the language: `#` is a heading elsewhere.
fn is_comment(line: &str, language: Option<Language>) -> bool {
    let line = line.trim_start();
    match language.map(Language::name) {
        Some("python" | "bash" | "yaml" | "toml" | "ruby") => line.starts_with('#'),
        Some("sql" | "lua") => line.starts_with("--"),
        Some(_) => line.starts_with("//") || line.starts_with("* "),
        None => false,
    }
}

/// The end and language of the indented block that begins with this line; where a block of prose ends.
pub(super) fn indented(text: &str, first: Line<'_>, end: usize) -> Result<(usize, Option<Language>), usize> {
    let mut last = first.start;
    let (mut code, mut prose) = (0, 0);
    let mut at = first.start;
    while at < end {
        let line = Line::at(text, at, end);
        at = line.next;
        if line.is_blank() {
            continue;
        }
        if line.indent() < 4 {
            break;
        }
        last = line.next;
        match evidence::of(line.text).tongue {
            Tongue::Code => code += 1,
            Tongue::Prose => prose += 1,
            Tongue::Neither => {}
        }
    }
    if prose > code { Err(last) } else { Ok((last, detect_language(&dedented(&text[first.start..last])))) }
}

/// The text without the indentation that all its lines share with the first.
fn dedented(text: &str) -> Cow<'_, str> {
    let indent = &text[..text.len() - text.trim_start_matches([' ', '\t']).len()];
    if indent.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        out.push_str(line.strip_prefix(indent).unwrap_or(line));
    }
    Cow::Owned(out)
}

/// The end and language of the code that begins with this line, the first of its paragraph.
pub(super) fn unfenced(text: &str, first: Line<'_>, end: usize) -> Option<(usize, Option<Language>)> {
    let trimmed = first.text.trim_start();
    if line::after_list_marker(trimmed).is_some() || line::is_rule(trimmed) || trimmed.starts_with('>') {
        return None;
    }
    let mut tracker = Tracker::default();
    let (mut code, mut sure) = (0, 0);
    let mut last = first.start;
    let mut gap = 0;
    let mut after_blank = false;
    let mut at = first.start;
    while at < end {
        let line = Line::at(text, at, end);
        at = line.next;
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        if fence::open(line).is_some() {
            break;
        }
        let commented = tracker.inside_comment(line.text);
        let evidence = if commented { Evidence::comment() } else { evidence::of(line.text) };
        match evidence.tongue {
            // Only a line that opens a comment as code does; text may begin with a quote, too.
            Tongue::Code => {
                code += usize::from(!commented);
                sure += usize::from(!commented && evidence.surely_code());
                last = line.next;
                gap = 0;
                after_blank = false;
            }
            _ if code == 0 && !commented => return None,
            Tongue::Neither if !after_blank => last = line.next,
            Tongue::Neither if !reads_as_prose(line.text) => gap += 1,
            Tongue::Prose | Tongue::Neither if line.indent() > 0 || line.text.starts_with('#') => gap += 1,
            Tongue::Prose | Tongue::Neither => break,
        }
        if gap > LONGEST_GAP {
            break;
        }
    }
    let body = &text[first.start..last];
    let language = detect_language(body);
    let enough = match code {
        0 => false,
        1 => sure == 1 && language.is_some(),
        2 => sure == 2 || language.is_some(),
        _ => true,
    };
    enough.then_some((last, language))
}

/// A capital first and the end of a sentence or an announcement last.
fn reads_as_prose(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(char::is_uppercase) && line.contains(' ') && line.ends_with(['.', ':', '!', '?'])
}
