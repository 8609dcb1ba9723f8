//! HotpotQA development rows (distractor setting, CC BY-SA 4.0): questions with ten passages each.

use std::path::Path;

use serde_json::Value;

/// One question.
pub struct Row {
    /// The question.
    pub question: String,
    /// The passages, as they stood.
    pub passages: Vec<String>,
    /// All passages, an empty line between them.
    pub context: String,
    /// The gold answer.
    pub answer: String,
}

/// Reads `hotpotqa_dev_100.jsonl`.
///
/// # Panics
/// On a file of another form.
#[must_use]
pub fn rows(folder: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(folder.join("hotpotqa_dev_100.jsonl")).expect("the data folder holds HotpotQA");
    text.lines().map(row).collect()
}

fn row(line: &str) -> Row {
    let row: Value = serde_json::from_str(line).expect("a row is JSON");
    let string = |value: &Value| value.as_str().expect("a string").to_owned();
    let passages = row["retrieved_context"].as_array().expect("passages");
    let passages: Vec<String> = passages.iter().map(|passage| string(&passage["text"])).collect();
    Row {
        question: string(&row["query"]),
        context: passages.join("\n\n"),
        answer: string(&row["gold"]["answer"]),
        passages,
    }
}
