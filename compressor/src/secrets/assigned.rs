//! Secrets that are known by their name: a random value beside `api_key =`, `"password":` or `Authorization: Bearer`.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{Secret, SecretKind, chance};

/// What a name has in it that calls its value a secret, in any case.
const WORDS: [&str; 6] = ["key", "token", "secret", "passw", "credential", "authorization"];
/// The last of them is a header.
const HEADER: usize = 5;

/// A name with one of these names something else.
const NOT_SECRET: [&str; 19] = [
    "public",
    "pubkey",
    "pub_key",
    "publishable",
    "keyid",
    "key_id",
    "key-id",
    "tokenid",
    "token_id",
    "hash",
    "sha1",
    "sha256",
    "digest",
    "checksum",
    "fingerprint",
    "commit",
    "integrity",
    "etag",
    "tokenizer",
];

/// A name with one of these has a secret for its value, also if that looks like a hash.
const SURELY: [&str; 16] = [
    "secret",
    "passw",
    "credential",
    "apikey",
    "api_key",
    "api-key",
    "authtoken",
    "auth_token",
    "auth-token",
    "accesstoken",
    "access_token",
    "access-token",
    "privatekey",
    "private_key",
    "encryption_key",
    "signing_key",
];

/// Bytes of a name, and of a value, that are looked at.
const LONGEST_NAME: usize = 64;
const LONGEST_VALUE: usize = 512;

static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(WORDS).expect("the words are few and short")
});

/// Every random value beside a name that calls it a secret, in order.
pub(super) fn find(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    for word in NAMES.find_iter(text) {
        let secret = if word.pattern().as_usize() == HEADER {
            header(text, word.end()).map(|range| Secret { range, kind: SecretKind::Authorization })
        } else {
            assigned(text, word.range())
        };
        // The words of one name lead to the same value.
        if let Some(secret) = secret
            && found.last().is_none_or(|last| last.range.end <= secret.range.start)
        {
            found.push(secret);
        }
    }
    found
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.$".contains(&byte)
}

/// The value that is given to the name around a word.
fn assigned(text: &str, word: Range<usize>) -> Option<Secret> {
    let bytes = text.as_bytes();
    let after = &bytes[word.end..bytes.len().min(word.end + LONGEST_NAME)];
    let end = word.end + after.iter().position(|&byte| !is_name(byte)).unwrap_or(after.len());
    let value = value(text, end)?;
    let before = &bytes[word.start.saturating_sub(LONGEST_NAME)..word.start];
    let start = word.start - before.iter().rev().position(|&byte| !is_name(byte)).unwrap_or(before.len());
    let name = text.get(start..end)?.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let content = &text[value.clone()];
    if has(&NOT_SECRET) || is_something_else(content) || chance::is_placeholder(content) {
        return None;
    }
    let is_aws = name.contains("aws") || name.contains("secretaccesskey") || name.contains("secret_access_key");
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"/+=".contains(&byte);
    if is_aws && content.len() == 40 && content.bytes().all(is_base64) && chance::is_random(content) {
        return Some(Secret { range: value, kind: SecretKind::AwsSecretAccessKey });
    }
    let digits = content.strip_prefix("0x").unwrap_or(content);
    let is_hash = chance::is_hex(digits) && matches!(digits.len(), 32 | 40 | 56 | 64 | 96 | 128);
    if is_hash && !has(&SURELY) {
        return None;
    }
    chance::is_random(content).then_some(Secret { range: value, kind: SecretKind::Assigned })
}

/// Where the value stands behind a name: `= value`, `: "value"`, `: &str = "value"`, `": "value"`.
fn value(text: &str, name_end: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = name_end;
    // The quote or bracket around the name.
    while matches!(bytes.get(at), Some(b'"' | b'\'' | b'`' | b']')) && at < name_end + 2 {
        at += 1;
    }
    at = skip_spaces(bytes, at);
    let mut separator = *bytes.get(at)?;
    at += match bytes.get(at..at + 2) {
        Some(b":=" | b"=>" | b"?=") => 2,
        Some(b"==" | b"::") => return None,
        _ if matches!(separator, b'=' | b':') => 1,
        _ => return None,
    };
    at = skip_spaces(bytes, at);
    if separator == b':' && !matches!(bytes.get(at), Some(b'"' | b'\'' | b'`')) {
        // A type may come between.
        let line = &bytes[at..bytes.len().min(at + LONGEST_NAME)];
        let line = &line[..line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len())];
        if let Some(equals) = memchr::memmem::find(line, b" = ") {
            at = skip_spaces(bytes, at + equals + 3);
            separator = b'=';
        }
    }
    quoted(text, at).or_else(|| bare(text, at, separator))
}

fn skip_spaces(bytes: &[u8], from: usize) -> usize {
    const MOST: usize = 16;
    let window = &bytes[from..bytes.len().min(from + MOST)];
    from + window.iter().position(|&byte| byte != b' ' && byte != b'\t').unwrap_or(window.len())
}

/// Between quotes, letters before the first among them: `b"..."`.
fn quoted(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let prefix = usize::from(matches!(bytes.get(at), Some(b'b' | b'r' | b'f' | b'u')));
    let from = at + prefix;
    let quote = *bytes.get(from).filter(|byte| matches!(byte, b'"' | b'\'' | b'`'))?;
    let from = from + 1;
    let window = &bytes[from..bytes.len().min(from + LONGEST_VALUE)];
    let length = window.iter().position(|&byte| byte == quote || byte.is_ascii_whitespace())?;
    (window[length] == quote && length >= chance::LEAST).then_some(from..from + length)
}

/// Without quotes, as in a `.env` file or in YAML.
fn bare(text: &str, from: usize, separator: u8) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let window = &bytes[from..bytes.len().min(from + LONGEST_VALUE)];
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-+/=.~!@#$%^&*".contains(&byte);
    let length = window.iter().position(|&byte| !is_part(byte)).unwrap_or(window.len());
    let ends = match window.get(length) {
        None => length < LONGEST_VALUE,
        Some(next) => next.is_ascii_whitespace() || b",;&}\"'".contains(next) || (separator == b'=' && *next == b')'),
    };
    (ends && length >= chance::LEAST).then_some(from..from + length)
}

/// Values that look random and are none of anyone's secrets.
fn is_something_else(value: &str) -> bool {
    let begins =
        ["sha1-", "sha256-", "sha384-", "sha512-", "sha256:", "md5-", "ssh-", "AAAA", "data:", "/", "./", "../", "~/"];
    let file_ending = value.rsplit_once('.').is_some_and(|(_, ending)| {
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    chance::is_uuid(value)
        || value.contains("://")
        || value.contains(['\\', '{'])
        || value.contains("example.com")
        || file_ending
        || begins.iter().any(|begin| value.starts_with(begin))
}

/// The credential of `Authorization: Bearer credential`.
fn header(text: &str, name_end: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let window = &bytes[name_end..bytes.len().min(name_end + 16)];
    let between = window.iter().position(u8::is_ascii_alphabetic)?;
    if !window[..between].iter().all(|byte| b"\"'`:=,] \t>".contains(byte)) || between == 0 {
        return None;
    }
    let scheme = name_end + between;
    let length = ["bearer ", "basic ", "token "].iter().find_map(|name| {
        let found = bytes.get(scheme..scheme + name.len())?;
        found.eq_ignore_ascii_case(name.as_bytes()).then_some(name.len())
    })?;
    let from = skip_spaces(bytes, scheme + length);
    let window = &bytes[from..bytes.len().min(from + LONGEST_VALUE)];
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let length = window.iter().position(|&byte| !is_part(byte)).unwrap_or(window.len());
    let value = &text[from..from + length];
    let is_credential = value.len() >= chance::LEAST && !chance::is_placeholder(value) && chance::is_random(value);
    is_credential.then_some(from..from + length)
}
