//! When to try again: after the time that the provider asks for, or after a wait that doubles and is never twice the same.
//!
//! Invariants
//! - a wait that the provider asks for is kept, if it is no longer than the longest
//!   (`tests::the_wait_that_is_asked_for_is_kept`);
//! - waits depend on a seed that is passed in, and on nothing else (`tests::waits_double_up_to_the_longest_and_are_spread`).

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use futures::future::BoxFuture;
use reqwest::header::HeaderMap;

use super::ProviderError;
use super::settings::RetrySettings;

/// A way to wait.
pub type Wait = Arc<dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync>;

/// How often and how long to try.
#[derive(Clone)]
pub(super) struct Retry {
    pub settings: RetrySettings,
    pub wait: Wait,
}

/// The waits of one call.
pub(super) struct Waits {
    planned: ExponentialBackoff,
    longest: Duration,
}

impl Retry {
    /// The waits of a call. The seed spreads those of calls that failed together.
    pub(super) fn waits(&self, seed: u64) -> Waits {
        let longest = Duration::from_secs_f64(self.settings.longest_wait_seconds);
        // Jitter adds up to as much again, so that half of the longest is the most to plan for.
        let most = longest / 2;
        let planned = ExponentialBuilder::new()
            .with_min_delay(Duration::from_secs_f64(self.settings.first_wait_seconds).min(most))
            .with_max_delay(most)
            .with_max_times(self.settings.attempts - 1)
            .with_jitter()
            .with_jitter_seed(seed)
            .build();
        Waits { planned, longest }
    }
}

impl Waits {
    /// How long to wait before the next try; `None` where there is none: it cannot succeed, the provider asks for too much
    /// time, or it was tried often enough.
    pub(super) fn after(&mut self, error: &ProviderError) -> Option<Duration> {
        let asked = error.retry_after().unwrap_or_default();
        if !error.is_transient() || asked > self.longest {
            return None;
        }
        self.planned.next().map(|planned| planned.max(asked))
    }
}

/// The wait that headers ask for: `retry-after-ms`, or `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). A date is
/// compared with the answer's own, since this machine's clock may be wrong.
pub(super) fn asked_for(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let number = |name: &str| text(name)?.parse::<f64>().ok();
    if let Some(milliseconds) = number("retry-after-ms") {
        return Duration::try_from_secs_f64(milliseconds / 1e3).ok();
    }
    if let Some(seconds) = number("retry-after") {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(text("retry-after")?).ok()?;
    let now = text("date").and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use futures::FutureExt;
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn failing(status: u16, retry_after: Option<u64>) -> ProviderError {
        ProviderError::Status {
            model: "openai:gpt-4o".parse().unwrap(),
            status,
            said: String::new(),
            retry_after: retry_after.map(Duration::from_secs),
            is_out_of_funds: false,
        }
    }

    /// The waits of a call that fails each time.
    fn waits(seed: u64, error: impl Fn() -> ProviderError) -> Vec<Duration> {
        let retry =
            Retry { settings: RetrySettings::default(), wait: Arc::new(|_| futures::future::ready(()).boxed()) };
        let mut waits = retry.waits(seed);
        std::iter::from_fn(|| waits.after(&error())).collect()
    }

    #[test]
    fn waits_double_up_to_the_longest_and_are_spread() {
        let first = waits(1, || failing(500, None));
        assert_eq!(first.len(), 5);
        for (wait, planned) in first.iter().zip([1_u64, 2, 4, 8, 16]) {
            assert!((planned..=2 * planned).contains(&wait.as_secs()), "{wait:?} around {planned} s");
        }
        assert_eq!(first, waits(1, || failing(500, None)));
        assert_ne!(first, waits(2, || failing(500, None)));
    }

    #[test]
    fn the_wait_that_is_asked_for_is_kept() {
        let asked = waits(1, || failing(429, Some(30)));
        assert_eq!(asked.len(), 5);
        assert!(asked.iter().all(|wait| wait.as_secs() >= 30), "{asked:?}");
        assert!(waits(1, || failing(429, Some(3600))).is_empty(), "an hour is not waited for");
    }

    #[test]
    fn what_cannot_succeed_is_not_tried_again() {
        assert!(waits(1, || failing(401, None)).is_empty());
        assert!(waits(1, || failing(404, None)).is_empty());
    }

    #[test]
    fn every_form_of_the_header_is_read() {
        let asked = |lines: &[(&'static str, &'static str)]| {
            let entries =
                lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            asked_for(&entries.collect(), SystemTime::UNIX_EPOCH)
        };
        assert_eq!(asked(&[("retry-after", "12")]), Some(Duration::from_secs(12)));
        assert_eq!(asked(&[("retry-after", "1"), ("retry-after-ms", "250")]), Some(Duration::from_millis(250)));
        let date = ("date", "Wed, 25 Nov 2026 12:00:00 GMT");
        assert_eq!(asked(&[("retry-after", "Wed, 25 Nov 2026 12:00:20 GMT"), date]), Some(Duration::from_secs(20)));
        assert_eq!(asked(&[("retry-after", "Wed, 25 Nov 2026 11:00:00 GMT"), date]), Some(Duration::ZERO));
        for nothing in ["soon", "-1", "inf", ""] {
            assert_eq!(asked(&[("retry-after", nothing)]), None, "{nothing}");
        }
    }
}
