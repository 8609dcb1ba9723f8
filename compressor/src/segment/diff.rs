//! Unified diffs, by the line counts of their hunks.

use super::line::Line;

/// What begins each file of a diff by git, also one without hunks.
const GIT: &str = "diff --git ";

/// Header lines of one file, at most.
const MOST_HEADERS: usize = 16;

/// The end of the diff that begins with this line.
pub(super) fn block(text: &str, line: Line<'_>, end: usize) -> Option<usize> {
    let begins = match line.text.as_bytes().first()? {
        b'd' => line.text.starts_with(GIT) || line.text.starts_with("diff -"),
        b'I' => line.text.starts_with("Index: "),
        b'@' => hunk(line.text).is_some(),
        b'-' => {
            line.text.starts_with("--- ") && line.next < end && {
                Line::at(text, line.next, end).text.starts_with("+++ ")
            }
        }
        _ => false,
    };
    if !begins {
        return None;
    }
    let mut last = line.start;
    let mut hunks = 0;
    let mut headers = 0;
    let mut at = line.start;
    while at < end {
        let line = Line::at(text, at, end);
        if let Some((old, new)) = hunk(line.text) {
            at = body(text, line.next, end, old, new);
            last = at;
            hunks += 1;
            headers = 0;
        } else if is_header(line.text) && headers < MOST_HEADERS {
            headers = if line.text.starts_with(GIT) { 0 } else { headers + 1 };
            at = line.next;
            last = at;
        } else if line.is_blank() {
            at = line.next;
        } else {
            break;
        }
    }
    (hunks > 0 || line.text.starts_with(GIT)).then_some(last)
}

/// The end of a hunk's lines. A hunk that was cut short ends where no line of a diff follows.
fn body(text: &str, from: usize, end: usize, old: usize, new: usize) -> usize {
    let (mut old, mut new) = (old, new);
    let mut at = from;
    while at < end {
        let line = Line::at(text, at, end);
        match line.text.as_bytes().first() {
            Some(b'\\') => {}
            _ if old == 0 && new == 0 => break,
            Some(b'+') if new > 0 => new -= 1,
            Some(b'-') if old > 0 => old -= 1,
            // Editors strip the space of an empty context line.
            Some(b' ' | b'\t') | None if old > 0 && new > 0 => {
                old -= 1;
                new -= 1;
            }
            _ => break,
        }
        at = line.next;
    }
    at
}

/// The line counts of a hunk's header, `@@ -a,b +c,d @@`.
fn hunk(line: &str) -> Option<(usize, usize)> {
    let (old, rest) = line.strip_prefix("@@ -")?.split_once(" +")?;
    let (new, _) = rest.split_once(" @@")?;
    let count = |range: &str| match range.split_once(',') {
        Some((_, count)) => count.parse().ok(),
        None => range.parse::<usize>().ok().map(|_| 1),
    };
    Some((count(old)?, count(new)?))
}

fn is_header(line: &str) -> bool {
    const HEADERS: [&str; 16] = [
        "diff ",
        "index ",
        "--- ",
        "+++ ",
        "new file mode ",
        "deleted file mode ",
        "old mode ",
        "new mode ",
        "similarity index ",
        "dissimilarity index ",
        "rename from ",
        "rename to ",
        "copy from ",
        "copy to ",
        "Binary files ",
        "Index: ",
    ];
    HEADERS.iter().any(|header| line.starts_with(header)) || (line.len() > 20 && line.bytes().all(|byte| byte == b'='))
}
