//! What a run will cost, before anything is paid.
//!
//! What goes in is counted. What comes out is not known: where answers to requests of the same kind are in the cache, their
//! mean size is taken, so that a run of a few rows makes the estimate of all rows good; else what the prompt expects.
//!
//! Invariants
//! - within 20 % of what is billed (`provider::tests::estimates::what_will_be_billed_is_known_within_a_fifth`);
//! - what is in the cache costs nothing, and equal requests count once
//!   (`provider::tests::estimates::what_will_be_billed_is_known_within_a_fifth`).

use std::collections::{BTreeMap, HashSet};

use super::cache::Key;
use super::cost::{Price, Usd};
use super::gateway::Gateway;
use super::{Answer, ModelName, ProviderError, Request, Usage};

/// Collects requests.
pub struct Estimator<'a> {
    gateway: &'a Gateway,
    seen: HashSet<Key>,
    groups: BTreeMap<(ModelName, &'static str), Group>,
}

/// Requests of one kind to one model.
#[derive(Debug)]
struct Group {
    price: Price,
    /// Requests to be paid, what goes in, and what is expected to come out.
    calls: u64,
    input: u64,
    expected: u64,
    worst: Usd,
    /// Requests in the cache, and what came out.
    cached: u64,
    cached_output: u64,
}

/// What a run will cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimate {
    /// A row for each model and kind of request.
    pub rows: Vec<Row>,
    /// What it will cost, all together.
    pub cost: Usd,
    /// What it cannot pass: every answer as long as it may be.
    pub worst: Usd,
}

/// One kind of request to one model.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Who is asked.
    pub model: ModelName,
    /// What for.
    pub kind: &'static str,
    /// Calls that will be paid.
    pub calls: u64,
    /// Calls whose answers are in the cache.
    pub cached: u64,
    /// Tokens going in.
    pub input: u64,
    /// Tokens coming out.
    pub output: u64,
    /// What they will cost.
    pub cost: Usd,
}

impl<'a> Estimator<'a> {
    /// Nothing collected yet.
    #[must_use]
    pub fn new(gateway: &'a Gateway) -> Self {
        Self { gateway, seen: HashSet::new(), groups: BTreeMap::new() }
    }

    /// Adds a request; one that was added before costs nothing more. Its answer comes back if it is in the cache.
    ///
    /// # Errors
    /// A model that the gateway was not made for.
    pub fn add(&mut self, request: &Request) -> Result<Option<Answer>, ProviderError> {
        let (key, station, traits, price) = self.gateway.parts_of(request)?;
        let known = self.gateway.cache.get(key);
        if !self.seen.insert(key) {
            return Ok(known);
        }
        let empty = Group { price, calls: 0, input: 0, expected: 0, worst: Usd::ZERO, cached: 0, cached_output: 0 };
        let group = self.groups.entry((request.model.clone(), request.kind)).or_insert(empty);
        if let Some(answer) = &known {
            group.cached += 1;
            group.cached_output += answer.usage.output;
            return Ok(known);
        }
        let tokenizer = station.provider.tokenizer();
        let count = |text: &str| tokenizer.count(text) as u64;
        let schema = request.schema.as_ref().map_or(0, |it| count(&it.schema.to_string()));
        group.calls += 1;
        group.input += count(&request.system) + count(&request.user) + schema + station.provider.overhead_tokens();
        group.expected += u64::from(request.expected_tokens);
        group.worst += price.worst(request, traits.max_tokens(request));
        Ok(None)
    }

    /// The estimate.
    #[must_use]
    pub fn finish(self) -> Estimate {
        let rows: Vec<_> = self.groups.iter().map(|((model, kind), group)| group.row(model, kind)).collect();
        Estimate {
            cost: rows.iter().map(|row| row.cost).sum(),
            worst: self.groups.values().map(|group| group.worst).sum(),
            rows,
        }
    }
}

impl Group {
    fn row(&self, model: &ModelName, kind: &'static str) -> Row {
        let output = match self.cached {
            0 => self.expected,
            cached => self.calls * self.cached_output / cached,
        };
        // The surcharge on long requests is that of the mean request: all of a run are about as long.
        let is_long = self.price.long.is_some_and(|long| self.input > long.from * self.calls);
        let price = if is_long { self.price } else { Price { long: None, ..self.price } };
        let cost = price.of(Usage { input: self.input, output, cached: 0 });
        Row { model: model.clone(), kind, calls: self.calls, cached: self.cached, input: self.input, output, cost }
    }
}
