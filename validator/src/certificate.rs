//! A certificate: what was found about a compressor, tied by hashes to all that it depends on.
//!
//! It is given only where the run is whole, its gates were passed and its examples are enough; a refusal names every
//! reason. The seal is the sha256 of the rest, so that a later change of any of it is seen by `certify --check`. It is no
//! signature: whoever changes a certificate can seal it anew, and only the run and the data show that its figures are true.
//!
//! Invariants
//! - nothing that failed, and nothing that was measured on too little, is certified (`tests::what_is_not_shown_is_refused`);
//! - a change of any figure breaks the seal (`tests::any_change_breaks_the_seal`);
//! - the same run gives the same certificate, byte for byte: there is no date in it (`tests::a_certificate_says_all_of_this`).

use std::fmt::Write;

use compressor::model::certificate::seal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::record::{Data, Measure, Model, Thresholds, Version};
use crate::report::Report;
use crate::report::table::aligned;
use crate::stats::equivalence::Verdict;
use crate::stats::{Estimate, FEW_DOCUMENTS, Method};

/// The form of certificates that this program writes and reads.
pub const FORMAT: &str = "compression-validator certificate 1";

/// The fewest examples that a certificate is given for.
pub const FEWEST_EXAMPLES: usize = 100;

/// What is certified.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Certificate {
    /// [`FORMAT`].
    pub format: String,
    /// The compressor.
    pub subject: String,
    /// The model, as the run names it.
    pub model: Option<Model>,
    /// The texts.
    pub data: Data,
    /// The program that measured.
    pub tool: Version,
    /// What counted the tokens.
    pub tokenizer: String,
    /// The version of the prompts, where models were asked.
    pub prompt_version: Option<String>,
    /// Models that were asked.
    pub models: Vec<String>,
    /// Models that judged.
    pub judges: Vec<String>,
    /// What passes.
    pub thresholds: Thresholds,
    /// The margin of equivalence.
    pub delta: f64,
    /// Where the bootstrap started.
    pub seed: u64,
    /// What was found.
    pub figures: Vec<Line>,
    /// What was found beside other systems.
    pub comparisons: Vec<Beside>,
    /// What was not measured, and what the figures cannot say.
    pub limits: Vec<String>,
    /// sha256 over the canonical JSON of all else.
    pub seal: String,
}

/// A figure, to four digits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    /// What it is.
    pub what: String,
    /// The best guess.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The confidence level.
    pub level: f64,
    /// Examples.
    pub n: usize,
    /// Documents.
    pub documents: usize,
    /// How the interval was found.
    pub method: Method,
}

/// A difference to another system, and what it shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Beside {
    /// The other.
    pub other: String,
    /// The mean difference with its 90 % interval.
    pub difference: Line,
    /// What it shows at the margin.
    pub verdict: Verdict,
}

/// The certificate of a run, with its seal.
///
/// # Errors
/// Every reason why there is none.
pub fn certify(report: &Report) -> Result<Certificate, Vec<String>> {
    let reasons = refusals(report);
    let Some(subject) = report.subject().filter(|_| reasons.is_empty()) else { return Err(reasons) };
    let figures = &subject.figures;
    let first = [
        ("tokens after / before", &figures.tokens),
        ("passed every gate", &figures.passed),
        ("lost no atom", &figures.nothing_lost),
    ];
    let measures = figures.measures.iter().filter(|(measure, _)| **measure != Measure::Ratio);
    let figures = first.into_iter().chain(measures.map(|(measure, figure)| (measure.title(), figure)));
    let tested = report.comparisons.iter().flat_map(|it| it.differences.iter().map(move |difference| (it, difference)));
    let comparisons = tested.filter_map(|(comparison, difference)| {
        let test = difference.equivalence?;
        let difference = Line::of(difference.measure.title(), &test.difference);
        Some(Beside { other: comparison.other.clone(), difference, verdict: test.verdict })
    });
    let run = &report.run;
    let mut certificate = Certificate {
        format: FORMAT.to_owned(),
        subject: report.subject.clone(),
        model: run.model.clone(),
        data: run.data.clone(),
        tool: run.tool.clone(),
        tokenizer: run.tokenizer.clone(),
        prompt_version: run.prompt_version.clone(),
        models: run.models.clone(),
        judges: run.judges.clone(),
        thresholds: run.thresholds,
        delta: run.delta,
        seed: report.seed,
        figures: figures.filter_map(|(what, figure)| Some(Line::of(what, figure.known()?))).collect(),
        comparisons: comparisons.collect(),
        limits: report.limits.clone(),
        seal: String::new(),
    };
    certificate.seal = seal(&serde_json::to_value(&certificate).unwrap_or_default());
    Ok(certificate)
}

/// Why a run is not certified.
fn refusals(report: &Report) -> Vec<String> {
    let run = &report.run;
    let Some(subject) = report.subject() else { return vec!["there is no example".to_owned()] };
    let (n, documents) = subject.figures.passed.counts();
    let mut reasons = Vec::new();
    let mut refuse = |holds: bool, reason: String| {
        if holds {
            reasons.push(reason);
        }
    };
    refuse(
        n < run.data.rows,
        format!("the run is not whole: {n} of the {} rows of {} were measured", run.data.rows, run.data.name),
    );
    refuse(n < FEWEST_EXAMPLES, format!("{n} examples are too few; {FEWEST_EXAMPLES} are the least"));
    refuse(
        documents < FEW_DOCUMENTS,
        format!("the examples are of {documents} documents; {FEW_DOCUMENTS} are the least"),
    );
    let needed = run.thresholds.pass_share;
    refuse(needed <= 0.0, "no share of the examples had to pass, so that nothing could fail".to_owned());
    let passed = subject.figures.passed.known().map(Estimate::value);
    refuse(
        passed.is_none_or(|it| it < needed),
        format!("a gate failed: passed {}, {needed} is needed", subject.figures.passed),
    );
    reasons
}

impl Line {
    fn of(what: &str, it: &Estimate) -> Self {
        let round = |value: f64| (value * 1e4).round() / 1e4;
        Line {
            what: what.to_owned(),
            value: round(it.value()),
            low: round(it.low()),
            high: round(it.high()),
            level: round(it.level()),
            n: it.n(),
            documents: it.documents(),
            method: it.method(),
        }
    }
}

/// What a look at a certificate found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soundness {
    /// It is as it was sealed.
    Sound,
    /// Something was changed after it was sealed.
    Changed,
    /// It is no certificate of this form.
    Foreign,
}

/// Looks at the text of a certificate.
#[must_use]
pub fn check(text: &str) -> (Soundness, Option<Certificate>) {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return (Soundness::Foreign, None) };
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return (Soundness::Foreign, None);
    }
    let is_sealed = value.get("seal").and_then(Value::as_str) == Some(seal(&value).as_str());
    match serde_json::from_value(value).ok().filter(|_| is_sealed) {
        Some(certificate) => (Soundness::Sound, Some(certificate)),
        None => (Soundness::Changed, None),
    }
}

/// The certificate for a reader.
#[must_use]
pub fn markdown(it: &Certificate) -> String {
    let none = |list: &[String]| if list.is_empty() { "none".to_owned() } else { list.join(", ") };
    let model = it.model.as_ref().map_or("none".to_owned(), |it| format!("{}, sha256 {}", it.name, it.hash));
    let mut out = format!(
        "# Certificate of {}\n\nMeasured on {} by {} {}.\n\n",
        it.subject, it.data.name, it.tool.name, it.tool.version
    );
    let mut rows = vec![words(&["figure", "value", "interval", "n", "documents", "method"])];
    rows.extend(it.figures.iter().map(|it| row(it.what.clone(), it, it.method.name())));
    out.push_str(&aligned(&rows));
    if !it.comparisons.is_empty() {
        let _ = write!(out, "\n## Beside other systems, within {}\n\n", it.delta);
        let mut rows = vec![words(&["difference", "value", "90 % interval", "n", "documents", "verdict"])];
        rows.extend(
            it.comparisons
                .iter()
                .map(|it| row(format!("{}, {}", it.other, it.difference.what), &it.difference, it.verdict.words())),
        );
        out.push_str(&aligned(&rows));
    }
    let gates = &it.thresholds;
    let _ = write!(out, "\n## What it is tied to\n\n");
    let ties = [
        ("model", model),
        ("data", format!("{}, {} rows, sha256 {}", it.data.name, it.data.rows, it.data.sha256)),
        ("tokens counted by", it.tokenizer.clone()),
        ("models asked", none(&it.models)),
        ("judges", none(&it.judges)),
        ("prompts", it.prompt_version.clone().unwrap_or_else(|| "none".to_owned())),
        (
            "gates",
            format!(
                "equivalence {}, embedding {}, facts {}, judge {}; passed by {} of the examples",
                gates.equivalence, gates.embedding, gates.facts, gates.judge, gates.pass_share
            ),
        ),
        ("seed", it.seed.to_string()),
        ("seal", it.seal.clone()),
    ];
    let mut rows = vec![words(&["what", "value"])];
    rows.extend(ties.into_iter().map(|(what, value)| vec![what.to_owned(), value]));
    out.push_str(&aligned(&rows));
    let _ = write!(out, "\n## Limits\n\n");
    for limit in &it.limits {
        let _ = writeln!(out, "- {limit}");
    }
    let _ = write!(
        out,
        "\n`compression-validator certify --check certificate.json` says whether it is as it was sealed.\n"
    );
    out
}

fn row(what: String, it: &Line, last: &str) -> Vec<String> {
    vec![
        what,
        format!("{:.4}", it.value),
        format!("{:.4} to {:.4}", it.low, it.high),
        it.n.to_string(),
        it.documents.to_string(),
        last.to_owned(),
    ]
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&it| it.to_owned()).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::record::Run;
    use crate::record::tests::run;
    use crate::report::tests::{examples, gathered};

    fn report(count: u32, change: impl Fn(&mut Run)) -> Report {
        let mut run = run();
        run.data.rows = count as usize;
        change(&mut run);
        Report::of(run, &gathered(examples(count)), 0, 1)
    }

    #[test]
    fn what_is_not_shown_is_refused() {
        let reasons = |report: &Report| certify(report).map(|_| ()).unwrap_err();
        assert_eq!(
            reasons(&report(30, |run| run.data.rows = 40)),
            [
                "the run is not whole: 30 of the 40 rows of a.jsonl were measured",
                "30 examples are too few; 100 are the least",
                "the examples are of 15 documents; 20 are the least",
            ]
        );
        let nothing_to_fail = report(120, |run| run.thresholds.pass_share = 0.0);
        assert_eq!(reasons(&nothing_to_fail), ["no share of the examples had to pass, so that nothing could fail"]);
        let failed = Report { subject: "truncate".to_owned(), ..report(120, |_| {}) };
        let reasons = reasons(&failed);
        assert!(reasons[0].starts_with("a gate failed: passed 0.700 [0."), "{reasons:?}");
        assert_eq!(
            certify(&Report { subject: "none".to_owned(), ..report(120, |_| {}) }).unwrap_err(),
            ["there is no example"]
        );
    }

    #[test]
    fn any_change_breaks_the_seal() {
        let text = serde_json::to_string_pretty(&certify(&report(120, |_| {})).unwrap()).unwrap();
        assert_eq!(check(&text).0, Soundness::Sound);
        // Layout is no content.
        assert_eq!(check(&serde_json::from_str::<Value>(&text).unwrap().to_string()).0, Soundness::Sound);
        let digits: Vec<usize> = text.char_indices().filter(|(_, it)| it.is_ascii_digit()).map(|(at, _)| at).collect();
        for at in digits {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'7' { b'3' } else { b'7' };
            let (soundness, certificate) = check(std::str::from_utf8(&changed).unwrap());
            assert!(soundness != Soundness::Sound && certificate.is_none(), "byte {at} of {text}");
        }
        assert_eq!(check("{}").0, Soundness::Foreign);
        assert_eq!(check("# Certificate").0, Soundness::Foreign);
    }

    #[test]
    fn a_certificate_says_all_of_this() {
        let certificate = certify(&report(120, |run| {
            run.model = Some(Model { name: "tagger".to_owned(), hash: "ab".repeat(32) });
            run.models = vec!["anthropic/claude".to_owned()];
            run.judges = vec!["openai/gpt".to_owned()];
            run.prompt_version = Some("tasks 1".to_owned());
        }));
        expect![[r"
            # Certificate of balanced

            Measured on a.jsonl by compression-validator 0.1.0.

            | figure                | value  | interval         | n   | documents | method               |
            |-----------------------|--------|------------------|-----|-----------|----------------------|
            | tokens after / before | 0.5893 | 0.5838 to 0.5950 | 120 | 60        | BCa bootstrap        |
            | passed every gate     | 1.0000 | 0.9398 to 1.0000 | 120 | 60        | Wilson               |
            | lost no atom          | 0.9917 | 0.9537 to 0.9985 | 120 | 60        | Wilson               |
            | equivalence           | 0.9450 | 0.9415 to 0.9487 | 120 | 60        | BCa bootstrap        |
            | cosine                | 0.9450 | 0.9415 to 0.9487 | 120 | 60        | BCa bootstrap        |
            | atoms kept            | 1.0000 | 1.0000 to 1.0000 | 120 | 60        | all values alike     |
            | noise floor           | 0.9600 | 0.9589 to 0.9611 | 120 | 60        | BCa bootstrap        |
            | ms to compress        | 6.0000 | 4.0000 to 7.0000 | 120 | 60        | percentile bootstrap |

            ## Beside other systems, within 0.05

            | difference            | value  | 90 % interval    | n   | documents | verdict                   |
            |-----------------------|--------|------------------|-----|-----------|---------------------------|
            | truncate, equivalence | 0.3000 | 0.2513 to 0.3487 | 120 | 60        | better by more than delta |
            | truncate, cosine      | 0.3000 | 0.2026 to 0.3974 | 120 | 60        | better by more than delta |
            | truncate, atoms kept  | 0.3550 | 0.3519 to 0.3581 | 120 | 60        | better by more than delta |

            ## What it is tied to

            | what              | value                                                                                      |
            |-------------------|--------------------------------------------------------------------------------------------|
            | model             | tagger, sha256 abababababababababababababababababababababababababababababababab            |
            | data              | a.jsonl, 120 rows, sha256 0000000000000000000000000000000000000000000000000000000000000000 |
            | tokens counted by | o200k_base                                                                                 |
            | models asked      | anthropic/claude                                                                           |
            | judges            | openai/gpt                                                                                 |
            | prompts           | tasks 1                                                                                    |
            | gates             | equivalence 0.72, embedding 0.6, facts 0.55, judge 0.75; passed by 1 of the examples       |
            | seed              | 1                                                                                          |
            | seal              | 239bd4afcd1b6f2f0819fb69452eff6df4a98e1304e274bf5d0d42c9b1c92012                           |

            ## Limits

            - One model was asked; that others read the compressed text as well is not shown.
            - McNemar's test takes the examples of a document as independent; the permutation test does not.
            - The figures hold for texts like those of a.jsonl; what other texts would give, they do not say.

            `compression-validator certify --check certificate.json` says whether it is as it was sealed.
        "]].assert_eq(&markdown(&certificate.unwrap()));
    }
}
