//! `pairs`: measures pairs of a text and its shorter form.

use std::collections::HashSet;

use anyhow::Context;

use crate::case::{self, Lines};
use crate::cli::PairsFlags;
use crate::exit::Exit;
use crate::folder::Folder;
use crate::metric::Meter;
use crate::plan::Surroundings;
use crate::record::{Model, Run, Thresholds, Version};
use crate::suite::{End, GIVEN, Suite};
use crate::summary::Summary;
use crate::terminal::Terminal;

/// Runs it.
pub fn run(flags: &PairsFlags, surroundings: &Surroundings, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let unreadable = || format!("cannot read {}", flags.file.display());
    let data = case::data(&flags.file).with_context(unreadable)?;
    let rows = flags.run.rows.unwrap_or(data.rows).min(data.rows);
    let encoder = surroundings.model(flags.run.encoder.as_deref())?;
    let model = encoder.load()?;
    let run = Run {
        tool: Version { name: "compression-validator".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        kind: "pairs".to_owned(),
        command: surroundings.command.clone(),
        data,
        systems: vec![GIVEN.to_owned()],
        tokenizer: flags.run.tokenizer.name().to_owned(),
        model: Some(Model { name: model.name, hash: model.hash }),
        prompt_version: None,
        models: Vec::new(),
        judges: Vec::new(),
        thresholds: Thresholds::PUBLISHED,
        delta: 0.05,
    };
    let (mut summary, mut done) = (Summary::default(), HashSet::new());
    let folder = flags.run.out.as_deref().map(|folder| {
        Folder::open(folder, &run, flags.run.resume, &mut |example| {
            summary.add(&example);
            done.insert(example.id);
        })
    });
    let folder = folder.transpose()?;
    terminal.show_progress(rows);
    terminal.start_from(done.len());
    let meter = Meter { tokenizer: flags.run.tokenizer, encoder, thresholds: run.thresholds };
    let mut suite = Suite { meter: &meter, folder, summary, done, skip_broken: flags.run.skip_broken };
    let lines = Lines::open(&flags.file).with_context(unreadable)?;
    let end = suite.run(lines, rows, terminal, &surroundings.cancel);
    terminal.hide_progress();
    let end = end?;
    terminal.result(&suite.summary.table())?;
    Ok(match end {
        End::Stopped => Exit::Interrupted,
        End::Whole if suite.summary.broken > 0 => Exit::NotRun,
        End::Whole if suite.summary.pass_share() < run.thresholds.pass_share => Exit::GateFailed,
        End::Whole => Exit::Passed,
    })
}
