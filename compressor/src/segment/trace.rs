//! Stack traces: Python, Java and JavaScript (and whatever writes `at ...`), Rust, Go, Ruby, PHP, and numbered frames.

use super::line::Line;

/// The end of the trace that begins with this line.
pub(super) fn block(text: &str, line: Line<'_>, end: usize) -> Option<usize> {
    let trimmed = line.text.trim_start();
    let lines = Lines { text, end };
    match trimmed.as_bytes().first()? {
        b'T' if trimmed.starts_with(PYTHON) => return Some(lines.python(line)),
        b't' if trimmed.starts_with("thread '") && trimmed.contains("panicked at") => return Some(lines.rust(line)),
        b'g' if is_goroutine(trimmed) => return Some(lines.go(line)),
        b'p' if trimmed.starts_with("panic: ") && lines.after(line).take(6).any(|line| is_goroutine(line.text)) => {
            return Some(lines.go(line));
        }
        _ if is_ruby(trimmed) && lines.after(line).next().is_some_and(|next| is_ruby_caller(next.text)) => {
            let belongs = |line: &Line<'_>| is_ruby_caller(line.text);
            return lines.after(line).take_while(belongs).last().map(|line| line.next);
        }
        _ if lines.after(line).next().is_some_and(|next| next.text.trim() == "Stack trace:") => {
            return lines.php(line);
        }
        b'#' if trimmed.starts_with("#0 ") && lines.after(line).next().is_some_and(|next| is_numbered(next.text)) => {
            return Some(lines.numbered(line));
        }
        _ => {}
    }
    lines.frames(line)
}

const PYTHON: &str = "Traceback (most recent call last)";

fn is_goroutine(line: &str) -> bool {
    line.starts_with("goroutine ") && line.trim_end().ends_with("]:")
}

/// `#1 main () at a.c:3`.
fn is_numbered(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('#') else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && rest[digits..].starts_with(' ')
}

/// A Ruby error: place, `:in`, method, message.
fn is_ruby(line: &str) -> bool {
    line.split_once(":in ").is_some_and(|(place, _)| {
        place
            .rsplit_once(':')
            .is_some_and(|(file, line)| !file.is_empty() && line.bytes().all(|it| it.is_ascii_digit()))
    })
}

/// A caller below it: `from` and a place, indented.
fn is_ruby_caller(line: &str) -> bool {
    line.starts_with([' ', '\t']) && line.trim_start().strip_prefix("from ").is_some_and(is_ruby)
}

/// `at Module.load (node.js:3:1)`, `at a.b.C.d(C.java:3)`, `at A.B() in a.cs:line 3`, indented; what was copied from a page
/// may have lost that.
fn is_frame(line: &str) -> bool {
    let trimmed = line.trim_start();
    let is_indented = trimmed.len() < line.len();
    trimmed.starts_with("at ") && trimmed.contains(['(', ':', '/']) && (is_indented || trimmed.contains(".java:"))
}

#[derive(Clone, Copy)]
struct Lines<'a> {
    text: &'a str,
    end: usize,
}

impl<'a> Lines<'a> {
    fn after(self, line: Line<'a>) -> impl Iterator<Item = Line<'a>> {
        let mut at = line.next;
        std::iter::from_fn(move || {
            (at < self.end).then(|| {
                let line = Line::at(self.text, at, self.end);
                at = line.next;
                line
            })
        })
    }

    /// Indented lines, then the exception; a chain of tracebacks is one trace.
    fn python(self, first: Line<'a>) -> usize {
        let base = first.indent();
        let mut last = first.next;
        let mut lines = self.after(first).peekable();
        loop {
            while let Some(line) = lines.next_if(|line| line.indent() > base && !line.is_blank()) {
                last = line.next;
            }
            if let Some(line) = lines.next_if(|line| !line.is_blank() && !line.text.trim_start().starts_with(PYTHON)) {
                last = line.next;
            }
            while let Some(line) = lines.next_if(|line| line.indent() > base && !line.is_blank()) {
                last = line.next;
            }
            let chained = |line: &Line<'_>| {
                let trimmed = line.text.trim_start();
                line.is_blank()
                    || trimmed.starts_with("During handling of the above exception")
                    || trimmed.starts_with("The above exception was the direct cause")
            };
            while lines.next_if(chained).is_some() {}
            match lines.next_if(|line| line.text.trim_start().starts_with(PYTHON)) {
                Some(line) => last = line.next,
                None => return last,
            }
        }
    }

    /// The message, notes and numbered frames.
    fn rust(self, first: Line<'a>) -> usize {
        let mut last = first.next;
        for (index, line) in self.after(first).enumerate() {
            let numbered = line
                .text
                .trim_start()
                .split_once(':')
                .is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
            let belongs = index == 0
                || numbered
                || line.indent() > 0
                || line.text.starts_with("note: ")
                || line.text.starts_with("stack backtrace:");
            if line.is_blank() || !belongs {
                break;
            }
            last = line.next;
        }
        last
    }

    /// Paragraphs of frames, each under its goroutine.
    fn go(self, first: Line<'a>) -> usize {
        let mut last = first.next;
        let mut after_blank = false;
        for line in self.after(first) {
            if line.is_blank() {
                after_blank = true;
                continue;
            }
            let begins = is_goroutine(line.text) || line.text.starts_with("[signal ");
            if after_blank && !begins && !line.text.starts_with("exit status ") {
                break;
            }
            after_blank = false;
            last = line.next;
        }
        last
    }

    /// A message, numbered frames and where it was thrown.
    fn php(self, first: Line<'a>) -> Option<usize> {
        let mut lines = self.after(first).skip(1).peekable();
        let frames = std::iter::from_fn(|| lines.next_if(|line| is_numbered(line.text))).last()?;
        let thrown = lines.next_if(|line| line.text.trim_start().starts_with("thrown in "));
        Some(thrown.unwrap_or(frames).next)
    }

    fn numbered(self, first: Line<'a>) -> usize {
        let belongs = |line: &Line<'_>| is_numbered(line.text) || (line.indent() > 0 && !line.is_blank());
        self.after(first).take_while(belongs).last().map_or(first.next, |line| line.next)
    }

    /// A message and frames that begin with `at`; without a message at least two frames.
    fn frames(self, first: Line<'a>) -> Option<usize> {
        const MESSAGES: [&str; 6] = ["Error", "Exception", "Throwable", "Caused by", "Warning", "panic"];
        let framed = is_frame(first.text);
        let next = self.after(first).next()?;
        if !is_frame(next.text) || !(framed || MESSAGES.iter().any(|word| first.text.contains(word))) {
            return None;
        }
        let belongs = |line: &Line<'_>| {
            let trimmed = line.text.trim_start();
            is_frame(line.text)
                || (trimmed.starts_with("... ") && trimmed.ends_with(" more"))
                || trimmed.starts_with("Caused by:")
                || trimmed.starts_with("Suppressed:")
                || trimmed.starts_with("--- End of ")
        };
        self.after(first).take_while(belongs).last().map(|line| line.next)
    }
}
