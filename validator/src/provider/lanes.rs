//! How many calls are under way at a provider: more while it lets them through, half as many when it says that it is too much.
//!
//! Additive increase, multiplicative decrease, as TCP does it (RFC 5681): a round without complaint adds one lane, and all
//! complaints of one round halve them once.
//!
//! Invariants
//! - never more calls under way than lanes, never fewer lanes than one (`tests::calls_keep_to_the_lanes`);
//! - a call that is dropped gives its lane back (`tests::a_dropped_call_gives_its_lane_back`).

use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// The lanes to one provider.
#[derive(Debug)]
pub(super) struct Lanes {
    state: Mutex<State>,
    changed: Notify,
    most: f64,
}

#[derive(Debug)]
struct State {
    lanes: f64,
    under_way: usize,
    round: u64,
}

/// How a call went, as far as the lanes are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Went {
    /// The provider let it through.
    Through,
    /// The provider has too much to do.
    Overloaded,
    /// It failed for another reason.
    Otherwise,
}

impl Lanes {
    pub(super) fn new(first: usize, most: usize) -> Self {
        let state = State { lanes: first.clamp(1, most.max(1)) as f64, under_way: 0, round: 0 };
        Self { state: Mutex::new(state), changed: Notify::new(), most: most.max(1) as f64 }
    }

    /// Waits for a lane.
    pub(super) async fn enter(&self) -> Lane<'_> {
        loop {
            // Listens before it looks, so that no lane is freed unheard in between.
            let mut changed = pin!(self.changed.notified());
            changed.as_mut().enable();
            if let Some(lane) = self.try_enter() {
                return lane;
            }
            changed.await;
        }
    }

    fn try_enter(&self) -> Option<Lane<'_>> {
        let mut state = self.state();
        if (state.under_way as f64) + 1.0 > state.lanes {
            return None;
        }
        state.under_way += 1;
        Some(Lane { lanes: self, round: state.round, went: Went::Otherwise })
    }

    fn leave(&self, round: u64, went: Went) {
        let mut state = self.state();
        state.under_way -= 1;
        match went {
            Went::Through => state.lanes = (state.lanes + 1.0 / state.lanes).min(self.most),
            Went::Overloaded if round == state.round => {
                state.lanes = (state.lanes / 2.0).max(1.0);
                state.round += 1;
            }
            Went::Overloaded | Went::Otherwise => {}
        }
        drop(state);
        // Two may find room: the place of this call, and the lane that it earned.
        self.changed.notify_one();
        self.changed.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock, and numbers are whole at any moment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    fn count(&self) -> f64 {
        self.state().lanes
    }
}

/// The right to have one call under way.
#[derive(Debug)]
pub(super) struct Lane<'a> {
    lanes: &'a Lanes,
    round: u64,
    went: Went,
}

impl Lane<'_> {
    /// Gives the lane back with what is to be learned from the call.
    pub(super) fn leave(mut self, went: Went) {
        self.went = went;
    }
}

impl Drop for Lane<'_> {
    fn drop(&mut self) {
        self.lanes.leave(self.round, self.went);
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use futures::future::join_all;

    use super::*;

    fn enter(lanes: &Lanes) -> Option<Lane<'_>> {
        lanes.enter().now_or_never()
    }

    #[test]
    fn calls_keep_to_the_lanes() {
        let lanes = Lanes::new(4, 5);
        let mut under_way: Vec<_> = (0..4).map(|_| enter(&lanes).expect("there is room")).collect();
        assert!(enter(&lanes).is_none());
        // All four are told off in the same round: half as many lanes, once.
        for lane in under_way.drain(..) {
            lane.leave(Went::Overloaded);
        }
        assert!((lanes.count() - 2.0).abs() < 1e-9);
        for _ in 0..3 {
            enter(&lanes).expect("there is room").leave(Went::Overloaded);
        }
        assert!((lanes.count() - 1.0).abs() < 1e-9, "never none");
        for _ in 0..100 {
            enter(&lanes).expect("there is room").leave(Went::Through);
        }
        assert!((lanes.count() - 5.0).abs() < 1e-9, "never more than the most");
    }

    #[test]
    fn a_dropped_call_gives_its_lane_back() {
        let lanes = Lanes::new(1, 1);
        let lane = enter(&lanes).expect("there is room");
        let mut waiting = Box::pin(lanes.enter());
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(lane);
        assert!(waiting.now_or_never().is_some());
    }

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        let lanes = Lanes::new(2, 7);
        let call = |index: usize| {
            let lanes = &lanes;
            async move {
                let lane = lanes.enter().await;
                assert!(lanes.state().under_way <= 7);
                tokio::task::yield_now().await;
                lane.leave(if index.is_multiple_of(9) { Went::Overloaded } else { Went::Through });
            }
        };
        join_all((0..200).map(call)).await;
    }
}
