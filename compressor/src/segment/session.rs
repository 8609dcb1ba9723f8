//! Transcripts of sessions: prompts with what was typed after them, and what was answered.
//!
//! What was typed is code and stays byte for byte; only its prompt tells it from the answers, so that a line is taken for
//! an answer only if it has none.
//!
//! Invariant: the stretches of a session tile it (`tests::kinds::stretches_tile_a_session`).

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::line::Line;
use crate::domain::evidence::{self, Tongue};

/// Columns of indentation that a prompt in running text may have.
const DEEPEST: usize = 12;

/// Lines after a blank one in which a prompt must follow.
const LONGEST_DOUBT: usize = 64;

/// Bytes of a line in which a prompt is looked for.
const LOOKED_AT: usize = 200;

/// Lines of a session that are all typed, or all answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Bytes of the document: whole lines.
    pub(crate) range: Range<usize>,
    /// Whether they were typed.
    pub(crate) typed: bool,
}

/// The end of the session that begins with this line of running text.
pub(super) fn block(text: &str, first: Line<'_>, end: usize) -> Option<usize> {
    let typed = typed(first.text).filter(|_| first.indent() <= DEEPEST)?;
    // `>>> Did you see this?` quotes a letter.
    if first.text.trim_start().starts_with(">>>") && evidence::of(typed).tongue == Tongue::Prose {
        return None;
    }
    let mut last = first.next;
    // Lines after a blank one are answers if a prompt follows before anything that reads as prose.
    let mut doubtful = 0;
    let mut after_blank = false;
    let mut at = first.next;
    while at < end {
        let line = Line::at(text, at, end);
        at = line.next;
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        let prompt = is_prompt(line.text);
        doubtful = if prompt || !after_blank { 0 } else { doubtful + 1 };
        let ends = line.indent() < first.indent() || is_fence(line.text) || doubtful > LONGEST_DOUBT;
        if ends || (doubtful > 0 && evidence::of(line.text).tongue == Tongue::Prose) {
            break;
        }
        if doubtful == 0 {
            last = line.next;
            after_blank = false;
        }
    }
    Some(last)
}

/// Whether a text begins with a prompt.
pub(super) fn begins(text: &str) -> bool {
    text.lines().find(|line| !line.trim().is_empty()).is_some_and(is_prompt)
}

/// The stretches of a session.
pub(crate) fn stretches(text: &str, range: Range<usize>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut after_typed, mut goes_on) = (false, false);
    let mut at = range.start;
    while at < range.end {
        let line = Line::at(text, at, range.end);
        let continues = after_typed && matches(&CONTINUATION, line.text);
        let typed = goes_on || continues || is_prompt(line.text) || matches(&BARE, line.text);
        match stretches.last_mut() {
            Some(last) if last.typed == typed => last.range.end = line.next,
            _ => stretches.push(Stretch { range: at..line.next, typed }),
        }
        goes_on = typed && line.text.ends_with('\\');
        after_typed = typed;
        at = line.next;
    }
    stretches
}

fn is_prompt(line: &str) -> bool {
    typed(line).is_some()
}

fn is_fence(line: &str) -> bool {
    let trimmed = line.trim_start();
    trimmed.starts_with("```") || trimmed.starts_with("~~~")
}

/// What stands after the prompt of a line.
fn typed(line: &str) -> Option<&str> {
    let head = &line[..line.floor_char_boundary(LOOKED_AT)];
    PROMPT.find(head).map(|prompt| &line[prompt.end()..])
}

fn matches(regex: &Regex, line: &str) -> bool {
    regex.is_match(&line[..line.floor_char_boundary(LOOKED_AT)])
}

/// Of Python and its debuggers, `IPython`, Ruby, Elixir, other languages and databases; of shells with the user and the
/// machine, of a bare `$`, of Windows.
static PROMPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^\s*(?:\([\w.-]+\) )?(?:>>>(?: |$)|In ?\[\d+\]: ?|\((?:Pdb|gdb|lldb|ipdb)\) |(?:irb|pry|iex)(?:\([^)]*\))?(?::\d+)*[>*] |",
        r"\[\d+\] pry\([^)]*\)> |(?:irb|ipdb|sqlite|mysql|scala|julia|ghci|Prelude|jshell|redis|sftp|ftp|mongo|lua|php)> |",
        r"MariaDB \[[^\]]*\]> |\w+=[#>] |(?:\d{1,3}\.){3}\d{1,3}:\d+> |",
        r"[\w.-]+@[\w.-]+(?::| )[^$#%\s]*(?: )?[$#%] |\[[\w.-]+@[\w.-]+ [^\]]+\][$#] |",
        r"\$ +(?:[a-z./~_]|[A-Z_]+=)|PS [A-Za-z]:\\[^>]*> ?|[A-Za-z]:\\[^>]*>)",
    ))
    .expect("the pattern is valid")
});

/// What carries a command on to the next line.
static CONTINUATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:\.\.\.(?: |$|\(\d+\)> )|\.\.\.: ?|-> |>(?: |$)|\w+[-('][#>] |irb\([^)]*\)(?::\d+)*[*'] )")
        .expect("the pattern is valid")
});

/// Prompts that are marks elsewhere.
static BARE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s*[%#] +[a-z./~_]").expect("the pattern is valid"));
