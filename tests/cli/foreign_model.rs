//! Files that are what their manifest says and yet no model for this: a message in plain words and code 2, never an abort
//! from native code.

use std::fs;

use crate::gguf::{self, Value};
use crate::model::Model;

/// The model refuses these bytes in the place of a file, and says so in a message of one line.
#[track_caller]
fn refuses(ending: &str, bytes: &[u8], message: &str) {
    let model = Model::copy();
    model.replace(ending, bytes);
    let run = model.0.run(&["compress", "--model", "model", "prose.md"]).expect(2).says(message);
    assert_eq!(run.out, "", "{ending}");
    assert!(run.err.starts_with("compression-layer: ") && run.err.lines().count() == 1, "{ending}: {}", run.err);
}

/// The bytes of a file of the embedded model.
fn embedded(ending: &str) -> Vec<u8> {
    fs::read(Model::copy().file(ending)).unwrap()
}

const ENCODER: &str = "q8_0.gguf";
const ADAPTER: &str = "lora-f16.gguf";
const HEADS: &str = "heads.safetensors";
const TOKENIZER: &str = "tokenizer.json";

#[test]
fn what_is_no_gguf_is_said_to_be_none() {
    for ending in [ENCODER, ADAPTER] {
        for bytes in [&b"not a GGUF at all"[..], b"", b"GGU"] {
            refuses(ending, bytes, "it is no GGUF file. Check --model, or leave it out to use the embedded model");
        }
    }
}

#[test]
fn broken_files_never_reach_an_abort() {
    let (encoder, adapter) = (embedded(ENCODER), embedded(ADAPTER));
    // The same on every run: a linear congruential generator after four bytes of magic.
    let noise = |length: usize| {
        let mut state = 7_u32;
        let mut bytes = b"GGUF\x03\0\0\0".to_vec();
        bytes.extend(
            std::iter::repeat_with(|| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state.to_be_bytes()[0]
            })
            .take(length),
        );
        bytes
    };
    for (ending, whole, message) in [
        (ENCODER, &encoder, "not one that the runtime can load; COMPRESSION_LAYER_LOG=error shows the reason"),
        (ADAPTER, &adapter, "no adapter of this encoder; COMPRESSION_LAYER_LOG=error shows the reason"),
    ] {
        for bytes in [&whole[..64], b"GGUF", &noise(5_000)] {
            refuses(ending, bytes, "is no model for this: a GGUF file, but broken or without `general.architecture`");
        }
        for length in [whole.len() / 3, whole.len() - 1] {
            refuses(ending, &whole[..length], message);
        }
    }
    refuses(ENCODER, &adapter, "not one that the runtime can load");
    refuses(ADAPTER, &encoder, "no adapter of this encoder");
}

#[test]
fn an_encoder_of_another_architecture_is_refused() {
    // The runtime would take this one, and then end the process.
    let decoder = [
        ("general.architecture", Value::Text("llama")),
        ("llama.context_length", Value::Number(512)),
        ("llama.embedding_length", Value::Number(384)),
        ("llama.block_count", Value::Number(0)),
        ("llama.feed_forward_length", Value::Number(64)),
        ("llama.attention.head_count", Value::Number(4)),
        ("llama.attention.layer_norm_rms_epsilon", Value::Real(1e-5)),
        ("llama.vocab_size", Value::Number(32)),
        ("tokenizer.ggml.model", Value::Text("no_vocab")),
    ];
    let tensors = [("token_embd.weight", vec![384, 32]), ("output_norm.weight", vec![384])];
    let tensors = tensors.map(|(name, shape)| (name.to_owned(), shape));
    refuses(ENCODER, &gguf::file(&decoder, &tensors), "its architecture is `llama`, not `bert`");
    let unheard = [("general.architecture", Value::Text("unheard-of"))];
    refuses(ENCODER, &gguf::file(&unheard, &[]), "its architecture is `unheard-of`, not `bert`");
    refuses(ENCODER, &gguf::file(&[], &[]), "broken or without `general.architecture`");
    let hollow = [("general.architecture", Value::Text("bert"))];
    refuses(ENCODER, &gguf::file(&hollow, &[]), "not one that the runtime can load");
}

#[test]
fn an_adapter_for_other_shapes_is_refused() {
    let adapter = |architecture, alpha, tensors: &[(String, Vec<u64>)]| {
        let metadata = [
            ("general.type", Value::Text("adapter")),
            ("general.architecture", Value::Text(architecture)),
            ("adapter.type", Value::Text("lora")),
            ("adapter.lora.alpha", Value::Real(alpha)),
        ];
        gguf::file(&metadata, tensors)
    };
    let pair = |name: &str, inner: u64, outer: u64| {
        [(format!("{name}.weight.lora_a"), vec![inner, 4]), (format!("{name}.weight.lora_b"), vec![4, outer])]
    };
    let message = "no adapter of this encoder";
    refuses(ADAPTER, &adapter("bert", 16.0, &pair("blk.0.attn_q", 768, 768)), message);
    refuses(ADAPTER, &adapter("bert", 16.0, &pair("blk.99.attn_q", 384, 384)), message);
    refuses(ADAPTER, &adapter("bert", 16.0, &pair("blk.0.attn_q", 384, 384)[..1]), message);
    refuses(ADAPTER, &adapter("llama", 16.0, &pair("blk.0.attn_q", 384, 384)), "its architecture is `llama`");
}

#[test]
fn heads_of_another_shape_are_refused() {
    let heads = |tensors: &[(&str, &[usize])]| {
        let mut header = serde_json::Map::new();
        let mut length = 0;
        for (name, shape) in tensors {
            let end = length + 4 * shape.iter().product::<usize>();
            let entry = serde_json::json!({"dtype": "F32", "shape": shape, "data_offsets": [length, end]});
            header.insert((*name).to_owned(), entry);
            length = end;
        }
        let header = serde_json::to_vec(&header).unwrap();
        [&(header.len() as u64).to_le_bytes()[..], &header, &vec![0; length]].concat()
    };
    let file = |wide: usize, symbols: usize| -> Vec<u8> {
        heads(&[
            ("keep.weight", &[2, wide]),
            ("keep.bias", &[2]),
            ("symbol.weight", &[symbols, wide]),
            ("symbol.bias", &[symbols]),
        ])
    };
    refuses(HEADS, &file(768, 15), "keep.weight is F32 [2, 768], not F32 [2, 384]");
    refuses(HEADS, &file(384, 3), "symbol.weight is F32 [3, 384], not F32 [15, 384]");
    refuses(HEADS, &heads(&[]), "keep.weight");
    for bytes in [&b""[..], b"\xff\xff\xff\xff\xff\xff\xff\x7f{}", b"\x02\0\0\0\0\0\0\0[]"] {
        refuses(HEADS, bytes, "heads.safetensors is no model for this: ");
    }
}

#[test]
fn a_tokenizer_of_another_model_is_refused() {
    refuses(TOKENIZER, b"{}", "tokenizer.json is no model for this: ");
    refuses(TOKENIZER, b"\xff", "tokenizer.json is no model for this: ");
    let mut tokenizer: serde_json::Value = serde_json::from_slice(&embedded(TOKENIZER)).unwrap();
    let vocabulary = tokenizer["model"]["vocab"].as_object_mut().unwrap();
    for id in vocabulary.values_mut() {
        *id = (id.as_u64().unwrap() + 30_000).into();
    }
    let bytes = serde_json::to_vec(&tokenizer).unwrap();
    refuses(TOKENIZER, &bytes, "is outside the model's vocabulary of 30522: the tokenizer belongs to another model");
}
