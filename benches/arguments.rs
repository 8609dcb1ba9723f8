//! Arguments of a bench, after `--`: `cargo bench -p benches --bench prose -- --rows 20`.

/// The number after a flag, else `default`.
///
/// # Panics
/// Where no number follows the flag.
#[must_use]
pub fn number(flag: &str, default: usize) -> usize {
    let mut arguments = std::env::args().skip_while(|argument| argument != flag);
    match arguments.next() {
        Some(_) => arguments.next().and_then(|value| value.parse().ok()).expect("a number follows the flag"),
        None => default,
    }
}
