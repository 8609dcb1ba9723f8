//! HotpotQA development rows: questions with ten passages each.

use std::path::Path;

use serde_json::Value;

/// One question.
pub struct Row {
    /// The question.
    pub question: String,
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
    text.lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).expect("a row is JSON");
            let passages = row["retrieved_context"].as_array().expect("passages");
            let passages: Vec<&str> = passages.iter().filter_map(|passage| passage["text"].as_str()).collect();
            Row {
                question: row["query"].as_str().expect("a question").to_owned(),
                context: passages.join("\n\n"),
                answer: row["gold"]["answer"].as_str().expect("an answer").to_owned(),
            }
        })
        .collect()
}
