//! DS-1000: problems of data science, told in words and code, with a reference solution.
//!
//! The public file has a line `{prompt, reference_code, metadata: {problem_id, library}, code_context}` for each problem; other
//! rows have `{id, query, gold: {answer}}`. The text is the prompt, since that is what a model reads; the code of the tests,
//! which holds the solution, is not shown to one. Evidence are the names of the reference solution that the prompt has: a
//! solution cannot use what its reader never saw.
//!
//! Deliberately absent: running the tests, which needs an answer to test.

use std::collections::BTreeSet;

use compressor::domain::{self, Domain};
use compressor::language::Language;
use serde::Deserialize;

use crate::case::{BrokenRow, Case, Evidence, Gold};
use crate::metric::presence::names;

/// A row in either form.
#[derive(Debug, Deserialize)]
pub struct Row {
    #[serde(default)]
    id: Option<String>,
    #[serde(alias = "query")]
    prompt: String,
    #[serde(default)]
    reference_code: Option<String>,
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    gold: Option<RowGold>,
}

#[derive(Debug, Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    problem_id: serde_json::Value,
}

#[derive(Debug, Deserialize)]
struct RowGold {
    answer: String,
}

/// The case of a row.
pub fn cases(line: usize, row: Row) -> Result<Vec<Case>, BrokenRow> {
    let reference = row.reference_code.or(row.gold.map(|gold| gold.answer));
    let reference = reference.ok_or(BrokenRow::Content { line, reason: "it has no reference solution" })?;
    if row.prompt.trim().is_empty() {
        return Err(BrokenRow::Content { line, reason: "it has no prompt" });
    }
    let id = row.id.unwrap_or_else(|| match &row.metadata.problem_id {
        serde_json::Value::Null => format!("line {line}"),
        serde_json::Value::String(id) => id.clone(),
        id => id.to_string(),
    });
    let shown: BTreeSet<&str> = names(&row.prompt).collect();
    let wanted: BTreeSet<&str> = names(&reference).filter(|name| shown.contains(name)).collect();
    let evidence = Evidence::Names(wanted.into_iter().map(str::to_owned).collect());
    let domain = domain::classify(&row.prompt).domain;
    Ok(vec![Case {
        document: id.clone(),
        id,
        language: Language::from_name("python").filter(|_| domain == Domain::Code),
        domain,
        question: None,
        verbose: row.prompt,
        compressed: None,
        gold: Some(Gold { answers: vec![reference], evidence }),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downstream::Benchmark;
    use crate::downstream::tests::cases;

    #[test]
    fn both_forms_are_the_same_case() {
        let public = r#"{"prompt": "Problem:\nSum `totals` by name.\n<code>\nimport pandas as pd\n</code>", "code_context": "x",
            "reference_code": "result = totals.groupby('name').sum()", "metadata": {"problem_id": 7, "library": "Pandas"}}"#;
        let row = r#"{"id": "7", "query": "Problem:\nSum `totals` by name.\n<code>\nimport pandas as pd\n</code>",
            "gold": {"answer": "result = totals.groupby('name').sum()"}}"#;
        let public = cases(Benchmark::Ds1000, &public.replace('\n', " "));
        assert_eq!(public, cases(Benchmark::Ds1000, &row.replace('\n', " ")));
        let gold = public[0].gold.clone().expect("a gold answer");
        assert_eq!(gold.evidence, Evidence::Names(vec!["name".to_owned(), "totals".to_owned()]));
    }
}
