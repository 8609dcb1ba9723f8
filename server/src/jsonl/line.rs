//! One line: its request, or why there is none.
//!
//! Invariants
//! - a refusal names the line, from 1, and carries the line's id where it has one (`tests::refusals_name_the_line`);
//! - a line over the limit is passed over without being held (`tests::a_line_over_the_limit_is_not_held`).

use std::io::{self, BufRead, Read};

use compressor::error::CompressError;
use compressor::language::Language;
use compressor::pipeline::decode;
use compressor::policy::{Policy, PolicyError};
use serde_json::{Map, Value};

/// The most bytes of a line.
const LIMIT: usize = 64 << 20;

/// What a line asks for.
#[derive(Debug)]
pub struct Request {
    pub id: Value,
    pub text: String,
    pub language: Option<Language>,
    /// The policy of the stream, with the line's own query where it has one.
    pub policy: Policy,
}

/// A line without a request.
#[derive(Debug)]
pub struct Refusal {
    /// Null where the line has none.
    pub id: Value,
    pub error: LineError,
}

/// Why a line is refused.
#[derive(Debug, thiserror::Error)]
#[error("line {number}: {reason}")]
pub struct LineError {
    number: usize,
    reason: Reason,
}

#[derive(Debug, thiserror::Error)]
enum Reason {
    #[error("not JSON: {0}")]
    Syntax(String),
    #[error("not an object: write {{\"id\": 1, \"text\": \"…\"}}")]
    NoObject,
    #[error("`{0}` is missing")]
    Missing(&'static str),
    #[error("`{0}` is not a string")]
    NoString(&'static str),
    #[error("unknown language `{found}`: use one of {}", Language::all().map(Language::name).collect::<Vec<_>>().join(", "))]
    Language { found: String },
    #[error("longer than {} MB", LIMIT >> 20)]
    TooLong,
    #[error("cannot be read: {0}")]
    Io(io::Error),
    #[error(transparent)]
    Policy(#[from] PolicyError),
    #[error(transparent)]
    NoText(Box<CompressError>),
}

impl From<CompressError> for Reason {
    fn from(error: CompressError) -> Self {
        Self::NoText(Box::new(error))
    }
}

/// The lines of a stream. Blank ones are passed over, but counted.
pub struct Lines<R> {
    source: R,
    policy: Policy,
    number: usize,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub fn new(source: R, policy: Policy) -> Self {
        Self { source, policy, number: 0, line: Vec::new() }
    }

    /// Reads the next line into `self.line`; `None` at the end.
    fn read(&mut self) -> Option<Result<(), Reason>> {
        self.line.clear();
        self.number += 1;
        let mut limited = self.source.by_ref().take(LIMIT as u64 + 1);
        match limited.read_until(b'\n', &mut self.line) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => return Some(Err(Reason::Io(error))),
        }
        if self.line.len() <= LIMIT {
            return Some(Ok(()));
        }
        let rest = if self.line.ends_with(b"\n") { Ok(()) } else { skip_line(&mut self.source) };
        self.line = Vec::new();
        Some(Err(rest.map_or_else(Reason::Io, |()| Reason::TooLong)))
    }

    fn request(&self) -> Result<Request, (Value, Reason)> {
        let object = object(&self.line, self.number).map_err(|reason| (Value::Null, reason))?;
        let Some(mut object) = object else { return Err((Value::Null, Reason::NoObject)) };
        let id = object.remove("id").unwrap_or_default();
        match self.fields(object) {
            Ok((text, language, policy)) => Ok(Request { id, text, language, policy }),
            Err(reason) => Err((id, reason)),
        }
    }

    fn fields(&self, mut object: Map<String, Value>) -> Result<(String, Option<Language>, Policy), Reason> {
        let text = string(&mut object, "text")?.ok_or(Reason::Missing("text"))?;
        decode(text.as_bytes())?;
        let language = string(&mut object, "language")?
            .map(|found| Language::from_name(&found).ok_or(Reason::Language { found }))
            .transpose()?;
        let policy = match string(&mut object, "query")? {
            Some(query) => self.policy.clone().with_query(&query)?,
            None => self.policy.clone(),
        };
        Ok((text, language, policy))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Request, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let outcome = match self.read()? {
                Ok(()) if self.line.trim_ascii().is_empty() => continue,
                Ok(()) => self.request(),
                Err(reason) => Err((Value::Null, reason)),
            };
            let number = self.number;
            return Some(outcome.map_err(|(id, reason)| Refusal { id, error: LineError { number, reason } }));
        }
    }
}

fn object(line: &[u8], number: usize) -> Result<Option<Map<String, Value>>, Reason> {
    let text = decode(line)?;
    // Editors put a byte order mark before the first line; JSON has no place for it.
    let text = if number == 1 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
    match serde_json::from_str(text.trim_end()) {
        Ok(Value::Object(object)) => Ok(Some(object)),
        Ok(_) => Ok(None),
        Err(error) => {
            // The parser counts lines of its own, which would contradict ours.
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or_default();
            Err(Reason::Syntax(format!("{what} at column {}", error.column())))
        }
    }
}

/// A string that may be absent or null.
fn string(object: &mut Map<String, Value>, key: &'static str) -> Result<Option<String>, Reason> {
    match object.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(string)) => Ok(Some(string)),
        Some(_) => Err(Reason::NoString(key)),
    }
}

fn skip_line(source: &mut impl BufRead) -> io::Result<()> {
    source.skip_until(b'\n').map(|_| ())
}

#[cfg(test)]
mod tests {
    use compressor::policy::Level;

    use super::*;

    fn lines(text: impl AsRef<[u8]>) -> Vec<Result<Request, Refusal>> {
        Lines::new(text.as_ref(), Policy::new(Level::Balanced)).collect()
    }

    fn refusal(line: &str) -> (Value, String) {
        match lines(format!("\n\n{line}\n")).pop() {
            Some(Err(Refusal { id, error })) => (id, error.to_string()),
            other => panic!("{line} gave {other:?}"),
        }
    }

    #[test]
    fn requests_are_read() {
        let read = lines(
            "\u{feff}{\"id\":{\"a\":1},\"text\":\"x\",\"language\":\"rust\",\"query\":\"why?\"}\n{\"text\":\"\"}",
        );
        let [Ok(first), Ok(second)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(first.id, serde_json::json!({"a": 1}));
        assert_eq!(first.language, Language::from_name("rust"));
        assert_eq!(first.policy.query(), Some("why?"));
        assert_eq!((second.id.clone(), second.text.as_str(), second.policy.query()), (Value::Null, "", None));
    }

    #[test]
    fn refusals_name_the_line() {
        let cases = [
            ("{", Value::Null, "line 3: not JSON: EOF while parsing an object at column 1"),
            ("[1]", Value::Null, "line 3: not an object: write {\"id\": 1, \"text\": \"…\"}"),
            (r#"{"id":7}"#, 7.into(), "line 3: `text` is missing"),
            (r#"{"id":7,"text":1}"#, 7.into(), "line 3: `text` is not a string"),
            (
                r#"{"id":7,"text":"x","query":"?"}"#,
                7.into(),
                "line 3: the query is empty: ask a question, or leave it out",
            ),
        ];
        for (line, id, message) in cases {
            assert_eq!(refusal(line), (id, message.to_owned()));
        }
        let (id, message) = refusal(r#"{"id":7,"text":"x","language":"klingon"}"#);
        assert_eq!(id, 7);
        assert!(message.starts_with("line 3: unknown language `klingon`: use one of ") && message.contains("rust"));
        assert!(refusal(r#"{"id":7,"text":"a\u0000"}"#).1.contains("line 3: binary: a zero byte at offset 1"));
    }

    #[test]
    fn wrong_bytes_are_one_lines_matter() {
        let read = lines(b"{\"text\":\"\xff\"}\n{\"text\":\"sound\"}\n");
        assert!(read[0].is_err() && read[1].is_ok());
    }

    #[test]
    fn a_line_over_the_limit_is_not_held() {
        let long = io::repeat(b'x').take(3 * LIMIT as u64).chain(b"\n{\"text\":\"next\"}\n".as_slice());
        let mut lines = Lines::new(io::BufReader::new(long), Policy::new(Level::Safe));
        let Some(Err(refusal)) = lines.next() else { panic!("accepted") };
        assert_eq!(refusal.error.to_string(), "line 1: longer than 64 MB");
        assert_eq!(lines.line.capacity(), 0);
        assert!(matches!(lines.next(), Some(Ok(request)) if request.text == "next"));
        assert!(lines.next().is_none());
    }
}
