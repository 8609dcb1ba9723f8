//! The report for a terminal: tables in Markdown, aligned, with an interval in each cell.
//!
//! Invariants
//! - columns stand below each other, whatever the width of characters (`tests::columns_are_aligned`).

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::Report;
use super::against::{Comparison, Difference};
use super::figure::Figure;
use crate::record::Measure;

/// The report as Markdown.
#[must_use]
pub fn tables(report: &Report) -> String {
    let mut out = String::new();
    let mut section = |title: &str, rows: Vec<Vec<String>>| {
        if rows.len() > 1 {
            let _ = write!(out, "{}{title}\n\n{}", if out.is_empty() { "" } else { "\n" }, aligned(&rows));
        }
    };
    section("Systems", systems(report));
    section(&format!("{} beside the others (delta {})", report.subject, report.run.delta), comparisons(report));
    section("Answers by model", models(report));
    section("Costs", costs(report));
    let _ = write!(out, "\nLimits\n\n");
    for limit in &report.limits {
        let _ = writeln!(out, "- {limit}");
    }
    out
}

fn systems(report: &Report) -> Vec<Vec<String>> {
    let measures: Vec<Measure> = report.qualities();
    let mut head = words(&["system", "domain", "n", "documents", "tokens after / before", "passed", "nothing lost"]);
    head.extend(measures.iter().map(|it| it.title().to_owned()));
    let mut rows = vec![head];
    for system in &report.systems {
        let all = std::iter::once(("all", &system.figures));
        for (domain, figures) in all.chain(system.domains.iter().map(|(name, it)| (name.as_str(), it))) {
            let of = figures.passed.counts();
            let mut row = words(&[&system.system, domain, &of.0.to_string(), &of.1.to_string()]);
            row.extend([&figures.tokens, &figures.passed, &figures.nothing_lost].map(|it| within(it, of)));
            row.extend(measures.iter().map(|it| figures.measures.get(it).map(|it| within(it, of)).unwrap_or_default()));
            rows.push(row);
        }
    }
    rows
}

/// A figure in a row that says what it is of; where it is of fewer examples, it says so itself.
fn within(figure: &Figure, of: (usize, usize)) -> String {
    match figure.known() {
        Some(it) if (it.n(), it.documents()) == of => format!("{:.3} [{:.3}, {:.3}]", it.value(), it.low(), it.high()),
        _ => figure.to_string(),
    }
}

/// The rows of a table of comparisons.
fn comparisons(report: &Report) -> Vec<Vec<String>> {
    let mut rows = vec![words(&["beside", "measure", "difference", "p", "p adjusted", "verdict"])];
    for comparison in &report.comparisons {
        rows.extend(comparison.differences.iter().map(|it| difference(comparison, it)));
        let it = &comparison.passing;
        rows.push(words(&[
            &comparison.other,
            "passed",
            &format!("{} only here, {} only there, n={}", it.only_first, it.only_second, comparison.paired),
            &p_value(Some(it.exact_p)),
            "",
            "McNemar, exact",
        ]));
    }
    rows
}

/// One difference as a row: beside what, of what, how much, by what chance, and the verdict.
pub fn difference(comparison: &Comparison, it: &Difference) -> Vec<String> {
    vec![
        comparison.other.clone(),
        it.measure.title().to_owned(),
        match it.mean.known() {
            Some(estimate) => format!("{}{estimate}", if estimate.value() >= 0.0 { "+" } else { "" }),
            None => it.mean.to_string(),
        },
        p_value(it.p),
        p_value(it.adjusted_p),
        it.equivalence.map(|it| it.verdict.words().to_owned()).unwrap_or_default(),
    ]
}

/// A p value, as small as it is worth telling.
#[must_use]
pub fn p_value(p: Option<f64>) -> String {
    match p {
        None => String::new(),
        Some(p) if p < 0.001 => "< 0.001".to_owned(),
        Some(p) => format!("{p:.3}"),
    }
}

fn models(report: &Report) -> Vec<Vec<String>> {
    let has = |it: &Measure| report.models.iter().any(|model| model.measures.contains_key(it));
    let measures: Vec<Measure> = Measure::ALL.into_iter().filter(has).collect();
    let mut head = words(&["model", "n", "documents", "passed"]);
    head.extend(measures.iter().map(|it| it.title().to_owned()));
    head.push("equivalence / noise floor".to_owned());
    let mut rows = vec![head];
    for model in &report.models {
        let of = model.passed.counts();
        let mut row = words(&[&model.model, &of.0.to_string(), &of.1.to_string(), &within(&model.passed, of)]);
        row.extend(measures.iter().map(|it| model.measures.get(it).map(|it| within(it, of)).unwrap_or_default()));
        let relative = model.relative.map(|it| (within(&it.relative.into(), of), it.test.verdict.words()));
        row.push(relative.map(|(figure, verdict)| format!("{figure}; {verdict}")).unwrap_or_default());
        rows.push(row);
    }
    rows
}

fn costs(report: &Report) -> Vec<Vec<String>> {
    let mut rows = vec![words(&["model", "calls", "from the cache", "tokens in", "tokens out", "USD", "median ms"])];
    for cost in &report.costs {
        let total = &cost.total;
        let counts = [total.calls, total.cached, total.input_tokens, total.output_tokens].map(|it| it.to_string());
        let mut row = vec![cost.model.clone()];
        row.extend(counts);
        row.extend([format!("{:.4}", total.cost_usd), format!("{:.0}", cost.median_milliseconds)]);
        rows.push(row);
    }
    rows
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&it| it.to_owned()).collect()
}

/// Rows, the first of which is the head, as an aligned table of Markdown.
#[must_use]
pub fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    // A bar or a line break in a name would be another cell or row.
    let clean = |it: &String| it.replace('|', "\\|").replace(char::is_control, " ");
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(clean).collect()).collect();
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|it| it.width()).max().unwrap_or(0).max(3))
        .collect();
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (column, &width) in widths.iter().enumerate() {
            let cell = row.get(column).map_or("", String::as_str);
            let _ = write!(out, "| {cell}{} ", " ".repeat(width.saturating_sub(cell.width())));
        }
        out.push_str("|\n");
        if index == 0 {
            for width in &widths {
                let _ = write!(out, "|{}", "-".repeat(width + 2));
            }
            out.push_str("|\n");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::report;
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let rows = [words(&["name", "value"]), words(&["日本", "1 | 2"]), words(&["a\nb"])];
        expect![[r"
            | name | value  |
            |------|--------|
            | 日本 | 1 \| 2 |
            | a b  |        |
        "]]
        .assert_eq(&aligned(&rows));
    }

    #[test]
    fn a_terminal_shows_what_was_found() {
        expect![[r"
            Systems

            | system   | domain | n   | documents | tokens after / before | passed               | nothing lost         | equivalence          | cosine               | atoms kept           |
            |----------|--------|-----|-----------|-----------------------|----------------------|----------------------|----------------------|----------------------|----------------------|
            | balanced | all    | 60  | 30        | 0.589 [0.581, 0.596]  | 1.000 [0.886, 1.000] | 0.983 [0.909, 0.997] | 0.945 [0.940, 0.951] | 0.945 [0.940, 0.951] | 1.000 [1.000, 1.000] |
            | balanced | code   | 20  | 20        | 0.579 [0.567, 0.591]  | 1.000 [0.839, 1.000] | 0.950 [0.764, 0.991] | 0.945 [0.931, 0.958] | 0.945 [0.931, 0.958] | 1.000 [1.000, 1.000] |
            | balanced | prose  | 40  | 30        | 0.594 [0.584, 0.603]  | 1.000 [0.886, 1.000] | 1.000 [0.886, 1.000] | 0.945 [0.937, 0.953] | 0.945 [0.937, 0.953] | 1.000 [1.000, 1.000] |
            | truncate | all    | 60  | 30        | 0.589 [0.581, 0.596]  | 0.700 [0.572, 0.803] | 0.000 [0.000, 0.114] | 0.645 [0.640, 0.651] | 0.645 [0.640, 0.651] | 0.645 [0.640, 0.651] |
            | truncate | code   | 20  | 20        | 0.579 [0.567, 0.591]  | 0.700 [0.481, 0.855] | 0.000 [0.000, 0.161] | 0.645 [0.631, 0.659] | 0.645 [0.631, 0.659] | 0.645 [0.631, 0.659] |
            | truncate | prose  | 40  | 30        | 0.594 [0.584, 0.603]  | 0.700 [0.544, 0.820] | 0.000 [0.000, 0.114] | 0.645 [0.637, 0.653] | 0.645 [0.637, 0.653] | 0.645 [0.637, 0.653] |

            balanced beside the others (delta 0.05)

            | beside   | measure        | difference                                 | p       | p adjusted | verdict                   |
            |----------|----------------|--------------------------------------------|---------|------------|---------------------------|
            | truncate | ratio          | +0.000 [0.000, 0.000] n=60 of 30 documents | 1.000   | 1.000      |                           |
            | truncate | equivalence    | +0.300 [0.300, 0.300] n=60 of 30 documents | < 0.001 | 0.001      | better by more than delta |
            | truncate | cosine         | +0.300 [0.300, 0.300] n=60 of 30 documents | < 0.001 | 0.001      | better by more than delta |
            | truncate | atoms kept     | +0.355 [0.350, 0.361] n=60 of 30 documents | < 0.001 | 0.001      | better by more than delta |
            | truncate | ms to compress | +0.000 [0.000, 0.000] n=60 of 30 documents | 1.000   | 1.000      |                           |
            | truncate | passed         | 18 only here, 0 only there, n=60           | < 0.001 |            | McNemar, exact            |

            Answers by model

            | model            | n   | documents | passed               | equivalence          | noise floor          | equivalence / noise floor                     |
            |------------------|-----|-----------|----------------------|----------------------|----------------------|-----------------------------------------------|
            | anthropic/claude | 60  | 30        | 1.000 [0.886, 1.000] | 0.945 [0.940, 0.951] | 0.960 [0.958, 0.961] | 0.984 [0.979, 0.990]; equivalent within delta |

            Costs

            | model            | calls | from the cache | tokens in | tokens out | USD    | median ms                            |
            |------------------|-------|----------------|-----------|------------|--------|--------------------------------------|
            | anthropic/claude | 360   | 360            | 292320    | 1080       | 0.8760 | 412 [412, 412] n=360 of 30 documents |

            Limits

            - One model was asked; that others read the compressed text as well is not shown.
            - McNemar's test takes the examples of a document as independent; the permutation test does not.
            - The figures hold for texts like those of a.jsonl; what other texts would give, they do not say.
        "]].assert_eq(&tables(&report(60).0));
    }
}
