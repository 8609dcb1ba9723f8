//! The command line as it is typed. What cannot be right is refused here, with what to type instead.
//!
//! Deliberately absent: what a flag means for the work (`plan`) and defaults that depend on the machine.

use std::path::PathBuf;

use clap::builder::{ArgPredicate, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use compressor::language::Language;
use compressor::policy::{Budget, EngineChoice, Focus, Level, Policy};
use compressor::tokens::Tokenizer;

use crate::exit;

/// Shortens what you paste into an LLM, on your own machine, and shows what was saved and kept.
#[derive(Debug, Parser)]
#[command(name = "compression-layer", version, after_help = exit::HELP)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Compress(CompressFlags),
    Count(CountFlags),
    Diff(DiffFlags),
    Doctor(DoctorFlags),
    Lsp(LspFlags),
}

/// Serves an editor or an agent by the Language Server Protocol
#[derive(Debug, Args)]
#[command(after_help = exit::LSP_HELP)]
pub struct LspFlags {
    /// Speak over stdin and stdout: the default
    #[arg(long, conflicts_with_all = ["socket", "pipe"])]
    pub stdio: bool,
    /// Speak over this port of 127.0.0.1, on which the editor listens
    #[arg(long, value_name = "PORT", conflicts_with = "pipe")]
    pub socket: Option<u16>,
    /// Speak over this Unix socket or named pipe, on which the editor listens
    #[arg(long, value_name = "NAME")]
    pub pipe: Option<PathBuf>,
    /// End when the process of this number does
    #[arg(long = "clientProcessId", alias = "client-process-id", value_name = "PID")]
    pub client_process_id: Option<u32>,
}

/// Shortens files, folders, or stdin
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct CompressFlags {
    /// Files, folders (.gitignore is respected), patterns such as 'src/**/*.rs', or - for stdin, which is read too if none is named
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print {"text", "receipt"}, for several files one such object a line, with "path"
    #[arg(long)]
    pub json: bool,
    /// Read lines {"id", "text", "language"?, "query"?}, write lines {"id", "text", "receipt"} or {"id", "error"}
    #[arg(long, conflicts_with_all = ["json", "output"])]
    pub jsonl: bool,
    /// Print what was saved on stderr: a line for each text, and totals
    #[arg(long)]
    pub stats: bool,
    /// Write each result under this folder, as `cp -r` would, instead of to stdout; sources are never overwritten
    #[arg(long, value_name = "FOLDER", conflicts_with = "json")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub steering: SteeringFlags,
}

/// How to compress, the same for every command that does.
#[derive(Debug, Args)]
#[command(next_help_heading = "Steering")]
pub struct SteeringFlags {
    /// How far to go: safe changes layout only, balanced loses no atom, tight goes on to the budget and says what went, skeleton keeps signatures, headings and first clauses
    #[arg(
        long,
        default_value = Level::Balanced.name(),
        default_value_if("focus", ArgPredicate::IsPresent, Level::Tight.name()),
        value_parser = level()
    )]
    pub level: Level,
    /// At most this many tokens; for several files, their sum
    #[arg(long, value_name = "TOKENS", value_parser = budget, allow_negative_numbers = true, conflicts_with = "ratio")]
    pub budget: Option<Budget>,
    /// At most this share of the tokens, such as 0.5; for several files, of their sum
    #[arg(long, value_parser = ratio, allow_negative_numbers = true)]
    pub ratio: Option<Budget>,
    /// Keep what bears on this question, shorten the rest first
    #[arg(long, value_name = "QUESTION", value_parser = query)]
    pub query: Option<String>,
    /// Keep this and what it uses whole, and of the code around it the skeleton: a name such as load or Session.load, lines such as 40-60, or bytes such as bytes:100-250; the level is tight then, if none is told
    #[arg(long, value_name = "NAME|LINES|BYTES", value_parser = focus)]
    pub focus: Option<Focus>,
    /// What counts the tokens; claude and gemini are estimates
    #[arg(long, value_name = "NAME", default_value = Tokenizer::O200kBase.name(), value_parser = tokenizer())]
    pub tokenizer: Tokenizer,
    /// Take every text as code of this language; found out by name and content if left out
    #[arg(long, value_name = "NAME", value_parser = language())]
    pub language: Option<Language>,
    /// What may work: structural needs no model
    #[arg(long, value_name = "NAME", default_value = EngineChoice::Auto.name(), value_parser = engine())]
    pub engine: EngineChoice,
    #[command(flatten)]
    pub model: ModelFlags,
}

/// Which model to use.
#[derive(Debug, Args)]
pub struct ModelFlags {
    /// A model folder with a manifest.toml, instead of the model within the program
    #[arg(long, value_name = "FOLDER")]
    pub model: Option<PathBuf>,
}

/// Counts tokens
#[derive(Debug, Args)]
pub struct CountFlags {
    /// Files, folders (.gitignore is respected), patterns, or - for stdin, which is read too if none is named
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What counts the tokens; claude and gemini are estimates, all prints every one
    #[arg(long, value_name = "NAME", default_value = Tokenizer::O200kBase.name(), value_parser = rulers())]
    pub tokenizer: Rulers,
    /// Print {"files": [{"path", "tokens"}], "total"}
    #[arg(long)]
    pub json: bool,
}

/// Shows original and result side by side, with what was dropped marked
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct DiffFlags {
    /// A file, or - for stdin
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// Print {"text", "receipt", "dropped"}: dropped holds byte ranges of the original
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub steering: SteeringFlags,
}

/// Checks this machine and says how to mend it
#[derive(Debug, Args)]
pub struct DoctorFlags {
    /// Print {"ok", "checks": [{"name", "status", "found", "remedy"}]}
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub model: ModelFlags,
}

/// The tokenizers to count with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rulers {
    All,
    One(Tokenizer),
}

/// One of some named values: the names are listed in the help and in errors.
fn named<T: Copy + Send + Sync + 'static>(
    values: impl IntoIterator<Item = T>,
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let values: Vec<T> = values.into_iter().collect();
    PossibleValuesParser::new(values.iter().map(|value| name(*value))).try_map(move |typed| {
        values.iter().copied().find(|value| name(*value) == typed).ok_or("not a value that is known here")
    })
}

fn level() -> impl TypedValueParser<Value = Level> {
    named(Level::ALL, Level::name)
}

fn engine() -> impl TypedValueParser<Value = EngineChoice> {
    named(EngineChoice::ALL, EngineChoice::name)
}

fn tokenizer() -> impl TypedValueParser<Value = Tokenizer> {
    named(Tokenizer::ALL, Tokenizer::name)
}

fn language() -> impl TypedValueParser<Value = Language> {
    named(Language::all(), Language::name)
}

fn rulers() -> impl TypedValueParser<Value = Rulers> {
    let values = Tokenizer::ALL.into_iter().map(Rulers::One).chain([Rulers::All]);
    named(values, |ruler| match ruler {
        Rulers::All => "all",
        Rulers::One(tokenizer) => tokenizer.name(),
    })
}

fn budget(typed: &str) -> Result<Budget, String> {
    let tokens = typed.parse().map_err(|_| format!("`{typed}` is not a number of tokens: type it like 800"))?;
    allowed(Budget::Tokens(tokens))
}

fn ratio(typed: &str) -> Result<Budget, String> {
    let ratio = typed.parse().map_err(|_| format!("`{typed}` is not a ratio: 0.5 means half of the tokens"))?;
    allowed(Budget::Ratio(ratio))
}

/// The policy knows what can be met; asked here so that the message names the flag.
fn allowed(budget: Budget) -> Result<Budget, String> {
    Policy::new(Level::Balanced).with_budget(budget).map(|_| budget).map_err(|error| error.to_string())
}

fn query(typed: &str) -> Result<String, String> {
    Policy::new(Level::Balanced).with_query(typed).map(|_| typed.to_owned()).map_err(|error| error.to_string())
}

fn focus(typed: &str) -> Result<Focus, String> {
    Focus::parse(typed).map_err(|error| error.to_string())
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
            let typed = [&["compression-layer", "compress"], typed].concat();
            Cli::try_parse_from(typed).map(|_| ()).expect_err("refused").to_string()
        };
        assert!(refusal(&["--ratio", "50"]).contains("ratio 50 is not in (0, 1]: 0.5 means half of the tokens"));
        assert!(refusal(&["--ratio", "-1"]).contains("ratio -1 is not in (0, 1]"));
        assert!(refusal(&["--ratio", "half"]).contains("`half` is not a ratio"));
        assert!(refusal(&["--budget", "0"]).contains("give at least 1"));
        assert!(refusal(&["--budget", "-5"]).contains("`-5` is not a number of tokens"));
        assert!(refusal(&["--budget", "5", "--ratio", "0.5"]).contains("cannot be used with"));
        assert!(refusal(&["--query", " ? "]).contains("ask a question, or leave it out"));
        assert!(refusal(&["--focus", "60-40"]).contains("lines such as 40-60"));
        assert!(refusal(&["--level", "extreme"]).contains("[possible values: safe, balanced, tight, skeleton]"));
        assert!(refusal(&["--tokenizer", "bert"]).contains("o200k_base, cl100k_base, claude, gemini"));
        assert!(refusal(&["--language", "klingon"]).contains("python"));
        assert!(refusal(&["--json", "--jsonl"]).contains("cannot be used with"));
    }
}
