//! Hunks of unified diffs, by their line counts, and of combined ones, by the marks of their lines.

use std::ops::Range;

use super::super::line::Line;

/// What begins each file of a diff by git, also one without hunks.
pub(super) const GIT: &str = "diff --git ";

/// What begins the data of a file that is no text.
const BINARY: &str = "GIT binary patch";

/// Header lines of one file, at most.
const MOST_HEADERS: usize = 16;

/// Lines of a diff that say nothing of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filler {
    /// Bytes of the document: whole lines.
    pub(crate) range: Range<usize>,
    pub(crate) sort: Sort,
}

/// What they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Lines around changes.
    Context {
        /// Whether a changed line of the same hunk stands directly above.
        after_change: bool,
        /// The same below.
        before_change: bool,
    },
    /// The bytes of a file that is no text.
    Binary,
}

/// The end of the diff that begins at `start`, and how many hunks it has.
pub(super) fn read(text: &str, start: usize, end: usize) -> (usize, usize) {
    Reader { text, end, fillers: None }.read(start)
}

/// What may be left out of a unified or combined diff, in order and apart.
pub(crate) fn fillers(text: &str, range: Range<usize>) -> Vec<Filler> {
    let mut reader = Reader { text, end: range.end, fillers: Some(Vec::new()) };
    let mut at = range.start;
    while at < range.end {
        let line = Line::at(text, at, range.end);
        // What is no line of a diff is stepped over, and blank lines once, not from each of them.
        let last = if line.is_blank() { at } else { reader.read(at).0 };
        at = last.max(line.next);
    }
    reader.fillers.unwrap_or_default()
}

/// Whether a line is the header of a hunk.
pub(super) fn is_hunk(line: &str) -> bool {
    hunk(line).is_some() || combined(line).is_some()
}

/// Reads files and their hunks.
struct Reader<'a> {
    text: &'a str,
    end: usize,
    /// Those found, if they are wanted.
    fillers: Option<Vec<Filler>>,
}

impl Reader<'_> {
    /// The end of the diff that begins here, and how many hunks it has.
    fn read(&mut self, start: usize) -> (usize, usize) {
        let mut last = start;
        let mut hunks = 0;
        let mut headers = 0;
        let mut at = start;
        while at < self.end {
            let line = Line::at(self.text, at, self.end);
            let body = hunk(line.text)
                .map(|(old, new)| self.unified(line.next, old, new))
                .or_else(|| combined(line.text).map(|parents| self.combined(line.next, parents)))
                .or_else(|| (line.text == BINARY).then(|| self.binary(line.next)));
            if let Some(end) = body {
                at = end;
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
        (last, hunks)
    }

    /// The end of a hunk's lines. A hunk that was cut short ends where no line of a diff follows.
    fn unified(&mut self, from: usize, mut old: usize, mut new: usize) -> usize {
        let mut context = Open::new(from);
        let mut at = from;
        while at < self.end {
            let line = Line::at(self.text, at, self.end);
            match line.text.as_bytes().first() {
                // That the line above has no end.
                Some(b'\\') => context.changed(line, &mut self.fillers),
                _ if old == 0 && new == 0 => break,
                Some(b'+') if new > 0 => {
                    new -= 1;
                    context.changed(line, &mut self.fillers);
                }
                Some(b'-') if old > 0 => {
                    old -= 1;
                    context.changed(line, &mut self.fillers);
                }
                // Editors strip the space of an empty context line.
                Some(b' ' | b'\t') | None if old > 0 && new > 0 => {
                    old -= 1;
                    new -= 1;
                }
                _ => break,
            }
            at = line.next;
        }
        context.closed(at, &mut self.fillers);
        at
    }

    /// The end of a hunk whose lines begin with a mark for each parent.
    fn combined(&mut self, from: usize, parents: usize) -> usize {
        let mut context = Open::new(from);
        let mut at = from;
        while at < self.end {
            let line = Line::at(self.text, at, self.end);
            let marks = line.text.as_bytes().get(..parents).unwrap_or_default();
            if line.text.starts_with('\\') || marks.iter().any(|mark| matches!(mark, b'+' | b'-')) {
                context.changed(line, &mut self.fillers);
            }
            let belongs = marks.len() == parents && marks.iter().all(|mark| matches!(mark, b' ' | b'+' | b'-'));
            if !(belongs || line.text.starts_with('\\')) {
                break;
            }
            at = line.next;
        }
        context.closed(at, &mut self.fillers);
        at
    }

    /// The end of what git writes for a file that is no text: `literal 12` or `delta 12`, lines of 85 different characters, a
    /// blank line.
    fn binary(&mut self, from: usize) -> usize {
        let mut at = from;
        let mut data = None;
        while at < self.end {
            let line = Line::at(self.text, at, self.end);
            let is_size = ["literal ", "delta "].iter().any(|word| line.text.starts_with(word));
            let is_data = !line.is_blank() && !line.text.contains(' ');
            if is_data {
                data.get_or_insert(at);
            } else if let (Some(start), Some(fillers)) = (data.take(), &mut self.fillers) {
                fillers.push(Filler { range: start..at, sort: Sort::Binary });
            }
            if !(is_size || is_data || line.text.is_empty()) {
                break;
            }
            at = line.next;
        }
        if let (Some(start), Some(fillers)) = (data, &mut self.fillers) {
            fillers.push(Filler { range: start..at, sort: Sort::Binary });
        }
        at
    }
}

/// Context that may go on.
struct Open {
    start: usize,
    after_change: bool,
}

impl Open {
    fn new(start: usize) -> Self {
        Self { start, after_change: false }
    }

    /// A line follows that is no context.
    fn changed(&mut self, line: Line<'_>, fillers: &mut Option<Vec<Filler>>) {
        self.close(line.start, true, fillers);
        *self = Self { start: line.next, after_change: true };
    }

    /// The hunk ends.
    fn closed(&self, end: usize, fillers: &mut Option<Vec<Filler>>) {
        self.close(end, false, fillers);
    }

    fn close(&self, end: usize, before_change: bool, fillers: &mut Option<Vec<Filler>>) {
        let Some(fillers) = fillers.as_mut().filter(|_| self.start < end) else { return };
        let sort = Sort::Context { after_change: self.after_change, before_change };
        fillers.push(Filler { range: self.start..end, sort });
    }
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

/// The number of parents of a merge, of the header of a hunk: `@@@ -a,b -c,d +e,f @@@`.
fn combined(line: &str) -> Option<usize> {
    let marks = line.bytes().take_while(|&byte| byte == b'@').count();
    let rest = line[marks..].strip_prefix(" -")?;
    (marks > 2 && rest.contains(" +") && rest.contains(&line[..marks])).then(|| marks - 1)
}

fn is_header(line: &str) -> bool {
    const HEADERS: [&str; 18] = [
        "diff ",
        "index ",
        "--- ",
        "+++ ",
        "mode ",
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
        "Only in ",
        "Index: ",
    ];
    HEADERS.iter().any(|header| line.starts_with(header)) || (line.len() > 20 && line.bytes().all(|byte| byte == b'='))
}
