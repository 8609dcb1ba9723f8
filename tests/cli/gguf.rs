//! Writes small GGUF files, version 3: enough to be taken for a model.
//!
//! The format: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>.

/// A value of the metadata.
pub enum Value {
    Text(&'static str),
    Number(u32),
    Real(f32),
}

/// A GGUF file with this metadata and these tensors of f32 zeros, by name and shape, the innermost dimension first.
pub fn file(metadata: &[(&str, Value)], tensors: &[(String, Vec<u64>)]) -> Vec<u8> {
    const ALIGNMENT: usize = 32;
    let mut out = Vec::from(b"GGUF");
    out.extend(3_u32.to_le_bytes());
    out.extend((tensors.len() as u64).to_le_bytes());
    out.extend((metadata.len() as u64).to_le_bytes());
    for (key, value) in metadata {
        text(&mut out, key);
        let (kind, bytes) = match value {
            Value::Number(number) => (4_u32, number.to_le_bytes()),
            Value::Real(real) => (6, real.to_le_bytes()),
            Value::Text(value) => {
                out.extend(8_u32.to_le_bytes());
                text(&mut out, value);
                continue;
            }
        };
        out.extend(kind.to_le_bytes());
        out.extend(bytes);
    }
    let mut offset = 0_u64;
    for (name, shape) in tensors {
        text(&mut out, name);
        out.extend(u32::try_from(shape.len()).unwrap().to_le_bytes());
        out.extend(shape.iter().flat_map(|size| size.to_le_bytes()));
        out.extend(0_u32.to_le_bytes());
        out.extend(offset.to_le_bytes());
        offset += (shape.iter().product::<u64>() * 4).next_multiple_of(ALIGNMENT as u64);
    }
    out.resize(out.len().next_multiple_of(ALIGNMENT) + usize::try_from(offset).unwrap(), 0);
    out
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}
