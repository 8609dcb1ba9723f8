//! Other processes that keep every core busy for as long as a value lives.

use std::process::{Child, Command, Stdio};

use crate::machine::cores;

/// Busy processes, one for each core; they end with the value.
pub struct Busy(Vec<Child>);

impl Busy {
    /// Starts a shell that counts nothing, for each core.
    ///
    /// # Panics
    /// Where `sh` cannot be started.
    #[must_use]
    pub fn every_core() -> Self {
        let spin = || {
            let mut shell = Command::new("sh");
            shell.args(["-c", "while :; do :; done"]).stdin(Stdio::null()).spawn().expect("every Unix has sh")
        };
        Self((0..cores().get()).map(|_| spin()).collect())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // One that has ended by itself needs no end.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
