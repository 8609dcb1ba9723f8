//! Numbers of a sample: percentiles, mean, and an interval for a share.

/// The value below which a share of the values lies, by the nearest rank.
#[must_use]
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let index = (share * values.len().saturating_sub(1) as f64).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index within the values")]
    values.get(index as usize).copied().unwrap_or(f64::NAN)
}

/// The value in the middle.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    percentile(values, 0.5)
}

/// The arithmetic mean.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that have it.
    pub having: usize,
    /// All of them.
    pub of: usize,
}

impl Share {
    /// Counts one more.
    pub fn add(&mut self, has: bool) {
        self.having += usize::from(has);
        self.of += 1;
    }

    /// Counts those of another.
    pub fn join(&mut self, other: Self) {
        self.having += other.having;
        self.of += other.of;
    }

    /// As a number in [0, 1]; 1 of none.
    #[must_use]
    pub fn value(self) -> f64 {
        if self.of == 0 { 1.0 } else { self.having as f64 / self.of as f64 }
    }

    /// The 95 % interval of Wilson (1927).
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        const Z: f64 = 1.96;
        let (n, p) = (self.of.max(1) as f64, self.value());
        let centre = p + Z * Z / (2.0 * n);
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        (((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0))
    }

    /// `95.1 %`; full only where none is missing.
    #[must_use]
    pub fn percent(self) -> String {
        let percent = if self.having < self.of { (self.value() * 100.0).min(99.99) } else { 100.0 };
        if percent > 99.9 && percent < 100.0 { format!("{percent:.2} %") } else { format!("{percent:.1} %") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_wilson() {
        let (low, high) = Share { having: 81, of: 263 }.interval();
        assert!((low - 0.2553).abs() < 1e-3 && (high - 0.3662).abs() < 1e-3, "{low} {high}");
    }

    #[test]
    fn percentiles_are_values_of_the_sample() {
        let values = [5.0, 1.0, 3.0];
        for (share, value) in [(0.0, 1.0), (0.5, 3.0), (1.0, 5.0)] {
            assert!((percentile(&values, share) - value).abs() < f64::EPSILON, "{share}");
        }
    }
}
