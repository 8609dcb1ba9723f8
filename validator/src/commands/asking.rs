//! What models will cost, and what they did.

use std::fmt::Write;

use anyhow::Context;

use crate::cli::RunFlags;
use crate::exit::Exit;
use crate::interview::Interview;
use crate::provider::cost::Usd;
use crate::provider::estimate::{Estimate, Estimator};
use crate::source::Cases;
use crate::terminal::Terminal;

/// Says what a run over pairs will cost; nobody is asked.
pub fn dry_run(interview: &Interview, cases: Cases, flags: &RunFlags, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let mut estimator = Estimator::new(&interview.gateway);
    let mut broken = 0;
    for case in cases.take(flags.rows.unwrap_or(usize::MAX)) {
        match case {
            Ok(case) => {
                // A pair without its shorter form is told by the run itself.
                let compressed = case.compressed.as_deref().unwrap_or_default();
                interview.estimate(&case, compressed, &mut estimator)?;
            }
            Err(error) if flags.skip_broken => {
                broken += 1;
                terminal.remark(format_args!("passed over: {:#}", anyhow::Error::from(error)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    tell_unpriced(interview, terminal);
    terminal.result(&table(&estimator.finish())).context("cannot write to stdout")?;
    Ok(if broken > 0 { Exit::NotRun } else { Exit::Passed })
}

fn table(estimate: &Estimate) -> String {
    let mut out = String::from(
        "| model | for | calls | in the cache | tokens in | tokens out | USD |\n|---|---|---|---|---|---|---|\n",
    );
    for row in &estimate.rows {
        let (model, cost) = (&row.model, row.cost.dollars());
        let _ = writeln!(
            out,
            "| {model} | {} | {} | {} | {} | {} | {cost:.4} |",
            row.kind, row.calls, row.cached, row.input, row.output
        );
    }
    let _ = writeln!(out, "\nabout {}; {} if every answer were as long as it may be", estimate.cost, estimate.worst);
    out
}

/// Says on stderr what was billed.
pub fn tell_costs(interview: &Interview, terminal: &Terminal) {
    tell_unpriced(interview, terminal);
    let gateway = &interview.gateway;
    terminal.remark(format_args!("billed {}", gateway.billed()));
    if gateway.uncertain() > Usd::ZERO {
        terminal.remark(format_args!("up to {} more for calls whose end is not known", gateway.uncertain()));
    }
}

fn tell_unpriced(interview: &Interview, terminal: &Terminal) {
    for model in interview.gateway.unpriced() {
        terminal.remark(format_args!("no price is known for {model}: its calls count as free"));
    }
}
