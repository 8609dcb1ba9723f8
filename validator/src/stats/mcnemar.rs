//! `McNemar`'s test: whether two ways to do a thing pass equally often on the same examples.
//!
//! Only examples that one passed and the other failed tell them apart. The exact test asks how likely so uneven a
//! division of them would be by throws of a coin; the mid-p form (Fagerland, Lydersen and Laake, "The `McNemar` test for
//! binary matched-pairs data: mid-p and asymptotic are better than exact conditional", 2013) is less cautious.
//!
//! It takes each example as independent. Where documents have several, the permutation test is the one to go by.

use serde::{Deserialize, Serialize};

use super::special::{coin_at_most, coin_exactly};

/// The result of the test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct McNemar {
    /// Examples that both passed or both failed.
    pub agreeing: u64,
    /// Examples that only the first passed.
    pub only_first: u64,
    /// Examples that only the second passed.
    pub only_second: u64,
    /// Two-sided p of the exact test.
    pub exact_p: f64,
    /// Two-sided mid-p.
    pub mid_p: f64,
}

/// Compares two outcomes of each example.
pub fn mcnemar(outcomes: impl IntoIterator<Item = (bool, bool)>) -> McNemar {
    let (mut agreeing, mut only_first, mut only_second) = (0, 0, 0);
    for outcome in outcomes {
        match outcome {
            (true, false) => only_first += 1,
            (false, true) => only_second += 1,
            _ => agreeing += 1,
        }
    }
    let (fewer, all) = (only_first.min(only_second), only_first + only_second);
    let two_sided = 2.0 * coin_at_most(fewer, all);
    McNemar {
        agreeing,
        only_first,
        only_second,
        exact_p: two_sided.min(1.0),
        mid_p: (two_sided - coin_exactly(fewer, all)).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_that_agree_decide_nothing() {
        let result = mcnemar([(true, true), (false, false), (true, true)]);
        assert_eq!((result.agreeing, result.only_first, result.only_second), (3, 0, 0));
        assert!((result.exact_p - 1.0).abs() < 1e-12 && (result.mid_p - 1.0).abs() < 1e-12, "{result:?}");
        assert!((mcnemar([]).mid_p - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_two_sides_are_alike() {
        let one = mcnemar([(true, false), (true, false), (true, false), (false, true)]);
        let other = mcnemar([(false, true), (false, true), (false, true), (true, false)]);
        assert_eq!(one.exact_p.to_bits(), other.exact_p.to_bits());
        // 2 * (1 + 4) / 16.
        assert!((one.exact_p - 0.625).abs() < 1e-12);
    }
}
