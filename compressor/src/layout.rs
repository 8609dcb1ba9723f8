//! Layout.
use crate::draft::Part;
use crate::segment::Segment;
use crate::tokens::Tokenizer;
pub(crate) fn draft(text: &str, segment: &Segment, _tokenizer: Tokenizer) -> Vec<Part> {
    vec![Part::Fixed { source: segment.range.clone(), text: text[segment.range.clone()].to_owned() }]
}
