//! Growth with the length of code: a definition of each language again and again, with fresh names.

use benches::encoders::Watched;
use benches::sources::Kind;
use compressor::pipeline::{Compressor, Document};
use compressor::policy::{EngineChoice, Level, Policy};
use compressor::structural;
use compressor::tokens::Tokenizer;

use super::time;

/// The definitions, by the id of their language.
const DEFINITIONS: &str = include_str!("definitions.txt");

const SIZES: [usize; 3] = [100_000, 1_000_000, 10_000_000];

/// Prints a row for each language of those that are asked for, or of all.
pub fn print(asked_for: &[String], compressor: &Compressor, watched: &Watched) {
    println!("\n### Code of each language, milliseconds on a core, `--engine structural`\n");
    println!("| language | 100 KB | 1 MB | 10 MB | 10 MB beside 1 MB, linear is 10 | at 10 MB |");
    println!("|{}", "---|".repeat(6));
    let policy = Policy::new(Level::Balanced).with_engine(EngineChoice::Structural);
    for kind in Kind::CODE.iter().filter(|kind| asked_for.is_empty() || asked_for.iter().any(|id| id == kind.id())) {
        let (Some(language), Some(definition)) = (kind.language(), definition(kind.id())) else { continue };
        let times = SIZES.map(|size| {
            let text = repeated(definition, size);
            let document = Document { text: &text, name: None, language: Some(language) };
            time(&document, &policy, compressor, watched)
        });
        let text = repeated(definition, SIZES[2]);
        let draft = structural::draft(&text, 0..text.len(), language, Level::Balanced, Tokenizer::O200kBase);
        let [small, middle, large] = times;
        println!(
            "| {} | {small:.0} | {middle:.0} | {large:.0} | {:.1} | {} |",
            kind.name,
            large / middle,
            draft.treatment
        );
    }
}

/// The definition of a language.
fn definition(id: &str) -> Option<&'static str> {
    let sections = DEFINITIONS.split("\n=== ").skip(1);
    sections.filter_map(|section| section.split_once('\n')).find(|(language, _)| *language == id).map(|(_, text)| text)
}

/// What comes before, the definition with fresh names until the text has so many bytes, and what comes behind.
fn repeated(definition: &str, bytes: usize) -> String {
    let mut parts = definition.split("~~~\n");
    let (first, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let (before, repeated, behind) =
        second.map_or(("", first, ""), |second| (first, second, third.unwrap_or_default()));
    let mut text = before.to_owned();
    for number in 0.. {
        if text.len() + behind.len() >= bytes {
            break;
        }
        text.push_str(&repeated.replace("NAME", &format!("sum{number}")));
    }
    text + behind
}
