//! Flags that say which models are asked, and what that may cost; the same for every command that measures.

use std::path::PathBuf;

use clap::Args;

use crate::provider::ModelName;

/// Who is asked, who judges, within which limits.
#[derive(Debug, Args)]
#[command(next_help_heading = "Models")]
pub struct AskingFlags {
    /// Ask this model about original and shorter form, such as anthropic:claude-haiku-4-5 or local:qwen3; may be repeated
    #[arg(long = "model", value_name = "PROVIDER:MODEL", id = "asked")]
    pub models: Vec<ModelName>,
    /// Let this model judge the answers; may be repeated, and the majority counts
    #[arg(long = "judge", value_name = "PROVIDER:MODEL", requires = "asked")]
    pub judges: Vec<ModelName>,
    /// Spend no more than this in this run
    #[arg(long, value_name = "USD", value_parser = dollars)]
    pub limit_usd: Option<f64>,
    /// Spend no more than this in a day, all runs together
    #[arg(long, value_name = "USD", value_parser = dollars)]
    pub limit_usd_per_day: Option<f64>,
    /// Say what the run will cost, and pay nothing
    #[arg(long, requires = "asked")]
    pub dry_run: bool,
    /// Where a provider is, such as local=http://127.0.0.1:11434/v1; may be repeated
    #[arg(long = "base-url", value_name = "PROVIDER=URL", value_parser = base_url)]
    pub base_urls: Vec<(String, String)>,
    /// Keep answers and what was spent in this folder instead of the user's cache
    #[arg(long, value_name = "FOLDER")]
    pub cache: Option<PathBuf>,
    /// Providers, prices and limits; validate.toml in this folder if there is one
    #[arg(long, value_name = "FILE.toml")]
    pub settings: Option<PathBuf>,
}

fn dollars(typed: &str) -> Result<f64, String> {
    let amount: Option<f64> = typed.parse().ok();
    amount.filter(|it| it.is_finite() && *it >= 0.0).ok_or("an amount in USD, such as 2.50".to_owned())
}

fn base_url(typed: &str) -> Result<(String, String), String> {
    let parts = typed.split_once('=').filter(|(provider, url)| !provider.is_empty() && url.contains("://"));
    parts
        .map(|(provider, url)| (provider.to_owned(), url.to_owned()))
        .ok_or("a provider and its address, such as local=http://127.0.0.1:8080/v1".to_owned())
}
