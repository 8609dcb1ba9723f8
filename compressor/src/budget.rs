//! Meets a budget from below.
//!
//! What may be dropped is put in an order, best first; keeping the first `k` of it gives a text of `measure(k)` tokens.
//! Since tokens merge over word borders, `measure` need not grow with `k`: the search goes down a grid of `k`s from a bound
//! that only grows with the budget, and takes the first that fits.
//!
//! Invariants
//! - the result never counts more than the budget, if the smallest text does not (`tests::never_over_and_never_less_for_more`);
//! - more budget never keeps less (the same test);
//! - `measure` is called a few times, whatever the length (`tests::measures_rarely`).

/// Points of the grid: steps of at most 0.2 % of what may be dropped.
const GRID: usize = 512;
/// Points above the estimate where the search begins.
const SLACK: usize = 3;

/// Points of the grid where a text may be smaller than without any candidate.
const FEW: usize = 8;

/// How many of the ordered candidates stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    /// The first so many of the order.
    pub(crate) count: usize,
    /// Tokens of the text with them.
    pub(crate) tokens: usize,
}

/// Finds how many candidates fit; `costs` are their estimated tokens, best candidate first.
///
/// Where nothing fits, the answer is the smallest text, over the budget: that with none of them, or, since tokens merge, with
/// one of the first few.
pub(crate) fn fit(costs: &[usize], budget: usize, mut measure: impl FnMut(usize) -> usize) -> Fit {
    let all = measure(costs.len());
    if all <= budget {
        return Fit { count: costs.len(), tokens: all };
    }
    let least = measure(0);
    let grid = grid(costs);
    let total: usize = costs.iter().sum();
    let span = all.saturating_sub(least) as f64;
    let estimate = |spent: usize| least as f64 + span * spent as f64 / total.max(1) as f64;
    let fitting = grid.partition_point(|&(_, spent)| estimate(spent) <= budget as f64);
    let highest = (fitting + SLACK).min(grid.len());
    for &(count, _) in grid[..highest].iter().rev() {
        let tokens = measure(count);
        if tokens <= budget {
            return Fit { count, tokens };
        }
    }
    let few = grid.iter().take(FEW).map(|&(count, _)| Fit { count, tokens: measure(count) });
    let none = Fit { count: 0, tokens: least };
    // More of them do not make up for a single token.
    few.fold(none, |smallest, fit| if fit.tokens < smallest.tokens { fit } else { smallest })
}

/// Counts at about equal steps of cost, with the cost up to there; without none and all.
fn grid(costs: &[usize]) -> Vec<(usize, usize)> {
    let total: usize = costs.iter().sum();
    let step = (total / GRID).max(1);
    let mut grid = Vec::with_capacity(GRID + 1);
    let (mut spent, mut due) = (0, step);
    for (index, cost) in costs.iter().enumerate().take(costs.len().saturating_sub(1)) {
        spent += cost;
        if spent >= due {
            grid.push((index + 1, spent));
            due = spent + step;
        }
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_over_and_never_less_for_more(costs in proptest::collection::vec(0_usize..4, 0..600), noise in proptest::collection::vec(0_usize..3, 601), base in 0_usize..50) {
            let measure = |count: usize| base + costs[..count].iter().sum::<usize>() + noise[count];
            let mut before = 0;
            for budget in (0..costs.iter().sum::<usize>() + base + 10).step_by(7) {
                let Fit { count, tokens } = fit(&costs, budget, measure);
                prop_assert_eq!(tokens, measure(count));
                // What is over the budget is the smallest text there is, which the noise puts among the first few.
                let over = tokens > budget;
                prop_assert!(!over || tokens <= measure(0));
                prop_assert!(over || count >= before, "{} then {} for {}", before, count, budget);
                before = if over { before } else { count };
            }
        }
    }

    #[test]
    fn measures_rarely() {
        let costs = vec![1; 100_000];
        let mut calls = 0;
        let fitted = fit(&costs, 50_000, |count| {
            calls += 1;
            count
        });
        assert!(fitted.tokens <= 50_000 && fitted.tokens > 49_700, "{fitted:?}");
        assert!(calls < 10, "{calls}");
    }

    #[test]
    fn where_nothing_fits_the_smallest_text_is_taken() {
        // Two words count less than one of them, since their tokens merge.
        let sizes = [3, 2, 3, 5];
        let fitted = |budget| fit(&[1, 1, 1], budget, |count| sizes[count]);
        assert_eq!(fitted(1), Fit { count: 1, tokens: 2 });
        assert_eq!(fitted(2), Fit { count: 1, tokens: 2 });
        assert_eq!(fitted(5), Fit { count: 3, tokens: 5 });
    }
}
