//! Whatever happens at once: equal requests are paid once, and no limit is passed.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::join_all;
use proptest::prelude::*;
use wiremock::{Request as Received, Respond};

use super::super::cost::{Price, Usd};
use super::super::ledger::{Day, Ledger};
use super::super::{Answer, Usage};
use super::*;

const MODEL: &str = "local:model";
const PRICE: Price = Price { input: 1.0, output: 4.0, cached: 1.0, long: None };

/// Bills what it answers, and fails some bodies the first times it sees them.
#[derive(Clone, Default)]
struct Billing {
    seen: Arc<Mutex<BTreeMap<Vec<u8>, u32>>>,
    billed: Arc<Mutex<(usize, Usd)>>,
    failures: u32,
}

impl Respond for Billing {
    fn respond(&self, request: &Received) -> ResponseTemplate {
        let mut seen = self.seen.lock().unwrap();
        let times = seen.entry(request.body.clone()).or_default();
        *times += 1;
        if *times <= self.failures && request.body.len().is_multiple_of(2) {
            return ResponseTemplate::new(if *times == 1 { 429 } else { 500 });
        }
        let usage = Usage {
            input: request.body.len() as u64 / 4,
            output: u64::from(request.body.iter().fold(0_u8, |sum, byte| sum ^ byte)) % 100,
            cached: 0,
        };
        let mut billed = self.billed.lock().unwrap();
        billed.0 += 1;
        billed.1 += PRICE.of(usage);
        good(completion("an answer", usage.input, usage.output))
    }
}

fn run(questions: &[u8], limit: f64, failures: u32) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let server = MockServer::start().await;
        let billing = Billing { failures, ..Billing::default() };
        Mock::given(method("POST")).respond_with(billing.clone()).mount(&server).await;
        let setup = Setup::at(&server.uri()).with(&format!(
            "concurrency = 40\nmax_concurrency = 100\n[models.\"local/model\"]\ninput = 1.0\noutput = 4.0\n\
             [limits]\nusd_per_run = {limit}\nusd_per_day = {limit}\n"
        ));
        let gateway = Arc::new(setup.gateway(&[MODEL]).unwrap());
        let tasks = questions.iter().map(|question| {
            let (gateway, request) = (Arc::clone(&gateway), request(MODEL, &"word ".repeat((*question).into())));
            tokio::spawn(async move { gateway.ask(&request).await })
        });
        let outcomes: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();

        let (calls, billed) = *billing.billed.lock().unwrap();
        let distinct = questions.iter().collect::<BTreeSet<_>>().len();
        prop_assert!(calls <= distinct, "{calls} calls were paid for {distinct} questions");
        prop_assert!(billed <= Usd::from_dollars(limit), "{billed} of {limit}");
        prop_assert_eq!((billed, Usd::ZERO), (gateway.billed(), gateway.uncertain()));
        let paid: Usd = outcomes.iter().flatten().map(Answer::paid).sum();
        prop_assert_eq!(paid, billed);
        let today = Ledger::new(setup.folder.path().join("spending")).spent(&Day::of(SystemTime::UNIX_EPOCH)).unwrap();
        prop_assert_eq!(today, billed);
        for error in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
            prop_assert!(matches!(**error, ProviderError::Limit(_)), "{error}");
        }

        // Once more, by a new run: what was answered is free.
        let again = setup.gateway(&[MODEL]).unwrap();
        for (question, outcome) in questions.iter().zip(&outcomes) {
            if let Ok(first) = outcome {
                let second = again.ask(&request(MODEL, &"word ".repeat((*question).into()))).await.unwrap();
                prop_assert!(second.from_cache && second.text == first.text && second.cost == first.cost);
            }
        }
        prop_assert_eq!((again.billed(), billing.billed.lock().unwrap().0), (Usd::ZERO, calls));
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn equal_requests_are_paid_once_and_no_limit_is_passed(
        questions in proptest::collection::vec(0_u8..40, 100),
        limit in 0.0..=0.03_f64,
        failures in 0_u32..3,
    ) {
        run(&questions, limit, failures)?;
    }
}

#[test]
fn a_hundred_questions_without_a_tight_limit_are_all_answered() {
    let questions: Vec<u8> = (0..100).collect();
    run(&questions, 1.0, 2).unwrap();
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_its_place_to_the_next() {
    let server =
        server(vec![good(completion("four", 8, 1)).set_delay(Duration::from_mins(10)), good(completion("four", 8, 1))])
            .await;
    let setup = Setup::at(&server.uri());
    let gateway = setup.gateway(&["openai:gpt-4o"]).unwrap();
    let question = request("openai:gpt-4o", "2 + 2?");
    let arrived = async {
        while calls(&server).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = gateway.ask(&question) => panic!("it takes ten minutes"),
        () = arrived => {}
    }
    assert!(gateway.uncertain() > Usd::ZERO, "it may be billed all the same");
    assert_eq!(gateway.ask(&question).await.unwrap().text, "four");
}
