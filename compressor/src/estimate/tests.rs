use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Duration;

use super::*;
use crate::engine::Cancel;
use crate::model::ModelSource;
use crate::pipeline::{Compressor, Runtime};
use crate::policy::Policy;

const TOKENIZER: Tokenizer = Tokenizer::O200kBase;

fn document<'a>(text: &'a str, name: &'a str) -> Document<'a> {
    Document { text, name: Some(Path::new(name)), language: None }
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

#[test]
fn a_short_text_is_counted_exactly() {
    let text = "The service answers größe 日本 1,204 requests. ".repeat(1_400);
    assert!(text.len() > EXACT);
    for text in ["", "one", &text[..text.floor_char_boundary(EXACT)]] {
        for tokenizer in Tokenizer::ALL {
            let estimate = estimate(&document(text, "a.md"), Level::Balanced, tokenizer);
            assert_eq!(estimate.before, tokenizer.count(text));
            assert_eq!(estimate.before_is_exact, tokenizer.exact());
        }
    }
}

#[test]
fn a_long_text_is_sampled() {
    let lines: Vec<String> =
        (0..20_000).map(|number| format!("Line {number} of the report says what happened.\n")).collect();
    let text = lines.concat();
    for (text, name) in [(text.clone(), "a.md"), (text.replace('\n', " "), "a.txt"), (text.replace(' ', "_"), "a.py")] {
        let estimate = estimate(&document(&text, name), Level::Balanced, TOKENIZER);
        let real = TOKENIZER.count(&text);
        assert!(!estimate.before_is_exact);
        assert!(estimate.before.abs_diff(real) * 25 < real, "{name}: {} for {real}", estimate.before);
        let read: usize = stretches(&text, COUNTED).map(str::len).sum();
        assert!((32 << 10..=COUNTED).contains(&read), "{name}: {read}");
    }
}

#[test]
fn where_nothing_can_be_shortened_the_numbers_are_equal() {
    for (text, name) in [
        ("", "a.md"),
        ("  \n", "a.md"),
        ("Hello", "a.md"),
        ("retry_limit", "a.rs"),
        ("x=1", "a.py"),
        ("fn main(){}", "a.rs"),
        ("sub main { print 1; }\n", "a.pl"),
        ("{\"a\":1}", "a.json"),
        ("# 日本語のテキスト", "a.md"),
    ] {
        for level in Level::ALL {
            let estimate = estimate(&document(text, name), level, TOKENIZER);
            assert_eq!(estimate.after, estimate.before, "{text:?} at {}", level.name());
        }
    }
}

#[test]
fn what_a_title_shows_is_never_more_than_before() {
    let pieces = [
        "a b",
        "\n\n\n",
        "  ",
        "```python\n",
        "# c\n",
        "{\"k\": [",
        "日本 ",
        "\"\"\"",
        "/*",
        "| a | b |\n",
        "'",
        "\r\n",
    ];
    for number in 0..2_000_usize {
        let text: String =
            (0..number % 60).map(|place| pieces[(number * 31 + place * place * 7 + place) % pieces.len()]).collect();
        for name in ["a.md", "a.py", "a.rs", "a.tsx", "a.json", "a"] {
            let estimate = estimate(&document(&text, name), Level::ALL[number % 3], TOKENIZER);
            assert!(estimate.after <= estimate.before, "{text:?}");
        }
    }
}

/// Selections of the files of this repository: half of them short enough to be drafted.
fn selections() -> Vec<(String, String)> {
    let files = [
        "README.md",
        "docs/ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "compressor/src/pipeline.rs",
        "compressor/src/structural/outline.rs",
        "compressor/src/segment/blocks.rs",
        "compressor/src/tokens.rs",
    ];
    let mut selections = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(root().join(file)).expect("a file of this repository");
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for size in [12, 40, 120] {
            selections.extend(lines.chunks(size).take(3).map(|chunk| (chunk.concat(), file.to_owned())));
        }
    }
    selections
}

#[test]
fn estimates_of_our_own_texts_are_close() {
    let source = ModelSource::Folder(root().join("models/embedded"));
    let runtime = Runtime { lanes: NonZeroUsize::new(2).expect("not 0"), clock: || Duration::ZERO };
    let compressor = Compressor::new(source, runtime);
    let mut errors: Vec<f64> = Vec::new();
    for (text, name) in selections() {
        let document = document(&text, &name);
        let result = compressor.compress(&document, &Policy::new(Level::Balanced), &Cancel::new()).expect("works");
        let Estimate { before, after, .. } = estimate(&document, Level::Balanced, TOKENIZER);
        assert_eq!(before, result.receipt.tokens.before);
        errors.push(after.abs_diff(result.receipt.tokens.after) as f64 / before.max(1) as f64);
    }
    errors.sort_by(f64::total_cmp);
    let (middle, worst_tenth) = (errors[errors.len() / 2], errors[errors.len() * 9 / 10]);
    assert!(middle < 0.06 && worst_tenth < 0.15, "|estimated - real| / before: {middle:.3} and {worst_tenth:.3}");
}
