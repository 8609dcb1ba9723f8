//! Atoms by the shape of a chunk's core, and the dates and numbers that grow over their neighbours.

use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{is_month, is_negation, is_number_word, is_unit};
use super::{Category, Chunk};

/// What a core is by its shape alone.
pub(super) fn classify(text: &str, chunk: &Chunk) -> Option<Category> {
    let core = &text[chunk.core.clone()];
    if is_plain(core) {
        return plain_word(core);
    }
    let first = core.bytes().next()?;
    if core.contains("://") || core.starts_with("www.") {
        return Some(Category::Url);
    }
    if matches("email", core) {
        return Some(Category::Email);
    }
    if first == b'-' && matches("flag", core) {
        return Some(Category::Flag);
    }
    if matches("variable", core) {
        return Some(Category::Variable);
    }
    // "not-for-profit", "read-only", "she—not he": a negation within a compound.
    let lower = core.to_ascii_lowercase();
    if lower.split(['-', '–', '—', '/']).any(is_negation) {
        return Some(Category::Negation);
    }
    if core.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(with_digits(core));
    }
    if is_path(core) {
        return Some(Category::Path);
    }
    is_identifier(core).then_some(Category::Identifier)
}

/// ASCII letters only, the first perhaps a capital: most words of a text.
fn is_plain(core: &str) -> bool {
    let bytes = core.as_bytes();
    bytes[0].is_ascii_alphabetic() && bytes[1..].iter().all(u8::is_ascii_lowercase)
}

fn plain_word(core: &str) -> Option<Category> {
    let lower = core.to_ascii_lowercase();
    if is_negation(&lower) {
        Some(Category::Negation)
    } else if is_number_word(&lower) {
        Some(Category::Number)
    } else {
        None
    }
}

fn with_digits(core: &str) -> Category {
    if matches("date", core) {
        Category::Date
    } else if matches("hash", core) && core.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        Category::Hash
    } else if matches("version", core) {
        Category::Version
    } else if matches("number", core) {
        Category::Number
    } else if is_path(core) {
        Category::Path
    } else {
        Category::Identifier
    }
}

fn is_path(core: &str) -> bool {
    let rooted = ["/", "./", "../", "~/", "\\\\"].iter().any(|root| core.starts_with(root));
    let parts = core.split(['/', '\\']).filter(|part| !part.is_empty()).count();
    (rooted && parts > 0) || parts > 2 || (parts == 2 && matches("ending", core)) || matches("drive", core)
}

/// Underscores, inner capitals, calls, scopes, dots between words.
fn is_identifier(core: &str) -> bool {
    let chars = || core.chars();
    let inner_capital = chars().zip(chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    let dotted = core.split('.').count() > 1 && core.split('.').all(|part| part.chars().count() > 1);
    let marks = ["_", "()", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "[]", "${"];
    let capitals = chars().filter(|char| char.is_uppercase()).count();
    inner_capital
        || dotted
        || (marks.iter().any(|mark| core.contains(mark)) && core.len() > 1)
        || (capitals > 1 && chars().all(|char| char.is_uppercase() || "-&/.+".contains(char)))
        || (core.contains('=') && core.len() > 2)
        || (core.starts_with(['@', '#', '.', '$']) && chars().nth(1).is_some_and(char::is_alphabetic))
        || (core.ends_with(')') && core.contains('('))
}

fn matches(shape: &str, core: &str) -> bool {
    static SHAPES: LazyLock<[(&str, Regex); 9]> = LazyLock::new(|| {
        let shape = |name, pattern: &str| (name, Regex::new(&format!("^(?:{pattern})$")).expect("a constant"));
        [
            shape("email", r"(?i)(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
            shape("flag", r"--[A-Za-z0-9][\w.-]*(?:=.*)?|-[A-Za-z]\w?(?:=.*)?"),
            shape("variable", r"\$\w+|\$\{\w+\}|%[A-Z_]\w*%|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:=.*)?"),
            shape(
                "date",
                r"\d{4}-\d{1,2}(?:-\d{1,2}(?:T[\d:.,]+(?:Z|[+-]\d\d:?\d\d)?)?)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?i:am|pm|Z)?|\d{4}s",
            ),
            shape("hash", r"(?i)(?:0x|sha\d+:)?[0-9a-f]{7,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            shape("version", r"[vV=~^]?\d+(?:\.\d+){2,}(?:[-+.]?\w+)*|[vV]\d+(?:\.\d+)*(?:[-+]\w+)*"),
            shape(
                "number",
                r"[<>≤≥≈~±+−-]?(?:[$€£¥#]|US\$)?\d[\d,._]*(?:[eE][+-]?\d+)?(?:[-–—/x×:]\d[\d,.]*)*(?:%|‰|°[CF]?|[a-zA-Zµμ]{1,3}²?|st|nd|rd|th)?\+?",
            ),
            shape("ending", r".*\.[A-Za-z][A-Za-z0-9]{0,4}"),
            shape("drive", r"[A-Za-z]:\\.*"),
        ]
    });
    SHAPES.iter().find(|(name, _)| *name == shape).is_some_and(|(_, regex)| regex.is_match(core))
}

/// How many chunks a date takes that begins here: `12 May 1999`, `May 12, 1999`, `May 1999`.
pub(super) fn date(text: &str, chunks: &[Chunk]) -> Option<usize> {
    let core = |index: usize| chunks.get(index).map(|chunk| &text[chunk.core.clone()]);
    let closes = |index: usize| text[chunks[index].core.end..chunks[index].whole.end].to_owned();
    let day = |index| core(index).is_some_and(is_day);
    let year =
        |index| core(index).is_some_and(|core| core.len() == 4 && core.bytes().all(|byte| byte.is_ascii_digit()));
    let month = |index| core(index).is_some_and(is_month);
    let free = |index: usize| matches!(closes(index).as_str(), "" | "," | ".");
    if month(0) && free(0) {
        if day(1) {
            return Some(if free(1) && year(2) { 3 } else { 2 });
        }
        return year(1).then_some(2);
    }
    if day(0) && free(0) && month(1) {
        return Some(if free(1) && year(2) { 3 } else { 2 });
    }
    None
}

fn is_day(core: &str) -> bool {
    let digits = core.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    matches!(&core[digits.len()..], "" | "st" | "nd" | "rd" | "th")
        && digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

/// "at least", "at most", "no more than", "up to": how many chunks.
pub(super) fn limit(text: &str, chunks: &[Chunk]) -> Option<usize> {
    let word = |index: usize| chunks.get(index).map(|chunk| text[chunk.core.clone()].to_ascii_lowercase());
    let first = &text[chunks[0].core.clone()];
    // Only these begin a limit of several words; most chunks leave here.
    if !matches!(first, "at" | "At" | "up" | "Up" | "more" | "More" | "less" | "Less" | "fewer" | "Fewer")
        || chunks.len() < 2
    {
        return None;
    }
    match (word(0)?.as_str(), word(1)?.as_str()) {
        ("at", "least" | "most") | ("up", "to") | ("more" | "less" | "fewer", "than") => Some(2),
        _ => None,
    }
}

/// Whether a word says how exact the number after it is.
pub(super) fn approximates(text: &str, chunks: &[Chunk]) -> bool {
    let [first, second, ..] = chunks else { return false };
    let word = text[first.core.clone()].to_ascii_lowercase();
    let bare = first.core.end == first.whole.end && second.core.start == second.whole.start;
    bare && matches!(
        word.as_str(),
        "about"
            | "around"
            | "approximately"
            | "almost"
            | "nearly"
            | "roughly"
            | "circa"
            | "over"
            | "under"
            | "exactly"
            | "c"
    ) && classify_number(text, second)
}

fn classify_number(text: &str, chunk: &Chunk) -> bool {
    !chunk.core.is_empty() && matches!(classify(text, chunk), Some(Category::Number))
}

/// How many chunks a number takes with its unit: `10 km`, `3.5 million`, `20 hundred`.
pub(super) fn with_unit(text: &str, chunks: &[Chunk]) -> usize {
    let mut count = 1;
    while count < chunks.len().min(3)
        && chunks[count - 1].core.end == chunks[count - 1].whole.end
        && chunks[count].core.start == chunks[count].whole.start
        && is_unit(&text[chunks[count].core.clone()])
    {
        count += 1;
    }
    count
}
