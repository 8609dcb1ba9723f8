//! The worst examples, original and shorter form side by side, with what went marked.

use maud::{Markup, html};

use super::super::Report;
use super::super::gather::{Gathered, domain_name};
use super::super::worst::Case;
use super::marks::{Kind, Marked, mark};
use crate::record::Piece;

/// The most pieces that are listed.
const LISTED: usize = 40;

/// The section; cases of the subject come first, and the first of them is open.
pub(super) fn section(report: &Report, gathered: &Gathered) -> Markup {
    let cases: Vec<(&str, &Case)> = (report.systems.iter())
        .filter_map(|it| gathered.systems.iter().position(|name| *name == it.system))
        .flat_map(|system| gathered.worst.of(system).iter().map(move |case| (system, case)))
        .map(|(system, case)| (gathered.systems[system].as_str(), case))
        .collect();
    html! {
        section #worst {
            h2 { "Worst cases" }
            @if cases.is_empty() {
                p { "There is no example." }
            } @else {
                p.lead {
                    "The examples of each system that did not pass or have least quality. In the original "
                    span.went { "words that went" } " are struck through and " mark.atom { "lost atoms" }
                    " are marked; in the shorter form " span.came { "words that the original lacks there" } " are underlined."
                }
                @if report.systems.len() > 1 {
                    p.controls {
                        label for="worst-system" { "System " }
                        select #worst-system {
                            @for system in &report.systems { option { (system.system) } }
                        }
                    }
                }
                @for (index, (system, case)) in cases.iter().enumerate() {
                    (one(system, case, index, *system == report.subject))
                }
            }
        }
    }
}

fn one(system: &str, case: &Case, index: usize, is_shown: bool) -> Markup {
    let it = &case.example;
    let (original, shorter) = mark((&it.verbose, &it.lost), (&it.compressed, &it.invented));
    let verdict = if it.verdict.passed { "passed" } else { "failed" };
    html! {
        details.case data-system=(system) open[index == 0] hidden[!is_shown] {
            summary {
                span.badge.{ (verdict) } { (verdict) }
                span.id { (it.id) }
                span.facts {
                    (system) ", " (domain_name(it.domain)) ", " (it.tokens.before) " → " (it.tokens.after) " tokens"
                    @if let Some((measure, value)) = case.quality { ", " (measure.title()) " " (format!("{value:.3}")) }
                    @if !it.lost.is_empty() { ", " (it.lost.len()) " atoms lost" }
                }
            }
            @if !it.verdict.reasons.is_empty() {
                ul.reasons { @for reason in &it.verdict.reasons { li { (reason) } } }
            }
            @if let Some(question) = &it.question { p.question { b { "Question: " } (question) } }
            @if !it.lost.is_empty() { (pieces("Lost", &it.lost)) }
            @if !it.invented.is_empty() { (pieces("Not in the original", &it.invented)) }
            div.sides {
                (side("Original", &original, "went"))
                (side("Shorter form", &shorter, "came"))
            }
            @if !it.answers.is_empty() {
                h4 { "Answers" }
                @for answer in &it.answers {
                    p.asked { (answer.model) ", " (answer.task) }
                    div.sides {
                        div { h5 { "to the original" } pre { (answer.verbose.text) } }
                        div { h5 { "to the shorter form" } pre { (answer.compressed.text) } }
                    }
                }
            }
            @for note in &it.notes { p.note { (note) } }
        }
    }
}

fn pieces(title: &str, pieces: &[Piece]) -> Markup {
    html! {
        p.pieces {
            b { (title) ": " }
            @for piece in pieces.iter().take(LISTED) {
                mark.atom title=(piece.category.name()) { (piece.text) } " "
            }
            @if pieces.len() > LISTED { "and " (pieces.len() - LISTED) " more" }
        }
    }
}

fn side(title: &str, marked: &Marked<'_>, apart: &str) -> Markup {
    html! {
        div {
            h4 { (title) }
            pre tabindex="0" {
                @for stretch in &marked.stretches {
                    @match stretch.kind {
                        Kind::Kept => (stretch.text),
                        Kind::Apart => span.{ (apart) } { (stretch.text) },
                        Kind::Atom => mark.atom { (stretch.text) },
                    }
                }
            }
            @if marked.hidden > 0 { p.note { (marked.hidden) " characters more are in examples.jsonl" } }
        }
    }
}
