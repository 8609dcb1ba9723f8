//! Whether a value was drawn by chance, as keys are, or written by a person, as names and placeholders are.

/// What stands in a value that stands for another.
const PLACEHOLDERS: [&str; 23] = [
    "example",
    "your",
    "placeholder",
    "changeme",
    "change-me",
    "change_me",
    "xxxx",
    "****",
    "....",
    "----",
    "dummy",
    "sample",
    "redacted",
    "masked",
    "insert",
    "replace",
    "fake",
    "0123456789",
    "123456789",
    "abcdefgh",
    "qwerty",
    "deadbeef",
    "00000000",
];

/// What shows that a value is computed: a template, a variable, a call.
const COMPUTED: [&str; 12] =
    ["${", "{{", "$(", "%(", "<%", "#{", "os.environ", "process.env", "getenv", "import.meta", "secrets.", "env."];

/// Whether a value stands for another: `your-api-key-here`, `xxxxxxxx`, `<token>`, `${TOKEN}`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    value.starts_with(['$', '<', '{', '%', '[', '(', '@', '*'])
        || PLACEHOLDERS.iter().chain(&COMPUTED).any(|sign| lower.contains(sign))
        || is_of_few_characters(value)
}

/// Whether a key is drawn by chance: the part behind the beginning that its provider gives it.
pub(super) fn is_key(body: &str) -> bool {
    body.bytes().any(|byte| byte.is_ascii_digit())
        && body.bytes().any(|byte| byte.is_ascii_alphabetic())
        && entropy(body) >= 3.0
        && !is_placeholder(body)
}

/// Whether a value beside a name is drawn by chance: even use of characters, and classes of characters that alternate as
/// they do in no word, date, path or version. One of thirty random values of 32 letters and digits has too few digits for
/// that; names in camel case would look the same.
pub(super) fn is_random(value: &str) -> bool {
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let is_hex = is_hex(value);
    if value.len() < LEAST || letters * 5 < value.len() || entropy(value) < if is_hex { 3.0 } else { 3.5 } {
        return false;
    }
    let classes: Vec<Class> = value.bytes().filter_map(class).collect();
    let changes = classes.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let runs_of_digits = classes.chunk_by(|a, b| a == b).filter(|run| run[0] == Class::Digit).count();
    runs_of_digits >= 2 && changes * 4 >= classes.len()
}

/// Bytes of a random value, at least.
pub(super) const LEAST: usize = 16;

/// Hexadecimal digits alone, as in a hash.
pub(super) fn is_hex(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Eight, four, four, four and twelve hexadecimal digits.
pub(super) fn is_uuid(value: &str) -> bool {
    let lengths = value.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && value.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Digit,
}

fn class(byte: u8) -> Option<Class> {
    match byte {
        b'a'..=b'z' => Some(Class::Lower),
        b'A'..=b'Z' => Some(Class::Upper),
        b'0'..=b'9' => Some(Class::Digit),
        _ => None,
    }
}

fn is_of_few_characters(value: &str) -> bool {
    let mut seen = [false; 256];
    value.bytes().for_each(|byte| seen[usize::from(byte)] = true);
    seen.iter().filter(|seen| **seen).count() < (value.len() / 2).min(6)
}

/// Shannon entropy in bits for each byte.
fn entropy(value: &str) -> f64 {
    let mut counts = [0_usize; 256];
    value.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let length = value.len() as f64;
    counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| {
            let share = count as f64 / length;
            -share * share.log2()
        })
        .sum()
}
