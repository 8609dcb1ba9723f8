//! The distributions that the tests need, from `statrs`, under the names that the formulas use.

use statrs::distribution::{Binomial, ContinuousCDF, Discrete, DiscreteCDF, Normal, StudentsT};

/// The share of a standard normal distribution below `z`.
pub(super) fn normal_below(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// The value below which the share `p` of a standard normal distribution lies; infinite at 0 and 1.
pub(super) fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        f64::NEG_INFINITY
    } else if p >= 1.0 {
        f64::INFINITY
    } else {
        Normal::standard().inverse_cdf(p)
    }
}

/// The share of Student's t distribution below `t`; `freedom` is positive.
pub(super) fn t_below(t: f64, freedom: f64) -> f64 {
    student(freedom).cdf(t)
}

/// The value below which the share `p`, between 0 and 1, of Student's t distribution lies; `freedom` is positive.
pub(super) fn t_quantile(p: f64, freedom: f64) -> f64 {
    // The inverse of the library is good to about 1e-6 far out: Newton's method takes it to the end of the digits.
    let student = student(freedom);
    let mut t = student.inverse_cdf(p);
    for _ in 0..4 {
        let density = statrs::distribution::Continuous::pdf(&student, t);
        let step = (student.cdf(t) - p) / density;
        if !step.is_finite() {
            break;
        }
        t -= step;
    }
    t
}

/// The chance of `k` heads or fewer in `n` throws of a fair coin.
pub(super) fn coin_at_most(k: u64, n: u64) -> f64 {
    coin(n).cdf(k)
}

/// The chance of exactly `k` heads in `n` throws of a fair coin.
pub(super) fn coin_exactly(k: u64, n: u64) -> f64 {
    coin(n).pmf(k)
}

fn student(freedom: f64) -> StudentsT {
    StudentsT::new(0.0, 1.0, freedom).expect("the callers have at least one degree of freedom")
}

fn coin(n: u64) -> Binomial {
    Binomial::new(0.5, n).expect("one half is a probability")
}
