//! What was spent on a day, by all runs on this machine: a file per day.
//!
//! Invariants
//! - an amount is set aside on the disk before it can be spent, so that a run that is killed has not spent more than stands
//!   here (`tests::what_was_set_aside_stays_when_a_run_is_killed`);
//! - runs side by side count together (`tests::runs_side_by_side_count_together`);
//! - a file that cannot be read is an error, never nothing (`tests::a_ledger_that_cannot_be_read_is_not_taken_for_nothing`).
//!
//! Deliberately absent: whether an amount may be spent (`limit`).

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::cost::Usd;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// A folder with a file for each day.
#[derive(Clone, Debug)]
pub struct Ledger {
    folder: PathBuf,
}

/// Why the ledger cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// It cannot be read or written.
    #[error("cannot note what is spent in {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It holds something else.
    #[error("{} holds no amount of nano-dollars: correct it, or delete it to begin the day anew", path.display())]
    NoAmount {
        /// The file.
        path: PathBuf,
    },
}

/// A day in UTC, as its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day(String);

impl Day {
    /// The day of a moment.
    #[must_use]
    pub fn of(now: SystemTime) -> Self {
        let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let (year, month, day) = civil(seconds / DAY);
        Self(format!("{year:04}-{month:02}-{day:02}"))
    }
}

/// Year, month and day of a day since 1970-01-01; the algorithm is that of Howard Hinnant's `civil_from_days`.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

impl Ledger {
    /// The ledger in a folder, which is made when it is written to.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What was spent or set aside on a day.
    ///
    /// # Errors
    /// It cannot be read, or holds something else.
    pub fn spent(&self, day: &Day) -> Result<Usd, LedgerError> {
        read(&self.path(day))
    }

    /// Changes what was spent on a day, with no other run in between; `change` gives the new amount, or none to leave it.
    /// The amount that stood there is returned.
    ///
    /// # Errors
    /// It cannot be read or written, or holds something else.
    pub fn change(&self, day: &Day, change: impl FnOnce(Usd) -> Option<Usd>) -> Result<Usd, LedgerError> {
        let path = self.path(day);
        let failed = |source| LedgerError::Io { path: path.clone(), source };
        let lock = self.lock().map_err(failed)?;
        let before = read(&path)?;
        if let Some(after) = change(before) {
            replace(&path, after).map_err(failed)?;
        }
        drop(lock);
        Ok(before)
    }

    fn lock(&self) -> io::Result<File> {
        std::fs::create_dir_all(&self.folder)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(self.folder.join("lock"))?;
        lock.lock()?;
        Ok(lock)
    }

    fn path(&self, day: &Day) -> PathBuf {
        self.folder.join(format!("{}.nano-usd", day.0))
    }
}

fn read(path: &Path) -> Result<Usd, LedgerError> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let amount = text.trim().parse().map_err(|_| LedgerError::NoAmount { path: path.to_owned() })?;
            Ok(Usd::of_nano(amount))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Usd::ZERO),
        Err(source) => Err(LedgerError::Io { path: path.to_owned(), source }),
    }
}

/// Under the lock, so that one name for the new file does for all. Not synced, as `folder::write_whole` is: a call writes twice,
/// and what must outlive is the end of this process, not that of the machine.
fn replace(path: &Path, amount: Usd) -> io::Result<()> {
    let new = path.with_extension("new");
    File::create(&new)?.write_all(format!("{}\n", amount.nano()).as_bytes())?;
    std::fs::rename(&new, path)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::time::Duration;

    use super::*;

    fn day(seconds: u64) -> String {
        Day::of(UNIX_EPOCH + Duration::from_secs(seconds)).0
    }

    #[test]
    fn days_have_their_dates() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(951_782_399), "2000-02-28");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(1_795_651_199), "2026-11-25");
        assert_eq!(day(1_795_651_200), "2026-11-26");
        assert_eq!(day(4_107_542_400), "2100-03-01");
    }

    #[test]
    fn what_was_set_aside_stays_when_a_run_is_killed() {
        let folder = tempfile::tempdir().unwrap();
        let today = Day::of(UNIX_EPOCH);
        let killed = Ledger::new(folder.path().join("spending"));
        assert_eq!(killed.change(&today, |spent| Some(spent.plus(Usd::from_dollars(0.5)))).unwrap(), Usd::ZERO);
        drop(killed);
        let next = Ledger::new(folder.path().join("spending"));
        assert_eq!(next.spent(&today).unwrap(), Usd::from_dollars(0.5));
        assert_eq!(next.spent(&Day::of(UNIX_EPOCH + Duration::from_secs(DAY))).unwrap(), Usd::ZERO);
    }

    #[test]
    fn runs_side_by_side_count_together() {
        let folder = tempfile::tempdir().unwrap();
        let today = Day::of(UNIX_EPOCH);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let ledger = Ledger::new(folder.path().to_owned());
                    for _ in 0..50 {
                        ledger.change(&today, |spent| Some(spent.plus(Usd::of_nano(1)))).unwrap();
                    }
                });
            }
        });
        assert_eq!(Ledger::new(folder.path().to_owned()).spent(&today).unwrap(), Usd::of_nano(200));
    }

    #[test]
    fn a_ledger_that_cannot_be_read_is_not_taken_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::new(folder.path().to_owned());
        let today = Day::of(UNIX_EPOCH);
        std::fs::write(ledger.path(&today), "a lot").unwrap();
        let said = ledger.change(&today, Some).unwrap_err().to_string();
        assert!(said.contains("1970-01-01.nano-usd holds no amount"), "{said}");
    }
}
