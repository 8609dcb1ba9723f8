//! The report as one HTML page that stands alone: no script, style, font or picture comes from anywhere else.
//!
//! Figures and plots are written here, so that the page can be read and printed without its script; the script sorts,
//! filters and pages the table of examples, whose numbers are embedded as JSON.
//!
//! Invariants
//! - text of the examples stays text: elements are escaped by `maud`, JSON has no `<`, and a policy lets only the script
//!   and the style of this page act (`tests::hostile_text_stays_text`, and in a browser `validator/tests/page`);
//! - the page names no address (`tests::the_page_needs_no_network`);
//! - what is laid out does not grow with the run: the script shows 50 examples at a time
//!   (`tests::a_large_run_has_a_small_page`, and in a browser `validator/tests/page`).

mod cases;
mod cell;
mod embedded;
mod histograms;
mod marks;
mod scatter;
mod sections;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::Report;
use super::gather::Gathered;

const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");

/// The page.
#[must_use]
pub fn page(report: &Report, gathered: &Gathered) -> String {
    let data = embedded::json(report, gathered);
    // Only what bears this word may act. It depends on every byte of the data, so that no text in it can know the word.
    let word = Sha256::digest(&data).iter().take(16).fold(0_u128, |word, byte| word << 8 | u128::from(*byte));
    let nonce = format!("{word:032x}");
    let policy = format!("default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'");
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Validation of " (report.subject) " on " (report.run.data.name) }
                style nonce=(nonce) { (PreEscaped(STYLE)) }
            }
            body { (body(report, gathered)) }
            script type="application/json" id="data" { (PreEscaped(data)) }
            script nonce=(nonce) { (PreEscaped(SCRIPT)) }
        }
    }
    .into_string()
}

fn body(report: &Report, gathered: &Gathered) -> Markup {
    html! {
        a.skip href="#content" { "Skip to the figures" }
        (sections::header(report))
        main #content {
            (sections::summary(report))
            (scatter::section(report))
            (sections::systems(report))
            (sections::comparisons(report))
            (histograms::section(report, gathered))
            (sections::models(report))
            (cases::section(report, gathered))
            (sections::costs(report))
            (sections::examples(report, gathered))
            (sections::run(report))
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::tests::{examples, gathered, report};
    use super::*;
    use crate::record::tests::run;

    #[test]
    fn hostile_text_stays_text() {
        let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u{2028}\"'&lt;";
        let mut all = examples(12);
        for example in &mut all {
            example.id = format!("{hostile}{}", example.id);
            example.document = hostile.to_owned();
            example.verbose = format!("{hostile} {}", example.verbose);
            example.compressed = hostile.to_owned();
            example.question = Some(hostile.to_owned());
            example.system = format!("{hostile}{}", example.system);
            example.notes = vec![hostile.to_owned()];
            example.answers[0].model = hostile.to_owned();
            example.answers[0].verbose.text = hostile.to_owned();
        }
        let mut run = run();
        run.data.name = hostile.to_owned();
        run.command = vec![hostile.to_owned()];
        let gathered = gathered(all);
        let report = Report::of(run, &gathered, 0, 1);
        let page = page(&report, &gathered);
        assert_eq!(page.matches("<script").count(), 2);
        assert_eq!(page.matches("</script").count(), 2);
        assert!(!page.contains("<img"));
        // The embedded numbers read back.
        let data = page.split("id=\"data\">").nth(1).unwrap().split("</script").next().unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["documents"][0], hostile);
    }

    #[test]
    fn the_page_needs_no_network() {
        let (report, gathered) = report(30);
        let page = page(&report, &gathered);
        for mark in ["http:", "https:", "src=", "url(", "@import", "<link", "fetch("] {
            let found = page.find(mark).map(|at| page[at..].chars().take(60).collect::<String>());
            assert_eq!(found, None);
        }
    }

    #[test]
    fn a_large_run_has_a_small_page() {
        let size = |count| {
            let (report, gathered) = report(count);
            page(&report, &gathered).matches('<').count()
        };
        let (small, large) = (size(100), size(1_500));
        assert!(large < small + small / 5, "{small} elements of 200 examples, {large} of 3,000");
    }

    #[test]
    fn a_run_without_examples_has_a_page() {
        let gathered = Gathered::new(&[]);
        let page = page(&Report::of(run(), &gathered, 0, 1), &gathered);
        assert!(page.contains("There is no example"));
    }
}
