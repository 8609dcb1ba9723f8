//! What the machine and the flags mean for the work. The only place besides `main` that reads environment and clock.
//!
//! Deliberately absent: anything that depends on a text.

use std::sync::Arc;

use compressor::engine::Cancel;

/// Facts about the machine, read once.
#[derive(Debug)]
pub struct Surroundings {
    /// What was typed, the program's name left out.
    pub command: Vec<String>,
    /// The wish to stop: Ctrl-C, or a signal to end.
    pub cancel: Arc<Cancel>,
}

impl Surroundings {
    /// Reads the environment, and listens to Ctrl-C from now on. To be called once.
    pub fn read() -> Self {
        let cancel = Arc::new(Cancel::new());
        let wish = Arc::clone(&cancel);
        // Where nothing can listen, Ctrl-C ends the program the hard way, and what was saved stays saved.
        let _ = ctrlc::set_handler(move || {
            if wish.is_cancelled() {
                // Pressed again: whoever waits for a slow disk wants out.
                std::process::exit(130);
            }
            wish.cancel();
        });
        Self {
            command: std::env::args_os().skip(1).map(|typed| typed.to_string_lossy().into_owned()).collect(),
            cancel,
        }
    }
}
