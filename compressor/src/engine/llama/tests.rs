use super::*;
use crate::model::ModelSource;
use crate::model::manifest::Role;

/// The embedded model, from its folder.
fn encoder(lanes: usize) -> LlamaEncoder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/embedded");
    let (folder, manifest) = ModelSource::Folder(folder).open().expect("the embedded model is whole");
    let path = |role| folder.join(&manifest.file(role).name);
    let facts = &manifest.encoder;
    LlamaEncoder::load(&path(Role::Encoder), &path(Role::Adapter), facts.window, facts.adapter_scale, lanes)
        .expect("the embedded model loads")
}

/// The states of each window.
fn states(encoder: &LlamaEncoder, windows: &[Vec<u32>], adapter: Adapter) -> Result<Vec<Vec<f32>>, EngineError> {
    let mut found = vec![Vec::new(); windows.len()];
    encoder.encode(windows, adapter, &Cancel::new(), &mut |index, states| states.clone_into(&mut found[index]))?;
    Ok(found)
}

/// A window of real word pieces between the two special tokens.
fn window(length: u32) -> Vec<u32> {
    [vec![101], (0..length).map(|place| 2_000 + place).collect(), vec![102]].concat()
}

#[test]
fn refuses_windows_that_would_abort() {
    let encoder = encoder(2);
    let good = [window(10), window(254)];
    let before = states(&encoder, &good, Adapter::Compression).expect("encodes");
    let outside = u32::try_from(encoder.vocabulary).expect("a vocabulary of a u32");
    for bad in [vec![], vec![101; 257], vec![101; 100_000], vec![101, outside, 102], vec![u32::MAX], vec![1 << 31]] {
        for windows in [vec![bad.clone()], vec![good[0].clone(), bad.clone()]] {
            let error = states(&encoder, &windows, Adapter::Compression).expect_err("refused");
            assert!(matches!(error, EngineError::Window { .. } | EngineError::Vocabulary { .. }), "{error}");
        }
        assert_eq!(states(&encoder, &good, Adapter::Compression).expect("goes on"), before);
    }
}

#[test]
fn a_state_for_each_token_and_another_with_the_adapter() {
    let encoder = encoder(1);
    assert_eq!((encoder.width(), encoder.window()), (384, 256));
    let windows = [window(3), window(0)];
    let base = states(&encoder, &windows, Adapter::Base).expect("encodes");
    let adapted = states(&encoder, &windows, Adapter::Compression).expect("encodes");
    assert_eq!([base[0].len(), base[1].len()], [5 * 384, 2 * 384]);
    assert_ne!(base, adapted);
    assert_eq!(states(&encoder, &windows, Adapter::Base).expect("encodes"), base, "the adapter leaves no trace");
    assert_eq!(states(&encoder, &[], Adapter::Base).expect("nothing to do"), Vec::<Vec<f32>>::new());
}

#[test]
fn two_encoders_at_once_do_not_meet() {
    let windows: Vec<_> = (1..20).map(window).collect();
    let expected = states(&encoder(1), &windows, Adapter::Compression).expect("encodes");
    std::thread::scope(|scope| {
        for lanes in [1, 3] {
            let (windows, expected) = (&windows, &expected);
            scope.spawn(move || {
                let encoder = encoder(lanes);
                // Dropped while its lanes wait for more.
                assert_eq!(&states(&encoder, windows, Adapter::Compression).expect("encodes"), expected);
            });
        }
    });
}

#[test]
fn an_encoder_that_was_never_used_ends() {
    drop(encoder(4));
}

#[test]
fn a_stop_is_heard_between_windows() {
    let encoder = encoder(1);
    let cancel = Cancel::new();
    let windows = vec![window(20); 50];
    let mut seen = 0;
    let result = encoder.encode(&windows, Adapter::Base, &cancel, &mut |_, _| {
        seen += 1;
        cancel.cancel();
    });
    assert!(matches!(result, Err(EngineError::Cancelled)));
    assert_eq!(seen, 1);
}

#[test]
fn windows_of_a_caller_that_left_are_passed_over() {
    let (queue, jobs) = channel();
    let jobs = Mutex::new(jobs);
    let (reply, _answers) = channel();
    let calls = [Leaving(Arc::default()), Leaving(Arc::default())];
    for index in 0..6 {
        let left = Arc::clone(&calls[index % 2].0);
        queue.send(Job { index, tokens: window(3), adapter: Adapter::Base, left, reply: reply.clone() }).expect("open");
    }
    let [first, _second] = calls;
    drop(first);
    drop(queue);
    let taken: Vec<usize> = std::iter::from_fn(|| next(&jobs)).map(|job| job.index).collect();
    assert_eq!(taken, [1, 3, 5]);
}

#[test]
fn a_stop_is_heard_while_another_caller_has_the_lane() {
    let encoder = encoder(1);
    let (busy, idle) = (Cancel::new(), Cancel::new());
    idle.cancel();
    let windows = vec![window(250); 8];
    let mut seen = 0;
    let result = encoder.encode(&windows, Adapter::Base, &busy, &mut |_, _| {
        // Two windows of this caller wait before whatever comes now.
        let mut heard = 0;
        let stopped = encoder.encode(&windows, Adapter::Base, &idle, &mut |_, _| heard += 1);
        assert!(matches!(stopped, Err(EngineError::Cancelled)));
        assert_eq!(heard, 0);
        seen += 1;
    });
    assert!(result.is_ok());
    assert_eq!(seen, 8);
}
