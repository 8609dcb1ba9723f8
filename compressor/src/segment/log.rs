//! Logs: runs of lines that begin with a time or a level.
//!
//! By bytes, not by patterns: a log of 50 MB is read at memory speed.

use super::line::Line;
use super::{fence, trace};

/// Lines that make a run.
const ENOUGH: usize = 3;

/// Lines without a time between two with one, at most: the rest of a message.
const LONGEST_MESSAGE: usize = 64;

/// The end of the run of log lines that begins with this line, or where a run that is too short ends.
pub(super) fn run(text: &str, first: Line<'_>, end: usize) -> Result<usize, usize> {
    let mut count = 0;
    let mut last = first.start;
    let mut others = 0;
    let mut after_blank = false;
    let mut at = first.start;
    while at < end {
        let line = Line::at(text, at, end);
        at = line.next;
        if begins(line.text.as_bytes()) {
            count += 1;
            last = line.next;
            others = 0;
            after_blank = false;
            continue;
        }
        others += 1;
        if line.is_blank() {
            after_blank = true;
        } else if let Some(trace) = trace::block(text, line, end) {
            at = trace;
            // One that stands apart belongs to the log if that goes on.
            if !after_blank {
                last = trace;
                others = 0;
            }
        } else if others > LONGEST_MESSAGE || (after_blank && line.indent() == 0) || fence::open(line).is_some() {
            break;
        } else if line.indent() > 0 && others == 1 {
            last = line.next;
            others = 0;
        }
    }
    if count >= ENOUGH { Ok(last) } else { Err(last) }
}

/// Whether a text begins with a log.
pub(super) fn begins_text(text: &str) -> bool {
    let line = Line::at(text, 0, text.len());
    begins(line.text.as_bytes()) && run(text, line, text.len()).is_ok()
}

/// Whether a line begins with a time or a level, within a bracket perhaps.
pub(super) fn begins(line: &[u8]) -> bool {
    let (bracket, line) = match line {
        [b'[' | b'<' | b'(', rest @ ..] => (true, rest.trim_ascii_start()),
        _ => (false, line),
    };
    match line.first() {
        Some(b'0'..=b'9') => begins_with_time(line, bracket),
        Some(b'A'..=b'Z' | b'a'..=b'z') => {
            begins_with_level(line, bracket)
                || begins_with_month(line)
                || begins_with_field(line)
                || begins_with_initial(line)
        }
        _ => false,
    }
}

/// Whether `line` has this shape: `d` a digit, `a` a letter, `~` any byte that separates date and time.
fn shaped(line: &[u8], shape: &[u8]) -> bool {
    line.len() >= shape.len()
        && line.iter().zip(shape).all(|(byte, wanted)| match wanted {
            b'd' => byte.is_ascii_digit(),
            b'a' => byte.is_ascii_alphabetic(),
            b'~' => matches!(byte, b' ' | b'T' | b't' | b'_' | b',' | b':' | b'-'),
            _ => byte == wanted,
        })
}

fn begins_with_time(line: &[u8], bracket: bool) -> bool {
    const SHAPES: [&[u8]; 8] = [
        b"dddd-dd-dd~dd:dd",
        b"dddd/dd/dd~dd:dd",
        b"dd:dd:dd",
        b"dd/aaa/dddd~dd:dd",
        b"dd/dd/dddd~dd:dd",
        b"dd-dd~dd:dd:dd",
        b"ddddddddTdddddd",
        b"dd aaa dddd dd:dd",
    ];
    if SHAPES.iter().any(|shape| shaped(line, shape)) {
        return true;
    }
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = &line[digits..];
    let fraction = match rest {
        [b'.', rest @ ..] => rest.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        _ => 0,
    };
    // The kernel's `[   12.345678]`, and seconds or milliseconds since 1970.
    if bracket {
        return fraction >= 3 && rest.get(fraction + 1) == Some(&b']');
    }
    let ended = |at: usize| rest.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t'));
    if (digits == 10 || digits == 13) && (ended(0) || (fraction > 0 && ended(fraction + 1))) {
        return true;
    }
    // `10.0.0.1 - - [10/Oct/2025:13:55:36 +0000]`.
    let address = line.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    address >= 7
        && line.get(address) == Some(&b' ')
        && line[address..line.len().min(address + 64)].windows(8).any(|window| shaped(window, b"[dd/aaa/"))
}

/// `INFO ...`, `[error] ...`, `WARNING: ...`.
fn begins_with_level(line: &[u8], bracket: bool) -> bool {
    const LEVELS: [&[u8]; 16] = [
        b"INFO",
        b"WARN",
        b"WARNING",
        b"ERROR",
        b"DEBUG",
        b"TRACE",
        b"FATAL",
        b"CRITICAL",
        b"NOTICE",
        b"SEVERE",
        b"ERR",
        b"DBG",
        b"INF",
        b"WRN",
        b"VERBOSE",
        b"EMERG",
    ];
    let word = line.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let level = &line[..word];
    let known = LEVELS.iter().any(|name| if bracket { level.eq_ignore_ascii_case(name) } else { level == *name });
    let ended = match line.get(word) {
        Some(b']' | b'>' | b')') => bracket,
        Some(b' ' | b'\t' | b':' | b'|') => true,
        _ => false,
    };
    known && ended
}

/// `Nov 22 09:59:41 host ...`, `Sat Nov 22 09:59:41 2025`.
fn begins_with_month(line: &[u8]) -> bool {
    let line = if shaped(line, b"aaa aaa ") { &line[4..] } else { line };
    shaped(line, b"aaa ") && {
        let day = line[4..].trim_ascii_start();
        let digits = day.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (digits == 1 || digits == 2) && (shaped(&day[digits..], b" dd:dd:dd") || shaped(&day[digits..], b" dddd dd:dd"))
    }
}

/// `time=2025-11-22T09:59:41Z level=info`.
fn begins_with_field(line: &[u8]) -> bool {
    [&b"time="[..], b"level=", b"ts=", b"timestamp="].iter().any(|field| line.starts_with(field))
}

/// `I1122 09:59:41.123456  123 file.cc:12] ...`.
fn begins_with_initial(line: &[u8]) -> bool {
    matches!(line[0], b'I' | b'W' | b'E' | b'F') && shaped(&line[1..], b"dddd dd:dd:dd")
}
