//! What an unloaded model leaves behind: nothing. Alone in its process, whose threads and memory it counts.

#[cfg(all(test, target_os = "linux"))]
#[expect(clippy::unwrap_used, reason = "tests")]
mod linux {
    use std::num::NonZeroUsize;
    use std::path::Path;
    use std::time::Duration;

    use compressor::engine::Cancel;
    use compressor::model::ModelSource;
    use compressor::pipeline::{Compressor, Document, ModelState, Runtime};
    use compressor::policy::{Level, Policy};

    const TEXT: &str =
        "The service, which had been running for quite some time, did not answer on Tuesday, which was a surprise.";

    fn threads() -> usize {
        std::fs::read_dir("/proc/self/task").unwrap().count()
    }

    /// Memory in use, in KiB.
    fn resident() -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    #[test]
    fn threads_and_memory_are_given_back() {
        let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/embedded");
        let runtime = Runtime { lanes: NonZeroUsize::new(3).unwrap(), clock: || Duration::ZERO };
        let compressor = Compressor::new(ModelSource::Folder(model), runtime);
        let before = threads();
        let mut settled = 0;
        for round in 0..6 {
            let document = Document { text: TEXT, name: None, language: None };
            let result = compressor.compress(&document, &Policy::new(Level::Balanced), &Cancel::new()).unwrap();
            assert!(result.receipt.tokens.after < result.receipt.tokens.before);
            assert_eq!(threads(), before + 3);
            let loaded = resident();
            compressor.unload();
            assert_eq!(compressor.model_state(), ModelState::Unloaded);
            assert_eq!(threads(), before, "in round {round}");
            let unloaded = resident();
            assert!(unloaded + (15 << 10) < loaded, "{loaded} KiB with the model, {unloaded} KiB without");
            // What the program needs once, it has after two rounds.
            if round == 1 {
                settled = unloaded;
            }
            assert!(
                round < 2 || unloaded < settled + (2 << 10),
                "{settled} KiB after two rounds, {unloaded} KiB in round {round}"
            );
        }
    }
}
