//! Times of files of about 500 lines, without the model, on a core.

use benches::encoders::{Watched, stand_in};
use benches::machine::cpu_time;
use benches::sources::{self, Kind, Source};
use benches::statistics::{median, percentile};
use benches::{compress, compressor_with};
use compressor::pipeline::Document;
use compressor::policy::{EngineChoice, Level, Policy};

use super::measured::skeleton;

/// Lines of a file of about 500 lines.
const LINES: std::ops::RangeInclusive<usize> = 400..=600;

/// Files of a language, at most.
const FILES: usize = 60;

/// Prints a row for each language.
pub fn print(kinds: &[Kind]) {
    println!("\n### Files of 400 to 600 lines: milliseconds on a core, without the model\n");
    println!(
        "| language | files | `--engine structural`: median | p95, at most 10 | slowest | `balanced`, less the encoder: p95 | \
         `skeleton`: p95 |"
    );
    println!("|{}", "---|".repeat(7));
    let watched = Watched::new(stand_in());
    let compressor = compressor_with(Box::new(watched.clone()));
    for &kind in kinds {
        let files: Vec<Source> =
            sources::choose_where(kind, FILES, |source| LINES.contains(&source.text.lines().count()));
        // Where there are fewer, p95 would be the slowest.
        if files.len() < 5 {
            println!("skipped: {}: {} files of that length", kind.name, files.len());
            continue;
        }
        let at = |policy: &Policy| -> Vec<f64> {
            let time = |file: &Source| {
                let document = Document { text: &file.text, name: Some(&file.path), language: kind.language() };
                let run = |_| {
                    let _ = watched.take();
                    let start = cpu_time();
                    let _ = compress(&compressor, &document, policy);
                    cpu_time().saturating_sub(start).saturating_sub(watched.take().cpu).as_secs_f64() * 1e3
                };
                (0..5).map(run).fold(f64::INFINITY, f64::min)
            };
            files.iter().map(time).collect()
        };
        let structural = at(&Policy::new(Level::Balanced).with_engine(EngineChoice::Structural));
        let balanced = at(&Policy::new(Level::Balanced));
        let skeleton = skeleton().map(|level| format!("{:.1}", percentile(&at(&Policy::new(level)), 0.95)));
        println!(
            "| {} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {} |",
            kind.name,
            files.len(),
            median(&structural),
            percentile(&structural, 0.95),
            percentile(&structural, 1.0),
            percentile(&balanced, 0.95),
            skeleton.unwrap_or_default(),
        );
    }
}
