//! The processor and the memory.

use super::{Finding, Subject};

/// The model, a context for each core and room to work.
const ENOUGH_MEMORY_MB: u64 = 300;

/// The instruction sets that the model's runtime is built for.
pub(super) fn processor(_: &Subject<'_>) -> Finding {
    #[cfg(target_arch = "x86_64")]
    {
        let sets = [
            ("avx2", is_x86_feature_detected!("avx2")),
            ("fma", is_x86_feature_detected!("fma")),
            ("f16c", is_x86_feature_detected!("f16c")),
            ("bmi2", is_x86_feature_detected!("bmi2")),
        ];
        let names = |wanted: bool| -> Vec<&str> {
            sets.iter().filter(|(_, there)| *there == wanted).map(|(name, _)| *name).collect()
        };
        let missing = names(false);
        if missing.is_empty() {
            return Finding::ok(names(true).join(", "));
        }
        Finding::failed(
            format!("lacks {}", missing.join(", ")),
            "use --engine structural, which needs no model, or build from source for this processor",
        )
    }
    #[cfg(not(target_arch = "x86_64"))]
    Finding::ok("no special instruction sets are needed")
}

pub(super) fn cores(subject: &Subject<'_>) -> Finding {
    match subject.surroundings.cores.get() {
        1 => Finding::warning("1 core: long texts take their time", "give this machine or container a second core"),
        cores => Finding::ok(format!("{cores} cores")),
    }
}

pub(super) fn memory(_: &Subject<'_>) -> Finding {
    match free_memory_mb() {
        None => Finding::ok("free memory is not measured on this system"),
        Some(free) if free >= ENOUGH_MEMORY_MB => Finding::ok(format!("{free} MB free")),
        Some(free) => Finding::warning(
            format!("{free} MB free, {ENOUGH_MEMORY_MB} MB are needed for a model"),
            "close other programs, raise the container's limit, or use --engine structural",
        ),
    }
}

/// The lesser of what the system has and what the container may still use.
fn free_memory_mb() -> Option<u64> {
    let system = std::fs::read_to_string("/proc/meminfo").ok().as_deref().and_then(available_kb).map(|kb| kb / 1024);
    let number = |path: &str| std::fs::read_to_string(path).ok()?.trim().parse::<u64>().ok();
    let container = number("/sys/fs/cgroup/memory.max")
        .zip(number("/sys/fs/cgroup/memory.current"))
        .map(|(most, used)| most.saturating_sub(used) >> 20);
    system.into_iter().chain(container).min()
}

fn available_kb(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn available_memory_is_read() {
        assert_eq!(available_kb("MemTotal:       8000 kB\nMemAvailable:    512000 kB\n"), Some(512_000));
        assert_eq!(available_kb("MemTotal:       8000 kB\n"), None);
    }
}
