//! Qasper: questions about whole papers, each with answers of several readers and the paragraphs that bear them out.
//!
//! The public file is one object, `{paper id: {title, abstract, full_text: [{section_name, paragraphs}], qas: [{question,
//! question_id, answers: [{answer: {unanswerable, extractive_spans, yes_no, free_form_answer, evidence}}]}]}}`; a paper a line
//! with its `id` is read, too. Questions that no reader could answer are left out, since a text holds no evidence for that.

use std::collections::BTreeMap;

use compressor::domain::Domain;
use serde::Deserialize;

use crate::case::{BrokenRow, Case, Evidence, Gold};

/// Papers by their ids, or one paper.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Row {
    /// One.
    Paper(Box<Paper>),
    /// Several.
    Papers(BTreeMap<String, Paper>),
}

/// A paper with its questions.
#[derive(Debug, Deserialize)]
pub struct Paper {
    #[serde(default)]
    id: Option<String>,
    title: String,
    #[serde(rename = "abstract", default)]
    summary: String,
    full_text: Vec<Section>,
    qas: Vec<Question>,
}

#[derive(Debug, Deserialize)]
struct Section {
    #[serde(default)]
    section_name: Option<String>,
    paragraphs: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Question {
    #[serde(rename = "question")]
    asked: String,
    #[serde(rename = "question_id")]
    id: String,
    answers: Vec<Reader>,
}

#[derive(Debug, Deserialize)]
struct Reader {
    answer: Answer,
}

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(default)]
    extractive_spans: Vec<String>,
    #[serde(default)]
    yes_no: Option<bool>,
    #[serde(rename = "free_form_answer", default)]
    free_form: String,
    #[serde(default)]
    evidence: Vec<String>,
}

/// The cases of a row: one for each question.
pub fn cases(line: usize, row: Row) -> Result<Vec<Case>, BrokenRow> {
    let papers = match row {
        Row::Paper(paper) => {
            let missing = BrokenRow::Content { line, reason: "the paper has no id" };
            vec![(paper.id.clone().ok_or(missing)?, *paper)]
        }
        Row::Papers(papers) => papers.into_iter().collect(),
    };
    Ok(papers.iter().flat_map(|(id, paper)| questions(id, paper)).collect())
}

fn questions(id: &str, paper: &Paper) -> Vec<Case> {
    let text = text(paper);
    let case = |question: &Question| {
        let answers: Vec<String> = question.answers.iter().filter_map(|reader| reader.answer.text()).collect();
        let mut evidence: Vec<String> = Vec::new();
        for paragraph in question.answers.iter().flat_map(|reader| &reader.answer.evidence) {
            // Figures and tables are named, and are no part of the text.
            if !paragraph.starts_with("FLOAT SELECTED") && !evidence.contains(paragraph) {
                evidence.push(paragraph.clone());
            }
        }
        (!answers.is_empty()).then(|| Case {
            id: question.id.clone(),
            document: id.to_owned(),
            domain: Domain::Nl,
            language: None,
            question: Some(question.asked.clone()),
            verbose: text.clone(),
            compressed: None,
            gold: Some(Gold { answers, evidence: Evidence::Sentences(evidence) }),
        })
    };
    paper.qas.iter().filter_map(case).collect()
}

/// The paper as it is read: Markdown headings, and paragraphs with empty lines between them.
fn text(paper: &Paper) -> String {
    let mut parts = vec![format!("# {}", paper.title), paper.summary.clone()];
    for section in &paper.full_text {
        parts.extend(section.section_name.iter().map(|name| format!("## {name}")));
        parts.extend(section.paragraphs.iter().cloned());
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n\n")
}

impl Answer {
    /// As the benchmark's own script takes it: spans joined, or yes or no, or the reader's words.
    fn text(&self) -> Option<String> {
        if !self.extractive_spans.is_empty() {
            return Some(self.extractive_spans.join(", "));
        }
        let yes_no = self.yes_no.map(|yes| if yes { "Yes" } else { "No" }.to_owned());
        yes_no.or_else(|| (!self.free_form.is_empty()).then(|| self.free_form.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downstream::Benchmark;
    use crate::downstream::tests::cases;

    const PAPER: &str = r#""title": "On Rain", "abstract": "It rains.", "full_text": [{"section_name": "Data",
        "paragraphs": ["We used 42 gauges.", ""]}, {"section_name": null, "paragraphs": ["They were wet."]}], "qas": [
        {"question": "How many gauges?", "question_id": "q1", "answers": [
            {"answer": {"unanswerable": false, "extractive_spans": ["42 gauges"], "yes_no": null, "free_form_answer": "",
                "evidence": ["We used 42 gauges.", "FLOAT SELECTED: Table 1"]}},
            {"answer": {"unanswerable": false, "extractive_spans": [], "yes_no": true, "free_form_answer": "",
                "evidence": ["We used 42 gauges."]}}]},
        {"question": "Why?", "question_id": "q2", "answers": [
            {"answer": {"unanswerable": true, "extractive_spans": [], "yes_no": null, "free_form_answer": "",
                "evidence": []}}]}]"#;

    #[test]
    fn both_forms_are_the_same_cases() {
        let paper = PAPER.replace('\n', " ");
        let public = cases(Benchmark::Qasper, &format!("{{\"1909.00694\": {{{paper}}}}}"));
        let row = cases(Benchmark::Qasper, &format!("{{\"id\": \"1909.00694\", {paper}}}"));
        assert_eq!(public, row);
        assert_eq!(public.len(), 1, "what nobody could answer is left out");
        assert_eq!(public[0].verbose, "# On Rain\n\nIt rains.\n\n## Data\n\nWe used 42 gauges.\n\nThey were wet.");
        assert_eq!((public[0].document.as_str(), public[0].id.as_str()), ("1909.00694", "q1"));
        let gold = public[0].gold.clone().expect("a gold answer");
        assert_eq!(gold.answers, ["42 gauges", "Yes"]);
        assert_eq!(gold.evidence, Evidence::Sentences(vec!["We used 42 gauges.".to_owned()]));
    }
}
