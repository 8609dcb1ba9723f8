//! What becomes of a file at each level.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use benches::machine::cpu_time;
use benches::sources::{Kind, Source};
use benches::statistics::Share;
use benches::{compress, signatures};
use compressor::language::Language;
use compressor::pipeline::{Compressor, Document};
use compressor::policy::{EngineChoice, Level, Policy};
use compressor::structural::{self, Draft, Treatment};
use compressor::tokens::Tokenizer;

/// A real file and its shorter forms.
pub struct Measured {
    /// Where it stands.
    pub file: Source,
    /// Its tokens.
    pub tokens: usize,
    /// Whether it parses.
    pub treatment: Treatment,
    /// Milliseconds on a core at `balanced` without a model, its check included.
    pub structural: f64,
    /// At `safe`.
    pub safe: Outcome,
    /// At `balanced`.
    pub balanced: Outcome,
    /// At `balanced` with a model that keeps no word: what the guard keeps by itself.
    pub wordless: Outcome,
    /// At `skeleton`, where there is that level.
    pub skeleton: Option<Outcome>,
}

/// A shorter form.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The text.
    pub text: String,
    /// Its share of the tokens that went.
    pub reduction: f64,
    /// Its tokens.
    pub tokens: usize,
    /// What is wrong with it: other code, where the level promises the same, or a panic.
    pub failure: Option<String>,
    /// Whether it parses.
    pub parses: bool,
    /// Identifiers of signatures that are still there.
    pub signatures: Share,
    /// Time waited for it.
    pub milliseconds: f64,
}

/// The level that leaves bodies out, where it exists.
pub fn skeleton() -> Option<Level> {
    Level::ALL.into_iter().find(|level| level.name() == "skeleton")
}

/// The language of a kind.
pub fn language(kind: Kind) -> Language {
    kind.language().expect("only languages that the compressor knows")
}

/// Measures a file at every level.
pub fn measure(file: Source, kind: Kind, compressor: &Compressor, wordless: &Compressor) -> Measured {
    let draft = draft(&file.text, kind);
    let with = |compressor, policy: &Policy| outcome(&file, kind, policy, &draft, compressor);
    let at = |policy: &Policy| with(compressor, policy);
    let start = cpu_time();
    let _ = at(&Policy::new(Level::Balanced).with_engine(EngineChoice::Structural));
    let structural = cpu_time().saturating_sub(start).as_secs_f64() * 1e3;
    let (safe, balanced) = (at(&Policy::new(Level::Safe)), at(&Policy::new(Level::Balanced)));
    let skeleton = skeleton().map(|level| at(&Policy::new(level)));
    let wordless = with(wordless, &Policy::new(Level::Balanced));
    let tokens = Tokenizer::O200kBase.count(&file.text);
    let treatment = draft.treatment;
    Measured { file, tokens, treatment, structural, safe, balanced, wordless, skeleton }
}

/// What the engine makes of a text alone.
pub fn draft(text: &str, kind: Kind) -> Draft {
    structural::draft(text, 0..text.len(), language(kind), Level::Balanced, Tokenizer::O200kBase)
}

fn outcome(file: &Source, kind: Kind, policy: &Policy, draft: &Draft, compressor: &Compressor) -> Outcome {
    let document = Document { text: &file.text, name: Some(&file.path), language: kind.language() };
    let start = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| compress(compressor, &document, policy)));
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    let Ok(result) = result else {
        let failure = Some(format!("panics at {}", policy.level().name()));
        return Outcome { failure, milliseconds, ..Outcome::of(&file.text, &file.text, kind) };
    };
    // Only these promise the same code.
    let promises = matches!(policy.level(), Level::Safe | Level::Balanced);
    let difference = if promises { difference(file, &result.text, kind, draft) } else { None };
    let failure = difference.map(|difference| format!("other code at {}: {difference}", policy.level().name()));
    Outcome { failure, milliseconds, ..Outcome::of(&file.text, &result.text, kind) }
}

/// Where a result is other code. Of a file that does not parse, the lines that do not are looked for, white space aside:
/// how the tokens of others belong together is the parser's guess.
fn difference(file: &Source, result: &str, kind: Kind, draft: &Draft) -> Option<String> {
    if draft.treatment == Treatment::Parsed {
        return structural::check(&file.text, result, language(kind)).err().map(|difference| difference.to_string());
    }
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let result = bare(result);
    let mut from = 0;
    draft.by_line().find_map(|range| {
        let lines = bare(&file.text[range.clone()]);
        let found = result[from..].find(&lines);
        from += found.unwrap_or_default() + lines.len();
        found.is_none().then(|| format!("bytes {} to {} are gone", range.start, range.end))
    })
}

impl Outcome {
    /// Of a shorter form that took no time and promises nothing.
    pub fn of(original: &str, result: &str, kind: Kind) -> Self {
        let count = |text: &str| Tokenizer::O200kBase.count(text);
        let tokens = count(result);
        Self {
            text: result.to_owned(),
            reduction: 1.0 - tokens as f64 / count(original).max(1) as f64,
            tokens,
            failure: None,
            parses: draft(result, kind).treatment == Treatment::Parsed,
            signatures: signatures::kept(kind.id(), original, result),
            milliseconds: 0.0,
        }
    }
}
