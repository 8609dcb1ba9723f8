//! What a tool printed: compilers, package managers, test runners, listings of files and processes.
//!
//! Such lines are records, each to be read by itself; words of them are not running text. They are known by their first
//! words or by their columns. A single one proves nothing.
//!
//! Deliberately absent: logs with a time or a level in each line (`log`), and what was typed (`session`).

use std::sync::LazyLock;

use regex::Regex;

use super::fence;
use super::line::{self, Line};
use crate::domain::evidence::{self, Tongue};

/// Lines that make a run, and how many of them must be known.
const ENOUGH: usize = 3;
const KNOWN: usize = 2;

/// Lines after a blank one in which a known one must follow.
const LONGEST_DOUBT: usize = 64;

/// Bytes of a text that tell whether all of it is output.
const FIRST: usize = 8 << 10;

/// Bytes of a line that are looked at.
const LOOKED_AT: usize = 400;

/// The end of the output that begins with this line.
pub(super) fn block(text: &str, first: Line<'_>, end: usize) -> Option<usize> {
    if !is_known(first.text) {
        return None;
    }
    let (mut lines, mut known) = (0, 0);
    let mut last = first.start;
    // Lines since the last that surely belongs here, and whether a blank one is among them.
    let (mut doubtful, mut after_blank) = (0, false);
    let mut at = first.start;
    while at < end {
        let line = Line::at(text, at, end);
        at = line.next;
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        let is_known = is_known(line.text);
        let ends = doubtful > LONGEST_DOUBT || (line.indent() < 4 && fence::open(line).is_some());
        if ends || (!is_known && line.indent() < 4 && begins_text(line.text, after_blank)) {
            break;
        }
        doubtful += 1;
        if is_known || !after_blank {
            lines += doubtful;
            known += usize::from(is_known);
            last = line.next;
            (doubtful, after_blank) = (0, false);
        }
    }
    (lines >= ENOUGH && known >= KNOWN).then_some(last)
}

/// Whether a text is output and nothing else, by its first part.
pub(super) fn is_whole(text: &str) -> bool {
    let text = text[..text.floor_char_boundary(FIRST)].trim_end();
    block(text, Line::at(text, 0, text.len()), text.len()).is_some_and(|end| end == text.len())
}

/// Whether running text begins with a line.
fn begins_text(line: &str, after_blank: bool) -> bool {
    let trimmed = line.trim();
    let is_sentence = trimmed.starts_with(char::is_uppercase) && trimmed.ends_with(['.', ':', '!', '?']);
    (after_blank && line::is_heading(trimmed))
        || ((after_blank || is_sentence) && evidence::of(line).tongue == Tongue::Prose)
}

/// Whether a line is one that tools print.
pub(super) fn is_known(line: &str) -> bool {
    let line = &line[..line.floor_char_boundary(LOOKED_AT)];
    // Text that is set in full width has gaps, too.
    MARKS.is_match(line) || (has_columns(line) && evidence::of(line).tongue != Tongue::Prose)
}

/// Whether a line has three columns or more, set apart by two spaces at least. After the end of a sentence, two spaces are a
/// habit.
fn has_columns(line: &str) -> bool {
    let mut before = None;
    let mut gaps = 0;
    let mut spaces = 0;
    for byte in line.trim_start().bytes() {
        if byte == b' ' {
            spaces += 1;
            continue;
        }
        gaps += usize::from(spaces > 1 && !matches!(before, Some(b'.' | b'!' | b'?' | b':' | b';' | b'|' | b'-')));
        spaces = 0;
        before = Some(byte);
    }
    gaps > 1 && !line.contains('|')
}

static MARKS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("^(?:{})", PATTERNS.join("|"))).expect("the patterns are valid"));

/// How lines begin that tools print.
const PATTERNS: &[&str] = &[
    // A title within a ruler.
    r"\s*[=_~*-]{3,} \S.* ?[=_~*-]{3,}\s*$",
    // Compilers and linters: a place, or a sort of message; the place and the lines of code below it.
    r"\s*(?:[A-Za-z]:)?[\w./\\@+-]+\.\w+(?::\d+(?::\d+)?:|\(\d+(?:,\d+)?\):?) \S",
    r"\s*(?:error|warning|note|help|fatal|fatal error|info)(?:\[[\w:-]+\]| TS\d+)?: \S",
    r"\s*--> \S+:\d+",
    r"\s*\d* \|(?: |$)",
    r"\s+= (?:note|help): ",
    // Package managers.
    r"npm (?:ERR!|error|warn|WARN|http|notice|info|verb|sill|timing)(?: |$)",
    r"\s*(?:Collecting|Downloading|Using cached|Obtaining|Processing|Building wheels? for|Getting requirements to) \S+(?: \(.*\)|: .*|\.\.\.)?$",
    r"\s*(?:Requirement already satisfied|Installing collected packages|Looking in (?:indexes|links)|Found existing installation):",
    r"Successfully (?:installed|built|uninstalled) \S",
    r"\s{2,}(?:Compiling|Checking|Download(?:ing|ed)|Updating|Finished|Running|Building|Fresh|Dirty|Locking|Adding|Removing|Documenting|Doc-tests|Installing|Installed|Replacing|Blocking|Packag(?:ing|ed)|Verifying|Archiving|Uploading) \S",
    r"(?:Get|Hit|Ign|Err):\d+ \S",
    r"(?:Setting up|Unpacking|Selecting previously unselected package|Preparing to unpack|Processing triggers for|Reading (?:package lists|state information)|Building dependency tree)[ .]",
    // Builds.
    r"make(?:\[\d+\])?: ",
    r"\[ ?\d{1,3}(?:%|/\d+)\] ",
    r"-- (?:Looking for|Found|Check|The|Detecting|Configuring|Generating|Build|Performing) ",
    r"(?:> Task :|Step \d+/\d+ : | ---> |#\d+ (?:\[|DONE|CACHED|ERROR|\d+\.\d+ |sha256|transferring|exporting))",
    r"(?:remote|Receiving objects|Resolving deltas|Unpacking objects|Counting objects|Compressing objects): ",
    // Test runners.
    r"E(?:   +\S|\s*$)",
    r"(?:FAILED|ERROR|PASSED|SKIPPED|XFAIL) \S+::",
    r"\S.* (?:PASSED|FAILED|SKIPPED|XFAIL|XPASS|ERROR)(?:\s+\[ *\d+%\])?\s*$",
    r"\S+ [.FEsxX]+ +\[ *\d+%\]$",
    r"test \S+.* \.\.\. (?:ok|FAILED|ignored)",
    r"running \d+ tests?$",
    r"(?:ok|not ok) \d+\b",
    r"\s*--- (?:FAIL|PASS|SKIP): ",
    r"=== (?:RUN|CONT|PAUSE) ",
    r"(?:ok|FAIL|\?) +\t?\S+\t",
    r"\s*[✓✔✗✘✕√] \S",
    r"(?:Tests?|Test Suites|Snapshots|Time):? +\d",
    r"(?:PASS|FAIL) \S+\.\w+",
    r"Ran \d+ tests? in ",
    // Listings, bars of progress, debuggers.
    r"[-dlcbps](?:[r-][w-][xsStT-]){3}[.+@]? +\d+ ",
    r"total \d+$",
    r"\s*[━█▏▎▍▌▋▊▉░▓#=>-]{8,} .*\d",
    r"(?:Program received signal |\[(?:New )?(?:LWP|Thread|Inferior) )",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tools_print_is_known() {
        for line in [
            "============================= test session starts ==============================",
            "---- tests::adds stdout ----",
            "src/main.c:12:5: error: expected ';' before '}' token",
            "src/app.ts(3,14): error TS2345: Argument of type 'string'",
            "error[E0308]: mismatched types",
            "  --> src/main.rs:3:5",
            "3 |     let x: i32 = \"a\";",
            "  |",
            "npm warn deprecated inflight@1.0.6: This module is not supported",
            "  Downloading pytest-9.2.0-py3-none-any.whl (411 kB)",
            "   Compiling serde v1.0.219",
            "    Finished `release` profile [optimized] target(s) in 12.34s",
            "Get:3 http://deb.example.org bookworm/main amd64 Packages [8,791 kB]",
            "make[1]: Entering directory '/tmp/x'",
            "[ 42%] Building C object CMakeFiles/a.dir/a.c.o",
            "test_a.py::test_ok[0] PASSED                                             [  2%]",
            "tests/test_b.py ..F.s                                                    [ 10%]",
            "test tests::adds ... ok",
            "--- FAIL: TestAdd (0.00s)",
            "ok  \texample.org/x\t0.012s",
            "-rw-r--r-- 1 root root  1234 Nov 22 09:59 a.txt",
            "NAME                     READY   STATUS    RESTARTS   AGE",
            "     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 411.8/411.8 kB 26.4 MB/s eta 0:00:00",
        ] {
            assert!(is_known(line), "{line}");
        }
    }

    #[test]
    fn running_text_is_not() {
        for line in [
            "The server reads the file.  Then it rests.  That is all.",
            "Note: it must not be restarted.",
            "Processing takes a while, as does the rest of it",
            "- one thing  and another",
            "| a  | b  | c  |",
            "# A heading",
            "---",
            "> quoted",
            "Error handling is described below.",
            "Checking the result is up to you",
        ] {
            assert!(!is_known(line), "{line}");
        }
    }
}
