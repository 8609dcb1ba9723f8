//! GGUF encoders through llama.cpp: the only file that names it.
//!
//! Each lane is a thread that owns a context with one compute thread of its own. Windows go to whichever lane is free.
//! ggml's threads meet at spinning barriers, so that two threads on one window beside one busy process cost twenty times
//! their idle time; lanes never wait for each other.
//!
//! Invariants
//! - a window's states depend on the window alone: one context, one sequence, one thread (`tests/properties`);
//! - no window that is empty, too long or has an unknown token reaches native code, where an assertion would end the
//!   process (`tests::refuses_windows_that_would_abort`);
//! - a window whose caller has left is not encoded (`tests::windows_of_a_caller_that_left_are_passed_over`);
//! - an encoder that is dropped has ended its threads and given back its memory (`tests/unload`);
//! - nothing native runs on a CPU that lacks what it was compiled for ([`missing_cpu_features`]).
//!
//! Deliberately absent: generation, and any GPU.

use std::num::NonZeroU32;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::{LlamaContextParams, LlamaPoolingType};
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::model::{LlamaLoraAdapter, LlamaModel};
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::{LogOptions, send_logs_to_tracing};

use super::{Adapter, Cancel, Encoder, EngineError, Sink};
use crate::model::{ModelError, gguf};

/// A BERT-like encoder with its compression adapter.
pub(crate) struct LlamaEncoder {
    /// `None` only while the encoder ends: the lanes end when nobody can send.
    queue: Option<Sender<Job>>,
    lanes: Vec<JoinHandle<()>>,
    width: usize,
    window: usize,
    vocabulary: usize,
}

/// What the lanes share. The adapter is declared before the model, whose end also ends it.
struct Shared {
    adapter: Mutex<LlamaLoraAdapter>,
    model: LlamaModel,
    scale: f32,
    window: usize,
    /// llama.cpp writes to the model while it makes a context: one at a time.
    making_context: Mutex<()>,
}

struct Job {
    index: usize,
    tokens: Vec<u32>,
    adapter: Adapter,
    /// Whether the caller has left.
    left: Arc<AtomicBool>,
    reply: Sender<(usize, Result<Vec<f32>, EngineError>)>,
}

/// Says at the end of a call, however it ends, that nobody waits for its windows any more.
struct Leaving(Arc<AtomicBool>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How long a wish to stop may go unheard.
const HEARD_WITHIN: Duration = Duration::from_millis(5);

/// The instruction sets that the native code needs and this CPU lacks.
#[must_use]
pub fn missing_cpu_features() -> Vec<&'static str> {
    #[cfg(target_arch = "x86_64")]
    {
        let needed = [
            ("avx2", is_x86_feature_detected!("avx2")),
            ("fma", is_x86_feature_detected!("fma")),
            ("f16c", is_x86_feature_detected!("f16c")),
            ("bmi2", is_x86_feature_detected!("bmi2")),
        ];
        needed.into_iter().filter(|(_, present)| !present).map(|(name, _)| name).collect()
    }
    #[cfg(not(target_arch = "x86_64"))]
    Vec::new()
}

impl LlamaEncoder {
    /// Loads a base encoder and its adapter and starts `lanes` lanes.
    ///
    /// # Errors
    /// A CPU without the needed instructions, a file that llama.cpp refuses, an encoder of another architecture.
    pub(crate) fn load(
        base: &Path,
        adapter: &Path,
        window: usize,
        scale: f32,
        lanes: usize,
    ) -> Result<Self, ModelError> {
        let missing = missing_cpu_features();
        if !missing.is_empty() {
            return Err(ModelError::Cpu { missing: missing.join(", ") });
        }
        check_architecture(base)?;
        check_architecture(adapter)?;
        let backend = backend();
        let refused = |path: &Path, reason: String| ModelError::Refused { path: path.to_owned(), reason };
        // The runtime says no more than that it failed; why, it writes to the log.
        let failed = |path: &Path, what: &str| refused(path, format!("{what}; {WHY}"));
        let mut model = LlamaModel::load_from_file(backend, base, &LlamaModelParams::default())
            .map_err(|_| failed(base, "a GGUF file, but not one that the runtime can load"))?;
        let trained = usize::try_from(model.n_ctx_train()).unwrap_or(0);
        if window > trained {
            return Err(refused(base, format!("it reads {trained} tokens at most, the manifest says {window}")));
        }
        let lora = model
            .lora_adapter_init(adapter)
            .map_err(|_| failed(adapter, "a GGUF file, but no adapter of this encoder"))?;
        let width = usize::try_from(model.n_embd()).unwrap_or(0);
        let vocabulary = usize::try_from(model.n_vocab()).unwrap_or(0);
        let shared =
            Arc::new(Shared { adapter: Mutex::new(lora), model, scale, window, making_context: Mutex::new(()) });
        let (queue, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        // From here on the drop of the encoder ends the lanes that there are.
        let mut encoder = Self { queue: Some(queue), lanes: Vec::new(), width, window, vocabulary };
        for lane in 0..lanes.max(1) {
            let (shared, jobs) = (Arc::clone(&shared), Arc::clone(&jobs));
            let thread = std::thread::Builder::new()
                .name(format!("lane-{lane}"))
                .spawn(move || run_lane(&shared, &jobs))
                .map_err(|error| ModelError::Lane { source: error })?;
            encoder.lanes.push(thread);
        }
        Ok(encoder)
    }

    fn check(&self, index: usize, tokens: &[u32]) -> Result<(), EngineError> {
        if tokens.is_empty() || tokens.len() > self.window {
            return Err(EngineError::Window { index, tokens: tokens.len(), limit: self.window });
        }
        match tokens.iter().find(|&&id| id as usize >= self.vocabulary) {
            Some(&id) => Err(EngineError::Vocabulary { id, vocabulary: self.vocabulary }),
            None => Ok(()),
        }
    }
}

impl Drop for LlamaEncoder {
    /// Waits for the lanes, a window at most: whoever loads another model has the memory of this one back.
    fn drop(&mut self) {
        self.queue = None;
        for lane in self.lanes.drain(..) {
            // A lane that panicked has ended, too.
            let _ = lane.join();
        }
    }
}

impl Encoder for LlamaEncoder {
    fn width(&self) -> usize {
        self.width
    }

    fn window(&self) -> usize {
        self.window
    }

    fn encode(
        &self,
        windows: &[Vec<u32>],
        adapter: Adapter,
        cancel: &Cancel,
        sink: &mut Sink<'_>,
    ) -> Result<(), EngineError> {
        for (index, tokens) in windows.iter().enumerate() {
            self.check(index, tokens)?;
        }
        // A few windows ahead of the lanes, so that no lane waits for this thread and memory stays bounded.
        let ahead = self.lanes.len() * 2;
        let leaving = Leaving(Arc::default());
        let queue = self.queue.as_ref().expect("taken by drop alone");
        let (reply, answers) = channel();
        let mut waiting = windows.iter().enumerate();
        let mut under_way = 0;
        loop {
            while under_way < ahead
                && let Some((index, tokens)) = waiting.next()
            {
                let left = Arc::clone(&leaving.0);
                let job = Job { index, tokens: tokens.clone(), adapter, left, reply: reply.clone() };
                queue.send(job).map_err(|_| lanes_gone(index))?;
                under_way += 1;
            }
            if under_way == 0 {
                return Ok(());
            }
            if cancel.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            // The windows of other callers may stand before those of this one: the wish is asked for in between.
            match answers.recv_timeout(HEARD_WITHIN) {
                Ok((index, states)) => {
                    under_way -= 1;
                    sink(index, &states?);
                }
                Err(RecvTimeoutError::Timeout) if self.lanes.iter().any(|lane| !lane.is_finished()) => {}
                Err(_) => return Err(lanes_gone(0)),
            }
        }
    }
}

/// The architecture of the encoders that are run here.
const ARCHITECTURE: &str = "bert";

/// How to learn more of a refusal.
const WHY: &str = "COMPRESSION_LAYER_LOG=error shows the reason";

/// Asks the file what it is before native code does: what it makes of another architecture can end the process.
fn check_architecture(path: &Path) -> Result<(), ModelError> {
    let architecture = gguf::text_value(path, "general.architecture")?;
    if architecture == ARCHITECTURE {
        return Ok(());
    }
    let reason = format!("its architecture is `{architecture}`, not `{ARCHITECTURE}`");
    Err(ModelError::Refused { path: path.to_owned(), reason })
}

fn lanes_gone(index: usize) -> EngineError {
    EngineError::Encode { index, reason: "its threads have ended".to_owned() }
}

fn backend() -> &'static LlamaBackend {
    static BACKEND: OnceLock<LlamaBackend> = OnceLock::new();
    BACKEND.get_or_init(|| {
        send_logs_to_tracing(LogOptions::default());
        LlamaBackend::init().expect("initialised once, under the lock of BACKEND")
    })
}

/// Serves windows until the encoder is dropped. A context is made when its adapter is first asked for.
fn run_lane(shared: &Shared, jobs: &Mutex<Receiver<Job>>) {
    let mut base = None;
    let mut compression = None;
    // The adapter's weights may move from thread to thread with the lock; a context stays on its lane.
    loop {
        let Some(job) = next(jobs) else { return };
        let context = match job.adapter {
            Adapter::Base => &mut base,
            Adapter::Compression => &mut compression,
        };
        let states = ready(context, shared, job.adapter).and_then(|context| encode(context, job.index, &job.tokens));
        // Nobody waits any more: the answer is not needed.
        let _ = job.reply.send((job.index, states));
    }
}

/// The next window that someone waits for; `None` when the encoder is dropped.
fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    let jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
    std::iter::from_fn(|| jobs.recv().ok()).find(|job| !job.left.load(Ordering::Relaxed))
}

fn ready<'context, 'shared>(
    slot: &'context mut Option<LlamaContext<'shared>>,
    shared: &'shared Shared,
    adapter: Adapter,
) -> Result<&'context mut LlamaContext<'shared>, EngineError> {
    if slot.is_none() {
        *slot = Some(make_context(shared, adapter)?);
    }
    Ok(slot.as_mut().expect("filled above"))
}

fn make_context(shared: &Shared, adapter: Adapter) -> Result<LlamaContext<'_>, EngineError> {
    let failed = |reason: String| EngineError::Context { tokens: shared.window, reason };
    let size = u32::try_from(shared.window).expect("a window is at most the model's training length, a u32");
    let params = LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(size))
        .with_n_batch(size)
        .with_n_ubatch(size)
        .with_n_threads(1)
        .with_n_threads_batch(1)
        .with_embeddings(true)
        .with_pooling_type(LlamaPoolingType::None);
    let _one_at_a_time = shared.making_context.lock().unwrap_or_else(PoisonError::into_inner);
    let mut context = shared.model.new_context(backend(), params).map_err(|error| failed(error.to_string()))?;
    if adapter == Adapter::Compression {
        let mut lora = shared.adapter.lock().unwrap_or_else(PoisonError::into_inner);
        context.lora_adapter_set(&mut lora, shared.scale).map_err(|error| failed(error.to_string()))?;
    }
    Ok(context)
}

fn encode(context: &mut LlamaContext<'_>, index: usize, tokens: &[u32]) -> Result<Vec<f32>, EngineError> {
    let failed = |reason: String| EngineError::Encode { index, reason };
    let mut batch = LlamaBatch::new(tokens.len(), 1);
    for (position, &id) in (0..).zip(tokens) {
        let token = LlamaToken::new(id.cast_signed());
        batch.add(token, position, &[0], true).map_err(|error| failed(error.to_string()))?;
    }
    context.encode(&mut batch).map_err(|error| failed(error.to_string()))?;
    let mut states = Vec::new();
    for position in 0..i32::try_from(tokens.len()).expect("checked against the window") {
        states.extend_from_slice(context.embeddings_ith(position).map_err(|error| failed(error.to_string()))?);
    }
    Ok(states)
}

#[cfg(test)]
mod tests;
