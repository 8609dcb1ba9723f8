//! Which words stay: by the model's thresholds, or as many as the budget allows, the best first.
//!
//! Invariants
//! - at `balanced` a protected unit always stays;
//! - more budget never keeps less: the order of the candidates does not depend on the budget (`tests/properties`).

use super::clauses;
use super::prepare::Prepared;
use crate::budget;
use crate::engine::Cancel;
use crate::error::CompressError;
use crate::policy::{Budget, Level, Policy};
use crate::rank::{self, Sentence};
use crate::tagger::Tagger;
use crate::tagger::render::Renderer;
use crate::tagger::units::{Sort, Unit};

use super::finish::assemble;

/// What stays of one document.
pub(super) struct Selected {
    /// One flag for each unit.
    pub(super) kept: Vec<bool>,
    /// Least keep probability of punctuation.
    pub(super) threshold: f32,
}

/// A unit that may go, and what speaks for it.
struct Candidate {
    document: usize,
    unit: usize,
    priority: f32,
}

/// Chooses for all documents at once.
pub(super) fn select(
    documents: &[Prepared<'_>],
    tagger: Option<&Tagger>,
    policy: &Policy,
    cancel: &Cancel,
) -> Result<Vec<Selected>, CompressError> {
    let Some(tagger) = tagger else {
        return Ok(documents.iter().map(|document| without_model(document, policy)).collect());
    };
    let mut candidates = candidates(documents, tagger, policy, cancel)?;
    candidates
        .sort_by(|a, b| b.priority.total_cmp(&a.priority).then(a.document.cmp(&b.document)).then(a.unit.cmp(&b.unit)));
    let budget = policy.budget().map(|budget| tokens(budget, documents));
    let Some(budget) = budget else {
        let count = candidates.partition_point(|candidate| candidate.priority >= 0.0);
        return Ok(flags(documents, &candidates, count, tagger, policy));
    };
    let renderers: Vec<Renderer<'_>> = documents.iter().map(|document| renderer(document, tagger)).collect();
    let costs: Vec<usize> =
        candidates.iter().map(|candidate| documents[candidate.document].units[candidate.unit].cost).collect();
    let measure = |count: usize| -> usize {
        let mut selected = flags(documents, &candidates, count, tagger, policy);
        let each = documents.iter().zip(&renderers).zip(&mut selected);
        each.map(|((document, renderer), selected)| {
            policy.tokenizer().count(&assemble(document, renderer, selected).text).min(document.before)
        })
        .sum()
    };
    let fit = budget::fit(&costs, budget, measure);
    Ok(flags(documents, &candidates, fit.count, tagger, policy))
}

/// The renderer of a document.
pub(super) fn renderer<'draft>(document: &'draft Prepared<'_>, tagger: &'draft Tagger) -> Renderer<'draft> {
    let facts = &tagger.manifest.tagger;
    Renderer::new(&document.stream, &document.units, &facts.symbols, facts.symbol_threshold)
}

/// All words, or those of a skeleton.
fn without_model(document: &Prepared<'_>, policy: &Policy) -> Selected {
    let skeleton = policy.level() == Level::Skeleton;
    let kept = if skeleton { clauses::stay(document) } else { vec![true; document.units.len()] };
    Selected { kept, threshold: 0.0 }
}

/// The budget in tokens, for all documents together.
pub(super) fn tokens(budget: Budget, documents: &[Prepared<'_>]) -> usize {
    budget.tokens(documents.iter().map(|document| document.before).sum())
}

/// Every unit that may go. Priority 0 is where the model's own threshold lies.
fn candidates(
    documents: &[Prepared<'_>],
    tagger: &Tagger,
    policy: &Policy,
    cancel: &Cancel,
) -> Result<Vec<Candidate>, CompressError> {
    let relevances = relevances(documents, tagger, policy, cancel)?;
    let mut candidates = Vec::new();
    for (document, prepared) in documents.iter().enumerate() {
        let skeleton = (policy.level() == Level::Skeleton).then(|| clauses::stay(prepared));
        let above = |unit: &Unit| unit.keep - base_threshold(prepared, unit, tagger, level_of(prepared, unit, policy));
        let mut fragments = fragments(prepared, above).into_iter().peekable();
        for (unit, held) in prepared.units.iter().enumerate() {
            let level = level_of(prepared, held, policy);
            if held.sort != Sort::Word || (held.protected && level < Level::Tight) {
                continue;
            }
            let mut priority = above(held);
            while fragments.next_if(|&sentence| sentence < held.sentence).is_some() {}
            if fragments.peek() == Some(&held.sentence) {
                priority -= FRAGMENT;
            }
            if held.protected {
                priority += ATOMS_FIRST;
            }
            if let Some(relevances) = &relevances {
                priority += relevances[document][held.sentence];
            }
            if let Some(stays) = &skeleton {
                priority += if stays[unit] { SKELETON_FIRST } else { -SKELETON_BAR };
            }
            candidates.push(Candidate { document, unit, priority });
        }
    }
    Ok(candidates)
}

/// Sentences of comments of which a single word would stay, in order: alone it says nothing.
fn fragments(document: &Prepared<'_>, above: impl Fn(&Unit) -> f32) -> Vec<usize> {
    let sentences = document.units.chunk_by(|a, b| a.sentence == b.sentence);
    let is_fragment = |sentence: &&[Unit]| {
        let stays = |unit: &&Unit| unit.protected || unit.sort != Sort::Word || above(unit) >= 0.0;
        document.prose_of(&sentence[0]).comment
            && sentence.len() >= SENTENCE
            && !sentence.iter().any(|unit| unit.protected)
            && sentence.iter().filter(stays).count() == 1
    };
    sentences.filter(is_fragment).map(|sentence| sentence[0].sentence).collect()
}

/// Words of which one may be all that stays: of fewer, one says what there is to say.
const SENTENCE: usize = 3;

/// What the word of a fragment loses: it goes unless a budget has room for all else.
const FRAGMENT: f32 = 1.0;

/// The level of a word. Comments in a focus, and what a skeleton has of the others, are as at `balanced`, unless a budget asks
/// for less.
fn level_of(document: &Prepared<'_>, unit: &Unit, policy: &Policy) -> Level {
    let mild = document.has_focus && policy.budget().is_none() && document.prose_of(unit).comment;
    if mild { policy.level().min(Level::Balanced) } else { policy.level() }
}

/// At `tight` an atom goes after every other word of as relevant a sentence.
const ATOMS_FIRST: f32 = 1.0;

/// What a skeleton has goes after all else, whatever bears on a query.
const SKELETON_FIRST: f32 = 2.0 * RELEVANCE;

/// How much more than others a sentence must bear on the query for a skeleton to have words of it that it would not have.
const SKELETON_BAR: f32 = 0.25 * RELEVANCE;

/// How much the relevance of a sentence weighs against the words' own probabilities.
const RELEVANCE: f32 = 12.0;

fn base_threshold(document: &Prepared<'_>, unit: &Unit, tagger: &Tagger, level: Level) -> f32 {
    let facts = &tagger.manifest.tagger;
    match level {
        Level::Tight | Level::Skeleton => facts.tight_threshold,
        Level::Safe | Level::Balanced if document.prose_of(unit).comment => facts.comment_threshold,
        Level::Safe | Level::Balanced => facts.keep_threshold,
    }
}

/// What to add to the priority of each sentence's words, by document and sentence: around 0, higher for what bears on the
/// query.
fn relevances(
    documents: &[Prepared<'_>],
    tagger: &Tagger,
    policy: &Policy,
    cancel: &Cancel,
) -> Result<Option<Vec<Vec<f32>>>, CompressError> {
    let Some(query) = policy.query() else { return Ok(None) };
    let mut sentences = Vec::new();
    let mut owners = Vec::new();
    let mut paragraph = 0;
    for (document, prepared) in documents.iter().enumerate() {
        paragraph += 1;
        let mut line = 0;
        for group in prepared.units.chunk_by(|a, b| a.sentence == b.sentence) {
            paragraph += usize::from(prepared.begins_paragraph(line, group[0].line));
            line = group[0].line;
            let text = &prepared.stream.text[group[0].whole.start..group[group.len() - 1].whole.end];
            sentences.push(Sentence { text, paragraph });
            owners.push((document, group[0].sentence));
        }
    }
    let scores = rank::relevance(tagger, &sentences, query, cancel)?;
    let mean = scores.iter().sum::<f32>() / scores.len().max(1) as f32;
    let mut relevances: Vec<Vec<f32>> =
        documents.iter().map(|document| vec![0.0; document.units.last().map_or(0, |unit| unit.sentence + 1)]).collect();
    for ((document, sentence), score) in owners.into_iter().zip(scores) {
        relevances[document][sentence] = RELEVANCE * (score - mean);
    }
    Ok(Some(relevances))
}

/// Flags for the first `count` candidates and all that is no candidate.
fn flags(
    documents: &[Prepared<'_>],
    candidates: &[Candidate],
    count: usize,
    tagger: &Tagger,
    policy: &Policy,
) -> Vec<Selected> {
    // Commas are asked for as much as the last word that stayed; without a budget that is the model's own threshold.
    let next = candidates.get(count).filter(|_| policy.budget().is_some());
    let offset = next.map_or(0.0, |candidate| candidate.priority);
    let facts = &tagger.manifest.tagger;
    let threshold = (facts.keep_threshold + offset).clamp(0.05, 0.95);
    let mut selected: Vec<Selected> = documents
        .iter()
        .map(|document| {
            let stays = |unit: &Unit| unit.protected && level_of(document, unit, policy) < Level::Tight;
            let kept = document.units.iter().map(stays).collect();
            Selected { kept, threshold }
        })
        .collect();
    for candidate in &candidates[..count] {
        selected[candidate.document].kept[candidate.unit] = true;
    }
    selected
}
