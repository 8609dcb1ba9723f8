//! A figure as it stands in a table or on a card: its value, its interval and what it is of.

use maud::{Markup, html};

use super::super::figure::Figure;
use crate::stats::Estimate;

/// How a figure is written.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// A share of examples, in percent.
    Percent,
    /// A score, most of them 0 to 1.
    Score,
    /// Milliseconds.
    Milliseconds,
}

impl Unit {
    pub(super) fn write(self, value: f64) -> String {
        match self {
            Unit::Percent => format!("{:.1} %", value * 100.0),
            Unit::Score => format!("{value:.3}"),
            Unit::Milliseconds if value < 10.0 => format!("{value:.2} ms"),
            Unit::Milliseconds => format!("{value:.0} ms"),
        }
    }

    pub(super) fn interval(self, estimate: &Estimate) -> String {
        let (low, high) = (self.write(estimate.low()), self.write(estimate.high()));
        let shared = low.split_once(' ').map_or(low.as_str(), |(number, _)| number);
        format!("{shared} to {high}")
    }
}

/// What a figure is of: `n 300, 41 documents`.
pub(super) fn of(figure: &Figure) -> String {
    match figure {
        Figure::Known(it) if it.documents() == it.n() => format!("n {}", it.n()),
        Figure::Known(it) => format!("n {}, {} documents", it.n(), it.documents()),
        Figure::Unknown { n, .. } => format!("n {n}: too few"),
    }
}

/// The cells that say what the figures of a row are of.
pub(super) fn counts(of: (usize, usize)) -> Markup {
    html! { td.number data-value=(of.0) { (of.0) } td.number data-value=(of.1) { (of.1) } }
}

/// A cell of a table; it is sorted by its value. Where it is of other examples than its row says, it says so itself.
pub(super) fn cell(figure: Option<&Figure>, unit: Unit, row: (usize, usize)) -> Markup {
    let Some(figure) = figure else {
        return html! { td.figure data-value="" { span.none { "not measured" } } };
    };
    let Some(it) = figure.known() else {
        return html! { td.figure data-value="" { span.none { (of(figure)) } } };
    };
    html! {
        td.figure data-value=(it.value()) title=(format!("{}, {}", of(figure), it.method().name())) {
            span.value { (unit.write(it.value())) }
            span.interval { (unit.interval(it)) }
            @if figure.counts() != row { span.n { (of(figure)) } }
        }
    }
}

/// A card with one figure.
pub(super) fn card(title: &str, figure: &Figure, unit: Unit, note: &str) -> Markup {
    html! {
        div.card {
            div.title { (title) }
            @match figure.known() {
                Some(it) => {
                    div.value { (unit.write(it.value())) }
                    div.interval { (unit.interval(it)) }
                }
                None => div.value.none { "unknown" }
            }
            div.n { (of(figure)) }
            div.note { (note) }
        }
    }
}

/// The head of a sortable column.
pub(super) fn column(title: &str, is_number: bool) -> Markup {
    html! {
        th scope="col" class=[is_number.then_some("number")] { button type="button" { (title) } }
    }
}
