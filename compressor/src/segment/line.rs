//! A line of the text: where it lies and how it begins.

/// A line without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// First byte in the document.
    pub(super) start: usize,
    /// First byte of the next line.
    pub(super) next: usize,
    /// The line without `\n` or `\r\n`.
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    /// The line that begins at `start`; a line ends at `end` at the latest.
    pub(super) fn at(text: &'a str, start: usize, end: usize) -> Self {
        let (stop, next) = match memchr::memchr(b'\n', &text.as_bytes()[start..end]) {
            Some(offset) => (start + offset, start + offset + 1),
            None => (end, end),
        };
        let line = &text[start..stop];
        Self { start, next, text: line.strip_suffix('\r').unwrap_or(line) }
    }

    pub(super) fn is_blank(self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_whitespace()) || self.text.trim().is_empty()
    }

    /// Columns of indentation; a tab goes to the next multiple of four.
    pub(super) fn indent(self) -> usize {
        let mut columns = 0;
        for byte in self.text.bytes() {
            match byte {
                b' ' => columns += 1,
                b'\t' => columns += 4 - columns % 4,
                _ => break,
            }
        }
        columns
    }
}

/// The text after a list marker (`-`, `*`, `+`, `1.`, `1)`) and its space, if the line begins a list item.
pub(super) fn after_list_marker(trimmed: &str) -> Option<&str> {
    let rest = if let Some(rest) = trimmed.strip_prefix(['-', '*', '+', '•']) {
        rest
    } else {
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 9 {
            return None;
        }
        trimmed[digits..].strip_prefix(['.', ')'])?
    };
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix([' ', '\t']) }
}

/// Whether the line is a heading with `#`.
pub(super) fn is_heading(trimmed: &str) -> bool {
    let marks = trimmed.bytes().take_while(|&byte| byte == b'#').count();
    (1..=6).contains(&marks) && trimmed[marks..].chars().next().is_none_or(|c| c == ' ' || c == '\t')
}

/// Whether the line is a rule or the underline of a heading: one of `-=*_`, three times or more, with or without spaces.
pub(super) fn is_rule(trimmed: &str) -> bool {
    let mut marks = trimmed.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
    let Some(first @ (b'-' | b'=' | b'*' | b'_')) = marks.next() else { return false };
    let mut count = 1;
    for mark in marks {
        if mark != first {
            return false;
        }
        count += 1;
    }
    count >= 3 || (first == b'=' && count >= 2)
}
