//! What goes wrong: statuses, broken answers, connections that end or drip.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener};

use super::super::cost::Usd;
use super::super::{Answer, Stop};
use super::*;

const MODEL: &str = "openai:gpt-4o";

fn status(code: u16) -> ResponseTemplate {
    ResponseTemplate::new(code)
        .set_body_json(json!({"error": {"message": "try later", "type": "server_error", "param": null, "code": null}}))
}

/// Asks a server that gives these answers in turn: the outcome, the waits in seconds, the calls.
async fn ask(answers: Vec<ResponseTemplate>) -> (Result<Answer, Arc<ProviderError>>, Vec<u64>, usize) {
    let server = server(answers).await;
    let setup = Setup::at(&server.uri());
    let gateway = setup.gateway(&[MODEL]).unwrap();
    let outcome = gateway.ask(&request(MODEL, "2 + 2?")).await;
    (outcome, setup.waits(), calls(&server).await)
}

fn said(outcome: Result<Answer, Arc<ProviderError>>) -> String {
    let error = outcome.unwrap_err();
    let source = std::error::Error::source(&*error).map(|it| format!("; {it}"));
    format!("{error}{}", source.unwrap_or_default())
}

#[tokio::test]
async fn a_provider_that_asks_for_time_is_given_it() {
    let busy = status(429).insert_header("retry-after", "7");
    let (outcome, waits, calls) = ask(vec![busy, good(completion("four", 8, 1))]).await;
    assert_eq!((outcome.unwrap().text.as_str(), waits, calls), ("four", vec![7], 2));
}

#[tokio::test]
async fn one_that_does_not_say_how_long_is_left_alone_for_longer_each_time() {
    let (outcome, waits, calls) =
        ask(vec![status(429), status(500), status(529), good(completion("four", 8, 1))]).await;
    assert!(outcome.is_ok());
    assert_eq!(calls, 4);
    assert!((1..=2).contains(&waits[0]) && (2..=4).contains(&waits[1]) && (4..=8).contains(&waits[2]), "{waits:?}");
}

#[tokio::test]
async fn after_six_tries_it_is_told_and_nothing_is_billed() {
    let server = server(vec![status(500)]).await;
    let setup = Setup::at(&server.uri()).with("[limits]\nusd_per_run = 1.0\n");
    let gateway = setup.gateway(&[MODEL]).unwrap();
    let outcome = gateway.ask(&request(MODEL, "2 + 2?")).await;
    assert_eq!(said(outcome), "openai/gpt-4o says HTTP 500: try later");
    assert_eq!((calls(&server).await, setup.waits().len()), (6, 5));
    assert_eq!((gateway.billed(), gateway.uncertain()), (Usd::ZERO, Usd::ZERO));
}

#[tokio::test]
async fn what_waiting_does_not_mend_is_told_at_once() {
    let funds = json!({"error": {"message": "You exceeded your current quota", "type": "insufficient_quota", "code": "insufficient_quota"}});
    for (answer, expected) in [
        (status(400), "openai/gpt-4o says HTTP 400: try later"),
        (status(429).insert_header("retry-after", "86400"), "openai/gpt-4o says HTTP 429: try later"),
        (
            ResponseTemplate::new(429).set_body_json(funds),
            "openai/gpt-4o says HTTP 429: You exceeded your current quota",
        ),
        (ResponseTemplate::new(302).insert_header("location", "http://127.0.0.1:9/"), "openai/gpt-4o says HTTP 302"),
    ] {
        let (outcome, waits, calls) = ask(vec![answer]).await;
        assert_eq!((said(outcome).as_str(), waits.len(), calls), (expected, 0, 1));
    }
}

#[tokio::test]
async fn answers_that_cannot_be_read_count_with_their_worst_case() {
    let whole = completion("four", 8, 1);
    let cut = whole.to_string()[..whole.to_string().len() / 2].to_owned();
    let mut empty = whole.clone();
    empty["choices"] = json!([]);
    let mut silent = whole.clone();
    silent["choices"][0]["message"]["content"] = json!("");
    for (body, expected) in [
        (cut, "the answer is cut off or not of the documented form"),
        (empty.to_string(), "the answer holds no text, and no reason why"),
        (silent.to_string(), "the answer holds no text, and no reason why"),
    ] {
        let broken = ResponseTemplate::new(200).set_body_raw(body, "application/json");
        let server = server(vec![broken]).await;
        let setup = Setup::at(&server.uri()).with("[retry]\nattempts = 2\n");
        let gateway = setup.gateway(&[MODEL]).unwrap();
        let outcome = gateway.ask(&request(MODEL, "2 + 2?")).await;
        assert_eq!(said(outcome), format!("openai/gpt-4o gave no answer that can be read; {expected}"));
        assert_eq!((calls(&server).await, gateway.billed()), (2, Usd::ZERO));
        // 1,024 + 6 tokens in and 100 out at 2.50 and 10 USD per million, twice.
        assert_eq!(gateway.uncertain(), Usd::from_dollars(2.0 * (1030.0 * 2.5 + 100.0 * 10.0) / 1e6));
    }
}

#[tokio::test]
async fn an_answer_that_is_too_long_says_so() {
    let mut long = completion("four and", 8, 100);
    long["choices"][0]["finish_reason"] = json!("length");
    let (outcome, ..) = ask(vec![good(long)]).await;
    assert_eq!(outcome.unwrap().stop, Stop::Length);
}

#[tokio::test]
async fn an_answer_that_cannot_be_kept_is_an_error() {
    let server = server(vec![good(completion("four", 8, 1))]).await;
    let setup = Setup::at(&server.uri());
    std::fs::write(setup.folder.path().join("answers"), "a file in the place of the folder").unwrap();
    let gateway = setup.gateway(&[MODEL]).unwrap();
    let outcome = gateway.ask(&request(MODEL, "2 + 2?")).await;
    assert!(said(outcome).starts_with("cannot keep the answer of openai/gpt-4o in the cache"));
    assert!(gateway.billed() > Usd::ZERO);
    assert_eq!(calls(&server).await, 1, "it is not tried again");
}

/// A server that takes one request and sends these bytes; then it closes, or holds the connection until the other side does.
fn raw(bytes: &'static str, holds: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4096];
            // The whole of a small request comes in one piece.
            let _ = stream.read(&mut request);
            let _ = stream.write_all(bytes.as_bytes());
            if holds {
                while stream.read(&mut request).is_ok_and(|read| read > 0) {}
            } else {
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
    });
    address
}

async fn ask_raw(address: &str, timeout: &str) -> (String, Usd) {
    let more = format!(
        "[providers.raw]\napi = \"openai-compatible\"\nbase_url = \"{address}\"\ntimeout_seconds = {timeout}\n\
         [models.\"raw/model\"]\ninput = 1.0\noutput = 1.0\n[retry]\nattempts = 1\n"
    );
    let setup = Setup::at(address).with(&more);
    let gateway = setup.gateway(&["raw:model"]).unwrap();
    let outcome = gateway.ask(&request("raw:model", "2 + 2?")).await;
    (said(outcome).split(';').next().unwrap().to_owned(), gateway.uncertain())
}

/// 1,024 + 6 tokens in and 100 out at 1 USD per million.
fn worst() -> Usd {
    Usd::from_dollars(1130.0 / 1e6)
}

#[tokio::test]
async fn a_connection_that_ends_early_may_have_been_billed() {
    let address = raw("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"choices\":", false);
    let expected = "the connection to raw/model ended before the answer did".to_owned();
    assert_eq!(ask_raw(&address, "20").await, (expected, worst()));
}

#[tokio::test]
async fn an_answer_that_drips_is_given_up_in_time() {
    let address = raw("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{", true);
    assert_eq!(ask_raw(&address, "0.3").await, ("raw/model did not answer within 0.3 s".to_owned(), worst()));
}

#[tokio::test]
async fn one_that_cannot_be_reached_bills_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(ask_raw(&address, "20").await, ("cannot reach raw/model".to_owned(), Usd::ZERO));
}
