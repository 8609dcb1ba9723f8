//! Level `balanced` and what goes further, for data: forms that say the same in fewer tokens.
//!
//! What has no shorter form is laid out as at `safe`.
//!
//! Invariants
//! - the parts of a draft tile their segment (`tests/properties`);
//! - what says the same can be read back, and the guard reads it back each time ([`says_the_same`]).
//!
//! Deliberately absent: the layout of data, which is that of `layout`.

mod diff;
mod json;
mod log;
mod rows;
mod similar;
mod trace;

use crate::draft::{Form, Part, Rewritten};
use crate::guard::same_bytes;
use crate::layout;
use crate::layout::json::minified;
use crate::layout::session;
use crate::layout::space::Cleaning;
use crate::policy::Level;
use crate::segment::{Format, Kind, Segment};
use crate::tokens::Tokenizer;

/// Drafts a segment of data. From `tight` on things may be left out.
#[must_use]
pub fn draft(text: &str, segment: &Segment, level: Level, tokenizer: Tokenizer) -> Vec<Part> {
    if level < Level::Balanced {
        return layout::draft(text, segment, tokenizer);
    }
    let range = segment.range.clone();
    let leaves_out = level >= Level::Tight;
    let rewritten = match segment.kind {
        Kind::Data(Format::Json) => json::parts(text, range, level, tokenizer),
        Kind::Data(Format::Log) => Some(log::parts(text, range, Cleaning::LOG, leaves_out, tokenizer)),
        Kind::Data(Format::Output) => Some(log::parts(text, range, Cleaning::TRACE, leaves_out, tokenizer)),
        Kind::Data(Format::Session) => Some(session::parts_with(text, range, |answers| {
            log::parts(text, answers, Cleaning::TRACE, leaves_out, tokenizer)
        })),
        Kind::Data(Format::Delimited) if leaves_out => Some(rows::of_records(text, range, level, tokenizer)),
        Kind::Data(Format::Table) if leaves_out => {
            Some(rows::of_table(text, layout::draft(text, segment, tokenizer), level, tokenizer))
        }
        Kind::Data(Format::Diff) if leaves_out => {
            Some(diff::parts(text, range, usize::from(level < Level::Skeleton), tokenizer))
        }
        Kind::Data(Format::StackTrace) if leaves_out => Some(trace::parts(text, range, tokenizer)),
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
        Form::Lines => similar::read(&rewritten.text).is_some_and(|lines| same_bytes(&lines.concat(), source)),
        Form::Elided | Form::Omitted(_) => false,
    }
}

#[cfg(test)]
mod tests;
