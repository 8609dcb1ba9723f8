//! Prose: what is left of HotpotQA's passages, how often the answer is among it, what of numbers, negations, quotes and
//! names is kept, and how often a budget is met.
//!
//! `-- --rows N` takes the first N questions, `-- --texts N` makes N texts for the budgets.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use benches::baselines;
use benches::encoders::{Remembering, embedded};
use benches::hotpot::{Row, rows};
use benches::kept::{CATEGORIES, kept};
use benches::random::Random;
use benches::statistics::{Share, mean};
use benches::{arguments, compress, compressor_with, data_folder, machine, unnamed};
use compressor::pipeline::Compressor;
use compressor::policy::{Budget, Level, Policy};
use compressor::tokens::Tokenizer;
use validator::metric::answer;
use validator::words::sentences;

fn main() {
    let Some(folder) = data_folder() else {
        println!("skipped: prose: COMPRESSION_LAYER_DATA names no data folder");
        return;
    };
    let mut rows = rows(&folder);
    rows.truncate(arguments::number("--rows", rows.len()));
    // Every rule reads the same windows of a text: the model runs once for each text, not for each rule.
    let memory = Remembering::new(embedded());
    let compressor = compressor_with(Box::new(memory.clone()));
    println!("## Prose: {} questions of HotpotQA, o200k_base", rows.len());
    println!("{}\n", machine::line());
    let mut rules = rules();
    for row in &rows {
        for rule in &mut rules {
            rule.add(row, &compressor);
        }
        memory.forget();
    }
    print_rules(&rules);
    println!("\n## Budgets: met from below, within 5 points of the ratio asked for\n");
    let texts = [
        ("passages", rows.iter().map(|row| row.context.clone()).collect()),
        ("50 to 8,000 tokens", made_texts(&rows, arguments::number("--texts", 60))),
    ];
    println!("| texts | level | asked | n | met | never above | mean ratio |");
    println!("|---|---|---|---|---|---|---|");
    for (name, texts) in &texts {
        print_budgets(name, texts, &compressor, &memory);
    }
}

/// A way to shorten, and what it did to the rows so far.
struct Rule {
    name: &'static str,
    how: How,
    before: usize,
    after: usize,
    ratios: Vec<f64>,
    answers: Share,
    kept: [Share; CATEGORIES.len()],
}

enum How {
    Compress { level: Level, ratio: Option<f64>, query: bool },
    Baseline(fn(&Row) -> String),
}

fn rules() -> Vec<Rule> {
    use Level::{Balanced, Tight};
    let compress = |level, ratio, query| How::Compress { level, ratio, query };
    let table = [
        ("identity", How::Baseline(|row| row.context.clone())),
        ("stop words removed", How::Baseline(baselines::without_stop_words)),
        ("first half of each passage", How::Baseline(baselines::first_halves)),
        ("half of the words by chance", How::Baseline(baselines::words_by_chance)),
        ("nearest sentences (TF-IDF), 0.30", How::Baseline(|row| baselines::nearest_sentences(row, 0.30))),
        ("`balanced`", compress(Balanced, None, false)),
        ("`balanced --ratio 0.50`", compress(Balanced, Some(0.50), false)),
        ("`balanced --ratio 0.52`", compress(Balanced, Some(0.52), false)),
        ("`tight --ratio 0.50`", compress(Tight, Some(0.50), false)),
        ("`tight --ratio 0.30`", compress(Tight, Some(0.30), false)),
        ("`tight --ratio 0.30 --query`", compress(Tight, Some(0.30), true)),
    ];
    table.map(|(name, how)| Rule::new(name, how)).into()
}

impl Rule {
    fn new(name: &'static str, how: How) -> Self {
        let kept = [Share::default(); CATEGORIES.len()];
        Self { name, how, before: 0, after: 0, ratios: Vec::new(), answers: Share::default(), kept }
    }

    fn add(&mut self, row: &Row, compressor: &Compressor) {
        let result = match &self.how {
            How::Baseline(shorten) => shorten(row),
            How::Compress { level, ratio, query } => {
                let policy = policy(*level, *ratio);
                let policy = if *query { policy.with_query(&row.question).expect("a question") } else { policy };
                compress(compressor, &unnamed(&row.context), &policy).text
            }
        };
        let (before, after) = (count(&row.context), count(&result));
        self.before += before;
        self.after += after;
        self.ratios.push(after as f64 / before as f64);
        let answer = std::slice::from_ref(&row.answer);
        if answer::contains(&row.context, answer) {
            self.answers.add(answer::contains(&result, answer));
        }
        for (sum, share) in self.kept.iter_mut().zip(kept(&row.context, &result)) {
            sum.join(share);
        }
    }
}

fn print_rules(rules: &[Rule]) {
    println!("| rule | ratio | mean of texts | answer present | 95 % interval | {} |", CATEGORIES.join(" | "));
    println!("|---|---|---|---|---|{}", "---|".repeat(CATEGORIES.len()));
    for rule in rules {
        let (low, high) = rule.answers.interval();
        let kept: Vec<String> = rule.kept.iter().map(|share| share.percent()).collect();
        println!(
            "| {} | {:.3} | {:.3} | {} ({}/{}) | {:.0} to {:.0} % | {} |",
            rule.name,
            rule.after as f64 / rule.before as f64,
            mean(&rule.ratios),
            rule.answers.percent(),
            rule.answers.having,
            rule.answers.of,
            low * 100.0,
            high * 100.0,
            kept.join(" | ")
        );
    }
    if let Some(rule) = rules.first() {
        let found: Vec<String> = rule.kept.iter().map(|share| share.of.to_string()).collect();
        println!("\nFound in the passages: {} {}.", found.join(", "), format_args!("({})", CATEGORIES.join(", ")));
    }
}

/// Sentences of the passages in a row, from a place of chance on; sizes are spread evenly on a logarithmic scale.
fn made_texts(rows: &[Row], count_of_texts: usize) -> Vec<String> {
    const SMALLEST: f64 = 50.0;
    const LARGEST: f64 = 8_000.0;
    let sentences: Vec<&str> =
        rows.iter().flat_map(|row| &row.passages).flat_map(|passage| sentences(passage)).collect();
    let mut random = Random::new(8_000);
    let text = |_| {
        let aim = SMALLEST * (LARGEST / SMALLEST).powf(random.share());
        let start = random.below(sentences.len());
        let mut text = String::new();
        let mut tokens = 0;
        for sentence in sentences[start..].iter().chain(&sentences[..start]) {
            // The first sentence may be short of the smallest size, and the last beyond the largest.
            if (tokens as f64) >= aim {
                break;
            }
            text.push_str(sentence);
            text.push(' ');
            tokens += count(sentence) + 1;
        }
        text
    };
    (0..count_of_texts).map(text).collect()
}

fn print_budgets(name: &str, texts: &[String], compressor: &Compressor, memory: &Remembering) {
    use Level::{Balanced, Tight};
    let asked = [(Balanced, 0.70), (Balanced, 0.50), (Tight, 0.70), (Tight, 0.50), (Tight, 0.30)];
    let mut ratios: Vec<Vec<f64>> = vec![Vec::new(); asked.len()];
    for text in texts {
        for (ratios, &(level, ratio)) in ratios.iter_mut().zip(&asked) {
            let tokens = compress(compressor, &unnamed(text), &policy(level, Some(ratio))).receipt.tokens;
            ratios.push(tokens.ratio());
        }
        memory.forget();
    }
    for (ratios, (level, asked)) in ratios.iter().zip(asked) {
        let share = |holds: &dyn Fn(f64) -> bool| {
            Share { having: ratios.iter().filter(|&&ratio| holds(ratio)).count(), of: ratios.len() }.percent()
        };
        println!(
            "| {name} | {} | {asked:.2} | {} | {} | {} | {:.3} |",
            level.name(),
            ratios.len(),
            share(&|ratio| ratio <= asked && ratio >= asked - 0.05),
            share(&|ratio| ratio <= asked),
            mean(ratios)
        );
    }
}

fn policy(level: Level, ratio: Option<f64>) -> Policy {
    match ratio {
        Some(ratio) => Policy::new(level).with_budget(Budget::Ratio(ratio)).expect("a ratio"),
        None => Policy::new(level),
    }
}

fn count(text: &str) -> usize {
    Tokenizer::O200kBase.count(text)
}
