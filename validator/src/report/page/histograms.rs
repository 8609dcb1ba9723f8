//! How the values of each measure are spread, a small plot for each system and measure on the same scale.

use maud::{Markup, html};

use super::super::Report;
use super::super::gather::{Gathered, is_quality};
use super::scatter::px;
use crate::record::Measure;

const BINS: usize = 20;
const WIDTH: f64 = 190.0;
const HEIGHT: f64 = 64.0;

/// The section.
pub(super) fn section(report: &Report, gathered: &Gathered) -> Markup {
    let measures = std::iter::once(Measure::Ratio).chain(report.qualities());
    let measures: Vec<(Measure, f64)> = measures.map(|it| (it, tallest(report, gathered, it))).collect();
    html! {
        section #distributions {
            h2 { "Distributions" }
            @if report.systems.is_empty() {
                p { "There is no example." }
            } @else {
                p.lead { "How many examples have which value. The columns of a measure have the same scale; the height of a bar is its share of the system's examples." }
                div.scroll tabindex="0" role="region" aria-label="Distributions" {
                    table.histograms {
                        thead { tr { th scope="col" { "system" } @for (it, _) in &measures { th scope="col" { (it.title()) } } } }
                        tbody {
                            @for system in &report.systems {
                                tr {
                                    th scope="row" { (system.system) }
                                    @for (measure, tallest) in &measures {
                                        td { (of(gathered, &system.system, *measure, *tallest)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Both ends of a measure's scale; what lies beyond is counted at the end.
fn scale(measure: Measure) -> (f64, f64) {
    // Cosines of texts that share a subject are positive.
    if is_quality(measure) { (0.0, 1.0) } else { (0.0, 1.2) }
}

fn of(gathered: &Gathered, system: &str, measure: Measure, tallest: f64) -> Markup {
    let values = values(gathered, system, measure);
    let (low, high) = scale(measure);
    let bins = count(values, low, high);
    let n: usize = bins.iter().sum();
    if n == 0 {
        return html! { span.none { "not measured" } };
    }
    let height = |count: usize| (count as f64 / n as f64 / tallest * (HEIGHT - 2.0)).max(1.5);
    let most = bins.iter().copied().max().unwrap_or(1);
    let width = WIDTH / BINS as f64;
    let bin = (high - low) / BINS as f64;
    let range = |index: usize| format!("{:.2} to {:.2}", low + index as f64 * bin, low + (index + 1) as f64 * bin);
    let fullest = bins.iter().position(|it| *it == most).unwrap_or_default();
    html! {
        svg.histogram viewBox=(format!("0 0 {WIDTH} {}", HEIGHT + 16.0)) role="img"
            aria-label=(format!("{system}, {}: most of {n} examples, {most}, at {}", measure.title(), range(fullest))) {
            line.base x1="0" x2=(px(WIDTH)) y1=(px(HEIGHT)) y2=(px(HEIGHT)) {}
            @for (index, it) in bins.iter().enumerate().filter(|(_, it)| **it > 0) {
                // A bar of one example is still seen.
                rect x=(px(index as f64 * width + 0.5)) width=(px(width - 1.0))
                    y=(px(HEIGHT - height(*it))) height=(px(height(*it))) {
                    title { (it) " of " (n) ": " (range(index)) }
                }
            }
            text.tick x="0" y=(px(HEIGHT + 13.0)) { (format!("{low:.1}")) }
            text.tick x=(px(WIDTH)) y=(px(HEIGHT + 13.0)) text-anchor="end" { (format!("{high:.1}")) }
            text.tick x=(px(WIDTH / 2.0)) y=(px(HEIGHT + 13.0)) text-anchor="middle" { "n " (n) }
        }
    }
}

/// The largest share that a bin of any system has.
fn tallest(report: &Report, gathered: &Gathered, measure: Measure) -> f64 {
    let (low, high) = scale(measure);
    let shares = report.systems.iter().map(|system| {
        let bins = count(values(gathered, &system.system, measure), low, high);
        bins.iter().copied().max().unwrap_or(0) as f64 / bins.iter().sum::<usize>().max(1) as f64
    });
    shares.fold(f64::MIN_POSITIVE, f64::max)
}

fn values<'a>(gathered: &'a Gathered, system: &str, measure: Measure) -> impl Iterator<Item = f64> + use<'a> {
    let place = gathered.systems.iter().position(|it| it == system).unwrap_or_default();
    gathered.of(place).filter_map(move |row| row.measures.get(&measure).copied())
}

/// How many values are in each of [`BINS`] equal parts of the scale.
fn count(values: impl Iterator<Item = f64>, low: f64, high: f64) -> [usize; BINS] {
    let mut bins = [0; BINS];
    for value in values {
        let place = (value - low) / (high - low) * BINS as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bins")]
        let index = place.clamp(0.0, BINS as f64 - 1.0) as usize;
        bins[index] += 1;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_a_scale_is_counted_at_its_end() {
        let bins = count([-0.5, 0.0, 0.049, 0.05, 0.999, 1.0, 7.0].into_iter(), 0.0, 1.0);
        assert_eq!((bins[0], bins[1], bins[BINS - 1]), (3, 1, 3));
        assert_eq!(bins.iter().sum::<usize>(), 7);
    }
}
