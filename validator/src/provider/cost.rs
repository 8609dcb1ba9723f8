//! What calls cost: exact sums of money, and prices by the token.
//!
//! Invariants
//! - sums are exact: an amount is a whole number of nano-dollars, and each call is rounded up to one
//!   (`tests::a_call_is_rounded_up_to_the_nano_dollar`);
//! - the worst case of a call is no less than what it can be billed (`tests::the_worst_case_bounds_every_bill`).

use std::fmt;
use std::iter::Sum;
use std::ops::AddAssign;

use super::{Request, Usage};

/// An amount of money in nano-dollars; it saturates and never wraps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Usd(u64);

/// Nano-dollars in a dollar.
const NANO: f64 = 1e9;

/// Tokens that providers put around a request at most: roles, the form of structured answers, a system prompt for it.
const AROUND: u64 = 1024;

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many dollars, rounded up to a nano-dollar; nothing if negative or no number.
    #[must_use]
    pub fn from_dollars(dollars: f64) -> Self {
        Self::from_nano((dollars * NANO).ceil())
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of floats saturates, and NaN becomes 0"
    )]
    fn from_nano(nano: f64) -> Self {
        Self(nano as u64)
    }

    /// In dollars.
    #[must_use]
    pub fn dollars(self) -> f64 {
        self.0 as f64 / NANO
    }

    pub(super) fn nano(self) -> u64 {
        self.0
    }

    pub(super) fn of_nano(nano: u64) -> Self {
        Self(nano)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Usd {
    fn add_assign(&mut self, other: Self) {
        *self = self.plus(other);
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Display for Usd {
    /// Cents and whole dollars as usual, smaller amounts with four figures that say something.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => out.write_str("0.00 USD"),
            1_000_000_000.. => write!(out, "{:.2} USD", self.dollars()),
            10_000_000.. => write!(out, "{:.4} USD", self.dollars()),
            _ => write!(out, "{:.7} USD", self.dollars()),
        }
    }
}

/// Prices of one model in USD per million tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// Of tokens going in.
    pub input: f64,
    /// Of tokens coming out, thinking included.
    pub output: f64,
    /// Of tokens going in that the provider had cached.
    pub cached: f64,
    /// From so many tokens going in, all prices are multiplied.
    pub long: Option<Long>,
}

/// The surcharge on long requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Long {
    /// More tokens going in than these.
    pub from: u64,
    /// What prices are multiplied by.
    pub factor: f64,
}

impl Price {
    /// For what runs on one's own machine.
    pub const FREE: Self = Self { input: 0.0, output: 0.0, cached: 0.0, long: None };

    /// What a call costs that counted so many tokens.
    #[must_use]
    pub fn of(&self, usage: Usage) -> Usd {
        let fresh = usage.input.saturating_sub(usage.cached);
        // USD per million tokens are thousands of nano-dollars per token.
        let nano =
            1e3 * (fresh as f64 * self.input + usage.cached as f64 * self.cached + usage.output as f64 * self.output);
        let factor = self.long.filter(|it| usage.input > it.from).map_or(1.0, |it| it.factor);
        // What floating point adds to a whole number is no nano-dollar.
        Usd::from_nano((nano * factor - 1e-6).ceil())
    }

    /// No less than what a request can be billed. No tokenizer in use counts more tokens than bytes; a schema is counted
    /// twice, since providers also describe it to the model.
    #[must_use]
    pub fn worst(&self, request: &Request, max_tokens: u32) -> Usd {
        let schema = request.schema.as_ref().map_or(0, |it| it.schema.to_string().len() * 2);
        let bytes = request.system.len() + request.user.len() + schema;
        let dearest = Self { input: self.input.max(self.cached), ..*self };
        dearest.of(Usage { input: bytes as u64 + AROUND, output: max_tokens.into(), cached: 0 })
    }
}

#[cfg(test)]
mod tests {
    use compressor::tokens::Tokenizer;
    use proptest::prelude::*;

    use super::*;
    use crate::provider::tests::request;

    const PRICE: Price =
        Price { input: 0.15, output: 0.6, cached: 0.075, long: Some(Long { from: 200_000, factor: 2.0 }) };

    #[test]
    fn a_call_is_rounded_up_to_the_nano_dollar() {
        let cost = |input, output, cached| PRICE.of(Usage { input, output, cached }).nano();
        assert_eq!(cost(1_000_000, 0, 0), 2 * 150_000_000);
        assert_eq!(cost(200_000, 1_000_000, 0), 630_000_000);
        assert_eq!(cost(1, 0, 0), 150);
        assert_eq!(cost(1, 0, 1), 75);
        let third = Price { input: 0.0333, ..Price::FREE };
        assert_eq!(third.of(Usage { input: 1, output: 0, cached: 0 }).nano(), 34);
    }

    #[test]
    fn amounts_are_shown_in_figures_that_say_something() {
        let shown = |dollars| Usd::from_dollars(dollars).to_string();
        assert_eq!(shown(12.345), "12.35 USD");
        assert_eq!(shown(0.12345), "0.1235 USD");
        assert_eq!(shown(0.000_123_4), "0.0001234 USD");
        assert_eq!(shown(0.0), "0.00 USD");
        assert_eq!(shown(f64::NAN), "0.00 USD");
        assert_eq!(shown(-1.0), "0.00 USD");
    }

    proptest! {
        #[test]
        fn the_worst_case_bounds_every_bill(system in ".{0,80}", user in "\\PC{0,400}", output in 0_u32..500, cached in 0.0..=1.0_f64) {
            let mut request = request("local:model", &user);
            request.system = system;
            let tokens = |text: &str| Tokenizer::Claude.count(text) as u64;
            let input = tokens(&request.system) + tokens(&request.user) + 600;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small number")]
            let cached = (input as f64 * cached) as u64;
            let billed = PRICE.of(Usage { input, output: output.into(), cached });
            prop_assert!(billed <= PRICE.worst(&request, 500));
        }
    }
}
