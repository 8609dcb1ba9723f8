//! The worker: threads of their own do all compressing, so that no caller ever blocks on a model.
//!
//! The server uses one thread; the command line uses one for each core when it has many texts.
//!
//! Invariants
//! - a full queue answers `Busy` at once, it never waits (`tests::a_full_queue_is_busy`);
//! - a job whose caller is gone is skipped (`tests::a_job_nobody_waits_for_is_skipped`);
//! - a panic within a job is that job's error, and the worker goes on (`tests::a_panic_is_an_error_of_one_job`);
//! - a compressor that is replaced finishes what it began (`tests::a_running_job_keeps_its_compressor`).
//!
//! Deliberately absent: order. Jobs start in the order of the queue; who needs results in order waits in order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use compressor::engine::Cancel;
use compressor::error::CompressError;
use compressor::pipeline::Compressor;

/// Why a job has no result.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The queue is full.
    #[error("busy: too many texts are waiting; try again")]
    Busy,
    /// The job ran into a defect of this program.
    #[error(
        "internal error while compressing; its place is in the log (COMPRESSION_LAYER_LOG=error), please report it"
    )]
    Panicked,
    /// The worker is gone.
    #[error("the worker has ended")]
    Ended,
    /// The text was not compressed.
    #[error(transparent)]
    Compress(#[from] CompressError),
}

type Job = Box<dyn FnOnce(&Compressor) + Send>;

/// Threads that own the work.
pub struct Worker {
    /// `None` only while dropping.
    queue: Option<SyncSender<Job>>,
    threads: Vec<JoinHandle<()>>,
    current: Arc<Mutex<Arc<Compressor>>>,
}

/// A result to come. Dropping it takes the job back, unless it is running.
#[derive(Debug)]
pub struct Ticket<T> {
    reply: Receiver<Result<T, WorkError>>,
    /// The job holds the other, weak end: it sees that nobody waits.
    _waiting: Arc<()>,
}

impl<T> Ticket<T> {
    /// Waits for the result.
    pub fn wait(self) -> Result<T, WorkError> {
        self.reply.recv().unwrap_or(Err(WorkError::Ended))
    }
}

impl Worker {
    /// Starts `threads` threads with a queue of `room` jobs.
    pub fn start(compressor: Compressor, threads: usize, room: usize) -> std::io::Result<Self> {
        let (queue, jobs) = mpsc::sync_channel(room);
        let (current, jobs) = (Arc::new(Mutex::new(Arc::new(compressor))), Arc::new(Mutex::new(jobs)));
        let threads = (0..threads.max(1))
            .map(|index| {
                let (current, jobs) = (Arc::clone(&current), Arc::clone(&jobs));
                std::thread::Builder::new().name(format!("worker-{index}")).spawn(move || work(&current, &jobs))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { queue: Some(queue), threads, current })
    }

    /// The compressor that the next job gets.
    pub fn compressor(&self) -> Arc<Compressor> {
        current(&self.current)
    }

    /// Gives later jobs another compressor.
    pub fn replace(&self, compressor: Compressor) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(compressor);
    }

    /// Puts a job into the queue. `cancel` stops it while it runs.
    pub fn submit<T: Send + 'static>(
        &self,
        cancel: Arc<Cancel>,
        job: impl FnOnce(&Compressor, &Cancel) -> Result<T, CompressError> + Send + 'static,
    ) -> Result<Ticket<T>, WorkError> {
        let (answer, reply) = mpsc::sync_channel(1);
        let waiting = Arc::new(());
        let caller = Arc::downgrade(&waiting);
        self.submit_to(
            cancel,
            move || caller.strong_count() > 0,
            job,
            move |result| {
                // A caller that left meanwhile is no error.
                let _ = answer.send(result);
            },
        )?;
        Ok(Ticket { reply, _waiting: waiting })
    }

    /// Puts a job into the queue whose result is handed to `answer`, on the thread of the worker. It is skipped, and never
    /// answered, if nobody is waiting when its turn comes.
    pub fn submit_to<T: Send + 'static>(
        &self,
        cancel: Arc<Cancel>,
        is_awaited: impl FnOnce() -> bool + Send + 'static,
        job: impl FnOnce(&Compressor, &Cancel) -> Result<T, CompressError> + Send + 'static,
        answer: impl FnOnce(Result<T, WorkError>) + Send + 'static,
    ) -> Result<(), WorkError> {
        let span = tracing::Span::current();
        let job: Job = Box::new(move |compressor| {
            let _entered = span.enter();
            if !is_awaited() {
                tracing::debug!("job skipped: nobody waits for it");
                return;
            }
            let result = if cancel.is_cancelled() {
                Err(CompressError::Cancelled.into())
            } else {
                // What a job leaves behind half done is its own: nothing of it is seen after the panic.
                catch_unwind(AssertUnwindSafe(|| job(compressor, &cancel)))
                    .map_or(Err(WorkError::Panicked), |result| result.map_err(WorkError::from))
            };
            answer(result);
        });
        let Some(queue) = &self.queue else { return Err(WorkError::Ended) };
        queue.try_send(job).map_err(|refused| match refused {
            TrySendError::Full(_) => WorkError::Busy,
            TrySendError::Disconnected(_) => WorkError::Ended,
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            // A thread ends by a panic only outside of jobs; there is nothing left to do for it.
            let _ = thread.join();
        }
    }
}

fn current(slot: &Mutex<Arc<Compressor>>) -> Arc<Compressor> {
    Arc::clone(&slot.lock().unwrap_or_else(PoisonError::into_inner))
}

fn work(slot: &Mutex<Arc<Compressor>>, jobs: &Mutex<Receiver<Job>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(job) => job(&current(slot)),
            Err(mpsc::RecvError) => return,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::num::NonZeroUsize;
    use std::path::PathBuf;
    use std::time::Duration;

    use compressor::model::ModelSource;
    use compressor::pipeline::Runtime;

    use super::*;

    fn worker(room: usize) -> Worker {
        let runtime = Runtime { lanes: NonZeroUsize::MIN, clock: || Duration::ZERO };
        Worker::start(Compressor::new(ModelSource::Folder(PathBuf::new()), runtime), 1, room).unwrap()
    }

    /// Keeps the only thread busy until the sender is used; the receiver tells that the job has begun.
    fn occupy(worker: &Worker) -> (mpsc::Sender<()>, Ticket<()>) {
        let (release, released) = mpsc::channel::<()>();
        let (started, running) = mpsc::channel();
        let ticket = worker
            .submit(Arc::default(), move |_, _| {
                started.send(()).unwrap();
                released.recv().unwrap();
                Ok(())
            })
            .unwrap();
        running.recv().unwrap();
        (release, ticket)
    }

    #[test]
    fn results_come_back_to_their_callers() {
        let worker = worker(8);
        let tickets: Vec<_> =
            (0..8).map(|number| worker.submit(Arc::default(), move |_, _| Ok(number)).unwrap()).collect();
        let numbers: Vec<i32> = tickets.into_iter().map(|ticket| ticket.wait().unwrap()).collect();
        assert_eq!(numbers, (0..8).collect::<Vec<_>>());
    }

    #[test]
    fn a_full_queue_is_busy() {
        let worker = worker(1);
        let (release, running) = occupy(&worker);
        let waiting = worker.submit(Arc::default(), |_, _| Ok(())).unwrap();
        assert!(matches!(worker.submit(Arc::default(), |_, _| Ok(())), Err(WorkError::Busy)));
        release.send(()).unwrap();
        running.wait().unwrap();
        waiting.wait().unwrap();
    }

    #[test]
    fn a_job_nobody_waits_for_is_skipped() {
        let worker = worker(2);
        let (release, running) = occupy(&worker);
        let (touch, touched) = mpsc::channel::<()>();
        drop(worker.submit(Arc::default(), move |_, _| touch.send(()).map_err(|_| CompressError::Cancelled)).unwrap());
        release.send(()).unwrap();
        running.wait().unwrap();
        drop(worker);
        assert!(touched.recv().is_err(), "the job ran");
    }

    #[test]
    fn a_cancelled_job_does_not_begin() {
        let worker = worker(2);
        let (release, running) = occupy(&worker);
        let cancel = Arc::new(Cancel::new());
        let waiting = worker.submit(Arc::clone(&cancel), |_, _| Ok("ran")).unwrap();
        cancel.cancel();
        release.send(()).unwrap();
        running.wait().unwrap();
        assert!(matches!(waiting.wait(), Err(WorkError::Compress(CompressError::Cancelled))));
    }

    #[test]
    fn a_panic_is_an_error_of_one_job() {
        let worker = worker(2);
        let broken = worker.submit(Arc::default(), |_, _| -> Result<(), _> { panic!("a defect") }).unwrap();
        let sound = worker.submit(Arc::default(), |_, _| Ok(7)).unwrap();
        assert!(matches!(broken.wait(), Err(WorkError::Panicked)));
        assert_eq!(sound.wait().unwrap(), 7);
    }

    #[test]
    fn a_running_job_keeps_its_compressor() {
        let worker = worker(2);
        let ((release, held), (begin, begun)) = (mpsc::channel::<()>(), mpsc::channel::<()>());
        let first = worker.compressor();
        let running = worker
            .submit(Arc::default(), move |compressor, _| {
                let before = std::ptr::from_ref(compressor).addr();
                begin.send(()).map_err(|_| CompressError::Cancelled)?;
                held.recv().map_err(|_| CompressError::Cancelled)?;
                Ok((before, std::ptr::from_ref(compressor).addr()))
            })
            .unwrap();
        begun.recv().unwrap();
        let runtime = Runtime { lanes: NonZeroUsize::MIN, clock: || Duration::ZERO };
        worker.replace(Compressor::new(ModelSource::Folder(PathBuf::new()), runtime));
        assert!(!Arc::ptr_eq(&first, &worker.compressor()));
        release.send(()).unwrap();
        let (before, after) = running.wait().unwrap();
        assert_eq!((before, after), (Arc::as_ptr(&first).addr(), Arc::as_ptr(&first).addr()));
        let next = worker.submit(Arc::default(), |compressor, _| Ok(std::ptr::from_ref(compressor).addr())).unwrap();
        assert_eq!(next.wait().unwrap(), Arc::as_ptr(&worker.compressor()).addr());
    }
}
