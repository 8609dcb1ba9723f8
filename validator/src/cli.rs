//! The command line as it is typed. What cannot be right is refused here, with what to type instead.
//!
//! Deliberately absent: what a flag means for the work (`plan`) and defaults that depend on the machine.

mod asking;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use compressor::tokens::Tokenizer;

pub use asking::AskingFlags;

use crate::exit;

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
    Report(ReportFlags),
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
    /// What counts the tokens; claude and gemini are estimates
    #[arg(long, value_name = "NAME", default_value = Tokenizer::O200kBase.name(), value_parser = tokenizer)]
    pub tokenizer: Tokenizer,
    /// Embed with the base encoder of this model folder, such as one with weights in 32 bits, instead of the one in the program
    #[arg(long, value_name = "FOLDER")]
    pub encoder: Option<PathBuf>,
}

fn margin(typed: &str) -> Result<f64, String> {
    let margin: Option<f64> = typed.parse().ok();
    margin.filter(|it| it.is_finite() && *it > 0.0).ok_or("a number above 0, such as 0.05".to_owned())
}

fn tokenizer(typed: &str) -> Result<Tokenizer, String> {
    let names = Tokenizer::ALL.map(Tokenizer::name).join(", ");
    Tokenizer::from_name(typed).ok_or(format!("no tokenizer has this name; there are {names}"))
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
        assert!(refusal(&["report", "a", "--delta", "0"]).contains("a number above 0"));
        assert!(refusal(&["pairs"]).contains("<FILE.jsonl>"));
    }
}
