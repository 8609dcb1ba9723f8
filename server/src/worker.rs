//! The worker: threads of their own do all compressing, so that no caller ever blocks on a model.
//!
//! The server uses one thread; the command line uses one for each core when it has many texts.
//!
//! Invariants
//! - a full queue answers `Busy` at once, it never waits (`tests::a_full_queue_is_busy`);
//! - a job whose caller is gone is skipped (`tests::a_job_nobody_waits_for_is_skipped`);
//! - a panic within a job is that job's error, and the worker goes on (`tests::a_panic_is_an_error_of_one_job`).
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
#[derive(Debug)]
pub struct Worker {
    /// `None` only while dropping.
    queue: Option<SyncSender<Job>>,
    threads: Vec<JoinHandle<()>>,
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
        let (compressor, jobs) = (Arc::new(compressor), Arc::new(Mutex::new(jobs)));
        let threads = (0..threads.max(1))
            .map(|index| {
                let (compressor, jobs) = (Arc::clone(&compressor), Arc::clone(&jobs));
                std::thread::Builder::new().name(format!("worker-{index}")).spawn(move || work(&compressor, &jobs))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { queue: Some(queue), threads })
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
        let span = tracing::Span::current();
        let job: Job = Box::new(move |compressor| {
            let _entered = span.enter();
            if caller.strong_count() == 0 {
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
            // A caller that left meanwhile is no error.
            let _ = answer.send(result);
        });
        let Some(queue) = &self.queue else { return Err(WorkError::Ended) };
        match queue.try_send(job) {
            Ok(()) => Ok(Ticket { reply, _waiting: waiting }),
            Err(TrySendError::Full(_)) => Err(WorkError::Busy),
            Err(TrySendError::Disconnected(_)) => Err(WorkError::Ended),
        }
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

fn work(compressor: &Compressor, jobs: &Mutex<Receiver<Job>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(job) => job(compressor),
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
}
