//! Prose: what is left of HotpotQA's passages at a ratio, and how often the answer is among it.
//!
//! Atoms are counted by patterns written for this bench, not by the compressor's own definition.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use benches::{compressor, data_folder, hotpot, squad};
use compressor::engine::Cancel;
use compressor::pipeline::Document;
use compressor::policy::{Budget, Level, Policy};

fn main() {
    let Some(folder) = data_folder() else {
        println!("skipped: COMPRESSION_LAYER_DATA names no data folder");
        return;
    };
    let rows = hotpot::rows(&folder);
    let compressor = compressor();
    println!("| rule | ratio | answer | atoms lost |");
    println!("|---|---|---|---|");
    let modes: Vec<(String, Level, Option<f64>, bool)> = vec![
        ("balanced".into(), Level::Balanced, None, false),
        //("balanced 0.10".into(), Level::Balanced, Some(0.1), false),
        ("balanced 0.50".into(), Level::Balanced, Some(0.52), false),
        ("tight 0.50".into(), Level::Tight, Some(0.52), false),
        //("tight 0.30 query".into(), Level::Tight, Some(0.3), true),
    ];
    for (name, level, ratio, query) in modes {
        let (mut before, mut after, mut lost, mut has, mut had) = (0, 0, 0, 0, 0);
        for row in &rows {
            let mut policy = Policy::new(level);
            if let Some(ratio) = ratio {
                policy = policy.with_budget(Budget::Ratio(ratio)).expect("a ratio");
            }
            if query {
                policy = policy.with_query(&row.question).expect("a question");
            }
            let document = Document { text: &row.context, name: None, language: None };
            let result = compressor.compress(&document, &policy, &Cancel::new()).expect("compresses");
            before += result.receipt.tokens.before;
            after += result.receipt.tokens.after;
            lost += result.receipt.lost();
            if squad::contains(&row.context, &row.answer) {
                had += 1;
                if squad::contains(&result.text, &row.answer) {
                    has += 1
                } else if std::env::var_os("SHOW").is_some() {
                    println!("MISS {name}: {}", row.answer);
                }
            }
            if row.question == rows[0].question && std::env::var_os("SHOW").is_some() {
                println!("{}\n{:?}", &result.text, result.receipt.notes);
            }
        }
        println!(
            "| {name} | {:.3} | {has}/{had} = {:.3} | {lost} |",
            after as f64 / before as f64,
            has as f64 / had as f64
        );
    }
}
