//! What a report cannot say, in sentences: what was not measured, and where the figures are weak.

use super::Report;
use super::gather::Gathered;
use crate::record::Measure;
use crate::stats::FEW_DOCUMENTS;

/// The limits of a report, the gravest first.
pub(super) fn limits(report: &Report, gathered: &Gathered) -> Vec<String> {
    let mut limits = Vec::new();
    let mut say = |holds: bool, sentence: String| {
        if holds {
            limits.push(sentence);
        }
    };
    let run = &report.run;
    say(report.examples == 0, "There is no example, so nothing is known.".to_owned());
    say(
        run.models.is_empty(),
        "No model was asked: these figures are about the texts, not about the answers that models give. What a text \
         lacks no reader can find; what it has a reader may still miss."
            .to_owned(),
    );
    say(
        report.documents < FEW_DOCUMENTS,
        format!(
            "The examples are of {} documents; with fewer than {FEW_DOCUMENTS} intervals tend to be too narrow.",
            report.documents
        ),
    );
    let is_measured = |measure| gathered.rows.iter().any(|row| row.measures.contains_key(&measure));
    say(
        !run.models.is_empty() && !is_measured(Measure::NoiseFloor),
        "No model was asked twice, so that it is not known how alike two answers to the full text are.".to_owned(),
    );
    say(
        !run.models.is_empty() && run.judges.is_empty(),
        "No judge read the answers: they were compared by embeddings and facts.".to_owned(),
    );
    say(
        run.models.len() == 1,
        "One model was asked; that others read the compressed text as well is not shown.".to_owned(),
    );
    let estimated = ["claude", "gemini"].contains(&run.tokenizer.as_str());
    say(estimated, format!("Token counts of {} are estimates.", run.tokenizer));
    let is_one_domain = gathered.rows.windows(2).all(|pair| pair[0].domain == pair[1].domain);
    say(
        report.examples > 0 && is_one_domain,
        "All examples are of one domain; nothing is shown about the others.".to_owned(),
    );
    say(
        report.systems.len() == 1,
        "No baseline stands beside the system, so that it is not known how much of the quality a simple method would \
         keep at this ratio."
            .to_owned(),
    );
    let is_clustered = report.systems.iter().any(|system| system.examples > report.documents);
    say(
        is_clustered && !report.comparisons.is_empty(),
        "McNemar's test takes the examples of a document as independent; the permutation test does not.".to_owned(),
    );
    say(
        report.examples > 0,
        format!(
            "The figures hold for texts like those of {}; what other texts would give, they do not say.",
            run.data.name
        ),
    );
    limits
}
