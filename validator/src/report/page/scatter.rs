//! The plot of quality against ratio: a mark for each system with its intervals in both directions.
//!
//! Systems differ by shape as well as by colour, and each mark is named beside it, so that the plot can be read without
//! colours; the table below it has the same figures.

use maud::{Markup, html};

use super::super::figure::Figure;
use super::super::{Report, SystemFigures};
use super::cell::Unit;
use crate::record::Measure;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 150.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 52.0;

/// What stands on the upright axis.
#[derive(Clone, Copy, PartialEq)]
enum Quality {
    Of(Measure),
    Passed,
    NothingLost,
}

impl Quality {
    fn title(self) -> &'static str {
        match self {
            Quality::Of(measure) => measure.title(),
            Quality::Passed => "examples that passed",
            Quality::NothingLost => "examples that lost no atom",
        }
    }

    fn of(self, system: &SystemFigures) -> Option<&Figure> {
        match self {
            Quality::Of(measure) => system.figures.measures.get(&measure),
            Quality::Passed => Some(&system.figures.passed),
            Quality::NothingLost => Some(&system.figures.nothing_lost),
        }
    }
}

/// The section, with a plot for each measure of quality; one is shown at a time.
pub(super) fn section(report: &Report) -> Markup {
    let first = report.quality.map(Quality::Of);
    let others = report.qualities().into_iter().map(Quality::Of).chain([Quality::Passed, Quality::NothingLost]);
    let all: Vec<Quality> = first.into_iter().chain(others.filter(|it| Some(*it) != first)).collect();
    html! {
        section #quality {
            h2 { "Quality against ratio" }
            @if report.systems.is_empty() {
                p { "There is no example." }
            } @else {
                p.lead {
                    "Up and to the left is better: shorter with more of the quality. Lines through a mark are its "
                    (format!("{:.0}", report.level * 100.0)) " % intervals."
                }
                p.controls {
                    label for="quality-measure" { "Quality measured by " }
                    select #quality-measure {
                        @for (index, quality) in all.iter().enumerate() { option value=(index) { (quality.title()) } }
                    }
                }
                @for (index, quality) in all.iter().enumerate() {
                    figure.plot data-plot=(index) hidden[index > 0] { (plot(report, *quality)) }
                }
            }
        }
    }
}

struct Point<'a> {
    name: &'a str,
    place: usize,
    x: [f64; 3],
    y: [f64; 3],
    label: f64,
}

fn plot(report: &Report, quality: Quality) -> Markup {
    let points = report.systems.iter().enumerate().filter_map(|(place, system)| {
        let (x, y) = (system.figures.tokens.known()?, quality.of(system)?.known()?);
        let ends = |it: &crate::stats::Estimate| [it.low(), it.value(), it.high()];
        Some(Point { name: &system.system, place, x: ends(x), y: ends(y), label: 0.0 })
    });
    let mut points: Vec<Point<'_>> = points.collect();
    if points.is_empty() {
        return html! { p { "Too few examples for " (quality.title()) "." } };
    }
    let across = Axis::over(points.iter().flat_map(|it| it.x), LEFT, WIDTH - RIGHT);
    let up = Axis::over(points.iter().flat_map(|it| it.y), HEIGHT - BOTTOM, TOP);
    place_labels(&mut points, &up);
    let described: Vec<String> = points
        .iter()
        .map(|it| format!("{}: ratio {:.3}, {} {:.3}", it.name, it.x[1], quality.title(), it.y[1]))
        .collect();
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(format!("{} against ratio. {}", quality.title(), described.join("; "))) {
            @for tick in across.ticks() {
                line.grid x1=(px(across.at(tick))) x2=(px(across.at(tick))) y1=(px(TOP)) y2=(px(HEIGHT - BOTTOM)) {}
                text.tick x=(px(across.at(tick))) y=(px(HEIGHT - BOTTOM + 18.0)) text-anchor="middle" { (across.label(tick)) }
            }
            @for tick in up.ticks() {
                line.grid x1=(px(LEFT)) x2=(px(WIDTH - RIGHT)) y1=(px(up.at(tick))) y2=(px(up.at(tick))) {}
                text.tick x=(px(LEFT - 8.0)) y=(px(up.at(tick) + 4.0)) text-anchor="end" { (up.label(tick)) }
            }
            text.axis x=(px(f64::midpoint(LEFT, WIDTH - RIGHT))) y=(px(HEIGHT - 10.0)) text-anchor="middle" {
                "tokens after / tokens before (less is shorter)"
            }
            text.axis transform=(format!("translate(14 {}) rotate(-90)", px(f64::midpoint(TOP, HEIGHT - BOTTOM)))) text-anchor="middle" {
                (quality.title())
            }
            @for point in &points { (drawn(point, &across, &up)) }
        }
        figcaption { (quality.title()) " and ratio of " (points.len()) " systems; the table of systems has the figures." }
    }
}

fn drawn(point: &Point<'_>, across: &Axis, up: &Axis) -> Markup {
    let (x, y) = (point.x.map(|it| across.at(it)), point.y.map(|it| up.at(it)));
    let title = format!(
        "{}: ratio {}, {} to {}; quality {}, {} to {}",
        point.name,
        Unit::Score.write(point.x[1]),
        Unit::Score.write(point.x[0]),
        Unit::Score.write(point.x[2]),
        Unit::Score.write(point.y[1]),
        Unit::Score.write(point.y[0]),
        Unit::Score.write(point.y[2]),
    );
    let is_subject = point.place == 0;
    html! {
        g class=(format!("series s{}{}", point.place % 8, if is_subject { " subject" } else { "" })) {
            title { (title) }
            line x1=(px(x[0])) x2=(px(x[2])) y1=(px(y[1])) y2=(px(y[1])) {}
            line x1=(px(x[1])) x2=(px(x[1])) y1=(px(y[0])) y2=(px(y[2])) {}
            (shape(point.place, x[1], y[1]))
            text x=(px(x[2].max(x[1] + 8.0) + 6.0)) y=(px(point.label + 4.0)) { (point.name) }
        }
    }
}

/// The mark of a system, by its place in the table.
pub(super) fn shape(place: usize, x: f64, y: f64) -> Markup {
    // Corners around the middle.
    let corners: &[(f64, f64)] = match place % 8 {
        0 => return html! { circle cx=(px(x)) cy=(px(y)) r="6.5" {} },
        1 => &[(-5.5, -5.5), (5.5, -5.5), (5.5, 5.5), (-5.5, 5.5)],
        2 => &[(0.0, -7.0), (6.5, 5.0), (-6.5, 5.0)],
        3 => &[(0.0, -7.5), (7.5, 0.0), (0.0, 7.5), (-7.5, 0.0)],
        4 => &[(0.0, 7.0), (6.5, -5.0), (-6.5, -5.0)],
        5 => &[(-7.0, 0.0), (5.0, -6.5), (5.0, 6.5)],
        6 => &[(7.0, 0.0), (-5.0, -6.5), (-5.0, 6.5)],
        _ => &[(0.0, -7.0), (6.7, -2.2), (4.1, 5.7), (-4.1, 5.7), (-6.7, -2.2)],
    };
    let points: Vec<String> = corners.iter().map(|(dx, dy)| format!("{},{}", px(x + dx), px(y + dy))).collect();
    html! { polygon points=(points.join(" ")) {} }
}

/// Moves names apart that would stand on each other.
fn place_labels(points: &mut [Point<'_>], up: &Axis) {
    const LINE: f64 = 15.0;
    for point in points.iter_mut() {
        point.label = up.at(point.y[1]);
    }
    points.sort_by(|a, b| a.label.total_cmp(&b.label));
    for index in 1..points.len() {
        points[index].label = points[index].label.max(points[index - 1].label + LINE);
    }
    // What was moved below the plot goes up again.
    let mut lowest = HEIGHT - BOTTOM;
    for point in points.iter_mut().rev() {
        point.label = point.label.min(lowest);
        lowest = point.label - LINE;
    }
}

/// A straight scale with round ticks.
pub(super) struct Axis {
    low: f64,
    high: f64,
    step: f64,
    from: f64,
    to: f64,
}

impl Axis {
    /// From `from` to `to`, in pixels, for all those values.
    fn over(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)));
        // A narrow range would make noise look large.
        let pad = ((high - low) * 0.08).max(0.02);
        // Shares and scores have no room below 0 or above 1.
        let (least, most) = (if low >= 0.0 { 0.0 } else { low - pad }, if high <= 1.0 { 1.0 } else { high + pad });
        let (low, high) = ((low - pad).max(least), (high + pad).min(most));
        let step = round_step((high - low) / 5.0);
        Axis { low: (low / step + 1e-9).floor() * step, high: (high / step - 1e-9).ceil() * step, step, from, to }
    }

    fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    fn ticks(&self) -> Vec<f64> {
        (0..40).map(|index| self.low + f64::from(index) * self.step).take_while(|it| *it <= self.high + 1e-9).collect()
    }

    fn label(&self, tick: f64) -> String {
        let digits = if self.step >= 1.0 {
            0
        } else if self.step >= 0.1 {
            1
        } else {
            2
        };
        // Not `-0.0`.
        format!("{:.digits$}", if tick.abs() < 1e-9 { 0.0 } else { tick })
    }
}

/// The next of 1, 2 and 5 times a power of ten.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|it| it * power).find(|it| *it >= step * 0.999).unwrap_or(10.0 * power)
}

/// A place in a plot, to a tenth of a pixel.
pub(super) fn px(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_ticks_and_holds_its_values() {
        for (values, ticks) in [
            ([0.31, 0.97], ["0.2", "0.4", "0.6", "0.8", "1.0"].as_slice()),
            ([0.95, 0.95], &["0.93", "0.94", "0.95", "0.96", "0.97"]),
            ([0.0, 1.0], &["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ] {
            let axis = Axis::over(values.into_iter(), 0.0, 100.0);
            assert_eq!(axis.ticks().into_iter().map(|it| axis.label(it)).collect::<Vec<_>>(), ticks);
            assert!(values.iter().all(|&it| (0.0..=100.0).contains(&axis.at(it))));
        }
    }

    #[test]
    fn names_do_not_stand_on_each_other() {
        let point = |y: f64| Point { name: "a", place: 0, x: [0.5; 3], y: [y; 3], label: 0.0 };
        let mut points = [point(0.9), point(0.9), point(0.901), point(0.5), point(0.5)];
        let up = Axis::over([0.5, 0.9].into_iter(), HEIGHT - BOTTOM, TOP);
        place_labels(&mut points, &up);
        assert!(points.windows(2).all(|pair| pair[1].label - pair[0].label > 14.9));
        assert!(points.iter().all(|it| it.label <= HEIGHT - BOTTOM));
    }
}
