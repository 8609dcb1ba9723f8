//! The parts of the page that are tables and lists.

use maud::{Markup, html};

use super::super::against::{Comparison, Difference};
use super::super::gather::{Gathered, domain_name};
use super::super::table::p_value;
use super::super::{Figures, Report};
use super::cell::{Unit, card, cell, column, counts};
use super::scatter::shape;
use crate::record::{Measure, Thresholds};

/// How the values of a measure are written.
fn unit(measure: Measure) -> Unit {
    match measure {
        Measure::CompressionMilliseconds => Unit::Milliseconds,
        it if it.is_yes_or_no() => Unit::Percent,
        _ => Unit::Score,
    }
}

/// The head of the page, and where its parts are.
pub(super) fn header(report: &Report) -> Markup {
    let parts = [
        ("summary", "Summary"),
        ("quality", "Quality against ratio"),
        ("systems", "Systems"),
        ("comparisons", "Comparisons"),
        ("distributions", "Distributions"),
        ("worst", "Worst cases"),
        ("costs", "Costs"),
        ("examples", "Examples"),
        ("run", "Run and limits"),
    ];
    html! {
        header {
            div.bar {
                div {
                    h1 { "Validation of " (report.subject) }
                    p.subtitle {
                        (report.run.data.name) ", " (report.examples) " examples of " (report.systems.len()) " systems, "
                        (report.documents) " documents"
                    }
                }
                button #theme type="button" aria-pressed="false" hidden { "Dark" }
            }
            nav aria-label="Parts of the report" {
                @for (id, title) in parts { a href=(format!("#{id}")) { (title) } }
            }
        }
    }
}

/// What matters most about the subject.
pub(super) fn summary(report: &Report) -> Markup {
    let Some(subject) = report.subject() else {
        return html! { section #summary { h2 { "Summary" } p { "There is no example, so nothing is known." } } };
    };
    let figures = &subject.figures;
    let needed = report.run.thresholds.pass_share;
    let passed = figures.passed.known().is_some_and(|it| it.value() >= needed);
    html! {
        section #summary {
            h2 { "Summary" }
            p.verdict {
                @if needed > 0.0 {
                    span.badge.{ (if passed { "passed" } else { "failed" }) } { (if passed { "passed" } else { "failed" }) }
                    " " (format!("{:.0} % of the examples must pass every gate: ", needed * 100.0))
                } @else {
                    "No share of examples had to pass. The gates: "
                }
                (gates(&report.run.thresholds))
            }
            div.cards {
                (card("Tokens after / before", &figures.tokens, Unit::Percent, "less is shorter"))
                @if let Some(quality) = report.quality {
                    @if let Some(figure) = figures.measures.get(&quality) {
                        (card(&capital(quality.title()), figure, unit(quality), better(quality)))
                    }
                }
                (card("Passed every gate", &figures.passed, Unit::Percent, "more is better"))
                (card("Lost no atom", &figures.nothing_lost, Unit::Percent, "numbers, names, paths, negations"))
            }
            p.lead {
                "Under each figure stands its " (format!("{:.0}", report.level * 100.0))
                " % interval, with documents as units, and how many examples it is of."
            }
        }
    }
}

fn gates(it: &Thresholds) -> String {
    format!(
        "equivalence at least {}, embedding {}, facts {}, judge {}, as far as measured",
        it.equivalence, it.embedding, it.facts, it.judge
    )
}

fn better(measure: Measure) -> &'static str {
    if measure.is_better_low() { "less is better" } else { "more is better" }
}

fn capital(title: &str) -> String {
    let mut rest = title.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The table of systems.
pub(super) fn systems(report: &Report) -> Markup {
    let has = |it: &Measure| report.systems.iter().any(|system| system.figures.measures.contains_key(it));
    let measures: Vec<Measure> = Measure::ALL.into_iter().filter(|it| *it != Measure::Ratio && has(it)).collect();
    html! {
        section #systems {
            h2 { "Systems" }
            p.lead { "Each column can be sorted. The ratio is that of all tokens together." }
            div.scroll tabindex="0" role="region" aria-label="Table of systems" {
                table.sortable {
                    thead {
                        tr {
                            (column("system", false)) (column("domain", false)) (column("n", true)) (column("documents", true)) (column("tokens after / before", true))
                            (column("passed", true)) (column("nothing lost", true))
                            @for it in &measures { (column(it.title(), true)) }
                        }
                    }
                    tbody {
                        @for (place, system) in report.systems.iter().enumerate() {
                            (row(&system.system, "all", &system.figures, &measures, Some(place)))
                            @for (domain, figures) in &system.domains { (row(&system.system, domain, figures, &measures, None)) }
                        }
                    }
                }
            }
        }
    }
}

fn row(system: &str, domain: &str, figures: &Figures, measures: &[Measure], place: Option<usize>) -> Markup {
    let of = figures.passed.counts();
    html! {
        tr.part[place.is_none()] {
            th scope="row" data-value=(system) {
                @if let Some(place) = place {
                    svg.key viewBox="0 0 18 18" aria-hidden="true" { g class=(format!("series s{}", place % 8)) { (shape(place, 9.0, 9.0)) } }
                }
                (system)
            }
            td data-value=(domain) { (domain) }
            (counts(of))
            (cell(Some(&figures.tokens), Unit::Score, of))
            (cell(Some(&figures.passed), Unit::Percent, of))
            (cell(Some(&figures.nothing_lost), Unit::Percent, of))
            @for it in measures { (cell(figures.measures.get(it), unit(*it), of)) }
        }
    }
}

/// The subject beside each other system.
pub(super) fn comparisons(report: &Report) -> Markup {
    html! {
        section #comparisons {
            h2 { "Comparisons" }
            @if report.comparisons.is_empty() {
                p { "Nothing stands beside " (report.subject) " in this run." }
            } @else {
                p.lead {
                    "Differences are " b { (report.subject) } " minus the other, over the examples that both have. p is that of the paired permutation test, "
                    "adjusted for all rows by Holm's method. A verdict comes from two one-sided tests with the margin " b { (report.run.delta) }
                    ": it is never drawn from a difference that was not found."
                }
                div.scroll tabindex="0" role="region" aria-label="Table of comparisons" {
                    table.sortable {
                        thead {
                            tr {
                                (column("beside", false)) (column("measure", false)) (column("n", true)) (column("documents", true)) (column("difference", true))
                                (column("p", true)) (column("p adjusted", true)) (column("verdict", false))
                            }
                        }
                        tbody { @for it in &report.comparisons { (comparison(it)) } }
                    }
                }
            }
        }
    }
}

fn comparison(comparison: &Comparison) -> Markup {
    let passing = &comparison.passing;
    html! {
        @for it in &comparison.differences { (difference(comparison, it)) }
        tr {
            th scope="row" { (comparison.other) }
            td { "passed every gate" }
            td.number data-value=(comparison.paired) { (comparison.paired) }
            td {}
            td.figure data-value="" {
                span.value { (passing.only_first) " only here" }
                span.value { (passing.only_second) " only there" }
            }
            td.number data-value=(passing.exact_p) { (p_value(Some(passing.exact_p))) }
            td {}
            td { "McNemar, exact; mid-p " (p_value(Some(passing.mid_p))) }
        }
    }
}

fn difference(comparison: &Comparison, it: &Difference) -> Markup {
    let verdict = it.equivalence.map(|it| it.verdict);
    html! {
        tr {
            th scope="row" { (comparison.other) }
            td { (it.measure.title()) }
            (counts(it.mean.counts()))
            (cell(Some(&it.mean), signed(it.measure), it.mean.counts()))
            td.number data-value=[it.p] { (p_value(it.p)) }
            td.number data-value=[it.adjusted_p] { (p_value(it.adjusted_p)) }
            td {
                @if let Some(verdict) = verdict {
                    span.badge.{ (verdict.name()) } { (verdict.words()) }
                }
            }
        }
    }
}

/// Differences of shares stand in their own unit, as their margin does.
fn signed(measure: Measure) -> Unit {
    if measure == Measure::CompressionMilliseconds { Unit::Milliseconds } else { Unit::Score }
}

/// The answers of each model.
pub(super) fn models(report: &Report) -> Markup {
    let has = |it: &Measure| report.models.iter().any(|model| model.measures.contains_key(it));
    let measures: Vec<Measure> = Measure::ALL.into_iter().filter(has).collect();
    html! {
        @if !report.models.is_empty() {
            section #models {
                h2 { "Answers by model" }
                p.lead {
                    "Of the texts of " b { (report.subject) } ". The noise floor is how alike two answers of the same model to the same full text are; "
                    "equivalence over noise floor is 1 where compression changes no more than asking again does."
                }
                div.scroll tabindex="0" role="region" aria-label="Table of models" {
                    table.sortable {
                        thead {
                            tr {
                                (column("model", false)) (column("n", true)) (column("documents", true)) (column("passed", true))
                                @for it in &measures { (column(it.title(), true)) }
                                (column("equivalence / noise floor", true)) (column("verdict", false))
                            }
                        }
                        tbody {
                            @for model in &report.models {
                                tr {
                                    th scope="row" { (model.model) }
                                    (counts(model.passed.counts()))
                                    (cell(Some(&model.passed), Unit::Percent, model.passed.counts()))
                                    @for it in &measures { (cell(model.measures.get(it), unit(*it), model.passed.counts())) }
                                    (cell(model.relative.map(|it| it.relative.into()).as_ref(), Unit::Score, model.passed.counts()))
                                    td { @if let Some(it) = model.relative {
                                        span.badge.{ (it.test.verdict.name()) } { (it.test.verdict.words()) }
                                    } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What asking took.
pub(super) fn costs(report: &Report) -> Markup {
    let total: f64 = report.costs.iter().map(|it| it.total.cost_usd).sum();
    html! {
        section #costs {
            h2 { "Costs" }
            @if report.costs.is_empty() {
                p { "No model was asked; the run cost nothing." }
            } @else {
                p.lead { "The calls of this run cost " b { (format!("{total:.4} USD")) } "; what came from the cache cost nothing again." }
                div.scroll tabindex="0" role="region" aria-label="Table of costs" {
                    table.sortable {
                        thead {
                            tr {
                                (column("model", false))
                                @for it in ["calls", "from the cache", "tokens in", "tokens out", "USD", "median of a call", "95th percentile"] {
                                    (column(it, true))
                                }
                            }
                        }
                        tbody {
                            @for cost in &report.costs {
                                tr {
                                    th scope="row" { (cost.model) }
                                    @for it in [cost.total.calls, cost.total.cached, cost.total.input_tokens, cost.total.output_tokens] {
                                        td.number data-value=(it) { (it) }
                                    }
                                    td.number data-value=(cost.total.cost_usd) { (format!("{:.4}", cost.total.cost_usd)) }
                                    (cell(Some(&cost.median_milliseconds), Unit::Milliseconds, (0, 0)))
                                    (cell(Some(&cost.p95_milliseconds), Unit::Milliseconds, (0, 0)))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The table of all examples, which the script fills.
pub(super) fn examples(report: &Report, gathered: &Gathered) -> Markup {
    let mut domains: Vec<&str> = gathered.rows.iter().map(|row| domain_name(row.domain)).collect();
    domains.sort_unstable();
    domains.dedup();
    html! {
        section #examples {
            h2 { "Examples" }
            noscript { p { "The table of all examples needs the script of this page; examples.jsonl has them too." } }
            form.controls #filters {
                label { "Name or document " input #filter-text type="search" autocomplete="off"; }
                label { "System " select #filter-system {
                    option value="" { "all" }
                    @for it in &report.systems { option { (it.system) } }
                } }
                label { "Domain " select #filter-domain {
                    option value="" { "all" }
                    @for it in &domains { option { (it) } }
                } }
                label { "Outcome " select #filter-outcome {
                    option value="" { "all" } option value="failed" { "failed" } option value="passed" { "passed" }
                    option value="lost" { "lost an atom" } option value="invented" { "invented an atom" }
                } }
            }
            div.scroll tabindex="0" role="region" aria-label="Table of examples" {
                table #all { thead {} tbody {} }
            }
            p.pages {
                button #previous type="button" { "Previous" }
                " " output #shown aria-live="polite" {} " "
                button #next type="button" { "Next" }
            }
        }
    }
}

/// What the run was made with, and what it does not show.
pub(super) fn run(report: &Report) -> Markup {
    let run = &report.run;
    let none = |list: &[String]| if list.is_empty() { "none".to_owned() } else { list.join(", ") };
    let model = run.model.as_ref().map_or("none".to_owned(), |it| format!("{} {}", it.name, it.hash));
    let entries = [
        ("Program", format!("{} {}", run.tool.name, run.tool.version)),
        ("Command", format!("{} {}", run.tool.name, run.command.join(" "))),
        ("Data", format!("{}, {} rows", run.data.name, run.data.rows)),
        ("sha256 of the data", run.data.sha256.clone()),
        ("Systems", none(&run.systems)),
        ("Tokens counted by", run.tokenizer.clone()),
        ("Encoder", model),
        ("Models asked", none(&run.models)),
        ("Judges", none(&run.judges)),
        ("Prompts", run.prompt_version.clone().unwrap_or_else(|| "none".to_owned())),
        ("Gates", gates(&run.thresholds)),
        ("Margin of equivalence", run.delta.to_string()),
        ("Intervals", format!("{:.0} %, seed {}", report.level * 100.0, report.seed)),
    ];
    html! {
        section #run {
            h2 { "Run and limits" }
            h3 { "What these figures do not show" }
            ul.limits { @for limit in &report.limits { li { (limit) } } }
            h3 { "The run" }
            dl { @for (title, value) in &entries { dt { (title) } dd { (value) } } }
        }
    }
}
