//! What a process takes while it runs: memory, and time on cores, as Linux tells of it in `/proc`.

use std::path::PathBuf;
use std::time::Duration;

/// `VmRSS`, in megabytes; `None` where the system does not tell.
#[must_use]
pub fn resident(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(PathBuf::from(format!("/proc/{process}/status"))).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1.024 / 1e3)
}

/// Time that the threads of a process have had a core, exact to a tick of the scheduler (1 to 4 ms), where
/// `/proc/PID/stat` has hundredths of a second; `None` where the system does not tell.
#[must_use]
pub fn on_cores(process: u32) -> Option<Duration> {
    let mut sum = Duration::ZERO;
    for thread in std::fs::read_dir(format!("/proc/{process}/task")).ok()?.flatten() {
        // A thread that ended meanwhile has no file.
        let Ok(line) = std::fs::read_to_string(thread.path().join("schedstat")) else { continue };
        sum += Duration::from_nanos(line.split(' ').next()?.parse().ok()?);
    }
    Some(sum)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory() {
        assert!(resident(std::process::id()).expect("Linux tells") > 1.0);
    }
}
