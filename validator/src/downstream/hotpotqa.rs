//! HotpotQA, distractor setting: a question, ten passages, and the sentences that bear out the answer.
//!
//! The public file is an array of `{_id, question, answer, context: [[title, [sentence]]], supporting_facts: [[title, index]]}`;
//! rows of one context each have `{id, query, retrieved_context: [{title, text}], gold: {answer, aliases, evidence:
//! ["title::index"]}}`, with two spaces between the sentences of a passage.

use compressor::domain::Domain;
use serde::Deserialize;

use crate::case::{BrokenRow, Case, Evidence, Gold};

/// A row in either form.
#[derive(Debug, Deserialize)]
pub struct Row {
    #[serde(alias = "_id")]
    id: String,
    #[serde(alias = "query")]
    question: String,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    context: Vec<(String, Vec<String>)>,
    #[serde(default)]
    supporting_facts: Vec<(String, usize)>,
    #[serde(default)]
    retrieved_context: Vec<Passage>,
    #[serde(default)]
    gold: Option<RowGold>,
}

#[derive(Debug, Deserialize)]
struct Passage {
    title: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct RowGold {
    answer: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    evidence: Vec<String>,
}

/// The case of a row.
pub fn cases(line: usize, row: Row) -> Result<Vec<Case>, BrokenRow> {
    let cut = |passage: Passage| {
        let sentences = passage.text.split("  ").map(|sentence| sentence.trim().to_owned()).collect();
        (passage.title, sentences, passage.text)
    };
    let joined = |(title, sentences): (String, Vec<String>)| {
        let text = sentences.concat();
        (title, sentences, text)
    };
    let passages: Vec<(String, Vec<String>, String)> =
        row.context.into_iter().map(joined).chain(row.retrieved_context.into_iter().map(cut)).collect();
    let mut wanted = row.supporting_facts;
    let mut answers: Vec<String> = row.answer.into_iter().collect();
    if let Some(gold) = row.gold {
        answers.push(gold.answer);
        answers.extend(gold.aliases);
        let named = gold.evidence.iter().filter_map(|name| {
            let (title, index) = name.rsplit_once("::")?;
            Some((title.to_owned(), index.parse().ok()?))
        });
        wanted.extend(named);
    }
    let sentence = |(title, index): &(String, usize)| {
        let (_, sentences, _) = passages.iter().find(|(name, _, _)| name == title)?;
        sentences.get(*index).map(|sentence| sentence.trim().to_owned())
    };
    let evidence = Evidence::Sentences(wanted.iter().filter_map(sentence).collect());
    let texts: Vec<&str> = passages.iter().map(|(_, _, text)| text.trim()).collect();
    let verbose = texts.join("\n\n");
    if verbose.is_empty() || answers.is_empty() {
        return Err(BrokenRow::Content { line, reason: "it has no context, or no answer" });
    }
    Ok(vec![Case {
        document: row.id.clone(),
        id: row.id,
        domain: Domain::Nl,
        language: None,
        question: Some(row.question),
        verbose,
        compressed: None,
        gold: Some(Gold { answers, evidence }),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downstream::Benchmark;
    use crate::downstream::tests::cases;

    #[test]
    fn both_forms_are_the_same_case() {
        let public = r#"[{"_id": "5a", "question": "Where was Anna born?", "answer": "Turku", "type": "bridge",
            "context": [["Anna", ["Anna is a director.", " She was born in Turku."]], ["Bread", ["Bread is baked."]]],
            "supporting_facts": [["Anna", 1], ["Nobody", 0], ["Bread", 7]]}]"#;
        let row =
            r#"{"id": "5a", "query": "Where was Anna born?", "gold": {"answer": "Turku", "evidence": ["Anna::1"]},
            "retrieved_context": [{"title": "Anna", "text": "Anna is a director.  She was born in Turku."},
            {"title": "Bread", "text": "Bread is baked."}]}"#
                .replace('\n', " ");
        let (public, row) = (cases(Benchmark::Hotpotqa, public), cases(Benchmark::Hotpotqa, &row));
        assert_eq!(public[0].verbose, "Anna is a director. She was born in Turku.\n\nBread is baked.");
        assert_eq!(public[0].verbose.replace(". She", ".  She"), row[0].verbose);
        assert_eq!((&public[0].gold, &public[0].question), (&row[0].gold, &row[0].question));
        let evidence = Evidence::Sentences(vec!["She was born in Turku.".to_owned()]);
        assert_eq!(public[0].gold, Some(Gold { answers: vec!["Turku".to_owned()], evidence }));
    }
}
