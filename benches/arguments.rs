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

/// Whether a flag is there.
#[must_use]
pub fn has(flag: &str) -> bool {
    std::env::args().any(|argument| argument == flag)
}

/// What stands after a flag, cut at commas; empty without the flag.
///
/// # Panics
/// Where nothing follows the flag.
#[must_use]
pub fn list(flag: &str) -> Vec<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != flag);
    match arguments.next() {
        Some(_) => arguments.next().expect("a list follows the flag").split(',').map(str::to_owned).collect(),
        None => Vec::new(),
    }
}
