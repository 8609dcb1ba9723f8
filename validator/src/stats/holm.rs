//! Holm's adjustment: p values of several comparisons, raised so that the chance of any false alarm among them stays what
//! one comparison has (Holm, "A simple sequentially rejective multiple test procedure", 1979).

/// The adjusted p values, in the order of the given ones.
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut least = 0.0_f64;
    for (rank, &index) in order.iter().enumerate() {
        least = least.max(p_values[index] * (p_values.len() - rank) as f64).min(1.0);
        adjusted[index] = least;
    }
    adjusted
}
