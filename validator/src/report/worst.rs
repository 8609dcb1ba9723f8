//! The worst examples of each system, with their texts, so that a reader sees what a bad figure means.
//!
//! Worst is what did not pass, then what is least good by the measure of quality, then what lost most atoms.
//!
//! Invariants
//! - no more than [`KEPT`] of a system are in memory, whatever the size of the run (`tests::only_the_worst_are_kept`).

use super::gather::{Row, quality_of};
use crate::record::{Example, Measure};

/// How many are kept of each system.
pub const KEPT: usize = 8;

/// The worst so far, of each system the worst first.
#[derive(Debug, Default)]
pub struct Worst {
    by_system: Vec<Vec<Case>>,
}

/// An example and how bad it is.
#[derive(Debug)]
pub struct Case {
    /// The example.
    pub example: Example,
    /// The measure that it was judged by, with its value.
    pub quality: Option<(Measure, f64)>,
}

impl Worst {
    /// Keeps the example if it is among the worst.
    pub(super) fn add(&mut self, row: &Row, example: Example) {
        while self.by_system.len() <= row.system {
            self.by_system.push(Vec::new());
        }
        let cases = &mut self.by_system[row.system];
        let quality = quality_of(&row.measures).map(|measure| (measure, row.measures[&measure]));
        let case = Case { example, quality };
        // Of examples that are equally bad, the first ones stay.
        let place = cases.partition_point(|kept| !case.is_worse_than(kept));
        if place < KEPT {
            cases.truncate(KEPT - 1);
            cases.insert(place, case);
        }
    }

    /// The worst of one system.
    #[must_use]
    pub fn of(&self, system: usize) -> &[Case] {
        self.by_system.get(system).map_or(&[], Vec::as_slice)
    }
}

impl Case {
    fn is_worse_than(&self, other: &Case) -> bool {
        let key = |case: &Case| (case.example.verdict.passed, case.quality.map_or(f64::INFINITY, |(_, value)| value));
        let (this, that) = (key(self), key(other));
        (this.0.cmp(&that.0))
            .then(this.1.total_cmp(&that.1))
            .then(other.example.lost.len().cmp(&self.example.lost.len()))
            .is_lt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::gather::Gathered;
    use super::*;
    use crate::record::Measures;
    use crate::record::tests::example;

    #[test]
    fn only_the_worst_are_kept() {
        let mut gathered = Gathered::new(&[]);
        for index in 0..100_u32 {
            let mut it = example(&index.to_string());
            it.answers.clear();
            it.verdict.passed = index % 2 == 0;
            it.measures = Measures::from([(Measure::Cosine, f64::from(index * 37 % 100) / 100.0)]);
            gathered.add(it);
        }
        let worst = gathered.worst.of(0);
        assert_eq!(worst.len(), KEPT);
        assert!(worst.iter().all(|case| !case.example.verdict.passed));
        let values: Vec<_> = worst.iter().filter_map(|case| case.quality).map(|(_, value)| value).collect();
        assert!(values.is_sorted() && values[KEPT - 1] < 0.2, "{values:?}");
        assert!(gathered.worst.of(7).is_empty());
    }
}
