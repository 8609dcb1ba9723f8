//! What an action does when it was chosen.
//!
//! Invariants
//! - an edit is for the version that it was computed of, and refused if the text moved on meanwhile (`tests/lsp/actions`);
//! - the text that an action reads is the one that was there when it was chosen.

use std::ops::Range;
use std::sync::Arc;

use tower_lsp::ls_types::{MessageType, WorkspaceEdit};

use super::blocks::Outcome;
use super::chat::{self, Block};
use super::documents::{self, Snapshot};
use super::outlet::show_params;
use super::secrets::Leaving;
use super::work::{Source, policy};
use super::{Session, preview};
use crate::lsp::error::Refusal;
use crate::lsp::ext::{Act, BasketCompress, Budget, Compressed, InputKind, Place, Run, Steering, What};
use crate::lsp::partial::Parts;
use crate::lsp::progress::Watch;
use crate::lsp::{convert, position};

/// A part of a document as it was.
pub(crate) struct Part {
    /// The document.
    pub(crate) snapshot: Snapshot,
    /// Which bytes of it.
    pub(crate) bytes: Range<usize>,
}

impl Session {
    /// The part of a document that a request means, if the document still is the one that it means.
    pub(crate) fn part(&self, place: &Place) -> Result<Part, Refusal> {
        let snapshot = self.snapshot(&place.uri)?;
        if place.version.is_some_and(|version| version != snapshot.version) {
            return Err(Refusal::Modified);
        }
        let whole = 0..snapshot.text.len_bytes();
        let bytes =
            place.range.map_or(whole, |range| position::bytes(&snapshot.text, range, self.negotiated().encoding));
        Ok(Part { snapshot, bytes })
    }

    /// Does what an action says.
    pub(crate) async fn run(self: &Arc<Self>, mut run: Run) -> Result<Option<Compressed>, Refusal> {
        if run.act == Act::BasketCopy {
            return self.copy_basket(run).await;
        }
        let place = run.document.clone().ok_or_else(|| Refusal::Params("`document` is missing".to_owned()))?;
        let part = self.part(&place)?;
        if let Some(kind) = run.ask.take() {
            match self.ask(kind).await? {
                Some(answer) => answered(&mut run.steering, kind, &answer)?,
                None => return Ok(None),
            }
        }
        match run.act {
            Act::Replace => {
                let (edit, outcome) = self.replacement(&run, &part).await?;
                if let Some(edit) = edit {
                    self.apply(edit).await?;
                }
                Ok(Some(answer(&outcome, Some(&part))))
            }
            Act::Mask => {
                self.apply(self.masking(&part.snapshot, &part.bytes)).await?;
                Ok(None)
            }
            Act::BasketAdd => {
                self.add_to_basket(&part)?;
                self.warn_of_secrets(&part.snapshot, &part.bytes, Leaving::Collected).await;
                self.tell_status().await;
                Ok(None)
            }
            Act::Copy | Act::CopyForChat => self.copy_part(&run, &part).await.map(Some),
            Act::Open => {
                let outcome = self.shorten(&run, &part).await?;
                self.open_beside(&part.snapshot, &outcome).await?;
                Ok(Some(answer(&outcome, Some(&part))))
            }
            Act::Preview => {
                let outcome = self.shorten(&run, &part).await?;
                self.preview(&run, &part, &outcome).await?;
                Ok(Some(answer(&outcome, Some(&part))))
            }
            Act::BasketCopy => unreachable!("served above"),
        }
    }

    /// The edit that an action makes; `None` where the text stays as it is.
    pub(crate) async fn edit(self: &Arc<Self>, run: &Run) -> Result<Option<WorkspaceEdit>, Refusal> {
        let place = run.document.as_ref().ok_or_else(|| Refusal::Params("`document` is missing".to_owned()))?;
        let part = self.part(place)?;
        match run.act {
            Act::Mask => Ok(Some(self.masking(&part.snapshot, &part.bytes))),
            _ => Ok(self.replacement(run, &part).await?.0),
        }
    }

    async fn replacement(
        self: &Arc<Self>,
        run: &Run,
        part: &Part,
    ) -> Result<(Option<WorkspaceEdit>, Arc<Outcome>), Refusal> {
        let outcome = self.shorten(run, part).await?;
        let Part { snapshot, bytes } = part;
        if self.snapshot(&snapshot.uri)?.version != snapshot.version {
            return Err(Refusal::Modified);
        }
        if outcome.receipt.tokens.after >= outcome.receipt.tokens.before {
            self.tell(MessageType::INFO, "nothing can be shortened here without losing something that matters").await;
            return Ok((None, outcome));
        }
        self.documents.with_blocks(&snapshot.uri, |blocks| blocks.propose(bytes.start, Arc::clone(&outcome)));
        let edit = convert::replacements(snapshot, vec![(bytes.clone(), outcome.text.clone())], self.negotiated());
        Ok((Some(edit), outcome))
    }

    async fn copy_part(self: &Arc<Self>, run: &Run, part: &Part) -> Result<Compressed, Refusal> {
        let outcome = self.shorten(run, part).await?;
        let mut text = outcome.text.clone();
        if run.act == Act::CopyForChat {
            text = self.chat_block(part, &outcome);
        }
        let name = documents::file_name(&part.snapshot.uri);
        let name = if run.act == Act::CopyForChat { format!("{name}.md") } else { name };
        self.copy(text.clone(), outcome.receipt.to_string(), &name).await?;
        if !run.masked {
            self.warn_of_secrets(&part.snapshot, &part.bytes, Leaving::Copied).await;
        }
        Ok(Compressed { text, ..answer(&outcome, Some(part)) })
    }

    /// A compressed part under its path and lines.
    pub(crate) fn chat_block(&self, part: &Part, outcome: &Outcome) -> String {
        let Part { snapshot, bytes } = part;
        let settings = self.settings(&snapshot.uri);
        let path = settings.chat.header.then(|| self.folders.display(&snapshot.uri));
        let note = chat::saved(&outcome.receipt.tokens);
        let lines = snapshot.lines(bytes);
        chat::block(&Block {
            path: path.as_deref(),
            lines: path.is_some().then_some(&lines),
            also_in: &[],
            language: snapshot.language,
            note: Some(&note),
            text: &outcome.text,
        })
    }

    async fn preview(self: &Arc<Self>, run: &Run, part: &Part, outcome: &Arc<Outcome>) -> Result<(), Refusal> {
        let name = documents::file_name(&part.snapshot.uri);
        let lines = part.snapshot.lines(&part.bytes);
        let title = match run.what {
            What::File => format!("{name} (preview)"),
            _ => format!("{name}:{}-{} (preview)", lines.start(), lines.end()),
        };
        let original = part.snapshot.slice(&part.bytes);
        if self.negotiated().ours.show {
            return self.show(show_params(title, &part.snapshot, outcome, Some(original))).await;
        }
        self.scratch(preview::preview(&title, &original, outcome), &format!("preview-{name}.md")).await
    }

    async fn copy_basket(self: &Arc<Self>, run: Run) -> Result<Option<Compressed>, Refusal> {
        let params = BasketCompress {
            steering: run.steering,
            ids: run.ids,
            work_done_token: run.work_done_token,
            ..BasketCompress::default()
        };
        let result = self.compress_basket(&params).await?;
        self.copy(result.text.clone(), result.summary.clone(), "basket.md").await?;
        self.warn_of_secrets_in_basket().await;
        for note in &result.notes {
            self.tell(MessageType::INFO, note.as_str()).await;
        }
        let receipt = serde_json::Value::Array(result.receipts);
        Ok(Some(Compressed { text: result.text, receipt, summary: result.summary, handle: None, version: None }))
    }

    /// Compresses a part as an action says.
    async fn shorten(self: &Arc<Self>, run: &Run, part: &Part) -> Result<Arc<Outcome>, Refusal> {
        let what = match run.what {
            What::Selection => "the selection",
            What::Symbol => "the definition",
            What::File => "the file",
            What::Basket => "the basket",
        };
        let mut text = part.snapshot.slice(&part.bytes);
        if run.masked {
            text = compressor::secrets::mask(&text).unwrap_or(text);
        }
        let watch = Watch { title: format!("Compressing {what}"), token: run.work_done_token.clone() };
        self.shorten_text(&run.steering, part, text, watch, None).await
    }

    /// Compresses a text that stands for a part.
    pub(crate) async fn shorten_text(
        self: &Arc<Self>,
        steering: &Steering,
        part: &Part,
        text: String,
        watch: Watch,
        parts: Option<&Parts>,
    ) -> Result<Arc<Outcome>, Refusal> {
        let settings = self.settings(&part.snapshot.uri);
        let encoding = self.negotiated().encoding;
        let policy = policy(steering, &settings, |range| {
            let Range { start, end } = position::bytes(&part.snapshot.text, range, encoding);
            Ok(start.saturating_sub(part.bytes.start)..end.saturating_sub(part.bytes.start))
        })?;
        let source = Source { text, name: part.snapshot.path(), language: part.snapshot.language };
        let mut outcomes = self.compress(vec![source], policy, &settings, watch, parts).await?;
        Ok(outcomes.pop().expect("one text, one outcome"))
    }
}

/// An outcome as an answer.
pub(crate) fn answer(outcome: &Outcome, part: Option<&Part>) -> Compressed {
    Compressed {
        text: outcome.text.clone(),
        receipt: serde_json::to_value(&outcome.receipt).unwrap_or_default(),
        summary: outcome.receipt.to_string(),
        handle: outcome.handle.clone(),
        version: part.map(|part| part.snapshot.version),
    }
}

/// Takes in what a person typed.
fn answered(steering: &mut Steering, kind: InputKind, typed: &str) -> Result<(), Refusal> {
    let typed = typed.trim();
    match kind {
        InputKind::Query => steering.query = Some(typed.to_owned()),
        InputKind::Budget => {
            let share = typed.strip_suffix('%').and_then(|share| share.trim().parse::<f64>().ok());
            let tokens = typed.replace([',', '_'], "").parse().ok();
            let budget = share.map(|share| Budget::Ratio(share / 100.0)).or(tokens.map(Budget::Tokens));
            let wrong =
                || Refusal::Params(format!("`{typed}` is no size: type tokens such as 800, or a share such as 50%"));
            steering.budget = Some(budget.ok_or_else(wrong)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_typed_as_tokens_or_as_a_share() {
        for (typed, expected) in [
            ("800", Some(Budget::Tokens(800))),
            (" 1,200 ", Some(Budget::Tokens(1_200))),
            ("50%", Some(Budget::Ratio(0.5))),
            ("half", None),
            ("", None),
            ("-3", None),
        ] {
            let mut steering = Steering::default();
            let accepted = answered(&mut steering, InputKind::Budget, typed).is_ok();
            assert_eq!((accepted, steering.budget), (expected.is_some(), expected), "{typed}");
        }
    }
}
