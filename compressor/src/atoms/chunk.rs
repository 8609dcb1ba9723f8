//! Chunks: what stands between white space, and the core within its punctuation.

use std::ops::Range;

/// What stands between white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// Bytes of the text.
    pub(crate) whole: Range<usize>,
    /// Without opening and closing punctuation; may be empty.
    pub(crate) core: Range<usize>,
    /// Whether a sentence, a line or a paragraph begins here.
    pub(crate) begins: bool,
}

/// Cuts a text at white space.
pub(crate) fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks = Vec::with_capacity(text.len() / 6);
    let mut begins = true;
    let mut start = None;
    let mut newlines = 0;
    for (offset, char) in text.char_indices().chain([(text.len(), ' ')]) {
        if char.is_whitespace() {
            if let Some(first) = start.take() {
                let chunk = Chunk { whole: first..offset, core: core(text, first..offset), begins };
                begins = ends_sentence(text, &chunk);
                chunks.push(chunk);
                newlines = 0;
            }
            newlines += usize::from(char == '\n');
            begins |= newlines > 1;
        } else if start.is_none() {
            start = Some(offset);
        }
    }
    chunks
}

const OPENING: &[char] = &['(', '[', '{', '<', '"', '\'', '“', '‘', '«', '*', '_', '¿', '¡', '|', '•'];
const CLOSING: &[char] =
    &['.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'', '”', '’', '»', '*', '_', '…', '|'];

fn core(text: &str, whole: Range<usize>) -> Range<usize> {
    let chunk = &text[whole.clone()];
    let trimmed = chunk.trim_start_matches(OPENING);
    // A leading underscore belongs to an identifier, unless emphasis closes too.
    let trimmed = if chunk.starts_with('_') && !chunk.trim_end_matches(CLOSING_ASIDE_UNDERSCORE).ends_with('_') {
        chunk
    } else {
        trimmed
    };
    let start = whole.end - trimmed.len();
    let mut core = trimmed.trim_end_matches(CLOSING);
    // A bracket that opens within the core belongs to it: `main()`, `f(x)`.
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')] {
        if let Some(rest) = trimmed[core.len()..].find(close)
            && core.matches(open).count() + trimmed[core.len()..core.len() + rest].matches(open).count()
                > core.matches(close).count()
        {
            core = &trimmed[..core.len() + rest + close.len_utf8()];
        }
    }
    start..start + core.len()
}

const CLOSING_ASIDE_UNDERSCORE: &[char] = &['.', ',', ';', ':', '!', '?', ')'];

/// Whether the next chunk begins a sentence.
fn ends_sentence(text: &str, chunk: &Chunk) -> bool {
    let closing = &text[chunk.core.end..chunk.whole.end];
    if closing.contains(['!', '?', '…']) {
        return true;
    }
    closing.contains('.') && !super::lexicon::is_abbreviation(&text[chunk.core.clone()])
}
