//! The command line as it is typed. What cannot be right is refused here, with what to type instead.
//!
//! Deliberately absent: what a flag means for the work (`plan`) and defaults that depend on the machine.

mod asking;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use compressor::policy::{Budget, Level, Policy};
use compressor::tokens::Tokenizer;

pub use asking::AskingFlags;

use crate::downstream::Benchmark;
use crate::exit;
use crate::record::Measure;

/// Proves that compressed text gives the same answers.
#[derive(Debug, Parser)]
#[command(name = "compression-validator", version, after_help = exit::HELP)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Pairs(PairsFlags),
    Compressor(CompressorFlags),
    Downstream(DownstreamFlags),
    Report(ReportFlags),
    Compare(CompareFlags),
    Certify(CertifyFlags),
}

/// Measures pairs of a text and its shorter form
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct PairsFlags {
    /// Lines {"verbose", "compressed", "id"?, "document"?, "domain"?, "language"?, "question"?}
    #[arg(value_name = "FILE.jsonl")]
    pub file: PathBuf,
    #[command(flatten)]
    pub asking: AskingFlags,
    #[command(flatten)]
    pub run: RunFlags,
}

/// Runs a compressor over texts and measures what it makes of them, with baselines of the same size beside it
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct CompressorFlags {
    /// Lines {"text"} or {"verbose"} as for pairs in a .jsonl file, any other file as a text, or a folder of texts
    #[arg(value_name = "FILE|FOLDER")]
    pub file: PathBuf,
    #[command(flatten)]
    pub examined: ExaminedFlags,
}

/// Measures whether answers of known tasks can still be found in the shorter context, with baselines of the same size beside it
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct DownstreamFlags {
    /// Which tasks
    pub benchmark: Benchmark,
    /// Their file as it is published, or rows of one context each
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub examined: ExaminedFlags,
}

/// What is examined, and how.
#[derive(Debug, Args)]
pub struct ExaminedFlags {
    #[command(flatten)]
    pub system: SystemFlags,
    #[command(flatten)]
    pub run: RunFlags,
}

/// What is examined.
#[derive(Debug, Args)]
#[command(next_help_heading = "The compressor")]
pub struct SystemFlags {
    /// Ours, this far: safe, balanced, tight or skeleton
    #[arg(long, default_value = Level::Balanced.name(), value_parser = level)]
    pub level: Level,
    /// Ours, to at most so many tokens for each text
    #[arg(long, value_name = "TOKENS", value_parser = budget, conflicts_with = "ratio")]
    pub budget: Option<Budget>,
    /// Ours, to at most this share of the tokens of each text, such as 0.5
    #[arg(long, value_parser = ratio)]
    pub ratio: Option<Budget>,
    /// Ours, steered by the question of each text, where the data has one
    #[arg(long)]
    pub ask: bool,
    /// Ours, with this model folder, which holds a GGUF encoder and its adapter
    #[arg(long, value_name = "FOLDER")]
    pub model: Option<PathBuf>,
    /// Another: a command line that reads a text from stdin and writes its shorter form to stdout
    #[arg(long, value_name = "CMD", conflicts_with_all = ["level", "budget", "ratio", "ask", "model"])]
    pub command: Option<String>,
    /// Seconds that the command may take for a text
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "command")]
    pub timeout: u64,
}

/// Shows what a run found, with intervals: tables here, report.json and report.html in the folder of the run
#[derive(Debug, Args)]
pub struct ReportFlags {
    /// The folder of a run
    #[arg(value_name = "RUN")]
    pub run: PathBuf,
    /// Write report.json and report.html to this folder instead
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub figures: FigureFlags,
}

/// Says whether a second run is worse than a first one on the same examples
#[derive(Debug, Args)]
#[command(after_help = COMPARE_EXITS)]
pub struct CompareFlags {
    /// The folder of the run that the second is compared with
    #[arg(value_name = "FIRST")]
    pub first: PathBuf,
    /// The folder of the run that is judged
    #[arg(value_name = "SECOND")]
    pub second: PathBuf,
    /// The measure that decides; the quality of the first run if not told
    #[arg(long, value_name = "NAME", value_parser = measure)]
    pub measure: Option<Measure>,
    /// Write the comparison as JSON, too
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    #[command(flatten)]
    pub figures: FigureFlags,
}

const COMPARE_EXITS: &str = "Exit codes:
  0  the second run is shown not to be worse within delta
  1  it is worse, or it is not shown that it is not
  2  could not compare; the reason is on stderr";

/// Writes the certificate of a run, certificate.json and certificate.md, if its gates were passed and its examples are enough
#[derive(Debug, Args)]
#[command(after_help = CERTIFY_EXITS)]
pub struct CertifyFlags {
    /// The folder of a run
    #[arg(value_name = "RUN", required_unless_present = "check")]
    pub run: Option<PathBuf>,
    /// Look whether this certificate.json, and the certificate.md beside it, are as they were written
    #[arg(long, value_name = "FILE", conflicts_with = "run")]
    pub check: Option<PathBuf>,
    /// Write to this folder instead
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub figures: FigureFlags,
}

const CERTIFY_EXITS: &str = "Exit codes:
  0  certified; or, with --check, as it was sealed
  1  not certified, and stderr says why; or changed after it was sealed
  2  could not run; the reason is on stderr";

/// What figures are of, the same for every command that computes them.
#[derive(Debug, Args)]
#[command(next_help_heading = "The figures")]
pub struct FigureFlags {
    /// The compressor that is judged; the first of the run if not told
    #[arg(long, value_name = "NAME")]
    pub system: Option<String>,
    /// The difference that counts as none, instead of that of the run
    #[arg(long, value_name = "DIFFERENCE", value_parser = margin)]
    pub delta: Option<f64>,
    /// Where the generator of the bootstrap starts
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
}

/// How a run is done and what is kept of it, the same for every command that measures.
#[derive(Debug, Args)]
#[command(next_help_heading = "The run")]
pub struct RunFlags {
    /// Keep the run in this folder: run.json, and examples.jsonl with a line for each example; without it only the table is printed
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Go on with the run in that folder, which may have been killed at any moment
    #[arg(long, requires = "out")]
    pub resume: bool,
    /// Pass over lines that are broken, and say so, instead of stopping at the first
    #[arg(long)]
    pub skip_broken: bool,
    /// Take the first so many rows
    #[arg(long, value_name = "ROWS")]
    pub rows: Option<usize>,
    /// The share of examples that must pass for the run to pass
    #[arg(long = "pass", value_name = "SHARE", default_value_t = 1.0, value_parser = share)]
    pub pass_share: f64,
    /// What counts the tokens; claude and gemini are estimates
    #[arg(long, value_name = "NAME", default_value = Tokenizer::O200kBase.name(), value_parser = tokenizer)]
    pub tokenizer: Tokenizer,
    /// Embed with the base encoder of this model folder, such as one with weights in 32 bits, instead of the one in the program
    #[arg(long, value_name = "FOLDER")]
    pub encoder: Option<PathBuf>,
}

fn measure(typed: &str) -> Result<Measure, String> {
    let names = Measure::ALL.map(Measure::name).join(", ");
    Measure::ALL.into_iter().find(|it| it.name() == typed).ok_or(format!("no measure has this name; there are {names}"))
}

fn margin(typed: &str) -> Result<f64, String> {
    let margin: Option<f64> = typed.parse().ok();
    margin.filter(|it| it.is_finite() && *it > 0.0).ok_or("a number above 0, such as 0.05".to_owned())
}

fn tokenizer(typed: &str) -> Result<Tokenizer, String> {
    let names = Tokenizer::ALL.map(Tokenizer::name).join(", ");
    Tokenizer::from_name(typed).ok_or(format!("no tokenizer has this name; there are {names}"))
}

fn level(typed: &str) -> Result<Level, String> {
    let names = Level::ALL.map(Level::name).join(", ");
    Level::ALL
        .into_iter()
        .find(|level| level.name() == typed)
        .ok_or(format!("no level has this name; there are {names}"))
}

fn budget(typed: &str) -> Result<Budget, String> {
    let tokens = typed.parse().map_err(|_| format!("`{typed}` is no number of tokens"))?;
    allowed(Budget::Tokens(tokens))
}

fn ratio(typed: &str) -> Result<Budget, String> {
    allowed(Budget::Ratio(number(typed)?))
}

/// The policy knows what can be met.
fn allowed(budget: Budget) -> Result<Budget, String> {
    Policy::new(Level::Balanced).with_budget(budget).map(|_| budget).map_err(|error| error.to_string())
}

fn share(typed: &str) -> Result<f64, String> {
    let share = number(typed)?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err(format!("{share} is no share: 0.9 means nine of ten")) }
}

fn number(typed: &str) -> Result<f64, String> {
    typed.parse().map_err(|_| format!("`{typed}` is no number such as 0.5"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn refusals_say_what_to_type() {
        let refusal = |typed: &[&str]| {
            let typed = [&["compression-validator"], typed].concat();
            Cli::try_parse_from(typed).map(|_| ()).expect_err("refused").to_string()
        };
        assert!(refusal(&["pairs", "a", "--tokenizer", "bert"]).contains("o200k_base, cl100k_base, claude, gemini"));
        assert!(refusal(&["pairs", "a", "--resume"]).contains("--out <FOLDER>"));
        assert!(refusal(&["compare", "a", "b", "--measure", "beauty"]).contains("ratio, equivalence, cosine"));
        assert!(refusal(&["certify"]).contains("<RUN|--check <FILE>>") || refusal(&["certify"]).contains("<RUN>"));
        assert!(refusal(&["report", "a", "--delta", "0"]).contains("a number above 0"));
        assert!(refusal(&["pairs"]).contains("<FILE.jsonl>"));
        assert!(refusal(&["pairs", "a", "--pass", "90"]).contains("90 is no share: 0.9 means nine of ten"));
        assert!(refusal(&["compressor", "a", "--level", "extreme"]).contains("safe, balanced, tight, skeleton"));
        assert!(refusal(&["compressor", "a", "--ratio", "50"]).contains("ratio 50 is not in (0, 1]"));
        assert!(refusal(&["compressor", "a", "--command", "cat", "--ratio", "0.5"]).contains("cannot be used with"));
        assert!(refusal(&["downstream", "squad", "a"]).contains("[possible values: hotpotqa, qasper, ds1000]"));
    }
}
