//! What every command that measures does: open the run, go through its cases, print the table, choose the code.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::Context;
use compressor::pipeline::Compressor;

use super::asking;
use crate::cli::{ExaminedFlags, RunFlags};
use crate::exit::Exit;
use crate::folder::Folder;
use crate::interview::Interview;
use crate::metric::Meter;
use crate::plan::{self, Surroundings, clock};
use crate::record::{Model, Run, Thresholds, Version};
use crate::source::Source;
use crate::suite::{End, Suite};
use crate::summary::Summary;
use crate::system::System;
use crate::terminal::Terminal;

/// The difference that counts as none, for a verdict of equivalence.
const DELTA: f64 = 0.05;

/// A run that is about to begin.
pub struct Measuring<'a> {
    /// The subcommand.
    pub kind: &'static str,
    /// What it works on.
    pub source: Source,
    /// What shortens; the first is the examined one.
    pub systems: Vec<System>,
    /// Whose base encoder embeds.
    pub encoder: Arc<Compressor>,
    /// Who is asked about what was shortened.
    pub interview: Option<Interview>,
    /// How it is done.
    pub flags: &'a RunFlags,
}

impl<'a> Measuring<'a> {
    /// Examines a compressor on what a source has, with baselines beside it.
    pub fn examine(
        kind: &'static str,
        source: Source,
        flags: &'a ExaminedFlags,
        surroundings: &Surroundings,
    ) -> anyhow::Result<Self> {
        let ExaminedFlags { system, run } = flags;
        let encoder = Arc::new(surroundings.model(run.encoder.as_deref())?);
        let systems = plan::systems(system, surroundings, run.encoder.is_none().then_some(&encoder))?;
        Ok(Self { kind, source, systems, encoder, interview: None, flags: run })
    }

    /// Does it.
    pub fn run(self, surroundings: &Surroundings, terminal: &mut Terminal) -> anyhow::Result<Exit> {
        let Self { kind, source, systems, encoder, interview, flags } = self;
        let model = encoder.load()?;
        let thresholds = Thresholds { pass_share: flags.pass_share, ..Thresholds::PUBLISHED };
        let rows = flags.rows.map_or(source.data.rows, |rows| rows.min(source.data.rows));
        let run = Run {
            tool: Version { name: "compression-validator".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            kind: kind.to_owned(),
            command: surroundings.command.clone(),
            data: source.data,
            systems: systems.iter().map(|system| system.name().to_owned()).collect(),
            tokenizer: flags.tokenizer.name().to_owned(),
            model: Some(Model { name: model.name, hash: model.hash }),
            prompt_version: interview.as_ref().map(Interview::prompt_version),
            models: interview.iter().flat_map(|it| it.models.iter().map(ToString::to_string)).collect(),
            judges: interview.iter().flat_map(|it| it.judges.iter().map(ToString::to_string)).collect(),
            thresholds,
            delta: DELTA,
        };
        let (mut summary, mut done) = (Summary::new(run.systems.clone()), HashSet::new());
        let folder = flags.out.as_deref().map(|folder| {
            Folder::open(folder, &run, flags.resume, &mut |example| {
                summary.add(&example);
                done.insert((example.system, example.id));
            })
        });
        let folder = folder.transpose()?;
        terminal.show_progress(rows * systems.len());
        terminal.start_from(done.len());
        let meter = Meter { tokenizer: flags.tokenizer, encoder, thresholds };
        let skip_broken = flags.skip_broken;
        let (asking, systems) = (interview.as_ref(), &*systems);
        let mut suite = Suite { meter: &meter, interview: asking, systems, folder, summary, done, skip_broken, clock };
        let cases = Box::new(source.cases.take(flags.rows.unwrap_or(usize::MAX)));
        let end = suite.run(cases, terminal, &surroundings.cancel);
        terminal.hide_progress();
        if let Some(interview) = &interview {
            asking::tell_costs(interview, terminal);
        }
        let end = end?;
        terminal.result(&suite.summary.table()).context("cannot write to stdout")?;
        Ok(match end {
            End::Stopped => Exit::Interrupted,
            End::Whole if suite.summary.broken > 0 => Exit::NotRun,
            End::Whole if suite.summary.pass_share() < thresholds.pass_share => Exit::GateFailed,
            End::Whole => Exit::Passed,
        })
    }
}
