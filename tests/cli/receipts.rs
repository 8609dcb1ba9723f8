//! Receipts: their JSON form is what `docs/receipt.schema.json` says.

use serde_json::Value;

use crate::program::{LOOSE, Scratch, run_with};
use crate::schema::violations;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/receipt.schema.json")).unwrap()
}

/// Texts of every kind: prose, code, both, data, logs, and next to nothing.
const TEXTS: [(&str, &str); 7] = [
    ("prose.md", LOOSE),
    ("code.py", "def  area(width, height):\n    # The   area is not zero.\n\n\n    return width * height  \n"),
    (
        "mixed.md",
        "# Use\n\nRun   `cargo test --release`:\n\n```rust\nfn main()  {}\n```\n\n| a |  b |\n|---|---|\n| 1 |  2 |\n",
    ),
    ("data.json", "{\n    \"a\":   [1, 2.5,  \"https://example.org\"]\n}\n"),
    ("run.log", "2026-11-22 10:08:00 ERROR  disk full: /var/log\n2026-11-22 10:08:00 ERROR  disk full: /var/log\n"),
    ("odd.txt", "مرحبا   بالعالم 👋🏽   v1.2.3\r\n\r\n\r\nfoo@example.org\t\t0xdeadbeef"),
    ("empty.txt", ""),
];

#[test]
fn real_receipts_are_what_the_schema_says() {
    let scratch = Scratch::with(&TEXTS.map(|(name, text)| (name, text.as_bytes())));
    let schema = schema();
    for flags in [
        &["--level", "safe"][..],
        &["--level", "balanced"],
        &["--level", "tight", "--ratio", "0.3", "--tokenizer", "claude"],
        &["--level", "skeleton"],
        &["--focus", "area"],
        &["--level", "balanced", "--query", "Which error was it?", "--tokenizer", "cl100k_base"],
    ] {
        let records = scratch.run(&[&["compress", "--json", "."], flags].concat()).expect(0).json_lines();
        assert_eq!(records.len(), TEXTS.len());
        for record in records {
            let found = violations(&schema, &record["receipt"]);
            assert!(found.is_empty(), "{flags:?} {}: {found:#?}", record["path"]);
        }
    }
}

#[test]
fn receipts_count_what_is_there() {
    let record = run_with(&["compress", "--level", "safe", "--json"], LOOSE).expect(0).json();
    let receipt = &record["receipt"];
    let count = |text: &str| {
        let counted = run_with(&["count", "--json"], text).expect(0).json();
        counted["total"]["o200k_base"]["count"].clone()
    };
    assert_eq!(receipt["tokens"]["before"], count(LOOSE));
    assert_eq!(receipt["tokens"]["after"], count(record["text"].as_str().unwrap()));
    let segments = receipt["segments"].as_array().unwrap();
    assert_eq!(segments.first().unwrap()["start"], 0);
    assert_eq!(segments.last().unwrap()["end"], LOOSE.len());
}
