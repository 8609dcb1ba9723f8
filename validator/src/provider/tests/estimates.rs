//! Estimates against a server that bills what it counts.

use compressor::tokens::Tokenizer;
use wiremock::{Request as Received, Respond};

use super::super::cost::Usd;
use super::super::estimate::{Estimate, Estimator};
use super::*;

/// Counts a request as the provider would, with its own words around it, and answers in sentences whose number depends on
/// the question.
struct Counting {
    around: u64,
    sentences: usize,
}

impl Respond for Counting {
    fn respond(&self, request: &Received) -> ResponseTemplate {
        let body: Value = request.body_json().unwrap();
        let texts: String =
            body["messages"].as_array().unwrap().iter().filter_map(|it| it["content"].as_str()).collect();
        let input = Tokenizer::O200kBase.count(&texts) as u64 + self.around;
        let sentences = self.sentences + texts.len() % 3;
        let text = "The bucket holds at most 100 tokens and refills every second. ".repeat(sentences);
        good(completion(&text, input, Tokenizer::O200kBase.count(&text) as u64))
    }
}

const MODEL: &str = "openai:gpt-4o";

fn questions(count: usize) -> Vec<Request> {
    let text = include_str!("../../../../demo/incident.md");
    let lines: Vec<_> = text.lines().filter(|line| line.len() > 40).collect();
    (0..count)
        .map(|index| Request {
            expected_tokens: 55,
            ..request(
                MODEL,
                &format!("{}\n\nWhat follows from point {index}?", lines[index % lines.len()].repeat(1 + index % 5)),
            )
        })
        .collect()
}

fn estimate(gateway: &Gateway, requests: &[Request]) -> Estimate {
    let mut estimator = Estimator::new(gateway);
    for request in requests {
        estimator.add(request).unwrap();
        estimator.add(request).unwrap();
    }
    estimator.finish()
}

async fn bill(gateway: &Gateway, requests: &[Request]) -> Usd {
    let before = gateway.billed();
    for request in requests {
        gateway.ask(request).await.unwrap();
    }
    Usd::of_nano(gateway.billed().nano() - before.nano())
}

fn assert_close(estimate: Usd, billed: Usd) {
    let error = (estimate.dollars() / billed.dollars() - 1.0).abs();
    assert!(error <= 0.2, "{estimate} was said and {billed} is billed: {:.0} % off", error * 100.0);
}

async fn gateway(sentences: usize) -> (MockServer, Setup, Gateway) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(Counting { around: 7, sentences }).mount(&server).await;
    let setup = Setup::at(&server.uri());
    let gateway = setup.gateway(&[MODEL]).unwrap();
    (server, setup, gateway)
}

#[tokio::test]
async fn what_will_be_billed_is_known_within_a_fifth() {
    let (_server, _setup, gateway) = gateway(3).await;
    let requests = questions(60);
    let said = estimate(&gateway, &requests);
    assert_eq!((said.rows.len(), said.rows[0].calls, said.rows[0].cached), (1, 60, 0));
    let billed = bill(&gateway, &requests).await;
    assert_close(said.cost, billed);
    assert!(billed <= said.worst);
    let again = estimate(&gateway, &requests);
    assert_eq!((again.cost, again.worst, again.rows[0].cached), (Usd::ZERO, Usd::ZERO, 60));
}

#[tokio::test]
async fn a_few_answers_mend_an_expectation_that_is_far_off() {
    // Nine times as long as the prompt expects.
    let (_server, _setup, gateway) = gateway(40).await;
    let requests = questions(60);
    bill(&gateway, &requests[..6]).await;
    let said = estimate(&gateway, &requests);
    assert_eq!((said.rows[0].calls, said.rows[0].cached), (54, 6));
    assert_close(said.cost, bill(&gateway, &requests).await);
}
