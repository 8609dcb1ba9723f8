//! Level `balanced` and what goes further, for data: forms that say the same in fewer tokens.
//!
//! What has no shorter form is laid out as at `safe`.
//!
//! Invariants
//! - the parts of a draft tile their segment (`tests/properties`);
//! - what says the same can be read back, and the guard reads it back each time ([`says_the_same`]).
//!
//! Deliberately absent: the layout of data, which is that of `layout`.

mod json;

use crate::draft::{Form, Part, Rewritten};
use crate::layout;
use crate::layout::json::minified;
use crate::segment::{Format, Kind, Segment};
use crate::tokens::Tokenizer;

/// Drafts a segment of data.
#[must_use]
pub fn draft(text: &str, segment: &Segment, tokenizer: Tokenizer) -> Vec<Part> {
    let rewritten = match segment.kind {
        Kind::Data(Format::Json) => json::parts(text, segment.range.clone(), tokenizer),
        _ => None,
    };
    rewritten.unwrap_or_else(|| layout::draft(text, segment, tokenizer))
}

/// Whether a rewritten piece can be read back as what it stands for, white space aside. Where something was left out, it
/// cannot.
pub(crate) fn says_the_same(document: &str, rewritten: &Rewritten) -> bool {
    let source = &document[rewritten.source.clone()];
    match rewritten.form {
        Form::Table => json::read(&rewritten.text).is_some_and(|json| json == minified(source)),
        Form::Elided | Form::Omitted(_) => false,
    }
}
