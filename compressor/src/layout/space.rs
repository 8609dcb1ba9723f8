//! White space within one line: runs of spaces, trailing space, breaks of Markdown.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// What may be taken from a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cleaning {
    /// Runs of spaces after the indentation become one.
    inner: bool,
    /// Two spaces before a line end break the line: they stay.
    breaks: bool,
}

impl Cleaning {
    pub(super) const PROSE: Self = Self { inner: true, breaks: true };
    pub(crate) const LOG: Self = Self { inner: true, breaks: false };
    /// A trace quotes lines of code.
    pub(crate) const TRACE: Self = Self { inner: false, breaks: false };

    /// Writes `line`, which has no line end and is not blank, without the space that says nothing, and the break that
    /// follows it. Gives the length of the line as written, without its break.
    pub(super) fn write(self, line: &str, next_is_blank: bool, out: &mut String) -> usize {
        let trimmed = line.trim_end_matches([' ', '\t']);
        let start = out.len();
        let indent = trimmed.len() - trimmed.trim_start_matches([' ', '\t']).len();
        if self.inner && holds_run(&trimmed.as_bytes()[indent..]) {
            out.push_str(&trimmed[..indent]);
            collapse(&trimmed[indent..], out);
        } else {
            out.push_str(trimmed);
        }
        let length = out.len() - start;
        if self.breaks && !next_is_blank && line[trimmed.len()..].ends_with("  ") {
            out.push_str("  ");
        }
        length
    }
}

fn holds_run(line: &[u8]) -> bool {
    static RUN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("  "));
    RUN.find(line).is_some()
}

/// Writes a line whose runs of spaces outside of quotes have become one space. A run with a tab stays: it may separate
/// the columns of a table.
fn collapse(line: &str, out: &mut String) {
    let bytes = line.as_bytes();
    let mut quotes = Quotes::default();
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b' ' || quotes.open() {
            quotes.step(line, at);
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|&&byte| byte == b' ').count();
        let tabbed = bytes.get(end) == Some(&b'\t') || (at > 0 && bytes[at - 1] == b'\t');
        if end - at > 1 && !tabbed {
            out.push_str(&line[copied..=at]);
            copied = end;
        }
        at = end;
    }
    out.push_str(&line[copied..]);
}

/// Whether a place in a line lies within quotes. A quote that is not closed holds to the line's end.
#[derive(Default)]
struct Quotes {
    closing: Option<char>,
}

impl Quotes {
    fn open(&self) -> bool {
        self.closing.is_some()
    }

    /// Takes in the byte at `at`.
    fn step(&mut self, line: &str, at: usize) {
        let bytes = line.as_bytes();
        if bytes[at].is_ascii() && !matches!(bytes[at], b'"' | b'\'' | b'`') || !line.is_char_boundary(at) {
            return;
        }
        let Some(mark) = line[at..].chars().next() else { return };
        let before = at.checked_sub(1).map(|index| bytes[index]);
        let after = bytes.get(at + 1);
        match self.closing {
            // An apostrophe within a word closes nothing; one before a word opens.
            Some(closing) if mark == closing => {
                if mark != '\'' || !after.is_some_and(u8::is_ascii_alphanumeric) {
                    self.closing = None;
                }
            }
            Some(_) => {}
            None => {
                self.closing = match mark {
                    '"' | '`' => Some(mark),
                    '\'' if before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && byte.is_ascii()) => Some('\''),
                    '“' | '„' => Some('”'),
                    '«' => Some('»'),
                    '‘' => Some('’'),
                    '「' => Some('」'),
                    _ => None,
                };
            }
        }
    }
}
