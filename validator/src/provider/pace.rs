//! Calls that may begin in a minute, evenly spread: what a provider allows, where the settings say it.
//!
//! Invariants
//! - calls begin no closer than their share of a minute (`tests::calls_are_spread_over_the_minute`).

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use super::retry::Wait;

/// The pace of one provider.
#[derive(Debug)]
pub(super) struct Pace {
    limiter: RateLimiter<NotKeyed, InMemoryState, Passed, NoOpMiddleware<Duration>>,
    clock: Passed,
}

/// The clock that was passed down, as the limiter asks for it.
#[derive(Clone, Copy, Debug)]
struct Passed(fn() -> Duration);

impl Clock for Passed {
    type Instant = Duration;

    fn now(&self) -> Duration {
        (self.0)()
    }
}

impl Pace {
    pub(super) fn new(per_minute: NonZeroU32, clock: fn() -> Duration) -> Self {
        let clock = Passed(clock);
        let quota = Quota::per_minute(per_minute).allow_burst(NonZeroU32::MIN);
        Self { limiter: RateLimiter::direct_with_clock(quota, clock), clock }
    }

    /// Waits until a call may begin.
    pub(super) async fn keep(&self, wait: &Wait) {
        while let Err(early) = self.limiter.check() {
            wait(early.wait_time_from(self.clock.now())).await;
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use futures::FutureExt;
    use futures::executor::block_on;

    use super::*;

    static NOW: AtomicU64 = AtomicU64::new(0);

    fn clock() -> Duration {
        Duration::from_millis(NOW.load(Ordering::Relaxed))
    }

    #[test]
    fn calls_are_spread_over_the_minute() {
        let wait: Wait = Arc::new(|duration: Duration| {
            let milliseconds = u64::try_from(duration.as_micros().div_ceil(1000)).unwrap();
            NOW.fetch_add(milliseconds, Ordering::Relaxed);
            futures::future::ready(()).boxed()
        });
        let pace = Pace::new(NonZeroU32::new(30).unwrap(), clock);
        let begun: Vec<_> = (0..4)
            .map(|_| {
                block_on(pace.keep(&wait));
                clock().as_secs()
            })
            .collect();
        assert_eq!(begun, [0, 2, 4, 6]);
    }
}
