//! Diffs: unified ones, combined ones of merges, context diffs, and normal ones without a header.

mod hunks;

use super::line::Line;
use hunks::{GIT, is_hunk, read};
pub(crate) use hunks::{Sort, fillers};

/// The end of the diff that begins with this line.
pub(super) fn block(text: &str, line: Line<'_>, end: usize) -> Option<usize> {
    let next = || (line.next < end).then(|| Line::at(text, line.next, end).text);
    match line.text.as_bytes().first()? {
        b'd' if line.text.starts_with(GIT) || line.text.starts_with("diff -") => {}
        b'I' if line.text.starts_with("Index: ") => {}
        b'@' if is_hunk(line.text) => {}
        b'-' if line.text.starts_with("--- ") && next()?.starts_with("+++ ") => {}
        b'*' if line.text.starts_with("*** ") && next()?.starts_with("--- ") => {
            return run(text, line, end, &["*** ", "--- ", "*****", "  ", "! ", "+ ", "- ", "\\ "], "***************");
        }
        b'1'..=b'9' if is_normal(line.text) && next()?.starts_with(['<', '>']) => {
            return run(text, line, end, &["< ", "> ", "<", ">", "---", "\\ "], "");
        }
        _ => return None,
    }
    let (last, hunks) = read(text, line.start, end);
    (hunks > 0 || line.text.starts_with(GIT)).then_some(last)
}

/// Whether a text begins with a diff.
pub(super) fn begins_text(text: &str) -> bool {
    block(text, Line::at(text, 0, text.len()), text.len()).is_some()
}

/// The end of lines that begin as those of a diff do; `mark` must stand among them.
fn run(text: &str, first: Line<'_>, end: usize, beginnings: &[&str], mark: &str) -> Option<usize> {
    let mut at = first.start;
    let mut marked = mark.is_empty();
    while at < end {
        let line = Line::at(text, at, end);
        let belongs = beginnings.iter().any(|beginning| line.text.starts_with(beginning)) || is_normal(line.text);
        if !belongs {
            break;
        }
        marked |= line.text == mark;
        at = line.next;
    }
    marked.then_some(at)
}

/// `12,14c12`: what to change, without a header.
fn is_normal(line: &str) -> bool {
    let Some((old, new)) = line.split_once(['a', 'c', 'd']) else { return false };
    let is_place = |place: &str| {
        !place.is_empty()
            && place.split(',').count() <= 2
            && place.split(',').all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    is_place(old) && is_place(new)
}
