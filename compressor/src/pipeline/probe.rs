//! Proves a model on a text of ours before any text of the user's is given to it.
//!
//! Invariants
//! - a model whose scores are no numbers, or that leaves nothing or loses an atom, is refused
//!   (`tests::a_model_that_answers_nonsense_is_refused`).
//!
//! Deliberately absent: how well it chooses, which the benchmarks measure.

use super::{Compressor, Document, life};
use crate::engine::Cancel;
use crate::error::CompressError;
use crate::model::ModelError;
use crate::policy::{Level, Policy};
use crate::receipt::ModelRecord;

/// Wordy, with atoms of many categories, and a comment within code.
const PROBE: &str = "On Tuesday the payment service, which had been running for quite some time without any trouble at \
all, answered 1,204 of the requests with HTTP status 504. It must not be restarted while the migration is still running, \
because that would leave `orders_v2` in a state that is only partly written, as Maria Lindqvist explained in her report.\n\n\
```python\n# This is the limit in seconds that the gateway really waits for an answer from the service.\nLIMIT = 30\n```\n\n\
In order to see what is going on, run `systemctl status payments` and have a look at /var/log/payments.log first.\n";

impl Compressor {
    /// Loads the model and has it compress a text of ours: whether it can be trusted with others.
    ///
    /// # Errors
    /// A model that cannot be loaded or run here, one that answers nonsense, or a stop by `cancel`.
    pub fn prove(&self, cancel: &Cancel) -> Result<ModelRecord, CompressError> {
        let tagger = self.life.tagger()?;
        let record = life::record(&tagger);
        let failed = |reason: &str| {
            CompressError::Model(ModelError::Probe { name: record.name.clone(), reason: reason.to_owned() })
        };
        if tagger.scores(PROBE, cancel)?.iter().any(|score| !(0.0..=1.0).contains(&score.keep)) {
            return Err(failed("its scores are no probabilities"));
        }
        let document = Document { text: PROBE, name: None, language: None };
        let result = self.compress(&document, &Policy::new(Level::Balanced), cancel)?;
        if result.text.trim().is_empty() {
            return Err(failed("nothing is left of the text"));
        }
        if result.receipt.lost() > 0 {
            return Err(failed("an atom of the text is lost"));
        }
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::path::Path;
    use std::time::Duration;

    use super::super::{ModelState, Runtime};
    use super::*;
    use crate::engine::{Adapter, Encoder, EngineError, Sink};
    use crate::model::ModelSource;

    const RUNTIME: Runtime = Runtime { lanes: NonZeroUsize::MIN, clock: || Duration::ZERO };

    fn source() -> ModelSource {
        ModelSource::Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/embedded"))
    }

    /// Answers every token with the same value.
    struct Constant(f32);

    impl Encoder for Constant {
        fn width(&self) -> usize {
            384
        }

        fn window(&self) -> usize {
            256
        }

        fn encode(&self, windows: &[Vec<u32>], _: Adapter, _: &Cancel, sink: &mut Sink<'_>) -> Result<(), EngineError> {
            for (index, tokens) in windows.iter().enumerate() {
                sink(index, &vec![self.0; tokens.len() * self.width()]);
            }
            Ok(())
        }
    }

    #[test]
    fn the_embedded_model_is_proved() {
        let compressor = Compressor::new(source(), RUNTIME);
        let record = compressor.prove(&Cancel::new()).expect("it is the one in use");
        assert_eq!(compressor.model_state(), ModelState::Loaded(record));
        let document = Document { text: PROBE, name: None, language: None };
        let result = compressor.compress(&document, &Policy::new(Level::Balanced), &Cancel::new()).expect("works");
        assert!(result.receipt.tokens.ratio() < 0.9, "the probe gives it something to drop: {}", result.text);
    }

    #[test]
    fn a_model_that_answers_nonsense_is_refused() {
        let prove = |value| {
            let compressor = Compressor::with_encoder(source(), RUNTIME, Box::new(Constant(value))).expect("whole");
            compressor.prove(&Cancel::new())
        };
        assert!(prove(0.0).is_ok(), "whatever is a number leaves a text under the guard");
        for value in [f32::NAN, f32::INFINITY] {
            let error = prove(value).expect_err("no number");
            assert!(matches!(error, CompressError::Model(ModelError::Probe { .. })), "{error}");
        }
    }
}
