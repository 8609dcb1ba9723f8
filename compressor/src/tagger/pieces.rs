//! Word pieces with their offsets, by the `tokenizers` crate.
//!
//! Invariants
//! - offsets are bytes of the text and lie on `char` boundaries (`tests::offsets_are_bytes`);
//! - memory is bounded: the tokenizer, which keeps an alignment for every byte, sees a block at a time.

use std::ops::Range;
use std::path::Path;

use tokenizers::Tokenizer;

use crate::model::ModelError;

/// One word piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its id in the model's vocabulary.
    pub(crate) id: u32,
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
}

/// The model's tokenizer.
pub(crate) struct Pieces(Tokenizer);

/// Bytes that the tokenizer sees at once, more where no white space stands.
const BLOCK: usize = 2048;

impl Pieces {
    pub(crate) fn read(path: &Path) -> Result<Self, ModelError> {
        let refused =
            |error: tokenizers::Error| ModelError::Refused { path: path.to_owned(), reason: error.to_string() };
        let mut tokenizer = Tokenizer::from_file(path).map_err(refused)?;
        // The file may ask for cutting and filling up to a fixed length; a text has the length it has.
        tokenizer.with_truncation(None).map_err(refused)?;
        tokenizer.with_padding(None);
        Ok(Self(tokenizer))
    }

    /// The pieces of a text, in order.
    pub(crate) fn of(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(text.len() / 4);
        let mut start = 0;
        while start < text.len() {
            let end = block_end(text, start);
            // The only failure is an unknown token without an `[UNK]`: a block without pieces keeps its words unscored.
            if let Ok(encoding) = self.0.encode(&text[start..end], false) {
                let offsets = encoding.get_offsets().iter();
                pieces.extend(
                    encoding
                        .get_ids()
                        .iter()
                        .zip(offsets)
                        .map(|(&id, &(from, to))| Piece { id, range: start + from..start + to }),
                );
            }
            start = end;
        }
        pieces
    }
}

/// After the first white space that follows a block, so that no word is cut.
fn block_end(text: &str, start: usize) -> usize {
    let mut end = (start + BLOCK).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text[end..].find(char::is_whitespace).map_or(text.len(), |found| end + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_bytes() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/embedded/tokenizer.json");
        let pieces = Pieces::read(Path::new(path)).expect("reads");
        let text = format!("Größe: naïve 漢字 🙂 tokens, {}end.", "many words ".repeat(600));
        let found = pieces.of(&text);
        let joined: String = found.iter().map(|piece| &text[piece.range.clone()]).collect();
        let visible: String = text.split_whitespace().collect();
        assert_eq!(joined, visible, "every visible byte lies in a piece, nothing was cut off or filled up");
    }
}
