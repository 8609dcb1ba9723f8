//! The way of every call: cache, single flight, lane, pace, reservation, the call itself, and once more if it failed.
//!
//! Invariants
//! - equal requests are paid once, also when they are under way together
//!   (`provider::tests::properties::equal_requests_are_paid_once_and_no_limit_is_passed`);
//! - what is spent never passes a limit, whatever is under way
//!   (`provider::tests::properties::equal_requests_are_paid_once_and_no_limit_is_passed`);
//! - an answer is in the cache before anybody has it (`provider::tests::failures::an_answer_that_cannot_be_kept_is_an_error`);
//! - whatever would stop a run later stops it before its first call: no key, no price
//!   (`provider::tests::keys::a_key_that_is_missing_is_told_before_the_first_call`, `provider::tests::keys::a_limit_needs_prices`).

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use compressor::engine::Cancel;

use super::cache::{Cache, Key};
use super::cost::{Price, Usd};
use super::keys::Keys;
use super::lanes::Went;
use super::ledger::Ledger;
use super::limit::Purse;
use super::retry::{Retry, Wait};
use super::settings::Settings;
use super::station::{Sealed, Station};
use super::{Answer, ModelName, ProviderError, Request, Traits};

/// What the machine gives: clocks, chance, and places.
#[derive(Clone)]
pub struct Machine {
    /// Time since any moment, for latencies and pace.
    pub clock: fn() -> Duration,
    /// The time of day, for the day's limit and for waits that end at a date.
    pub now: fn() -> SystemTime,
    /// A way to wait.
    pub wait: Wait,
    /// The wish to stop: what is under way is waited for, since it is paid for, and nothing more begins.
    pub cancel: Arc<Cancel>,
    /// Spreads the waits of runs that failed together.
    pub seed: u64,
    /// Where answers are kept.
    pub answers: PathBuf,
    /// Where is noted what was spent on a day.
    pub spending: PathBuf,
}

/// Asks models.
pub struct Gateway {
    stations: BTreeMap<String, Station>,
    models: BTreeMap<ModelName, Model>,
    pub(super) cache: Cache,
    purse: Purse,
    retry: Retry,
    flights: Mutex<HashMap<Key, Flight>>,
    clock: fn() -> Duration,
    cancel: Arc<Cancel>,
    seed: u64,
}

/// What is known of a model that is asked.
struct Model {
    traits: Traits,
    /// `None` where nothing limits what is spent and no price is known.
    price: Option<Price>,
}

/// A call under way: who holds the lock makes it, who waits for the lock shares what came of it, and takes its place if
/// it was given up.
type Flight = Arc<tokio::sync::Mutex<Option<Result<Answer, Arc<ProviderError>>>>>;

/// What is asked, of whom.
#[derive(Clone, Copy)]
struct Call<'a> {
    station: &'a Station,
    model: &'a Model,
    request: &'a Request,
    sealed: &'a Sealed,
}

impl Gateway {
    /// Makes ready to ask these models.
    ///
    /// # Errors
    /// A provider that is not known; a limit, and a model whose price is not known; values that cannot be sent.
    pub fn new(
        settings: &Settings,
        keys: &Keys,
        models: impl IntoIterator<Item = ModelName>,
        machine: Machine,
    ) -> Result<Self, ProviderError> {
        let limit = |dollars: Option<f64>| dollars.map(Usd::from_dollars);
        let purse = Purse::new(
            limit(settings.limits.usd_per_run),
            limit(settings.limits.usd_per_day),
            Ledger::new(machine.spending),
            machine.now,
        );
        let (mut stations, mut known) = (BTreeMap::new(), BTreeMap::new());
        for name in models {
            if !stations.contains_key(&name.provider) {
                let endpoint = settings.endpoint(&name.provider)?;
                let station = Station::new(endpoint, keys, machine.clock, machine.now)?;
                stations.insert(name.provider.clone(), station);
            }
            let row = settings.model(&name);
            let free = stations.get(&name.provider).is_some_and(|it: &Station| it.endpoint.is_local());
            let price = row.price().or_else(|| free.then_some(Price::FREE));
            if price.is_none() && purse.is_limited() {
                return Err(ProviderError::NoPrice { model: name });
            }
            let traits = row.traits().map_err(|source| ProviderError::Body { model: name.clone(), source })?;
            known.insert(name, Model { traits, price });
        }
        Ok(Self {
            stations,
            models: known,
            cache: Cache::new(machine.answers),
            purse,
            retry: Retry { settings: settings.retry, wait: machine.wait },
            flights: Mutex::default(),
            clock: machine.clock,
            cancel: machine.cancel,
            seed: machine.seed,
        })
    }

    /// Whether all models can be asked.
    ///
    /// # Errors
    /// A key that is missing.
    pub fn ready(&self) -> Result<(), ProviderError> {
        self.models.keys().try_for_each(|model| self.parts(model)?.0.ready(model))
    }

    /// Models whose price is not known, so that they count as free.
    pub fn unpriced(&self) -> impl Iterator<Item = &ModelName> {
        self.models.iter().filter(|(_, model)| model.price.is_none()).map(|(name, _)| name)
    }

    /// What this run was billed so far.
    #[must_use]
    pub fn billed(&self) -> Usd {
        self.purse.billed()
    }

    /// What this run may have been billed besides, for calls whose end is unknown, and for those under way.
    #[must_use]
    pub fn uncertain(&self) -> Usd {
        self.purse.uncertain()
    }

    /// Asks, or takes the answer from the cache or from an equal request that is under way.
    ///
    /// # Errors
    /// A limit; a provider that does not answer, after all tries; a disk that cannot be written.
    pub async fn ask(&self, request: &Request) -> Result<Answer, Arc<ProviderError>> {
        let (station, model) = self.parts(&request.model)?;
        let sealed = station.seal(request, &model.traits);
        if let Some(answer) = self.cache.get(sealed.key) {
            return Ok(answer);
        }
        let flight = Arc::clone(self.flights().entry(sealed.key).or_default());
        let mut landed = flight.lock().await;
        let is_first = landed.is_none();
        let call = Call { station, model, request, sealed: &sealed };
        let outcome = match &*landed {
            Some(outcome) => outcome.clone(),
            None => landed.insert(self.fetch(&call).await.map_err(Arc::new)).clone(),
        };
        drop(landed);
        self.land(sealed.key, &flight);
        outcome.map(|answer| Answer { from_cache: answer.from_cache || !is_first, ..answer })
    }

    async fn fetch(&self, call: &Call<'_>) -> Result<Answer, ProviderError> {
        let Call { station, request, sealed, .. } = *call;
        // The flight before this one may have landed after the first look.
        if let Some(answer) = self.cache.get(sealed.key) {
            return Ok(answer);
        }
        station.ready(&request.model)?;
        let mut waits = self.retry.waits(self.seed ^ sealed.key.number());
        loop {
            let error = match self.attempt(call).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            match waits.after(&error).filter(|_| !self.cancel.is_cancelled()) {
                Some(wait) => (self.retry.wait)(wait).await,
                None => return Err(error),
            }
        }
    }

    async fn attempt(&self, call: &Call<'_>) -> Result<Answer, ProviderError> {
        let Call { station, model, request, sealed } = *call;
        let price = model.price.unwrap_or(Price::FREE);
        let lane = station.lanes.enter().await;
        station.pace(&self.retry.wait).await;
        let reservation = self.purse.reserve(price.worst(request, model.traits.max_tokens(request))).await?;
        if self.cancel.is_cancelled() {
            reservation.release()?;
            return Err(ProviderError::Stopped);
        }
        let begun = (self.clock)();
        let result = station.ask(&request.model, sealed).await;
        let latency = (self.clock)().saturating_sub(begun);
        let result = match result {
            Ok(reply) => {
                let cost = price.of(reply.usage);
                let (text, usage, stop) = (reply.text, reply.usage, reply.stop);
                let answer = Answer { text, usage, stop, cost, latency, from_cache: false };
                // First of all it is kept: whatever happens from here on, it is not paid for again.
                let kept = self.cache.put(sealed.key, &request.model.to_string(), &answer);
                reservation.settle(cost)?;
                kept.map_err(|source| ProviderError::Cache { model: request.model.clone(), source })?;
                Ok(answer)
            }
            Err(error) => {
                if !error.may_be_billed() {
                    reservation.release()?;
                }
                Err(error)
            }
        };
        lane.leave(match &result {
            Ok(_) => Went::Through,
            Err(error) if error.is_overload() => Went::Overloaded,
            Err(_) => Went::Otherwise,
        });
        result
    }

    /// The key of a request, and what it may cost, for an estimate.
    pub(super) fn parts_of(&self, request: &Request) -> Result<(Key, &Station, &Traits, Price), ProviderError> {
        let (station, model) = self.parts(&request.model)?;
        let key = station.seal(request, &model.traits).key;
        Ok((key, station, &model.traits, model.price.unwrap_or(Price::FREE)))
    }

    fn parts(&self, name: &ModelName) -> Result<(&Station, &Model), ProviderError> {
        let station = self.stations.get(&name.provider);
        station.zip(self.models.get(name)).ok_or_else(|| ProviderError::NotPlanned { model: name.clone() })
    }

    /// Forgets a call that has ended, unless another has taken its place.
    fn land(&self, key: Key, flight: &Flight) {
        let mut flights = self.flights();
        if flights.get(&key).is_some_and(|current| Arc::ptr_eq(current, flight)) {
            flights.remove(&key);
        }
    }

    fn flights(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Flight>> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
