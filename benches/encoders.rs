//! Encoders around an encoder: one that watches what it is asked and how long it takes, one that remembers its answers.
//!
//! Both are handles: a clone goes into a compressor, and the other tells what happened there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use compressor::engine::scripted::Scripted;
use compressor::engine::{Adapter, Cancel, Encoder, EngineError, Sink, load};

use crate::machine::{cores, cpu_time};

/// The embedded encoder itself, on every core.
///
/// # Panics
/// Where it cannot be loaded.
#[must_use]
pub fn embedded() -> Arc<dyn Encoder> {
    let (folder, manifest) = crate::model().open().expect("the embedded model can be unpacked");
    Arc::from(load(&folder, &manifest, cores()).expect("the embedded model runs here"))
}

/// A stand-in of the same width and window that costs no model's time.
#[must_use]
pub fn stand_in() -> Arc<dyn Encoder> {
    let facts = compressor::model::unpack::manifest().encoder;
    Arc::new(Scripted { width: facts.width, window: facts.window, seed: 1 })
}

/// An encoder to which all words are alike, so that none of a comment is worth keeping: what stays is what must.
pub struct Blank {
    width: usize,
    window: usize,
}

impl Blank {
    /// Of the embedded model's width and window.
    #[must_use]
    pub fn embedded() -> Self {
        let facts = compressor::model::unpack::manifest().encoder;
        Self { width: facts.width, window: facts.window }
    }
}

impl Encoder for Blank {
    fn width(&self) -> usize {
        self.width
    }

    fn window(&self) -> usize {
        self.window
    }

    fn encode(
        &self,
        windows: &[Vec<u32>],
        _adapter: Adapter,
        _cancel: &Cancel,
        sink: &mut Sink<'_>,
    ) -> Result<(), EngineError> {
        for (index, tokens) in windows.iter().enumerate() {
            sink(index, &vec![0.0; tokens.len() * self.width]);
        }
        Ok(())
    }
}

/// Watches an encoder.
#[derive(Clone)]
pub struct Watched {
    inner: Arc<dyn Encoder>,
    seen: Arc<Mutex<Seen>>,
}

/// What an encoder was asked since it was last looked at.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The windows, by call.
    pub calls: Vec<(Adapter, Vec<Vec<u32>>)>,
    /// Time within the encoder, without what its answers were used for.
    pub spent: Duration,
    /// The same as [`cpu_time`].
    pub cpu: Duration,
}

impl Watched {
    /// Nothing was asked yet.
    #[must_use]
    pub fn new(inner: Arc<dyn Encoder>) -> Self {
        Self { inner, seen: Arc::default() }
    }

    /// What was asked since the last call of this.
    #[must_use]
    pub fn take(&self) -> Seen {
        std::mem::take(&mut *locked(&self.seen))
    }
}

impl Encoder for Watched {
    fn width(&self) -> usize {
        self.inner.width()
    }

    fn window(&self) -> usize {
        self.inner.window()
    }

    fn encode(
        &self,
        windows: &[Vec<u32>],
        adapter: Adapter,
        cancel: &Cancel,
        sink: &mut Sink<'_>,
    ) -> Result<(), EngineError> {
        let (mut using, mut using_cpu) = (Duration::ZERO, Duration::ZERO);
        let (start, start_cpu) = (Instant::now(), cpu_time());
        self.inner.encode(windows, adapter, cancel, &mut |index, states| {
            let (start, start_cpu) = (Instant::now(), cpu_time());
            sink(index, states);
            using += start.elapsed();
            using_cpu += cpu_time().saturating_sub(start_cpu);
        })?;
        let mut seen = locked(&self.seen);
        seen.spent += start.elapsed().saturating_sub(using);
        seen.cpu += cpu_time().saturating_sub(start_cpu).saturating_sub(using_cpu);
        seen.calls.push((adapter, windows.to_vec()));
        Ok(())
    }
}

/// Remembers an encoder's answers, so that many policies on one text cost one run of the model.
#[derive(Clone)]
pub struct Remembering {
    inner: Arc<dyn Encoder>,
    known: Arc<Mutex<HashMap<Question, Vec<f32>>>>,
}

type Question = (Adapter, Vec<u32>);

impl Remembering {
    /// Knows nothing yet.
    #[must_use]
    pub fn new(inner: Arc<dyn Encoder>) -> Self {
        Self { inner, known: Arc::default() }
    }

    /// Forgets everything: the memory of a text is of no use for the next.
    pub fn forget(&self) {
        locked(&self.known).clear();
    }
}

impl Encoder for Remembering {
    fn width(&self) -> usize {
        self.inner.width()
    }

    fn window(&self) -> usize {
        self.inner.window()
    }

    fn encode(
        &self,
        windows: &[Vec<u32>],
        adapter: Adapter,
        cancel: &Cancel,
        sink: &mut Sink<'_>,
    ) -> Result<(), EngineError> {
        let mut known = locked(&self.known);
        let questions: Vec<Question> = windows.iter().map(|window| (adapter, window.clone())).collect();
        let new: Vec<Vec<u32>> =
            questions.iter().filter(|question| !known.contains_key(*question)).map(|(_, ids)| ids.clone()).collect();
        self.inner.encode(&new, adapter, cancel, &mut |index, states| {
            known.insert((adapter, new[index].clone()), states.to_vec());
        })?;
        for (index, question) in questions.iter().enumerate() {
            sink(index, &known[question]);
        }
        Ok(())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
