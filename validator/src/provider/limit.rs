//! What may be spent, by a run and by a day: no call begins whose worst case does not fit beside all that is under way.
//!
//! Invariants
//! - neither limit is ever passed, whatever is under way (`tests::limits_are_never_passed`,
//!   `provider::tests::properties::equal_requests_are_paid_once_and_no_limit_is_passed`);
//! - a call whose end is unknown counts with its worst case (`tests::a_call_whose_end_is_unknown_counts_whole`);
//! - a call is refused only if waiting for those under way cannot make room (`tests::calls_wait_for_room`).
//!
//! Deliberately absent: what a provider bills beyond the worst case of a call, which only its own limits can hold.

use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::sync::Notify;

use super::ProviderError;
use super::cost::Usd;
use super::ledger::{Day, Ledger, LedgerError};

/// A limit that leaves no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// That of the run.
    #[error("the limit of {limit} for a run leaves no room for a call of up to {worst}: {spent} is spent")]
    Run {
        /// The limit.
        limit: Usd,
        /// What the call may cost.
        worst: Usd,
        /// What the run has spent.
        spent: Usd,
    },
    /// That of the day.
    #[error(
        "the limit of {limit} for a day leaves no room for a call of up to {worst}: {spent} is spent today, or set aside by other runs"
    )]
    Day {
        /// The limit.
        limit: Usd,
        /// What the call may cost.
        worst: Usd,
        /// What was spent today.
        spent: Usd,
    },
}

/// Keeps to the limits.
#[derive(Debug)]
pub struct Purse {
    account: Mutex<Account>,
    settled: Notify,
    per_run: Option<Usd>,
    per_day: Option<Usd>,
    ledger: Ledger,
    now: fn() -> SystemTime,
}

#[derive(Debug, Default)]
struct Account {
    /// Billed, or set aside for calls under way and for those whose end is unknown.
    spent: Usd,
    /// Of that, what was billed as far as is known.
    billed: Usd,
    under_way: usize,
}

impl Purse {
    /// A purse with limits; days are told apart by the clock.
    #[must_use]
    pub fn new(per_run: Option<Usd>, per_day: Option<Usd>, ledger: Ledger, now: fn() -> SystemTime) -> Self {
        Self { account: Mutex::default(), settled: Notify::new(), per_run, per_day, ledger, now }
    }

    /// Whether anything limits what is spent.
    #[must_use]
    pub fn is_limited(&self) -> bool {
        self.per_run.is_some() || self.per_day.is_some()
    }

    /// What this run was billed.
    #[must_use]
    pub fn billed(&self) -> Usd {
        self.account().billed
    }

    /// What this run may have been billed besides: calls whose end is unknown.
    #[must_use]
    pub fn uncertain(&self) -> Usd {
        let account = self.account();
        account.spent.minus(account.billed)
    }

    /// Sets the worst case of a call aside; waits for calls under way where only they stand in the way.
    ///
    /// # Errors
    /// A limit leaves no room; the ledger cannot be used.
    pub async fn reserve(&self, worst: Usd) -> Result<Reservation<'_>, ProviderError> {
        loop {
            // Listens before it looks, so that no amount is settled unheard in between.
            let mut settled = pin!(self.settled.notified());
            settled.as_mut().enable();
            match self.try_reserve(worst)? {
                Ok(reservation) => return Ok(reservation),
                Err((limit, 0)) => return Err(limit.into()),
                Err(_) => settled.await,
            }
        }
    }

    /// A reservation, or the limit that stands in the way and the number of calls under way.
    fn try_reserve(&self, worst: Usd) -> Result<Result<Reservation<'_>, (LimitError, usize)>, LedgerError> {
        let mut account = self.account();
        if let Some(limit) = self.per_run.filter(|limit| account.spent.plus(worst) > *limit) {
            return Ok(Err((LimitError::Run { limit, worst, spent: account.spent }, account.under_way)));
        }
        let day = Day::of((self.now)());
        if worst > Usd::ZERO {
            let fits = |spent: Usd| self.per_day.is_none_or(|limit| spent.plus(worst) <= limit);
            let spent = self.ledger.change(&day, |spent| fits(spent).then(|| spent.plus(worst)))?;
            if let Some(limit) = self.per_day.filter(|_| !fits(spent)) {
                return Ok(Err((LimitError::Day { limit, worst, spent }, account.under_way)));
            }
        }
        account.spent += worst;
        account.under_way += 1;
        Ok(Ok(Reservation { purse: self, worst, day, is_open: true }))
    }

    fn account(&self) -> MutexGuard<'_, Account> {
        // Amounts are whole at any moment, so that a panic elsewhere leaves nothing to repair.
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An amount that was set aside. Dropped without a word it counts as spent.
#[derive(Debug)]
pub struct Reservation<'a> {
    purse: &'a Purse,
    worst: Usd,
    day: Day,
    is_open: bool,
}

impl Reservation<'_> {
    /// Says what was billed.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn settle(mut self, billed: Usd) -> Result<(), LedgerError> {
        self.is_open = false;
        let corrected = |spent: Usd| spent.minus(self.worst).plus(billed);
        let mut account = self.purse.account();
        account.spent = corrected(account.spent);
        account.billed += billed;
        account.under_way -= 1;
        let written = if self.worst == billed { Ok(()) } else { self.correct_day(corrected) };
        drop(account);
        self.purse.settled.notify_waiters();
        written
    }

    /// Says that nothing was billed.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn release(self) -> Result<(), LedgerError> {
        self.settle(Usd::ZERO)
    }

    fn correct_day(&self, corrected: impl FnOnce(Usd) -> Usd) -> Result<(), LedgerError> {
        self.purse.ledger.change(&self.day, |spent| Some(corrected(spent))).map(|_| ())
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        if self.is_open {
            self.purse.account().under_way -= 1;
            self.purse.settled.notify_waiters();
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::time::UNIX_EPOCH;

    use futures::FutureExt;
    use proptest::prelude::*;

    use super::*;

    fn epoch() -> SystemTime {
        UNIX_EPOCH
    }

    fn nano(amount: u64) -> Usd {
        Usd::of_nano(amount)
    }

    fn purse(folder: &std::path::Path, per_run: Option<u64>, per_day: Option<u64>) -> Purse {
        Purse::new(per_run.map(nano), per_day.map(nano), Ledger::new(folder.to_owned()), epoch)
    }

    fn reserve(purse: &Purse, worst: u64) -> Option<Result<Reservation<'_>, ProviderError>> {
        purse.reserve(nano(worst)).now_or_never()
    }

    #[test]
    fn calls_wait_for_room() {
        let folder = tempfile::tempdir().unwrap();
        let purse = purse(folder.path(), Some(10), None);
        let first = reserve(&purse, 8).unwrap().unwrap();
        let mut second = Box::pin(purse.reserve(nano(5)));
        assert!(second.as_mut().now_or_never().is_none(), "the first may yet cost less");
        first.settle(nano(3)).unwrap();
        second.now_or_never().unwrap().unwrap().settle(nano(5)).unwrap();
        let refused = reserve(&purse, 3).unwrap().unwrap_err().to_string();
        assert!(refused.starts_with("the limit of 0.0000000 USD for a run leaves no room"), "{refused}");
        reserve(&purse, 2).unwrap().unwrap().release().unwrap();
        assert_eq!((purse.billed(), purse.uncertain()), (nano(8), Usd::ZERO));
    }

    #[test]
    fn a_call_whose_end_is_unknown_counts_whole() {
        let folder = tempfile::tempdir().unwrap();
        let first = purse(folder.path(), Some(10), Some(12));
        drop(reserve(&first, 8).unwrap().unwrap());
        assert_eq!((first.billed(), first.uncertain()), (Usd::ZERO, nano(8)));
        assert!(reserve(&first, 3).unwrap().is_err());
        let next = purse(folder.path(), Some(10), Some(12));
        assert!(matches!(
            reserve(&next, 5).unwrap().unwrap_err(),
            ProviderError::Limit(LimitError::Day { spent, .. }) if spent == nano(8)
        ));
        assert!(reserve(&next, 4).unwrap().is_ok());
    }

    proptest! {
        #[test]
        fn limits_are_never_passed(
            calls in proptest::collection::vec((0_u64..40, 0.0..=1.0_f64, 0_u8..3), 1..40),
            per_run in 0_u64..200,
            per_day in 0_u64..200,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let purse = purse(folder.path(), Some(per_run), Some(per_day));
            let (mut open, mut billed) = (Vec::new(), 0);
            for (worst, share, end) in calls {
                if let Some(Ok(reservation)) = reserve(&purse, worst) {
                    open.push((reservation, worst, share));
                }
                if end == 0 || open.len() > 5 {
                    continue;
                }
                if let Some((reservation, worst, share)) = open.pop() {
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small number")]
                    let cost = (worst as f64 * share) as u64;
                    if end == 1 {
                        reservation.settle(nano(cost)).unwrap();
                        billed += cost;
                    } else {
                        drop(reservation);
                        billed += worst;
                    }
                }
                let under_way: u64 = open.iter().map(|(_, worst, _)| worst).sum();
                prop_assert!(billed + under_way <= per_run.min(per_day));
                let today = purse.ledger.spent(&Day::of(epoch())).unwrap();
                prop_assert_eq!(today, nano(billed + under_way));
            }
        }
    }
}
