//! Secrets that are known by their shape: the beginnings that providers publish, so that they can be found.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::memmem;

use super::{Secret, SecretKind, chance};

/// A beginning and what follows it.
struct Shape {
    begins: &'static str,
    kind: SecretKind,
    /// What may follow.
    of: fn(u8) -> bool,
    /// How many bytes of it, at least and at most.
    length: (usize, usize),
}

const fn shape(begins: &'static str, kind: SecretKind, of: fn(u8) -> bool, least: usize, most: usize) -> Shape {
    Shape { begins, kind, of, length: (least, most) }
}

const SHAPES: [Shape; 29] = [
    shape("AKIA", SecretKind::AwsAccessKeyId, upper, 16, 16),
    shape("ASIA", SecretKind::AwsAccessKeyId, upper, 16, 16),
    shape("ghp_", SecretKind::GithubToken, word, 36, 255),
    shape("gho_", SecretKind::GithubToken, word, 36, 255),
    shape("ghu_", SecretKind::GithubToken, word, 36, 255),
    shape("ghs_", SecretKind::GithubToken, word, 36, 255),
    shape("ghr_", SecretKind::GithubToken, word, 36, 255),
    shape("github_pat_", SecretKind::GithubToken, joined, 22, 255),
    shape("glpat-", SecretKind::GitlabToken, dashed, 20, 255),
    shape("xoxa-", SecretKind::SlackToken, dashed, 20, 255),
    shape("xoxb-", SecretKind::SlackToken, dashed, 20, 255),
    shape("xoxe-", SecretKind::SlackToken, dashed, 20, 255),
    shape("xoxo-", SecretKind::SlackToken, dashed, 20, 255),
    shape("xoxp-", SecretKind::SlackToken, dashed, 20, 255),
    shape("xoxr-", SecretKind::SlackToken, dashed, 20, 255),
    shape("xoxs-", SecretKind::SlackToken, dashed, 20, 255),
    shape("xapp-", SecretKind::SlackToken, dashed, 20, 255),
    shape("hooks.slack.com/services/", SecretKind::SlackWebhook, path, 30, 255),
    // The longer beginnings come first: the first that fits decides.
    shape("sk-ant-", SecretKind::AnthropicKey, dashed, 20, 255),
    shape("sk-proj-", SecretKind::OpenaiKey, dashed, 20, 255),
    shape("sk-svcacct-", SecretKind::OpenaiKey, dashed, 20, 255),
    shape("sk-admin-", SecretKind::OpenaiKey, dashed, 20, 255),
    shape("sk-", SecretKind::OpenaiKey, word, 20, 255),
    shape("AIza", SecretKind::GoogleApiKey, dashed, 35, 35),
    shape("sk_live_", SecretKind::StripeKey, word, 16, 255),
    shape("rk_live_", SecretKind::StripeKey, word, 16, 255),
    shape("npm_", SecretKind::NpmToken, word, 36, 255),
    shape("pypi-", SecretKind::PypiToken, dashed, 50, 1024),
    shape("hf_", SecretKind::HuggingFaceToken, word, 30, 255),
];

/// What begins with these is looked at by a function of its own.
const TOKEN: &str = "eyJ";
const BLOCK: &str = "-----BEGIN ";
const ADDRESS: &str = "://";

/// How the last line of a block begins.
const CLOSING: &str = "-----END ";

static BEGINNINGS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let all = SHAPES.iter().map(|shape| shape.begins).chain([TOKEN, BLOCK, ADDRESS]);
    AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostFirst)
        .build(all)
        .expect("the beginnings are few and short")
});

/// Every secret with a shape; they may overlap.
pub(super) fn find(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    // What was taken is not looked at again, so that nothing is read twice.
    let mut until = 0;
    for begin in BEGINNINGS.find_iter(text) {
        let at = begin.start();
        if at < until {
            continue;
        }
        let index = begin.pattern().as_usize();
        let secret = match SHAPES.get(index) {
            Some(shape) => key(text, at, shape).map(|range| Secret { range, kind: shape.kind }),
            None if begin.len() == TOKEN.len() && text[at..].starts_with(TOKEN) => {
                web_token(text, at).map(|range| Secret { range, kind: SecretKind::Jwt })
            }
            None if text[at..].starts_with(BLOCK) => {
                private_key(text, at).map(|range| Secret { range, kind: SecretKind::PrivateKey })
            }
            None => url_password(text, at).map(|range| Secret { range, kind: SecretKind::UrlPassword }),
        };
        if let Some(secret) = secret {
            until = secret.range.end;
            found.push(secret);
        }
    }
    found
}

fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn joined(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn dashed(byte: u8) -> bool {
    joined(byte) || byte == b'-'
}

fn path(byte: u8) -> bool {
    word(byte) || byte == b'/'
}

/// The end of the run of such bytes, at most so many.
fn run(bytes: &[u8], from: usize, most: usize, of: fn(u8) -> bool) -> usize {
    let window = &bytes[from..bytes.len().min(from + most)];
    from + window.iter().position(|&byte| !of(byte)).unwrap_or(window.len())
}

fn begins_word(bytes: &[u8], at: usize) -> bool {
    at == 0 || !dashed(bytes[at - 1])
}

fn key(text: &str, at: usize, shape: &Shape) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let from = at + shape.begins.len();
    let (least, most) = shape.length;
    // An address may follow a word.
    if shape.kind != SecretKind::SlackWebhook && !begins_word(bytes, at) {
        return None;
    }
    let end = run(bytes, from, most, shape.of);
    let ends_word = bytes.get(end).is_none_or(|&next| !joined(next));
    let is_key = || {
        let body = &text[from..end];
        // A name of dashed words is no key.
        chance::is_key(body) && body.split(['-', '_']).any(|part| part.len() >= least.min(10))
    };
    (end - from >= least && ends_word && is_key()).then_some(at..end)
}

/// Three parts of base64url, the first of which is the JSON header.
fn web_token(text: &str, at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 16 << 10;
    let bytes = text.as_bytes();
    if !begins_word(bytes, at) || (at > 0 && bytes[at - 1] == b'.') {
        return None;
    }
    let mut ends = [0; 3];
    let mut from = at;
    for (part, end) in ends.iter_mut().enumerate() {
        *end = run(bytes, from, LONGEST, dashed);
        let goes_on = bytes.get(*end) == Some(&b'.');
        if *end - from < 4 || (part < 2 && !goes_on) {
            return None;
        }
        from = *end + 1;
    }
    let header = decode(&bytes[at..ends[0]]);
    let header: serde_json::Value = serde_json::from_slice(&header).ok()?;
    header.get("alg").is_some().then_some(at..ends[2])
}

/// Bytes of base64url without padding; what is left over at the end goes.
fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held).to_le_bytes()[0]);
        }
        bits &= 0xff;
    }
    out
}

/// A block from its first line to its last; where the last is missing, up to the first line that is no base64.
fn private_key(text: &str, at: usize) -> Option<Range<usize>> {
    // Larger keys are not in use.
    const LONGEST: usize = 16 << 10;
    let window = &text[at..text.floor_char_boundary(at + LONGEST)];
    let head = memchr::memchr(b'\n', window.as_bytes()).unwrap_or(window.len()).min(64);
    let head = &window[..window.floor_char_boundary(head)];
    let label = head[BLOCK.len()..].split("-----").next()?;
    if !label.contains("PRIVATE KEY") || !head[BLOCK.len() + label.len()..].starts_with("-----") {
        return None;
    }
    let first = BLOCK.len() + label.len() + "-----".len();
    let another = memmem::find(&window.as_bytes()[first..], BLOCK.as_bytes());
    let window = &window[..another.map_or(window.len(), |offset| first + offset)];
    let end = if let Some(closing) = memmem::find(&window.as_bytes()[first..], CLOSING.as_bytes()) {
        let label = first + closing + CLOSING.len();
        let dashes = window[label..].find("-----").filter(|&offset| offset < 64);
        label + dashes.map_or(0, |offset| offset + "-----".len())
    } else {
        let is_base64 = |byte: u8| word(byte) || b"+/=\r\n\t \\".contains(&byte);
        run(window.as_bytes(), first, LONGEST, is_base64)
    };
    // A mention of the first line alone holds no key, nor do dots.
    let body = &window[first..end];
    let is_key = body.bytes().filter(|&byte| word(byte)).count() >= 32 && !body.contains("...");
    is_key.then(|| at..at + window[..end].trim_end().len())
}

/// The password of `scheme://user:password@host`.
fn url_password(text: &str, at: usize) -> Option<Range<usize>> {
    // Of the part before the path.
    const LONGEST: usize = 512;
    let bytes = text.as_bytes();
    if at == 0 || !bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let from = at + ADDRESS.len();
    let is_part = |byte: u8| byte.is_ascii_graphic() && !b"/?#\"'`<>\\|^,;()".contains(&byte);
    let authority = text.get(from..run(bytes, from, LONGEST, is_part))?;
    let (login, host) = authority.rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    let lower = password.to_ascii_lowercase();
    let stands_for_another =
        ["password", "pass", "passwd", "passw0rd", "pwd", "pw", "secret", "token", "user", "test", "admin"];
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let is_example = ["example.com", "example.org", "example.net", ".example", ".test", ".invalid"];
    let refused = password.bytes().filter(u8::is_ascii_alphanumeric).count() < 4
        || password == user
        || stands_for_another.contains(&lower.as_str())
        || is_example.iter().any(|ending| host.ends_with(ending))
        || host.is_empty()
        || chance::is_placeholder(password);
    let start = from + user.len() + 1;
    (!refused).then(|| start..start + password.len())
}
