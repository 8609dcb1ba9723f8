//! The list of actions: what can be done with a selection, with the definition around the cursor, with a file and with the
//! basket. Titles say what each does, with an estimate.
//!
//! Invariants
//! - the list never waits for a model, a disk or a client (`tests/lsp/actions`);
//! - where nothing can be shortened, nothing is offered (`tests/lsp/actions`);
//! - an action that a client cannot carry out is not offered to it (`tests/lsp/actions`).

use std::ops::Range;

use compressor::estimate::{Estimate, Sizes};
use compressor::pipeline::Document;
use compressor::policy::Level;
use compressor::receipt::grouped;
use compressor::structural::{Symbol, symbol_at};

use super::Session;
use super::documents::Snapshot;
use super::options::reading::budget_name;
use super::settings::Settings;
use crate::lsp::capabilities::{Negotiated, kind};
use crate::lsp::ext::{Act, Focus, InputKind, Place, Run, Steering, What};
use crate::lsp::position;

/// Texts up to this size are searched for secrets while a person waits for the list.
const SEARCHED_AT_ONCE: usize = 128 << 10;

/// Nothing is offered for texts that are larger than what the library compresses at once.
const LARGEST: usize = 16 << 20;

/// An action that can be chosen.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// What it does, with an estimate.
    pub(crate) title: String,
    /// Its kind.
    pub(crate) kind: &'static str,
    /// What to do when it is chosen.
    pub(crate) run: Run,
}

/// What an action is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// Which part of the document.
    pub(crate) what: What,
    /// Its bytes.
    pub(crate) bytes: Range<usize>,
    /// What titles call it.
    pub(crate) name: String,
    /// Whether the file has other definitions than what it is, overlaps or lies in.
    pub(crate) has_others: bool,
}

/// The parts of a document that can be meant: what is selected; or the definition around the cursor, and the file.
pub(crate) fn targets(snapshot: &Snapshot, selected: Range<usize>, symbols: &[Symbol], with_file: bool) -> Vec<Target> {
    let whole = 0..snapshot.text.len_bytes();
    let has_others = |bytes: &Range<usize>| {
        symbols.iter().any(|other| other.range.end <= bytes.start || bytes.end <= other.range.start)
    };
    let file = Target { what: What::File, bytes: whole.clone(), name: "file".to_owned(), has_others: false };
    let mut targets = Vec::new();
    if !selected.is_empty() {
        let has_others = has_others(&selected);
        targets.push(Target { what: What::Selection, bytes: selected, name: "selection".to_owned(), has_others });
        if !with_file {
            return targets;
        }
    } else if let Some(symbol) = symbol_at(symbols, selected.start).filter(|symbol| symbol.range != whole) {
        let name = format!("`{}`", snapshot.slice(&symbol.name));
        let has_others = has_others(&symbol.range);
        targets.push(Target { what: What::Symbol, bytes: symbol.range.clone(), name, has_others });
    }
    targets.push(file);
    targets
}

impl Session {
    /// Everything that can be done with the targets, and with the basket.
    pub(crate) fn offers(&self, snapshot: &Snapshot, targets: &[Target], settings: &Settings) -> Vec<Offer> {
        let mut offers = Vec::new();
        for target in targets.iter().filter(|target| target.bytes.len() <= LARGEST) {
            let text = snapshot.slice(&target.bytes);
            let list = List { session: self, snapshot, target, settings, text: &text };
            list.fill(&mut offers);
        }
        offers.extend(self.basket_offer());
        offers
    }

    fn basket_offer(&self) -> Option<Offer> {
        let basket = self.basket();
        let (snippets, tokens) = (basket.list().len(), self.basket_tokens(&basket));
        if snippets == 0 {
            return None;
        }
        let outlet = outlet(self.negotiated());
        let plural = if snippets == 1 { "" } else { "s" };
        let tokens = tokens.map(|tokens| format!(", {} tokens", grouped(tokens))).unwrap_or_default();
        let title = format!("Compress the basket {outlet} ({} snippet{plural}{tokens})", grouped(snippets));
        let run = run(Act::BasketCopy, What::Basket, None, Steering::default());
        Some(Offer { title, kind: kind::BASKET, run })
    }
}

fn run(act: Act, what: What, document: Option<Place>, steering: Steering) -> Run {
    Run { act, what, document, steering, ask: None, ids: None, masked: false, work_done_token: None }
}

/// Where a copy goes: not every client has a clipboard for us.
fn outlet(client: &Negotiated) -> &'static str {
    if client.ours.copy { "and copy it" } else { "into a scratch document" }
}

/// What can be done with one target.
struct List<'a> {
    session: &'a Session,
    snapshot: &'a Snapshot,
    target: &'a Target,
    settings: &'a Settings,
    text: &'a str,
}

impl List<'_> {
    fn fill(&self, offers: &mut Vec<Offer>) {
        let client = self.session.negotiated();
        let path = self.snapshot.path();
        let document = Document { text: self.text, name: path.as_deref(), language: self.snapshot.language };
        let mut sizes_at = Sizes::of(&document, self.settings.tokenizer);
        let estimate = sizes_at.at(self.settings.level);
        self.secrets(offers);
        let others = self.target.what != What::Symbol;
        if others {
            // Another level may shorten what the chosen one leaves as it is.
            self.replacements(&estimate, &mut sizes_at, offers);
        } else if estimate.after < estimate.before {
            self.replace(&estimate, self.settings.level, offers);
        }
        if self.target.has_others {
            self.around(offers);
        }
        if estimate.after >= estimate.before {
            return;
        }
        let (name, sizes) = (&self.target.name, sizes(&estimate, self.settings.level));
        let outlet = outlet(client);
        self.push(offers, kind::COPY, Act::Copy, format!("Compress {name} {outlet} {sizes}"));
        let title = format!("Compress {name} {outlet}, for a chat with path and lines {sizes}");
        self.push(offers, kind::COPY, Act::CopyForChat, title);
        if others {
            self.push(offers, kind::OPEN, Act::Open, format!("Compress {name} into a new document beside {sizes}"));
        }
        self.push(offers, kind::PREVIEW, Act::Preview, format!("Preview compressed {name} {sizes}"));
        if client.ours.input {
            self.push_asking(offers, InputKind::Query, format!("Compress {name} for a question…"));
            self.push_asking(offers, InputKind::Budget, format!("Compress {name} to a size…"));
        }
        let tokens = counted(&estimate);
        self.push(offers, kind::BASKET, Act::BasketAdd, format!("Add {name} to the basket ({tokens} tokens)"));
    }

    /// The file with the target whole, what it uses, and of all else the skeleton.
    fn around(&self, offers: &mut Vec<Offer>) {
        let client = self.session.negotiated();
        let level = self.settings.level.max(Level::Tight);
        let range = position::range(&self.snapshot.text, &self.target.bytes, client.encoding);
        let steering = Steering { level: Some(level), focus: Some(Focus::Range(range)), ..Steering::default() };
        let place = Place { uri: self.snapshot.uri.clone(), version: Some(self.snapshot.version), range: None };
        let name = if self.target.what == What::Selection { "the selection" } else { &self.target.name };
        let beside = (kind::OPEN, Act::Open, "into a new document beside");
        for (kind, act, outlet) in [(kind::COPY, Act::Copy, outlet(client)), beside] {
            let title = format!("Compress file around {name} {outlet} ({})", level.name());
            offers.push(Offer { title, kind, run: run(act, What::File, Some(place.clone()), steering.clone()) });
        }
    }

    /// One for the level of the settings, one for each other level that gives another result, one for each budget.
    fn replacements(&self, chosen: &Estimate, sizes_at: &mut Sizes<'_>, offers: &mut Vec<Offer>) {
        if chosen.after < chosen.before {
            self.replace(chosen, self.settings.level, offers);
        }
        let mut seen = vec![chosen.after];
        for level in Level::ALL.into_iter().filter(|&level| level != self.settings.level) {
            let estimate = sizes_at.at(level);
            if estimate.after < estimate.before && !seen.contains(&estimate.after) {
                seen.push(estimate.after);
                self.replace(&estimate, level, offers);
            }
        }
        if chosen.after >= chosen.before {
            return;
        }
        for &budget in &self.settings.budgets {
            let most = budget.tokens(chosen.before);
            if most == 0 || most >= chosen.before {
                continue;
            }
            let (name, level, before) = (&self.target.name, self.settings.level.name(), counted(chosen));
            let (size, most) = (budget_name(budget), grouped(most));
            let title = format!("Compress {name} to {size} ({level}): {before} -> at most {most} tokens");
            self.push_steered(offers, title, Steering { budget: Some(budget.into()), ..Steering::default() });
        }
    }

    fn replace(&self, estimate: &Estimate, level: Level, offers: &mut Vec<Offer>) {
        let asked = match &self.settings.query {
            Some(query) => format!(" for \"{}\"", shortened(query)),
            None => String::new(),
        };
        let title = format!("Compress {}{asked} {}", self.target.name, sizes(estimate, level));
        self.push_steered(offers, title, Steering { level: Some(level), ..Steering::default() });
    }

    fn push_steered(&self, offers: &mut Vec<Offer>, title: String, steering: Steering) {
        let client = self.session.negotiated();
        if client.applies_edits || client.resolves_edits {
            // An editor that runs source actions on saving runs all of them: there is one, as the settings have it.
            let chosen = steering.budget.is_none() && steering.level == Some(self.settings.level);
            let kind = if self.target.what == What::File && chosen { kind::SOURCE } else { kind::REPLACE };
            let run = Run { steering, ..self.run(Act::Replace) };
            offers.push(Offer { title, kind, run });
        }
    }

    fn push_asking(&self, offers: &mut Vec<Offer>, ask: InputKind, title: String) {
        if self.session.negotiated().applies_edits {
            let run = Run { ask: Some(ask), ..self.run(Act::Replace) };
            offers.push(Offer { title, kind: kind::REPLACE, run });
        }
    }

    fn push(&self, offers: &mut Vec<Offer>, kind: &'static str, act: Act, title: String) {
        offers.push(Offer { title, kind, run: self.run(act) });
    }

    fn secrets(&self, offers: &mut Vec<Offer>) {
        if !self.settings.secrets || self.text.len() > SEARCHED_AT_ONCE {
            return;
        }
        let found = compressor::secrets::find(self.text).len();
        if found == 0 {
            return;
        }
        let (name, secrets) = (&self.target.name, if found == 1 { "secret" } else { "secrets" });
        let client = self.session.negotiated();
        if client.applies_edits || client.resolves_edits {
            self.push(offers, kind::MASK, Act::Mask, format!("Mask {found} {secrets} in {name}"));
        }
        let run = Run { masked: true, ..self.run(Act::Copy) };
        let title = format!("Compress {name} {}, with {found} {secrets} masked", outlet(client));
        offers.push(Offer { title, kind: kind::COPY, run });
    }

    fn run(&self, act: Act) -> Run {
        let range = position::range(&self.snapshot.text, &self.target.bytes, self.session.negotiated().encoding);
        let place = Place { uri: self.snapshot.uri.clone(), version: Some(self.snapshot.version), range: Some(range) };
        run(act, self.target.what, Some(place), Steering::default())
    }
}

/// `(balanced): 1,243 -> about 610 tokens`
fn sizes(estimate: &Estimate, level: Level) -> String {
    format!("({}): {} -> about {} tokens", level.name(), counted(estimate), grouped(estimate.after))
}

fn counted(estimate: &Estimate) -> String {
    let about = if estimate.before_is_exact { "" } else { "about " };
    format!("{about}{}", grouped(estimate.before))
}

/// A question in a title.
fn shortened(query: &str) -> String {
    const LONGEST: usize = 40;
    match query.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", query[..at].trim_end()),
        None => query.to_owned(),
    }
}
