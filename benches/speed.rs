//! Times of our own code, by criterion: the classifier, the counter, the structural engine, and the pipeline without its model.
//!
//! The time without a model is that of the real pipeline over a stand-in encoder, less the time within the encoder. It is
//! time on a core, so that a busy machine does not falsify it.

use std::hint::black_box;
use std::time::Duration;

use benches::encoders::{Watched, stand_in};
use benches::machine::cpu_time;
use benches::sources::{self, Kind, Source};
use benches::{compress, compressor_with, selections, unnamed};
use compressor::pipeline::{Compressor, Document};
use compressor::policy::{EngineChoice, Level, Policy};
use compressor::tokens::Tokenizer;
use compressor::{domain, structural};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const INCIDENT: &str = include_str!("../demo/incident.md");
const CODE: &str = include_str!("../demo/token_bucket.py");

fn classifier(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("classifier of 100 KB, at most 1 ms");
    for (name, text) in [("prose", INCIDENT), ("code", CODE)] {
        let text = repeated(text, 100_000);
        group.bench_function(name, |bencher| bencher.iter(|| domain::classify(black_box(&text))));
    }
    group.finish();
}

fn counter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("o200k count");
    for (name, text) in [("1 KB of prose", repeated(INCIDENT, 1_000)), ("1 MB of prose", repeated(INCIDENT, 1_000_000))]
    {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| Tokenizer::O200kBase.count(black_box(&text))));
    }
    group.finish();
}

fn prose(criterion: &mut Criterion) {
    let text = selections::prose(1_000);
    let text = if text.is_empty() { repeated(INCIDENT, 4_600) } else { text };
    let mut group = criterion.benchmark_group("pipeline without the model, 1,000 tokens of prose, at most 3 ms");
    without_model(&mut group, "balanced", unnamed(&text), &Policy::new(Level::Balanced));
    group.finish();
}

fn source_file(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("source file of 500 lines, at most 10 ms");
    // Of the languages that most is asked of, and those that are parsed.
    for kind in Kind::CODE.into_iter().filter(|kind| kind.count >= 200) {
        let Some(language) = kind.language().filter(|language| language.is_parsed()) else { continue };
        let files = sources::choose(kind, 300);
        let Some(file) = files.iter().min_by_key(|file| file.text.lines().count().abs_diff(500)) else { continue };
        let (name, policy) = (kind.name, Policy::new(Level::Balanced));
        let Source { path, text } = file;
        let document = Document { text, name: Some(path), language: None };
        group.bench_function(format!("{name}, draft"), |bencher| {
            bencher.iter(|| structural::draft(text, 0..text.len(), language, Level::Balanced, Tokenizer::O200kBase));
        });
        let structural = policy.clone().with_engine(EngineChoice::Structural);
        without_model(&mut group, &format!("{name}, --engine structural"), document, &structural);
        without_model(&mut group, &format!("{name}, balanced without the model"), document, &policy);
    }
    group.finish();
}

fn without_model<M: criterion::measurement::Measurement<Value = Duration>>(
    group: &mut criterion::BenchmarkGroup<'_, M>,
    name: &str,
    document: Document<'_>,
    policy: &Policy,
) {
    let watched = Watched::new(stand_in());
    let compressor: Compressor = compressor_with(Box::new(watched.clone()));
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|rounds| {
            let _ = watched.take();
            let start = cpu_time();
            for _ in 0..rounds {
                black_box(compress(&compressor, &document, policy));
            }
            cpu_time().saturating_sub(start).saturating_sub(watched.take().cpu)
        });
    });
}

/// A text again and again, up to so many bytes.
fn repeated(text: &str, bytes: usize) -> String {
    let mut text = text.repeat(bytes.div_ceil(text.len()));
    text.truncate(text.floor_char_boundary(bytes));
    text
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(30).output_directory(&benches::target_folder().join("criterion"));
    targets = classifier, counter, prose, source_file
}
criterion_main!(benches);
